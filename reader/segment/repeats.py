"""Find sentences that a document says twice: crawled pages repeat paragraphs, headlines and lists.

Literature repeats itself on purpose. So a short sentence is a repeat only within a longer repeated
block, and in a book only blocks are repeats. In doubt a sentence is none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from reader.languages import EAST_ASIAN, letters
from reader.model import Skip

# A sentence is long enough to be a repeat by itself from this many letters and words: nobody says
# so much twice by chance. A Han character or a Kana counts as a word.
_LONG_LETTERS = 60
_LONG_WORDS = 8
# In a book a block is a repeat if it has so many sentences and letters.
_BLOCK_SENTENCES = 3
_BLOCK_LETTERS = 300
# A heading that stands twice in a row is a repeated headline from so many words.
_HEADLINE_WORDS = 3

# Near sentences share at least so many words in a row (a shingle), and a sentence is compared to at
# most so many earlier ones with an equal shingle, which bounds the cost.
_SHINGLE = 4
_CANDIDATES = 8
# Near sentences are at least so similar (rapidfuzz ratio, 0 to 100) and differ in at most one word
# in so many: a long word may be misspelt by one letter, a short one may be missing (in letters).
_NEAR = 90
_WORDS_PER_CHANGE = 10
_LONG_WORD = 5
_SHORT_WORD = 3

_WORDS = re.compile(rf"{EAST_ASIAN.pattern}|\w+")
# Short words that negate a sentence.
_NEGATIONS = frozenset(
    {"no", "not", "nor", "não", "nem", "ni", "ne", "pas", "non", "mai", "nie", "не", "ни", "ні"}
)


@dataclass(frozen=True)
class _Sentence:
    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words as they are compared: without case and punctuation."""
        return tuple(_WORDS.findall(self.text.casefold()))

    @property
    def is_long(self) -> bool:
        return len(self.words) >= _LONG_WORDS and letters(self.text) >= _LONG_LETTERS

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Words with a capital or a digit, the first word left out: none may differ."""
        words = _WORDS.findall(self.text)[1:]
        return tuple(w.casefold() for w in words if w[0].isupper() or not w.isalpha())


def repeats(texts: Sequence[str], headings: Container[int], *, book: bool) -> dict[int, Skip]:
    """Return index -> `Skip` for the sentences that repeat an earlier one.

    `headings` are the indices of texts that are headings. The cost is linear in the length of the
    texts.
    """
    sentences = [_Sentence(text) for text in texts]
    skips: dict[int, Skip] = {}
    for earlier, later in _pairs(sentences, headings, near=not book):
        if later in skips:
            continue
        block = _block(sentences, earlier, later)
        if book and not _is_long_block([sentences[b] for _, b in block]):
            continue
        for a, b in block:
            first = skips[a].of if a in skips else a
            detail = "exact" if texts[a] == texts[b] else "near"
            skips.setdefault(b, Skip("repeat", detail, first))
    return dict(sorted(skips.items()))


def _pairs(
    sentences: Sequence[_Sentence], headings: Container[int], *, near: bool
) -> Iterator[tuple[int, int]]:
    """Yield (earlier, later) of long sentences that are equal or near, and of doubled headlines."""
    seen: dict[tuple[str, ...], int] = {}
    shingles: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, sentence in enumerate(sentences):
        if not sentence.is_long:
            again = i in headings and i - 1 in headings and _are_equal(sentences, i - 1, 1)
            if again and len(sentence.words) >= _HEADLINE_WORDS:
                yield i - 1, i
            continue
        earlier = seen.setdefault(sentence.words, i)
        if earlier == i and near:
            earlier = _near(i, sentences, shingles)
        if earlier < i:
            yield earlier, i


def _near(
    index: int, sentences: Sequence[_Sentence], shingles: dict[tuple[str, ...], list[int]]
) -> int:
    """Return an earlier sentence that is near, or else `index`; add this one's to the shingles."""
    words = sentences[index].words
    shared: Counter[int] = Counter()
    for row in {words[k : k + _SHINGLE] for k in range(len(words) - _SHINGLE + 1)}:
        known = shingles[row]
        shared.update(known)
        if len(known) < _CANDIDATES:
            known.append(index)
    likely = (j for j, _ in shared.most_common(2))
    return next((j for j in likely if _are_near(sentences[j], sentences[index])), index)


def _are_near(a: _Sentence, b: _Sentence) -> bool:
    """Tell whether two sentences differ only in spelling, or in short words that matter little."""
    if a.names != b.names or fuzz.ratio(" ".join(a.words), " ".join(b.words)) < _NEAR:
        return False
    gone = list((Counter(a.words) - Counter(b.words)).elements())
    come = list((Counter(b.words) - Counter(a.words)).elements())
    if max(len(gone), len(come)) > max(len(a.words), len(b.words)) // _WORDS_PER_CHANGE:
        return False
    for word in gone.copy():
        if match := next((w for w in come if _is_misspelt(w, word)), None):
            gone.remove(word)
            come.remove(match)
    if gone and come:  # "two" is short and no spelling of "six"
        return False
    return all(
        len(w) <= _SHORT_WORD and w not in _NEGATIONS and not EAST_ASIAN.match(w)
        for w in gone + come
    )


def _is_misspelt(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= _LONG_WORD and OSA.distance(a, b, score_cutoff=1) <= 1


def _block(sentences: Sequence[_Sentence], earlier: int, later: int) -> list[tuple[int, int]]:
    """Extend a repeat over its equal neighbours; return all (earlier, later) in order."""
    gap = later - earlier
    start, stop = earlier, earlier + 1
    while start and stop - start < gap and _are_equal(sentences, start - 1, gap):
        start -= 1
    while stop + gap < len(sentences) and stop - start < gap and _are_equal(sentences, stop, gap):
        stop += 1
    return [(a, a + gap) for a in range(start, stop)]


def _are_equal(sentences: Sequence[_Sentence], index: int, gap: int) -> bool:
    return sentences[index].words == sentences[index + gap].words


def _is_long_block(block: Sequence[_Sentence]) -> bool:
    return len(block) >= _BLOCK_SENTENCES and sum(letters(s.text) for s in block) >= _BLOCK_LETTERS
