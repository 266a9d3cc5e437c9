"""Sources to documents: languages, sentences, and what is skipped, in whole texts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import FormatError
from reader.formats import PARSERS, parse
from reader.formats.blocks import Block, make_source
from reader.model import Document
from reader.segment import segment
from tests.books import read
from tests.strategies import characters

DATA = Path(__file__).parent / "data" / "segment"

ENGLISH = "Early on Monday the ferry crossed the river again with nine cars and forty people."
SPANISH = "El lunes por la mañana el transbordador volvió a cruzar el río con nueve coches."
RUSSIAN = "Рано утром в понедельник паром снова перешёл реку с девятью машинами и людьми."


def segmented(text: str, language: str | None = None, *, lines: bool = False) -> Document:
    source = parse(text.encode(), ".txt")
    return segment(source, name="a.txt", language=language, segmented=lines)


def shown(document: Document) -> str:
    """One line for each segment: what is set aside has its reason, a heading its sign."""
    lines = []
    for s, sentence in zip(document.segments, document.sentences, strict=True):
        mark = "#" if s.kind == "heading" else " "
        if s.skip:
            of = "" if s.skip.of is None else f" {s.skip.of}"
            mark = f"{s.skip.reason}: {s.skip.detail}{of}"
        lines.append(f"{mark} | {sentence}\n")
    return "".join(lines)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.txt")), ids=lambda path: path.stem)
def test_golden_files(path: Path) -> None:
    document = segment(read(path), name=path.name)
    assert document.language == path.stem[-2:]
    assert shown(document) == path.with_suffix(".expected").read_text("utf-8")


# Languages.


def test_the_language_is_identified() -> None:
    document = segmented(f"{SPANISH}\n\n{SPANISH} ¿No?")
    assert (document.language, document.notes) == ("es", ())


def test_a_long_paragraph_may_have_a_language_of_its_own() -> None:
    document = segmented(f"{RUSSIAN}\n\n{ENGLISH}\n\nOk.\n\n{RUSSIAN}\n\n{RUSSIAN}")
    assert document.language == "ru"
    assert [s.language for s in document.segments] == ["ru", "en", "ru", "ru", "ru"]


def test_a_given_language_holds_for_all() -> None:
    document = segmented(f"{RUSSIAN}\n\n{ENGLISH}", "ru")
    assert {s.language for s in document.segments} == {document.language} == {"ru"}


@pytest.mark.parametrize(
    ("text", "language", "note"),
    [
        ("1, 2, 3.", "", "language: cannot be told; --lang a.txt=CODE sets it"),
        ("ᚠᚢᚦᚨᚱᚲ ᚷᚹᚺᚾᛁᛃᛇ ᛈᛉᛊᛏᛒᛖᛗ", "", "language: cannot be told"),
        (f"{ENGLISH}\n\n{RUSSIAN} И назад.", "ru", "language: looks like ru (5"),
    ],
    ids=["no words", "not a language that is known", "two halves"],
)
def test_an_unsure_language_is_noted(text: str, language: str, note: str) -> None:
    document = segmented(text)
    assert document.language == language
    assert len(document.notes) == 1
    assert document.notes[0].startswith(note)


def test_notes_of_the_source_come_first() -> None:
    source = parse((SPANISH + " ¡Ñandú!").encode("cp1252"), ".txt")
    assert segment(source, name="a.txt").notes == source.notes != ()


# Documents.


def test_what_a_format_set_aside_stays_aside_and_has_no_vote() -> None:
    asides = [Block(RUSSIAN, aside="contents")] * 3
    found = make_source([*asides, Block(ENGLISH), Block("Home | News")])
    document = segment(found, name="a.epub")
    assert document.language == "en"
    aside = [s.skip and s.skip.detail for s in document.segments]
    assert aside == ["contents"] * (len(aside) - 2) + [None, None]


def test_a_dateline_is_set_aside_only_where_a_paragraph_begins() -> None:
    place = "NIZHNY TAGIL, November 25."
    assert segmented(f"{place} A bridge was opened here.").kept == (1,)
    assert segmented(f"A card came from afar. {place} Nobody knew why.").kept == range(3)


def test_a_declared_language_decides_in_doubt() -> None:
    unsure = make_source([Block("Ja.")], language="nb")
    assert (segment(unsure, name="a").language, segment(unsure, name="a").notes) == ("nb", ())
    wrong = make_source([Block(ENGLISH)], language="nb")
    assert segment(wrong, name="a").language == "en"


def test_equal_documents_have_equal_ids() -> None:
    first = segmented(ENGLISH)
    assert first.id == segment(parse(ENGLISH.encode(), ".txt"), name="b.txt").id
    others = [segmented(ENGLISH + " Yes."), segmented(ENGLISH, "de"), segmented("Early on.")]
    assert len({first.id, *(other.id for other in others)}) == 4


def test_segmented_lines_are_neither_split_nor_set_aside() -> None:
    lines = ["See also", "One. Two.", "One. Two.", "© 2019 Me", " indented"]
    document = segmented("\n\n".join(lines), lines=True)
    assert list(document.sentences) == [line.strip() for line in lines]
    assert not any(s.skip for s in document.segments)


def test_segmented_lines_of_a_wrapped_paragraph_stay_apart() -> None:
    text = "\n".join([ENGLISH[:60], ENGLISH[:58], ENGLISH[:60]])
    assert len(segmented(text, lines=True).segments) == 3


def assert_sound(document: Document) -> None:
    at = paragraph = 0
    for i, s in enumerate(document.segments):
        text = document.text[s.start : s.stop]
        assert not document.text[at : s.start].strip()
        assert text == text.strip() != ""
        assert s.paragraph >= paragraph
        if s.skip and s.skip.of is not None:
            assert s.skip.of < i
            assert document.segments[s.skip.of].skip is None
        at, paragraph = s.stop, s.paragraph
    assert not document.text[at:].strip()


PIECES = ["See also", "Home", "12.03.2019", "© X", "I", ENGLISH, RUSSIAN, "Yes.", "…", "* * *", ""]


@given(
    text=st.text(characters, max_size=300)
    | st.lists(st.sampled_from(PIECES), max_size=25).map("\n".join),
    suffix=st.sampled_from(sorted(PARSERS)),
    lines=st.booleans(),
)
def test_any_text_is_covered_in_order(text: str, suffix: str, lines: bool) -> None:
    try:
        source = parse(text.encode(), suffix)
    except FormatError:
        return
    assert_sound(segment(source, name="a", segmented=lines))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 100_000,
        "x" * 300_000,
        "\n".join(["Yes."] * 20_000),
        "\n\n".join(["See also", "A link"] * 10_000),
        "\n".join([ENGLISH, SPANISH] * 5_000),
        '"a." ' * 50_000,
        "… A " * 50_000,
        "* * *\n" * 10_000,
    ],
    ids=["no mark", "no blank", "short", "furniture", "repeats", "quotes", "ellipses", "symbols"],
)
def test_a_strange_long_text_is_sound(text: str) -> None:
    assert_sound(segmented(text))


# The seeds.


@pytest.mark.shared
def test_seeds_are_split_as_a_person_splits_them(shared: Path) -> None:
    for path in sorted((shared / "seeds" / "pivot").glob("*.tsv")):
        document = segment(read(shared / "seeds" / f"{path.stem}.txt"), name=path.name)
        by_hand = [line.split("\t")[0] for line in path.read_text("utf-8").splitlines()]
        assert [s for s in by_hand if s not in document.sentences] == []


@pytest.mark.shared
@pytest.mark.parametrize(
    ("seed", "language", "aside"),
    [
        ("000", "pt", ";".join(["repeat"] * 7)),
        ("001", "pt", ";".join(["repeat"] * 7)),
        (
            "002",
            "ru",
            "dateline;date;byline;see also;related link;teaser;teaser",
        ),
        (
            "003",
            "en",
            "repeat;dateline"
            + ";see also;photo;related link" * 3
            + ";see also;related link;related link",
        ),
        (
            "004",
            "en",
            "date;comments;comments;menu;see also;related link;teaser;teaser;widget",
        ),
    ],
)
def test_seeds_lose_their_junk_only(shared: Path, seed: str, language: str, aside: str) -> None:
    (path,) = (shared / "seeds").glob(f"{seed}_*.txt")
    document = segment(read(path), name=path.name)
    skips = [s.skip for s in document.segments if s.skip]
    assert document.language == language
    assert [s.reason if s.reason == "repeat" else s.detail for s in skips] == aside.split(";")


@pytest.mark.shared
@pytest.mark.parametrize("side", ["src", "tgt"])
def test_a_novel_keeps_all_its_sentences(shared: Path, side: str) -> None:
    for path in sorted((shared / "bench" / "mac-dev").glob(f"*.{side}")):
        text = "\n\n".join(path.read_text("utf-8").split("\n"))
        assert not any(s.skip for s in segmented(text).segments)
