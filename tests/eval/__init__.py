"""Measures the aligner on sets with gold alignments and learns its weights."""
