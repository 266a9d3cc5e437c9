"""Text made safe to show: characters that a terminal would obey become visible signs.

A document may hold escape sequences that move the cursor or change the title, and directional
overrides that make text read otherwise than it is (Boucher & Anderson 2021, "Trojan Source").
"""

from reader.columns import one_line

# U+2400 holds a picture for each C0 control; C1 controls have none and become a replacement sign,
# as do lone surrogates, which no terminal can be sent.
_SIGNS = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_SIGNS |= dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD)
# Directional embeddings, overrides and isolates, by the shape of what they do. Marks (U+200E/F,
# U+061C) only join runs and are common in honest Arabic and Hebrew text: they stay.
_SIGNS |= dict(
    zip(
        (0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069),
        map(ord, "⇢⇠⇡⇉⇇⇥⇤⇹⇞"),
        strict=True,
    )
)
# Line separators that `str.splitlines` and some terminals break at.
_SIGNS |= {0x2028: 0x2424, 0x2029: 0x2424}


def printable(text: str) -> str:
    """Return the text with each control character and directional override as one visible sign.

    No character is added, dropped or moved, so offsets still hold.
    """
    return text.translate(_SIGNS)


def beginning(text: str, most: int) -> str:
    """Return the beginning of a text, at most so many characters, on one line and printable.

    It is cut between words, unless that would leave little of it, as in Chinese.
    """
    line = printable(one_line(text))
    if len(line) <= most:
        return line
    words = line[: most - 1].rpartition(" ")[0]
    return f"{words} …" if len(words) > most // 2 else f"{line[: most - 1]}…"


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun in the singular or plural."""
    return f"{count} {one if count == 1 else many}"
