"""Subtitles: their times from the file that is read to the one that is written."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import pipeline, session
from reader.export import export
from reader.formats import parse, parse_corpus
from reader.model import Cue, Document
from reader.pipeline import Request
from reader.segment import segment
from reader.subrip import shielded, unshielded
from tests.builders import document, parallel
from tests.fakes import FakeRoutes


def film(*cues: tuple[str, str]) -> bytes:
    """Return an SRT file of (seconds, text) each; the seconds are those of begin and end."""
    times = [(text, [f"00:00:{int(s):02},000" for s in span.split("-")]) for span, text in cues]
    return "".join(
        f"{k}\n{begins} --> {ends}\n{text}\n\n" for k, (text, (begins, ends)) in enumerate(times, 1)
    ).encode()


def ass(*dialogue: str) -> bytes:
    """Return a SubStation Alpha file with these lines of dialogue."""
    head = "[Script Info]\nTitle: Not said\n\n[V4+ Styles]\nStyle: Default,Arial,20\n\n[Events]\n"
    lines = ("Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Not said", *dialogue)
    return "\n".join([head, lines[0], *(f"Dialogue: {line}" for line in dialogue)]).encode()


def read(data: bytes, language: str = "en") -> Document:
    return segment(parse(data, ".srt"), name=f"film.{language}.srt", language=language)


def written(*documents: Document, rows: list[list[list[int]]]) -> list[str]:
    """Return an export's cues without their numbers."""
    text = parallel(documents, [(row, 0.9) for row in rows])
    ((_, data),) = export(text, "srt").files
    return [cue.partition("\n")[2] for cue in data.decode().split("\n\n")[:-1]]


@pytest.mark.parametrize(
    ("data", "text", "cues"),
    [
        (
            film(("1-2", "It was late"), ("2-3", "when we left.")),
            "It was late\nwhen we left.",
            [Cue(0, 11, 1000, 2000), Cue(12, 25, 2000, 3000)],
        ),
        (
            film(("1-3", "- No!\n- Yes!")),
            "No!\n\nYes!",
            [Cue(0, 3, 1000, 1857), Cue(5, 9, 1857, 3000)],
        ),
        (film(("1-2", "<I>a</i> <tag>")), "a <tag>", [Cue(0, 7, 1000, 2000)]),
        (film(("1-2", "<i></i>"), ("4-3", "<b>Late</b>.")), "Late.", [Cue(0, 5, 4000, 4000)]),
        (
            b"WEBVTT\n\n01:02:03.5 --> 102:00:00.25 line:0\n&lt;b&gt; &copy 1",
            "<b> &copy 1",
            [Cue(0, 11, 3723500, 367200250)],
        ),
        (
            ass(
                "0,0:00:07.00,0:00:09.00,Signs,,0,0,0,,{\\pos(4,1)\\fad(2,2)}NO ENTRY",
                "0,0:00:03.50,0:00:06.00,Def,,0,0,0,,{\\i1}Nobody{\\i} lives here,\\Nsays she,",
                "1,0:00:03.50,0:00:06.00,Default,,0,0,0,,Nobody lives here,\\Nsays she,",
                "0,0:00:06.00,0:00:06.50,Default,,0,0,0,,{\\p1}m 0 0 l 100 0{\\p0}",
                "0,0:00:06.00,0:00:06.50,Default,,0,0,0,,of it",
                "0,0:00:09.00,0:01:00.25,Default,,0,0,0,,and lights a lamp.",
            ),
            "Nobody lives here,\nsays she,\nof it\n\nNO ENTRY\n\nand lights a lamp.",
            [
                Cue(0, 28, 3500, 6000),
                Cue(29, 34, 6000, 6500),
                Cue(36, 44, 7000, 9000),
                Cue(46, 64, 9000, 60250),
            ],
        ),
    ],
    ids=[
        "a sentence in two",
        "two speakers share one",
        "markup",
        "empty and backwards",
        "vtt",
        "ass",
    ],
)
def test_times_are_kept_with_their_text(data: bytes, text: str, cues: list[Cue]) -> None:
    source = parse(data, ".srt")
    assert (source.text, list(source.cues)) == (text, cues)


@pytest.mark.parametrize(
    ("data", "paragraphs"),
    [
        pytest.param(
            "0:01,0 --> 0:02,0\nOne.\n0:02,0 -> 0:03,0\nTwo.\n0:4 --> 0:5\n3.",
            ["One.", "Two.", "3."],
            id="no number, blank line, whole arrow or fraction",
        ),
        pytest.param(
            "1\n0:01,0 --> 0:02,0\nOne\n\nand a half.\n\n2\n0:02,0 --> 0:03,0\nTwo.\n",
            ["One\nand a half.", "Two."],
            id="a blank line inside",
        ),
        pytest.param(
            "WEBVTT\n\n0:01.0 --> 0:02.0\nOne.\n\nNOTE no\nno\n\nid\n0:02.0 --> 0:03.0\nNOTE it.",
            ["One.", "NOTE it."],
            id="a comment",
        ),
        pytest.param(
            "0:01,0 --> 0:02,0\nI\n0:02,0 --> 0:03,0\n[a door]\n0:03,0 --> 0:04,0\n"
            "MAN 1: say\n0:04,0 --> 0:05,0\n♪ la\n0:05,0 --> 0:06,0\nla ♪",
            ["I", "[a door]", "MAN 1: say", "♪ la\nla ♪"],
            id="sounds, songs and speakers",
        ),
        pytest.param(
            "0:01,0 --> 0:02,0\n你好\n0:02,0 --> 0:03,0\n再见\n",
            ["你好", "再见"],
            id="no marks at all",
        ),
        pytest.param(
            "WEBVTT\n\n0:00.0 --> 0:02.0\n \nSo<0:00.5><c> he</c>\n\n"
            "0:02.0 --> 0:02.1\nSo he\n \n\n"
            "0:02.1 --> 0:04.0\nSo he\nleft.<0:03.0><c> So</c>\n",
            ["So he", "left. So"],
            id="lines that roll up",
        ),
    ],
)
def test_cues_are_found_however_they_are_written(data: str, paragraphs: list[str]) -> None:
    source = parse(data.encode(), ".srt")
    assert [source.text[p.start : p.stop] for p in source.paragraphs] == paragraphs


def test_a_row_lasts_as_long_as_its_cues_and_shares_what_it_has_a_part_of() -> None:
    english = read(film(("1-2", "It was late"), ("2-4", "when we left. We ran."), ("5-6", "Home!")))
    german = document(["Es war spät, als wir gingen.", "Wir liefen.", "Heim!"], language="de")
    assert written(german, english, rows=[[[0], [0]], [[1], [1]], [[2], [2]]]) == [
        "00:00:01,000 --> 00:00:03,238\nEs war spät, als wir gingen.\nIt was late when we left.",
        "00:00:03,333 --> 00:00:04,000\nWir liefen.\nWe ran.",
        "00:00:05,000 --> 00:00:06,000\nHeim!\nHome!",
    ]
    (merged,) = written(german, english, rows=[[[0, 1, 2], [0, 1, 2]]])
    assert merged.startswith("00:00:01,000 --> 00:00:06,000\nEs war")


ENGLISH = (
    "It was late when the train reached the old station by the river.",
    "Nobody was waiting on the platform that night.",
    "Where is your brother, and why did he not come?",
    "He is at home.",
    "I have not seen him since the winter.",
    "Then we must go to the harbour without him.",
)
GERMAN = (
    "Es war spät, als der Zug den alten Bahnhof am Fluss erreichte.",
    "Niemand wartete in jener Nacht auf dem Bahnsteig.",
    "Wo ist dein Bruder, und warum ist er nicht gekommen?",
    "Er ist zu Hause.",
    "",
    "Dann müssen wir ohne ihn zum Hafen gehen.",
)


def test_a_film_in_two_languages_is_two_versions(tmp_path: Path) -> None:
    german = [text for text in GERMAN if text]
    rows = [([[k], [german.index(text)] if text else []], 0.9) for k, text in enumerate(GERMAN)]
    text = parallel(
        [document(ENGLISH, timed=True), document(german, language="de", name="b.txt")], rows
    )
    path = tmp_path / "film.srt"
    session.write(text, session.Destination(path))
    found = pipeline.run(Request((path,), tmp_path), routes=FakeRoutes())
    assert [tuple(d.sentences) for d in found.documents] == [ENGLISH, tuple(german)]
    assert [row.segments for row in found.rows] == [row.segments for row in text.rows]
    assert found.documents[0].cues == text.documents[0].cues
    session.write(found, session.Destination(tmp_path / "again.srt"))
    assert (tmp_path / "again.srt").read_bytes() == path.read_bytes()
    single = pipeline.run(Request((path,), tmp_path, languages={path: "en"}), routes=FakeRoutes())
    assert len(single.documents) == 1


@pytest.mark.parametrize(
    "lines",
    [
        [ENGLISH[k] + "\n" + ENGLISH[k - 1] for k in range(6)],
        [*ENGLISH, *GERMAN[:4]],
        [ENGLISH[0] + "\n" + GERMAN[0]],
    ],
    ids=["one language", "one line", "too little to know"],
)
def test_other_films_are_one_version(lines: list[str]) -> None:
    assert parse_corpus(film(*(("1-2", text) for text in lines)), ".srt") is None


def test_times_are_those_of_the_hub_or_else_of_the_first_that_has_one_in_their_order() -> None:
    hub = read(film(("1-2", "One."), ("8-9", "Two.")))
    other = read(film(("4-5", "Eins."), ("6-7", "Drei.")), "de")
    rows: list[list[list[int]]] = [[[0], [0]], [[1], []], [[], [1]]]
    assert written(hub, other, rows=rows) == [
        "00:00:01,000 --> 00:00:02,000\nOne.\nEins.",
        "00:00:06,000 --> 00:00:07,000\nDrei.",
        "00:00:08,000 --> 00:00:09,000\nTwo.",
    ]


def test_times_are_written_in_hours_minutes_seconds_and_milliseconds() -> None:
    film = replace(document(["Late."]), cues=(Cue(0, 5, 3_723_004, 360_059_990),))
    assert written(film, rows=[[[0]]]) == ["01:02:03,004 --> 100:00:59,990\nLate."]
    assert export(parallel([film], [([[0]], 0.0)]), "srt").notes == ()


def test_what_has_no_time_and_what_was_parted_is_told() -> None:
    texts = [
        document(["a <b>", "c"], timed=True),
        document(["d", "e"], language="de", name="b.txt"),
    ]
    rows: list[tuple[list[list[int]], float]] = [([[0], [0]], 0.9), ([[1], []], 0), ([[], [1]], 0)]
    exported = export(parallel(texts, rows), "srt")
    assert exported.notes == (
        "1 row left out: no version of it has a time",
        "1 text has word joiners or wide braces where players would find markup",
    )
    assert (
        exported.files[0][1].decode().startswith("1\n00:00:00,000 --> 00:00:00,900\na <\u2060b>\n")
    )


SIGNS = st.text("<>{}\\&;#-Nnhaby:/! \u2060", min_size=1)


@given(SIGNS | st.text())
def test_what_is_shielded_is_no_markup_and_comes_back(text: str) -> None:
    assert unshielded(shielded(text)) == text
    assert not any(sign in shielded(text) for sign in ("<b", "</", "{", "\\N", "&b;", "-->"))


@given(st.lists(SIGNS.map("x {} x.".format), min_size=1, max_size=5))
def test_our_file_gives_the_same_text_and_times(sentences: list[str]) -> None:
    texts = [" ".join(text.split()) for text in sentences]
    doc = document(texts, timed=True)
    rows = [([[i]], 0.0) for i in range(len(texts))]
    ((_, data),) = export(parallel([doc], rows), "srt").files
    source = parse(data, ".srt")
    assert [source.text[cue.start : cue.stop] for cue in source.cues] == texts
    assert [cue[2:] for cue in source.cues] == [cue[2:] for cue in doc.cues]
