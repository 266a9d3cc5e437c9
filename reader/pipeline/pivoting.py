"""Sentences to the pivot language; each is translated once and then kept."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reader import packages
from reader.errors import LanguageError
from reader.languages import LANGUAGES
from reader.model import Document, Pivot, Pivots, Progress
from reader.pipeline.request import Request, Watch
from reader.store import Store
from reader.suspicion import suspicion
from reader.translate import ArgosTranslator, Translator, unload

# The first batches are small so that the first rows can be read soon. From some hundred sentences
# on, sorted batches translate no faster, and a killed run would lose more.
FIRST_BATCH = 16
LARGEST_BATCH = 128
# Languages so much alike that the package for one serves the other.
VARIETIES = {"pt": "pb", "pb": "pt"}


@dataclass(frozen=True, slots=True)
class Route:
    """How to translate from one language to another."""

    translator: Translator
    starters: tuple[str, ...] = ()
    """Codes of the starter packages it uses, as `reader models install` takes them."""


Routes = Callable[[str, str], Route]
"""(source, target) -> route; raises LanguageError where no package leads there."""


def argos(folder: Path) -> Routes:
    """Return the routes through the installed Argos packages."""

    @cache
    def available() -> tuple[packages.Package, ...]:
        return packages.installed(packages.search_path(folder))

    def find(source: str, target: str) -> Route:
        try:
            legs = packages.route(available(), source, target)
        except LanguageError as missing:
            try:
                legs = packages.route(available(), VARIETIES.get(source, source), target)
            except LanguageError:
                raise missing from None
        starters = (packages.pair_code(leg.source, leg.target) for leg in legs if leg.starter)
        return Route(ArgosTranslator(legs), tuple(starters))

    return find


class Pivoting:
    """The pivots of some documents: those in the store, and those translated on the way."""

    def __init__(
        self,
        request: Request,
        documents: Sequence[Document],
        store: Store,
        routes: Routes,
        *,
        wanted: Sequence[Sequence[int]] | None = None,
    ) -> None:
        """Look up what is `wanted`: indices of segments per document, None for all of them."""
        self._request = request
        self._documents = documents
        self._wanted = wanted or [range(len(document.segments)) for document in documents]
        self._store = store
        self._known: dict[tuple[str, str], Pivot] = {}
        """(language, sentence) -> pivot."""
        self._routes: dict[str, Route] = {}
        self.untranslatable: dict[str, LanguageError] = {}
        """Language that no package translates -> an error that says what to install."""
        self._spoken = [
            document.segments.languages(indices)
            for document, indices in zip(documents, self._wanted, strict=True)
        ]
        for language in sorted(set[str]().union(*self._spoken)):
            if language in (request.pivot, ""):
                continue  # of an unknown language the document's own note says what to do
            try:
                self._routes[language] = routes(language, request.pivot)
            except LanguageError as error:
                self.untranslatable[language] = error
        self._whole: dict[int, Pivots] = {}
        """Document of which nothing is missing -> its pivots."""
        self.missing = self._recall()
        """(language, sentence) of all that must be translated, in the order of translation."""

    def _recall(self) -> list[tuple[str, str]]:
        """Fetch what the store has; return what it lacks, see `missing`.

        Documents are translated side by side, so that the first rows are complete first.
        """
        wanted: dict[tuple[str, str], float] = {}
        for d, (document, indices) in enumerate(zip(self._documents, self._wanted, strict=True)):
            if self._spoken[d].isdisjoint(self._routes):
                continue
            if whole := self._store.pivots(self._key(d)):
                self._whole[d] = whole
                continue
            for k, i in enumerate(indices):
                language = document.segments[i].language
                if language in self._routes:
                    wanted.setdefault((language, document.sentence(i)), k / len(indices))
        for language, route in self._routes.items():
            texts = [text for code, text in wanted if code == language]
            for text, pivot in self._store.translations(texts, route.translator.key).items():
                self._known[language, text] = pivot
        missing = [key for key in wanted if key not in self._known]
        return sorted(missing, key=wanted.__getitem__)

    def _key(self, d: int) -> str:
        """Return a digest of all that the pivots of a document depend on."""
        models = [
            (language, route.translator.key)
            for language, route in self._routes.items()
            if language in self._spoken[d]
        ]
        made_of = self._documents[d].id, len(self._wanted[d]), self._request.pivot, models
        return hashlib.blake2b(repr(made_of).encode(), digest_size=20).hexdigest()

    def translate(self, watch: Watch) -> Iterator[int]:
        """Translate what is missing in growing batches and keep each in the store.

        Yields before each batch how many sentences are done, so 0 at first.
        """
        done, size = 0, FIRST_BATCH
        while done < len(self.missing):
            self._report(done, watch)
            yield done
            batch = self.missing[done : done + size]
            by_language: defaultdict[str, list[str]] = defaultdict(list)
            for language, text in batch:
                by_language[language].append(text)
            for language, texts in by_language.items():
                self._translate_batch(language, texts)
            done += len(batch)
            size = min(2 * size, LARGEST_BATCH)
        if self.missing:
            unload()
            self._report(done, watch)

    def _translate_batch(self, language: str, texts: list[str]) -> None:
        translator = self._routes[language].translator
        outputs = translator.translate(texts)
        pivots = {
            text: Pivot(output, suspicion(text, output))
            for text, output in zip(texts, outputs, strict=True)
        }
        self._store.keep_translations(pivots, translator.key)
        self._known.update(((language, text), pivot) for text, pivot in pivots.items())

    def _report(self, done: int, watch: Watch) -> None:
        pairs = ", ".join(f"{language}-{self._request.pivot}" for language in self._routes)
        watch.progress(Progress("translate", done, len(self.missing), "sentences", pairs))

    def columns(self) -> tuple[Pivots, ...]:
        """Return the pivots of every document, with an empty text where there is none yet.

        The pivots of a complete document are kept in the store as a whole.
        """
        return tuple(self._column(d) for d in range(len(self._documents)))

    def _column(self, d: int) -> Pivots:
        document = self._documents[d]
        if d in self._whole:
            return self._whole[d]
        if document.segments.languages(document.kept) == {self._request.pivot}:
            return Pivots(document.sentences)
        pivots = [Pivot("")] * len(document.segments)
        for i, segment in enumerate(document.segments):
            if segment.language == self._request.pivot:
                pivots[i] = Pivot(document.sentence(i))
        lacking = False
        for i in self._wanted[d]:
            language = document.segments[i].language
            if language in self._routes:
                pivot = self._known.get((language, document.sentence(i)))
                pivots[i] = pivot or pivots[i]
                lacking |= pivot is None
        column = Pivots.of(pivots)
        if not lacking and not self._spoken[d].isdisjoint(self._routes):
            self._store.keep_pivots(self._key(d), column)
            self._whole[d] = column
        return column

    @property
    def models(self) -> tuple[str, ...]:
        """Per document the key of the translator of its language, "" for none."""
        return tuple(
            self._routes[document.language].translator.key
            if document.language in spoken and document.language in self._routes
            else ""
            for document, spoken in zip(self._documents, self._spoken, strict=True)
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes for the user on missing packages and on starter packages."""
        notes, pivot = [], self._request.pivot
        if beyond := [code for code in self.untranslatable if code not in LANGUAGES]:
            notes.append(
                f"{', '.join(beyond)}: Argos Translate has no package; compared by names, numbers "
                "and lengths"
            )
        if missing := [code for code in self.untranslatable if code in LANGUAGES]:
            codes = " ".join(packages.pair_code(language, pivot) for language in missing)
            notes.append(
                f"{', '.join(missing)}: no package leads to {pivot!r}; "
                f"`reader models install {codes}` gets what is missing"
            )
        rough = {code: route.starters for code, route in self._routes.items() if route.starters}
        if rough:
            codes = " ".join(dict.fromkeys(code for codes in rough.values() for code in codes))
            notes.append(
                f"{', '.join(rough)}: rough English by a starter package; "
                f"`reader models install {codes}` gets the full one"
            )
        return tuple(notes)
