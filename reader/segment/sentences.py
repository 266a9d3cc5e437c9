"""Paragraphs to sentences: boundaries of sentencex, corrected where it errs systematically."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sentencex import get_sentence_boundaries

from reader.languages import is_small, is_unspaced

# sentencex keeps what stands between quotation marks in one piece, and a mark that is never closed
# swallows a page. Sentences inside speech are sentences here, so it does not see the marks.
_HIDE = str.maketrans(dict.fromkeys('"“”„‟«»‹›「」『』＂\n\t\u00a0\u202f', " "))
_HIDE_SINGLE = re.compile(r"(?<!\w)['‘’‚]|['‘’](?!\w)")
# What belongs to a sentence after its end mark: closing quotation marks and brackets, then the mark
# of a note. French sets a blank before its quotation mark; German closes with marks that open
# elsewhere, which in scripts without blanks between sentences do open.
_NOTE = r"[¹²³⁰⁴-⁹*†‡]*"
# sentencex knows the marks of notes in brackets only where they are numerals.
_LETTERED_NOTE = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…] ))\[[a-z]\]")
_CLOSERS = re.compile(rf"[\"”“»«›‹'’‘)\]]*(?:[ \u00a0\u202f]»(?=\s|$))?{_NOTE}")
_CLOSERS_UNSPACED = re.compile(rf"(?: ?[\"”’」』＂)\]）】〕》])*{_NOTE}")

# A sentence does not begin with a small letter, whatever stands before it: «– сказал он».
_OPENERS = re.compile(r"[\s'‘’()\[\]—–-]*")
# Nor does one begin with a Japanese particle after a closing quotation mark.
_QUOTED = re.compile(r"[」』](?=[とってなをがはも])")

# Boundaries that sentencex leaves out: an ellipsis, "etc." or a numeral before a capital (English
# "I" is no evidence), words that it takes for abbreviations, a speaker cut off by another.
_CLOSED = r"[\"'”’»)\]]*(?=\s+[\"'“„«¿¡—–-]*\s?(?!I\b)[A-ZÀ-ÞА-ЯЁ])"
_MORE = re.compile(
    rf"(?:…|\.\.\.|\. \. \.|\betc\.|\b[IVXLC]{{2,}}\.|\bи (?:т\. ?[дп]|др)\.){_CLOSED}"
    r"|[…—][”」』](?=[“「『])|[–—][\"'”’»](?=\s+[\"'“‘«])|[⁇⁈⁉‼｡។៕།༎]+"
)
_MORE_ENGLISH = re.compile(r"\b(?:art|fed|ill|may|me|miss|no)\.(?=[\"'”’)\]]*\s+[\"'“‘]?[A-Z])")
# Thai sets blanks between clauses rather than sentences: one is a boundary after so many letters
# (a sentence of FLORES has 120), if it is not beside a numeral or a foreign word.
_THAI = re.compile(r"(?<=[\u0e01-\u0e4e]) +(?=[\u0e01-\u0e4e])")
_THAI_LEAST = 60

# Abbreviations that stand before a name or a noun, and those that stand before a number, where
# sentencex ends a sentence. The rows "" hold for all languages.
_BEFORE_NAMES = {
    "": "dr drs prof mr mrs ms messrs mme mmes mlle st vs cf",
    "pt": "av sr sra srs dra profa eng exmo exma cia séc pça trav",
    "es": "av sr sra srta dra d dña avda cía ud uds",
    "fr": "m mm mlles me ste bd av",
    "it": "sig sigg dott ing avv on sen",
    "de": "str bzw ca hl bd",
    "en": "capt col gen lt sgt rev hon gov sen rep",
    "ru": "им г-н г-жа акад ул св т е др гр",
    "uk": "ім акад вул св",
    "ar": "د م أ",
}
_BEFORE_NUMBERS = {
    "": "no nos nr n nº p pp vol vols art fig figs cap ch sec ed",
    "pt": "pág págs tel par inc",
    "es": "pág págs núm núms",
    "de": "abb kap s tab",
    "ru": "рис стр с табл гл ст п пп вып",
    "uk": "рис стор с табл гл ст п",
}
_LIKE = {"pb": "pt", "gl": "pt", "ca": "es"}
_TOKEN = re.compile(r"(?:^|[\s(*—–-])([^\W\d_]+(?:-[^\W\d_]+)?)\.$")
# Languages that write ordinals with a full stop.
_ORDINALS = frozenset({"cs", "da", "de", "et", "fi", "hu", "lv", "nb", "sk", "sl"})
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
# Languages whose editions begin a sentence with a small letter.
_WITHOUT_CAPITALS = frozenset({"grc"})
# Codes that sentencex does not have.
_TAGS = {"pb": "pt", "zt": "zh", "nb": "no", "grc": "el", "": "en"}
# Characters looked at on either side of a boundary.
_CONTEXT = 40
_WORD = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")

# A longer piece without an end mark is cut at a lesser mark, so that a translator can cope, in
# characters; a character of an unspaced script is about three of an alphabet.
_LONGEST = 1500
_LONGEST_UNSPACED = 500
_LESSER = (";；؛", ":：", ",，、،", " \u3000\n")


def sentences(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield start and stop of every sentence of a paragraph, in order.

    Sentences are not blank, do not begin or end with white space, and hold every other character.
    `language` may be "".
    """
    longest = _LONGEST_UNSPACED if is_unspaced(language) else _LONGEST
    start = 0
    for cut in (*_boundaries(text, language), len(text)):
        for stop in (*_lesser_cuts(text, start, cut, longest), cut):
            piece = text[start:stop]
            if stripped := piece.strip():
                first = start + len(piece) - len(piece.lstrip())
                yield first, first + len(stripped)
            start = stop


def _boundaries(text: str, language: str) -> Iterator[int]:
    """Yield the positions at which one sentence ends and another begins."""
    hidden = _HIDE_SINGLE.sub(" ", text.translate(_HIDE))
    hidden = _LETTERED_NOTE.sub("[1]", hidden)
    closers = _CLOSERS_UNSPACED if is_unspaced(language) else _CLOSERS
    marked = {match.end() for match in _MORE.finditer(text)}
    if language == "en":
        marked |= {match.end() for match in _MORE_ENGLISH.finditer(text)}
    for boundary in get_sentence_boundaries(_TAGS.get(language, language), hidden):
        marked.add(boundary["start_index"] + len(boundary["text"].rstrip()))
    found = {closed.end() for mark in marked if (closed := closers.match(text, mark))}
    if language == "th":
        found |= _thai_boundaries(text)
    start = 0
    for cut in sorted(found):
        left = hidden[max(start, cut - _CONTEXT) : cut].rstrip()
        right = hidden[cut : cut + _CONTEXT]
        if not _belong(left, right, language) and not _QUOTED.match(text, cut - 1):
            yield cut
            start = cut


def _belong(left: str, right: str, language: str) -> bool:
    """Tell whether a sentence goes on across a boundary; quotation marks are hidden."""
    if not (_LETTER.search(left) and _WORD.search(right)):
        return True
    opening = _OPENERS.match(right)
    first = right[opening.end() :][:1] if opening else ""
    if is_small(first) and language not in _WITHOUT_CAPITALS:
        return True
    token = _TOKEN.search(left)
    if first.isdigit():
        return token is not None and token[1].casefold() in _before_numbers(language)
    if token is None:
        return language in _ORDINALS and bool(_ORDINAL.search(left))
    # English "I" is a numeral or a pronoun.
    initial = len(token[1]) == 1 and not is_small(token[1]) and token[1] != "I"
    return initial or token[1].casefold() in _before_names(language)


@cache
def _before_names(language: str) -> frozenset[str]:
    rows = _BEFORE_NAMES[""], _BEFORE_NAMES.get(_LIKE.get(language, language), "")
    return frozenset(" ".join(rows).split())


@cache
def _before_numbers(language: str) -> frozenset[str]:
    rows = _BEFORE_NUMBERS[""], _BEFORE_NUMBERS.get(_LIKE.get(language, language), "")
    return frozenset(" ".join(rows).split()) | _before_names(language)


def _thai_boundaries(text: str) -> set[int]:
    found, start = set(), 0
    for blank in _THAI.finditer(text):
        if blank.start() - start >= _THAI_LEAST:
            start = blank.end()
            found.add(start)
    return found


def _lesser_cuts(text: str, start: int, stop: int, longest: int) -> Iterator[int]:
    """Yield where to cut a piece that is too long: at the best mark in the last half of a part."""
    while stop - start > longest:
        room = text[start + longest // 2 : start + longest]
        at = next((i for marks in _LESSER if (i := _last(room, marks)) >= 0), len(room) - 1)
        start += longest // 2 + at + 1
        yield start


def _last(text: str, marks: str) -> int:
    return max(map(text.rfind, marks))
