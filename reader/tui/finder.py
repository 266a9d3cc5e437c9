"""Search and filter: rows are looked through in a thread of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker, get_current_worker

from reader.errors import SearchError
from reader.model import ParallelText
from reader.tui.differences import number_marks
from reader.tui.search import Hit, Query, hit, ring

if TYPE_CHECKING:
    from reader.tui.view import ParallelView

_FOUND_IN = {
    "text": "",
    "pivot": "found in the machine translation",
    "skipped": "found in what was skipped",
}
DIGITS = 9
"""Most digits of a row number; Python refuses to read numbers of thousands of digits."""
COUNTED = 20_000
"""Most rows among which those that match are counted, at a tenth of a millisecond each."""

_Rows = tuple[ParallelText, Query, tuple[int, ...], Sequence[int]]
"""A text, a query, the documents and the rows of the text that are looked at."""


class Finder:
    """Moves a view to the rows that match a query, or hides those that do not.

    If the text changes during a search, the new one is searched.
    """

    def __init__(self, view: ParallelView) -> None:
        self.query: Query | None = None
        """The last search."""
        self.filter: Query | None = None
        """The query that rows must match to be shown."""
        self._view = view
        self._reading = view.reading
        self._known: tuple[_Rows, list[int]] | None = None
        """What was looked at as a whole last, and the rows that match."""
        self._worker: Worker[None] | None = None

    def clear(self) -> None:
        """Show all rows, without marks."""
        self.query = self.filter = self._reading.filter = None
        self._reading.find(None)

    def go(self, text: str) -> None:
        """Go to a row by its number, by a percentage, or by words of its heading."""
        answer = text.strip()
        number = answer.removesuffix("%").strip()
        if not number.isdecimal() or len(number) > DIGITS:
            self._go_to_heading(answer)
        elif answer.endswith("%"):
            self._reading.go_to_percent(int(number))
        else:
            self._reading.go_to(int(number) - 1)

    def _go_to_heading(self, words: str) -> None:
        """Go to the next heading that holds some words, from the last on to the first."""
        parallel, query = self._reading.parallel, self._query(words)
        if parallel is None or query is None:
            return
        headings = parallel.headings
        for row in ring(self._reading.row, list(headings)):
            if any(query.matches(parallel.text(row, d)) for d in headings[row]):
                self._reading.go_to(row)
                return
        self._view.say(f"{words!r} is no row and in no heading; type a number, or 50%")

    def search(self, text: str) -> None:
        """Go to the first match, from the cursor row on."""
        if query := self._query(text):
            self.query = query
            self._reading.find(query)
            self._search(query, self._reading.row - 1)

    def again(self, by: int) -> None:
        """Go to the next match of the last search, to the previous one if `by` is negative."""
        if self.query is None:
            self._view.say("nothing was searched for yet; / searches")
        else:
            self._search(self.query, self._reading.row, backwards=by < 0)

    def sift(self, text: str) -> None:
        """Show only rows that match; "" shows all of them."""
        if not text:
            self.clear()
            self._view.say("all rows are shown")
        elif query := self._query(text):
            self._reading.find(query)
            self._sift(query)

    def text_changed(self) -> None:
        """Filter the rows of the new text."""
        if self.filter:
            self._sift(self.filter)

    def _query(self, text: str) -> Query | None:
        """Return the query; None, with a notice, if its regular expression is wrong."""
        query = Query(text)
        try:
            query.matches("")
        except SearchError as error:
            self._view.say(str(error))
            return None
        return query

    def _run(self, look: Callable[[], Callable[[], None]], group: str = "search") -> None:
        """Look for something in a thread, then call on the screen what `look` returns.

        Nothing is called if the search was stopped by then, or another one of its group has begun.
        """

        def work() -> None:
            try:
                then = look()
            except SearchError as error:
                then = partial(self._view.say, str(error))
            if not get_current_worker().is_cancelled:
                self._view.app.call_later(then)

        self._worker = self._view.run_worker(work, thread=True, exclusive=True, group=group)

    def stop(self) -> bool:
        """Stop a search; return whether there was one."""
        if self._worker is None or self._worker.is_finished:
            return False
        self._worker.cancel()
        return True

    def _search(self, query: Query, start: int, *, backwards: bool = False) -> None:
        if (parallel := self._reading.parallel) is not None:
            rows = self._reading.filter or range(len(parallel.rows))
            self._view.say("searching …")
            self._run(partial(self._look, parallel, query, start, rows, backwards))

    def _look(
        self, parallel: ParallelText, query: Query, start: int, rows: Sequence[int], backwards: bool
    ) -> Callable[[], None]:
        worker, documents = get_current_worker(), self._reading.shown
        for row in ring(start, rows, backwards=backwards):
            if worker.is_cancelled:
                break
            if found := hit(parallel, row, documents, query):
                wrapped = row >= start if backwards else row <= start
                return partial(self.found, parallel, query, found, wrapped)
        return partial(self._view.say, f"not found: {query.text}")

    def found(self, parallel: ParallelText, query: Query, found: Hit, wrapped: bool) -> None:
        """Go to a match; search again if the text is another one by now."""
        if parallel is not self._reading.parallel:
            self._search(query, self._reading.row - 1)
            return
        self._reading.go_to_hit(found)
        self._view.update()
        words = _FOUND_IN[found.where], "round the end" if wrapped else ""
        notice = ", ".join(word for word in words if word)
        self._view.say(notice)
        rows = self._reading.filter or range(len(parallel.rows))
        if len(rows) <= COUNTED:
            there = parallel, query, self._reading.shown, rows
            counted = partial(self._counted, query, found.row, notice)
            self._run(partial(self._look_at_all, there, counted), "count")

    def _counted(self, query: Query, row: int, notice: str, rows: list[int]) -> None:
        """Tell which of the rows that match the cursor is on, if it is still there."""
        if query == self.query and row == self._reading.row and row in rows:
            which = f"{rows.index(row) + 1} of {len(rows)} rows that match"
            which = which if len(rows) > 1 else "the only row that matches"
            self._view.say(f"{notice}, {which}" if notice else which)

    def differing(self, by: int) -> None:
        """Go to the next row in which the versions shown differ in a number."""
        if (parallel := self._reading.parallel) is not None and parallel.rows:
            self._view.say("searching …")
            self._run(partial(self._look_for_numbers, parallel, self._reading.row, by))

    def _look_for_numbers(self, parallel: ParallelText, row: int, by: int) -> Callable[[], None]:
        worker, documents = get_current_worker(), self._reading.shown
        beyond = range(row + 1, len(parallel.rows)) if by > 0 else range(row - 1, -1, -1)
        for found in beyond:
            if worker.is_cancelled:
                break
            if number_marks(parallel, found, documents, self._reading.lens.pivot_language):
                return partial(self._go_to, parallel, found)
        return partial(self._view.say, f"no number differs {'below' if by > 0 else 'above'}")

    def _go_to(self, parallel: ParallelText, row: int) -> None:
        self._view.say("")
        if parallel is self._reading.parallel:
            self._reading.go_to(row)
            self._view.update()

    def _sift(self, query: Query) -> None:
        if (parallel := self._reading.parallel) is not None:
            self._view.say("filtering … (Ctrl-c stops)")
            there = parallel, query, self._reading.shown, range(len(parallel.rows))
            self._run(partial(self._look_at_all, there, partial(self._sifted, parallel, query)))

    def _look_at_all(self, there: _Rows, then: Callable[[list[int]], None]) -> Callable[[], None]:
        worker, rows = get_current_worker(), []
        parallel, query, documents, every = there
        if self._known and self._known[0][0] is parallel and self._known[0][1:] == there[1:]:
            return partial(then, self._known[1])
        for row in every:
            if worker.is_cancelled:
                break
            if hit(parallel, row, documents, query):
                rows.append(row)
        else:
            self._known = there, rows
        return partial(then, rows)

    def _sifted(self, parallel: ParallelText, query: Query, rows: list[int]) -> None:
        if parallel is not self._reading.parallel:
            self._sift(query)
            return
        if rows:
            self.filter, self._reading.filter = query, rows
        self._reading.changed()
        self._view.update()
        hold = "holds" if len(rows) == 1 else "hold"
        found = f"{len(rows)} of {len(parallel.rows)} rows {hold} {query.text}; Esc shows all"
        self._view.say(found if rows else f"not found: {query.text}")
