"""Romanisation, by which names in different scripts get similar n-grams.

By the Unicode names of letters, which approximate their sounds: "Гагарин" becomes "gagarin" and
"マンデラ" "mandera". Ideographs are read as in Mandarin: "纳尔逊" becomes "ʼnaerxun".
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_NAME = re.compile(
    r"(?P<script>[A-Z]+)\b.*?(?:LETTER|SYLLABLE|CHARACTER|SIGN)"
    r"(?: (?:SMALL|SHORT|FINAL|LONG|INDEPENDENT|VOCALIC))* (?P<letter>[A-Z]+)"
)
_CONSONANTS = re.compile("(?:sh|th|kh|gh|ch|ph|ps|ts|zh)?")
_IDEOGRAPHS = re.compile("[\u3400-\u9fff]+")
READ = "\u02bc"
"""Put before the reading of ideographs: words are not separated there, and their stems shall not be
mistaken for those of written words."""
_NAMED_BY_SOUND = frozenset({"KATAKANA", "HIRAGANA", "HANGUL", "ETHIOPIC", "BOPOMOFO"})
"""Scripts of which the name of a letter is its sound; in others it begins with the sound."""
_SOUNDS = {
    # Kana, by the names of the Kunrei system, as other languages write them.
    "si": "shi",
    "ti": "chi",
    "tu": "tsu",
    "hu": "fu",
    "zi": "ji",
    # Cyrillic letters that are named after a vowel or begin with one.
    "ghe": "g",
    "shcha": "shch",
    "ie": "e",
    "io": "yo",
    "yu": "yu",
    "ya": "ya",
    "el": "l",
    "em": "m",
    "en": "n",
    "er": "r",
    "es": "s",
    "ef": "f",
    "hard": "",
    "soft": "",
    # Semitic letters that stand for a vowel more often than not.
    "waw": "u",
    "yeh": "i",
    "vav": "u",
    "yod": "i",
    "hamza": "",
    "virama": "",
}


class _Letters(dict[int, str]):
    """The romanisation of letters, by code point."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _sound(chr(code))
        return found


def _sound(letter: str) -> str:
    full = unicodedata.name(letter, "")
    if full.startswith("CJK "):
        return anyascii(letter).lower()
    name = _NAME.match(full)
    if letter.isascii() or not name or name["script"] in ("LATIN", "MODIFIER"):
        return letter
    called = name["letter"].lower()
    if called in _SOUNDS:
        return _SOUNDS[called]
    if name["script"] in _NAMED_BY_SOUND:
        return called
    first = _CONSONANTS.match(called)
    return (first and first[0]) or called[0]


_LETTERS = _Letters()


def romanized(text: str) -> str:
    """Return a text in Latin letters; characters without a reading stay as they are."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text.lower())
    return _IDEOGRAPHS.sub(READ + r"\g<0>", text).translate(_LETTERS)
