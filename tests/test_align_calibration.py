"""A score is a probability."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.align import Version, align
from reader.align.calibration import Joint, Line, learned
from reader.align.score import score
from reader.align.weights import learned as weights
from tests.eval.__main__ import judged, run
from tests.eval.many import measure
from tests.eval.noise import untranslated
from tests.eval.reliability import reliability
from tests.eval.sets import read_pair, sampled

probabilities = st.floats(0, 1)
sizes = st.integers(1, 10_000)


@pytest.mark.parametrize("level", sorted(learned()[0]))
@given(a=probabilities, b=probabilities, size=sizes)
def test_calibration_keeps_the_order(level: str, a: float, b: float, size: int) -> None:
    line = learned()[0][level]  # type: ignore[index]
    low, high = sorted((a, b))
    assert line.log_odds(low, size) <= line.log_odds(high, size)


def test_every_level_that_was_learned_is_calibrated() -> None:
    for level in learned()[0]:
        assert weights(level).final


def test_two_versions_are_scored_as_their_pair() -> None:
    assert Joint(2.0, 3.0).log_odds([0.7]) == 0.7


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=6), st.floats(0.01, 5))
def test_less_sure_pairs_make_a_row_less_sure(pairs: list[float], less: float) -> None:
    joint = learned()[1]
    assert joint.log_odds([pairs[0] - less, *pairs[1:]]) < joint.log_odds(pairs)


def test_no_calibration_is_the_identity() -> None:
    assert Line().log_odds(0.5, 1) == 0


def test_one_sentence_in_unknown_languages_is_not_sure() -> None:
    left, right = "Ĉu vi parolas kun mi nun?", "Mbo hapa nde kolo wapi"
    rows = align([Version("a", (left,), ("",)), Version("b", (right,), ("",))]).rows
    assert all(len(row.present) == 1 for row in rows)


def test_reliability_compares_scores_with_what_is_right() -> None:
    rows = [(0.8, True), (0.8, True), (0.8, False), (0.8, True), (1.0, True)]
    lines, error = reliability(rows)
    assert [line.split() for line in lines[1:3]] == [
        ["0.70-0.90", "4", "0.800", "0.750"],
        ["0.97-1.00", "1", "1.000", "1.000"],
    ]
    assert error == pytest.approx(0.05 * 4 / 5)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["flores-ja-noisy", "flores-tr-shuffled", "mac-dev", "parice"])
def test_scores_of_a_development_set_are_probabilities(name: str, shared: Path) -> None:
    folder = shared / "bench" / name
    if not folder.is_dir():
        pytest.skip(f"no set {name}")
    results, _ = run(folder, 12)
    assert reliability(judged(results))[1] < 0.05


@pytest.mark.shared
@pytest.mark.parametrize("kind", ["noisy", "shuffled"])
def test_scores_of_rows_of_several_versions_are_probabilities(kind: str, shared: Path) -> None:
    family = [shared / "bench" / f"flores-{code}-{kind}" for code in ("ar", "ja", "pt", "tr", "zh")]
    if not all(folder.is_dir() for folder in family):
        pytest.skip("no sets in five languages")
    figures, found = measure(family, 12)
    assert reliability(found)[1] < 0.05
    assert figures.p > 0.85


@pytest.mark.shared
@pytest.mark.parametrize("code", ["ar", "tr", "zh"])
def test_nine_of_ten_pairs_are_right_where_order_is_free(code: str, shared: Path) -> None:
    folder = shared / "bench" / f"flores-{code}-shuffled"
    if not folder.is_dir():
        pytest.skip(f"no set {folder.name}")
    results, _ = run(folder, 12)
    right = [hit for _, hit in judged(results)]
    assert sum(right) >= 0.9 * len(right)


@pytest.mark.shared
@pytest.mark.parametrize(("name", "least"), [("mac-dev", 0.5), ("flores-tr-noisy", 0.7)])
def test_texts_without_translation_are_aligned_all_the_same(
    name: str, least: float, shared: Path
) -> None:
    folder = shared / "bench" / name
    if not folder.is_dir():
        pytest.skip(f"no set {name}")
    pairs = [untranslated(read_pair(path)) for path in sampled(folder, 6)]
    found = []
    for pair in pairs:
        rows = align(pair.versions).rows
        found.append((pair.gold, frozenset((r.segments[0], r.segments[1]) for r in rows)))
    assert score(found).strict.f1 > least
