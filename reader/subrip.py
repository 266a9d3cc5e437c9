"""Protect text in SubRip subtitles from being taken for markup.

The format has no escapes. FFmpeg, and what is built on it, drops any word between ``<`` and ``>``
and whatever is in braces, and breaks lines at a backslash with N; other players replace entities.
An invisible word joiner is put into such signs; braces become wide ones with a joiner.
"""

import re

_JOINER = "\u2060"
# A sign and, behind joiners that are the text's own, what makes it markup.
_SIGNS = rf"<(?={_JOINER}*(?:[a-zA-Z/!?]|\d+:))|\\(?={_JOINER}*[Nnh])"
_SIGNS += rf"|&(?={_JOINER}*#?\w{{1,10}};)|--(?={_JOINER}*>)"
_OPEN = re.compile(f"({_SIGNS})")
_SHIELDED = re.compile(f"({_SIGNS}){_JOINER}")
_BRACES = {"{": f"{_JOINER}\uff5b", "}": f"{_JOINER}\uff5d"}


def shielded(text: str) -> str:
    """Return a text in which players find no markup."""
    text = _OPEN.sub(rf"\1{_JOINER}", text)
    for brace, wide in _BRACES.items():
        text = text.replace(brace, wide)
    return text


def unshielded(text: str) -> str:
    """Return the text that was `shielded`."""
    for brace, wide in _BRACES.items():
        text = text.replace(wide, brace)
    return _SHIELDED.sub(r"\1", text)
