"""Corrections: what a reader changes in the rows, as operations on segments.

    operations  Operation: the rows that are wanted, named by version keys and character offsets
    edits       a row and a way to correct it ─▶ Operation
    shifts      a run of rows that has slipped by one ─▶ Operation
    corrected   ParallelText + operations ─▶ ParallelText, with undo
    carrying    corrections among some versions ─▶ corrections among others
    editions    corrections of a text ─▶ corrections of the text after an edit
    listing     corrections ─▶ a text file, and back

An operation names segments by their text, not by row numbers. So it outlives the program, an
alignment by another model, and another order of the versions.
"""

from reader.corrections.corrected import Corrected, apply, misfit_notes
from reader.corrections.editions import Edition, Revision, relocate
from reader.corrections.edits import EDITS, confirm_rows, link
from reader.corrections.operations import (
    Cell,
    Cells,
    CorrectedRows,
    Indices,
    Kind,
    Operation,
    locate,
    operations_for,
    standing_rows,
    version_keys,
)

__all__ = [
    "EDITS",
    "Cell",
    "Cells",
    "Corrected",
    "CorrectedRows",
    "Edition",
    "Indices",
    "Kind",
    "Operation",
    "Revision",
    "apply",
    "confirm_rows",
    "link",
    "locate",
    "misfit_notes",
    "operations_for",
    "relocate",
    "standing_rows",
    "version_keys",
]
