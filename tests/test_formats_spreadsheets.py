"""Spreadsheets as tables of versions."""

import pytest

from reader.errors import FormatError
from reader.formats import parse_corpus
from tests.books import archive, ods, read_corpus, rows_of, xlsx


def test_cells_of_a_workbook_are_found_by_their_names_and_strings_by_number() -> None:
    sheet = """
        <row r="1"><c r="B1" t="s"><v>0</v></c><c r="AA1" t="s"><v>1</v></c><c r="AB1"/></row>
        <row r="2"><c r="A2"><v>7</v></c><c r="B2" t="s"><v>2</v></c>
        <c r="AA2" t="str"><f>X</f><v>遅かった。</v></c></row><row r="3"/>
        <row r="4"><c r="AA4" t="inlineStr"><is><t>犬。</t></is></c></row>"""
    strings = [
        "<t>English</t>",
        "<t>Japanese</t>",
        '<r><t>It was </t></r><r><t>late.</t></r><rPh sb="0" eb="1"><t>not shown</t></rPh>',
    ]
    corpus = read_corpus(xlsx([sheet], strings), ".xlsx")
    assert corpus.languages == ("en", "ja")
    assert rows_of(corpus) == [("It was late.", "遅かった。"), ("", "犬。")]


def test_the_first_sheet_with_versions_is_read_and_the_others_are_told() -> None:
    texts = "<row><c t='inlineStr'><is><t>{}</t></is></c><c t='str'><v>{}</v></c></row>".format
    pairs = texts("en", "de") + texts("It was late.", "Es war spät.")
    corpus = read_corpus(xlsx(["<row><c><v>1</v></c></row>", pairs, pairs]), ".xlsx")
    assert rows_of(corpus) == [("It was late.", "Es war spät.")]
    assert corpus.notes == ("spreadsheet: 2 other sheets left out",)


def test_repeated_cells_and_comments_of_an_open_spreadsheet() -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def cell(inside: str, count: int = 1) -> str:
        many = f' table:number-columns-repeated="{count}"'
        return f"<table:table-cell{many}>{inside}</table:table-cell>"

    def text(said: str) -> str:
        return f"<text:p>{said}</text:p>"

    comment = f"<office:annotation>{text('not shown')}</office:annotation>"
    sheet = row(cell(text("en")), cell("", 3), cell(text("pt"))) + row(
        cell(text("It was late.") + text("So.")), cell("", 3), cell(comment + text("Era tarde."))
    )
    corpus = read_corpus(ods(sheet + row(cell("", 16_000))), ".ods")
    assert rows_of(corpus) == [("It was late. So.", "Era tarde.")]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (xlsx([]), "has no sheet with a text"),
        (xlsx(["<row><c><v>1</v></c><c><v>2</v></c></row>"]), "has fewer than two columns of text"),
        (xlsx(["<row><c t='s'><v>4</v></c></row>"]), "is damaged"),
        (xlsx(["<row><c"]), "is damaged"),
        (archive({"mimetype": "x.spreadsheet"}), "is an archive without a table"),
    ],
    ids=["empty", "numbers", "a string that is not there", "broken", "no content"],
)
def test_what_is_no_table_of_versions_is_refused(data: bytes, complaint: str) -> None:
    with pytest.raises(FormatError, match=complaint):
        parse_corpus(data, "")
