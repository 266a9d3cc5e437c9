"""A made-up scripture comes out as it was made."""

from tests.eval.__main__ import aligned, scored
from tests.eval.verses import verses


def test_verses_that_repeat_formulas_are_kept_apart() -> None:
    found = aligned(verses(1500))
    assert found.mode == "parallel"
    assert scored([found]).strict.f1 > 0.97
    assert scored([found]).lax.f1 > 0.99
