"""What the words of a lost translation are known to stand for."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.align.recall import named, recalled
from reader.align.text import Vocabulary

WORDS = {"majakka": "lighthouse", "myrsky": "storm", "laiva": "ship", "leipuri": "baker"}


def memory(originals: Sequence[str], pivots: Sequence[str]) -> list[dict[str, float]]:
    """Return per segment what is recalled where there is no pivot."""
    vocabulary = Vocabulary([originals, pivots])
    original, pivot = vocabulary.columns
    found = recalled(original, pivot, np.array([not text for text in pivots]))
    rows = (found[[k]] for k in range(len(originals)))
    return [
        {vocabulary.stems[k]: float(v) for k, v in zip(row.indices, row.data, strict=True)}
        for row in rows
    ]


def test_a_word_is_recalled_from_where_it_was_translated() -> None:
    originals = ["majakka paloi", "vanha majakka", "vanha leipuri", "majakka ja leipuri"]
    pivots = ["the lighthouse burned", "an old lighthouse", "an old baker", ""]
    *others, lost = memory(originals, pivots)
    assert others == [{}, {}, {}]
    assert lost["lighth"] == max(lost.values())
    assert lost["baker"] > lost.get("burned", 0)


@pytest.mark.parametrize(
    "pivots",
    [
        pytest.param(["the storm", "the ship"], id="nothing lost"),
        pytest.param(["", ""], id="all lost"),
        pytest.param(["", "the ship"], id="no word in common"),
    ],
)
def test_nothing_is_recalled_without_cause(pivots: list[str]) -> None:
    assert memory(["myrsky", "laiva"], pivots) == [{}, {}]


@given(st.lists(st.tuples(st.lists(st.sampled_from([*WORDS]), max_size=4), st.booleans())))
def test_what_is_recalled_is_a_probability_and_belongs_to_what_is_lost(
    told: list[tuple[list[str], bool]],
) -> None:
    originals = [" ".join(words) for words, _ in told]
    pivots = ["" if lost else " ".join(WORDS[w] for w in words) for words, lost in told]
    for found, pivot in zip(memory(originals, pivots), pivots, strict=True):
        assert all(0 < value <= 1 for value in found.values())
        assert not (pivot and found)


@pytest.mark.parametrize(
    ("language", "expected"),
    [pytest.param("pt", {"dog", "german"}, id="known"), pytest.param("", set(), id="unknown")],
)
def test_the_names_in_what_is_lost_are_known_from_a_dictionary(
    language: str, expected: set[str]
) -> None:
    vocabulary = Vocabulary([["O cachorro da Alemanha", "Um cachorro"], ["a dog of Germany"]])
    original, _ = vocabulary.columns
    found = named(original, language, np.array([True, False]), vocabulary)
    assert found.shape == original.stems.shape
    assert {vocabulary.stems[k] for k in found[[0]].indices} == expected
    assert found[[1]].nnz == 0
    assert not found.nnz or 0 < found.max() <= 1
