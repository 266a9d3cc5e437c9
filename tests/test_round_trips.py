"""Our own files, read again, are the rows that they were written from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import pipeline, session
from reader.errors import ExportError
from reader.export import EXPORTERS, Exported, export
from reader.export.common import clean
from reader.formats import language_of, parse_corpus
from reader.formats.corpus import parse_lines
from reader.formats.encoding import normal
from reader.model import Corpus, Mode, ParallelText, Skip, one_line
from reader.pipeline import Request
from tests.builders import document, parallel
from tests.fakes import FakeRoutes
from tests.strategies import parallel_texts

# A file full of what Unicode has no character for is taken for binary.
TEXTS = st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(str.strip)

MENU = Skip("boilerplate", "menu")

Row = tuple[list[tuple[str, str]], float, str]
"""(language, text) of its versions in any order, score, status."""


def row_of(text: ParallelText, r: int, versions: Sequence[int]) -> Row:
    """Return what some versions have in a row, as all formats have it."""
    row = text.rows[r]
    texts = [
        (text.documents[d].language, one_line(normal(clean(text.text(r, d))))) for d in versions
    ]
    found = sorted(cell for cell in texts if cell[1])
    return found, row.score if len(found) > 1 else 1.0, row.status


def all_rows(text: ParallelText) -> list[Row]:
    every = range(len(text.documents))
    found = (row_of(text, r, every) for r in range(len(text.rows)))
    return [row for row in found if row[0]]


def of_two_languages(text: ParallelText) -> list[Row]:
    return [row for row in all_rows(text) if len({language for language, _ in row[0]}) > 1]


def with_a_source(text: ParallelText) -> list[Row]:
    return translated(text, range(len(text.documents)))


def pairs(text: ParallelText) -> list[Row]:
    others = (d for d in range(len(text.documents)) if d != text.hub)
    return [row for d in others for row in translated(text, [text.hub, d])]


def translated(text: ParallelText, versions: Sequence[int]) -> list[Row]:
    """Return what has a source; what has no target cannot be approved."""
    rows = [
        row_of(text, r, versions) for r in range(len(text.rows)) if row_of(text, r, [text.hub])[0]
    ]
    return [(texts, score, status if len(texts) > 1 else "auto") for texts, score, status in rows]


def full_pairs(text: ParallelText) -> list[Row]:
    return [row for row in pairs(text) if len(row[0]) > 1]


def texts_alone(text: ParallelText) -> list[Row]:
    return [(texts, 1.0, "auto") for texts, _, _ in all_rows(text)]


CARRIED: dict[str, Callable[[ParallelText], list[Row]]] = {
    "jsonl": all_rows,
    "tsv": all_rows,
    "csv": all_rows,
    "sheet": all_rows,
    "tmx": of_two_languages,
    "xliff": with_a_source,
    "xliff2": pairs,
    "moses": full_pairs,
    "sketch": texts_alone,
}
"""What the formats that hold rows have of a text."""


def corpora(exported: Exported, name: str) -> Iterator[Corpus]:
    """Yield what we read in the files of an export."""
    if name == "moses":
        files = [(f"x{ending}", data) for ending, data in exported.files]
        for source, target, (_, ids) in zip(files[::3], files[1::3], files[2::3], strict=True):
            texts = [(n, language_of(PurePath(n).suffix), data) for n, data in (source, target)]
            corpus = parse_lines(texts, ids)
            assert corpus
            yield corpus
        return
    for _, data in exported.files:
        corpus = parse_corpus(data, PurePath(f"x{EXPORTERS[name].suffixes[0]}").suffix)
        assert corpus
        yield corpus


def read_back(corpus: Corpus) -> Iterator[Row]:
    for unit in corpus.units:
        cells = zip(corpus.languages, map(one_line, unit.texts), strict=True)
        yield sorted(cell for cell in cells if cell[1]), unit.score, unit.status


@pytest.mark.parametrize("name", CARRIED)
@settings(max_examples=60)
@given(text=parallel_texts(sentences=TEXTS, full=True, confirm=True))
def test_our_file_gives_its_rows_back(name: str, text: ParallelText) -> None:
    expected = CARRIED[name](text)
    if len(text.documents) < 2 or not expected:
        return
    if name == "sketch" and any(cell.startswith('"') for row in expected for _, cell in row[0]):
        return  # other tools quote there; where every cell that begins so may be quoted, it is
    try:
        exported = export(text, name)
    except ExportError:  # tells why, see tests/test_export.py
        return
    found = [row for corpus in corpora(exported, name) for row in read_back(corpus)]
    assert [(texts, status) for texts, _, status in found] == [(t, s) for t, _, s in expected]
    # A file has three digits of a score, the note of an XLIFF unit two.
    assert [score for _, score, _ in found] == pytest.approx([s for _, s, _ in expected], abs=6e-3)


@pytest.mark.parametrize("name", ["jsonl", "tsv", "csv", "sheet"])
def test_headings_come_back(tmp_path: Path, name: str) -> None:
    text = parallel(
        [
            document(["Before.", "One", "Text.", "Two"], headings=(1, 3)),
            document(["Um", "Dois"], language="pt", name="b.txt", headings=(0, 1)),
        ],
        [([[0], []], 0), ([[1], [0]], 0.9), ([[2], []], 0), ([[3], [1]], 0.9)],
    )
    path = tmp_path / f"x{EXPORTERS[name].suffixes[0]}"
    session.write(text, session.Destination(path))
    found = pipeline.run(Request((path,), tmp_path), routes=FakeRoutes())
    assert found.headings == text.headings == {1: (0, 1), 3: (0, 1)}


def test_times_come_back_where_all_of_a_version_have_one(tmp_path: Path) -> None:
    film = document(["One.", "Two."], timed=True)
    text = parallel(
        [film, document(["Um.", "Dois."], language="pt", name="b.txt")],
        [([[1], [0]], 0.9), ([[0], [1]], 0.9)],
        moved={1: (0,)},
    )
    path = tmp_path / "x.jsonl"
    session.write(text, session.Destination(path))
    found = pipeline.run(Request((path,), tmp_path), routes=FakeRoutes())
    assert [d.cues for d in found.documents] == [film.cues, ()]
    path.write_text(path.read_text("utf-8").replace(', "time": [0, 900]', ""), "utf-8")
    found = pipeline.run(Request((path,), tmp_path), routes=FakeRoutes())
    assert [d.cues for d in found.documents] == [(), ()]


def test_pairs_of_one_text_with_several_are_rows_again(tmp_path: Path) -> None:
    """XLIFF 2.0 has a document for each pair."""
    text = parallel(
        [
            document(["One.", "Two.", "Three."]),
            document(["Eins.", "Drei."], language="de", name="b.txt"),
            document(["Um.", "Dois."], language="pt", name="c.txt"),
            document(["Uno.", "Dos."], language="pt", name="d.txt"),
        ],
        [([[0], [0], [0], [0]], 0.9), ([[1], [], [1], []], 0.5), ([[2], [1], [], [1]], 0.7)],
        confirmed=(1,),
    )
    session.write(text, session.Destination(tmp_path / "x.v2.xlf"))
    paths = sorted(tmp_path.iterdir())
    assert [path.name for path in paths] == [f"x.en-{to}.v2.xlf" for to in ("de", "pt1", "pt2")]
    for hub in range(3):
        found = pipeline.run(Request(tuple(paths), tmp_path, hub=hub), routes=FakeRoutes())
        assert [d.name for d in found.documents] == ["a", "b", "c", "d"]
        assert [(row.segments, row.score, row.status) for row in found.rows] == [
            (row.segments, row.score, row.status) for row in text.rows
        ]
        assert found.hub == 0


def comparable() -> ParallelText:
    """Two reports in orders of their own, that of the second leading."""
    text = parallel(
        [
            document(["Menu.", "It rained.", "He left.", "The end."], skip={0: MENU}),
            document(["Ele saiu.", "Choveu."], language="pt", name="b.txt"),
        ],
        [([[2], [0]], 0.9), ([[1], [1]], 0.7), ([[3], []], 0)],
        moved={1: (0,)},
    )
    return replace(text, mode="comparable", hub=1)


@pytest.mark.parametrize("asked", [None, "parallel"])
def test_reports_come_back_as_reports_in_their_own_orders(
    tmp_path: Path, asked: Mode | None
) -> None:
    path = tmp_path / "news.jsonl"
    session.write(comparable(), session.Destination(path))
    request = Request((path,), tmp_path, mode=asked)
    text = pipeline.run(request, routes=FakeRoutes())
    assert (text.mode, text.hub) == (asked or "comparable", 1)
    assert [tuple(document.sentences) for document in text.documents] == [
        ("It rained.", "He left.", "The end."),
        ("Ele saiu.", "Choveu."),
    ]
    assert [(row.segments, row.moved) for row in text.rows] == [
        (((1,), (0,)), ()),
        (((0,), (1,)), (0,)),
        (((2,), ()), ()),
    ]
