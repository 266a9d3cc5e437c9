"""Documents whose paragraphs are in two languages by turns, as programs that translate books do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reader.formats.corpus.builder import CorpusBuilder, Details, Version
from reader.languages import identify, letters, may_be_one
from reader.model import Corpus, Source
from reader.printable import counted

# Least letters of a paragraph whose language is identified.
_LONG = 25
# Such paragraphs at the beginning that are looked at, at most and at least.
_GLANCE = 60
_LEAST = 10
# Least share of neighbours among these that are in different languages.
_TURNS = 0.8


def in_turns(source: Source) -> Corpus | None:
    """Return the two versions of a text in which each paragraph is followed by its translation.

    None for any other text, and for subtitles. Paragraphs that are set aside are left out.
    """
    if source.cues:
        return None
    story = [paragraph for paragraph in source.paragraphs if not paragraph.aside]
    texts = [source.text[paragraph.start : paragraph.stop] for paragraph in story]
    codes = _languages(texts)
    if len(codes) < 2:
        return None
    versions = [Version(code) for code in codes]
    builder = CorpusBuilder(dict.fromkeys(versions))
    for unit in _units(texts, codes):
        heading = any(story[k].kind == "heading" for k in unit.values())
        builder.add({Version(code): texts[k] for code, k in unit.items()}, Details(heading=heading))
    told = f"paragraphs: {' and '.join(codes)} by turns; name one with --lang to read them as one"
    notes = [*source.notes, told]
    if left := len(source.paragraphs) - len(story):
        notes.append(f"paragraphs: {counted(left, 'one', 'others')} beside the text left out")
    return builder.build(notes)


def _languages(texts: Sequence[str]) -> list[str]:
    """Return the two languages that take turns, the first one first; [] if there are no such."""
    long = [text for text in texts if letters(text) >= _LONG][:_GLANCE]
    found = [identify(text).code for text in long]
    common = [code for code, _ in Counter(found).most_common(2)]
    if len(found) < _LEAST or "" in common or len(common) < 2 or may_be_one(*common):
        return []
    turns = sum({a, b} == set(common) for a, b in pairwise(found))
    return sorted(common, key=found.index) if turns >= _TURNS * (len(found) - 1) else []


def _units(texts: Sequence[str], codes: Sequence[str]) -> Iterator[dict[str, int]]:
    """Yield language -> index for each paragraph and its translation; one may be missing."""
    unit: dict[str, int] = {}
    for k, text in enumerate(texts):
        code = identify(text).code
        if code not in codes or letters(text) < _LONG:  # too short to tell: it may be its turn
            code = codes[1] if codes[0] in unit else codes[0]
        if code in unit:
            yield unit
            unit = {}
        unit[code] = k
        if code == codes[1]:
            yield unit
            unit = {}
    if unit:
        yield unit
