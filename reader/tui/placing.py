"""Where a reader is, as it is kept from one time to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import Place

if TYPE_CHECKING:
    from reader.tui.reading import Reading


def place_of(reading: Reading) -> Place:
    """Return where the cursor is and how the screen looks; there must be rows."""
    assert reading.parallel is not None
    panes, natural = reading.panes, reading.natural_order
    document, segment = reading.segment(reading.row)
    return Place(
        document=document,
        segment=segment,
        column=panes.focus,
        layout=panes.layout,
        hidden=tuple(sorted(panes.hidden)),
        pivot=reading.lens.pivot,
        unfolded=reading.lens.unfolded,
        order=() if panes.order == natural else panes.order,
        hub=reading.hub,
        measure=panes.measure,
        reveal=reading.lens.reveal,
        covered=tuple(sorted(reading.lens.covered)),
        progress=100 * (reading.row + 1) // len(reading.rows),
        languages=tuple(document.language for document in reading.parallel.documents),
        marks=tuple((name, *at) for name, at in sorted(reading.marks.items())),
    )
