"""Read exports back by parsers that are not ours, for `--check`.

Each function takes the files of an export and returns the original texts of each unit, in order,
without machine translations. A file that cannot be parsed raises whatever the parser raises.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import takewhile
from xml.etree import ElementTree
from zipfile import ZipFile

from reader.export.common import BOM, Unit
from reader.export.tables import BEFORE, BEHIND, FORMULA, NOTE
from reader.subrip import unshielded

Files = Sequence[tuple[str, bytes]]
"""(ending, content), as in `Exported`."""

_XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"
_XLIFF2 = "{urn:oasis:names:tc:xliff:document:2.0}"
_OPF = "{http://www.idpf.org/2007/opf}"


def _only(files: Files) -> str:
    ((_, data),) = files
    return data.decode()


def _lines(text: str, **dialect: object) -> list[list[str]]:
    csv.field_size_limit(2**31 - 1)  # a cell may well be longer than 128 KiB
    return list(csv.reader(io.StringIO(text, newline=""), **dialect))  # type: ignore[arg-type]


def _originals(header: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[Unit]:
    """Yield the cells that are original texts."""
    if wrong := [line for line in lines if len(line) != len(header)]:
        raise ValueError(f"a line has {len(wrong[0])} cells, the header {len(header)}")
    about = {*BEFORE, *BEHIND, NOTE}
    columns = [k for k, name in enumerate(header) if name not in about and "(machine " not in name]
    yield from (tuple(line[k] for k in columns) for line in lines)


def tsv(files: Files) -> list[Unit]:
    """Read lines of cells without quoting."""
    header, *lines = _lines(_only(files), delimiter="\t", quoting=csv.QUOTE_NONE)
    return list(_originals(header, lines))


def csv_(files: Files) -> list[Unit]:
    """Read quoted cells."""
    header, *lines = _lines(_only(files), strict=True)
    return list(_originals(header, lines))


def sheet(files: Files) -> list[Unit]:
    """Read quoted cells, none a formula."""
    text = _only(files).removeprefix(BOM.decode())
    header, *lines = _lines(text, delimiter="\t", strict=True)
    if formulas := [cell for line in lines for cell in line if FORMULA.match(cell)]:
        raise ValueError(f"{formulas[0]!r} is a formula")
    return [tuple(map(_unguarded, unit)) for unit in _originals(header, lines)]


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == " " and FORMULA.match(cell[1:]) else cell


def sketch(files: Files) -> list[Unit]:
    """Read lines of texts below names of languages."""
    header, *lines = _lines(_only(files), delimiter="\t", quoting=csv.QUOTE_NONE)
    return list(_originals(header, lines))


def jsonl(files: Files) -> list[Unit]:
    """Read an object from each line."""
    _, *rows = map(json.loads, _only(files).split("\n")[:-1])
    return [tuple(version["text"] for version in row["versions"].values()) for row in rows]


def tmx(files: Files) -> list[Unit]:
    """Read units; a variant that a machine made says so."""
    return [
        tuple(v.findtext("seg") or "" for v in unit.iter("tuv") if v.get("creationid") != "MT")
        for unit in ElementTree.fromstring(_only(files)).iter("tu")
    ]


def xliff(files: Files) -> list[Unit]:
    """Read units; suggestions of a machine stand apart."""
    units = ElementTree.fromstring(_only(files)).iter(f"{_XLIFF}trans-unit")
    return [_texts(unit.find(f"{_XLIFF}{side}") for side in ("source", "target")) for unit in units]


def xliff2(files: Files) -> list[Unit]:
    """Read the segments of all documents."""
    return [
        _texts(segment)
        for _, data in files
        for segment in ElementTree.fromstring(data).iter(f"{_XLIFF2}segment")
    ]


def _texts(elements: Iterator[ElementTree.Element | None] | ElementTree.Element) -> Unit:
    return tuple(element.text or "" for element in elements if element is not None)


def moses(files: Files) -> list[Unit]:
    """Read sets of files line by line; a set ends with the file of its ids."""
    units: list[Unit] = []
    rest = [file for file in files if ".machine-" not in file[0]]
    while rest:
        columns = list(takewhile(lambda file: not file[0].endswith(".ids"), rest))
        ids = rest[len(columns)][1]
        texts = [data.decode().split("\n")[:-1] for _, data in columns]
        if any(len(lines) != ids.count(b"\n") for lines in texts):
            raise ValueError("the files have not the same number of lines")
        units += zip(*texts, strict=True)
        rest = rest[len(columns) + 1 :]
    return units


def markdown(files: Files) -> list[Unit]:
    """Read the cells of the table."""
    from markdown_it import MarkdownIt

    lines: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(_only(files)):
        if token.type == "tr_open":
            lines.append([])
        elif token.type == "inline":
            children = [c for c in token.children or [] if c.content != "<br>" or c.type == "text"]
            if any(child.type not in {"text", "text_special"} for child in children):
                raise ValueError(f"{token.content!r} is taken for markup")
            lines[-1].append("".join(child.content for child in children))
    return list(_originals(lines[0], lines[1:]))


def anki(files: Files) -> list[Unit]:
    """Read cards as the importer does: lines that begin with # are no cards."""
    text = _only(files)
    body = text[text.index("\n#tags") + 1 :].partition("\n")[2]
    cards = _lines(body, delimiter="\t", strict=True)
    return [(card[1], card[2].split("\n")[0]) for card in cards if not card[0].startswith("#")]


def srt(files: Files) -> list[Unit]:
    """Read cues line by line."""
    from pysubs2 import SSAFile

    # It takes a number below the last cue for that of the next one, which may well be a text.
    subtitles = SSAFile.from_string(_only(files) + "0\n", format_="srt", keep_html_tags=True)
    cues = [unshielded(cue.text.replace(r"\N", "\n")).split("\n") for cue in subtitles]
    return [tuple(line for line in cue if not line.startswith("[machine ")) for cue in cues]


class _Cells(HTMLParser):
    """Collects the texts of the rows of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.units: list[dict[int, str]] = []
        self._version: int | None = None
        self._reading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row, a version of it, or its text."""
        classes = (dict(attrs).get("class") or "").split()
        if tag == "div" and "row" in classes:
            self.units.append({})
        elif tag == "div":
            self._version = next(int(c[1:]) for c in classes if c[:1] == "v" and c[1:].isdigit())
            self.units[-1][self._version] = ""
        elif tag in {"p", "h2"} and self._version is not None:
            self._reading = not {"missing", "machine", "note"} & set(classes)

    def handle_endtag(self, tag: str) -> None:
        """End a text."""
        if tag in {"p", "h2"}:
            self._reading = False

    def handle_data(self, data: str) -> None:
        """Add to the text."""
        if self._reading and self._version is not None:
            self.units[-1][self._version] += data


def html(files: Files) -> list[Unit]:
    """Read the rows of a page."""
    parser = _Cells()
    parser.feed(_only(files))
    parser.close()
    return [tuple(unit[d] for d in sorted(unit)) for unit in parser.units]


def epub(files: Files) -> list[Unit]:
    """Read the rows of all chapters, in the order of the spine; every page must be XML."""
    ((_, data),) = files
    units: list[Unit] = []
    with ZipFile(io.BytesIO(data)) as book:
        if damaged := book.testzip():
            raise ValueError(f"{damaged} is damaged")
        package = ElementTree.fromstring(book.read("EPUB/package.opf"))
        paths = {item.get("id"): item.get("href") for item in package.iter(f"{_OPF}item")}
        for reference in package.iter(f"{_OPF}itemref"):
            page = book.read(f"EPUB/{paths[reference.get('idref')]}")
            ElementTree.fromstring(page)
            units += html([("", page)])
    return units
