"""The list of corrections: what is written can be read, and what cannot be read is told."""

import pytest
from hypothesis import given

from reader.corrections import EDITS, Corrected, apply, operations_for, standing_rows
from reader.corrections.listing import read, write
from reader.errors import CorrectionError
from tests.builders import document, parallel
from tests.strategies import corrected_texts
from tests.tui.desks import story


def corrected() -> Corrected:
    """Correct a story: two rows merged, one confirmed, one without its counterpart."""
    made = Corrected(story())
    made.do(EDITS["merge"](made.text, 1, 0))
    made.do(EDITS["confirm"](made.text, 0, 0))
    made.do(EDITS["unlink"](made.text, 2, 2))
    return made


def test_a_list_is_short_and_in_the_order_of_the_text() -> None:
    text = corrected()
    faroleiro, keeper, smotritel = (text.base.documents[d].digest for d in (1, 0, 2))
    assert write(text.base.documents, standing_rows(text.operations)) == (
        "# reader corrections 1\n"
        f"v1 {faroleiro} faroleiro.txt\n"
        f"v2 {keeper} keeper.txt\n"
        f"v3 {smotritel} smotritel.txt\n"
        "\n"
        "confirmed  v1:0-7 v2:0-8 v3:0-4 | O farol | The lamp | Маяк\n"
        "edited     v1:8-89,90-117 v2:9-93,94-118 v3:5-59,60-94 | O velho faroleiro subia as … "
        "| The old keeper climbed the … | Каждый вечер старый смотритель …\n"
        "edited     v1:178-205 v2:119-148 "
        "| Uma noite, a luz apagou-se. | One night the light went out.\n"
    )


def test_a_row_that_the_first_version_lacks_stands_among_those_of_its_part_of_the_text() -> None:
    long = ["Here is much said.", "Here.", "Here is said very much more of all this.", "Last."]
    documents = [
        document(["One.", "Two."], name="a.txt"),
        document(long, name="b.txt"),
        document(long, name="c.txt"),
    ]
    rows = [[[0], [0], [0]], [[], [1], [1]], [[], [2], [2]], [[1], [3], [3]]]
    made = Corrected(parallel(documents, [(row, 0.9) for row in rows]))
    for row in (3, 1):
        made.do(EDITS["confirm"](made.text, row, 0))
    *_, first, second = write(documents, standing_rows(made.operations)).splitlines()
    assert first.endswith(" | Here. | Here.")
    assert second.endswith(" | Two. | Last. | Last.")


@given(corrected_texts())
def test_what_is_written_can_be_read(made: Corrected) -> None:
    base = made.base
    rows = standing_rows(made.operations)
    listed = write(base.documents, rows)
    assert listed.count("\n") == 2 + len(base.documents) + len(rows)
    again = read(listed, base.documents[::-1])
    assert again == rows
    assert write(base.documents[::-1], again) == listed
    there = apply(base, operations_for(again))
    marked = {row.segments: row.status for row in made.text.rows if row.status != "auto"}
    assert {row.segments: row.status for row in there.rows if row.status != "auto"} == marked


LIST = write(corrected().base.documents, standing_rows(corrected().operations))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("# reader corrections 1", "", "line 1: no list of corrections"),
        (LIST, "", "line 1: no list of corrections"),
        ("confirmed", "comfirmed", "line 6: 'comfirmed' is no status; write edited or confirmed"),
        ("v1:0-7", f"v1:0-{'9' * 5000}", "line 6: 'v1:0-99"),
        ("v1:0-7", "v1:0-", "line 6: 'v1:0-' is no place; write it as v1:120-180,181-230"),
        ("v1:0-7", "v9:0-7", "line 6: 'v9' is no version; those at the top are"),
        ("v1:0-7", "v1:0-8", "line 6: 'faroleiro.txt': no sentence is at 0-8"),
        ("v1:0-7", "v1:8-89", "line 7: a sentence of another row above"),
        ("v1:0-7", "v1:0-7,0-7", "line 6: 'faroleiro.txt': 0-7 is there twice"),
        ("v1:0-7 v2:0-8 v3:0-4 ", "", "line 6: row: holds nothing"),
    ],
    ids=[
        "head",
        "empty",
        "status",
        "digits",
        "place",
        "version",
        "span",
        "twice",
        "in a cell",
        "nothing",
    ],
)
def test_a_line_that_cannot_be_read_is_told(old: str, new: str, reason: str) -> None:
    with pytest.raises(CorrectionError) as error:
        read(LIST.replace(old, new, 1), story().documents)
    assert str(error.value).startswith(reason)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("smotritel.txt", "'smotritel.txt': its text is not the one that was corrected any more"),
        ("other.txt", "these are corrections of faroleiro.txt, keeper.txt, smotritel.txt; name"),
    ],
)
def test_other_documents_are_told(name: str, reason: str) -> None:
    keeper, faroleiro, _ = story().documents
    with pytest.raises(CorrectionError) as error:
        read(LIST, [keeper, faroleiro, document(["Маяк!"], name=name)])
    assert str(error.value).startswith(reason)


def test_hostile_names_and_texts_stay_on_their_line() -> None:
    hostile = document(["a\u2028b | c\x1b[31m", "d\r\ne"], name="x\ny.txt")
    text = parallel([hostile], [([[0]], 0.0), ([[1]], 0.0)])
    rows = standing_rows([EDITS["confirm"](text, 0, 0), EDITS["confirm"](text, 1, 0)])
    listed = write([hostile], rows)
    assert listed.isprintable() or "\x1b" not in listed
    assert read(listed, [hostile]) == rows
