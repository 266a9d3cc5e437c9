"""The number of cores changes the time and nothing else."""

import threading

import pytest

from reader.align import align, features, slabs
from tests.eval.speed import made_up


@pytest.mark.parametrize("total", [0, 1, 10, 11, 100])
def test_every_row_is_in_one_slab_in_order(total: int) -> None:
    found = slabs.each(total, 10, lambda rows: list(range(total))[rows])
    assert [i for slab in found for i in slab] == list(range(total))
    assert all(0 < len(slab) <= 10 for slab in found)


def test_slabs_are_worked_on_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slabs, "CORES", 2)
    both = threading.Barrier(2, timeout=60)
    assert slabs.each(2, 1, lambda rows: both.wait() >= 0) == [True, True]


def test_an_error_in_a_slab_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        slabs.each(3, 1, lambda rows: 1 // (rows.start - 1))


def test_the_rows_are_the_same_on_any_number_of_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = made_up(1200)
    found = []
    for cores in (1, 3):
        monkeypatch.setattr(slabs, "CORES", cores)
        monkeypatch.setattr(features, "CORES", cores)
        found.append(align(versions))
    assert found[0] == found[1]
