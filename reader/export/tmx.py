"""TMX 1.4b, the exchange format of translation memories.

It suits the strictest programs (OmegaT refuses a file for one raw control character and takes an
empty ``seg`` for a translation): all header attributes, BCP 47 codes, white space collapsed, no
empty ``seg``, properties before it, never two variants of one language in a unit.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from xml.sax.saxutils import escape, quoteattr

from reader.errors import ExportError
from reader.export.common import LONG_SIDE, TOOL, Exported, Unit, tool_version
from reader.export.excerpt import Excerpt
from reader.model import Row
from reader.printable import counted


def tmx(excerpt: Excerpt) -> Exported:
    """Write a unit for each row with two languages or more.

    A row with two versions in one language gives one unit for each choice of versions. Where pairs
    were asked for, each unit holds one of them: some systems see only the first two languages.

    Raises:
        ExportError: all versions are in one language.
    """
    tags = set(excerpt.tags)
    if len(tags) < 2 and not any(map(excerpt.has_pivot, range(len(excerpt.documents)))):
        raise ExportError(
            f"tmx: all versions are in one language ({', '.join(tags)}) and a memory pairs two; "
            "use jsonl or tsv"
        )
    writer = _Writer(excerpt)
    units = [unit for row in excerpt.rows() for unit in writer.units(*row)]
    source = "*all*" if len(tags) != 2 else excerpt.tags[writer.groups[0][0]]
    data = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="{TOOL}" creationtoolversion="{tool_version()}"'
        f' segtype="sentence" o-tmf="reader" adminlang="en" srclang="{source}"'
        f' datatype="plaintext"/>\n<body>\n{"".join(xml for _, xml in units)}</body>\n</tmx>\n'
    )
    return Exported(
        tuple(texts for texts, _ in units), (("", data.encode()),), tuple(writer.notes())
    )


class _Writer:
    """Makes units, and counts the rows that give none and the texts that are long."""

    def __init__(self, excerpt: Excerpt) -> None:
        self.excerpt = excerpt
        self.groups: Sequence[tuple[int, ...]] = (
            excerpt.pairs if excerpt.selection.pairs else [excerpt.order]
        )
        """Versions that share a unit."""
        self.alone = self.long = 0

    def notes(self) -> Iterator[str]:
        if pairs := ", ".join(filter(None, map(self._in_one_language, self.groups))):
            yield f"{pairs} left out: a unit needs two languages"
        if self.alone:
            rows = counted(self.alone, "row", "rows")
            yield f"{rows} left out: a unit needs two languages"
        if self.long:
            sides = counted(self.long, "text", "texts")
            yield f"{sides} above {LONG_SIDE} characters, which some systems refuse"

    def _in_one_language(self, group: Sequence[int]) -> str:
        """Return the name of a group that gives no unit, being in one language; "" for others."""
        alike = len({self.excerpt.tags[d] for d in group}) < 2
        pivot = any(map(self.excerpt.has_pivot, group))
        return "-".join(self.excerpt.names[d] for d in group) if alike and not pivot else ""

    def units(self, index: int, number: int, row: Row) -> list[tuple[Unit, str]]:
        """Return (texts, XML) of each unit of a row.

        The id of a unit is the number of the row, with a count if there are several.
        """
        choices = [choice for group in self.groups for choice in self._choices(index, group)]
        self.alone += not choices
        properties = (
            f'<prop type="x-row">{number}</prop><prop type="x-score">{row.score:.3f}</prop>'
            f'<prop type="x-status">{row.status}</prop>'
        )
        if note := self.excerpt.note(index):
            properties = f"<note>{escape(note)}</note>{properties}"
        units = []
        for k, (versions, pivot) in enumerate(choices, 1):
            name = f"r{number:06}" + (f".{k}" if len(choices) > 1 else "")
            variants = "".join(self._variant(d, text) for d, text in versions)
            xml = f'<tu tuid="{name}">{properties}{variants}{self._machine(pivot)}</tu>\n'
            units.append((tuple(text for _, text in versions), xml))
        return units

    def _choices(
        self, index: int, group: Sequence[int]
    ) -> Iterator[tuple[tuple[tuple[int, str], ...], str]]:
        """Yield the versions with their texts, and the machine translation, of each unit."""
        variants: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for d in group:
            if text := self.excerpt.cells[index][d]:
                variants[self.excerpt.tags[d]].append((d, text))
        pivot = self._pivot(index, group) if variants else ""
        if len(variants) + bool(pivot) > 1:
            yield from ((choice, pivot) for choice in product(*variants.values()))

    def _pivot(self, row: int, group: Sequence[int]) -> str:
        """Return the machine translation of the first version that has one, "" if none is added."""
        if self.excerpt.machine_tag in {self.excerpt.tags[d] for d in group}:
            return ""
        return next(filter(None, (self.excerpt.pivot(row, d) for d in group)), "")

    def _variant(self, d: int, text: str) -> str:
        self.long += len(text) > LONG_SIDE
        return (
            f"<tuv xml:lang={quoteattr(self.excerpt.tags[d])}>"
            f'<prop type="x-version">{escape(self.excerpt.ids[d])}</prop>'
            f"<seg>{escape(text)}</seg></tuv>"
        )

    def _machine(self, text: str) -> str:
        if not text:
            return ""
        return (
            f'<tuv xml:lang={quoteattr(self.excerpt.machine_tag)} creationid="MT">'
            f'<prop type="x-origin">mt-argos</prop><seg>{escape(text)}</seg></tuv>'
        )
