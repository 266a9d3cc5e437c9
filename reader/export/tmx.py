"""TMX 1.4b, the exchange format of translation memories.

Written for the strictest of its readers (OmegaT refuses a whole file for one raw control character
and takes an empty ``seg`` for a translation): all header attributes, BCP 47 codes, white space
collapsed, no empty ``seg``, properties before it, never two variants of one language in a unit.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from xml.sax.saxutils import escape, quoteattr

from reader.errors import ExportError
from reader.export.common import Exported, Options, counted, language_tag, plain_text, version_ids
from reader.export.jsonl import tool_version
from reader.model import ParallelText, Row

# Some systems cut or refuse longer sides without a word.
LONG_SIDE = 2000


def tmx(parallel: ParallelText, options: Options) -> Exported:
    """Write a unit for each row with two languages or more.

    A row with two versions in one language gives one unit for each choice of versions.

    Raises:
        ExportError: all versions are in one language.
    """
    tags = [language_tag(document) for document in parallel.documents]
    if len(set(tags)) < 2 and not options.pivot:
        raise ExportError(
            f"tmx: all versions are in one language ({', '.join(sorted(set(tags)))}) and a memory "
            "pairs two; use jsonl or tsv"
        )
    writer = _Writer(parallel, options, tags)
    body = "".join(
        unit for number, row in enumerate(parallel.rows, 1) for unit in writer.units(number, row)
    )
    source = "*all*" if len(set(tags)) != 2 else tags[parallel.hub]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="parallel-reader" creationtoolversion="{tool_version()}"'
        f' segtype="sentence" o-tmf="reader" adminlang="en" srclang="{source}"'
        ' datatype="plaintext"/>\n<body>\n'
    )
    return Exported(f"{head}{body}</body>\n</tmx>\n".encode(), writer.notes())


class _Writer:
    """Makes units and counts what could not go in."""

    def __init__(self, parallel: ParallelText, options: Options, tags: list[str]) -> None:
        self.parallel = parallel
        self.options = options
        self.tags = tags
        self.ids = version_ids(parallel.documents)
        self.alone = self.removed = self.long = 0

    def notes(self) -> tuple[str, ...]:
        found = []
        if self.alone:
            rows = counted(self.alone, "row", "rows")
            found.append(f"{rows} left out: a unit needs two languages")
        if self.removed:
            characters = counted(self.removed, "control character", "control characters")
            found.append(f"{characters} removed")
        if self.long:
            sides = counted(self.long, "text", "texts")
            found.append(f"{sides} above {LONG_SIDE} characters, which some systems refuse")
        return tuple(found)

    def units(self, number: int, row: Row) -> Iterator[str]:
        """Yield the units of a row; an id is the row, and the choice where there are several."""
        variants: defaultdict[str, list[str]] = defaultdict(list)
        for d in row.present:
            if variant := self._variant(number - 1, d):
                variants[self.tags[d]].append(variant)
        pivot = self._pivot(number - 1, row, set(variants))
        if len(variants) + bool(pivot) < 2:
            self.alone += 1
            return
        choices = list(product(*variants.values()))
        for k, choice in enumerate(choices, 1):
            name = f"r{number:06}" + (f".{k}" if len(choices) > 1 else "")
            yield (
                f'<tu tuid="{name}"><prop type="x-row">{number}</prop>'
                f'<prop type="x-score">{row.score:.3f}</prop>'
                f'<prop type="x-status">{row.status}</prop>{"".join(choice)}{pivot}</tu>\n'
            )

    def _variant(self, row: int, d: int) -> str:
        text = self._clean(self.parallel.text(row, d))
        if not text:
            return ""
        name = self._clean(self.ids[d])
        return (
            f"<tuv xml:lang={quoteattr(self.tags[d])}>"
            f'<prop type="x-version">{escape(name)}</prop><seg>{escape(text)}</seg></tuv>'
        )

    def _pivot(self, row: int, shown: Row, languages: set[str]) -> str:
        """Return the machine's text of the first version as a marked variant, or ""."""
        language = self.options.pivot_language
        if not self.options.pivot or language in languages:
            return ""
        text = self._clean(self.parallel.pivot(row, shown.present[0]))
        if not text:
            return ""
        return (
            f'<tuv xml:lang={quoteattr(language)} creationid="MT">'
            f'<prop type="x-origin">mt-argos</prop><seg>{escape(text)}</seg></tuv>'
        )

    def _clean(self, text: str) -> str:
        clean, count = plain_text(text)
        self.removed += count
        self.long += len(clean) > LONG_SIDE
        return " ".join(clean.split())
