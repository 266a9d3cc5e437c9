"""The correcting mode: its keys change rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import work

from reader.corrections import EDITS, Indices, Operation, confirm_rows, link, locate
from reader.corrections.shifts import Shift, find_shift, likeness, shift_operation
from reader.errors import CorrectionError, ReaderError
from reader.model import Confidence, ParallelText
from reader.printable import beginning
from reader.tui.desk import Desk
from reader.tui.keys import KEYS, KeyTable, Mode, key_for
from reader.tui.reading import Reading
from reader.tui.view import ParallelView

SNIPPET = 24
"""Most characters of a sentence that is quoted in the status line."""
MOST = 100
"""Most times that one key changes something, whatever count was typed."""
UNSURE = (Confidence.DOUBTFUL, Confidence.ALONE)
"""Confidence of the rows around which a repair is looked for."""

Target = tuple[int, int]
"""(document, segment) that the cursor is to be on in the changed rows."""


class Correcting:
    """Corrects the text that a `Reading` shows; the version in focus is the one that is moved.

    `change` changes the rows of the editor and returns where the cursor goes, and a notice; `show`
    then shows the rows. What makes no sense raises a CorrectionError.
    """

    def __init__(self, reading: Reading, desk: Desk) -> None:
        self.reading = reading
        self.editor = desk.editor
        self._follow = desk.follow
        self._held: tuple[int, tuple[int, ...]] | None = None
        """(document, segments) to be linked to another row."""
        self._offered: tuple[ParallelText, Shift] | None = None
        """The text and the repair that was offered for it."""

    @property
    def text(self) -> ParallelText:
        """The text that is shown.

        Raises:
            CorrectionError: it is provisional, or there is none yet.
        """
        if self.reading.parallel is None or self.reading.parallel.provisional:
            raise CorrectionError("correcting: these rows will change; wait until all is aligned")
        return self.reading.parallel

    @property
    def here(self) -> Target:
        """The segment that the cursor is on."""
        return self.reading.segment(self.reading.row)

    def change(self, name: str, times: int) -> tuple[Target, str]:
        """Make the change called `name`, so many times."""
        special = _CHANGES.get(name)
        return special(self, times) if special else self._edit(name, times)

    def show(self, target: Target) -> None:
        """Show the rows as they are now, with the cursor on the target."""
        self.reading.edited(*self._after(target))

    def _after(self, target: Target) -> tuple[ParallelText, int]:
        """Return the text as it is now, and the row of the target."""
        text, hub = self.editor.text, self.text.hub
        if text.hub == hub:
            return text, self.editor.row(*target)
        text = self._follow(text, hub)
        return text, text.row_of[target[0]][target[1]]

    def is_slow(self, name: str) -> bool:
        """Tell whether a change aligns the text anew, which takes long."""
        step = {"undo": self.editor.next_undo, "redo": self.editor.next_redo}.get(name)
        return name == "realign" or (step is not None and step.kind == "realign")

    def let_go(self) -> bool:
        """Forget what is held to be linked; return whether there was something."""
        held, self._held = self._held, None
        return held is not None

    def offer(self) -> str:
        """Describe the repair of a run of rows around the cursor; "" if there is none."""
        row = self.reading.row
        if self._offered and self._offered[0] is self.text and row in self._offered[1].rows:
            return _described(self._offered[1], self.reading)
        self._offered = None
        if self.reading.rows and self.reading.rows[row].confidence in UNSURE:
            shift = find_shift(self.text, row, likeness(self.text))
            self._offered = (self.text, shift) if shift else None
        return _described(self._offered[1], self.reading) if self._offered else ""

    def _repair(self, times: int) -> tuple[Target, str]:
        """Do the repair that was offered, or else offer one."""
        before, offer = self._offered, self.offer()
        if self._offered is None:
            raise CorrectionError("repair: no run of rows here would fit better one row off")
        if self._offered is not before:
            return self.here, f"{offer}; once more does it"
        self.editor.do(shift_operation(*self._offered))
        return self.here, f"done: {offer}"

    def _edit(self, name: str, times: int) -> tuple[Target, str]:
        text, row, focus = self.text, self.reading.row, self.reading.column
        target = self.here
        for k in range(times):
            try:
                operation = EDITS[name](text, row, focus)
            except CorrectionError:
                if k:
                    break
                raise
            target = _anchor(text.rows[row].segments, focus, name)
            self.editor.do(operation)
            text, row = self._after(target)
        return target, ""

    def _confirm(self, times: int) -> tuple[Target, str]:
        """Confirm rows and go to the row after them."""
        rows = self.reading.following(times + 1)
        new = [row for row in rows[:times] if self.text.rows[row].status != "confirmed"]
        if new:
            self.editor.do(confirm_rows(self.text, new))
        return self.reading.segment(rows[-1]), ""

    def _link(self, times: int) -> tuple[Target, str]:
        """Hold the segments of the version in focus; in another row, link what is held."""
        reading, here = self.reading, self.here
        if self._held is not None:
            self.editor.do(link(self.text, reading.row, *self._held))
            self._held = None
            return here, ""
        d = reading.column
        cell, name = reading.rows[reading.row].segments[d], reading.tags[d]
        if not cell:
            raise CorrectionError(f"link: {name} has nothing in this row")
        self._held = d, cell
        quoted = beginning(self.text.documents[d].sentence(cell[0]), SNIPPET)
        return here, f"holding {name} “{quoted}”: go to its row and press again"

    def _undo(self, times: int) -> tuple[Target, str]:
        return self._retrace("undo", self.editor.undo, times)

    def _redo(self, times: int) -> tuple[Target, str]:
        return self._retrace("redo", self.editor.redo, times)

    def _retrace(self, name: str, step: Callable[[], Operation], times: int) -> tuple[Target, str]:
        """Undo or redo several times, but stop before an operation that aligns anew."""
        done = [step()]
        while len(done) < times and self._has(name) and not self.is_slow(name):
            done.append(step())
        kinds = ", ".join(dict.fromkeys(operation.kind for operation in done))
        return self._target(done[-1]), f"{'undone' if name == 'undo' else 'done again'}: {kinds}"

    def _has(self, name: str) -> bool:
        return (self.editor.next_undo if name == "undo" else self.editor.next_redo) is not None

    def _target(self, operation: Operation) -> Target:
        """Return a segment of the first row of an operation, or that of the cursor."""
        try:
            row = next(iter(locate(self.text.documents, operation.rows)), ())
        except CorrectionError:  # it did not fit, so that nothing was done
            row = ()
        return next(((d, cell[0]) for d, cell in enumerate(row) if cell), self.here)

    def _realign(self, times: int) -> tuple[Target, str]:
        self.editor.realign()
        return self.here, "aligned anew around what was corrected"


def _anchor(cells: Indices, focus: int, name: str) -> Target:
    """Return a segment of a row that stays in it: of a version not in focus, if there is one."""
    other = next(((d, cell[0]) for d, cell in enumerate(cells) if cell and d != focus), None)
    return other or (focus, cells[focus][-1 if name == "push-previous" else 0])


def _described(shift: Shift, reading: Reading) -> str:
    rows, way = shift.rows, "up" if shift.by > 0 else "down"
    where = f"rows {rows[0] + 1}-{rows[-1] + 1}"
    better = f"{shift.before:.2f} to {shift.after:.2f}"
    return f"{reading.tags[shift.document]} fits {where} better one row {way}, {better}"


_CHANGES: Mapping[str, Callable[[Correcting, int], tuple[Target, str]]] = {
    "confirm": Correcting._confirm,
    "link": Correcting._link,
    "undo": Correcting._undo,
    "redo": Correcting._redo,
    "repair": Correcting._repair,
    "realign": Correcting._realign,
}


class CorrectingView(ParallelView):
    """The parallel view with a mode in which rows can be corrected."""

    def __init__(self, desk: Desk, keys: KeyTable = KEYS) -> None:
        reading = Reading(desk.place, pivot_language=desk.pivot_language, bidi=desk.bidi)
        super().__init__(reading, keys=keys)
        self.correcting = Correcting(self.reading, desk)
        self._aligning = False
        """Whether the text is being aligned anew, and cannot be changed."""
        self._repair_key = key_for("repair", keys)

    def action_correcting(self) -> None:
        """Begin or end the mode."""
        if self.mode == "read":
            try:
                self.correcting.text  # noqa: B018 - it says why there is nothing to correct yet
            except ReaderError as error:
                self.say(str(error))
                return
        self._enter("correct" if self.mode == "read" else "read")

    def action_leave(self) -> None:
        """Let go of what is held, or else end the mode."""
        if self.correcting.let_go():
            self.say("let go")
        else:
            self._enter("read")

    def _enter(self, mode: Mode) -> None:
        self.mode = mode
        self.correcting.let_go()
        self.reading.lens.correcting = mode == "correct"
        self.reading.changed()
        self.refresh_bindings()
        self._done("")

    def _done(self, notice: str | None) -> None:
        """Redraw, and show the notice; if there is none, offer a repair."""
        if not notice and self.mode == "correct" and (offer := self.correcting.offer()):
            notice = f"{offer} ({self._repair_key})"
        super()._done(notice)

    def action_correct(self, name: str) -> None:
        """Make the change called `name`, as often as the count says."""
        times = max(1, min(self.take_count(), MOST))
        if self._aligning:
            self.say("the text is being aligned anew; wait a moment")
        elif self.correcting.is_slow(name):
            self._aligning = True
            self.say("aligning anew …")
            self._align_anew(name)
        else:
            try:
                target, notice = self.correcting.change(name, times)
                self.correcting.show(target)
            except ReaderError as error:
                notice = str(error)
            self._done(notice)

    # Without a description Textual makes one of the arguments.
    @work(thread=True, group="correct", description="correct")
    def _align_anew(self, name: str) -> None:
        """Make a change that takes long in a thread of its own."""
        try:
            _, notice = self.correcting.change(name, 1)
        except ReaderError as error:
            notice = str(error)
        self.app.call_later(self._aligned, notice)

    def _aligned(self, notice: str) -> None:
        self._aligning = False
        self.correcting.show(self.correcting.here)
        self._done(notice)
