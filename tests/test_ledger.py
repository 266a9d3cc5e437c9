"""The account of every character: it adds up, and says so when it does not."""

from dataclasses import replace

from hypothesis import given
from rich.cells import cell_len

from reader.ledger import data, ledger, lines
from reader.model import ParallelText, Skip
from tests.builders import document, parallel
from tests.strategies import parallel_texts


def sample() -> ParallelText:
    skips = {2: Skip("boilerplate", "menu"), 3: Skip("repeat", "exact", of=0)}
    return parallel(
        [document(["One two.", "Alone.", "Menu", "One two."], skip=skips),
         document(["Um dois."], language="pt", name="b.txt")],
        [([[0], [0]], 0.95), ([[1], []], 0.0)],
    )  # fmt: skip


def test_every_character_has_one_place() -> None:
    account = ledger(sample(), 0)
    assert account.characters == {"aligned": 7, "unmatched": 6, "boilerplate: menu": 4, "repeat": 7}
    assert account.segments == dict.fromkeys(account.characters, 1)
    assert (account.total, account.adds_up) == (24, True)


@given(parallel_texts())
def test_it_adds_up(text: ParallelText) -> None:
    assert all(ledger(text, d).adds_up for d in range(len(text.documents)))


def test_a_lost_row_shows() -> None:
    text = sample()
    lost = replace(text, rows=text.rows[:1])
    assert not ledger(lost, 0).adds_up
    assert "17 of 24: LOST" not in "\n".join(lines(text))
    assert "18 of 24: LOST" in "\n".join(lines(lost))


def test_lines_hold_counts_of_rows_by_type_confidence_and_pair() -> None:
    shown = list(lines(sample()))
    assert shown[0] == "2 documents, 2 rows, read as parallel"
    assert "  aligned            7 (29%)       7 (100%)" in shown
    assert "  sum                24 = all      7 = all" in shown
    assert shown[-9:] == [
        "rows by segments in EN, PT",
        "  1-1  1",
        "  1-0  1",
        "rows by confidence",
        "  sure  1",
        "  alone  1",
        "rows that pair",
        "      EN",
        "  PT  1",
    ]


def test_many_versions_fit_a_screen() -> None:
    documents = [document(["A."], name=f"version-{d}.txt") for d in range(1, 11)]
    shown = list(lines(parallel(documents, [([[0]] * 10, 1.0)])))
    assert max(map(cell_len, shown)) <= 80
    for d in range(1, 11):
        assert any(f"version-{d}.txt" in line for line in shown)
    assert shown[-1].split() == ["EN10", *("1" * 9)]
    (fifth,) = (k for k, line in enumerate(shown) if "version-5.txt" in line)
    assert shown[fifth - 1] == ""


def test_columns_stand_under_each_other_whatever_the_letters() -> None:
    documents = [document(["猫。"], language="zh", name="小说.txt"), document(["A cat."])]
    _, _, names, languages, *_ = lines(parallel(documents, [([[0], [0]], 1.0)]))
    begins = [
        cell_len(line.partition(cell)[0]) for line, cell in ((names, "a."), (languages, "EN"))
    ]
    assert begins[0] == begins[1]


def test_one_document_alone_is_read_as_nothing() -> None:
    shown = list(lines(parallel([document(["One."])], [([[0]], 0.0)])))
    assert shown[0] == "1 document, 1 row"
    assert "rows that pair" not in shown


def test_data_is_the_same_account() -> None:
    found = data(sample())
    assert found["types"] == {"1-1": 1, "1-0": 1}
    assert found["confidence"] == {"sure": 1, "alone": 1}
    assert found["pairs"] == [{"documents": [0, 1], "rows": 1}]


def test_rows_that_were_corrected_are_counted() -> None:
    text = sample()
    rows = (replace(text.rows[0], status="edited"), replace(text.rows[1], status="confirmed"))
    corrected = replace(text, rows=rows)
    assert data(corrected)["confidence"] == {"edited": 1, "confirmed": 1}
    assert {"  edited  1", "  confirmed  1"} <= set(lines(corrected))
