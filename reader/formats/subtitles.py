"""SubRip and WebVTT: cues joined to sentences; what only times or styles them is left out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from reader.errors import FormatError
from reader.formats.blocks import Block, make_source
from reader.formats.encoding import decode
from reader.languages import CLOSING, END_MARKS
from reader.model import Source

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}.*")
# <i>, <c.loud>, <v Anna>, <00:01.000> and {\an8}.
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,100}>|<[\d:.]+>|\{\\[^{}]{0,100}\}")
# Somebody speaks, where a line of two speakers begins with a dash.
_TURN = re.compile(r"(?:^|\n)\s*[-–—]\s*(?=\S)")
_END_MARK = re.compile(rf"[{END_MARKS}♪♫]{CLOSING}")
# A pause after which a sentence does not go on, in seconds.
_PAUSE = 4.0


def parse_subtitles(data: bytes) -> Source:
    """Parse cues; a sentence that goes on in the next one is put together.

    A new speaker's turn and a pause begin a new paragraph.

    Raises:
        FormatError: there is no cue with a text.
    """
    decoded = decode(data)
    found = [Block(text) for text in _paragraphs(decoded.text.split("\n"))]
    if not found:
        raise FormatError("has no subtitle with a text; give an SRT or VTT file")
    return make_source(found, encoding=decoded.encoding, notes=decoded.notes)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    whole: list[str] = []
    end = 0.0
    for start, stop, text in _cues(lines):
        for k, turn in enumerate(_TURN.split(text)):
            turn = turn.strip()
            over = k > 0 or start - end > _PAUSE or (whole and _END_MARK.search(whole[-1]))
            if turn and whole and over:
                yield "\n".join(whole)
                whole = []
            if turn:
                whole.append(turn)
        end = stop
    if whole:
        yield "\n".join(whole)


def _cues(lines: list[str]) -> Iterator[tuple[float, float, str]]:
    """Yield start, stop (in seconds) and text of every cue."""
    times = [k for k, line in enumerate(lines) if _TIMES.fullmatch(line)]
    for k, following in pairwise([*times, len(lines)]):
        body = [line.strip() for line in lines[k + 1 : following]]
        # The number or name of the next cue stands above its times; a blank line ends this one.
        if following < len(lines) and body and (body[-1].isdigit() or not any(body[-2:-1])):
            body.pop()
        text = "\n".join(body[: body.index("")] if "" in body else body)
        times_of = _TIMES.fullmatch(lines[k])
        assert times_of is not None
        start, stop = _seconds(*times_of.groups()[:4]), _seconds(*times_of.groups()[4:])
        yield start, stop, html.unescape(_MARKUP.sub("", text))


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}")
