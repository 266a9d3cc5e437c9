"""EPUB 3: a book with the versions one under another, for small screens."""

import io
import uuid
from html import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reader.export.common import Exported
from reader.export.excerpt import Excerpt
from reader.export.pages import STYLE, anchor, block, chapters, colours, legend

MOST_ROWS = 500
"""Rows of a chapter's file; devices lay out one file at a time."""

# Equal input gives equal bytes, so neither the book nor the archive tells when it was made.
_MODIFIED = "2000-01-01T00:00:00Z"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_ACCESSIBILITY = (
    ("accessMode", "textual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
    (
        "accessibilitySummary",
        "Text only. Every passage is marked with its language; headings and a table of contents "
        "lead through it.",
    ),
)


def epub(excerpt: Excerpt) -> Exported:
    """Write a book with a title page, a table of contents and a file for each chapter."""
    parts = {
        f"c{k:04}.xhtml": (title, indices)
        for k, (title, indices) in enumerate(chapters(excerpt, MOST_ROWS), 1)
    }
    pages = {"title.xhtml": _page(excerpt.title, _title_page(excerpt))}
    for name, (title, indices) in parts.items():
        rows = "".join(block(excerpt, index) for index in indices)
        pages[name] = _page(title, f"<section>\n{rows}</section>\n")
    entries = "".join(
        f'<li><a href="{name}#{anchor(excerpt.numbers[indices[0]])}">{escape(title)}</a></li>\n'
        for name, (title, indices) in parts.items()
    )
    files = {
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": _package(excerpt, list(pages)),
        "EPUB/nav.xhtml": _page(excerpt.title, _contents(entries)),
        "EPUB/style.css": STYLE + colours(excerpt),
        **{f"EPUB/{name}": page for name, page in pages.items()},
    }
    return Exported(excerpt.cells, (("", _zipped(files)),))


def _title_page(excerpt: Excerpt) -> str:
    return f"<section>\n<h1>{escape(excerpt.title)}</h1>\n{legend(excerpt)}\n</section>\n"


def _contents(entries: str) -> str:
    title = '<li><a href="title.xhtml">Versions</a></li>\n'
    return (
        f'<nav epub:type="toc" id="toc">\n<h1>Contents</h1>\n<ol>\n{title}{entries}</ol>\n</nav>\n'
    )


def _page(title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="en" xml:lang="en">\n<head>\n<title>{escape(title)}</title>\n'
        '<link rel="stylesheet" href="style.css"/>\n</head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    )


def _package(excerpt: Excerpt, pages: list[str]) -> str:
    """Return the package document; its id depends on the texts only, so devices keep the place."""
    texts = " ".join(document.digest for document in excerpt.documents)
    languages = "".join(
        f"<dc:language>{escape(tag)}</dc:language>\n" for tag in dict.fromkeys(excerpt.tags)
    )
    access = "".join(
        f'<meta property="schema:{name}">{value}</meta>\n' for name, value in _ACCESSIBILITY
    )
    items = "".join(
        f'<item id="p{k}" href="{page}" media-type="application/xhtml+xml"/>\n'
        for k, page in enumerate(pages)
    )
    order = "".join(f'<itemref idref="p{k}"/>\n' for k in range(len(pages)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package version="3.0" unique-identifier="id" xmlns="http://www.idpf.org/2007/opf">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">{uuid.uuid5(uuid.NAMESPACE_OID, texts).urn}</dc:identifier>\n'
        f"<dc:title>{escape(excerpt.title)}</dc:title>\n{languages}"
        f'<meta property="dcterms:modified">{_MODIFIED}</meta>\n{access}</metadata>\n'
        '<manifest>\n<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml"'
        ' properties="nav"/>\n<item id="style" href="style.css" media-type="text/css"/>\n'
        f"{items}</manifest>\n<spine>\n{order}</spine>\n</package>\n"
    )


def _zipped(files: dict[str, str]) -> bytes:
    """Pack the files; the first is `mimetype`, not compressed, as EPUB 3 wants it."""
    archive = io.BytesIO()
    with ZipFile(archive, "w") as book:
        book.writestr(ZipInfo("mimetype", _ZIP_DATE), "application/epub+zip", ZIP_STORED)
        for name, content in files.items():
            book.writestr(ZipInfo(name, _ZIP_DATE), content.encode(), ZIP_DEFLATED)
    return archive.getvalue()
