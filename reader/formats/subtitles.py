"""SubRip, WebVTT and SubStation Alpha: cues joined to paragraphs, without markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from reader.errors import FormatError
from reader.formats.blocks import Block, make_source
from reader.formats.encoding import decode, normal
from reader.languages import CLOSING, END_MARKS
from reader.model import Cue, Source
from reader.subrip import unshielded

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_TIME}\s*--?>\s*{_TIME}(?:\s.*)?")
# What SubStation Alpha shows: layer, times, six fields about its look, and the text.
_DIALOGUE = re.compile(
    r"Dialogue:[^,]*,\s*(\d+):(\d+):(\d+)\.(\d+)\s*,\s*(\d+):(\d+):(\d+)\.(\d+)\s*,"
    r"(?:[^,]*,){6}(.*)"
)
_PLACED = re.compile(r"\{[^}]*\\(?:pos|move)\(")
# Blocks of WebVTT that are not shown.
_NOT_SHOWN = frozenset({"NOTE", "STYLE", "REGION"})
# Marks of captions that roll up: each line is there again in the next cue, above the new one.
_ROLLING = re.compile(r"<\d+:[\d:.]+><c>")
# <i>, <c.loud>, <v Anna>, <00:01.000> and {\an8}; any other such word is part of the text.
_MARKUP = re.compile(
    r"</?(?:[bciusv]|font|lang|ruby|rt)(?:[\s.][^<>]{0,100})?>|<\d+:[\d:.]+>|\{\\[^{}]{0,100}\}",
    re.IGNORECASE,
)
# The dash before what a speaker says where two speak in one cue.
_TURN = re.compile(r"(?:^|\n)\s*[-–—]\s*(?=\S)")
# Who speaks, and what is heard besides: "ANNA: Yes!", "[door slams]".
_LABEL = re.compile(r"([^\n:]{2,30}):\s")
_SOUND = re.compile(r"[\[(（][^\])）]*[\])）]")
_END_MARK = re.compile(rf"[{END_MARKS}♪♫]{CLOSING}")
# Entities; players know none that goes without its semicolon.
_ENTITY = re.compile(r"&#?\w{1,10};")
# A pause after which a sentence does not go on, in milliseconds.
_PAUSE = 4000
# If a smaller share of the cues ends in a mark, the film has no end marks, and cues are not joined.
_POINTED = 0.1


class TimedText(NamedTuple):
    """What a cue shows, with its times in milliseconds."""

    begins: int
    ends: int
    text: str
    placed: bool = False
    """Whether it has a place of its own in the picture, as the translation of a sign."""


class _Utterance(NamedTuple):
    """What one speaker says in a cue, with its times in milliseconds."""

    text: str
    begins: int
    ends: int
    turn: bool
    """Whether somebody else spoke before, or nobody speaks."""


def parse_subtitles(data: bytes) -> Source:
    """Parse cues and their times; a sentence that goes on over several cues is joined.

    A pause or another speaker begins a new paragraph.

    Raises:
        FormatError: there is no cue with a text.
    """
    decoded = decode(data)
    lines = decoded.text.split("\n")
    paragraphs = list(_paragraphs(list(_utterances(lines))))
    if not paragraphs:
        raise FormatError("has no subtitle with a text; give an SRT, VTT or ASS file")
    found = [Block("\n".join(utterance.text for utterance in whole)) for whole in paragraphs]
    source = make_source(found, encoding=decoded.encoding, notes=decoded.notes)
    return replace(source, cues=tuple(_cues(source, paragraphs)))


def _cues(source: Source, paragraphs: Iterable[Sequence[_Utterance]]) -> Iterator[Cue]:
    """Yield the place of each utterance in the text, with its times."""
    for paragraph, whole in zip(source.paragraphs, paragraphs, strict=True):
        start = paragraph.start
        for utterance in whole:
            stop = start + len(utterance.text)
            yield Cue(start, stop, utterance.begins, utterance.ends)
            start = stop + 1


def _paragraphs(every: Sequence[_Utterance]) -> Iterator[list[_Utterance]]:
    marked = sum(_END_MARK.search(utterance.text) is not None for utterance in every)
    pointed = marked >= _POINTED * len(every)
    whole: list[_Utterance] = []
    for utterance in every:
        if whole and (not pointed or _is_over(whole[-1], utterance)):
            yield whole
            whole = []
        whole.append(utterance)
    if whole:
        yield whole


def _is_over(last: _Utterance, following: _Utterance) -> bool:
    """Tell whether a sentence ends between two utterances."""
    return bool(
        following.turn
        or following.begins - last.ends > _PAUSE
        or _END_MARK.search(last.text)
        or _SOUND.fullmatch(last.text)
        or _SOUND.fullmatch(following.text)
        or following.text[0] in "♪♫"
        or ((label := _LABEL.match(following.text)) and label[1].isupper())
    )


def _utterances(lines: list[str]) -> Iterator[_Utterance]:
    """Yield the utterances; speakers of one cue share its time in proportion to their texts."""
    apart = False
    for begins, ends, text, placed in timed_texts(lines):
        turns = [normal(turn).strip() for turn in _TURN.split(text)]
        total, before = sum(map(len, turns)), 0
        for k, turn in enumerate(turns):
            if turn:
                start, stop = (
                    begins + (ends - begins) * place // total
                    for place in (before, before + len(turn))
                )
                yield _Utterance(turn, start, stop, k > 0 or apart or placed)
                before += len(turn)
        apart = placed


def timed_texts(lines: list[str]) -> Iterator[TimedText]:
    """Yield every cue."""
    if dialogue := list(filter(None, map(_DIALOGUE.fullmatch, lines))):
        yield from _dialogue(dialogue)
        return
    rolling = any(map(_ROLLING.search, lines))
    last = ""
    for times, body in _bodies(lines):
        texts = [_MARKUP.sub("", line).strip() for line in body]
        if rolling:
            texts = texts[texts.index(last) + 1 :] if last in texts else texts
            last = next(filter(None, reversed(texts)), last)
        begins, ends = _clock(times[:4]), _clock(times[4:])
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), "\n".join(texts))
        yield TimedText(begins, max(begins, ends), unshielded(text))


def _dialogue(lines: Iterable[re.Match[str]]) -> Iterator[TimedText]:
    """Yield the cues of SubStation Alpha in the order of time; layers of one text are one."""
    from pysubs2 import SSAEvent

    cues = []
    for line in lines:
        event = SSAEvent(text=line[9])
        if not event.is_drawing:
            begins, ends = _clock(line.groups()[:4]), _clock(line.groups()[4:8])
            placed = _PLACED.search(event.text) is not None
            cues.append(TimedText(begins, max(begins, ends), event.plaintext, placed))
    yield from dict.fromkeys(sorted(cues, key=lambda cue: (cue.begins, cue.ends)))


def _bodies(lines: list[str]) -> Iterator[tuple[Sequence[str | None], list[str]]]:
    """Yield for every cue the groups of `_TIMES` and its lines."""
    web = lines[0].startswith("WEBVTT")
    times = [k for k, line in enumerate(lines) if _TIMES.fullmatch(line)]
    for k, following in pairwise([*times, len(lines)]):
        body = [line.strip() for line in lines[k + 1 : following]]
        # The number of the next cue stands above its times, on the web any name.
        named = web and not any(body[-2:-1])
        if following < len(lines) and body and (named or body[-1].isdigit()):
            body.pop()
        blocks = [list(block) for filled, block in groupby(body, bool) if filled]
        own = bool(body and body[0]) if web else len(blocks)
        others = (block for block in blocks[own:] if block[0].split()[0] not in _NOT_SHOWN)
        match = _TIMES.fullmatch(lines[k])
        assert match is not None
        yield match.groups(), list(chain(*blocks[:own], *others))


def _clock(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(f"{fraction:0<3}")
