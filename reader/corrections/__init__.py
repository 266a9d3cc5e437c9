"""Corrections: what a reader changes in the rows, as operations on segments.

    edits       a row and what is wanted of it ─▶ Operation
    operations  Operation: the rows that shall be there, named by their texts
    corrected   ParallelText + operations ─▶ ParallelText; undo, redo

An operation says which rows shall be there and how they were meant, not where they stand. So it
outlives the program, an alignment by another model, and another order of the versions.
"""

from reader.corrections.corrected import Corrected, apply, misfits
from reader.corrections.editions import Edition, Revision, revised
from reader.corrections.edits import EDITS, confirmed, link
from reader.corrections.operations import (
    Cell,
    Cells,
    Indices,
    Kind,
    Operation,
    found,
    keys,
    saying,
    standing,
)

__all__ = [
    "EDITS",
    "Cell",
    "Cells",
    "Corrected",
    "Edition",
    "Indices",
    "Kind",
    "Operation",
    "Revision",
    "apply",
    "confirmed",
    "found",
    "keys",
    "link",
    "misfits",
    "revised",
    "saying",
    "standing",
]
