"""Corrections are kept one by one, whatever the order of the versions, and outlive `clear`."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.corrections import Cell, Edition, Operation
from reader.corrections.operations import Kind
from reader.errors import StoreError
from reader.model import Pivot
from reader.store import History, Store, clear
from tests.builders import document

spans = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=3).map(tuple)
cells = st.builds(Cell, st.sampled_from(["aa", "bb"]), spans)
operations = st.builds(
    Operation,
    st.sampled_from(get_args(Kind)),
    st.lists(st.lists(cells, max_size=2).map(tuple), max_size=2).map(tuple),
)
MERGE = Operation("merge", ((Cell("aa", ((0, 4), (5, 9))), Cell("bb", ((0, 7),))),))
CONFIRM = Operation("confirm", ((Cell("aa", ((10, 14),)),),))


@given(st.lists(operations, max_size=4))
def test_operations_come_back_as_they_were_kept(kept: list[Operation]) -> None:
    with Store(None) as store:
        store.corrections.add(("bb", "aa"), 0, kept, "basis")
        history = store.corrections.history(("aa", "bb"))
        assert history == History(tuple(kept), len(kept), "basis" if kept else "")
        assert store.corrections.history(("aa",)) == History()
        assert store.corrections.sets() == ((("aa", "bb"),) if kept else ())


def test_undo_and_redo_move_a_mark(tmp_path: Path) -> None:
    set_ = ("aa", "bb")
    with Store(tmp_path / "reader.db") as store:
        store.corrections.add(set_, 0, [MERGE], "old")
        store.corrections.add(set_, 1, [CONFIRM], "new")
        store.corrections.move(set_, 2, 1)
    with Store(tmp_path / "reader.db") as store:
        assert store.corrections.history(set_) == History((MERGE, CONFIRM), 1, "new")
        assert store.corrections.history(set_).applied == (MERGE,)
        store.corrections.move(set_, 1, 2)
        assert store.corrections.history(set_) == History((MERGE, CONFIRM), 2, "new")
        store.corrections.move(set_, 2, 0)
        store.corrections.add(set_, 0, [CONFIRM], "new")
        assert store.corrections.history(set_) == History((CONFIRM,), 1, "new")


def test_what_was_undone_may_follow_what_is_added(tmp_path: Path) -> None:
    with Store(tmp_path / "reader.db") as store:
        store.corrections.add(("aa",), 0, [MERGE, CONFIRM, MERGE], "")
        store.corrections.move(("aa",), 3, 1)
        store.corrections.add(("aa",), 1, [Operation("realign")], "new", keep_undone=True)
        history = store.corrections.history(("aa",))
        assert history == History((MERGE, Operation("realign"), CONFIRM, MERGE), 2, "new")


def test_the_set_corrected_last_is_the_last(tmp_path: Path) -> None:
    with Store(tmp_path / "reader.db") as store:
        store.corrections.add(("bb",), 0, [MERGE], "")
        store.corrections.add(("aa",), 0, [MERGE], "")
        store.corrections.add(("bb",), 1, [CONFIRM], "")
        assert store.corrections.sets() == (("aa",), ("bb",))


def test_two_windows_do_not_correct_one_set_at_once(tmp_path: Path) -> None:
    with Store(tmp_path / "reader.db") as one, Store(tmp_path / "reader.db") as other:
        one.corrections.add(("aa",), 0, [MERGE], "")
        with pytest.raises(StoreError, match="in another window"):
            other.corrections.add(("aa",), 0, [CONFIRM], "")
        with pytest.raises(StoreError, match="in another window"):
            other.corrections.move(("aa",), 0, 1)
        assert one.corrections.history(("aa",)).operations == (MERGE,)


def test_clear_forgets_what_can_be_made_again_and_no_correction(tmp_path: Path) -> None:
    path = tmp_path / "reader.db"
    with Store(path) as store:
        store.keep_translations({"a": Pivot("A")}, "m")
        store.corrections.add(("aa",), 0, [MERGE], "")
        store.corrections.keep_editions([document(["A text.", "\ud800"])])
    assert clear(path).endswith("MB cleared")
    with Store(path) as store:
        assert {name for name, count in store.counts().items() if count} == {"corrections"}
        assert store.corrections.history(("aa",)).operations == (MERGE,)
        ((key, (name,)),) = store.corrections.editions.items()
        assert store.corrections.edition(key) == Edition(name, "A text.\n\ud800")


def test_clear_keeps_what_cannot_be_read_under_another_name(tmp_path: Path) -> None:
    path = tmp_path / "reader.db"
    for number, name in enumerate(("reader.db.damaged", "reader.db.damaged2")):
        content = b"no database %d" % number * 99
        path.write_bytes(content)
        aside = path.with_name(name)
        assert clear(path) == f"{path}: damaged; it is kept as {aside}"
        assert aside.read_bytes() == content
        assert not path.exists()


def test_clear_touches_nothing_that_another_program_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.store.LOCK_TIMEOUT_S", 0.01)
    path = tmp_path / "reader.db"
    with Store(path) as store:
        store.corrections.add(("aa",), 0, [MERGE], "")
        with closing(sqlite3.connect(path)) as other:
            other.execute("begin immediate")
            with pytest.raises(StoreError, match="locked; wait until"):
                clear(path)
        assert store.corrections.history(("aa",)).operations == (MERGE,)
