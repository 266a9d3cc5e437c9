"""Headings with the same number: they may correspond even if they have no word in common."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from reader.align.lattice import Beads

LANDMARK = 0.1
"""Weight of two headings as an anchor: that of two sentences with a similarity of about .3."""

_ROMAN = r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_CHINESE = "〇零一二三四五六七八九"
_NUMERAL = re.compile(
    # "IV.", "Chapter 4: Rain"
    rf"(?:[^\W\d]+\.?\s+)?(?:(?P<roman>{_ROMAN})(?=\s*(?:$|[^\w\s]))|(?P<digits>\d{{1,4}})(?!\w))"
    # "第四章", "第 4 回", "四"
    rf"|(?P<prefix>[第제]\s*)?(?:(?P<chinese>[{_CHINESE}十百]+)|(?P<number>\d{{1,4}}))"
    r"(?=\s*(?:$|[^\w\s]|(?(prefix)[章回节節部卷篇话話幕장부권화]|(?!))))"
)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def numeral(heading: str) -> int | None:
    """Return the number of a chapter from its heading, as "IV.", "Chapter 4: Rain" or "第四章"."""
    found = _NUMERAL.match(heading.strip())
    if not found:
        return None
    if digits := found["digits"] or found["number"]:
        return int(digits)
    return _roman(found["roman"]) if found["roman"] else _chinese(found["chinese"])


def _roman(text: str) -> int:
    values = [_VALUES[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _chinese(text: str) -> int:
    total, digit = 0, None
    for sign in text:
        if sign in "十百":
            total += (10 if sign == "十" else 100) * (1 if digit is None else digit)
            digit = None
        else:
            value = max(_CHINESE.index(sign) - 1, 0)
            digit = value if digit is None else 10 * digit + value
    return total + (digit or 0)


def landmarks(first: Mapping[int, str], second: Mapping[int, str]) -> Beads:
    """Return the pairs of headings with the same number, as 1-1 beads.

    Args:
        first: the headings of the first version by the index of their segment.
        second: those of the second one.
    """
    places: defaultdict[int, list[int]] = defaultdict(list)
    for j, heading in second.items():
        if (number := numeral(heading)) is not None:
            places[number].append(j)
    return Beads.points(
        [
            (i, j)
            for i, heading in first.items()
            if (number := numeral(heading)) is not None
            for j in places[number]
        ]
    )
