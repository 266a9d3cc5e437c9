"""Progress in words."""

import pytest

from reader.model import Progress
from reader.pace import Pace, duration


def translated(done: int, name: str = "pt-en") -> Progress:
    return Progress("translate", done, 400, "sentences", name)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min"), (150, "2 min"), (3600, "1 h 0 min")],
)
def test_a_time_is_said_in_the_units_that_matter(seconds: float, expected: str) -> None:
    assert duration(seconds) == expected


def test_rate_and_time_left_appear_once_they_can_be_told() -> None:
    pace = Pace(translated(100), 0.0, translated(100), 0.0)
    assert str(pace) == "translating pt-en 100/400 sentences"
    assert str(pace.then(translated(110), 0.5)) == "translating pt-en 110/400 sentences"
    later = pace.then(translated(120), 2.0)
    assert str(later) == "translating pt-en 120/400 sentences · 10/s · 28 s left"


def test_large_numbers_can_be_read() -> None:
    first = Progress("download", 0, 52_400_000, "bytes", "pt → en")
    pace = Pace(first, 0.0, first, 0.0)
    half = pace.then(Progress("download", 26_200_000, 52_400_000, "bytes", "pt → en"), 20.0)
    assert str(half) == "downloading pt → en 26/52 MB · 1.3/s · 20 s left"
    paired = Progress("align", 0, 23_000, "sentences")
    pace = Pace(paired, 0.0, paired, 0.0).then(Progress("align", 11_500, 23_000, "sentences"), 5.0)
    assert str(pace) == "pairing 11,500/23,000 sentences · 2,300/s · 5 s left"


def test_another_stage_or_name_begins_anew() -> None:
    pace = Pace(translated(1), 0.0, translated(200), 10.0)
    assert pace.then(translated(50, "ru-en"), 11.0).rate == 0
    assert str(pace.then(Progress("align", 20, 200, "pairs"), 11.0)) == "pairing 20/200 pairs"
