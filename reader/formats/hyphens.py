"""Join words that were broken at the end of a line."""

from __future__ import annotations

import re

# A hyphen between letters at the end of a line, and the rest of what stands first on the next one.
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010]\n[ \t]*([^\W\d_]+)(\S*)( ?)")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# "Vor- und Nachteile", "two- or threefold": what follows such a hyphen is a word of its own.
_JOINING = frozenset(
    ["and", "or", "to", "und", "oder", "bis", "y", "o", "e", "ou", "et", "en", "of", "и", "или"]
)


def join_broken(text: str) -> tuple[str, int]:
    """Return the text with broken words joined, and how many there were.

    The hyphen is dropped if the joined word stands elsewhere in the text, or if its two parts do
    not. It stays in "well-known" and before a capital. A word is joined on the line that it began
    on, so that line ends stay about where they were.
    """
    unbroken = _BROKEN.sub(" ", text).casefold()
    words = set(_WORD.findall(unbroken))
    count = 0

    def whole(broken: re.Match[str]) -> str:
        nonlocal count
        first, second, rest, blank = broken.groups()
        if second in _JOINING:
            return broken[0]
        count += 1
        a, b = first.casefold(), second.casefold()
        parts = {a, b} <= words and a + b not in words
        kept = "-" if second[0].isupper() or f"{a}-{b}" in words or parts else ""
        return f"{first}{kept}{second}{rest}" + ("\n" if blank else "")

    return _BROKEN.sub(whole, text), count
