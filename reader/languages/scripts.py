"""How languages are written: scripts, directions, blanks, capitals and the marks of sentences."""

from __future__ import annotations

import re

from reader.languages.codes import LANGUAGES

# What ends a sentence, and what may still follow: quotation marks (French sets a blank before its
# own), brackets, marks of emphasis and of notes. For character classes of regular expressions.
END_MARKS = ".!?。！？؟۔।॥።။։។།"
CLOSING = r"(?:[ \u00a0\u202f]?[\"'”’“»›«)\]」』）】*_¹²³⁰⁴-⁹†‡])*$"
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "hbo", "he", "ota", "ps", "sd", "syr", "ug", "ur", "yi")
)
_UNSPACED = frozenset(("bo", "ja", "km", "lo", "my", "th", "zh", "zt"))

# The characters of a script, by the blocks of Unicode 16 that its living languages use.
_SCRIPTS = {
    "Latn": r"A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ",
    "Cyrl": r"\u0400-\u052f",
    "Grek": r"\u0370-\u03ff\u1f00-\u1fff",
    "Arab": r"\u0620-\u064a\u0671-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "Hebr": r"\u05d0-\u05f4",
    "Deva": r"\u0900-\u0963",
    "Beng": r"\u0980-\u09e3",
    "Thai": r"\u0e01-\u0e4e",
    "Kore": r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "Kana": r"\u3041-\u30ff\uff66-\uff9f",
    "Hani": r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af",
}
# Those of languages, by their code, that (nearly) have a script to themselves; Argos lacks these.
OWN_SCRIPTS = {
    "am": r"\u1200-\u139f",
    "bo": r"\u0f00-\u0fff",
    "cop": r"\u2c80-\u2cff",
    "dv": r"\u0780-\u07bf",
    "got": r"\U00010330-\U0001034f",
    "gu": r"\u0a80-\u0aff",
    "hy": r"\u0530-\u058f",
    "ka": r"\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "km": r"\u1780-\u17ff",
    "kn": r"\u0c80-\u0cff",
    "lo": r"\u0e80-\u0eff",
    "ml": r"\u0d00-\u0d7f",
    "my": r"\u1000-\u109f",
    "or": r"\u0b00-\u0b7f",
    "pa": r"\u0a00-\u0a7f",
    "si": r"\u0d80-\u0dff",
    "syr": r"\u0700-\u074f",
    "ta": r"\u0b80-\u0bff",
    "te": r"\u0c00-\u0c7f",
}
# A Han character or a Kana is about as much text as so many letters of an alphabet.
_HAN_WEIGHT = 3
_LETTERS = {
    script: re.compile(f"[{letters}]") for script, letters in (_SCRIPTS | OWN_SCRIPTS).items()
}
_MIXTURES = {"Jpan": ("Hani", "Kana"), "Hans": ("Hani",), "Hant": ("Hani",)}
EAST_ASIAN = re.compile(f"[{_SCRIPTS['Hani']}{_SCRIPTS['Kana']}]")


def is_rtl(code: str) -> bool:
    """Tell whether the language is written from right to left."""
    return code in _RIGHT_TO_LEFT


def is_unspaced(code: str) -> bool:
    """Tell whether the language is written without blanks between words."""
    return code in _UNSPACED


def is_small(letter: str) -> bool:
    """Tell whether a letter is one that no sentence begins with; Georgian does without capitals."""
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"


def letters(text: str) -> int:
    """Count the letters of a text; a Han character or a Kana is as much as three."""
    return sum(map(str.isalpha, text)) + (_HAN_WEIGHT - 1) * len(EAST_ASIAN.findall(text))


def in_script(text: str, code: str) -> bool:
    """Tell whether more than half of the letters of a text are of the script of a language.

    True for any text with letters where the language or its script is not known.
    """
    count = sum(map(str.isalpha, text))
    script = LANGUAGES[code].script if code in LANGUAGES else ""
    parts = [_LETTERS[s] for s in _MIXTURES.get(script, (script,)) if s in _LETTERS]
    if not parts:
        return count > 0
    return 2 * sum(len(part.findall(text)) for part in parts) > count > 0


def letters_by_script(text: str) -> dict[str, int]:
    """Return script (ISO 15924, or a code of `OWN_SCRIPTS`) -> its `letters` in a text."""
    counts = {script: len(found.findall(text)) for script, found in _LETTERS.items()}
    counts["Hani"] *= _HAN_WEIGHT
    counts["Kana"] *= _HAN_WEIGHT
    return counts
