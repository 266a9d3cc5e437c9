"""The store keeps by content, survives two users at once, and never harms a file it cannot read."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from reader.errors import DamagedError, StoreError
from reader.model import Given, ParallelText, Pivot, Pivots, Place, Row
from reader.store import OpenedSet, Store, clear
from reader.store.schema import migrations
from tests.strategies import parallel_texts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "reader.db"


@given(parallel_texts())
def test_documents_come_back_as_they_were_kept(text: ParallelText) -> None:
    with Store(None) as store:
        for document in text.documents:
            store.keep_document(document.id, document)
        assert [store.document(document.id) for document in text.documents] == list(text.documents)
        assert store.document("never kept") is None


@given(parallel_texts(), st.integers(0, 1))
def test_an_aligned_file_comes_back_as_it_was_kept(text: ParallelText, hub: int) -> None:
    documents = text.documents
    aligned = Given(tuple(range(len(documents))), text.rows, text.mode, hub)
    with Store(None) as store:
        store.keep_corpus("k", documents, aligned)
        assert store.corpus("k") == (documents, aligned)
        assert store.corpus("never kept") is None
        assert store.document("k") is None


@given(st.dictionaries(st.text(), st.builds(Pivot, st.text(), st.none() | st.just("loop"))))
def test_translations_come_back_as_they_were_kept(pivots: dict[str, Pivot]) -> None:
    with Store(None) as store:
        store.keep_translations(pivots, "pt-en 1")
        assert store.translations([*pivots, "never seen before"], "pt-en 1") == pivots


def test_a_translation_belongs_to_one_model(path: Path) -> None:
    with Store(path) as store:
        store.keep_translations({"casa": Pivot("house")}, "pt-en 1")
        assert store.translations(["casa"], "pt-en 2") == {}


def test_translations_are_fetched_in_few_queries() -> None:
    statements: list[str] = []
    with Store(None) as store:
        store._db.conn.set_trace_callback(statements.append)
        store.translations([f"sentence {i}" for i in range(2000)], "m")
    assert len(statements) == 4


def test_a_batch_is_one_transaction(path: Path) -> None:
    with Store(path) as store, Store(path) as other:
        with pytest.raises(AttributeError):
            store.keep_translations({"a": Pivot("A"), "b": None}, "m")  # type: ignore[dict-item]
        assert other.translations(["a"], "m") == {}


def test_what_was_kept_in_another_form_is_made_again(path: Path) -> None:
    path.parent.mkdir()
    with closing(Database(path)) as old:
        migrations.apply(old, stop_before="m009_bytes")
        old.table("documents").insert({"key": "d", "document": "{}"})
        old.table("alignments").insert({"key": "a", "mode": "parallel", "rows": "[]"})
        old.table("settings").insert({"name": "theme", "value": "nord"})
    with Store(path) as store:
        assert store.document("d") is None
        assert store.alignment("a") is None
        assert store.setting("theme") == "nord"


def test_rows_are_kept_as_numbers(path: Path) -> None:
    rows = [Row(((i,), (i, i + 1), ()), 0.5) for i in range(100)]
    with Store(path) as store:
        store.keep_alignment("digest", "parallel", rows)
        ((cells, said),) = store._db.execute("select cells, said from alignments")
        assert store.alignment("digest") == ("parallel", tuple(rows))
    assert (len(cells), said) == (4 * 6 * len(rows), "{}")


@given(st.lists(st.builds(Pivot, st.text(), st.none() | st.just("loop"))))
def test_the_pivots_of_a_document_come_back_as_they_were_kept(pivots: list[Pivot]) -> None:
    made = Pivots.of(pivots)
    with Store(None) as store:
        store.keep_pivots("digest", made)
        assert store.pivots("digest") == made
        assert store.pivots("another") is None


def test_alignment_comes_back(path: Path) -> None:
    rows = (Row(((0, 1), (0,), ()), 0.75, "confirmed", (1,)), Row(((), (), (0,)), 0.0))
    with Store(path) as store:
        store.keep_alignment("digest", "comparable", rows)
    with Store(path) as store:
        assert store.alignment("digest") == ("comparable", rows)
        assert store.alignment("another") is None


def test_the_last_opened_set_and_its_place(path: Path) -> None:
    with Store(path) as store:
        assert store.recent_sets(9) == ()
        store.keep_set(OpenedSet("one", "{}"))
        store.keep_set(OpenedSet("two", "[]"))
        assert store.place("one") is None
        store.keep_place("one", Place(segment=7, hidden=(1, 2)))
        store.keep_set(OpenedSet("one", "{}"))
    with Store(path) as store:
        assert [s.id for s in store.recent_sets(9)] == ["one", "two"]
        assert [s.id for s in store.recent_sets(1)] == ["one"]
        assert store.place("one") == Place(segment=7, hidden=(1, 2))


def test_a_place_kept_by_a_newer_version_is_read_as_far_as_it_is_known(path: Path) -> None:
    with Store(path) as store:
        store.keep_set(OpenedSet("one", "{}"))
        store.keep_place("one", Place(segment=7))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update sets set place = json_set(place, '$.zoom', 3)")
    with Store(path) as store:
        assert store.place("one") == Place(segment=7)


def test_a_place_kept_by_an_older_version_comes_back(path: Path) -> None:
    with Store(path) as store:
        store.keep_set(OpenedSet("one", "{}"))
    with closing(sqlite3.connect(path)) as connection, connection:
        place = '{"segment": 7, "said": ["Nobody."], "hushed": ["pt: rough English"]}'
        connection.execute("update sets set place = ?", [place])
    with Store(path) as store:
        kept = Place(segment=7, sentences=("Nobody.",), dismissed=("pt: rough English",))
        assert store.place("one") == kept


def test_two_stores_write_in_turn(path: Path) -> None:
    with Store(path) as first, Store(path) as second:
        first.keep_translations({"a": Pivot("A")}, "m")
        second.keep_translations({"b": Pivot("B")}, "m")
        assert set(first.translations(["a", "b"], "m")) == {"a", "b"}


def test_many_programs_may_make_the_file_at_once(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from reader.store import Store\n"
        "from reader.model import Pivot\n"
        "with Store(Path(sys.argv[1])) as s: s.keep_translations({sys.argv[2]: Pivot('x')}, 'm')"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(path), str(i)]) for i in range(6)]
    assert [run.wait() for run in runs] == [0] * 6
    with Store(path) as store:
        assert store.counts()["translations"] == 6


@pytest.mark.parametrize(
    "content", [b"this is no database, only a text of some length" * 40, b"SQLite format 3\0" * 99]
)
def test_a_damaged_file_is_named_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(DamagedError, match=r"reader\.db: damaged .*; `reader cache clear` puts"):
        Store(path)
    assert path.read_bytes() == content


def test_a_newer_file_is_named_and_left_as_it_is(path: Path) -> None:
    Store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name) values ('reader', 'm999_more')"
        )
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer version of reader \(it knows 'm999_more'\)"):
        Store(path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="name a folder you may write with --cache"):
        Store(tmp_path / "file" / "reader.db")


def test_clear_says_how_much_room_it_made(path: Path) -> None:
    assert clear(path) == "nothing kept yet"
    with Store(path) as store:
        store.keep_translations({f"{i}" * 999: Pivot(f"{i}" * 999) for i in range(999)}, "m")
    assert float(clear(path).removesuffix(" MB cleared")) > 1
    assert path.stat().st_size < 1e6
    with Store(path) as store:
        assert not any(store.counts().values())
