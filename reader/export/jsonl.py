"""JSON Lines: a header object, then an object for each row, then nothing is left out.

Spans count characters of the text as it was decoded (NFC, line ends as one newline), so that a
program can go back to the source.
"""

import json

from reader.export.common import Exported, tool_version
from reader.export.excerpt import Excerpt
from reader.model import Row

SCHEMA_VERSION = 1


def jsonl(excerpt: Excerpt) -> Exported:
    """Write the header, then every row with the versions that have something in it.

    Header: ``format``, ``schema``, ``tool``, ``mode``, ``hub`` (a version's id), ``documents``:
    {id: {name, lang, digest, segments, skipped: [{seg, span, reason, detail, of}]}}.

    Row: ``row`` (from 1), ``versions``: {id: {lang, text, segs, span, spans}}, ``missing``: [id],
    ``score`` (null for one version), ``status``, ``moved``: [id]; on request ``pivot``: {lang,
    machine: true, texts: {id: text}}. ``span`` reaches from the first segment to the last;
    ``spans`` is there too where those are not neighbours.
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
    return {
        "format": "reader-jsonl",
        "schema": SCHEMA_VERSION,
        "tool": f"parallel-reader {tool_version()}",
        "mode": excerpt.of.mode,
        "hub": ids[excerpt.of.hub],
        "documents": {
            ids[d]: {
                "name": document.name,
                "lang": excerpt.tags[d],
                "digest": document.id,
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
        "versions": {ids[d]: _version(excerpt, index, d) for d in row.present},
        "missing": [ids[d] for d in range(len(ids)) if d not in row.present],
        "score": round(row.score, 4) if len(row.present) > 1 else None,
        "status": row.status,
        "moved": [ids[d] for d in row.moved],
    }
    if excerpt.machine:
        texts = {ids[d]: excerpt.of.pivot(index, d) for d in row.present if excerpt.has_pivot(d)}
        found["pivot"] = {"lang": excerpt.machine_tag, "machine": True, "texts": texts}
    return found


def _version(excerpt: Excerpt, row: int, d: int) -> dict[str, object]:
    document, indices = excerpt.documents[d], excerpt.of.rows[row].segments[d]
    segments = [document.segments[i] for i in indices]
    found: dict[str, object] = {
        "lang": excerpt.tags[d],
        "text": excerpt.originals[row][d],
        "segs": list(indices),
        "span": [segments[0].start, segments[-1].stop],
    }
    if indices[-1] - indices[0] >= len(indices):
        found["spans"] = [[segment.start, segment.stop] for segment in segments]
    return found
