"""PDF: its lines are put together, running heads and page numbers left out."""

import sys
import textwrap
from random import Random

import pytest

from reader.errors import FormatError
from reader.formats import parse
from reader.formats import pdf as parser
from tests.books import pdf

PROSE = (
    "Early on Monday the ferry crossed the river again with nine cars and forty people, and all of "
    "them were glad of the weather on the pier. The captain said that he had waited for six weeks. "
    "Nobody had told him that the bridge would be closed until the spring, nor that the road along "
    "the shore was under water since the storm. So he waited, and he mended his nets."
)


def prose(k: int) -> str:
    """Return prose unlike any other."""
    words = PROSE.lower().replace(".", "").split()
    return " ".join(["The", *Random(k).sample(words, len(words))]) + "."


def paragraphs(data: bytes) -> list[str]:
    source = parse(data, ".pdf")
    return [" ".join(source.text[p.start : p.stop].split()) for p in source.paragraphs]


def pages(*paragraphs: str, lines: int = 8) -> list[list[str]]:
    """Set paragraphs in lines and lines in pages."""
    found = [line for text in paragraphs for line in textwrap.wrap(text, 60)]
    return [found[k : k + lines] for k in range(0, len(found), lines)]


def test_lines_become_paragraphs_across_pages() -> None:
    assert paragraphs(pdf(pages(PROSE, "He was old.", PROSE))) == [PROSE, "He was old.", PROSE]


def test_running_heads_and_page_numbers_are_left_out_and_told() -> None:
    texts = [prose(k) for k in range(6)]
    set_in = pages(*texts, lines=5)
    heads = [
        ["The Ferry", f"{k + 7}"] if k % 2 else [f"{k + 7} By Anna Ash"] for k in range(len(set_in))
    ]
    data = pdf([[*head, *lines] for head, lines in zip(heads, set_in, strict=True)])
    assert paragraphs(data) == texts
    assert any("running heads and page numbers left out" in n for n in parse(data, ".pdf").notes)


def test_headings_with_numbers_are_no_running_heads() -> None:
    chapters = [[f"Chapter {k}", *textwrap.wrap(prose(k), 60)] for k in range(1, 5)]
    data = pdf([page for chapter in chapters for page in (chapter, ["He was", "very", "old."])])
    assert [p for p in paragraphs(data) if p.startswith("Chapter")] == [
        f"Chapter {k}" for k in range(1, 5)
    ]


def test_a_pdf_of_pictures_is_refused() -> None:
    with pytest.raises(
        FormatError, match="has no text but pictures of pages; let a program for OCR"
    ):
        parse(pdf([[], []]), ".pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", pdf([["x"]])[:200], b"no pdf"])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="is damaged; give a whole PDF file"):
        parse(data, ".pdf")


def test_a_pdf_that_grows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "LARGEST", 1000)
    with pytest.raises(FormatError, match="has too much text"):
        parse(pdf(pages(*[PROSE] * 4)), ".pdf")


def test_without_the_extra_one_line_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(FormatError, match=r"needs the extra pdf; start with `uv run --extra pdf"):
        parse(pdf([["x"]]), ".pdf")
