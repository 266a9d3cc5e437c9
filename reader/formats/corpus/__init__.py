"""Parsers of files that hold several versions, aligned already.

    exchange               TMX and XLIFF
    tables, spreadsheets   a column for each version
    moses, jsonl           a file for each version; our own JSON Lines
    catalog                messages of programs and their translations
    dual, columns, turns   documents in two languages: subtitles, tables, paragraphs by turns
    builder                units ─▶ Corpus

A new format is one function and one line of `CORPORA`.
"""

from __future__ import annotations

from collections.abc import Callable

from reader.formats.corpus.catalog import parse_po
from reader.formats.corpus.exchange import parse_tmx, parse_xliff
from reader.formats.corpus.jsonl import parse_jsonl
from reader.formats.corpus.moses import parse_lines
from reader.formats.corpus.spreadsheets import parse_ods, parse_xlsx
from reader.formats.corpus.tables import parse_csv, parse_tsv
from reader.formats.corpus.turns import in_turns
from reader.model import Corpus

__all__ = ["CORPORA", "in_turns", "parse_lines"]

CORPORA: dict[str, Callable[[bytes], Corpus]] = {
    ".csv": parse_csv,
    ".jsonl": parse_jsonl,
    ".ods": parse_ods,
    ".po": parse_po,
    ".pot": parse_po,
    ".tmx": parse_tmx,
    ".tsv": parse_tsv,
    ".xlf": parse_xliff,
    ".xliff": parse_xliff,
    ".xlsx": parse_xlsx,
}
