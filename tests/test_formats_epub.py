"""EPUB: the order of its pages, what is set aside, and notes at the end."""

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from reader.errors import FormatError
from reader.formats import archive as archives
from reader.formats import parse, read_bytes
from reader.model import Source
from tests.books import CONTAINER, archive, epub, page, shown

STORY = "<h1>One</h1><p>It was late.</p>"


def book(body: str) -> str:
    return shown(parse(epub({"one": body}), ".epub"))


def asides(source: Source) -> dict[str, str]:
    return {source.text[p.start : p.stop]: p.aside for p in source.paragraphs if p.aside}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "<h1>Chapter 1<br/>The Well</h1><p>The snow&nbsp;fell&mdash;all <i>day</i>.</p>",
            "heading | Chapter 1⏎The Well\ntext | The snow\u00a0fell—all day.\n",
            id="heading-and-names-of-characters",
        ),
        pytest.param(
            "<div><div>Only a div.</div>Bare text.<div><span>Deep</span></div></div>",
            "text | Only a div.\ntext | Bare text.\ntext | Deep\n",
            id="no-p",
        ),
        pytest.param(
            "One line.<br/>Two lines<br/>go on here.<br/><br/>And three.",
            "text | One line.\ntext | Two lines⏎go on here.\ntext | And three.\n",
            id="only-br",
        ),
        pytest.param(
            "<ul><li>milk</li><li>eggs</li></ul><dl><dt>ferry</dt><dd>a boat</dd></dl>"
            "<table><tr><th>leaves</th><td>6.00</td></tr></table>",
            "text | milk\ntext | eggs\ntext | ferry\ntext | a boat\ntext | leaves\t6.00\n",
            id="lists-and-tables",
        ),
        pytest.param(
            "<p>It was<span epub:type='pagebreak' title='7'>7</span> late.</p>"
            "<p><span class='pagenum'>[Pg 8]</span>He left. <a href='#r'>↩</a></p>",
            "text | It was late.\ntext | He left.\n",
            id="page-numbers-and-links-back",
        ),
        pytest.param(
            "<p><ruby>雪<rp>(</rp><rt>ゆき</rt><rp>)</rp></ruby>が降る。</p>"
            "<script>no()</script><svg><text>no</text></svg><p>x<sup>2</sup></p>",
            "text | 雪が降る。\ntext | x²\n",
            id="what-is-not-read",
        ),
    ],
)
def test_a_page_is_what_its_reader_sees(body: str, expected: str) -> None:
    assert book(body) == expected


@pytest.mark.parametrize(
    "mark",
    [
        "<sup><a href='#n' id='r'>7</a></sup>",
        "<a href='#n' id='r'><sup>7</sup></a>",
        "<a href='#n' id='r'>[7]</a>",
        "<a href='#n' id='r' epub:type='noteref'>7</a>",
        "<a href='#n' id='r' class='footnote-ref'>7</a>",
    ],
    ids=["sup around", "sup inside", "brackets", "type", "class"],
)
@pytest.mark.parametrize(
    "note",
    [
        "<aside id='n'><p>7 It was nine.</p><p>Or ten.</p></aside>",
        "<div id='n'><p><a href='#r'>7</a> It was nine.</p><p>Or ten.</p></div>",
        "<p><a id='n' href='#r'>7</a> It was nine.</p><p id='n'>Or ten.</p>",
    ],
    ids=["aside", "block", "anchor"],
)
def test_notes_are_lifted_out_with_their_marks(mark: str, note: str) -> None:
    lines = book(f"<h1>One</h1><p>It was late.{mark} He left.</p>{note}<p>The end.</p>")
    expected = ["heading | One", "text | It was late.⁷ He left.", "text | The end."]
    assert lines.splitlines()[:3] == expected
    assert "It was nine." in lines.splitlines()[3]


def test_notes_of_all_chapters_come_last() -> None:
    pages = {
        "one": "<h1>One</h1><p>Late.<sup><a href='#n' id='r'>1</a></sup></p><p id='n'>1 Nine.</p>",
        "two": "<h1>Two</h1><p>Early.<sup><a href='end.xhtml#m' id='s'>*</a></sup></p>",
        "end": "<h2>Notes</h2><p id='m'><a href='two.xhtml#s'>*</a> Six.</p>",
    }
    assert shown(parse(epub(pages), ".epub")).splitlines() == [
        *("heading | One", "text | Late.¹", "heading | Two", "text | Early.*", "heading | Notes"),
        *("text | 1 Nine.", "text | * Six."),
    ]


def test_links_to_chapters_are_no_notes() -> None:
    pages = {"start": "<p><a href='one.xhtml#c'>[1]</a> begins.</p>", "one": STORY}
    pages["one"] = f"<div id='c'>{STORY}</div><p>The end.</p>"
    assert shown(parse(epub(pages), ".epub")).splitlines()[-1] == "text | The end."


def test_what_is_no_text_of_the_book_is_set_aside() -> None:
    pages = {
        "title": "<section epub:type='titlepage'><p>The Ferry</p></section>",
        "list": "".join(f"<p><a href='{n}.xhtml'>{n}</a></p>" for n in ("one", "two", "imprint")),
        "one": STORY,
        "two": "<h1>Two</h1><p>The ferry left.</p>",
        "imprint": "<p>All rights reserved © 2019</p>",
        "register": "<p>boats, 12</p>",
    }
    guide = "<reference type='index' href='text/register.xhtml'/>"
    source = parse(epub(pages, guide=guide), ".epub")
    assert asides(source) == {
        "The Ferry": "title page",
        **dict.fromkeys(("one", "two", "imprint"), "contents"),
        "All rights reserved © 2019": "copyright",
        "boats, 12": "index",
    }


@pytest.mark.parametrize(
    "first",
    ["<p>2</p><p>The Road</p>", "<p>2. The Road</p>", "<p/><div>2 <b>The</b> Road</div>"],
    ids=["two blocks", "one block", "marked up"],
)
def test_headings_are_found_by_the_table_of_contents(first: str) -> None:
    nav = "<nav epub:type='toc'><ol><li><a href='text/two.xhtml#x'>2 The Road</a></li></ol></nav>"
    source = parse(epub({"two": f"{first}<p>It was late.</p>"}, nav=nav), ".epub")
    assert all(p.kind == "heading" for p in source.paragraphs[:-1])
    assert source.paragraphs[-1].kind == "text"


def test_headings_are_found_by_the_contents_of_epub_2() -> None:
    ncx = (
        "<ncx><navMap><navPoint><navLabel><text>A Well</text></navLabel>"
        "<content src='text/one.xhtml'/></navPoint></navMap></ncx>"
    )
    data = epub(
        {"one": "<p>A well</p><p>It was late.</p>"},
        items='<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
        extra={"OPS/toc.ncx": ncx},
    )
    assert shown(parse(data, ".epub")) == "heading | A well\ntext | It was late.\n"


@pytest.mark.parametrize(("tag", "code"), [("pt-BR", "pb"), ("xx", ""), ("", "")])
def test_the_language_is_told(tag: str, code: str) -> None:
    assert parse(epub({"one": STORY}, language=tag), ".epub").language == code


# Books that are broken.


def test_without_a_spine_the_pages_come_by_name() -> None:
    files = {"META-INF/container.xml": CONTAINER, "b.xhtml": page("<p>B</p>"), "a.htm": "<p>A"}
    source = parse(archive(files), ".epub")
    assert source.text == "A\n\nB"
    assert source.notes == ("book: has no spine; its files are in the order of their names",)


def test_missing_pages_are_noted() -> None:
    items = '<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>'
    data = epub({"one": STORY}, items=items, spine='<itemref idref="gone"/>')
    assert parse(data, ".epub").notes == ("book: 1 of its 2 files are missing",)


def test_a_page_that_is_no_xml_is_read_like_a_browser_does() -> None:
    data = epub({"one": STORY}, extra={"OPS/text/one.xhtml": "<h1>One<p>It was <b>late.<p>Gone"})
    assert shown(parse(data, ".epub")) == "heading | One\ntext | It was late.\ntext | Gone\n"


def test_names_in_a_book_lead_nowhere_else() -> None:
    items = "".join(
        f'<item id="x{i}" href="{href}" media-type="application/xhtml+xml"/>'
        for i, href in enumerate(["../../../etc/passwd", "/etc/passwd", "file:///etc/passwd"])
    )
    spine = "".join(f'<itemref idref="x{i}"/>' for i in range(3))
    source = parse(epub({"one": STORY}, items=items, spine=spine), ".epub")
    assert source.text == "One\n\nIt was late."


# Books that mean harm.


def refused(data: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        parse(data, ".epub")
    return str(caught.value)


def test_a_page_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_MEMBER", 2**20)
    data = epub({"one": f"<p>{'0' * 2**21}</p>"})
    assert len(data) < 2**14
    assert refused(data) == (
        "unpacks to more than 1 MB ('OPS/text/one.xhtml'); give a smaller file"
    )


def test_many_pages_that_unpack_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_SUM", 2**20)
    pages = {f"p{i}": f"<p>{'0' * 2**18}</p>" for i in range(5)}
    assert "unpacks to more than" in refused(epub(pages))


def test_entities_of_a_page_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 20}">' for i in range(1, 12))
    bomb = (
        f'<!DOCTYPE html [<!ENTITY e0 "0"><!ENTITY f SYSTEM "file:///etc/passwd">{entities}]>'
        "<html><body><p>a&e11;b&f;c</p></body></html>"
    )
    data = epub({"one": STORY}, extra={"OPS/text/one.xhtml": bomb})
    assert parse(data, ".epub").text == "a&e11;b&f;c"


def test_a_page_nested_too_deeply_is_left_out_and_noted() -> None:
    deep = "<div>" * 5000 + "x" + "</div>" * 5000
    source = parse(epub({"one": STORY, "two": deep}), ".epub")
    assert source.text == "One\n\nIt was late."
    assert source.notes == ("book: 1 of its 2 files cannot be read",)


def test_a_protected_book_is_refused() -> None:
    lock = (
        '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:CipherData>'
        '<e:CipherReference URI="OPS/text/one.xhtml"/></e:CipherData></e:EncryptedData>'
        "</encryption>"
    )
    data = epub({"one": STORY}, extra={"META-INF/encryption.xml": lock})
    assert refused(data) == "is protected (DRM); give a copy that may be read by every program"
    font = lock.replace("text/one.xhtml", "font.otf")
    assert parse(epub({"one": STORY}, extra={"META-INF/encryption.xml": font}), ".epub").text


def test_an_archive_with_a_password_is_refused() -> None:
    data = bytearray(epub({"one": STORY}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            struct.pack_into("<H", data, at + place, 1)
    assert refused(bytes(data)) == "is encrypted; give a copy without a password"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (epub({"one": STORY})[:400], "is a damaged archive; give a whole file"),
        (archive({"a.txt": "x"}), "is an archive that holds no document; unpack it and give"),
        (archive({"META-INF/container.xml": CONTAINER}), "is an archive without pages of a book"),
        (epub({"one": "<img/>"}), "has no text among its marks; give a file with text"),
        (b"It was late.", "is a damaged archive; give a whole file"),
    ],
    ids=["cut off", "other archive", "no pages", "pictures", "text"],
)
def test_what_is_no_book_is_refused(data: bytes, complaint: str) -> None:
    assert refused(data).startswith(complaint)


def test_a_book_that_is_a_folder_is_read_as_its_archive(tmp_path: Path) -> None:
    data = epub({"one": STORY})
    with zipfile.ZipFile(BytesIO(data)) as packed:
        packed.extractall(tmp_path / "tale.epub")
    found = read_bytes(tmp_path / "tale.epub")
    assert parse(found, ".epub") == parse(data, ".epub")
    assert read_bytes(tmp_path / "tale.epub") == found
