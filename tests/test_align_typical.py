"""A bead is measured by what is usual in its document."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.align import Version
from reader.align.lattice import Beads
from reader.align.text import Floats
from reader.align.typical import FARTHEST, Usual, standard, stretches, typical
from reader.align.versions import Library

USUAL = Usual(0.5, 0.1)
SIZE = 60


def measured(ratio: list[float], *, doubt: float = 0.0) -> dict[str, Floats]:
    """Return what 1-1 beads of these similarities are in a document that is made of them."""
    text = tuple(f"sentence {k}" for k in range(len(ratio)))
    pair = Library([Version("a", text, text), Version("b", text, text)]).pair(0, 1)
    beads = Beads.points([(k, k) for k in range(len(ratio))])
    features = {
        "ratio": np.array(ratio, np.float32),
        "doubt": np.full(len(ratio), doubt, np.float32),
    }
    return dict(typical(pair, beads, features, np.ones(len(ratio))))


def test_the_same_similarity_is_much_where_little_is_usual() -> None:
    rough = measured([0.4] + [0.35, 0.25] * SIZE)["likeness"][0]
    close = measured([0.4] + [0.85, 0.75] * SIZE)["likeness"][0]
    assert close < -1 < 1 < rough


def test_a_garbled_translation_is_neither_like_nor_unlike() -> None:
    assert not measured([0.1, 0.9] * SIZE, doubt=1.0)["likeness"].any()


def test_sides_of_the_usual_lengths_are_no_stretch() -> None:
    """The second side has three letters for two of the first."""
    short, long = ("x" * 19,) * 4, ("y" * 29,) * 4
    pair = Library([Version("a", short, short), Version("b", long, long)]).pair(0, 1)
    zero = np.zeros(3, np.int32)
    stop = np.array([1, 2, 1], np.int32), np.array([1, 1, 2], np.int32)
    found = stretches(pair, Beads(zero, zero, *stop))
    assert found == pytest.approx([0, -np.log(2), np.log(2)])


def test_the_stretch_of_a_null_bead_is_none() -> None:
    pair = Library([Version("a", ("one",), ("one",)), Version("b", ("two",), ("two",))]).pair(0, 1)
    one, zero = np.ones(1, np.int32), np.zeros(1, np.int32)
    assert stretches(pair, Beads(zero, zero, one, zero)) == 0


def test_what_nothing_is_known_of_is_measured_by_other_documents() -> None:
    values = np.array([0.5, 0.6, 0.3])
    assert standard(values, np.zeros(3), USUAL) == pytest.approx([0, 1, -2])


def test_a_long_document_is_its_own_measure() -> None:
    values = np.array([0.1, 0.3] * 2000)
    assert standard(values, np.ones(4000), USUAL)[:2] == pytest.approx([-1, 1], abs=0.02)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_more_is_never_less(values: list[float]) -> None:
    found = standard(np.sort(np.array(values)), np.ones(len(values)), USUAL)
    assert (np.diff(found) >= 0).all()
    assert (np.abs(found) <= FARTHEST).all()
