"""Scripture in USFM."""

import pytest

from reader.errors import FormatError
from reader.formats import parse
from reader.model import Source
from tests.books import STONES, shown

BOOK = r"""\id GEN made up
\h Stones
\toc1 The Book of Stones
\mt1 The Book of Stones
\c 1
\s1 The river speaks
\p
\v 1 The \nd River\nd* spoke, \f + \fr 1:1 \ft Or, \fq it said.\f* \w "Why|lemma="why"\w*
do you~stand?"
\v 2 And the mountain answered nothing,
\q1 for it had no mouth.\x - \xo 1:2 \xt Exo 2:1\x*
\b
\q1 It stood.
\zaln-s |x-strong="1"\*\v 3-4 \vp 3b\vp*Then\zaln-e\* it \+add rained\+add*.
\c 2
\p
\v 1 These are the sons.
"""


def read(text: str, suffix: str = ".usfm") -> Source:
    return parse(text.encode(), suffix)


def test_a_book_is_its_verses_and_headings_notes_last() -> None:
    source = read(BOOK)
    assert shown(source) == STONES
    assert source.notes == ("scripture: 1 cross reference left out",)


def test_it_is_known_by_what_it_holds() -> None:
    assert read(BOOK, ".txt").text == read(BOOK).text


@pytest.mark.parametrize("text", ["\\id GEN", "\\id GEN\n\\c\n\\p\n", "no marker at all"])
def test_a_book_without_text_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="has no text"):
        read(text)


def test_a_note_that_is_never_closed_stays_in_the_text() -> None:
    assert shown(read("\\c 1\n\\v 1 It rained.\\f + \\ft So it did.\n\\v 2 Then not.\n")) == (
        "heading | 1\ntext | 1 It rained.+ So it did.\ntext | 2 Then not.\n"
    )
