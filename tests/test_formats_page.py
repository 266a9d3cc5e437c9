"""Saved pages: the article, with all around it set aside."""

import textwrap
from collections.abc import Callable

import pytest

from reader.errors import FormatError
from reader.formats import parse
from reader.model import Source
from tests.books import CZECH, article, safari_archive, shown, web_archive

STORY = [
    "Early on Monday the ferry crossed the river again with nine cars and forty people.",
    "“We waited for six weeks,” said the captain, who has worked on the river since 1987.",
    "A new timetable begins on Friday, with two more crossings in the evening",
    "Cheaper tickets",
    "The council will vote on Thursday about the price of tickets and a second boat.",
]
HTML = (
    f"<p>{STORY[0].replace('river', '<a href=/r>river</a>')}</p><p>{STORY[1]}</p>"
    f"<h2>What comes next</h2><ul><li>{STORY[2]}</li><li>{STORY[3]}</li></ul><p>{STORY[4]}</p>"
)


def kept(source: Source) -> list[str]:
    return [source.text[p.start : p.stop] for p in source.paragraphs if not p.aside]


def aside(source: Source) -> set[str]:
    return {source.text[p.start : p.stop] for p in source.paragraphs if p.aside}


def test_the_article_is_told_from_what_surrounds_it() -> None:
    source = parse(article(HTML).encode(), ".html")
    assert kept(source) == [
        *("The ferry is back", *STORY[:2], "What comes next", *STORY[2:]),
    ]
    assert aside(source) >= {"Home", "News", "Share on every network there is", "Read more"}
    headings = [source.text[p.start : p.stop] for p in source.paragraphs if p.kind == "heading"]
    assert headings == ["The ferry is back", "What comes next", "Read more"]


def test_title_site_date_and_language_are_told() -> None:
    source = parse(article(HTML).encode(), ".html")
    about, share = source.notes[0].split("; ")
    assert about == "page: 'The ferry is back', Harbour Post, 2026-11-12"
    assert share.endswith("% of it is the main text")
    assert source.language == "en"


def test_a_page_without_a_story_is_shown_whole() -> None:
    links = "".join(f"<li><a href='/{n}'>Story number {n}</a></li>" for n in range(20))
    source = parse(f"<html><body><ul>{links}</ul></body></html>".encode(), ".html")
    assert len(kept(source)) == 20
    assert source.notes == ("page: its main text was not found; all of it is shown",)


def test_a_book_in_html_is_shown_whole() -> None:
    chapters = "".join(f"<h2>Chapter {n}</h2>{HTML}" for n in range(3))
    source = parse(f"<html><body>{chapters}</body></html>".encode(), ".html")
    assert (len(source.paragraphs), aside(source), source.notes) == (21, set(), ())


@pytest.mark.parametrize(
    "declaration",
    ['<meta charset="windows-1250">', "<META content='text/html; charset=windows-1250'>"],
    ids=["short", "long"],
)
def test_the_encoding_is_the_declared_one(declaration: str) -> None:
    # Few letters tell cp1250 from its kin: without a declaration this is taken for another.
    page = f"<html><head>{declaration}</head><body><p>Ž – ľ</p></body></html>"
    source = parse(page.encode("cp1250"), ".html")
    assert (source.text, source.encoding, source.notes) == ("Ž – ľ", "cp1250", ())


@pytest.mark.parametrize(
    ("archive", "suffix"), [(web_archive, ".mhtml"), (safari_archive, ".webarchive")]
)
def test_a_web_archive_is_its_page(archive: Callable[..., bytes], suffix: str) -> None:
    source = parse(archive(f"<h1>Vlak</h1><p>{CZECH}</p>", charset="iso-8859-2"), suffix)
    assert shown(source) == f"heading | Vlak\ntext | {CZECH.strip()}\n"
    assert source.encoding == "iso8859-2"


def test_notes_of_a_page_come_last() -> None:
    page = "<p>Late.<sup><a href='#c'>[1]</a></sup></p><ol><li id='c'>Nine.</li></ol><p>End.</p>"
    assert shown(parse(page.encode(), ".html")) == "text | Late.¹\ntext | End.\ntext | Nine.\n"


@pytest.mark.parametrize(
    "hidden", ["hidden", "style='color: red; display:none'", "style='visibility: hidden'"]
)
def test_what_a_page_hides_is_no_text(hidden: str) -> None:
    assert parse(f"<p>Late.</p><p {hidden}>Buy!</p>".encode(), ".html").text == "Late."


def test_text_wrapped_by_hand_is_unwrapped() -> None:
    prose = f"{STORY[0]} {STORY[1]} {STORY[4]} The Captain and Anna Ash of the River Company came."
    lines = textwrap.wrap(prose, 50)
    for page in (f"<pre>{chr(10).join(lines)}</pre>", f"<p>{'<br>'.join(lines)}</p>"):
        assert parse(page.encode(), ".html").text.split() == prose.split()
        assert len(parse(page.encode(), ".html").paragraphs) == 1


def test_a_picture_inside_the_page_does_not_end_it() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * 11_000_000}'>"
    assert parse(f"<p>Before{picture}</p><p>After</p>".encode(), ".html").text == "Before\n\nAfter"


def test_nothing_is_fetched() -> None:
    page = article(HTML, head="<base href='http://127.0.0.1:9/'><link rel='canonical' href='/a'>")
    assert STORY[0] in kept(parse(page.encode(), ".html"))


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("<div>" * 3000 + "x", "is nested more than 256 levels deep; give a simpler file"),
        ("<html><body><img></body></html>", "shows no text; give a page with text"),
        ("<!-- x -->", "shows no text; give a page with text"),
    ],
    ids=["deep", "picture", "comment"],
)
def test_what_shows_no_text_is_refused(page: str, complaint: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(page.encode(), ".html")
    assert str(caught.value) == complaint


def test_what_a_page_calls_its_navigation_is_set_aside() -> None:
    source = parse(f"<nav><a href='/'>Home</a></nav><p>{' '.join(STORY)}</p>".encode(), ".html")
    assert [paragraph.aside for paragraph in source.paragraphs] == ["menu", ""]
