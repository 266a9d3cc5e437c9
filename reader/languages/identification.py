"""Identify the language of a text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reader.languages.codes import LANGUAGES, OTHERS
from reader.languages.scripts import OWN_SCRIPTS, letters_by_script

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier


@dataclass(frozen=True, slots=True)
class Guess:
    """The language that a text seems to be in."""

    code: str
    """"" if it is none that is known."""
    sure: bool
    probability: float
    """In [0, 1]; calibrated to the length of the text (temperature of py3langid)."""
    runner_up: str = ""
    """The next language that Argos knows, "" for none."""


# Above this probability 98 % of three-word excerpts of FLORES and WMT news were right (measured on
# en, pt, ru, tr, ar, zh and ja, 250 each); below it 40 to 90 %.
SURE_FROM = 0.6
# Below this it is a random label, mostly of a text in no language of Argos.
_NONE_BELOW = 0.05
# Letters that a text needs before the guess about it may be called sure: about three words.
_SURE_LETTERS = 12
# Characters looked at; more of them changed no answer.
_LOOKED_AT = 2000
# Japanese prose is at least a third Kana; a Chinese text may quote a little of it.
_KANA_SHARE = 0.1
# Very frequent characters that only one of the two standards has, pair by pair.
_SIMPLIFIED = frozenset("们这说时对为来国会过发个后没当开关问从还长门马东车见让话书点听写")
_TRADITIONAL = frozenset("們這說時對為來國會過發個後沒當開關問從還長門馬東車見讓話書點聽寫")
# Very frequent words of Yiddish, points left out, that Hebrew hardly has; their share in a text.
_YIDDISH = frozenset(
    [
        "און",
        "איז",
        "די",
        "דער",
        "דעם",
        "דאס",
        "האט",
        "וואס",
        "זיך",
        "מיט",
        "ניט",
        "נישט",
        "פון",
        "אויף",
    ]
)
_YIDDISH_SHARE = 0.1
_POINTS = re.compile(r"[\u0591-\u05c7]")
# How many of the identifier's 140 labels are looked at: the others come to nothing.
_RANKED = 12
# The labels of the identifier that stand for one of our codes.
_LABELS = {"no": "nb", "nn": "nb", "ary": "ar", "arz": "ar", "gug": "gn", "kik": "ki", "uzs": "uz"}

# Standards of one language, which a sentence need not tell apart: it may have no character or word
# that only one of them has.
_CHINESE = frozenset({"zh", "zt"})
_SERBO_CROATIAN = frozenset({"bs", "hr", "sr"})


def may_be_one(code: str, other: str) -> bool:
    """Tell whether two codes may stand for one language, as far as a sentence shows."""
    return any({code, other} <= alike for alike in ({code}, _CHINESE, _SERBO_CROATIAN))


def identify(text: str) -> Guess:
    """Guess the language of a text; one that Argos lacks only where it is the likeliest by far.

    The script decides first. Only the first 2,000 characters are looked at. A text in a language
    that is not known gets none or the nearest one, and is not `sure`.
    """
    text = unicodedata.normalize("NFC", text[:_LOOKED_AT])
    counts = letters_by_script(text)
    east_asian = counts["Hani"] + counts["Kana"]
    script = max(counts, key=lambda s: counts[s])
    share = counts[script] / (sum(counts.values()) or 1)
    enough = sum(counts.values()) >= _SURE_LETTERS and share >= SURE_FROM
    match script:
        case _ if not counts[script]:
            return Guess("", sure=False, probability=0.0)
        case "Hani" | "Kana" if counts["Kana"] >= _KANA_SHARE * east_asian:
            share = east_asian / sum(counts.values())
            return Guess("ja", sure=share >= SURE_FROM, probability=share, runner_up="zh")
        case "Hani":
            return _chinese(text, share, enough)
        case "Hebr":
            return _hebrew(text, share, enough)
        case "Thai" | "Kore":
            code = next(c for c, language in LANGUAGES.items() if language.script == script)
            return Guess(code, sure=enough, probability=share)
        case code if code in OWN_SCRIPTS:
            return Guess(code, sure=enough, probability=share)
    return _identified(text, script, enough)


def _chinese(text: str, share: float, enough: bool) -> Guess:
    simplified = sum(c in _SIMPLIFIED for c in text)
    traditional = sum(c in _TRADITIONAL for c in text)
    code, other = ("zt", "zh") if traditional > simplified else ("zh", "zt")
    return Guess(code, sure=enough, probability=share, runner_up=other)


def _hebrew(text: str, share: float, enough: bool) -> Guess:
    words = re.findall(r"\w+", _POINTS.sub("", text.replace("\u05f0", "וו")))
    if sum(word in _YIDDISH for word in words) >= _YIDDISH_SHARE * len(words):
        return Guess("yi", sure=enough, probability=share, runner_up="he")
    return Guess("he", sure=enough, probability=share)


def _identified(text: str, script: str, enough: bool) -> Guess:
    ranked: dict[str, float] = {}
    for label, probability in _identifier().rank(text.lower())[:_RANKED]:
        code = _LABELS.get(label, label)
        ranked[code] = ranked.get(code, 0.0) + probability
    known = [c for c in ranked if c in LANGUAGES and LANGUAGES[c].script == script]
    known.sort(key=lambda c: -ranked[c])
    best, second = (*known, "", "")[:2]
    likeliest = max(ranked, key=ranked.__getitem__)
    alike = _SERBO_CROATIAN if likeliest in _SERBO_CROATIAN else {likeliest}
    share = min(1.0, sum(ranked.get(code, 0.0) for code in alike))
    if likeliest in OTHERS and enough and share >= SURE_FROM:
        return Guess(likeliest, sure=True, probability=share, runner_up=best)
    probability = min(1.0, ranked.get(best, 0.0))
    if probability < _NONE_BELOW:
        return Guess("", sure=False, probability=probability, runner_up=best)
    return Guess(best, enough and probability >= SURE_FROM, probability, runner_up=second)


@cache
def _identifier() -> LanguageIdentifier:
    # Loading takes 0.2 s and 100 MB: only for texts whose script leaves the question open.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
