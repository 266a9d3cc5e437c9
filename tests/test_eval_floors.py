"""The aligner reaches what it reached before, on the sets beside the checkout."""

from pathlib import Path

import pytest

from tests.eval.floors import Floor, digest, lowered, measure, raised, read

pytestmark = pytest.mark.shared


@pytest.mark.parametrize("name", sorted(read()))
def test_set_is_above_its_floor(name: str, shared: Path) -> None:
    folder, floor = shared / "bench" / name, read()[name]
    if not folder.is_dir():
        pytest.skip(f"no set {name}")
    assert digest(folder) == floor.digest, "other data than the floor was measured on"
    reached = measure(folder)
    assert reached.strict >= floor.strict
    assert reached.lax >= floor.lax


OLD = Floor(0.9, 0.95, "d")


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        pytest.param(Floor(0.901, 0.951, "d"), OLD, id="as before"),
        pytest.param(Floor(0.93, 0.951, "d"), Floor(0.927, 0.95, "d"), id="better"),
        pytest.param(Floor(0.89, 0.951, "d"), Floor(0.887, 0.95, "d"), id="worse"),
        pytest.param(Floor(0.901, 0.951, "e"), Floor(0.898, 0.948, "e"), id="other data"),
    ],
)
def test_a_result_asks_for_a_floor(reached: Floor, expected: Floor) -> None:
    assert raised(OLD, reached) == expected


def test_a_floor_that_goes_down_is_named() -> None:
    new = {"a": Floor(0.887, 0.95, "d"), "b": Floor(0.91, 0.95, "d")}
    assert list(lowered({"a": OLD, "b": OLD}, new)) == ["a"]
