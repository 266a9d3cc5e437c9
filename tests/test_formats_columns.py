"""Documents in columns of several languages."""

import pytest

from reader.formats import parse_corpus
from tests.books import docx, odt, page, read_corpus, rows_of, word

ENGLISH = [
    "The works were founded in 1901 beside the river.",
    "They make nine kinds of tiles for kitchens.",
]
PORTUGUESE = [
    "A fábrica foi fundada em 1901 junto ao rio.",
    "Produz nove tipos de azulejos para cozinhas.",
]
PAIRS = list(zip(ENGLISH, PORTUGUESE, strict=True))


def word_table(*rows: list[list[str]]) -> str:
    """Make a table of Word: rows of cells of paragraphs."""
    cells = (
        "".join(f"<w:tc>{''.join(map(word, cell))}</w:tc>" for cell in row) for row in rows
    )  # fmt: skip
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def web_table(rows: list[tuple[str, str]]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in cells)}</tbody></table>"


def test_a_table_of_a_translation_tool_gives_versions() -> None:
    lines = [[[f"{k}"], ["Translated (100%)"], [a], [b]] for k, (a, b) in enumerate(PAIRS)]
    corpus = read_corpus(
        docx(word("Tiles", style="H") + word_table(*lines) + word("Fim.")), ".docx"
    )
    assert corpus.languages == ("en", "pt")
    assert rows_of(corpus) == [("Tiles", ""), *PAIRS, ("Fim.", "")]
    assert [unit.heading for unit in corpus.units] == [True, False, False, False]
    assert corpus.notes == (
        "table: a column each for en, pt; name one with --lang to read all as one text",
        "table: 2 columns about its rows left out",
    )


def test_cells_with_as_many_paragraphs_are_paired_by_these() -> None:
    assert rows_of(read_corpus(docx(word_table([ENGLISH, PORTUGUESE])), ".docx")) == PAIRS
    uneven = docx(word_table([ENGLISH, [" ".join(PORTUGUESE)]]))
    assert rows_of(read_corpus(uneven, ".docx")) == [(" ".join(ENGLISH), " ".join(PORTUGUESE))]


def test_what_stands_outside_is_in_the_version_of_its_language() -> None:
    after = "Estes azulejos já não se encontram à venda em lado nenhum."
    corpus = read_corpus(page(f"{web_table(PAIRS)}<p>{after}</p>").encode(), ".html")
    assert rows_of(corpus) == [*PAIRS, ("", after)]


def test_rows_of_another_width_stand_outside() -> None:
    wide = "<tr><td>1901</td><td>A few words</td><td>in three columns.</td></tr>"
    heads = "".join(f"<tr><td colspan=2>Part {k} of it.</td></tr>" for k in range(3))
    table = web_table(PAIRS).replace("<tbody>", f"<tbody>{heads}{wide}")
    rows = rows_of(read_corpus(page(table).encode(), ".html"))
    assert rows[:3] == [(f"Part {k} of it.", "") for k in range(3)]
    assert rows[-2:] == PAIRS


def test_an_open_document_has_columns_too() -> None:
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{t}</text:p></table:table-cell>" for t in pair)
        + "</table:table-row>"
        for pair in PAIRS
    )
    assert rows_of(read_corpus(odt(f"<table:table>{cells}</table:table>"), ".odt")) == PAIRS


def test_markdown_has_columns_too() -> None:
    lines = [("English", "pt"), ("---", ":--"), *PAIRS]  # the head is no row
    table = "".join(f"| {a} | {b} |\n" for a, b in lines)
    assert rows_of(read_corpus(f"# *Tiles*\n\n{table}".encode(), ".md")) == [("Tiles", ""), *PAIRS]
    assert parse_corpus(b"No table | here\n\n---\n", ".md") is None


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{ENGLISH[0]}</p>",
        web_table(list(zip(ENGLISH, reversed(ENGLISH), strict=True))),
        web_table([("1901", ENGLISH[0]), ("1902", ENGLISH[1])]),
        web_table([("Sim", "Yes"), ("Não", "No")]),
        web_table(PAIRS) + f"<p>{' '.join(ENGLISH * 4)}</p>",
        f"<table><tr><td>{web_table(PAIRS[:1])}</td><td>{ENGLISH[0]}</td></tr></table>",
    ],
    ids=["no table", "one language", "years", "few words", "mostly text", "a layout"],
)
def test_any_other_page_is_one_text(body: str) -> None:
    assert parse_corpus(page(body).encode(), ".html") is None
