"""What a terminal would obey becomes a sign to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.printable import beginning, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\x00b\x7f", "a␀b␡"),
        ("\x9b2J", "\ufffd2J"),
        ("user\u202etxt.exe", "user⇇txt.exe"),
        ("a\u2028b", "a␤b"),
        ("naïve 🙂 مرحبا\u200f 日本", "naïve 🙂 مرحبا\u200f 日本"),
    ],
    ids=["escape", "controls", "c1", "override", "line separator", "honest text"],
)
def test_signs(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Short one.", "Short one.", id="whole"),
        pytest.param("The old keeper\nclimbed", "The old …", id="between words"),
        pytest.param("在港口等了很久很久很久很久", "在港口等了很久很久很…", id="no words"),
        pytest.param("第一 在港口等了很久很久很久", "第一 在港口等了很久…", id="few words"),
        pytest.param("\x1b[31m red and blue", "␛[31m red …", id="printable"),
    ],
)
def test_the_beginning_of_a_text(text: str, shown: str) -> None:
    assert beginning(text, 11) == shown


@given(st.text())
def test_length_is_kept_and_nothing_is_left_to_obey(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert printable(shown) == shown
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in shown)
    assert len(shown.splitlines()) <= 1
