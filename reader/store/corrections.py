"""The tables of corrections: operations done and undone, and the texts that were corrected."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from reader.corrections import Cell, Edition, Operation, version_keys
from reader.errors import StoreError
from reader.model import Document

Access = Callable[[], AbstractContextManager[None]]
"""Opens a context in which the database may be used."""


@dataclass(frozen=True, slots=True)
class History:
    """The operations on a set of documents."""

    operations: tuple[Operation, ...] = ()
    done: int = 0
    """How many of them, from the first, are applied; the others were undone."""
    basis: str = ""
    """Digest of the input of the alignment that they are applied to; "" without operations."""

    @property
    def applied(self) -> tuple[Operation, ...]:
        """The operations that were not undone."""
        return self.operations[: self.done]


class KeptCorrections:
    """The operations on sets of documents; a set is named by its version keys, in any order."""

    def __init__(self, db: Database, read: Access, written: Access) -> None:
        """Use the database of a store, within its contexts for reading and for writing."""
        self._db = db
        self._read = read
        self._written = written

    def history(self, versions: Sequence[str]) -> History:
        """Return the history of a set; an empty one if nothing is kept."""
        query = (
            "select operation, basis, undone from corrections where versions = ? order by number"
        )
        with self._read():
            kept = list(self._db.execute(query, [_name(versions)]))
        return History(
            tuple(_operation(*json.loads(operation)) for operation, _, _ in kept),
            sum(not undone for _, _, undone in kept),
            kept[0][1] if kept else "",
        )

    def add(
        self,
        versions: Sequence[str],
        done: int,
        operations: Sequence[Operation],
        basis: str,
        *,
        keep_undone: bool = False,
    ) -> None:
        """Add operations after the first `done`; undone ones are forgotten, or moved behind them.

        `basis` is from now on that of the whole history.

        Raises:
            StoreError: another number of operations is applied: somebody else corrects this set.
        """
        name = _name(versions)
        with self._written():
            self._check(name, done)
            undone = "where versions = ? and number >= ?", [name, done]
            if keep_undone:
                # In two steps, since numbers are unique at any moment.
                by = len(operations)
                self._db.execute(
                    f"update corrections set number = -number - {by} {undone[0]}", undone[1]
                )
                self._db.execute(
                    "update corrections set number = -number where versions = ? and number < 0",
                    [name],
                )
            else:
                self._db.execute(f"delete from corrections {undone[0]}", undone[1])
            self._db.execute(
                "update corrections set basis = ? where versions = ? and basis <> ?",
                [basis, name, basis],
            )
            self._db.table("corrections").insert_all(
                {
                    "versions": name,
                    "number": number,
                    "operation": json.dumps([operation.kind, operation.rows]),
                    "basis": basis,
                    "undone": 0,
                }
                for number, operation in enumerate(operations, done)
            )

    def move(self, versions: Sequence[str], done: int, to: int) -> None:
        """Undo or redo: let the first `to` operations be applied instead of the first `done`.

        Raises:
            StoreError: another number of operations is applied: somebody else corrects this set.
        """
        name = _name(versions)
        with self._written():
            self._check(name, done)
            self._db.execute(
                "update corrections set undone = number >= ? where versions = ?", [to, name]
            )

    def sets(self) -> tuple[tuple[str, ...], ...]:
        """Return the version keys of every set that was corrected, the latest last."""
        query = "select versions from corrections group by versions order by max(rowid)"
        with self._read():
            rows = self._db.execute(query)
            return tuple(tuple(name.split()) for (name,) in rows)

    def keep_editions(self, documents: Sequence[Document]) -> None:
        """Keep the texts that corrections are made on, to compare them with later editions."""
        kept = self.editions
        new = [
            {
                "version": key,
                "name": document.name,
                "text": document.text.encode("utf-8", "surrogatepass"),
            }
            for key, document in zip(version_keys(documents), documents, strict=True)
            if document.name not in kept.get(key, ())
        ]
        with self._written() if new else nullcontext():
            self._db.table("editions").insert_all(new)

    @property
    def editions(self) -> dict[str, set[str]]:
        """Version key of every text that was corrected -> the names of its files."""
        found: dict[str, set[str]] = {}
        with self._read():
            for version, name in self._db.execute("select version, name from editions"):
                found.setdefault(version, set()).add(name)
        return found

    def edition(self, version: str) -> Edition:
        """Return one of the `editions`."""
        with self._read():
            query = "select max(name), text from editions where version = ?"
            ((name, text),) = self._db.execute(query, [version])
            return Edition(name, text.decode("utf-8", "surrogatepass"))

    def _check(self, name: str, done: int) -> None:
        ((standing,),) = self._db.execute(
            "select count(*) from corrections where versions = ? and not undone", [name]
        )
        if standing != done:
            raise StoreError(
                "corrections: these documents are corrected in another window; open them anew"
            )


def _name(versions: Sequence[str]) -> str:
    return " ".join(sorted(versions))


def _operation(kind: Any, rows: list[list[list[Any]]]) -> Operation:  # noqa: ANN401 - JSON
    return Operation(
        kind,
        tuple(
            tuple(
                Cell(version, tuple((start, stop) for start, stop in spans))
                for version, spans in row
            )
            for row in rows
        ),
    )
