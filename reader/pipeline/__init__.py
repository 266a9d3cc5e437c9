"""From paths to a parallel text: the only room that knows all stages.

    loading     files ─▶ documents
    corpora     which documents of files that are aligned already take part, and their rows
    pivoting    sentences ─▶ pivot language
    aligning    documents and pivots ─▶ rows
    correcting  rows ─▶ rows as the reader corrected them
    origins     corrections made among other versions, to take over
    request     what the user asked for, and how a caller watches the job
    code        a digest of our own code, part of the keys of what is kept

Each stage looks into the store first: a second run translates nothing, and a run that is killed
loses no more than one batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reader.corrections import Corrected, version_keys
from reader.errors import LanguageError
from reader.model import Document, ParallelText, Pivots, Progress, labels
from reader.pipeline.aligning import explain, provisional_rows, takes_long
from reader.pipeline.corpora import expand, reduce
from reader.pipeline.correcting import align_corrected
from reader.pipeline.loading import load
from reader.pipeline.origins import origin
from reader.pipeline.pivoting import FIRST_BATCH, LARGEST_BATCH, Pivoting, Route, Routes, argos
from reader.pipeline.request import UNWATCHED, Request, Watch
from reader.store import FILE_NAME, History, Store

__all__ = [
    "FIRST_BATCH",
    "LARGEST_BATCH",
    "UNWATCHED",
    "Request",
    "Route",
    "Routes",
    "Watch",
    "align_corrected",
    "argos",
    "explain",
    "load",
    "open_corrected",
    "origin",
    "run",
    "translate",
]

# While translation runs, rows are shown anew when these shares of the sentences are translated.
PARTIAL_AFTER = (0.0, 1 / 16, 1 / 8, 1 / 4, 1 / 2)


def run(
    request: Request,
    watch: Watch = UNWATCHED,
    routes: Routes | None = None,
    loaded: ParallelText | None = None,
) -> ParallelText:
    """Load, translate and align the files of a request, and apply its corrections.

    A language without a package is no error: its sentences get no pivot, a note says what to
    install, and alignment falls back on what the originals share. If the job is cancelled, the
    rows are provisional. Documents that are `loaded` already are not read again.

    Raises:
        ReaderError: a file, a model or the store fails.
    """
    return open_corrected(request, watch, routes, loaded)[0].text


def open_corrected(
    request: Request,
    watch: Watch = UNWATCHED,
    routes: Routes | None = None,
    loaded: ParallelText | None = None,
) -> tuple[Corrected, History]:
    """Do what `run` does; return the text ready to be corrected, and its history of corrections.

    Raises:
        Interrupted: cancelled while versions were paired; the rows shown before stay provisional.
    """
    loaded = loaded or load(request, watch)
    documents = loaded.documents
    with Store(request.cache / FILE_NAME) as store:
        wanted = reduce(loaded, request.pivot).wanted(request.machine)
        pivots = Pivoting(request, documents, store, routes or argos(request.cache), wanted=wanted)
        notes = (*_notes(documents), *pivots.notes)
        history = store.corrections.history(version_keys(documents))

        def pivoted() -> ParallelText:
            return replace(loaded, pivots=pivots.columns(), models=pivots.models, notes=notes)

        def part(count: int) -> Corrected:
            text = pivoted()
            small = reduce(text, request.pivot)
            share = count / max(1, len(pivots.missing))
            mode, found = provisional_rows(small.material(request), share)
            text = replace(text, rows=expand(small, found), mode=mode)
            return Corrected(text, history.applied)

        due = [share * len(pivots.missing) for share in PARTIAL_AFTER] if watch.partial else []
        for translated in pivots.translate(watch):
            if watch.partial and due and translated >= due[0]:
                due = [later for later in due if later > translated]
                watch.partial(part(translated).text)
            if watch.cancelled():
                return part(translated), history
        total = sum(len(document.kept) for document in documents)
        watch.progress(Progress("align", 0, total, "sentences"))
        text = pivoted()
        # Where something was translated, there are rows to read by already.
        shown = bool(pivots.missing)
        if not shown and watch.partial:
            shown = takes_long(reduce(text, request.pivot).material(request), store)
            if shown:
                watch.partial(part(0).text)
        result = align_corrected(request, text, store, watch.pairing(total, stoppable=shown))
        watch.progress(Progress("align", total, total, "sentences"))
        return result


def _notes(documents: Sequence[Document]) -> Iterator[str]:
    """Yield the notes of the documents, and which of them are equal."""
    first: dict[str, str] = {}
    for name, document in zip(labels(documents), documents, strict=True):
        yield from (f"{document.name}: {note}" for note in document.notes)
        if document.digest in first:
            yield f"{name} is the same text as {first[document.digest]}"
        first.setdefault(document.digest, name)


def translate(
    request: Request, watch: Watch = UNWATCHED, routes: Routes | None = None
) -> tuple[tuple[Document, ...], tuple[Pivots, ...]]:
    """Load and translate every segment, and align nothing.

    Raises:
        LanguageError: no package leads to the pivot language.
        ReaderError: a file, a model or the store fails.
    """
    documents = load(request, watch).documents
    with Store(request.cache / FILE_NAME) as store:
        pivots = Pivoting(request, documents, store, routes or argos(request.cache))
        for error in pivots.untranslatable.values():
            raise error
        for document in documents:
            if not document.language:
                raise LanguageError(f"{document.name}: {'; '.join(document.notes)}")
        for _ in pivots.translate(watch):
            pass
        return documents, pivots.columns()
