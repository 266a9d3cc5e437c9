"""Small books and pages as bytes, in our own words, and what is looked at once they are read."""

from __future__ import annotations

import json
import plistlib
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape
from io import BytesIO
from pathlib import Path

from hypothesis import strategies as st

from reader.errors import FormatError
from reader.formats import naming, parse, parse_corpus, read_bytes
from reader.model import Corpus, Source

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
CZECH = "Včera večer měl vlak hodinu zpoždění, tak jsme seděli na lavičce a jedli jablka. "
XHTML = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """Make a zip archive."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def page(body: str) -> str:
    """Make a page of a book; the empty title must not swallow it."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html {XHTML}>'
        f"<head><title/><style>p {{ margin: 0 }}</style></head><body>{body}</body></html>"
    )


def epub(
    pages: Mapping[str, str],
    *,
    nav: str = "",
    guide: str = "",
    items: str = "",
    spine: str = "",
    language: str = "en",
    extra: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Make a book of pages in the order of its spine, named without suffix."""
    items += "".join(
        f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in sorted(pages, reverse=True)
    )
    spine += "".join(f'<itemref idref="{name}"/>' for name in pages)
    if nav:
        items += (
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>{language}</dc:language>'
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine>"
        f"<guide>{guide}</guide></package>"
    )
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": package,
    }
    if nav:
        files["OPS/nav.xhtml"] = page(nav)
    files |= {f"OPS/text/{name}.xhtml": page(body) for name, body in pages.items()}
    return archive(files | dict(extra or {}))


def web_archive(body: str, *, charset: str = "utf-8") -> bytes:
    """Make what a browser saves as one file."""
    related = MIMEMultipart("related")
    related["Snapshot-Content-Location"] = "https://example.org/"
    related.attach(MIMEText(f"<html><body>{body}</body></html>", "html", charset))
    related.attach(MIMEText("p { margin: 0 }", "css"))
    return related.as_bytes()


def safari_archive(body: str, *, charset: str = "UTF-8") -> bytes:
    """Make what Safari saves as one file."""
    page = {
        "WebResourceData": f"<html><body>{body}</body></html>".encode(charset),
        "WebResourceTextEncodingName": charset,
        "WebResourceURL": "https://example.org/",
    }
    style = {"WebResourceData": b"p { margin: 0 }", "WebResourceMIMEType": "text/css"}
    archive = {"WebMainResource": page, "WebSubresources": [style]}
    return plistlib.dumps(archive, fmt=plistlib.FMT_BINARY)


def article(story: str, *, title: str = "The ferry is back", head: str = "") -> str:
    """Make a page of a newspaper around a story."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title} - Harbour Post</title>'
        '<meta property="og:site_name" content="Harbour Post">'
        '<meta property="article:published_time" content="2026-11-12T09:00:00Z">'
        f"{head}</head><body><header><nav><ul><li><a href='/'>Home</a></li>"
        "<li><a href='/news'>News</a></li><li><a href='/sport'>Sport</a></li></ul></nav></header>"
        f"<main><article><h1>{title}</h1><p class='byline'>By Jane Doe</p>"
        "<div class='share'><a href='#'>Share on every network there is</a></div>"
        f"{story}</article><aside><h3>Read more</h3><ul>"
        "<li><a href='/1'>Bridge closed for repair works until the spring</a></li>"
        "<li><a href='/2'>Harbour gets a new crane</a></li></ul></aside></main>"
        "<footer>© 2026 Harbour Post. <a href='/p'>Privacy</a></footer></body></html>"
    )


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, *, notes: str = "") -> bytes:
    """Make a Word document; the styles are H (heading 2), T (toc 1) and O (outline level 1)."""
    styles = (
        '<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="T"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:styleId="O"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
        "</w:style>"
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
    }
    if notes:
        files["word/footnotes.xml"] = f"<w:footnotes {W}>{notes}</w:footnotes>"
    return archive(files)


def word(text: str, *, style: str = "", inside: str = "") -> str:
    """Make a paragraph of a Word document."""
    style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{style}<w:r><w:t>{text}</w:t></w:r>{inside}</w:p>"


def odt(body: str, *, manifest: str = "") -> bytes:
    """Make an OpenDocument text."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "drawing")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    files: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
    }
    if manifest:
        files["META-INF/manifest.xml"] = manifest
    return archive(files)


def fictionbook(body: str, *, language: str = "ru", encoding: str = "utf-8") -> bytes:
    """Make a FictionBook."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" '
        'xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><book-title>Not shown'
        f"</book-title><lang>{language}</lang></title-info></description>{body}"
        '<binary id="c.jpg">AAAA</binary></FictionBook>'
    ).encode(encoding)


def tei(body: str) -> bytes:
    """Make a TEI document."""
    return (
        '<?xml version="1.0"?><?xml-model href="x"?><!-- made --><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>'
        '<note>Not</note> shown</title></teiHeader><text xml:lang="por"><body>'
        f"{body}</body></text></TEI>"
    ).encode()


def samples() -> dict[str, bytes]:
    """Return a small file of every format that is no plain text, by suffix."""
    ass = "[Script Info]\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,It was late.\n"
    return {
        ".epub": epub({"one": "<h1>One</h1><p>It was late.</p>"}),
        ".docx": docx(word("One", style="H") + word("It was late.")),
        ".fb2": fictionbook("<body><section><p>It was late.</p></section></body>"),
        ".odt": odt("<text:h>One</text:h><text:p>It was late.</text:p>"),
        ".pdf": pdf([["One", "It was late."]]),
        ".rtf": rb"{\rtf1\ansi One\par It was late.\par}",
        ".tei": tei("<head>One</head><p>It was late.</p>"),
        **dict.fromkeys((".ass", ".ssa"), ass.encode()),
        ".srt": b"1\n00:00:01,000 --> 00:00:02,000\nIt was late.\n",
        ".vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nIt was late.\n",
        **dict.fromkeys((".htm", ".html", ".xhtml"), page("<h1>One</h1><p>It was late.").encode()),
        **dict.fromkeys((".sfm", ".usfm"), b"\\id GEN\n\\c 1\n\\p\n\\v 1 It was late.\n"),
        ".usx": b"<usx><para style='p'><verse number='1'/>It was late.</para></usx>",
        ".osis": b"<osis><chapter osisID='A.1'>It was late.</chapter></osis>",
        ".webarchive": safari_archive("<h1>One</h1><p>It was late."),
        **dict.fromkeys((".mht", ".mhtml"), web_archive("<h1>One</h1><p>It was late.")),
    }


def grid(rows: Iterable[Sequence[str]], row: str, cell: str) -> str:
    """Write texts into the markup of a row and of a cell, each with braces for what is in it."""
    return "".join(
        row.format("".join(cell.format(escape(text)) for text in texts)) for texts in rows
    )


def xlsx(sheets: Sequence[str], strings: Sequence[str] = ()) -> bytes:
    """Make an Excel workbook of sheets of rows; the strings are those that cells share."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    files: dict[str, str | bytes] = {"xl/workbook.xml": f"<workbook {space}/>"}
    for number, sheet in enumerate(sheets, 1):
        files[f"xl/worksheets/sheet{number}.xml"] = (
            f"<worksheet {space}><sheetData>{sheet}</sheetData></worksheet>"
        )
    if strings:
        shared = "".join(f"<si>{string}</si>" for string in strings)
        files["xl/sharedStrings.xml"] = f"<sst {space}>{shared}</sst>"
    return archive(files)


def ods(sheet: str) -> bytes:
    """Make an OpenDocument spreadsheet of the rows of one sheet."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table>{sheet}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive({"mimetype": kind, "content.xml": content})


def corpora() -> dict[str, bytes]:
    """Return one small corpus in every format that holds several versions, by suffix."""
    tmx = (
        '<tmx version="1.4"><header creationtool="x"/><body>'
        '<tu><tuv xml:lang="en"><seg>It was late.</seg></tuv>'
        '<tuv xml:lang="pt-BR"><seg>Era tarde.</seg></tuv></tu>'
        '<tu><tuv xml:lang="en"><seg>"Go!" &amp; &lt;b></seg></tuv>'
        '<tuv xml:lang="pt-BR"><seg>«Vai!»</seg></tuv></tu></body></tmx>'
    )
    xliff = (
        '<xliff version="1.2"><file source-language="en" target-language="pt-BR"><body>'
        '<trans-unit id="1"><source>It was late.</source><target>Era tarde.</target></trans-unit>'
        '<trans-unit id="2"><source>"Go!" &amp; &lt;b></source><target>«Vai!»</target>'
        "</trans-unit></body></file></xliff>"
    )
    po = (
        'msgid ""\nmsgstr ""\n"Language: pt_BR\\n"\n"X-Source-Language: en\\n"\n\n'
        'msgid "It was late."\nmsgstr "Era tarde."\n\n'
        'msgid "\\"Go!\\" & <b>"\nmsgstr "«Vai!»"\n'
    )
    rows = [("It was late.", "Era tarde."), ('"Go!" & <b>', "«Vai!»")]
    lines = [
        {"format": "reader-jsonl", "documents": {
            "a": {"name": "a.txt", "lang": "en"}, "b": {"name": "b.txt", "lang": "pt-BR"}}},
        *({"versions": {"a": {"text": a}, "b": {"text": b}}, "score": 1.0, "status": "auto"}
          for a, b in rows),
    ]  # fmt: skip
    tsv = "".join(f"{a}\t{b}\n" for a, b in [("en", "pt-BR"), *rows])
    table = [("en", "pt-BR"), *rows]
    excel = grid(table, "<row>{}</row>", '<c t="inlineStr"><is><t>{}</t></is></c>')
    opened = grid(
        table,
        "<table:table-row>{}</table:table-row>",
        "<table:table-cell><text:p>{}</text:p></table:table-cell>",
    )
    return {
        ".ods": ods(opened),
        ".xlsx": xlsx([excel]),
        ".csv": b'en,pt-BR\nIt was late.,Era tarde.\n"""Go!"" & <b>",\xc2\xabVai!\xc2\xbb\n',
        ".jsonl": "".join(json.dumps(line) + "\n" for line in lines).encode(),
        **dict.fromkeys((".po", ".pot"), po.encode()),
        ".tmx": tmx.encode(),
        ".tsv": tsv.encode(),
        **dict.fromkeys((".xlf", ".xliff"), xliff.encode()),
    }


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Make a PDF of pages of lines in Latin letters, one below the other."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * k} 0 R" for k in range(count))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for k, lines in enumerate(pages):
        shown = " ".join(
            f"({line}) Tj T*" for line in (re.sub(r"([()\\])", r"\\\1", line) for line in lines)
        )
        stream = f"BT /F1 10 Tf 14 TL 50 800 Td {shown} ET"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * k} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>",
            f"<</Length {len(stream.encode('cp1252'))}>>\nstream\n{stream}\nendstream",
        ]
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(written)}\n%%EOF"
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    return written + (head + table + end).encode()


def read_corpus(data: str | bytes, suffix: str) -> Corpus:
    """Return the versions that a file holds."""
    corpus = parse_corpus(data.encode() if isinstance(data, str) else data, suffix)
    assert corpus is not None
    return corpus


def rows_of(corpus: Corpus) -> list[tuple[str, ...]]:
    """Return the texts of every unit."""
    return [unit.texts for unit in corpus.units]


STONES = """heading | The Book of Stones
heading | 1
heading | The river speaks
text | 1 The River spoke,* "Why do you\u00a0stand?"
text | 2 And the mountain answered nothing,⏎for it had no mouth.
text | It stood.
text | 3-4 Then it rained.
heading | 2
text | 1 These are the sons.
text | * 1:1 Or, it said.
"""
"""The paragraphs of the same scripture in all its formats."""


def read(path: Path) -> Source:
    """Read and parse a file as the pipeline does."""
    data = read_bytes(path)
    with naming(path):
        return parse(data, path.suffix)


def shown(source: Source) -> str:
    """Return the paragraphs of a source, one a line."""
    lines = [
        f"{p.kind} | {source.text[p.start : p.stop]}".replace("\n", "⏎") for p in source.paragraphs
    ]
    return "\n".join(lines) + "\n"


Changes = list[tuple[float, bytes]]
CHANGES = st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=4)), max_size=5)
"""Places in a file, as shares of it, and what is written there over one byte more."""


def damaged(data: bytes, changes: Changes) -> bytes:
    """Return a file with changes, an archive with changes in the longest file in it."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as file:
            files = {name: file.read(name) for name in file.namelist()}
        longest = max(files, key=lambda name: len(files[name]))
        return archive({**files, longest: damaged(files[longest], changes)})
    changed = bytearray(data)
    for place, written in changes:
        at = int(place * len(changed))
        changed[at : at + len(written) + 1] = written
    return bytes(changed)


def check_refusal(error: FormatError) -> None:
    """Check that an error is one short line that says what would be right."""
    message = str(error)
    assert message.isprintable()
    assert "; " in message
    assert len(message) < 300
