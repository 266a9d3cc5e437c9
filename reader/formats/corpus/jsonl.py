"""The JSON Lines that we write ourselves."""

from __future__ import annotations

import codecs
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reader.errors import FormatError
from reader.formats.corpus.builder import (
    CorpusBuilder,
    Details,
    Version,
    code_of,
    score_of,
    status_of,
)
from reader.formats.markup import damaged
from reader.model import Corpus


def parse_jsonl(data: bytes) -> Corpus:
    """Parse the JSON Lines of an export.

    Raises:
        FormatError: it is another file, or damaged.
    """
    # Not by `decode`: a text may hold line separators that are none of the file's.
    lines = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    head = _object(lines[0], 1)
    documents = head.get("documents")
    if head.get("format") != "reader-jsonl" or not isinstance(documents, dict):
        raise FormatError("is no JSON Lines file of reader; give one that `reader align` wrote")
    try:
        versions = {
            key: Version(code_of(of["lang"]), str(of["name"]), k)
            for k, (key, of) in enumerate(documents.items())
        }
        builder = CorpusBuilder(dict.fromkeys(versions.values()))
        for number, line in enumerate(lines[1:], 2):
            if line.strip():
                row = _object(line, number)
                found = {versions[key]: of for key, of in row["versions"].items()}
                builder.add(
                    {version: str(of["text"]) for version, of in found.items()},
                    Details(
                        score_of(str(row.get("score"))),
                        status_of(str(row.get("status"))),
                        {version: int(of.get("span", [0])[0]) for version, of in found.items()},
                        [versions[key] for key in row.get("moved", ())],
                        row.get("heading") is True,
                        {
                            version: _time(of["time"])
                            for version, of in found.items()
                            if "time" in of
                        },
                    ),
                )
        hub = head.get("hub")
        return replace(
            builder.build(),
            mode="comparable" if head.get("mode") == "comparable" else "parallel",
            hub=list(documents).index(hub) if hub in documents else 0,
        )
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise damaged(error) from None


def _time(pair: Sequence[Any]) -> tuple[int, int]:
    begins, ends = map(int, pair)
    return begins, ends


def _object(line: bytes, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise FormatError(f"is damaged (line {number} is no object); give a whole file")
    return found
