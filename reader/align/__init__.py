"""Alignment of versions that tell the same: pairs, rows, and why.

    align(versions)          rows over all versions
    align(..., pins=...)     the same, around rows that the user has confirmed
    realign(versions, rows)  some rows anew, the others as they are
    bitext(a, b)             beads of two versions
    explain(...)             the evidence behind a row

Everything here is a pure function of the texts. The order of the versions changes the order of the
columns and nothing else.
"""

from reader.align.evidence import Evidence, PairEvidence, RunnerUp, explain
from reader.align.pins import Pin
from reader.align.realigning import realign
from reader.align.rows import Alignment, align, bitext
from reader.align.versions import Version

__all__ = [
    "Alignment",
    "Evidence",
    "PairEvidence",
    "Pin",
    "RunnerUp",
    "Version",
    "align",
    "bitext",
    "explain",
    "realign",
]
