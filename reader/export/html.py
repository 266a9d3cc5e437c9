"""A web page in one file, without scripts and without anything from elsewhere.

On a narrow screen the versions stand one under another, on a wide one side by side.
"""

from html import escape

from reader.export.common import Exported
from reader.export.excerpt import Excerpt
from reader.export.pages import STYLE, anchor, block, colours, legend

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 1rem; max-width: 40rem; }
h1 { font-size: 1.5rem; }
.versions { list-style: none; padding: 0; }
.row { scroll-margin-top: 1rem; overflow-wrap: anywhere; }
.row:target { background: color-mix(in srgb, currentColor 10%, transparent); }
.n { float: inline-end; margin-inline-start: 1em; font: .75rem sans-serif; color: inherit;
     opacity: .6; text-decoration: none; }
.n:hover { text-decoration: underline; }
@media (min-width: 60rem) {
  body { max-width: calc(VERSIONS * 34rem); }
  .row { display: grid; grid-template-columns: repeat(VERSIONS, minmax(0, 1fr)) 3rem;
         column-gap: 2rem; }
  .tgt { margin-top: 0; }
  .n { float: none; order: 1; text-align: end; }
  .note { order: 2; grid-column: 1 / -1; }
}
@media print {
  body { max-width: none; }
  .row { break-inside: avoid; }
  .n { display: none; }
}
"""


def html(excerpt: Excerpt) -> Exported:
    """Write one page with an anchor for each row."""
    title = escape(excerpt.title)
    style = STYLE + _STYLE.replace("VERSIONS", str(len(excerpt.documents))) + colours(excerpt)
    rows = "".join(_row(excerpt, index) for index in range(len(excerpt.numbers)))
    data = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{title}</h1>\n{legend(excerpt)}\n</header>\n<main>\n{rows}</main>\n"
        "</body>\n</html>\n"
    )
    return Exported(excerpt.cells, (("", data.encode()),))


def _row(excerpt: Excerpt, index: int) -> str:
    row, number = excerpt.parallel.rows[index], excerpt.numbers[index]
    sure = f"score {row.score:.2f}" if len(row.present) > 1 else "stands alone"
    link = (
        f'<a class="n" href="#{anchor(number)}" title="{row.confidence.word}, {sure}">{number}</a>'
    )
    return block(excerpt, index, link)
