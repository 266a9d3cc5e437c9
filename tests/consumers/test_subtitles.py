"""Subtitles by the srt package and by FFmpeg, which most players are built on."""

from pathlib import Path

import pytest

from reader.export.excerpt import Excerpt
from reader.subrip import shielded
from tests.consumers.conftest import EN_AR, Write

Cue = tuple[int, int, list[str]]
"""Begin and end in milliseconds, and lines."""


@pytest.fixture
def film(write: Write) -> Path:
    return write("srt", EN_AR)


@pytest.fixture
def cues(excerpt: Excerpt) -> list[Cue]:
    """What the nasty text has: a second for each sentence, of which two share a row."""
    timed = [cells for cells in excerpt.cells if cells[0]]
    ends = [1000 * k + 900 for k in range(len(timed) - 1)] + [1000 * len(timed) + 900]
    lines = ([shielded(cell) for cell in cells if cell] for cells in timed)
    return [(1000 * k, ends[k], said) for k, said in enumerate(lines)]


def test_the_srt_package_reads_every_cue(film: Path, cues: list[Cue]) -> None:
    srt = pytest.importorskip("srt")
    found = [
        (cue.start.total_seconds() * 1000, cue.end.total_seconds() * 1000, cue.content.split("\n"))
        for cue in srt.parse(film.read_text(encoding="utf-8"))
    ]
    assert found == cues


def test_ffmpeg_shows_every_character(film: Path, cues: list[Cue]) -> None:
    av = pytest.importorskip("av")
    with av.open(str(film)) as container:
        found = [
            (packet.pts, packet.pts + packet.duration, cue.dialogue.decode().split("\n"))
            for packet in container.demux(subtitles=0)
            for cue in packet.decode()
        ]
    assert found == cues
