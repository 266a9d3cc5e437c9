"""Poems keep their lines, and paragraphs theirs."""

from dataclasses import replace

import pytest

from reader.columns import Segments
from reader.export import Options, check, export
from reader.model import Document, Segment
from reader.verses import is_verse, line_starts
from tests.builders import document, parallel

POEM = """The keeper lit his lamp again
  And watched the slow and silent rain
Until the night was gone.
“He never sleeps,” the sailors say,
Who pass the tower on their way
From Porto to Lisbon."""
PROSE = """The keeper lit his lamp again and
watched the slow and silent rain
until the night was gone. Nobody
ever saw him sleep, the sailors
said, who passed the tower on their
way from Porto."""


def poem(text: str, *stops: int) -> Document:
    """Make a document of sentences in one paragraph that stop at some offsets."""
    starts = (0, *(stop + 1 for stop in stops))
    spans = zip(starts, (*stops, len(text)), strict=True)
    segments = Segments.of(Segment(a, b, 0, "en") for a, b in spans)
    return Document("id", "a.txt", "en", text, segments)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(POEM, True, id="poem"),
        pytest.param(PROSE, False, id="wrapped"),
        pytest.param("\n".join(f"{line}\n" for line in POEM.splitlines()), False, id="paragraphs"),
        pytest.param("\n".join(POEM.splitlines()[:5]), True, id="five lines"),
        pytest.param("\n".join(POEM.splitlines()[:4]), False, id="too little"),
        pytest.param(
            "夜の海\n静かな波\n灯台の光\n船は行く\n朝が来る\n鳥が鳴く", False, id="no capitals"
        ),
    ],
)
def test_a_poem_is_told_by_its_capitals(text: str, found: bool) -> None:
    assert is_verse(poem(text)) == found


def test_lines_begin_where_those_of_a_poem_and_paragraphs_do() -> None:
    made = poem(POEM, POEM.index("gone.") + 5)
    said = " ".join(made.sentences)
    (second,) = starts = (len(made.sentences[0]) + 1,)
    found = sorted(line_starts(made, (0, 1), starts, verse=True))
    assert [said[at:].split()[0] for at in found] == ["And", "Until", "“He", "Who", "From"]
    assert not list(line_starts(made, (0, 1), starts, verse=False))
    apart = replace(
        made, segments=Segments.of(s._replace(paragraph=s.start) for s in made.segments)
    )
    assert list(line_starts(apart, (0, 1), starts, verse=False)) == [second]


def test_a_page_and_a_table_keep_the_lines() -> None:
    text = parallel(
        [
            poem(POEM, POEM.index("gone.") + 5),
            document(["Quem <és>?", "Eu.", "Ninguém."], language="pt", going_on=(2,)),
            document(["北風が吹く。", "雨だ。"], language="ja"),
        ],
        [([[0, 1], [0, 1, 2], [0, 1]], 0.9)],
    )
    exported = export(text, "html", Options())
    page = exported.files[0][1].decode()
    poem_lines = [line.strip() for line in POEM.splitlines()]
    for lines in (poem_lines, ["Quem &lt;és&gt;?", "Eu. Ninguém."]):
        assert f">{' <br/>'.join(lines)}</p>" in page
    assert ">北風が吹く。<br/>雨だ。</p>" in page
    check(exported, "html", exported.files)
    table = export(text, "markdown", Options())
    for lines in (poem_lines, ["Quem \\<és\\>?", "Eu. Ninguém."]):
        assert f"| {' <br>'.join(lines)} |" in table.files[0][1].decode()
    check(table, "markdown", table.files)
