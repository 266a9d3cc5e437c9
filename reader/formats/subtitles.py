"""SubRip and WebVTT: cues joined to sentences; what only times or styles them is left out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from reader.errors import FormatError
from reader.formats.blocks import Block, make_source
from reader.formats.encoding import decode, normal
from reader.languages import CLOSING, END_MARKS
from reader.model import Cue, Source
from reader.subrip import unshielded

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}.*")
# <i>, <c.loud>, <v Anna>, <00:01.000> and {\an8}.
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,100}>|<\d+:[\d:.]+>|\{\\[^{}]{0,100}\}")
# Somebody speaks, where a line of two speakers begins with a dash.
_TURN = re.compile(r"(?:^|\n)\s*[-–—]\s*(?=\S)")
_END_MARK = re.compile(rf"[{END_MARKS}♪♫]{CLOSING}")
# What stands for a character; players know none that goes without its semicolon.
_ENTITY = re.compile(r"&#?\w{1,10};")
# A pause after which a sentence does not go on, in milliseconds.
_PAUSE = 4000


class _Said(NamedTuple):
    """What one speaker says in a cue, and when."""

    text: str
    begins: int
    ends: int
    turn: bool
    """Whether somebody else spoke before, in the same cue."""


def parse_subtitles(data: bytes) -> Source:
    """Parse cues and their times; a sentence that goes on in the next one is put together.

    A new speaker's turn and a pause begin a new paragraph.

    Raises:
        FormatError: there is no cue with a text.
    """
    decoded = decode(data)
    paragraphs = list(_paragraphs(_said(decoded.text.split("\n"))))
    if not paragraphs:
        raise FormatError("has no subtitle with a text; give an SRT or VTT file")
    found = [Block("\n".join(said.text for said in whole)) for whole in paragraphs]
    source = make_source(found, encoding=decoded.encoding, notes=decoded.notes)
    return replace(source, cues=tuple(_cues(source, paragraphs)))


def _cues(source: Source, paragraphs: Iterable[Sequence[_Said]]) -> Iterator[Cue]:
    """Yield where in the text everything is said."""
    for paragraph, whole in zip(source.paragraphs, paragraphs, strict=True):
        start = paragraph.start
        for said in whole:
            stop = start + len(said.text)
            yield Cue(start, stop, said.begins, said.ends)
            start = stop + 1


def _paragraphs(every: Iterable[_Said]) -> Iterator[list[_Said]]:
    whole: list[_Said] = []
    for said in every:
        if whole and (
            said.turn or said.begins - whole[-1].ends > _PAUSE or _END_MARK.search(whole[-1].text)
        ):
            yield whole
            whole = []
        whole.append(said)
    if whole:
        yield whole


def _said(lines: list[str]) -> Iterator[_Said]:
    """Yield what is said; speakers of one cue share its time by how much they say."""
    for begins, ends, text in _timed(lines):
        turns = [normal(turn).strip() for turn in _TURN.split(text)]
        total, before = sum(map(len, turns)), 0
        for k, turn in enumerate(turns):
            if turn:
                start, stop = (
                    begins + (ends - begins) * place // total
                    for place in (before, before + len(turn))
                )
                yield _Said(turn, start, stop, k > 0)
                before += len(turn)


def _timed(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield begin, end (in milliseconds) and text of every cue."""
    times = [k for k, line in enumerate(lines) if _TIMES.fullmatch(line)]
    for k, following in pairwise([*times, len(lines)]):
        body = [line.strip() for line in lines[k + 1 : following]]
        # The number or name of the next cue stands above its times; a blank line ends this one.
        if following < len(lines) and body and (body[-1].isdigit() or not any(body[-2:-1])):
            body.pop()
        text = "\n".join(body[: body.index("")] if "" in body else body)
        times_of = _TIMES.fullmatch(lines[k])
        assert times_of is not None
        begins, ends = _clock(*times_of.groups()[:4]), _clock(*times_of.groups()[4:])
        plain = _ENTITY.sub(lambda entity: html.unescape(entity[0]), _MARKUP.sub("", text))
        yield begins, max(begins, ends), unshielded(plain)


def _clock(hours: str | None, minutes: str, seconds: str, fraction: str) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(f"{fraction:0<3}")
