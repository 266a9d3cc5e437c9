"""Files that hold several versions, alone and among others, on the whole way to rows."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import pipeline
from reader.corrections.operations import make_operation
from reader.editor import Editor
from reader.errors import FormatError
from reader.ledger import ledger
from reader.model import Confidence, Given, ParallelText, Row
from reader.pipeline import Request, loading
from reader.pipeline.corpora import expand, reduce
from tests.builders import document
from tests.fakes import FakeRoutes

ENGLISH = [
    "The cat sleeps in the old house.",
    "The river runs to the sea.",
    "The captain saw the ship and the dog eats.",
]
PORTUGUESE = ["O gato dorme na casa velha.", "", "O capitão viu o navio e o cão come."]
RUSSIAN = "Кот спит в старом доме.\nРека бежит к морю.\nКапитан увидел корабль и пёс ест.\n"
TSV = "en\tpt\n" + "".join(f"{a}\t{b}\n" for a, b in zip(ENGLISH, PORTUGUESE, strict=True))


@pytest.fixture
def request_for(tmp_path: Path) -> Callable[..., Request]:
    """Return a function that writes files and makes a request for them."""

    def make(files: dict[str, str], *, hub: int = 0) -> Request:
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        paths = tuple(tmp_path / name for name in files)
        return Request(paths=paths, cache=tmp_path / "cache", mode="parallel", hub=hub)

    return make


def cells(text: ParallelText) -> list[tuple[tuple[int, ...], ...]]:
    return [row.segments for row in text.rows]


def test_a_corpus_is_shown_as_its_file_has_it(request_for: Callable[..., Request]) -> None:
    routes = FakeRoutes()
    text = pipeline.run(request_for({"m.tsv": TSV}), routes=routes)
    assert cells(text) == [((0,), (0,)), ((1,), ()), ((2,), (1,))]
    assert [row.confidence for row in text.rows] == [
        *(Confidence.SURE, Confidence.ALONE, Confidence.SURE),
    ]
    assert [d.name for d in text.documents] == ["m.en", "m.pt"]
    assert (routes.seen, text.notes, text.provisional) == ([], (), False)
    assert all(ledger(text, d).adds_up for d in range(2))


def test_a_corpus_is_translated_on_request(request_for: Callable[..., Request]) -> None:
    routes = FakeRoutes()
    request = replace(request_for({"m.tsv": TSV}), machine=True)
    text = pipeline.run(request, routes=routes)
    assert routes.seen == [line for line in PORTUGUESE if line]
    assert all(text.pivot(r, 1) for r in (0, 2))


def test_another_text_joins_the_rows_of_a_corpus(request_for: Callable[..., Request]) -> None:
    routes = FakeRoutes()
    request = request_for({"c.txt": RUSSIAN, "m.tsv": TSV})
    text = pipeline.run(request, routes=routes)
    assert cells(text) == [((0,), (0,), (0,)), ((1,), (1,), ()), ((2,), (2,), (1,))]
    assert routes.seen == RUSSIAN.splitlines()
    assert text.hub == 0


def test_the_hub_may_be_a_corpus(request_for: Callable[..., Request]) -> None:
    request = request_for({"m.tsv": TSV, "c.txt": RUSSIAN}, hub=1)
    assert pipeline.run(request, routes=FakeRoutes()).hub == 2


def test_files_that_pair_one_text_with_others_are_put_together(
    request_for: Callable[..., Request],
) -> None:
    files = {
        "a.tsv": "en\tpt\nOne.\tUm.\n\tMeio.\nTwo.\tDois.\n",
        "b.tsv": "en\tru\tscore\n\tНоль.\t1\nOne.\tОдин.\t0.5\nTwo.\t\t0\n\tТри.\t1\n",
    }
    text = pipeline.run(request_for(files), routes=FakeRoutes())
    assert [document.language for document in text.documents] == ["en", "pt", "ru"]
    assert cells(text) == [
        ((), (), (0,)),
        ((0,), (0,), (1,)),
        ((), (1,), ()),
        ((1,), (2,), ()),
        ((), (), (2,)),
    ]
    assert [row.score for row in text.rows] == [0, 0.5, 0, 1, 0]


def test_what_is_told_of_a_file_is_told_where_its_first_text_is_there_already(
    request_for: Callable[..., Request],
) -> None:
    entries = 'msgid "One."\nmsgstr "%s"\n\n#~ msgid "Two."\n#~ msgstr "2"\n'
    head = 'msgid ""\nmsgstr "Language: %s\\n"\n\n'
    said = {"pt": "Um.", "ru": "Один."}
    files = {f"{code}.po": head % code + entries % text for code, text in said.items()}
    text = pipeline.run(request_for(files), routes=FakeRoutes())
    assert text.notes == (
        "pt.en: catalog: 1 obsolete entry left out",
        "ru.ru: catalog: 1 obsolete entry left out",
    )


def test_files_that_differ_in_their_language_go_line_by_line(
    request_for: Callable[..., Request],
) -> None:
    files = {"n.en": "\n".join(ENGLISH), "c.txt": RUSSIAN, "n.pt": "\n".join(PORTUGUESE)}
    text = pipeline.run(request_for(files), routes=FakeRoutes())
    assert [d.name for d in text.documents] == list(files)
    assert cells(text) == [((0,), (0,), (0,)), ((1,), (1,), ()), ((2,), (2,), (1,))]
    assert text.notes == ("n.en: lines: paired one by one with those of n.pt",)


def test_rows_beside_the_lines_are_theirs(request_for: Callable[..., Request]) -> None:
    """As a shell lists them: n.*."""
    files = {
        "n.en": "One.\nTwo.\n",
        "n.ids": "7\t0.5\tauto\n9\t0.7\tconfirmed\n",
        "n.pt": "Um.\nDois.\n",
    }
    for hub in range(3):
        text = pipeline.run(request_for(files, hub=hub), routes=FakeRoutes())
        assert [d.name for d in text.documents] == ["n.en", "n.pt"]
        assert [(row.score, row.status) for row in text.rows] == [(0.5, "auto"), (0.7, "confirmed")]


def test_one_of_moses_files_that_is_missing_is_named_once(
    request_for: Callable[..., Request],
) -> None:
    request = request_for({"n.en": "One.", "n.pt": "Um."})
    request.paths[1].unlink()
    with pytest.raises(FormatError) as caught:
        pipeline.load(request)
    assert str(caught.value) == f"{request.paths[1]}: no such file; check the name"


def test_files_of_unequal_length_are_texts_in_their_language(
    request_for: Callable[..., Request],
) -> None:
    files = {"n.en": "\n".join(ENGLISH), "n.pt": PORTUGUESE[0]}
    text = pipeline.run(request_for(files), routes=FakeRoutes())
    assert [d.language for d in text.documents] == ["en", "pt"]
    assert not text.given
    assert len(text.rows) == 3


def test_a_corpus_is_read_once(
    request_for: Callable[..., Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    request = request_for({"m.tsv": TSV})
    first = pipeline.load(request)
    monkeypatch.delattr(loading, "_read")
    assert pipeline.load(request) == first


def test_corrections_of_a_corpus_are_kept(request_for: Callable[..., Request]) -> None:
    editor = Editor(request_for({"m.tsv": TSV}))
    editor.open()
    editor.do(make_operation(editor.text.documents, "edit", [((0,), ()), ((1,), (0,))]))
    editor = Editor(request_for({"m.tsv": TSV}))
    assert cells(editor.open()) == [((0,), ()), ((1,), (0,)), ((2,), (1,))]
    editor.undo()
    assert cells(editor.text) == [((0,), (0,)), ((1,), ()), ((2,), (1,))]


def test_the_languages_of_a_corpus_cannot_be_given(request_for: Callable[..., Request]) -> None:
    request = request_for({"m.tsv": TSV})
    with pytest.raises(FormatError, match=r"m\.tsv: holds several versions; name their languages"):
        pipeline.load(replace(request, languages={request.paths[0]: "pt"}))


@given(data=st.data())
def test_every_segment_is_in_exactly_one_row(data: st.DataObject) -> None:
    units = data.draw(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=8))
    alone = data.draw(st.integers(0, 4))
    sizes = [sum(a for a, _ in units), sum(b for _, b in units), alone]
    place = [0, 0]
    given_rows = []
    for unit in units:
        row = tuple((place[k],) if there else () for k, there in enumerate(unit))
        place = [at + there for at, there in zip(place, unit, strict=True)]
        if any(row):
            given_rows.append(Row(row, 0.5, "confirmed"))
    documents = (document([f"s{i}" for i in range(n)], name=f"{d}") for d, n in enumerate(sizes))
    text = ParallelText(tuple(documents), (), (), given=(Given((0, 1), tuple(given_rows)),))
    reduced = reduce(text, "en")
    ranks = [
        sorted(data.draw(st.lists(st.integers(0, 5), min_size=n, max_size=n)))
        for n in (len(d.segments) for d in reduced.documents)
    ]
    rows = [
        Row(tuple(tuple(i for i, r in enumerate(rank) if r == k) for rank in ranks), 0.7)
        for k in range(6)
    ]
    found = expand(reduced, [row for row in rows if row.present])
    for d, size in enumerate(sizes):
        assert sorted(i for row in found for i in row.segments[d]) == list(range(size))
