"""Detect the format of a file by its content."""

from __future__ import annotations

import re

from reader.errors import FormatError
from reader.formats.archive import Archive

# Bytes at the beginning that are looked at.
_HEAD = 2048
_PROLOG = rb"(?:\s|<\?[^>]*>|<!--(?:(?!-->).)*-->)*"
_XML = _PROLOG + rb"(?:<!doctype\s[^>]*>" + _PROLOG + rb")?<(?:\w+:)?"
_OPENINGS = {
    ".ass": re.compile(rb"\s*\[Script Info\]", re.I),
    ".jsonl": re.compile(rb'\{"format": ?"reader-jsonl"'),
    ".fb2": re.compile(_XML + rb"FictionBook\b", re.I | re.S),
    ".osis": re.compile(_XML + rb"osis\b", re.S),
    ".pdf": re.compile(rb"\s*%PDF-\d"),
    ".po": re.compile(rb'(?:\s*#[^\n]*\n)*\s*(?:msgctxt|msgid) +"'),
    ".rtf": re.compile(rb"\{\\rtf"),
    ".srt": re.compile(rb"\s*\d+\s*\n\s*\d{1,3}:\d\d:\d\d[,.]\d{1,3} *-->"),
    ".tei": re.compile(_XML + rb"TEI(?:\.2)?[\s>]", re.S),
    ".tmx": re.compile(_XML + rb"tmx\b", re.I | re.S),
    ".webarchive": re.compile(rb"bplist\d\d(?=.*WebMainResource)", re.S),
    ".usfm": re.compile(rb"\\id [A-Z0-9]{3}\b"),
    ".usx": re.compile(_XML + rb"usx\b", re.S),
    ".vtt": re.compile(rb"WEBVTT\b"),
    ".xlf": re.compile(_XML + rb"xliff\b", re.I | re.S),
    ".html": re.compile(_PROLOG + rb"<(?:!doctype\s+html|html)\b", re.I | re.S),
    ".mhtml": re.compile(
        rb"(?:From|Date|MIME-Version|Content-Type|Snapshot[\w-]+): (?=.*multipart/related)",
        re.I | re.S,
    ),
}
# What we do not read: at which byte it shows itself and how, what it is and what to do.
_OFFICE = "is an old or an encrypted office file; save it as DOCX, ODT or XLSX without a password"
_KINDLE = "is a Kindle book; convert it to EPUB, with Calibre for one"
_PACKED = "is compressed; unpack it and give its files"
_PICTURE = "is a picture; give the text that is in it"
_SLIDES = "holds slides; save it as PDF or text"
_FOREIGN = (
    # Word before 2007, and what encrypts newer files (MS-CFB, section 2.2).
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (60, b"BOOKMOBI", _KINDLE),
    (0, b"\xeaDRMION\xee", _KINDLE),
    (0, b"AT&TFORM", "is in DjVu; give its text, or a PDF"),
    (0, b"\x1f\x8b", _PACKED),
    (0, b"7z\xbc\xaf\x27\x1c", _PACKED),
    (0, b"Rar!\x1a\x07", _PACKED),
    (0, b"\x89PNG\r\n", _PICTURE),
    (0, b"\xff\xd8\xff", _PICTURE),
)
# A file in an archive, what it holds, and what that shows: a format, or that it is none of ours.
# OpenDocument has a file for the kind (1.3, part 2, section 3.3).
_INSIDE = (
    ("META-INF/container.xml", b"", ".epub"),
    ("word/document.xml", b"", ".docx"),
    ("xl/workbook.xml", b"", ".xlsx"),
    ("mimetype", b".spreadsheet", ".ods"),
    ("mimetype", b".presentation", _SLIDES),
    ("ppt/presentation.xml", b"", _SLIDES),
    ("content.xml", b"", ".odt"),
)


def detect(data: bytes) -> str:
    """Return the suffix of the format that bytes are in; "" where they do not show it.

    Raises:
        FormatError: they are a known kind of file that cannot be read, such as a picture.
    """
    for at, sign, problem in _FOREIGN:
        if data.startswith(sign, at):
            raise FormatError(problem)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    for suffix, opening in _OPENINGS.items():
        if opening.match(data[:_HEAD].lstrip(b"\xef\xbb\xbf")):
            return suffix
    return ""


def _archive(data: bytes) -> str:
    archive = Archive(data)
    names = archive.names
    for name, sign, shown in _INSIDE:
        if name in names and (not sign or sign in archive.read(name)):
            if shown == _SLIDES:
                raise FormatError(_SLIDES)
            return shown
    for ending, suffix in ((".opf", ".epub"), (".fb2", ".fb2")):
        if any(name.lower().endswith(ending) for name in names):
            return suffix
    raise FormatError("is an archive that holds no document; unpack it and give its files")
