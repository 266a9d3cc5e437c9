"""The numbers of a text by value, and those on which the versions of a row differ.

A number may have several readings (1.234 is an integer in Lisbon and a fraction in London). Two
numbers agree if any of their readings do: what may be equal is never said to differ. Times of day
are left out, since there are too many ways to write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from reader.model import ParallelText

_BLANK = " \u00a0\u2009\u202f"
_GROUP_ONLY = "'’٬，" + _BLANK
_TOKEN = re.compile(
    # Groups between blanks or full-width commas, which also stand between numbers, or any signs.
    rf"\d{{1,3}}(?:[{_BLANK}，]\d{{3}})+(?!\d)(?:[.,٫．]\d+)?"
    r"|\d+(?:[.,'’٫٬．]\d+)*"
)
_DATE = re.compile(
    r"(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}([./-])\d{1,2}\2\d{1,2})(?![.\d])"
)
_CLOCK = re.compile(
    r"\d{1,2}(?:[.:]\d{2})?[\s\u00a0]?(?:[ap]\.?m\b|h\d{0,2}\b|hrs?\b|uhr\b|heures?\b|horas?\b|час"
    r"|[時点點시])|\d{1,2}:\d{2}(?::\d{2})?(?!\d)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\s\u00a0-]?([^\W\d_]+)\.?")

# Powers of ten that a word after a number stands for. Two where languages differ: a billion has
# nine noughts in English and twelve in German and French.
_EXACT: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(
        ("mil", "mila", "mille", "mii", "тыс", "тис", "tsd", "tys", "bin", "ezer"), (3,)
    ),
    **dict.fromkeys(("mln", "млн", "mio", "mn"), (6,)),
    **dict.fromkeys(("mld", "mlrd", "mrd", "млрд", "bn", "md"), (9,)),
    **dict.fromkeys(("трлн", "bio", "tn"), (12,)),
    **dict.fromkeys(("ألف", "آلاف", "الف", "هزار", "אלף", "אלפים", "พัน", "हज़ार", "nghìn"), (3,)),
    **dict.fromkeys(("مليون", "ملايين", "میلیون", "מיליון", "ล้าน", "triệu"), (6,)),
    **dict.fromkeys(("مليار", "مليارات", "میلیارد", "מיליארד", "अरब", "tỷ"), (9,)),
    "लाख": (5,),
    "करोड़": (7,),
}
_PREFIX: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(
        ("thousand", "тысяч", "тисяч", "хиляд", "tausend", "tusen", "duizend", "tysi", "tisíc"),
        (3,),
    ),
    **dict.fromkeys(
        ("million", "millió", "millón", "millones", "milhão", "milhões", "milion", "milione",
         "miljoen", "miljon", "milyon", "миллион", "мільйон", "милион", "εκατομμύρι"),
        (6,),
    ),
    **dict.fromkeys(
        ("milliard", "miliard", "miljard", "milyar", "миллиард", "мільярд", "милиард", "bilh",
         "δισεκατομμύρι"),
        (9,),
    ),
    **dict.fromkeys(("billion", "billón", "billones", "bilião", "biliões", "bilion"), (9, 12)),
    **dict.fromkeys(("trillion", "trilh", "триллион", "trilión"), (12, 18)),
}  # fmt: skip
_SIGNS = {"百": 2, "千": 3, "万": 4, "萬": 4, "億": 8, "亿": 8, "兆": 12, "천": 3, "만": 4, "억": 8}


def _numbered(words: str, values: Iterable[int]) -> dict[str, int]:
    return dict(zip(words.split(), values, strict=True))


_WORDS = (
    _numbered("one two three four five six seven eight nine ten", range(1, 11))
    | _numbered("eleven twelve thirteen fourteen fifteen sixteen", range(11, 17))
    | _numbered("seventeen eighteen nineteen twenty", range(17, 21))
    | _numbered("thirty forty fifty sixty seventy eighty ninety", range(30, 100, 10))
    | _numbered("first second third fourth fifth sixth seventh eighth ninth tenth", range(1, 11))
    | _numbered(
        "a an once twice both couple pair half quarter dozen", (1, 1, 1, 2, 2, 2, 2, 2, 4, 12)
    )
    | _numbered("january february march april may june july august", range(1, 9))
    | _numbered("september october november december", range(9, 13))
)
_TIMES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ROMAN = re.compile(r"\b(?=[IVXLC]{2})C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?<=\w)\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

SMALL = 12
"""Numbers up to this one are often spelt out. If a version has no English in which to look for the
word, they are not said to be missing there."""
UNKNOWN_SCALE = 3
"""Least number of zeros that may be hidden in a word we do not know, such as "million"."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands in a text."""

    start: int
    stop: int
    readings: frozenset[Decimal]
    """The values it may have."""
    precision: Decimal = Decimal(0)
    """How far it may be rounded: half of the last digit before a word such as "million"."""

    def agrees(self, other: Number) -> bool:
        """Tell whether two numbers may have the same value."""
        precision = max(self.precision, other.precision)
        return any(
            abs(a - b) <= precision or _same_digits(a, b) or _same_year(a, b) or _same_year(b, a)
            for a in self.readings
            for b in other.readings
        )


def _same_digits(a: Decimal, b: Decimal) -> bool:
    """Tell whether one value is a thousand, ten thousand, a million ... times the other."""
    if not a or not b:
        return a == b
    times = (max(a, b) / min(a, b)).normalize()
    return times.as_tuple().digits == (1,) and times >= 10**UNKNOWN_SCALE


def _same_year(year: Decimal, short: Decimal) -> bool:
    """Tell whether a number of two digits may be a year or a decade without its century."""
    return 1900 <= year < 2100 and 10 <= short < 100 and year % 100 == short


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one version in a row."""

    text: str
    english: str = ""
    """Its English translation, in which number words are looked for; "" if there is none."""


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text in order, without those in names and times of day."""
    return tuple(_numbers(text))


def _numbers(text: str) -> Iterator[Number]:
    at = 0
    while token := _TOKEN.search(text, at):
        start, at = token.span()
        if date := _DATE.match(text, start):
            at = date.end()
            for part in re.finditer(r"\d+", date[0]):
                span = start + part.start(), start + part.end()
                yield Number(*span, frozenset({Decimal(int(part[0]))}))
        elif clock := _CLOCK.match(text, start):
            at = max(at, clock.end())
        elif not _in_a_name(text, start) and (readings := _readings(token[0])):
            yield _scaled(text, Number(start, at, readings))


def _in_a_name(text: str, start: int) -> bool:
    """Tell whether a number belongs to a name such as F-16 or G20."""
    before = text[max(0, start - 2) : start]
    letter = before[-1:] if before[-1:] not in "-‑–" else before[:1]
    return bool(before) and letter.upper() != letter.lower()


def _readings(token: str) -> frozenset[Decimal]:
    """Return the values that digits with signs between them may have; none if it is no number."""
    signs = [c for c in token if not c.isdecimal()]
    parts = ["".join(str(int(c)) for c in part) for part in re.split(r"\D", token)]
    whole, last = "".join(parts[:-1]), parts[-1]
    if not signs:
        return frozenset({Decimal(last)})
    readings = set()
    if _grouped(parts):
        readings.add(Decimal("".join(parts)))
    fraction = signs[-1] not in _GROUP_ONLY and signs.count(signs[-1]) == 1
    if fraction and (len(parts) == 2 or _grouped(parts[:-1])) and len(set(signs[:-1])) <= 1:
        readings.add(Decimal(f"{whole}.{last}"))
    if signs in (["."], ["/"]) and len(last) == 2 and int(last) <= 12:  # a day and a month
        readings |= {Decimal(parts[0]), Decimal(last)}
    if len(set(signs)) > 1:  # 1.234,567 has one reading
        readings.discard(Decimal("".join(parts)))
    return frozenset(readings)


def _grouped(parts: Sequence[str]) -> bool:
    """Tell whether digits are grouped by threes, or as in India by twos before the last three."""
    first, *rest = parts
    if not rest:
        return True
    even = all(len(part) == 3 for part in rest)
    indian = len(rest[-1]) == 3 and all(len(part) == 2 for part in rest[:-1])
    return 1 <= len(first) <= 3 and not first.startswith("0") and (even or indian)


def _scaled(text: str, number: Number) -> Number:
    """Extend a number by the words after it that multiply it."""
    powers: tuple[int, ...] = (0,)
    at = number.stop
    if sign := _SIGNS.get(text[at : at + 1]):
        powers, at = (sign,), at + 1
    else:
        for _ in range(2):  # "mil milhões"
            word = _WORD.match(text, at)
            more = _powers(word[1].casefold()) if word else ()
            if not (word and more):
                break
            powers, at = tuple(a + b for a in powers for b in more), word.end(1)
    if at == number.stop:
        return number
    readings = frozenset(value.scaleb(power) for value in number.readings for power in powers)
    places = max(-int(value.as_tuple().exponent) for value in number.readings)
    precision = Decimal(1).scaleb(min(powers) - places) / 2
    return Number(number.start, at, readings, precision)


def _powers(word: str) -> tuple[int, ...]:
    if word in _EXACT:
        return _EXACT[word]
    return next((powers for start, powers in _PREFIX.items() if word.startswith(start)), ())


@lru_cache(maxsize=4096)
def _spelled(english: str) -> frozenset[Decimal]:
    """Return the values of number words, names of months and Roman numerals in an English text."""
    found, total = set[int](), 0
    for word in re.findall(r"[a-z]+", english.casefold()):
        if word in _WORDS:
            value = _WORDS[word]
            total = total + value if 20 <= total < 100 and value < 10 else value
            found |= {value, total}
        elif word in _TIMES:
            total = max(total, 1) * _TIMES[word]
            found.add(total)
        elif word != "and":
            total = 0
    found |= {_roman(numeral[0]) for numeral in _ROMAN.finditer(english)}
    return frozenset(map(Decimal, found))


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def differing(cells: Sequence[Cell]) -> list[tuple[tuple[int, int], ...]]:
    """Return per cell the spans of the numbers on which the cells differ.

    Two cells differ on the numbers that only one of them has, provided that each has equally many
    of these: a cell with more numbers may just say more.
    """
    found: list[set[Number]] = [set() for _ in cells]
    for d, e in combinations(range(len(cells)), 2):
        left, right = _only(cells[d], cells[e]), _only(cells[e], cells[d])
        if len(left) == len(right):
            found[d].update(left)
            found[e].update(right)
    return [tuple(sorted((n.start, n.stop) for n in every)) for every in found]


def differing_numbers(
    parallel: ParallelText, row: int, documents: Sequence[int], pivot_language: str = "en"
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return the spans of the numbers on which documents differ in a row, by document."""
    present = [d for d in documents if parallel.rows[row].segments[d]]
    if len(present) < 2:
        return {}
    english = pivot_language == "en"
    cells = [
        Cell(parallel.text(row, d), parallel.pivot(row, d) if english else "") for d in present
    ]
    found = zip(present, differing(cells), strict=True)
    return {d: spans for d, spans in found if spans}


def _only(cell: Cell, other: Cell) -> list[Number]:
    """Return the numbers of a cell that the other one does not have."""
    theirs = (*numbers(other.text), *numbers(other.english))
    values = _spelled(other.english).union(*(their.readings for their in theirs))
    return [
        number
        for number in numbers(cell.text)
        if not number.readings & values
        and not any(number.agrees(their) for their in theirs)
        and (other.english or min(number.readings) > SMALL)
    ]
