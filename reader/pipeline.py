"""From paths to a parallel text: load, segment, translate, align; the one room that knows them all.

The memory is asked before each stage, so that what was paid for once is free: a second run
translates nothing, a killed run has lost no more than the batch it was in.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from reader import align, formats, packages
from reader.errors import LanguageError
from reader.model import Document, Mode, ParallelText, Pivot, Progress, Row
from reader.segment import segment
from reader.store import FILE_NAME, Store
from reader.translate import ArgosTranslator, Translator, suspicion

# The first batches are small so that the first rows can be read soon. From some hundred sentences
# on, sorted batches translate no faster, and a killed run would lose more.
FIRST_BATCH = 16
LARGEST_BATCH = 128
# While translation runs, rows are shown anew when these parts of the sentences are there.
PARTIAL_AFTER = (0.0, 1 / 16, 1 / 8, 1 / 4, 1 / 2)


@dataclass(frozen=True, slots=True)
class Route:
    """How to get from one language to another."""

    translator: Translator
    note: str = ""
    """What the reader should know of it."""


Routes = Callable[[str, str], Route]
"""(source, target) -> route; raises LanguageError where no package leads there."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for."""

    paths: tuple[Path, ...]
    cache: Path
    languages: Mapping[Path, str] = field(default_factory=dict)
    """Codes the user gave; the others are identified."""
    segmented: bool = False
    """One sentence a line, nothing to split."""
    mode: Mode | None = None
    """None: chosen by the texts."""
    hub: int = 0
    pivot: str = "en"
    min_score: float | None = None
    """Least score of a pair that is shown; None: as the mode has it."""


def _ignore(_: object) -> None:
    """Do nothing: the default of a callback."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How a caller looks on: called from the thread that runs the job."""

    progress: Callable[[Progress], None] = _ignore
    partial: Callable[[ParallelText], None] | None = None
    """Gets provisional rows while translation runs."""
    cancelled: Callable[[], bool] = lambda: False
    """Asked between batches; true stops translation and aligns with what there is."""


def load(request: Request, watch: Watch = Watch()) -> tuple[Document, ...]:
    """Read and segment every file.

    Raises:
        FormatError: a file cannot be read as a document.
        LanguageError: a language was named that Argos does not know.
    """
    documents = []
    for done, path in enumerate(request.paths):
        watch.progress(Progress("load", done, len(request.paths), "documents", path.name))
        documents.append(
            segment(
                formats.read(path),
                name=path.name,
                language=request.languages.get(path),
                segmented=request.segmented,
            )
        )
    watch.progress(Progress("load", len(documents), len(documents), "documents"))
    return tuple(documents)


def run(request: Request, watch: Watch = Watch(), routes: Routes | None = None) -> ParallelText:
    """Do the whole job.

    A language without a package is no error: its sentences get no pivot, a note says what to
    install, and alignment falls back on what the originals share. A cancelled job returns rows
    marked provisional.

    Raises:
        ReaderError: a file, a model or the memory fails.
    """
    documents = load(request, watch)
    with Store(request.cache / FILE_NAME) as store:
        job = _Job(request, watch, documents, store, routes or argos(request.cache))
        return job.run()


def translate(
    request: Request, watch: Watch = Watch(), routes: Routes | None = None
) -> tuple[tuple[Document, ...], tuple[tuple[Pivot, ...], ...]]:
    """Load and translate every segment, and align nothing.

    Raises:
        LanguageError: no package leads to the pivot language.
    """
    documents = load(request, watch)
    with Store(request.cache / FILE_NAME) as store:
        job = _Job(request, watch, documents, store, routes or argos(request.cache))
        for error in job.untranslatable.values():
            raise error
        for _ in job.translate():
            pass
        return documents, job.pivots()


def argos(folder: Path) -> Routes:
    """Return the routes that the Argos packages found from a cache folder make."""

    @cache
    def shelf() -> tuple[packages.Package, ...]:
        return packages.installed(packages.search_path(folder))

    def find(source: str, target: str) -> Route:
        legs = packages.route(shelf(), source, target)
        starters = [
            leg.source if leg.target == packages.PIVOT else f"{leg.source}_{leg.target}"
            for leg in legs
            if leg.starter
        ]
        note = (
            f"{source}: translated by a starter package, rough English; "
            f"`reader models install {' '.join(starters)}` gets the full one"
        )
        return Route(ArgosTranslator(legs), note if starters else "")

    return find


def to_versions(
    documents: Sequence[Document], pivots: Sequence[Sequence[Pivot]]
) -> list[align.Version]:
    """Return what the aligner sees of documents: kept segments and the pivots to be trusted."""
    return [
        align.Version(
            id=document.id,
            originals=tuple(document.sentences[i] for i in document.kept),
            pivots=tuple(column[i].evidence for i in document.kept),
            language=document.language,
            headings=frozenset(
                k for k, i in enumerate(document.kept) if document.segments[i].kind == "heading"
            ),
        )
        for document, column in zip(documents, pivots, strict=True)
    ]


def explain(parallel: ParallelText, row: int) -> align.Evidence:
    """Return the evidence behind a row; its runner-up counts segments of the whole document."""
    kept = [document.kept for document in parallel.documents]
    places = [{i: k for k, i in enumerate(indices)} for indices in kept]
    cells = parallel.rows[row].segments
    local = tuple(tuple(places[d][i] for i in cell) for d, cell in enumerate(cells))
    evidence = align.explain(
        to_versions(parallel.documents, parallel.pivots),
        replace(parallel.rows[row], segments=local),
    )
    return align.Evidence(
        tuple(
            pair
            if pair.runner_up is None
            else replace(
                pair,
                runner_up=replace(
                    pair.runner_up, segment=kept[pair.documents[1]][pair.runner_up.segment]
                ),
            )
            for pair in evidence.pairs
        )
    )


@cache
def _aligner() -> str:
    """Return a digest of the aligner's code and weights: another aligner gives other rows."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(align.__file__).parent.iterdir()):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


class _Job:
    """One run over loaded documents: what is translated so far, and how to align it."""

    def __init__(
        self,
        request: Request,
        watch: Watch,
        documents: tuple[Document, ...],
        store: Store,
        routes: Routes,
    ) -> None:
        self.request = request
        self.watch = watch
        self.documents = documents
        self.store = store
        self.known: dict[tuple[str, str], Pivot] = {}
        """(language, sentence) -> pivot."""
        self.routes: dict[str, Route] = {}
        self.untranslatable: dict[str, LanguageError] = {}
        for language in sorted({s.language for d in documents for s in d.segments}):
            if language == request.pivot:
                continue
            try:
                self.routes[language] = routes(language, request.pivot)
            except LanguageError as error:
                self.untranslatable[language] = error

    def run(self) -> ParallelText:
        """Translate what is missing, show partial rows on the way, align."""
        missing = self._recall()
        due = [part * len(missing) for part in PARTIAL_AFTER] if missing else []
        for done in self.translate(missing):
            if self.watch.partial and due and done >= due[0]:
                due = [part for part in due if part > done]
                self.watch.partial(self.aligned(provisional=True))
            if self.watch.cancelled():
                return self.aligned(provisional=True)
        return self.aligned()

    # Translation

    def _recall(self) -> list[tuple[str, str]]:
        """Fetch what the memory knows; return what it does not, in reading order.

        Documents advance side by side, so that the first rows are complete first.
        """
        wanted: dict[tuple[str, str], float] = {}
        for document in self.documents:
            for i, (segment_, sentence) in enumerate(
                zip(document.segments, document.sentences, strict=True)
            ):
                if segment_.language in self.routes:
                    place = i / len(document.segments)
                    wanted.setdefault((segment_.language, sentence), place)
        for language, route in self.routes.items():
            texts = [text for code, text in wanted if code == language]
            for text, pivot in self.store.translations(texts, route.translator.key).items():
                self.known[language, text] = pivot
        missing = [key for key in wanted if key not in self.known]
        return sorted(missing, key=wanted.__getitem__)

    def translate(self, missing: Sequence[tuple[str, str]] | None = None) -> Iterator[int]:
        """Translate what is missing in growing batches, each kept at once; yield how many are done.

        Yields 0 before the first batch, so that a caller may show something at once.
        """
        todo = self._recall() if missing is None else missing
        done, size = 0, FIRST_BATCH
        while done < len(todo):
            self._report(done, len(todo))
            yield done
            batch = todo[done : done + size]
            by_language: defaultdict[str, list[str]] = defaultdict(list)
            for language, text in batch:
                by_language[language].append(text)
            for language, texts in by_language.items():
                self._translate_batch(language, texts)
            done += len(batch)
            size = min(2 * size, LARGEST_BATCH)
        if todo:
            self._report(done, len(todo))

    def _translate_batch(self, language: str, texts: list[str]) -> None:
        translator = self.routes[language].translator
        outputs = translator.translate(texts)
        pivots = {
            text: Pivot(output, suspicion(text, output))
            for text, output in zip(texts, outputs, strict=True)
        }
        self.store.keep_translations(pivots, translator.key)
        self.known.update(((language, text), pivot) for text, pivot in pivots.items())

    def _report(self, done: int, total: int) -> None:
        pairs = ", ".join(f"{language}-{self.request.pivot}" for language in self.routes)
        self.watch.progress(Progress("translate", done, total, "sentences", pairs))

    def pivots(self) -> tuple[tuple[Pivot, ...], ...]:
        """Return what is known of every segment; an empty text where nothing is."""
        return tuple(
            tuple(
                Pivot(sentence)
                if segment_.language == self.request.pivot
                else self.known.get((segment_.language, sentence), Pivot(""))
                for segment_, sentence in zip(document.segments, document.sentences, strict=True)
            )
            for document in self.documents
        )

    # Alignment

    def aligned(self, *, provisional: bool = False) -> ParallelText:
        """Align with the pivots there are; final rows come from the memory or go into it."""
        request, pivots = self.request, self.pivots()
        versions = to_versions(self.documents, pivots)
        total = sum(len(version.originals) for version in versions)
        if not provisional:
            self.watch.progress(Progress("align", 0, total, "sentences"))
        key = self._digest(versions)
        kept = None if provisional else self.store.alignment(key)
        if kept is None:
            alignment = align.align(
                versions, hub=request.hub, mode=request.mode, min_score=request.min_score
            )
            mode, rows = alignment.mode, self._whole(alignment.rows)
            if not provisional:
                self.store.keep_alignment(key, mode, rows)
        else:
            mode, rows = kept
        if not provisional:
            self.watch.progress(Progress("align", total, total, "sentences"))
        return ParallelText(
            documents=self.documents,
            pivots=pivots,
            rows=rows,
            hub=request.hub,
            mode=mode,
            provisional=provisional,
            notes=self._notes(),
        )

    def _whole(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Count segments in whole documents rather than among the kept ones."""
        kept = [document.kept for document in self.documents]
        return tuple(
            replace(
                row,
                segments=tuple(
                    tuple(kept[d][k] for k in cell) for d, cell in enumerate(row.segments)
                ),
            )
            for row in rows
        )

    def _digest(self, versions: Sequence[align.Version]) -> str:
        digest = hashlib.blake2b(digest_size=20)
        request = self.request
        settings = (_aligner(), request.hub, request.mode, request.min_score)
        digest.update(repr(settings).encode())
        for document, version in zip(self.documents, versions, strict=True):
            digest.update(repr((document.id, version.pivots)).encode())
        return digest.hexdigest()

    def _notes(self) -> tuple[str, ...]:
        notes = [
            f"{document.name}: {note}" for document in self.documents for note in document.notes
        ]
        notes += [str(error) for error in self.untranslatable.values()]
        notes += [route.note for route in self.routes.values() if route.note]
        return tuple(notes)
