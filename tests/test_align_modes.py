"""The mode is told from the texts."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from string import ascii_lowercase

import pytest

from reader.align import Pin, Version, align, realign
from reader.model import Mode
from tests.eval.speed import made_up

ONE, TWO = made_up(120)
ELSE, OTHER = made_up(120, seed=2)


def part(version: Version, kept: Sequence[int], *, also: Version | None = None) -> Version:
    """Return some segments of a version, and then those of another."""
    texts = [version.originals[i] for i in kept if i < len(version.originals)]
    texts += also.originals if also else ()
    return Version(version.id, tuple(texts), tuple(texts))


SHUFFLED = Random(1).sample(range(100), 30)


@pytest.mark.parametrize(
    ("versions", "mode"),
    [
        pytest.param([ONE], "parallel", id="one version"),
        pytest.param([ONE, TWO], "parallel", id="translations"),
        pytest.param(
            [ONE, part(TWO, [*range(30), *range(80, 120)])], "parallel", id="a chapter is missing"
        ),
        pytest.param(
            [part(ONE, range(25, 120)), part(TWO, range(90))], "parallel", id="both lack an end"
        ),
        pytest.param(
            [part(ONE, [*range(40), *range(80, 120)]), part(TWO, [*range(20), *range(50, 120)])],
            "parallel",
            id="large gaps on both sides",
        ),
        pytest.param(
            [ONE, part(TWO, [*range(60, 120), *range(60)])], "comparable", id="halves swapped"
        ),
        pytest.param(
            [ONE, part(TWO, [*range(20), *range(40, 70), *range(20, 40), *range(70, 120)])],
            "comparable",
            id="a chapter moved",
        ),
        pytest.param(
            [ONE, part(TWO, SHUFFLED, also=OTHER)], "comparable", id="some sentences in common"
        ),
        pytest.param([ONE, OTHER], "comparable", id="unrelated"),
        pytest.param([ONE, OTHER, ONE], "comparable", id="one of two is there twice"),
        pytest.param([ONE, ONE], "parallel", id="copies"),
        pytest.param([ONE, TWO, part(ONE, range(0, 120, 2))], "parallel", id="three versions"),
    ],
)
def test_mode(versions: list[Version], mode: Mode) -> None:
    assert align(versions).mode == mode


@pytest.mark.parametrize("also", [(), range(0, 60, 3)], ids=["nothing else", "some elsewhere"])
def test_an_order_stands_where_the_translation_of_a_repeat_is_lost(also: Sequence[int]) -> None:
    """A passage that one side has twice is found with its repeat, if its counterpart is lost."""
    told = part(ONE, [*range(20), *range(60, 68), *range(20, 110)])
    lost = {*range(68, 76), *also}
    pivots = tuple("" if i in lost else text for i, text in enumerate(told.pivots))
    assert align([told, TWO]).mode == "parallel"
    assert align([replace(told, pivots=pivots, language="xx"), TWO]).mode == "parallel"


def test_unrelated_texts_give_no_rows() -> None:
    assert all(len(row.present) == 1 for row in align([ONE, OTHER]).rows)


@pytest.mark.parametrize(
    ("versions", "of"),
    [
        pytest.param([ONE, TWO, OTHER], "aab", id="one of another text"),
        pytest.param([OTHER, ONE, part(TWO, range(90)), TWO], "baaa", id="among three"),
        pytest.param([ONE, OTHER, TWO, ELSE], "abab", id="two and two"),
    ],
)
def test_another_text_among_translations_stands_alone(versions: list[Version], of: str) -> None:
    found = align(versions)
    assert found.mode == "parallel"
    right = next(row for row in found.rows[60:] if len(row.present) > 1)
    anew = realign(versions, found, [Pin(right.segments)], around=[3, 80])
    for rows in (found.rows, anew.rows):
        assert all(len({of[d] for d in row.present}) == 1 for row in rows)
        assert sum(len(row.present) > 1 for row in rows) >= 90


def untranslated(version: Version, language: str) -> Version:
    """Return a version in signs of its own, as of a language that nothing was translated from."""
    signs = {ord(letter): chr(0x4E00 + k) for k, letter in enumerate(ascii_lowercase)}
    texts = tuple(text.translate(signs) for text in version.originals)
    return Version(version.id, texts, ("",) * len(texts), language)


def test_untranslated_texts_are_aligned_if_they_fit_each_other() -> None:
    kept = [i for i in range(120) if i % 10]
    found = align([ONE, untranslated(part(ONE, kept), "xx")])
    right = sum(row.segments == ((i,), (k,)) for k, i in enumerate(kept) for row in found.rows)
    assert found.mode == "parallel"
    assert right >= 0.7 * len(kept)


def test_one_word_that_is_the_same_by_chance_does_not_lead_untranslated_texts_astray() -> None:
    other = untranslated(ONE, "xx")
    texts = [list(version.originals) for version in (ONE, other)]
    texts[0][10] += " ok"
    texts[1][-10] += " ok"
    rows = align(
        [
            replace(version, originals=tuple(column), pivots=("",) * len(column))
            for version, column in zip((ONE, other), texts, strict=True)
        ]
    ).rows
    right = sum(row.segments == ((i,), (i,)) for i in range(len(texts[0])) for row in rows)
    assert right >= 0.7 * len(texts[0])


def test_unrelated_untranslated_texts_give_no_rows() -> None:
    found = align([ONE, untranslated(OTHER, "xx")])
    assert found.mode == "comparable"
    assert all(len(row.present) == 1 for row in found.rows)


def test_shared_sentences_are_found_and_nothing_else() -> None:
    versions = [ONE, part(TWO, SHUFFLED, also=OTHER)]
    truth = {
        (row.segments[0], row.segments[1]) for row in align([ONE, TWO]).rows if row.type == (1, 1)
    }
    found = [row for row in align(versions).rows if len(row.present) == 2]
    right = [
        row
        for row in found
        if all(i < len(SHUFFLED) for i in row.segments[1])
        and (row.segments[0], tuple(SHUFFLED[i] for i in row.segments[1])) in truth
    ]
    assert len(found) >= 12
    assert len(right) >= 0.9 * len(found)


def test_a_long_abridged_version_is_a_translation() -> None:
    """One that has a quarter of a text, in runs of up to four sentences."""
    one, two = made_up(300)
    random, first = Random(2), 0
    kept: list[int] = []
    while first < len(two.originals):
        kept += range(first, first + random.randint(1, 4))
        first = kept[-1] + 1 + random.randint(1, 12)
    short = part(two, kept)
    found = align([one, short])
    assert found.mode == "parallel"
    assert sum(len(row.present) > 1 for row in found.rows) >= 0.75 * len(short.originals)
