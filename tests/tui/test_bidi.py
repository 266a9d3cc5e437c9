"""Right-to-left text is seen in order, and marks go where their characters go."""

import io
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.bidi import Bidi, own_order, reorders, visual
from reader.tui.differences import Mark


@pytest.mark.parametrize(
    ("text", "rtl", "seen"),
    [
        pytest.param("abc 14", False, "abc 14", id="left to right"),
        pytest.param("שלום", True, "םולש", id="Hebrew"),
        pytest.param("שלום 14 abc", True, "abc 14 םולש", id="number and Latin"),
        pytest.param("see שלום now", False, "see םולש now", id="within English"),
        pytest.param("(שלום)", True, "(םולש)", id="mirrored brackets"),
        pytest.param("שָׁלוֹם", True, "םוֹלשָׁ", id="vowel points stay on their letter"),
        pytest.param("سلام", True, "ﻡﺎﻠﺳ", id="Arabic letters joined"),
        pytest.param("", True, "", id="nothing"),
    ],
)
def test_order(text: str, rtl: bool, seen: str) -> None:
    assert visual(text, (), rtl=rtl)[0] == seen


def marked(text: str, start: int, stop: int, *, rtl: bool = True) -> list[str]:
    seen, marks, _ = visual(text, (Mark(start, stop, "match"),), rtl=rtl)
    return [seen[mark.start : mark.stop] for mark in marks]


def test_marks_follow_their_characters() -> None:
    assert marked("שלום 14", 0, 2) == ["לש"]
    assert marked("שלום 14", 5, 7) == ["14"]
    # What stands together in the text may be seen apart.
    assert marked("שלום 14 גל", 3, 6) == ["1", " ם"]


letters = st.text(st.sampled_from("abשלםسلا 14.,()\u05b8\u0301"), max_size=30)


@given(letters, st.booleans(), st.data())
def test_no_character_is_lost_and_marks_keep_theirs(
    text: str, rtl: bool, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    hebrew = (
        text.replace("س", "a").replace("ل", "b").replace("ا", "a")
    )  # letters that keep their shape
    seen, _, places = visual(hebrew, (), rtl=rtl)
    assert sorted(places) == list(range(len(hebrew)))
    mirrored = str.maketrans("()", "((")
    assert Counter(seen.translate(mirrored)) == Counter(hebrew.translate(mirrored))
    inside = "".join(marked(hebrew, start, stop, rtl=rtl)).translate(mirrored)
    assert Counter(inside) == Counter(hebrew[start:stop].translate(mirrored))
    assert len(visual(text, (), rtl=rtl)[0]) == len(text)


@pytest.mark.parametrize(
    ("bidi", "environment", "ours"),
    [
        ("auto", {"TERM": "xterm-256color"}, True),
        ("auto", {"TERM": "xterm-256color", "VTE_VERSION": "7200"}, True),
        ("auto", {"TERM_PROGRAM": "Apple_Terminal"}, False),
        ("auto", {"KONSOLE_VERSION": "230400"}, False),
        ("auto", {"TERM": "mlterm-256color"}, False),
        ("on", {"TERM_PROGRAM": "Apple_Terminal"}, True),
        ("off", {}, False),
    ],
)
def test_who_puts_the_text_in_order(bidi: Bidi, environment: dict[str, str], ours: bool) -> None:
    assert reorders(bidi, environment) is ours


@pytest.mark.parametrize(("wanted", "sent"), [(True, "\x1b[8l.\x1b[8h"), (False, ".")])
def test_a_terminal_that_can_be_told_is_told(wanted: bool, sent: str) -> None:
    terminal = io.StringIO()
    with own_order(terminal, wanted):
        terminal.write(".")
    assert terminal.getvalue() == sent
