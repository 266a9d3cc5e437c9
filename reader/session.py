"""What the command line and the screen do with a text, and with what the store keeps of it.

Sets that were opened and where they were left, stars and notes, exports, explanations. So neither
the command line nor the screen needs to know how the store works.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reader import pipeline
from reader.annotations import Annotations, anchor, locate
from reader.corrections import CorrectedRows, Edition, standing_rows, version_keys
from reader.errors import ExistsError, ExportError
from reader.export import EXPORTERS, Options, check, export, format_of, targets
from reader.model import ParallelText, Place, Row, Span, labels
from reader.pipeline import UNWATCHED, Request, Watch
from reader.printable import beginning, counted
from reader.store import FILE_NAME, OpenedSet, Store
from reader.writing import put

RECENT = 50
"""Most sets in the list of what was opened recently."""
QUOTED = 60
"""Most characters of a sentence that is quoted to say why another stands in a row."""


def remember(request: Request) -> Place:
    """Note that a set is opened now; return where it was left last time, also in another folder."""
    opened = _opened(request)
    with Store(request.cache / FILE_NAME) as store:
        if moved := _moved(request, store.recent_sets(RECENT)):
            store.rename_set(moved.id, opened.id)
        store.keep_set(opened)
        return store.place(opened.id) or Place()


def _moved(request: Request, known: Sequence[OpenedSet]) -> OpenedSet | None:
    """Return the last set of files of the same names that are all gone from where they were."""
    names = [path.name for path in request.paths]
    for opened in known:
        files = [Path(file) for file in json.loads(opened.request)["files"]]
        if [file.name for file in files] == names and not any(map(Path.exists, files)):
            return opened
    return None


def keep_place(request: Request, place: Place) -> None:
    """Keep where a set is left."""
    with Store(request.cache / FILE_NAME) as store:
        store.keep_place(_opened(request).id, place)


def forget(request: Request) -> None:
    """Forget that a set was opened, and where it was left; its corrections and notes stay."""
    with Store(request.cache / FILE_NAME) as store:
        store.forget_set(_opened(request).id)


@dataclass(frozen=True, slots=True)
class Visit:
    """A set that was opened before."""

    request: Request
    """As it was asked for."""
    place: Place
    """Where it was left."""
    opened: float
    """When, in seconds since 1970."""


def recent(cache: Path) -> tuple[Visit, ...]:
    """Return the sets that were opened most recently, the latest first."""
    with Store(cache / FILE_NAME) as store:
        return tuple(
            Visit(
                _request(json.loads(opened.request), cache),
                store.place(opened.id) or Place(),
                opened.opened,
            )
            for opened in store.recent_sets(RECENT)
        )


def corrections(
    request: Request, loaded: ParallelText, watch: Watch = UNWATCHED
) -> tuple[CorrectedRows, Mapping[str, Edition]]:
    """Return the corrected rows of documents, and the earlier editions that some of them are of.

    Editions are by version key; the rows of these are not in the documents of today any more.
    """
    with Store(request.cache / FILE_NAME) as store:
        kept, names = store.corrections, version_keys(loaded.documents)
        if pipeline.origin(kept, loaded.documents):
            pipeline.run(request, watch, loaded=loaded)  # takes them over
        rows = standing_rows(kept.history(names).applied)
        versions = {cell.version for cells in rows for cell in cells}
        earlier = (versions - set(names)) & kept.editions.keys()
        return rows, {key: kept.edition(key) for key in earlier}


def annotations(cache: Path, parallel: ParallelText) -> Annotations:
    """Return the stars and notes of a text."""
    with Store(cache / FILE_NAME) as store:
        store.annotations.take_over(parallel.documents)
        kept = store.annotations.of_files([document.name for document in parallel.documents])
    return locate(parallel, kept)


def annotate(cache: Path, parallel: ParallelText, changed: Annotations) -> None:
    """Keep stars and notes of some sentences; an empty annotation deletes."""
    documents = parallel.documents
    kept = {anchor(documents[d], i): each for (d, i), each in changed.items()}
    with Store(cache / FILE_NAME) as store:
        store.annotations.keep(kept, [documents[d] for d in {d for d, _ in changed}])


def theme(cache: Path) -> str:
    """Return the name of the theme that the reader chose, "" for none."""
    with Store(cache / FILE_NAME) as store:
        return store.setting("theme")


def keep_theme(cache: Path, name: str) -> None:
    """Keep the theme that the reader chose."""
    with Store(cache / FILE_NAME) as store:
        store.keep_setting("theme", name)


def follow(parallel: ParallelText, hub: int) -> ParallelText:
    """Return the text with another hub; rows of comparable texts are put in its order."""
    # Here, because it loads scipy, and a kept text should open without.
    from reader.align.order import by_hub, displaced

    rows = parallel.rows
    if parallel.mode == "comparable":
        rows = tuple(rows[r] for r in by_hub(_spans(rows), hub))
    moved = displaced(_spans(rows))
    rows = tuple(replace(row, moved=out) for row, out in zip(rows, moved, strict=True))
    return replace(parallel, rows=rows, hub=hub)


def _spans(rows: Sequence[Row]) -> list[dict[int, Span]]:
    """Return per row the span of each document that is in it."""
    return [
        {d: Span(cell[0], cell[-1] + 1) for d, cell in enumerate(row.segments) if cell}
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an export goes."""

    path: Path
    """The file; if a format makes several, their names are derived from it."""
    format: str | None = None
    """None for that of the suffix."""
    overwrite: bool = True
    """Whether a file that is there may be replaced."""
    sources: tuple[Path, ...] = ()
    """Files that are never replaced."""


def write(
    parallel: ParallelText,
    destination: Destination,
    options: Options | None = None,
    *,
    verify: bool = False,
) -> tuple[str, ...]:
    """Export to one file or several, all or none; return lines that say what was done.

    Args:
        parallel: the text to write.
        destination: where to.
        options: which rows, with what added.
        verify: read the files back before they take the place of others.

    Raises:
        ExistsError: a file is there that may not be replaced.
        ExportError: the format is not known or cannot hold the text, or the file cannot be written,
            is one of the sources, or does not read back.
    """
    path = destination.path
    name = destination.format or format_of(path)
    exported = export(parallel, name, options)
    paths = [Path(target) for target in targets(path, name, exported)]
    sources = {source.resolve() for source in destination.sources}
    if lost := [str(target) for target in paths if target.resolve() in sources]:
        raise ExportError(f"{', '.join(lost)}: among what was read; name another file")
    there = [target for target in paths if target.exists()]
    if there and not destination.overwrite:
        raise ExistsError(f"{', '.join(target.name for target in there)}: already there")
    endings = [ending for ending, _ in exported.files]
    files = [(target, data) for target, (_, data) in zip(paths, exported.files, strict=True)]
    if verify:
        put(files, lambda found: check(exported, name, list(zip(endings, found, strict=True))))
    else:
        put(files)
    unit = EXPORTERS[name].unit
    units = counted(len(exported.units), unit, f"{unit}s")
    checked = " and read back" if verify else ""
    return (f"{', '.join(map(str, paths))}: {units} written{checked}", *exported.notes)


def explain(parallel: ParallelText, row: int) -> str:
    """Return lines that say why the segments of a row are paired, for each pair of versions."""
    shown = parallel.rows[row]
    names = labels(parallel.documents)
    together = [set(corpus.documents) for corpus in parallel.given]
    """Documents whose rows are as their file has them."""
    if len(shown.present) < 2:
        if set(range(len(names))) in together:
            return f"Only {names[shown.present[0]]} says this: so it stands in the file."
        return f"Only {names[shown.present[0]]} says this: nothing in the others is close enough."
    lines = [f"Row {row + 1}: {shown.confidence.word}, probability {shown.score:.2f}"]
    for pair in pipeline.explain(parallel, row).pairs:
        d, e = pair.documents
        lines += ["", f"{names[d]} and {names[e]}: similarity {pair.similarity:.2f}"]
        if any({d, e} <= documents for documents in together):
            lines.append("  so they stand in the file")
        for what, found in (
            ("words in common, translated", pair.words),
            ("numbers in common", pair.numbers),
            ("names in common", pair.names),
        ):
            if found:
                lines.append(f"  {what}: {', '.join(found)}")
        before, after = pair.neighbours
        around = [
            f"{similarity:.2f} {where}"
            for where, similarity in (("before", before), ("after", after))
            if similarity is not None
        ]
        if around:
            lines.append(f"  similarity of the rows around: {', '.join(around)}")
        if pair.runner_up:
            quoted = beginning(parallel.documents[e].sentence(pair.runner_up.segment), QUOTED)
            lines.append(f"  next best, {pair.runner_up.similarity:.2f}: {quoted}")
    return "\n".join(lines)


def _opened(request: Request) -> OpenedSet:
    files = list(map(_full, request.paths))
    asked: dict[str, Any] = {
        "files": files,
        "languages": {_full(path): code for path, code in request.languages.items()},
        "segmented": request.segmented,
        "mode": request.mode,
        "hub": request.hub,
        "pivot": request.pivot,
        "min_score": request.min_score,
    }
    digest = hashlib.blake2b("\0".join(files).encode("utf-8", "surrogateescape"), digest_size=16)
    return OpenedSet(digest.hexdigest(), json.dumps(asked))


def _full(path: Path) -> str:
    """Return the absolute path of a file; a link is not followed."""
    return str(path.parent.resolve() / path.name)


def _request(asked: dict[str, Any], cache: Path) -> Request:
    return Request(
        paths=tuple(map(Path, asked["files"])),
        cache=cache,
        languages={Path(path): code for path, code in asked["languages"].items()},
        segmented=asked["segmented"],
        mode=asked["mode"],
        hub=asked["hub"],
        pivot=asked["pivot"],
        min_score=asked["min_score"],
    )
