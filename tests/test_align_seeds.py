"""Real reports of one event: few true equivalents, and hardly anything else."""

from pathlib import Path

import pytest

from reader.align import Alignment, Version, align
from reader.segment import segment
from tests.books import read

pytestmark = pytest.mark.shared


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _pivots(path: Path, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Return the translations made by hand; a sentence may be split elsewhere than there."""
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    hand = {_squeezed(original): english for original, english in lines}
    return tuple(
        hand.get(_squeezed(text))
        or " ".join(e for o, e in hand.items() if _squeezed(text) in o or o in _squeezed(text))
        for text in sentences
    )


@pytest.fixture(scope="module")
def versions(shared: Path) -> list[Version]:
    found = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        document = segment(read(path), name=path.name)
        texts = tuple(document.sentence(i) for i in document.kept)
        hand = shared / "seeds" / "pivot" / f"{path.stem}.tsv"
        pivots = _pivots(hand, texts) if hand.exists() else texts
        found.append(Version(path.name[:3], texts, pivots, document.language))
    return found


def _pairs(alignment: Alignment, versions: list[Version]) -> list[list[str]]:
    """Return the rows of more than one version as English texts."""
    return [
        [versions[d].pivots[i] for d in row.present for i in row.segments[d]]
        for row in alignment.rows
        if len(row.present) > 1
    ]


def test_two_reports_of_one_statement(versions: list[Version]) -> None:
    russian, english = versions[2], versions[4]
    result = align([russian, english])
    assert result.mode == "comparable"
    found = _pairs(result, [russian, english])
    assert any(
        row[0].startswith("Peskov: Russia is ready to coordinate") and "Moscow" in row[1]
        for row in found
    )
    assert len(found) <= 5
    for row in result.rows:
        if len(row.present) > 1:
            assert max(row.type) <= 2


def test_five_reports_share_little(versions: list[Version]) -> None:
    result = align(versions)
    assert result.mode == "comparable"
    assert 1 <= len(_pairs(result, versions)) <= 8


def test_reports_of_other_events_share_nothing(versions: list[Version]) -> None:
    assert len(_pairs(align([versions[1], versions[3]]), [versions[1], versions[3]])) <= 1
