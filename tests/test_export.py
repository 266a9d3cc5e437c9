"""Exports: every format is read back by a parser that is not ours, and gives the same text."""

import json
import re
from collections.abc import Callable
from pathlib import PurePath
from xml.etree import ElementTree

import pytest
from hypothesis import given

from reader.errors import ExportError
from reader.export import EXPORTERS, Options, export, format_of, plain
from reader.export.common import version_ids
from reader.model import ParallelText, Skip
from reader.printable import printable
from tests.builders import document, parallel
from tests.strategies import parallel_texts

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Texts = list[set[str]]

NASTY = [
    'quote " and <tag> & amp',
    '"leads with a quote',
    "#leads with a hash",
    "=1+1",
    "vertical\x0btab, escape \x1b[31m, null \x00",
    "no\xa0break, 🙂 and e\u0301",
    "مرحبا بالعالم",
    "x" * 2500,
]


def bare(text: str) -> str:
    """The text without white space and controls: what every format must keep."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\ufffe\uffff]", "", text)


def from_tsv(data: bytes) -> Texts:
    lines = data.decode().split("\n")
    assert lines.pop() == ""
    columns = len(lines[0].split("\t"))
    rows = [line.split("\t") for line in lines[1:]]
    assert all(len(row) == columns for row in rows)
    return [{bare(cell) for cell in row[1:-2] if cell} for row in rows]


def from_jsonl(data: bytes) -> Texts:
    header, *rows = map(json.loads, data.decode().split("\n")[:-1])
    assert header["format"] == "reader-jsonl"
    return [{bare(version["text"]) for version in row["versions"].values()} for row in rows]


def from_tmx(data: bytes) -> Texts:
    tree = ElementTree.fromstring(data)
    header = tree.find("header")
    assert header is not None
    assert set(header.attrib) == {
        "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang",
        "datatype",
    }  # fmt: skip
    units: dict[str, set[str]] = {}
    for unit in tree.iter("tu"):
        languages = [variant.get(XML_LANG) for variant in unit.iter("tuv")]
        assert len(languages) == len(set(languages)) > 1
        children = [child.tag for child in unit]
        assert children == sorted(children)  # prop before tuv
        texts = [segment.text or "" for segment in unit.iter("seg")]
        assert all(text and text == " ".join(text.split()) for text in texts)
        units.setdefault(unit.attrib["tuid"].split(".")[0], set()).update(map(bare, texts))
    return list(units.values())


READERS: dict[str, Callable[[bytes], Texts]] = {
    "tsv": from_tsv,
    "jsonl": from_jsonl,
    "tmx": from_tmx,
}


def expected(parallel: ParallelText, name: str) -> Texts:
    rows = []
    for r, row in enumerate(parallel.rows):
        texts = {d: bare(parallel.text(r, d)) for d in row.present}
        languages = {parallel.documents[d].language for d, text in texts.items() if text}
        if name != "tmx" or len(languages) > 1:
            rows.append({text for text in texts.values() if text or name == "jsonl"})
    return rows


def test_every_format_has_a_reader() -> None:
    assert READERS.keys() == EXPORTERS.keys()


@pytest.mark.parametrize("name", EXPORTERS)
@given(parallel=parallel_texts())
def test_what_is_written_reads_back(name: str, parallel: ParallelText) -> None:
    if name == "tmx" and len({d.language for d in parallel.documents}) < 2:
        with pytest.raises(ExportError, match="all versions are in one language"):
            export(parallel, name)
        return
    data = export(parallel, name).data
    assert READERS[name](data) == expected(parallel, name)
    assert export(parallel, name).data == data


@pytest.fixture
def nasty() -> ParallelText:
    """Three columns of trouble, with a gap and a 2:1 row."""
    n = len(NASTY)
    documents = [
        document(NASTY, language="en", name="a.txt"),
        document([*NASTY, "two", "more"], language="pb", name="b.txt"),
        document(NASTY[:-1], language="zt", name="c\t<d>.txt"),
    ]
    rows: list[tuple[list[list[int]], float]] = [([[i], [i], [i]], 0.9) for i in range(n - 1)]
    rows += [([[n - 1], [n - 1, n], []], 0.5), ([[], [n + 1], []], 0.0)]
    return parallel(documents, rows)


@pytest.mark.parametrize("name", EXPORTERS)
def test_nasty_text_survives(name: str, nasty: ParallelText) -> None:
    assert READERS[name](export(nasty, name).data) == expected(nasty, name)


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("jsonl", ()),
        ("tsv", ("6 control characters removed",)),
        (
            "tmx",
            (
                "1 row left out: a unit needs two languages",
                "6 control characters removed",
                "2 texts above 2000 characters, which some systems refuse",
            ),
        ),
    ],
)
def test_what_was_left_out_is_told(name: str, notes: tuple[str, ...], nasty: ParallelText) -> None:
    assert export(nasty, name).notes == notes


def test_tmx_languages_are_bcp47_and_every_choice_of_versions_is_a_unit() -> None:
    two_in_one_language = parallel(
        [
            document(["casa"], language="pb", name="a.txt"),
            document(["lar"], language="pb", name="b.txt"),
            document(["house"], language="en", name="c.txt"),
        ],
        [([[0], [0], [0]], 0.8)],
    )
    tree = ElementTree.fromstring(export(two_in_one_language, "tmx").data)
    units = {
        unit.attrib["tuid"]: [(v.get(XML_LANG), v.findtext("seg")) for v in unit.iter("tuv")]
        for unit in tree.iter("tu")
    }
    assert units == {
        "r000001.1": [("pt-BR", "casa"), ("en", "house")],
        "r000001.2": [("pt-BR", "lar"), ("en", "house")],
    }


@pytest.mark.parametrize(
    ("languages", "source"), [(("ru", "en"), "ru"), (("ru", "en", "pt"), "*all*")]
)
def test_tmx_source_language_is_the_hub_of_two(languages: tuple[str, ...], source: str) -> None:
    documents = [document(["x"], language=code, name=f"{code}.txt") for code in languages]
    data = export(parallel(documents, [([[0]] * len(documents), 1.0)]), "tmx").data
    header = ElementTree.fromstring(data).find("header")
    assert header is not None
    assert header.get("srclang") == source


def test_jsonl_spans_cut_the_text_out_of_the_source() -> None:
    text = parallel(
        [document(["One.", "Two.", "Three."]), document(["Um."], language="pt", name="b.txt")],
        [([[0, 2], [0]], 0.7), ([[1], []], 0.0)],
    )
    _, first, second = map(json.loads, export(text, "jsonl").data.decode().splitlines())
    source = text.documents[0].text
    assert first["versions"]["a"]["spans"] == [[0, 4], [10, 16]]
    assert [source[a:b] for a, b in first["versions"]["a"]["spans"]] == ["One.", "Three."]
    start, stop = second["versions"]["a"]["span"]
    assert source[start:stop] == second["versions"]["a"]["text"] == "Two."
    assert second["missing"] == ["b"]
    assert second["score"] is None


def test_jsonl_header_lists_what_was_skipped() -> None:
    skip = {1: Skip("repeat", "exact", of=0)}
    text = parallel([document(["One.", "One."], skip=skip)], [([[0]], 0.0)])
    header = json.loads(export(text, "jsonl").data.decode().splitlines()[0])
    assert header["documents"]["a"]["skipped"] == [
        {"seg": 1, "span": [5, 9], "reason": "repeat", "detail": "exact", "of": 0}
    ]


@pytest.mark.parametrize("name", EXPORTERS)
def test_pivot_text_is_never_there_unless_asked_for_and_then_marked(name: str) -> None:
    text = parallel(
        [document(["casa"], language="pt"), document(["дом"], language="ru", name="b.txt")],
        [([[0], [0]], 0.9)],
        pivots=[["a house"], ["home"]],
    )
    assert b"house" not in export(text, name).data
    marked = export(text, name, Options(pivot=True)).data.decode()
    assert "a house" in marked
    mark = {"tsv": "(machine en)", "jsonl": '"machine": true', "tmx": "mt-argos"}[name]
    assert mark in marked


def test_tsv_names_columns_by_language_and_by_file_where_that_is_not_enough() -> None:
    documents = [
        document(["x"], language=code, name=name)
        for code, name in [("pt", "a.txt"), ("pt", "b.txt"), ("ru", "c.txt"), ("", "d.txt")]
    ]
    data = export(parallel(documents, [([[0]] * 4, 1.0)]), "tsv").data.decode()
    assert data.splitlines()[0] == "row\tpt:a\tpt:b\tru\tund\tscore\tstatus"


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["a.txt", "b.txt"], ("a", "b")),
        (["a.txt", "a.md"], ("a.txt", "a.md")),
        (["a.txt", "a.txt", "b"], ("a.txt#1", "a.txt#2", "b")),
    ],
    ids=["stems", "names", "numbers"],
)
def test_version_ids_are_short_and_unique(names: list[str], ids: tuple[str, ...]) -> None:
    assert version_ids([document(["x"], name=name) for name in names]) == ids


@pytest.mark.parametrize("path", ["a.docx", "a", "tsv"])
def test_an_unknown_suffix_names_the_known_ones(path: str) -> None:
    with pytest.raises(ExportError, match="use tsv, jsonl or tmx"):
        format_of(PurePath(path))


def test_suffix_decides_the_format() -> None:
    assert format_of(PurePath("dir.x/pairs.TMX")) == "tmx"


@given(parallel_texts())
def test_plain_lines_hold_every_segment_and_no_control_character(parallel: ParallelText) -> None:
    lines = list(plain(parallel, pivot=True))
    assert not any(re.search(r"[\x00-\x1f\x7f-\x9f]", line) for line in lines)
    text = "\n".join(lines)
    for doc in parallel.documents:
        assert all(printable(sentence) in text for sentence in doc.sentences)


def test_plain_says_who_speaks_how_surely_and_what_is_missing() -> None:
    text = parallel(
        [
            document(["Hello.", "Menu"], skip={1: Skip("boilerplate", "menu")}),
            document(
                ["Olá.", "Olá."], language="pt", name="b.txt", skip={1: Skip("repeat", "exact", 0)}
            ),
            document(["Привет."], language="ru", name="c.txt"),
        ],
        [([[0], [0], []], 0.95), ([[], [], [0]], 0.0)],
        pivots=[["Hello.", "Menu"], ["Hi.", "Hi."], ["Hi there."]],
    )
    assert list(plain(text, pivot=True)) == [
        "EN: a.txt, 2 segments",
        "PT: b.txt, 2 segments",
        "RU: c.txt, 1 segments",
        "",
        "[1] sure 0.95, nothing in RU",
        "EN: Hello.",
        "  EN, skipped, menu: Menu",
        "PT: Olá.",
        "  machine: Hi.",
        "  PT, skipped, repeats row 1: Olá.",
        "",
        "[2] only RU",
        "RU: Привет.",
        "  machine: Hi there.",
        "",
    ]
