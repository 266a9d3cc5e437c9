"""Headings help where texts leave a choice, and do no harm where they are wrong."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from reader.align import Pin, Version, align, realign
from reader.align.headings import landmarks, numeral
from reader.model import Row
from tests.eval.sets import read_pair
from tests.eval.speed import made_up
from tests.tale import covered

SIZE = 40
"""Sentences of a chapter."""


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("Chapter 4", 4),
        ("Chapter 12: The Rain", 12),
        ("4.", 4),
        ("IV", 4),
        ("Capítulo XLIX. Das origens", 49),
        ("Глава II", 2),
        ("الفصل ٣", 3),
        ("第四章", 4),
        ("第二十一章 风雪", 21),
        ("第 4 回", 4),
        ("제3장", 3),
        ("一〇三", 103),
        ("三月", None),
        ("第一百二十回", 120),
        ("I saw the rain", None),
        ("Mix", None),
        ("Epilogue", None),
        ("1984567", None),
        ("", None),
    ],
)
def test_number_of_a_heading(heading: str, number: int | None) -> None:
    assert numeral(heading) == number


def test_landmarks_are_headings_of_one_number() -> None:
    found = landmarks({0: "I", 9: "II", 20: "Epilogue"}, {3: "Chapter 2", 8: "2", 11: "4"})
    assert list(zip(found.i0.tolist(), found.j0.tolist(), strict=True)) == [(9, 3), (9, 8)]


ONE, TWO = made_up(8 * SIZE)
ROWS = align([ONE, TWO]).rows
BORDERS = {
    version.id: [
        next(r.segments[side][0] for r in ROWS[k * SIZE :] if len(r.present) == 2) for k in range(6)
    ]
    for side, version in enumerate((ONE, TWO))
}
"""Where chapters begin, at the same place of the story."""


def book(version: Version, chapters: Sequence[int], *, numbered: str = "Chapter {}") -> Version:
    """Return some chapters of a version, in this order, under headings."""
    texts: list[str] = []
    headings = []
    for chapter in chapters:
        headings.append(len(texts))
        texts.append(numbered.format(chapter + 1))
        texts += version.originals[slice(*BORDERS[version.id][chapter : chapter + 2])]
    return Version(version.id, tuple(texts), tuple(texts), headings=frozenset(headings))


IN_ORDER = range(5)
MOVED = (0, 3, 1, 2, 4)


def paired(rows: Sequence[Row], versions: Sequence[Version]) -> set[tuple[str, str]]:
    """Return the sentences that stand in one row, as texts: wherever their chapters are."""
    return {
        (versions[0].originals[i], versions[1].originals[j])
        for row in rows
        for i in row.segments[0]
        for j in row.segments[1]
    }


STRAIGHT = book(ONE, IN_ORDER), book(TWO, IN_ORDER)
EXPECTED = paired(align(STRAIGHT).rows, STRAIGHT)


@pytest.mark.parametrize("hub", [0, 1])
def test_a_moved_chapter_is_aligned_in_order_within_itself(hub: int) -> None:
    versions = book(ONE, IN_ORDER), book(TWO, MOVED)
    found = align(versions, hub=hub)
    assert found.mode == "parallel"
    assert covered(found, versions)
    assert len(EXPECTED & paired(found.rows, versions)) > 0.97 * len(EXPECTED)
    order = [i for row in found.rows for i in row.segments[hub]]
    assert order == sorted(order)
    moved = [row for row in found.rows if row.moved]
    assert 0.8 * SIZE < len(moved) < 1.2 * SIZE
    assert {row.moved for row in moved} == {(1 - hub,)}


def test_a_moved_chapter_among_three_versions() -> None:
    versions = [book(ONE, IN_ORDER), book(TWO, MOVED), replace(book(ONE, (0, 1, 2, 4)), id="c")]
    found = align(versions)
    assert found.mode == "parallel"
    assert covered(found, versions)
    assert sum(len(row.present) == 3 for row in found.rows) > 3 * SIZE


def test_a_pin_binds_in_a_moved_chapter() -> None:
    versions = book(ONE, IN_ORDER), book(TWO, MOVED)
    rows = [row.segments for row in align(versions).rows]
    pin = next(cells for cells in rows if cells[0] and cells[0][0] > 3.5 * SIZE and cells[1])
    again = align(versions, pins=[Pin(pin)])
    assert pin in [row.segments for row in again.rows]
    assert again.mode == "parallel"


def test_rows_at_the_border_of_a_moved_chapter_are_made_again() -> None:
    versions = book(ONE, IN_ORDER), book(TWO, MOVED)
    found = align(versions)
    moved = [r for r, row in enumerate(found.rows) if row.moved]
    asked = range(moved[0] + 1, moved[0] + 6)
    pins = [Pin(found.rows[r].segments) for r in (asked[0] - 1, asked[-1] + 1)]
    again = realign(versions, found, pins, around=asked)
    assert covered(again, versions)
    same = {row.segments for row in found.rows} & {row.segments for row in again.rows}
    assert len(same) >= len(found.rows) - 2


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(IN_ORDER, (0, 1, 4), id="chapters are missing"),
        pytest.param((1, 2, 3), (0, 2, 3, 4), id="either lacks some"),
    ],
)
def test_missing_chapters_stay_unmatched(left: Sequence[int], right: Sequence[int]) -> None:
    versions = book(ONE, left), book(TWO, right)
    found = align(versions)
    assert found.mode == "parallel"
    shared = sorted(set(left) & set(right))
    texts = [set(book(version, shared).originals) for version in (ONE, TWO)]
    both = paired(found.rows, versions)
    assert sum(a in texts[0] and b in texts[1] for a, b in both) > 0.95 * len(both)
    assert len(both & EXPECTED) > 0.9 * len(both)


def test_headings_that_are_wrong_change_little() -> None:
    random = Random(1)
    plain = [Version(v.id, v.originals, v.originals) for v in (ONE, TWO)]
    lies = [
        replace(v, headings=frozenset(random.sample(range(len(v.originals)), 12))) for v in plain
    ]
    truth = {row.segments for row in align(plain).rows}
    found = align(lies)
    assert found.mode == "parallel"
    assert len(truth & {row.segments for row in found.rows}) > 0.97 * len(truth)


def test_numbers_of_other_chapters_change_little() -> None:
    one = book(ONE, IN_ORDER)
    wrong = tuple(
        f"Chapter {int(text.split()[1]) % 5 + 1}" if i in one.headings else text
        for i, text in enumerate(one.originals)
    )
    versions = replace(one, originals=wrong, pivots=wrong), book(TWO, IN_ORDER)
    found = align(versions)
    assert found.mode == "parallel"
    assert len(EXPECTED & paired(found.rows, versions)) > 0.97 * len(EXPECTED)


def test_numbers_pair_headings_that_share_no_word() -> None:
    roman = dict(
        zip((f"Chapter {k}" for k in range(1, 6)), ["I", "II", "III", "IV", "V"], strict=True)
    )
    one, two = book(ONE, IN_ORDER), book(TWO, (0, 1, 3, 4))
    told = tuple(roman.get(text, text) for text in two.originals)
    versions = one, replace(two, originals=told, pivots=told)
    found = paired(align(versions).rows, versions)
    for number in (1, 2, 4, 5):
        assert (f"Chapter {number}", roman[f"Chapter {number}"]) in found
    assert not any(a == "Chapter 3" for a, _ in found)


@pytest.mark.shared
def test_chapters_hold_a_book_together_that_is_not_translated(shared: Path) -> None:
    """A book of short articles: no row is of two of them."""
    folder = shared / "bench" / "flores-tr-noisy"
    if not folder.is_dir():
        pytest.skip("no set flores-tr-noisy")
    texts: tuple[list[str], list[str]] = ([], [])
    chapter: tuple[list[int], list[int]] = ([], [])
    gold = set()
    for k, path in enumerate(sorted(folder.glob("*.gold"))[:12]):
        pair = read_pair(path)
        for side, heading in enumerate((f"{k + 1}. bölüm", f"Chapter {k + 1}")):
            texts[side].append(heading)
        m, n = map(len, texts)
        gold |= {(tuple(i + m for i in s), tuple(j + n for j in t)) for s, t in pair.gold}
        for side in (0, 1):
            texts[side].extend(pair.versions[side].originals)
            chapter[side].extend([k] * (len(texts[side]) - len(chapter[side])))
    versions = []
    for name, text, of in zip("ab", texts, chapter, strict=True):
        headings = frozenset(map(of.index, range(12)))
        versions.append(Version(name, tuple(text), ("",) * len(text), headings=headings))
    rows = [row.segments for row in align(versions, mode="parallel").rows]
    assert all(
        len({chapter[d][i] for d, cell in enumerate(row) for i in cell}) == 1 for row in rows
    )
    assert {tuple((of.index(k),) for of in chapter) for k in range(12)} <= set(rows)
    assert len(gold & {(x, y) for x, y in rows}) > 0.75 * len(gold)
