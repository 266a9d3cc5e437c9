"""Words broken at line ends are joined, others are let alone."""

import pytest

from reader.formats import parse
from reader.formats.hyphens import join_broken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an unbeliev-\nable story", "an unbelievable\nstory"),
        ("an unbeliev-\nable.\nNext", "an unbelievable.\nNext"),
        ("the well and the known: well-\nknown men", "the well and the known: well-known\nmen"),
        (
            "a ferryman; the ferry and a man, ferry-\nman",
            "a ferryman; the ferry and a man, ferryman",
        ),
        ("a by-way, by-\nway now", "a by-way, by-way\nnow"),
        ("Anna Ash-\nBrown left", "Anna Ash-Brown\nleft"),
        ("Vor-\nund Nachteile", "Vor-\nund Nachteile"),
        ("he said -\nand left", "he said -\nand left"),
        ("in 1914-\n1918", "in 1914-\n1918"),
        ("пере-\n  права через реку", "переправа\nчерез реку"),
    ],
)
def test_words_are_joined_where_it_is_safe(text: str, expected: str) -> None:
    joined, count = join_broken(text)
    assert joined == expected
    assert count == (text != expected)


def test_wrapped_text_is_joined_and_told() -> None:
    text = (
        "Early on Monday the ferry crossed the river again with for-\n"
        "ty people, and all of them were glad of the weather on the\n"
        "pier. The captain said that he had waited for six weeks.\n"
    )
    source = parse(text.encode(), ".txt")
    assert "with forty\npeople" in source.text
    assert source.notes == ("hyphens: 1 word joined, broken at line ends",)
    assert len(source.paragraphs) == 1


def test_verse_is_left_alone() -> None:
    text = "Roses are red-\nish, and\nviolets too\n"
    assert parse(text.encode(), ".txt").text == text
