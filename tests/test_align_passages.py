"""Passages in another order are put in one, and aligned there."""

from collections.abc import Sequence
from itertools import chain, pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.align import Pin, Version, align, realign
from reader.align.lattice import Beads
from reader.align.passages import orders
from reader.align.pins import Units
from reader.align.versions import Library
from reader.model import Row, Span
from tests.eval.speed import made_up
from tests.tale import covered

Spans = Sequence[tuple[tuple[int, int], tuple[int, int]]]


def arranged(beads: Spans, m: int, n: int) -> list[int] | None:
    """Return the order of the second of two versions, by sure beads."""
    found = orders([{0: Span(*x), 1: Span(*y)} for x, y in beads], (m, n))
    return None if found is None else found[1]


def ones(*pairs: tuple[int, int]) -> Spans:
    return [((i, i + 1), (j, j + 1)) for i, j in pairs]


@pytest.mark.parametrize(
    ("beads", "m", "n", "order"),
    [
        pytest.param((), 3, 3, None, id="nothing in common"),
        pytest.param(ones((0, 0), (2, 1)), 3, 3, None, id="in order"),
        pytest.param(ones((0, 2), (1, 3), (2, 0), (3, 1)), 4, 4, [2, 3, 0, 1], id="halves"),
        pytest.param([((0, 1), (2, 4)), ((1, 3), (0, 2))], 3, 4, [2, 3, 0, 1], id="of any size"),
        pytest.param(ones((0, 2), (3, 4), (4, 0)), 5, 5, [2, 3, 4, 0, 1], id="a gap stays"),
        pytest.param(ones((0, 2), (2, 0)), 3, 3, [2, 0, 1], id="to the one with a gap behind it"),
        pytest.param(ones((1, 2), (2, 0)), 3, 3, [1, 2, 0], id="to the one with a gap before it"),
        pytest.param(ones((1, 4), (2, 0)), 4, 5, [3, 4, 0, 1, 2], id="shared by two gaps"),
        pytest.param(ones((0, 2), (1, 0)), 2, 3, [2, 0, 1], id="without a gap to the one before"),
        pytest.param(ones((0, 3), (1, 1)), 2, 5, [3, 4, 0, 1, 2], id="before all and behind all"),
    ],
)
def test_order_of_a_version_by_another(
    beads: Spans, m: int, n: int, order: list[int] | None
) -> None:
    assert arranged(beads, m, n) == order


@given(st.permutations(range(8)), st.integers(1, 8))
def test_every_segment_has_one_place(permutation: list[int], known: int) -> None:
    alone = [{d: Span(i, i + 1)} for d in (0, 1) for i in range(8)]
    rows = [{0: Span(i, i + 1), 1: Span(j, j + 1)} for i, j in enumerate(permutation[:known])]
    first, second = orders([*alone, *rows], (8, 8)) or (list(range(8)), list(range(8)))
    assert first == sorted(second) == list(range(8))
    assert [j for j in second if j in permutation[:known]] == permutation[:known]


PASSAGE = 12
"""Segments of a passage."""
ONE, TWO = made_up(8 * PASSAGE)
STRAIGHT = align([ONE, TWO]).rows


def shuffled(version: Version, seed: int) -> Version:
    size = len(version.originals)
    passages = [range(k, min(k + PASSAGE, size)) for k in range(0, size, PASSAGE)]
    Random(seed).shuffle(passages)
    return version.part([*chain.from_iterable(passages)])


def paired(rows: Sequence[Row], versions: Sequence[Version]) -> set[tuple[str, ...]]:
    """Return the rows of several versions as texts, wherever they stand."""
    return {
        tuple(
            " ".join(version.originals[i] for i in cell)
            for version, cell in zip(versions, row.segments, strict=True)
        )
        for row in rows
        if len(row.present) > 1
    }


def test_halves_of_a_free_translation_are_aligned_as_if_they_stood_in_order() -> None:
    random = Random(1)
    words = [word for text in TWO.originals for word in text.split()]
    free = tuple(
        " ".join(random.choice(words) if random.random() < 0.6 else word for word in text.split())
        for text in TWO.originals
    )
    half = len(free) // 2
    one, two = (Version("b", texts, texts) for texts in (free, free[half:] + free[:half]))
    expected = paired(align([ONE, one]).rows, [ONE, one])
    found = paired(align([ONE, two]).rows, [ONE, two])
    assert len(found & expected) >= 0.97 * max(len(found), len(expected))


@pytest.mark.parametrize("seed", range(3))
def test_passages_are_aligned_as_if_they_stood_in_order(seed: int) -> None:
    versions = [ONE, shuffled(TWO, seed)]
    found = align(versions)
    assert found.mode == "comparable"
    assert covered(found, versions)
    expected = paired(STRAIGHT, [ONE, TWO])
    assert len(expected & paired(found.rows, versions)) > 0.95 * len(expected)
    # No row joins what stands apart.
    cells = [cell for row in found.rows for cell in row.segments]
    assert all(j == i + 1 for cell in cells for i, j in pairwise(cell))


@pytest.mark.parametrize("passage", [range(30, 31), range(40, 43), range(60, 62)])
def test_a_passage_that_was_moved_among_others_in_order_is_found(passage: range) -> None:
    rest = [j for j in range(len(TWO.originals)) if j not in passage]
    moved = TWO.part([*rest[:8], *passage, *rest[8:]])
    found = align([ONE, moved])
    assert found.mode == "parallel"
    assert covered(found, [ONE, moved])
    expected = paired(STRAIGHT, [ONE, TWO])
    assert len(expected & paired(found.rows, [ONE, moved])) >= len(expected) - 1
    assert {j for row in found.rows if row.moved for j in row.segments[1]} <= {
        *range(8, 8 + len(passage))
    }


IN_PASSING = ("Yes.", "Why?", "He nodded.", "What do you mean?", "Good morning, sir.")


def test_what_is_said_in_passing_here_and_there_is_no_passage() -> None:
    versions = []
    for version in made_up(300, seed=2):
        random, texts = Random(version.id), list(version.originals)
        for _ in range(20):
            texts.insert(random.randrange(len(texts)), random.choice(IN_PASSING))
        versions.append(Version(version.id, tuple(texts), tuple(texts)))
    assert not any(row.moved for row in align(versions).rows)


def test_passages_of_three_versions_have_one_order() -> None:
    one, two, three = made_up(8 * PASSAGE, versions=3)
    straight = paired(align([one, two, three]).rows, [one, two, three])
    versions = [one, shuffled(two, 1), shuffled(three, 2)]
    found = align(versions)
    assert covered(found, versions)
    assert len(straight & paired(found.rows, versions)) > 0.9 * len(straight)


def test_units_that_are_rearranged_twice_know_their_places() -> None:
    units = Units.of([ONE, TWO], [])
    orders = [list(range(size)) for size in units.sizes]
    back = [order[10:] + order[:10] for order in orders]
    twice = units.rearranged(back).rearranged(back)
    assert twice.versions[1].originals == (*TWO.originals[20:], *TWO.originals[:20])
    assert twice.in_version(1, Span(0, 2)) == Span(20, 22)
    assert twice.versions[1].seams == {len(TWO.originals) - 20}
    assert twice.cell(1, Span(0, 2)) == (20, 21)


def test_no_bead_holds_a_seam() -> None:
    texts = tuple(f"word{i} and nothing" for i in range(5))
    version = Version("a", texts, texts)
    turned = Units.of([version], []).rearranged([[3, 4, 0, 1, 2]]).versions[0]
    pair = Library([version, turned]).pair(0, 1)
    spans = [(0, 2), (1, 3), (2, 4), (0, 3)]
    columns = np.array([(0, j, 1, k) for j, k in spans], dtype=np.int32).T
    allowed = pair.allow(Beads(*columns))
    assert allowed is not None
    assert allowed.tolist() == [True, False, True, False]


def test_what_is_aligned_anew_leaves_a_moved_passage_where_it_is() -> None:
    rest = [j for j in range(len(TWO.originals)) if j not in range(40, 43)]
    versions = [ONE, TWO.part([*rest[:8], 40, 41, 42, *rest[8:]])]
    found = align(versions)
    moved = {row.segments for row in found.rows if row.moved and len(row.present) == 2}
    assert moved
    again = realign(versions, found, [Pin(found.rows[20].segments)], around=[5, 60])
    assert covered(again, versions)
    assert {row.segments for row in again.rows if row.moved and len(row.present) == 2} == moved
    assert paired(again.rows, versions) == paired(found.rows, versions)


def test_passages_of_untranslated_texts_are_found_by_names_and_length() -> None:
    """Every other sentence has a name in both languages; the others are as long as each other."""
    random = Random(3)

    def words(letters: str, count: int) -> str:
        return " ".join("".join(random.choices(letters, k=6)) for _ in range(count))

    told, foreign = [], []
    for k in range(60):
        name = words("bdfgklmnprstvz", 1).title() if k % 2 else ""
        size = random.randint(2, 14)
        told.append(f"{words('aeiou', size)} {name}.")
        foreign.append(f"{words('äöüыэю', size)} {name}.")
    moved = Version("f", tuple(foreign), ("",) * 60, "fi").part([*range(30, 60), *range(30)])
    versions = [Version("e", tuple(told), tuple(told), "en"), moved]
    right = {((k,), ((k + 30) % 60,)) for k in range(60)}
    assert len(right & {row.segments for row in align(versions).rows}) >= 40
