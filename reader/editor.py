"""Correct a text: every operation is done in memory and in the store at once.

So a program that is killed has lost nothing, and undo goes back to the first correction ever made
to these documents, also in other runs of the program.
"""

from __future__ import annotations

from dataclasses import replace

from reader import pipeline
from reader.corrections import Corrected, CorrectedRows, Operation, standing_rows, version_keys
from reader.errors import CorrectionError
from reader.model import ParallelText
from reader.pipeline import Request, Watch
from reader.store import FILE_NAME, History, Store


class Editor:
    """The text of a request under correction; methods may be called from one thread at a time.

    A method that changes something raises a StoreError, and has then changed nothing, if the store
    fails or another program corrects the same documents.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._corrected = Corrected(ParallelText((), (), (), provisional=True))
        self._history = History()

    def open(self, watch: Watch | None = None, loaded: ParallelText | None = None) -> ParallelText:
        """Run the pipeline and return the text with all corrections."""
        self._corrected, self._history = pipeline.open_corrected(
            self._request, watch or Watch(), loaded=loaded
        )
        base = self._corrected.base
        base.row_of, self._versions  # noqa: B018 - here and not at the first key that corrects
        return self.text

    @property
    def text(self) -> ParallelText:
        """The text as it is now."""
        return self._corrected.text

    def row(self, document: int, segment: int) -> int:
        """Return the index of the row that holds a segment; it must not be a skipped one."""
        return self._corrected.row(document, segment)

    @property
    def corrected_rows(self) -> CorrectedRows:
        """The corrected rows and their status."""
        return standing_rows(self._history.applied)

    def do(self, *operations: Operation) -> None:
        """Do operations, all or none; those that were undone before can no longer be redone.

        Raises:
            CorrectionError: one does not fit, or the rows are provisional.
        """
        if self.text.provisional:
            raise CorrectionError("correcting: these rows will change; wait until all is aligned")
        history, done = self._history, 0
        try:
            for operation in operations:
                self._corrected.do(operation)
                done += 1
            with self._store() as store:
                store.corrections.keep_editions(self._corrected.base.documents)
                store.corrections.add(self._versions, history.done, operations, history.basis)
        except BaseException:
            for _ in range(done):
                self._corrected.undo()
            raise
        self._history = replace(
            history,
            operations=(*history.applied, *operations),
            done=history.done + len(operations),
        )

    @property
    def next_undo(self) -> Operation | None:
        """What `undo` would take back."""
        return self._history.applied[-1] if self._history.done else None

    @property
    def next_redo(self) -> Operation | None:
        """What `redo` would do."""
        left = self._history.operations[self._history.done :]
        return left[0] if left else None

    def undo(self) -> Operation:
        """Undo the last operation and return it; slow if it is a `realign`.

        Raises:
            CorrectionError: there is nothing.
        """
        operation = self.next_undo
        if operation is None:
            raise CorrectionError("undo: nothing was corrected yet")
        self._move(-1)
        if operation.kind == "realign":
            self._remake()
        else:
            self._corrected.undo()
        return operation

    def redo(self) -> Operation:
        """Redo the operation that was undone last and return it; slow if it is a `realign`.

        Raises:
            CorrectionError: there is nothing.
        """
        operation = self.next_redo
        if operation is None:
            raise CorrectionError("redo: nothing was undone")
        self._move(1)
        if operation.kind == "realign":
            self._remake()
        else:
            self._corrected.attempt(operation)
        return operation

    def realign(self) -> None:
        """Align all rows anew that are not corrected, around those that are.

        Raises:
            CorrectionError: the rows came from a file that holds aligned versions.
        """
        if self.text.given:
            raise CorrectionError("realign: these rows are as their file has them; correct them")
        self.do(Operation("realign"))
        self._remake()

    @property
    def _versions(self) -> tuple[str, ...]:
        return version_keys(self._corrected.base.documents)

    def _store(self) -> Store:
        return Store(self._request.cache / FILE_NAME)

    def _move(self, by: int) -> None:
        done = self._history.done
        with self._store() as store:
            store.corrections.move(self._versions, done, done + by)
        self._history = replace(self._history, done=done + by)

    def _remake(self) -> None:
        with self._store() as store:
            self._corrected, self._history = pipeline.align_corrected(
                self._request, self._corrected.base, store
            )
