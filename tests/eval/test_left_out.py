"""Documents are left out one by one, or in quarters of a set."""

import pytest

from reader.align import Version
from tests.eval.left_out import folded
from tests.eval.sets import GoldPair

NOTHING = (Version("a", (), ()), Version("b", (), ()))


@pytest.mark.parametrize(("documents", "folds"), [(1, 1), (8, 8), (9, 4), (16, 4)], ids=str)
def test_folds_cover_every_document_once(documents: int, folds: int) -> None:
    pairs = [
        GoldPair(place, f"{k}", NOTHING, frozenset()) for place in "xy" for k in range(documents)
    ]
    found = folded(pairs)
    assert list(found) == [(pair.set, pair.name) for pair in pairs]
    assert len(set(found.values())) == 2 * folds
    assert all(fold.startswith(place) for (place, _), fold in found.items())
