"""Tab-separated table: a row for each row, a column for each version.

No quoting: a quotation mark is a character like any other, so read it with quoting off (pandas:
``quoting=csv.QUOTE_NONE``). Tabs and line ends inside a text become blanks.
"""

from reader.export.common import Exported, Options, counted, language_tag, plain_text, version_ids
from reader.model import ParallelText


def tsv(parallel: ParallelText, options: Options) -> Exported:
    """Write all rows, an empty cell where a version has nothing; score and status at the end."""
    removed = 0
    lines = [_header(parallel, options)]
    for number, row in enumerate(parallel.rows, 1):
        cells = [str(number)]
        for d in range(len(parallel.documents)):
            texts = [parallel.text(number - 1, d)]
            if options.pivot:
                texts.append(parallel.pivot(number - 1, d))
            for text in texts:
                clean, count = plain_text(text)
                cells.append(clean)
                removed += count
        cells += [f"{row.score:.3f}" if len(row.present) > 1 else "", row.status]
        lines.append("\t".join(cells))
    notes = (f"{counted(removed, 'control character', 'control characters')} removed",)
    return Exported(("\n".join(lines) + "\n").encode(), notes if removed else ())


def _header(parallel: ParallelText, options: Options) -> str:
    """Name the columns by language, with the version's name where a language comes twice."""
    tags = [language_tag(document) for document in parallel.documents]
    names = ["row"]
    for tag, version in zip(tags, version_ids(parallel.documents), strict=True):
        name = tag if tags.count(tag) == 1 else f"{tag}:{version}"
        names.append(" ".join(plain_text(name)[0].split()))
        if options.pivot:
            names.append(f"{names[-1]} (machine {options.pivot_language})")
    return "\t".join([*names, "score", "status"])
