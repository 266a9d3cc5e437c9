"""What is costly is counted: cost grows with the length of the texts, not with its square."""

import tracemalloc

import pytest

from reader.align import Version, align, features
from reader.align.text import Floats
from reader.model import Mode
from tests.eval.speed import made_up


class Counter:
    """Stands before the fuzzy comparison and counts the texts it is asked to compare."""

    def __init__(self) -> None:
        self.windows = self.spans = 0
        self.compare = features.compare

    def __call__(self, xs: list[str], ys: list[str]) -> Floats:
        if max(map(len, xs), default=0) <= features.WINDOW:
            self.windows += len(xs)
        else:
            self.spans += len(xs)
        return self.compare(xs, ys)


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    counted = Counter()
    monkeypatch.setattr(features, "compare", counted)
    return counted


@pytest.mark.parametrize("size", [200, 800])
@pytest.mark.parametrize(
    ("mode", "windows", "spans"), [("parallel", 60, 12), ("comparable", 300, 24)]
)
def test_comparisons_per_segment_are_bounded(
    counter: Counter, mode: Mode, windows: int, spans: int, size: int
) -> None:
    align(made_up(size), mode=mode)
    assert 0 < counter.windows < windows * size
    assert 0 < counter.spans < spans * size


@pytest.mark.parametrize("mode", ["parallel", "comparable", None])
def test_ten_thousand_equal_segments(counter: Counter, mode: Mode | None) -> None:
    same = ("It rained.",) * 10_000
    result = align([Version("a", same, same), Version("b", same, same)], mode=mode)
    assert sum(map(len, (cell for row in result.rows for cell in row.segments))) == 20_000
    assert counter.windows + counter.spans < 10_000_000


def peak(size: int) -> int:
    """Return the bytes that aligning texts of so many sentences holds at most."""
    texts = made_up(size)
    tracemalloc.start()
    align(texts, mode="parallel")
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_memory_grows_with_length() -> None:
    assert peak(3200) < 4.5 * peak(800)
