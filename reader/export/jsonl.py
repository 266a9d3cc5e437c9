"""JSON Lines: a header object, then an object for each row, then nothing is left out.

Spans count characters of the text as it was decoded (NFC, line ends as one newline), so that a
program can go back to the source.
"""

import json
from importlib.metadata import PackageNotFoundError, version

from reader.export.common import Exported, Options, language_tag, version_ids
from reader.model import ParallelText, Row

SCHEMA_VERSION = 1


def jsonl(parallel: ParallelText, options: Options) -> Exported:
    """Write the header, then every row with the versions that have something in it.

    Header: ``format``, ``schema``, ``tool``, ``mode``, ``hub`` (a version's id), ``documents``:
    {id: {name, lang, digest, segments, skipped: [{seg, span, reason, detail, of}]}}.

    Row: ``row`` (from 1), ``versions``: {id: {lang, text, segs, span, spans}}, ``missing``: [id],
    ``score`` (null for one version), ``status``, ``moved``: [id]; on request ``pivot``: {lang,
    machine: true, texts: {id: text}}. ``span`` reaches from the first segment to the last;
    ``spans`` is there too where those are not neighbours.
    """
    ids = version_ids(parallel.documents)
    lines = [_header(parallel, ids)]
    lines += [_row(parallel, ids, index, row, options) for index, row in enumerate(parallel.rows)]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    # A lone surrogate cannot be UTF-8; escaped it is still JSON.
    return Exported(text.encode("utf-8", "backslashreplace"))


def _header(parallel: ParallelText, ids: tuple[str, ...]) -> dict[str, object]:
    return {
        "format": "reader-jsonl",
        "schema": SCHEMA_VERSION,
        "tool": f"parallel-reader {tool_version()}",
        "mode": parallel.mode,
        "hub": ids[parallel.hub],
        "documents": {
            ids[d]: {
                "name": document.name,
                "lang": language_tag(document),
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
            for d, document in enumerate(parallel.documents)
        },
    }


def _row(
    parallel: ParallelText, ids: tuple[str, ...], index: int, row: Row, options: Options
) -> dict[str, object]:
    found: dict[str, object] = {
        "row": index + 1,
        "versions": {ids[d]: _version(parallel, index, d) for d in row.present},
        "missing": [ids[d] for d in range(len(ids)) if d not in row.present],
        "score": round(row.score, 4) if len(row.present) > 1 else None,
        "status": row.status,
        "moved": [ids[d] for d in row.moved],
    }
    if options.pivot:
        texts = {ids[d]: parallel.pivot(index, d) for d in row.present}
        found["pivot"] = {"lang": options.pivot_language, "machine": True, "texts": texts}
    return found


def _version(parallel: ParallelText, row: int, d: int) -> dict[str, object]:
    document, indices = parallel.documents[d], parallel.rows[row].segments[d]
    segments = [document.segments[i] for i in indices]
    found: dict[str, object] = {
        "lang": language_tag(document),
        "text": parallel.text(row, d),
        "segs": list(indices),
        "span": [segments[0].start, segments[-1].stop],
    }
    if indices[-1] - indices[0] >= len(indices):
        found["spans"] = [[segment.start, segment.stop] for segment in segments]
    return found


def tool_version() -> str:
    """Return the version of this program; "0" where it is not installed."""
    try:
        return version("parallel-reader")
    except PackageNotFoundError:
        return "0"
