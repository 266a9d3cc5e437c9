"""Sources to documents: sentences, their languages, repeats and boilerplate.

    sentences    paragraphs ─▶ sentences
    repeats      sentences that a document says twice
    boilerplate  paragraphs that are not the story: menus, links, bylines; `phrases` are its data
    corpus       files of several aligned versions ─▶ documents and rows

Nothing is dropped: a segment that is skipped is marked and stays in its place.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

from reader.languages import SURE_FROM, identify, letters, may_be_one
from reader.model import Document, Segment, Segments, Skip, Source, one_line
from reader.segment.boilerplate import ARTICLE, boilerplate, is_dateline
from reader.segment.repeats import repeats
from reader.segment.sentences import sentences

# Paragraphs that vote on the language of a document, spread evenly over it.
_VOTERS = 50
# Least letters of a paragraph that votes, and of one that may have a language of its own.
_VOTER_LETTERS = 40
_OWN_LETTERS = 60
# A document has no language at all below this share of the votes.
_TOLD_FROM = 0.2
# A paragraph has a language of its own above this probability: of 17,000 sentences of FLORES, NTREX
# and WMT news with that many letters, none got another language than theirs.
_OWN_FROM = 0.97
# Characters of a paragraph that are looked at first; only if they differ, the whole is.
_GLANCE = 100


def segment(
    source: Source, *, name: str, language: str | None = None, segmented: bool = False
) -> Document:
    """Split a source into sentences and headings, and mark repeats and boilerplate.

    A given `language` holds for every segment. With None the language is identified, for the
    document and for each long paragraph that clearly differs. With `segmented` every line is one
    sentence, and none is skipped.
    """
    text = source.text
    notes = source.notes
    name = name.encode("utf-8", "replace").decode()  # what is no UTF-8 could not be kept
    if language is None:
        language, unsure = _language(source, name)
        notes += unsure
        languages = [_language_of(text[p.start : p.stop], language) for p in source.paragraphs]
    else:
        languages = [language] * len(source.paragraphs)
    split = tuple(_lines(source, languages) if segmented else _marked(source, languages))
    return Document(
        id=_digest(text, language, split),
        name=name,
        language=language,
        text=text,
        segments=Segments.of(split),
        notes=notes,
        cues=source.cues,
    )


def _marked(source: Source, languages: Sequence[str]) -> list[Segment]:
    """Return the segments; boilerplate is marked first, then repeats among the others."""
    text = source.text
    asides = {i: p.aside for i, p in enumerate(source.paragraphs) if p.aside}
    story = [i for i in range(len(source.paragraphs)) if i not in asides]
    lines = [one_line(text[source.paragraphs[i].start : source.paragraphs[i].stop]) for i in story]
    asides |= {story[k]: detail for k, detail in boilerplate(lines).items()}
    segments = list(_sentences(source, languages))
    for i, s in enumerate(segments):
        first = i == 0 or segments[i - 1].paragraph < s.paragraph
        if detail := asides.get(s.paragraph):
            segments[i] = s._replace(skip=Skip("boilerplate", detail))
        elif first and is_dateline(one_line(text[s.start : s.stop])):
            segments[i] = s._replace(skip=Skip("boilerplate", "dateline"))
    kept = [i for i, s in enumerate(segments) if s.skip is None]
    headings = {k for k, i in enumerate(kept) if segments[i].kind == "heading"}
    texts = [one_line(text[segments[i].start : segments[i].stop]) for i in kept]
    for k, skip in repeats(texts, headings, book=len(text) > ARTICLE).items():
        of = kept[skip.of] if skip.of is not None else None
        segments[kept[k]] = segments[kept[k]]._replace(skip=skip._replace(of=of))
    return segments


def _sentences(source: Source, languages: Sequence[str]) -> Iterator[Segment]:
    for i, (paragraph, language) in enumerate(zip(source.paragraphs, languages, strict=True)):
        start, stop, kind = paragraph.start, paragraph.stop, paragraph.kind
        if kind == "heading":
            yield Segment(start, stop, i, language, "heading")
            continue
        for first, last in sentences(source.text[start:stop], language):
            yield Segment(start + first, start + last, i, language)


def _lines(source: Source, languages: Sequence[str]) -> Iterator[Segment]:
    starts = [p.start for p in source.paragraphs]
    start = 0
    for line in source.text.split("\n"):
        if stripped := line.strip():
            first = start + len(line) - len(line.lstrip())
            i = bisect_right(starts, first) - 1
            heading = source.paragraphs[i].kind == "heading"
            kind: Literal["sentence", "heading"] = "heading" if heading else "sentence"
            yield Segment(first, first + len(stripped), i, languages[i], kind)
        start += len(line) + 1


def _language(source: Source, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the language of a source by a vote of its long paragraphs, and a note if unsure.

    The language that the file declares, which is often wrong, counts only if the vote is not clear.
    """
    story = [p for p in source.paragraphs if not p.aside] or source.paragraphs
    texts = [source.text[p.start : p.stop] for p in story]
    long = [text for text in texts if letters(text) >= _VOTER_LETTERS]
    votes: dict[str, float] = defaultdict(float)
    voters = long[:: len(long) // _VOTERS + 1] or [" ".join(texts)]
    for voter in voters:
        guess = identify(voter)
        votes[guess.code] += guess.probability * min(letters(voter), _GLANCE)
    code, won = max(votes.items(), key=lambda vote: vote[1])
    share = won / (sum(min(letters(v), _GLANCE) for v in voters) or 1)
    if code and share >= SURE_FROM:
        return code, ()
    if source.language:
        return source.language, ()
    if not code or share < _TOLD_FROM:
        return "", (f"language: cannot be told; --lang {name}=CODE sets it",)
    return code, (f"language: looks like {code} ({share:.0%}); --lang {name}=CODE sets it",)


def _language_of(text: str, language: str) -> str:
    """Return the language of a paragraph: that of the document unless it differs clearly."""
    if letters(text) < _OWN_LETTERS:
        return language
    if identify(text[:_GLANCE]).code in (language, ""):
        return language
    guess = identify(text)
    clear = guess.sure and guess.probability >= _OWN_FROM
    return guess.code if clear and not may_be_one(guess.code, language) else language


def _digest(text: str, language: str, segments: Sequence[Segment]) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    digest.update(repr((language, segments)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
