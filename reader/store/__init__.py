"""The store: one SQLite file for what was computed, and for what the reader did.

What was computed (documents, translations, alignments) is keyed by a digest of its input, so that
nothing is computed twice. What the reader did are the sets of files opened, corrections, stars and
notes. A connection belongs to the thread that opened it; two programs may use one file at once
(WAL, each batch is one transaction).

    schema                    the tables, as migrations
    packing                   values ◀─▶ records
    corrections, annotations  the tables of these
"""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Self, TypeVar

from sqlite_utils import Database

from reader.errors import DamagedError, StoreError, reason
from reader.model import Document, Given, Mode, Pivot, Pivots, Place, Row
from reader.store.annotations import KeptAnnotations
from reader.store.corrections import History, KeptCorrections
from reader.store.packing import (
    Record,
    document_of,
    document_record,
    pivots_of,
    pivots_record,
    place_of,
    place_record,
    rows_of,
    rows_record,
)
from reader.store.schema import known, migrations

__all__ = ["FILE_NAME", "History", "KeptCorrections", "OpenedSet", "Store", "clear"]

T = TypeVar("T")

FILE_NAME = "reader.db"
MADE = ("documents", "corpora", "translations", "pivots", "alignments", "sets")
"""The tables that `clear` empties: results that can be computed again, and the sets opened."""
KEPT = (*MADE, "corrections", "annotations")
"""The tables whose records are counted."""
PARTS = ("", "-wal", "-shm")
"""What SQLite adds to the name of a file for those that belong to it."""
_WRITABLE = "name a folder you may write with --cache"
REMEDIES = {
    sqlite3.SQLITE_BUSY: "wait until the other program that uses it is done",
    sqlite3.SQLITE_CANTOPEN: _WRITABLE,
    sqlite3.SQLITE_FULL: "make room there, or name another folder with --cache",
    sqlite3.SQLITE_READONLY: _WRITABLE,
}
"""Result code of SQLite -> what the user can do about it."""
LOCK_TIMEOUT_S = 30.0
# SQLite builds differ in how many variables a statement may have; 999 is the lowest in use.
KEYS_PER_QUERY = 500


@dataclass(frozen=True, slots=True)
class OpenedSet:
    """A set of files that was opened together."""

    id: str
    request: str
    """How it was opened, as JSON of the caller."""
    opened: float = 0.0
    """When it was opened last, in seconds since 1970; set by the store."""


class Store:
    """The store; use it as a context manager, in one thread.

    Raises:
        StoreError: the file is damaged, is no database, is locked for long, or was written by a
            newer version; it is left as it is.
    """

    def __init__(self, path: Path | None) -> None:
        """Open or make the file at `path`; None keeps everything in memory."""
        self.path = path
        with self._translated_errors():
            if path is None:
                self._db = Database(memory=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._db = Database(sqlite3.connect(path, timeout=LOCK_TIMEOUT_S))
            self.corrections = KeptCorrections(self._db, self._translated_errors, self._written)
            self.annotations = KeptAnnotations(self._db, self._translated_errors, self._written)
            try:
                self._migrate()
            except BaseException:
                self._db.close()
                raise

    def _migrate(self) -> None:
        applied = {migration.name for migration in migrations.applied(self._db)}
        pending = {migration.name for migration in migrations.pending(self._db)}
        unknown = applied - known()
        if unknown:
            raise StoreError(
                f"{self.path}: written by a newer version of reader (it knows "
                f"{min(unknown)!r}); upgrade reader, or name another folder with --cache"
            )
        if pending:
            self._db.enable_wal()
            with self._transaction():
                migrations.apply(self._db)

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be opened ({reason(error)}); {_WRITABLE}"
            ) from error
        except sqlite3.OperationalError as error:
            primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
            remedy = REMEDIES.get(primary, "try again, or name another folder with --cache")
            raise StoreError(f"{self.path}: {error}; {remedy}") from error
        except sqlite3.DatabaseError as error:
            raise DamagedError(
                f"{self.path}: damaged ({error}); `reader cache clear` puts it aside and "
                "starts anew"
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Write all or nothing.

        Immediate: a transaction that reads before it writes is refused at once, without the wait,
        when another program has written in between.
        """
        self._db.execute("BEGIN IMMEDIATE")
        with self._db.conn:
            yield

    @contextmanager
    def _written(self) -> Iterator[None]:
        """Write all or nothing; raise a StoreError if that fails."""
        with self._translated_errors(), self._transaction():
            yield

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store cannot be used any more."""
        self._db.close()

    # Documents

    def document(self, key: str) -> Document | None:
        """Return the document kept under a digest, or None."""
        return self._kept("documents", "document, text, segments", key, document_of)

    def keep_document(self, key: str, document: Document) -> None:
        """Keep a document under a digest."""
        self._keep("documents", key, document_record(document))

    def corpus(self, key: str) -> tuple[tuple[Document, ...], Given] | None:
        """Return the documents and rows of an aligned file kept under a digest, or None."""
        found = self._kept("corpora", "size, hub", key, lambda size, hub: (size, hub))
        alignment = self.alignment(key)
        if found is None or alignment is None:
            return None
        size, hub = found
        documents = tuple(filter(None, (self.document(f"{key} {d}") for d in range(size))))
        mode, rows = alignment
        return documents, Given(tuple(range(size)), rows, mode, hub)

    def keep_corpus(self, key: str, documents: Sequence[Document], given: Given) -> None:
        """Keep the documents and rows of an aligned file under a digest."""
        for d, document in enumerate(documents):
            self.keep_document(f"{key} {d}", document)
        self.keep_alignment(key, given.mode, given.rows)
        self._keep("corpora", key, {"size": len(documents), "hub": given.hub})

    # Translations

    def translations(self, texts: Sequence[str], model: str) -> dict[str, Pivot]:
        """Return text -> its translation by a model, for those of `texts` that are kept."""
        text_of = {_key(text, model): text for text in texts}
        keys = list(text_of)
        found: dict[str, Pivot] = {}
        with self._translated_errors():
            for start in range(0, len(keys), KEYS_PER_QUERY):
                part = keys[start : start + KEYS_PER_QUERY]
                marks = ",".join("?" * len(part))
                for key, text, suspect in self._db.execute(
                    f"select key, text, suspect from translations where key in ({marks})", part
                ):
                    found[text_of[key]] = Pivot(text, suspect)
        return found

    def keep_translations(self, pivots: Mapping[str, Pivot], model: str) -> None:
        """Keep the translations of texts by a model, all or none."""
        with self._written():
            self._db.table("translations").upsert_all(
                (
                    {"key": _key(text, model), "text": pivot.text, "suspect": pivot.suspect}
                    for text, pivot in pivots.items()
                ),
                pk="key",
            )

    def pivots(self, key: str) -> Pivots | None:
        """Return the pivots of a whole document kept under a digest, or None."""
        return self._kept("pivots", "text, places, suspects", key, pivots_of)

    def keep_pivots(self, key: str, pivots: Pivots) -> None:
        """Keep the pivots of a whole document under a digest.

        They are among the translations, too, but collecting them from there would be slow.
        """
        self._keep("pivots", key, pivots_record(pivots))

    # Alignments

    def alignment(self, key: str) -> tuple[Mode, tuple[Row, ...]] | None:
        """Return the alignment kept under a digest, or None."""
        return self._kept(
            "alignments",
            "mode, cells, scores, said",
            key,
            lambda mode, *record: (mode, rows_of(*record)),
        )

    def has_alignment(self, key: str) -> bool:
        """Tell whether an alignment is kept under a digest."""
        return self._kept("alignments", "1", key, bool) is not None

    def keep_alignment(self, key: str, mode: Mode, rows: Sequence[Row]) -> None:
        """Keep an alignment under a digest."""
        self._keep("alignments", key, {"mode": mode, **rows_record(rows)})

    def _kept(self, table: str, columns: str, key: str, made: Callable[..., T]) -> T | None:
        """Return the value that `made` makes of the columns kept under a digest, or None."""
        with self._translated_errors():
            record = self._db.execute(
                f"select {columns} from {table} where key = ?", [key]
            ).fetchone()
            return made(*record) if record else None

    def _keep(self, table: str, key: str, record: Record) -> None:
        with self._written():
            self._db.table(table).upsert({"key": key, **record}, pk="key")

    # Sets

    def keep_set(self, opened: OpenedSet) -> None:
        """Note that a set of files was opened now."""
        record = {"id": opened.id, "request": opened.request, "opened": time.time()}
        with self._written():
            self._db.table("sets").upsert(record, pk="id")

    def recent_sets(self, most: int) -> tuple[OpenedSet, ...]:
        """Return the sets that were opened most recently, the latest first."""
        query = "select id, request, opened from sets order by opened desc limit ?"
        with self._translated_errors():
            return tuple(OpenedSet(*values) for values in self._db.execute(query, [most]))

    def place(self, set_id: str) -> Place | None:
        """Return where a reader left a set, or None."""
        with self._translated_errors():
            for (place,) in self._db.execute("select place from sets where id = ?", [set_id]):
                return place_of(place) if place else None
        return None

    def keep_place(self, set_id: str, place: Place) -> None:
        """Keep where a reader leaves a set; nothing if it was never opened, or forgotten since."""
        with self._written():
            record = place_record(place)
            self._db.execute("update sets set place = ? where id = ?", [record, set_id])

    def rename_set(self, set_id: str, new: str) -> None:
        """Give a set another id; nothing if there is a set with that id."""
        with self._written():
            self._db.execute("update or ignore sets set id = ? where id = ?", [new, set_id])

    def forget_set(self, set_id: str) -> None:
        """Forget that a set was opened, and where it was left."""
        with self._written():
            self._db.execute("delete from sets where id = ?", [set_id])

    # Settings

    def setting(self, name: str) -> str:
        """Return a setting, "" if it was never kept."""
        with self._translated_errors():
            for (value,) in self._db.execute("select value from settings where name = ?", [name]):
                return str(value)
        return ""

    def keep_setting(self, name: str, value: str) -> None:
        """Keep a setting, which holds for all sets."""
        with self._written():
            self._db.table("settings").upsert({"name": name, "value": value}, pk="name")

    # The file

    def counts(self) -> dict[str, int]:
        """Return table -> number of records."""
        with self._translated_errors():
            return {name: self._db.table(name).count for name in KEPT}

    def forget(self) -> None:
        """Empty the tables of `MADE` and shrink the file."""
        with self._written():
            for name in MADE:
                self._db.table(name).delete_where()
        with self._translated_errors():
            self._db.execute("VACUUM")


def clear(path: Path) -> str:
    """Forget all that can be computed again; return a line that says what was done.

    Corrections, stars and notes are somebody's work and stay. A damaged file may hold some, and is
    kept under another name.

    Raises:
        StoreError: it is locked for long, cannot be written, or is of a newer version.
    """
    parts = [path.with_name(path.name + end) for end in PARTS]

    def size() -> int:
        return sum(part.stat().st_size for part in parts if part.exists())

    if not path.exists():
        return "nothing kept yet"
    before = size()
    try:
        with Store(path) as store:
            store.forget()
    except DamagedError:
        names = (f"{path.name}.damaged{n}" for n in chain([""], count(2)))
        aside = next(free for name in names if not (free := path.with_name(name)).exists())
        for part, end in zip(parts, PARTS, strict=True):
            if part.exists():
                part.replace(aside.with_name(aside.name + end))
        return f"{path}: damaged; it is kept as {aside}"
    return f"{(before - size()) / 1e6:.1f} MB cleared"


def _key(text: str, model: str) -> bytes:
    return hashlib.blake2b(f"{model}\0{text}".encode(), digest_size=16).digest()
