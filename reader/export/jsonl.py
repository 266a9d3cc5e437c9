"""JSON Lines: a header object, then an object for each row; the format that leaves nothing out.

Spans count characters of the text as it was decoded (NFC, line ends as one newline), so that a
program can go back to the source.
"""

import json
from collections.abc import Iterator

from reader.export.common import TOOL, Exported, tool_version
from reader.export.excerpt import Excerpt
from reader.facts import numbers
from reader.model import Row

SCHEMA_VERSION = 1


def jsonl(excerpt: Excerpt) -> Exported:
    """Write the header, then every row with the versions that have something in it.

    Header: ``format``, ``schema``, ``tool``, ``mode``, ``hub`` (a version's id), ``documents``:
    {id: {name, lang, digest, model, segments, skipped: [{seg, span, reason, detail, of}]}}.
    ``model`` says what it was compared by: the packages that translated it, null for none.

    Row: ``row`` (from 1), ``chapter`` (the heading above), ``heading`` (whether it is one itself),
    ``versions``: {id: {lang, text, segs, span, spans, time}}, ``missing``: [id], ``score`` (null
    for one version), ``status``, ``moved``: [id], ``facts``: [{version, text, values, differs}];
    on request ``pivot``: {lang, machine: true, texts: {id: text}}, and ``note`` where the reader
    noted something. ``span`` reaches from the first segment to the last; ``spans`` is there too
    where those are not neighbours; ``time`` in milliseconds, where known. ``facts`` are the
    numbers, with all that each may be worth.
    """
    lines = [_header(excerpt)]
    lines += [_row(excerpt, index, number, row) for index, number, row in excerpt.rows()]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    # A lone surrogate cannot be UTF-8; escaped it is still JSON.
    data = text.encode("utf-8", "backslashreplace")
    units = tuple(
        tuple(excerpt.originals[index][d] for d in row.present) for index, _, row in excerpt.rows()
    )
    return Exported(units, (("", data),))


def _header(excerpt: Excerpt) -> dict[str, object]:
    ids = excerpt.ids
    models = excerpt.parallel.models or [""] * len(ids)
    return {
        "format": "reader-jsonl",
        "schema": SCHEMA_VERSION,
        "tool": f"{TOOL} {tool_version()}",
        "mode": excerpt.parallel.mode,
        "hub": ids[excerpt.parallel.hub],
        "documents": {
            ids[d]: {
                "name": document.name,
                "lang": excerpt.tags[d],
                "digest": document.id,
                "model": models[d] or None,
                "segments": len(document.segments),
                "skipped": [
                    {
                        "seg": i,
                        "span": [segment.start, segment.stop],
                        "reason": segment.skip.reason,
                        "detail": segment.skip.detail,
                        "of": segment.skip.of,
                    }
                    for i, segment in enumerate(document.segments)
                    if segment.skip
                ],
            }
            for d, document in enumerate(excerpt.documents)
        },
    }


def _row(excerpt: Excerpt, index: int, number: int, row: Row) -> dict[str, object]:
    ids = excerpt.ids
    found: dict[str, object] = {
        "row": number,
        "chapter": excerpt.chapters[index],
        "heading": excerpt.is_heading(row),
        "versions": {ids[d]: _version(excerpt, index, d) for d in row.present},
        "missing": [ids[d] for d in range(len(ids)) if d not in row.present],
        "score": round(row.score, 4) if len(row.present) > 1 else None,
        "status": row.status,
        "moved": [ids[d] for d in row.moved],
        "facts": list(_facts(excerpt, index)),
    }
    if note := excerpt.note(index):
        found["note"] = note
    if excerpt.machine:
        texts = {
            ids[d]: excerpt.parallel.pivot(index, d) for d in row.present if excerpt.has_pivot(d)
        }
        found["pivot"] = {"lang": excerpt.machine_tag, "machine": True, "texts": texts}
    return found


def _facts(excerpt: Excerpt, index: int) -> Iterator[dict[str, object]]:
    """Yield the numbers of all versions."""
    differing = excerpt.differing(index)
    for d, text in excerpt.parallel.cells(index):
        for number in numbers(text):
            yield {
                "version": excerpt.ids[d],
                "text": text[number.start : number.stop],
                "values": [f"{value:f}" for value in sorted(number.readings)],
                "differs": (number.start, number.stop) in differing.get(d, ()),
            }


def _version(excerpt: Excerpt, row: int, d: int) -> dict[str, object]:
    document, indices = excerpt.documents[d], excerpt.parallel.rows[row].segments[d]
    segments = [document.segments[i] for i in indices]
    found: dict[str, object] = {
        "lang": excerpt.tags[d],
        "text": excerpt.originals[row][d],
        "segs": list(indices),
        "span": [segments[0].start, segments[-1].stop],
    }
    if indices[-1] - indices[0] >= len(indices):
        found["spans"] = [[segment.start, segment.stop] for segment in segments]
    if time := excerpt.time(row, d):
        found["time"] = list(time)
    return found
