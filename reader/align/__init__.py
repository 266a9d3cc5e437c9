"""Alignment of versions that tell the same: pairs, rows, and the evidence for them.

    align(versions)          rows over all versions
    align(..., pins=...)     the same, around rows that the user has confirmed
    realign(versions, rows)  some rows again, the others as they are
    bitext(a, b)             beads of two versions
    explain(...)             the evidence for a row

Everything here is a pure function of the texts. The order of the versions changes the order of the
columns and nothing else. The modules, from the texts to the rows:

Texts
    text        segments as bags of stems and n-grams over one vocabulary
    length      a measure of length that suits all scripts
    marks       punctuation, numbers and speech
    romanize    originals in Latin letters
    headings    numbers of chapters
    dictionary  English words for names and things, from 123 languages
    language    how often words and letters follow each other
    fluency     the probability that a segment is nonsense, by `language`
    recall      what the translation of a garbled segment probably has

Two versions
    versions    what is given, and the choice of the texts that are compared
    pair        two versions prepared for comparison
    anchors     pairs of segments that are too similar for chance, and chains of them
    overlap     the part that both have, of a book and an excerpt
    links       segments that are bound before the comparison
    lattice     all segmentations into beads, within a band
    graph       the few beads that survive pruning
    features    the features of beads: names, and those of all beads of a lattice
    costly      those of the survivors only
    typical     those that are relative to the document
    lexicon     words that correspond, learned from the text
    weights     of the features, by kind of texts
    monotone    the beads of two versions in one order
    jumps       the beads of two versions in any order

All versions
    pins        rows of the user, as units of the search
    modes       the choice between one order and any
    chapters    an order of chapters that suits all versions
    passages    an order of passages that suits all versions
    searching   the search for rows with all of these
    merge       rows from the beads of all pairs
    calibration from the probabilities of the model to how often it is right
    order       the order of rows on the screen
    rows        the way in: `align`, `bitext`
    realigning  the way in: `realign`
    evidence    the way in: `explain`

    score       precision, recall and F1 against gold
    slabs       work on long columns, on all cores
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
