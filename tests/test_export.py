"""Exports: one suite over all formats, then what is special to each."""

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import PurePath
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given, settings

from reader.annotations import Annotation
from reader.errors import ExportError
from reader.export import EXPORTERS, Exported, Options, Selection, check, export, format_of, plain
from reader.export.common import version_ids
from reader.model import ParallelText, Skip
from reader.printable import printable
from tests.builders import NASTY_NOTES, document, nasty, parallel
from tests.strategies import parallel_texts

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PAIRED = {"xliff", "xliff2", "moses", "anki"}
CANNOT = {
    "tmx": "all versions are in one language",
    "sketch": "a column is a language",
    "xliff": "there is one version",
    "xliff2": "there is one version",
    "anki": "there is one version",
    "srt": "no version has times",
    "moses": "no row has a text in two languages",
}
"""What a format says of a text that it cannot hold."""


def bare(text: str) -> str:
    """The text without white space and controls: what every format must keep."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\ufffe\uffff]", "", text)


def data(parallel: ParallelText, name: str, options: Options | None = None) -> str:
    """The only file of an export as text."""
    ((_, written),) = export(parallel, name, options).files
    return written.decode()


def expected(parallel: ParallelText, name: str) -> Iterator[set[str]]:
    """Yield the texts of each unit that a format is to hold, made from the rows alone."""
    hub = parallel.hub
    pairs = [(hub, d) for d in range(len(parallel.documents)) if d != hub]
    texts = [
        {d: bare(parallel.text(r, d)) for d in row.present} for r, row in enumerate(parallel.rows)
    ]
    if name == "tmx":
        for row in texts:
            languages = {parallel.documents[d].language for d, text in row.items() if text}
            if len(languages) > 1:
                yield {text for text in row.values() if text}
    elif name in PAIRED:
        cells = (
            product(texts, pairs) if name == "anki" else ((r, p) for p, r in product(pairs, texts))
        )
        for row, pair in cells:
            source, target = (row.get(d, "") for d in pair)
            if source and (target or name.startswith("xliff")):
                yield {source, target} - {""}
    elif name == "srt":
        yield from in_time(parallel, texts)
    else:
        for row in texts:
            if name != "sketch" or any(row.values()):
                yield {text for text in row.values() if text or name == "jsonl"}


def in_time(parallel: ParallelText, texts: list[dict[int, str]]) -> Iterator[set[str]]:
    """Yield the texts of the rows that have a time, by that of the hub or of the first version."""
    timed = [d for d, document in enumerate(parallel.documents) if document.cues]
    timed.sort(key=lambda d: d != parallel.hub)
    begins = [
        (next(parallel.rows[r].segments[d] for d in timed if d in row)[0], r)
        for r, row in enumerate(texts)
        if not row.keys().isdisjoint(timed)
    ]
    for _, r in sorted(begins):
        if any(texts[r].values()):
            yield set(filter(None, texts[r].values()))


def found(exported: Exported, name: str) -> list[set[str]]:
    """What a reader finds: the texts of each unit; in TMX of all units of a row."""
    units = [
        {bare(text) for text in unit if text or name == "jsonl"}
        for unit in EXPORTERS[name].read(exported.files)
    ]
    if name != "tmx":
        return units
    rows: dict[str, set[str]] = {}
    tree = ElementTree.fromstring(exported.files[0][1])
    for unit, texts in zip(tree.iter("tu"), units, strict=True):
        rows.setdefault(unit.attrib["tuid"].split(".")[0], set()).update(texts)
    return list(rows.values())


@pytest.mark.parametrize("name", EXPORTERS)
@settings(max_examples=50)
@given(parallel=parallel_texts() | parallel_texts(full=True))
def test_what_is_written_reads_back(name: str, parallel: ParallelText) -> None:
    languages = [document.language for document in parallel.documents]
    least = {
        "tmx": len(set(languages)) > 1,
        "sketch": len(set(languages)) == len(languages),
        "srt": any(document.cues for document in parallel.documents),
        "moses": any(expected(parallel, "moses")),
    }
    if not least.get(name, len(languages) > 1 or name not in CANNOT):
        with pytest.raises(ExportError, match=CANNOT[name]):
            export(parallel, name)
        return
    exported = export(parallel, name)
    check(exported, name, exported.files)
    assert found(exported, name) == list(expected(parallel, name))
    assert export(parallel, name) == exported


NASTY_CHOICE = {"sketch": Selection(pairs=("en-ar",))}
"""Of the nasty text a format may hold a part only."""


@pytest.mark.parametrize("name", EXPORTERS)
def test_nasty_text_survives(name: str) -> None:
    selection = NASTY_CHOICE.get(name, Selection())
    options = Options(selection, pivot=name != "sketch", notes=NASTY_NOTES)
    exported = export(nasty(), name, options)
    check(exported, name, exported.files)
    if name not in NASTY_CHOICE:
        assert found(exported, name) == list(expected(nasty(), name))
    for _, content in exported.files:
        if name != "epub":
            text = content.decode()
            assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)


@pytest.mark.parametrize("name", EXPORTERS)
def test_filters_reach_every_format(name: str) -> None:
    selection = Selection(rows=((2, 3),), pairs=("en-ar",))
    exported = export(nasty(), name, Options(selection))
    assert len(exported.units) == 2
    assert {len(unit) for unit in exported.units} == {2}
    assert exported.notes[0] == "11 rows left out: outside the rows asked for"


@pytest.mark.parametrize("name", EXPORTERS)
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.replace(b"Subject", b"Object"),
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"Second", b"Second\x00<"),
    ],
    ids=["changed", "cut", "broken"],
)
def test_check_finds_what_is_damaged(name: str, damage: Callable[[bytes], bytes]) -> None:
    exported = export(
        parallel(
            [
                document(["Subject one.", "Second <two>."], timed=True),
                document(["Assunto um.", "Segundo."], language="pt", name="b.txt"),
            ],
            [([[0], [0]], 0.9), ([[1], [1]], 0.8)],
        ),
        name,
    )
    files = [(ending, damage(content)) for ending, content in exported.files]
    if [content for _, content in files] != [content for _, content in exported.files]:
        with pytest.raises(ExportError, match=f"^{name}: .*please report this$"):
            check(exported, name, files)


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("jsonl", []),
        ("tsv", []),
        ("sheet", ["12 cells begin with a blank, so as to be no formula"]),
        (
            "tmx",
            [
                "1 row left out: a unit needs two languages",
                "2 texts above 2000 characters, which some systems refuse",
            ],
        ),
        (
            "anki",
            ["1 row left out: a card needs two sides"],
        ),
        (
            "srt",
            [
                "1 row left out: no version of it has a time",
                "10 texts have word joiners or wide braces where players would find markup",
            ],
        ),
    ],
)
def test_what_was_left_out_is_told(name: str, notes: list[str]) -> None:
    controls = [] if name == "jsonl" else ["9 control characters removed"]
    assert list(export(nasty(), name).notes) == controls + notes


def test_what_sketch_engine_takes_for_structure_is_told() -> None:
    exported = export(nasty(), "sketch", Options(NASTY_CHOICE["sketch"]))
    assert exported.notes[-1] == "4 cells have words in < >, which are taken for structure"


MARKS = {
    "tmx": '<tuv xml:lang="en" creationid="MT"><prop type="x-origin">mt-argos</prop>',
    "xliff": '<alt-trans origin="machine"><target xml:lang="en" state-qualifier="mt-suggestion">',
    "xliff2": '<mtc:match ref="#s1" type="mt" origin="argos" reference="yes">',
    "tsv": "pt (machine en)",
    "csv": "pt (machine en)",
    "sheet": "pt (machine en)",
    "markdown": "pt (machine en)",
    "moses": ".machine-en",
    "jsonl": '"machine": true',
    "html": 'class="machine" lang="en-t-pt-t0-und"',
    "epub": 'class="machine" lang="en-t-pt-t0-und"',
    "anki": "[machine en] a house",
    "srt": "[machine en] a house",
}


def everything(exported: Exported) -> str:
    """All that is in the files of an export, with their names."""
    parts = []
    for ending, content in exported.files:
        if content[:2] == b"PK":
            with ZipFile(io.BytesIO(content)) as book:
                parts += [book.read(name).decode() for name in book.namelist()]
        else:
            parts += [ending, content.decode()]
    return "\n".join(parts)


@pytest.mark.parametrize("name", EXPORTERS)
def test_pivot_text_is_never_there_unless_asked_for_and_then_marked(name: str) -> None:
    text = parallel(
        [
            document(["casa"], language="pt", timed=True),
            document(["дом"], language="ru", name="b.txt"),
        ],
        [([[0], [0]], 0.9)],
        pivots=[["a house"], ["home"]],
    )
    assert "house" not in everything(export(text, name))
    if name not in MARKS:
        with pytest.raises(ExportError, match="cannot mark machine text"):
            export(text, name, Options(pivot=True))
        return
    marked = export(text, name, Options(pivot=True))
    assert "a house" in everything(marked)
    assert MARKS[name] in everything(marked)
    check(marked, name, marked.files)


NOTED = {
    "tmx": '<tu tuid="r000001"><note>why &lt;so&gt;?</note>',
    "xliff": '<note from="reader\'s note">why &lt;so&gt;?</note>',
    "xliff2": '<note category="reader\'s note">why &lt;so&gt;?</note>',
    "tsv": "\twhy <so>?\n",
    "csv": ",why <so>?\n",
    "sheet": "\twhy <so>?\n",
    "markdown": r"| why \<so\>? |",
    "jsonl": '"note": "why <so>?"',
    "html": '<p class="note" dir="auto" lang="und" xml:lang="und">why &lt;so&gt;?</p>',
    "epub": '<p class="note" dir="auto" lang="und" xml:lang="und">why &lt;so&gt;?</p>',
    "anki": '"дом\n[note] why <so>?"',
}
"""How a format holds a note."""


@pytest.mark.parametrize("name", EXPORTERS)
def test_notes_go_in_where_there_is_a_place_for_them(name: str) -> None:
    text = parallel(
        [
            document(["casa", "rio"], language="pt", timed=True),
            document(["дом", "река"], language="ru", name="b.txt"),
        ],
        [([[0], [0]], 0.9), ([[1], [1]], 0.9)],
    )
    written = export(text, name, Options(notes={0: "why <so>?", 7: "nowhere"}))
    check(written, name, written.files)
    if name in NOTED:
        assert everything(written).count(NOTED[name]) == 1
    else:
        assert "why" not in everything(written)
        assert f"1 note left out: {name} has no place for them" in written.notes


@pytest.mark.parametrize("name", MARKS)
def test_what_is_in_the_pivot_language_has_no_machine_text(name: str) -> None:
    text = parallel(
        [document(["A house."], timed=True), document(["Casa."], language="pt", name="b.txt")],
        [([[0], [0]], 0.9)],
        pivots=[["echo"], ["Home."]],
    )
    written = export(text, name, Options(Selection(pairs=("pt-en",)), pivot=True))
    assert "echo" not in everything(written)


def test_tmx_languages_are_bcp47_and_every_choice_of_versions_is_a_unit() -> None:
    two_in_one_language = parallel(
        [
            document(["casa"], language="pb", name="a.txt"),
            document(["lar"], language="pb", name="b.txt"),
            document(["house"], language="en", name="c.txt"),
        ],
        [([[0], [0], [0]], 0.8)],
    )
    tree = ElementTree.fromstring(data(two_in_one_language, "tmx"))
    units = {
        unit.attrib["tuid"]: [(v.get(XML_LANG), v.findtext("seg")) for v in unit.iter("tuv")]
        for unit in tree.iter("tu")
    }
    assert units == {
        "r000001.1": [("pt-BR", "casa"), ("en", "house")],
        "r000001.2": [("pt-BR", "lar"), ("en", "house")],
    }
    asked = Options(Selection(pairs=("pt-br1-pt-br2", "pt-br-en")))
    left_out = "pt-BR1-pt-BR2 left out: a unit needs two languages"
    assert left_out in export(two_in_one_language, "tmx", asked).notes


@pytest.mark.parametrize(
    ("languages", "source"), [(("ru", "en"), "ru"), (("ru", "en", "pt"), "*all*")]
)
def test_tmx_source_language_is_the_hub_of_two(languages: tuple[str, ...], source: str) -> None:
    documents = [document(["x"], language=code, name=f"{code}.txt") for code in languages]
    written = data(parallel(documents, [([[0]] * len(documents), 1.0)]), "tmx")
    header = ElementTree.fromstring(written).find("header")
    assert header is not None
    assert header.get("srclang") == source


def test_jsonl_spans_cut_the_text_out_of_the_source() -> None:
    text = parallel(
        [document(["One.", "Two.", "Three."]), document(["Um."], language="pt", name="b.txt")],
        [([[0, 2], [0]], 0.7), ([[1], []], 0.0)],
    )
    _, first, second = map(json.loads, data(text, "jsonl").splitlines())
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
    header = json.loads(data(text, "jsonl").splitlines()[0])
    assert header["documents"]["a"]["skipped"] == [
        {"seg": 1, "span": [5, 9], "reason": "repeat", "detail": "exact", "of": 0}
    ]


def test_tsv_names_columns_by_language_and_by_file_where_that_is_not_enough() -> None:
    documents = [
        document(["x"], language=code, name=name)
        for code, name in [("pt", "a.txt"), ("pt", "b.txt"), ("ru", "c.txt"), ("", "d.txt")]
    ]
    written = data(parallel(documents, [([[0]] * 4, 1.0)]), "tsv")
    assert written.splitlines()[0] == (
        "row\tchapter\tpt:a\tpt:b\tru\tund\tscore\tstatus\tversions\tflags"
    )


def chaptered() -> ParallelText:
    """A text with headings, numbers that differ, and a row from elsewhere."""
    return parallel(
        [
            document(["Before.", "One: home", "He had 5,000 men.", "Two"], headings=(1, 3)),
            document(["Eins", "Er hatte 4000 Mann.", "Zwei"], language="de", name="b.txt"),
        ],
        [([[0], []], 0.0), ([[1], [0]], 0.9), ([[2], [1]], 0.5), ([[3], [2]], 0.9)],
        moved={2: (1,)},
    )


def test_tables_say_of_each_row_its_chapter_how_many_have_it_and_what_is_special() -> None:
    header, *lines = (line.split("\t") for line in data(chaptered(), "tsv").splitlines())
    about = [k for k, name in enumerate(header) if name in {"chapter", "versions", "flags"}]
    assert [[line[k] for k in about] for line in lines] == [
        ["", "1 of 2", ""],
        ["One: home", "2 of 2", "heading"],
        ["One: home", "2 of 2", "doubtful moved:de numbers:en,de"],
        ["Two", "2 of 2", "heading"],
    ]


def test_a_title_with_colons_is_one_deck() -> None:
    documents = [document(["Yes."], name='a::b "c":d.txt'), document(["Sim."], language="pt")]
    text = parallel(documents, [([[0], [0]], 0.9)])
    assert "\n#deck:reader::a:b c:d · a\n" in data(text, "anki")


def test_a_chapter_is_that_of_the_whole_text() -> None:
    only = Options(Selection(rows=((3, 3),)))
    assert "One: home" in data(chaptered(), "csv", only)
    assert json.loads(data(chaptered(), "jsonl", only).splitlines()[1])["chapter"] == "One: home"
    assert "\ten-de doubtful row::3 chapter::One_home\n" in data(chaptered(), "anki", only)


def test_jsonl_has_the_numbers_of_a_row_by_value_the_times_and_the_models() -> None:
    text = replace(chaptered(), models=("", "de_en 1.0"))
    header, *rows = map(json.loads, data(text, "jsonl").splitlines())
    assert [document["model"] for document in header["documents"].values()] == [None, "de_en 1.0"]
    assert rows[2]["facts"] == [
        {"version": "a", "text": "5,000", "values": ["5.000", "5000"], "differs": True},
        {"version": "b", "text": "4000", "values": ["4000"], "differs": True},
    ]
    timed = parallel([document(["One.", "Two."], timed=True)], [([[0, 1]], 0.0)])
    (row,) = map(json.loads, data(timed, "jsonl").splitlines()[1:])
    assert row["versions"]["a"]["time"] == [0, 1900]


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
    with pytest.raises(ExportError, match=r"use \.tmx, .* or \.md"):
        format_of(PurePath(path))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("dir.x/pairs.TMX", "tmx"),
        ("book.sheet.tsv", "sheet"),
        ("book.tsv", "tsv"),
        ("a.b.v2.xlf", "xliff2"),
        ("a.xliff", "xliff"),
        ("deck.anki.txt", "anki"),
    ],
)
def test_the_longest_suffix_decides_the_format(path: str, name: str) -> None:
    assert format_of(PurePath(path)) == name


@given(parallel_texts())
def test_plain_lines_hold_every_segment_and_no_control_character(parallel: ParallelText) -> None:
    lines = list(plain(parallel, machine="en"))
    assert not any(re.search(r"[\x00-\x1f\x7f-\x9f]", line) for line in lines)
    text = "\n".join(lines)
    for doc in parallel.documents:
        assert all(printable(sentence) in text for sentence in doc.sentences)


def test_plain_says_who_speaks_how_surely_and_what_is_missing() -> None:
    text = parallel(
        [
            document(
                ["Hello.", "Home", "News", "Share"],
                skip={
                    i: Skip("boilerplate", why)
                    for i, why in enumerate(["menu", "menu", "share"], 1)
                },
            ),
            document(
                ["Olá.", "Olá."], language="pt", name="b.txt", skip={1: Skip("repeat", "exact", 0)}
            ),
            document(["Привет."], language="ru", name="c.txt"),
        ],
        [([[0], [0], []], 0.95), ([[], [], [0]], 0.0)],
        pivots=[["Hello.", "", "", ""], ["Hi.", "Hi."], ["Hi there."]],
    )
    assert list(plain(text, machine="en")) == [
        "EN: a.txt, 4 segments",
        "PT: b.txt, 2 segments",
        "RU: c.txt, 1 segment",
        "",
        "[1] sure 0.95, nothing in RU",
        "EN: Hello.",
        "  EN, 2 skipped, menu: Home | News",
        "  EN, skipped, share: Share",
        "PT: Olá.",
        "  machine: Hi.",
        "  PT, skipped, repeats row 1: Olá.",
        "",
        "[2] only RU",
        "RU: Привет.",
        "  machine: Hi there.",
        "",
    ]
    rows = (replace(text.rows[0], status="edited"), replace(text.rows[1], status="confirmed"))
    lines = list(plain(replace(text, rows=rows)))
    assert "[1] edited, nothing in RU" in lines
    assert "[2] confirmed, only RU" in lines


def test_plain_tells_of_stars_and_notes() -> None:
    text = parallel([document(["One.", "Two.", "Three."])], [([[i]], 0.0) for i in range(3)])
    said = {(0, 0): Annotation(star=True), (0, 2): Annotation(note="or \x1btrois?")}
    assert [line for line in plain(text, annotations=said) if "[" in line] == [
        "[1] starred",
        "[2]",
        "[3]",
    ]
    assert list(plain(text, annotations=said, noted=True))[2:] == [
        *("[1] starred", "EN: One.", ""),
        *("[3]", "EN: Three.", "  note: or ␛trois?", ""),
    ]
