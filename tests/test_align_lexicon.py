"""What stands for what is learned from the text itself."""

from collections.abc import Sequence

import numpy as np
import pytest

from reader.align import Version
from reader.align.lattice import Beads
from reader.align.lexicon import LEAST_BEADS, explained, learn
from reader.align.versions import Library

THINGS = ("boat", "lamp", "bell", "reef", "storm", "letter", "ladder", "shutter", "baker", "well")
CALLED = (
    "vene",
    "lyhty",
    "kello",
    "riutta",
    "myrsky",
    "kirje",
    "tikas",
    "luukku",
    "leipuri",
    "kaivo",
)


def versions(size: int, lost: Sequence[int] = (), wrong: str = "") -> list[Version]:
    """Return a text in words of another language and its translation, of a thing a sentence."""
    things = [k % 10 for k in range(size)]
    originals = tuple(f"{CALLED[k]} oli tuolla" for k in things)
    english = tuple(f"the {THINGS[k]} was over there" for k in things)
    pivots = tuple(
        "" if i in lost else text.replace(THINGS[0], wrong) if wrong else text
        for i, text in enumerate(english)
    )
    return [Version("a", originals, pivots, "fi"), Version("b", english, english, "en")]


def diagonal(size: int) -> Beads:
    return Beads.points([(i, i) for i in range(size)])


def answered(texts: list[Version], at: Beads) -> list[float]:
    pair = Library(texts).pair(0, 1)
    size = len(texts[0].originals)
    lexicon = learn(pair, diagonal(size), np.ones(size))
    assert lexicon is not None
    return list(map(float, explained(pair, at, lexicon)))


def test_an_original_answers_where_its_translation_is_lost() -> None:
    right, wrong = answered(versions(120, lost=[7]), Beads.points([(7, 7), (7, 8)]))
    assert right > 2 * wrong


def test_a_word_that_is_translated_otherwise_every_time_is_learned() -> None:
    right, wrong = answered(versions(120, wrong="canoe"), Beads.points([(10, 20), (10, 21)]))
    assert right > 0.2
    assert wrong < 0.2 * right


@pytest.mark.parametrize("size", [1, LEAST_BEADS - 1])
def test_a_short_text_teaches_nothing(size: int) -> None:
    assert learn(Library(versions(size)).pair(0, 1), diagonal(size), np.ones(size)) is None
