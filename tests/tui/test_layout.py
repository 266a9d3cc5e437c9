"""Rows as lines: what fits, what breaks where, what is shown for what is not there."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.model import ParallelText, Pivot, Pivots, Skip, labels
from reader.tui.layout import Block, Look, compose, fit, reads_from_right
from reader.tui.search import Query
from reader.tui.wrapping import hang, wrap
from tests.builders import document, parallel

# Words of several scripts, wide, combining, joined and variation-selected characters, and blanks.
texts = st.text(
    st.one_of(
        st.sampled_from(" -—'「」、。ああ漢字ٱلعربيةשלום"),
        st.sampled_from(
            ["\u0301", "\u200d", "\ufe0f", "\u3099", "👩", "🚀", "❤", "👍", "🏽", "🇵", "🇹"]
        ),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]),
    ),
    max_size=80,
)


def lay_out(parallel: ParallelText, row: int, look: Look) -> Block:
    return fit(compose(parallel, row, look), row, look)


def lines(text: str, width: int) -> list[str]:
    return [text[start:stop] for start, stop in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("", 10, [], id="nothing"),
        pytest.param("one two three", 20, ["one two three"], id="fits"),
        pytest.param("one two three", 7, ["one two", "three"], id="whole-words"),
        pytest.param("one two  three", 7, ["one two", "three"], id="blanks-at-a-break-fall-away"),
        pytest.param("abcdefghij", 4, ["abcd", "efgh", "ij"], id="word-wider-than-a-line"),
        pytest.param("a abcdefghij b", 5, ["a", "abcde", "fghij", "b"], id="long-word-between"),
        pytest.param("well-known", 6, ["well-", "known"], id="after-a-hyphen"),
        pytest.param("about -5 degrees", 9, ["about -5", "degrees"], id="a-minus-stays"),
        pytest.param("yes—no", 4, ["yes—", "no"], id="after-a-dash"),
        pytest.param("漢字漢字", 5, ["漢字", "漢字"], id="wide"),
        pytest.param("漢字。漢字", 4, ["漢", "字。", "漢字"], id="no-line-begins-with-a-stop"),
        pytest.param("人は“字”", 6, ["人は", "“字”"], id="curly-quotes-around-wide"),
        pytest.param("去吧！”他", 6, ["去", "吧！”", "他"], id="curly-quote-after-a-stop"),
        pytest.param("出发了……一", 6, ["出发", "了……一"], id="dots-stay-with-what-they-end"),
        pytest.param("古い人々", 6, ["古い", "人々"], id="a-repeated-character"),
        pytest.param("เดินทางไปด้วย", 7, ["เดินทาง", "ไปด้วย"], id="a-thai-vowel-before-its-letter"),
        pytest.param("กำลังน้ำใจ", 5, ["กำลัง", "น้ำใจ"], id="a-thai-vowel-after-its-letter"),
        pytest.param("漢「字」", 4, ["漢", "「字」"[:2], "」"], id="bracket-that-cannot-fit"),
        pytest.param("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"], id="combining"),
    ],
)
def test_lines_break_where_a_reader_expects(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(texts, st.integers(2, 30))
def test_lines_fit_and_lose_no_character(text: str, width: int) -> None:
    spans = wrap(text, width)
    assert all(cell_len(text[start:stop]) <= width for start, stop in spans)
    between = [0, *(offset for span in spans for offset in span), len(text)]
    gaps = [text[a:b] for a, b in zip(between[::2], between[1::2], strict=True)]
    assert not "".join(gaps).strip()
    assert between == sorted(between)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("one two\n\nthree", ["one two", "", "three"], id="fits"),
        pytest.param("one two three four", ["one two three", "four"], id="paragraph"),
        pytest.param("  one two three", ["  one two", "    three"], id="set-in"),
        pytest.param("j ↓   next row; 12j", ["j ↓   next", "      row;", "      12j"], id="table"),
        pytest.param("  previous  row above", ["  previous", "    row above"], id="narrow-table"),
        pytest.param(" " * 20, ["   "], id="blanks"),
    ],
)
def test_what_goes_on_on_a_page_is_set_in(text: str, expected: list[str]) -> None:
    assert hang(text, 13) == expected


@given(texts, st.integers(4, 40))
def test_a_page_fits_and_loses_no_letter(text: str, width: int) -> None:
    shown = hang(text, width)
    assert all(cell_len(line) <= width for line in shown)
    assert "".join("".join(shown).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ميناء", True, id="arabic"),
        pytest.param("12 שלום", True, id="digits-have-no-direction"),
        pytest.param("port ميناء", False, id="latin-first"),
        pytest.param("12.5", False, id="no-letter"),
    ],
)
def test_direction_is_that_of_the_first_letter(text: str, expected: bool) -> None:
    assert reads_from_right(text) is expected


def look(text: ParallelText, width: int = 30) -> Look:
    return Look(tuple(range(len(text.documents))), width, labels(text.documents))


def shown(block: Block, column: int = 0) -> list[str]:
    cells = [line[column] for line in block.lines]
    return [cell.text for cell in cells if cell is not None]


def two(
    rows: Sequence[tuple[Sequence[Sequence[int]], float]] = (([[0], [0]], 0.9), ([[1], []], 0)),
    headings: Sequence[int] = (),
) -> ParallelText:
    left = document(["The tide came in.", "Nobody saw it."], name="a", headings=headings)
    right = document(["A maré subiu.", "Ver também."], language="pt", name="b",
                     skip={1: Skip("boilerplate", "see also")})  # fmt: skip
    pivots = [left.sentences, ["The tide rose.", "See also."]]
    return parallel([left, right], rows, pivots=pivots, moved={0: (1,)})


def test_a_moved_cell_is_marked_and_a_fold_counted() -> None:
    block = lay_out(two(), 0, look(two()))
    assert shown(block, 0) == ["The tide came in."]
    assert shown(block, 1) == ["↷ A maré subiu.", "⋯ 1 skipped: see also"]


def test_what_was_skipped_unfolds_with_its_reason() -> None:
    block = lay_out(two(), 0, replace(look(two()), unfolded=True))
    assert shown(block, 1)[1:] == ["⋯ see also: Ver também."]


def test_a_repeat_names_the_row_it_repeats() -> None:
    left = document(["One.", "Two.", "Two."], skip={2: Skip("repeat", "exact", of=1)})
    text = parallel([left], [([[0]], 0), ([[1]], 0)])
    assert shown(lay_out(text, 1, look(text))) == ["Two.", "⋯ 1 skipped: repeat"]
    unfolded = lay_out(text, 1, replace(look(text), unfolded=True))
    assert shown(unfolded) == ["Two.", "⋯ repeat of row 2: Two."]


def test_the_pivot_is_marked_and_never_repeats_an_english_original() -> None:
    block = lay_out(two(), 0, replace(look(two()), pivot=True))
    assert shown(block, 0) == ["The tide came in."]
    assert shown(block, 1)[1] == "≈ en: The tide rose."


def test_a_suspect_pivot_says_why() -> None:
    text = two()
    suspect = ParallelText(
        text.documents,
        (text.pivots[0], Pivots.of([Pivot("la la la", "loop"), Pivot("")])),
        text.rows,
    )
    assert (
        shown(lay_out(suspect, 0, replace(look(suspect), pivot=True)), 1)[1]
        == "≈ en, loop: la la la"
    )


def test_a_missing_cell_shows_a_dot() -> None:
    block = lay_out(two(), 1, look(two()))
    assert [cell and cell.role for cell in block.lines[0]] == ["text", "missing"]
    assert shown(block, 1) == ["·"]


def test_stacked_versions_are_tagged_and_the_missing_named() -> None:
    block = lay_out(two(), 0, replace(look(two()), stacked=True))
    assert shown(block) == ["The tide came in.", "↷ A maré subiu.", "⋯ 1 skipped: see also"]
    assert [block.tag(i) for i in range(block.height)] == ["EN", "PT", "", ""]
    assert shown(lay_out(two(), 1, replace(look(two()), stacked=True))) == [
        "Nobody saw it.",
        "· PT",
    ]


def test_one_of_many_that_stands_alone_lists_no_others() -> None:
    documents = [document(["One."], name=f"{d}.txt") for d in range(3)]
    text = parallel(documents, [([[0], [0], []], 0.9), ([[], [], [0]], 0.0)])
    stacked = replace(look(text), stacked=True)
    assert shown(lay_out(text, 0, stacked)) == ["One.", "One.", "· EN3"]
    assert shown(lay_out(text, 1, stacked)) == ["One."]


def test_headings_are_set_apart_but_not_from_the_top() -> None:
    text = two(headings=(0, 1))
    heights = [lay_out(text, row, look(text)).above for row in (0, 1)]
    assert heights == [0, 1]
    assert lay_out(text, 1, look(text)).at(0) == ()


def test_matches_are_marked_across_the_break_of_a_line() -> None:
    text = two()
    block = lay_out(text, 0, replace(look(text, 8), query=Query("tide came")))
    marked = [
        cell.text[start:stop]
        for line in block.lines
        if (cell := line[0])
        for start, stop, _ in cell.marks
    ]
    assert marked == ["tide", "came"]


def three(*texts: tuple[str, str]) -> ParallelText:
    """Make one row of texts and what the machine makes of them."""
    documents = [document([text], name=f"{i}.txt") for i, (text, _) in enumerate(texts)]
    pivots = [[pivot] for _, pivot in texts]
    return parallel(documents, [([[0]] * len(texts), 0.9)], pivots=pivots)


def comparing(text: ParallelText, *, differences: bool = False) -> Look:
    every = tuple(range(len(text.documents)))
    return Look(every, 30, labels(text.documents), compared=every, differences=differences)


def drawn(text: ParallelText, kind: str, how: Look | None = None) -> list[str]:
    """Return what is drawn as marked, line by line, column by column."""
    made = how or comparing(text)
    lines = [line for columns in lay_out(text, 0, made).lines for line in columns if line]
    return [line.text[m.start : m.stop] for line in lines for m in line.marks if m.kind == kind]


def test_numbers_that_differ_have_a_sign_before_them() -> None:
    text = three(("17 of 214 men", "17 of 214 men"), ("Из 214 — 19", "Of 214, 19"))
    assert drawn(text, "differs") == ["≠17", "≠19"]
    assert drawn(text, "match", replace(comparing(text), query=Query("of 214"))) == ["of 214"]
    assert drawn(text, "match", replace(comparing(text), query=Query("7 of"))) == ["7 of"]


def test_numbers_of_a_pivot_that_is_not_english_are_no_words() -> None:
    text = three(("17", "mai"), ("19", "17 mai"))
    assert drawn(text, "differs") == []
    assert drawn(text, "differs", replace(comparing(text), pivot_language="de")) == ["≠17", "≠19"]


def test_words_that_no_other_version_has_are_marked_in_english() -> None:
    text = three(
        ("The keeper was brave.", "The keeper was brave."), ("O faroleiro.", "The old keeper.")
    )
    assert drawn(text, "unshared") == []
    assert drawn(text, "unshared", comparing(text, differences=True)) == ["brave"]
    text = three(("Keepers slept.", "Keepers slept."), ("O mar.", "The quiet sea."))
    assert drawn(text, "unshared", comparing(text, differences=True)) == [
        "Keepers",
        "slept",
        "quiet",
    ]


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\u202e", "[red]", "\x07"])
def test_a_document_cannot_speak_to_the_terminal(hostile: str) -> None:
    text = parallel([document([f"a{hostile}b"])], [([[0]], 0)])
    (line,) = shown(lay_out(text, 0, look(text)))
    assert line.isprintable()
    assert len(line) == len(hostile) + 2


def test_what_begins_a_line_is_seen_on_one() -> None:
    text = parallel(
        [document(["The keeper woke.", "It rained.", "北風が吹く。"])], [([[0, 1, 2]], 0)]
    )
    block = lay_out(text, 0, Look((0,), 60, ("EN",)))
    assert shown(block) == ["The keeper woke.", "It rained.", "北風が吹く。"]
