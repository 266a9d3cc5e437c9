"""Make `reader/align/dictionaries.zip`: `python -m tests.eval.dictionary CLDR -o FILE`.

From Unicode's CLDR (licence: Unicode-3.0), in all languages that it knows enough of: countries,
cities, languages, months, days, currencies, units, and the words that emoji are searched by.

CLDR is a folder with packages of its data as JSON: `npm install cldr-core cldr-annotations-full
cldr-dates-full cldr-localenames-full cldr-numbers-full cldr-units-full` puts them in node_modules.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZIP_LZMA, ZipFile, ZipInfo

from reader.align.dictionary import LEAST, LEAST_UNSPACED
from reader.align.text import fold, tokens, unspaced
from reader.languages import CODES, OTHERS

ENGLISH = "en"
LOCALES = {"pb": "pt", "pt": "pt-PT", "zt": "zh-Hant", "tl": "fil", "nb": "no"}
"""What CLDR calls a language, where it is not our code."""
SHORT = {"zh": ("months", "days"), "zt": ("months", "days"), "ja": ("months",)}
"""What is usually abbreviated in a language."""
CURRENCIES = ("USD", "EUR", "GBP", "JPY", "RUB", "CNY", "INR", "CHF", "TRY", "BRL")
UNITS = re.compile(
    "duration-(century|decade|year|month|week|day|hour|minute|second)|concentr-percent"
    "|length-((kilo|centi|milli)?meter|mile|foot|inch)|mass-(kilogram|gram|tonne|pound)"
    "|area-(hectare|acre|square-(kilo)?meter)|temperature-celsius|volume-liter"
)
ALSO = {
    "united states": "us usa america american",
    "united kingdom": "uk britain british england",
    "turkiye": "turkey",
    "netherlands": "holland",
    "european union": "eu",
    "united nations": "un",
    "egypt": "egyptian",
    "iran": "iranian",
    "iraq": "iraqi",
    "mexico": "mexican",
    "canada": "canadian",
}
"""What else is said in English."""
EMPTY = frozenset("a an and at by for in no not of on or out per the to up with".split())  # noqa: SIM905
WORDS = 2
"""Words of a name in English at most."""
OFFICIAL = 2
"""Languages of a country at most that its people may be called by."""
ROUNDS = 12
"""Rounds of expectation maximisation."""
LIKELY = 0.2
"""Least probability of a translation. From .1 to .3, more entries are better for alignment than
surer ones; at .1 the file is a third larger and no better."""
SEVERAL = 3
"""Translations of a word at most."""
ENOUGH = 500
"""Entries of a language at least; CLDR has next to nothing of many."""
KANA = re.compile("[\u3040-\u30ff]+")
LEAST_KANA = 3
"""Characters of an entry in kana at least: they mostly spell foreign names by syllables."""
LONGEST = 40
"""Characters of an entry at most."""


def _read(file: Path, *keys: str) -> Mapping[str, Any]:
    """Return a part of a file; empty if it is not there."""
    found: Mapping[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    for key in keys:
        found = found.get(key, {})
    return found


def _part(cldr: Path, package: str, code: str, file: str, *keys: str) -> Mapping[str, Any]:
    """Return a part of a file of a language; empty if the language has none."""
    locale = LOCALES.get(code, code)
    path = cldr / f"cldr-{package}-full" / "main" / locale / file
    return _read(path, "main", locale, *keys)


def named(cldr: Path, code: str) -> Iterator[tuple[str, str]]:
    """Yield keys of things, each with a name of it in a language."""
    part = partial(_part, cldr)
    display = "localeDisplayNames"
    for key, name in part("localenames", code, "territories.json", display, "territories").items():
        yield f"territory {key.partition('-')[0]}", name
    for key, name in part("localenames", code, "languages.json", display, "languages").items():
        if len(key) == 2:
            yield f"language {key}", name
    zones = part("dates", code, "timeZoneNames.json", "dates", "timeZoneNames", "zone")
    yield from ((f"city {key}", city) for key, city in _cities(zones, ""))
    calendar = part("dates", code, "ca-gregorian.json", "dates", "calendars", "gregorian")
    yield from _dates(calendar, SHORT.get(code, ()))
    currencies = part("numbers", code, "currencies.json", "numbers", "currencies")
    units = part("units", code, "units.json", "units", "long")
    yield from _counted({key: currencies.get(key, {}) for key in CURRENCIES})
    yield from _counted({key: found for key, found in units.items() if UNITS.fullmatch(key)})


def _cities(zones: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    for key, zone in zones.items():
        if "exemplarCity" in zone:
            yield f"{path}/{key}", zone["exemplarCity"]
        elif isinstance(zone, Mapping):
            yield from _cities(zone, f"{path}/{key}")


def _dates(calendar: Mapping[str, Any], short: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield months and days, also abbreviated if that is usual."""
    for kind in ("months", "days"):
        for width in ("wide", "abbreviated")[: 1 + (kind in short)]:
            for form in ("format", "stand-alone"):
                for key, name in calendar.get(kind, {}).get(form, {}).get(width, {}).items():
                    yield f"{kind} {key}", name


def _counted(names: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what goes with numbers, in the forms that go with one and with several."""
    for key, forms in names.items():
        for form, name in forms.items():
            if "displayName" in form or form.startswith("unitPattern"):
                yield f"counted {key}", re.sub(r"\W*\{0\}\W*", "", name)


def in_english(key: str, names: Iterable[str], people: Iterable[str]) -> list[str]:
    """Return the words that a thing may be called by in English; none if it has no simple name.

    Args:
        key: of the thing.
        names: of it in English, folded.
        people: what the people of a country may be called by, folded.
    """
    found = [word for name in names for word in [*telling(name), *ALSO.get(name, "").split()]]
    if found and key.startswith("territory "):
        found += [word + "n" for word in found if word.endswith("a")]
        found += people
    return found


def telling(name: str) -> list[str]:
    """Return the words of a name in English; none if they are too many to tell what is meant."""
    words = [word for word in tokens(name) if len(word) > 1 and word not in EMPTY]
    return words if len(words) <= WORDS else []


def peoples(cldr: Path) -> Mapping[str, list[str]]:
    """Return per territory what its people may be called by: languages that are at home there."""
    core = cldr / "cldr-core" / "supplemental"
    home = _read(core / "likelySubtags.json", "supplemental", "likelySubtags")
    spoken = _read(core / "territoryInfo.json", "supplemental", "territoryInfo")
    display = ("localeDisplayNames", "languages")
    called = _part(cldr, "localenames", ENGLISH, "languages.json", *display)
    return {
        territory: fold(
            [
                called[code]
                for code, fact in facts.get("languagePopulation", {}).items()
                if len(code) == 2
                and code in called
                and "_officialStatus" in fact
                and home.get(code, "").endswith(f"-{territory}")
            ]
        )[:OFFICIAL]
        for territory, facts in spoken.items()
    }


def pictured(cldr: Path, code: str) -> dict[str, list[str]]:
    """Return the words in a language that emoji are searched by, folded; the name comes first."""
    locale = LOCALES.get(code, code)
    found: dict[str, list[str]] = {}
    # A variety has only what is other than in the language.
    for folder in dict.fromkeys((locale.partition("-")[0], locale)):
        file = cldr / "cldr-annotations-full" / "annotations" / folder / "annotations.json"
        signs = _read(file, "annotations", "annotations")
        found |= {
            sign: fold(words["tts"] + words.get("default", []))
            for sign, words in signs.items()
            if "tts" in words
        }
    return {sign: [word for word in dict.fromkeys(words) if word] for sign, words in found.items()}


def meanings(
    native: Mapping[str, Sequence[str]], english: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Return what words mean by which emoji are searched in two languages.

    The names of an emoji mean the same; of other words IBM model 1 (Brown et al. 1993) tells,
    an emoji being a sentence.
    """
    both = [(native[sign], english[sign]) for sign in sorted(native.keys() & english.keys())]
    chance: dict[str, dict[str, float]] = defaultdict(dict)
    for words, others in both:
        for word in words:
            chance[word].update(dict.fromkeys(others, 1.0))
    for _ in range(ROUNDS):
        seen: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for words, others in both:
            for other in others:
                share = sum(chance[word][other] for word in words)
                for word in words:
                    seen[word][other] += chance[word][other] / share
        chance = {
            word: {other: n / sum(counts.values()) for other, n in counts.items()}
            for word, counts in seen.items()
        }
    found: dict[str, list[str]] = {
        word: [
            other
            for other in sorted(others, key=lambda x: -others[x])[:SEVERAL]
            if others[other] >= LIKELY
        ]
        for word, others in chance.items()
    }
    for words, others in both:
        found[words[0]].append(others[0])
    return found


def collect(cldr: Path, codes: Sequence[str]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield per language its names for things, folded, and the English words for each."""
    every = {code: list(folded(named(cldr, code))) for code in [ENGLISH, *codes]}
    english: dict[str, list[str]] = defaultdict(list)
    for key, name in every[ENGLISH]:
        english[key].append(name)
    people = peoples(cldr)
    # English has no name of a city that is called as its time zone.
    for key in {key for names in every.values() for key, _ in names if key.startswith("city ")}:
        english.setdefault(key, fold([key.rpartition("/")[2].replace("_", " ")]))
    words = {
        key: in_english(key, names, people.get(key.rpartition(" ")[2], []))
        for key, names in english.items()
    }
    signs = pictured(cldr, ENGLISH)
    for code in codes:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for key, name in every[code]:
            found[name] |= dict.fromkeys(words.get(key, []))
        for name, others in meanings(pictured(cldr, code), signs).items():
            found[name] |= dict.fromkeys(word for other in others for word in telling(other))
        yield (
            code,
            {n: list(w) for n, w in found.items() if n and w and least(n) <= len(n) <= LONGEST},
        )


def least(entry: str) -> int:
    """Return the least length, in characters, that an entry of its script has."""
    if not unspaced(entry[-1]):
        return LEAST
    return LEAST_KANA if KANA.fullmatch(entry) else LEAST_UNSPACED


def folded(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield keys and names, these folded."""
    pairs = list(names)
    for (key, _), name in zip(pairs, fold([name for _, name in pairs]), strict=True):
        yield key, name.strip()


def main(arguments: Sequence[str] | None = None) -> None:
    """Collect the names of all languages, and write them."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.eval.dictionary",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("cldr", type=Path, metavar="CLDR")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    with ZipFile(options.output, "w", ZIP_LZMA) as file:
        file.writestr(ZipInfo("LICENSE"), (options.cldr / "cldr-core" / "LICENSE").read_text())
        codes = [code for code in (*CODES, *OTHERS) if code != ENGLISH]
        for code, names in collect(options.cldr, codes):
            lines = [f"{name}\t{' '.join(words)}" for name, words in sorted(names.items())]
            if len(lines) >= ENOUGH:
                file.writestr(ZipInfo(f"{code}.tsv"), "\n".join(lines), ZIP_LZMA)


if __name__ == "__main__":
    main()
