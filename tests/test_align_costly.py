"""What the costly features say of two sides."""

import numpy as np
import pytest

from reader.align import Version
from reader.align.costly import costly
from reader.align.lattice import Beads
from reader.align.text import Floats
from reader.align.versions import Library


def features(texts: list[str], others: list[str], *beads: tuple[int, int]) -> dict[str, Floats]:
    """Return the costly features of 1-1 beads of two texts, as their own pivots."""
    a, b = (Version(name, tuple(t), tuple(t)) for name, t in (("a", texts), ("b", others)))
    return dict(costly(Library([a, b]).pair(0, 1), Beads.points(beads)))


def test_words_in_order_are_counted_in_segments() -> None:
    told = ["a dog bit the mayor", "rain fell on the harbour"]
    others = ["a dog bit the mayor", "the mayor bit a dog", "snow covered every single hill"]
    same, turned, none = features(told, others, (0, 0), (0, 1), (0, 2))["words in order"]
    assert same == pytest.approx(1)
    assert 0 == none < turned < same


@pytest.mark.parametrize(
    ("text", "other", "alike"),
    [
        pytest.param("Where is it?", "它在哪里？", True, id="other-script"),
        pytest.param("“Where is it?”", "« Où est-il ? »", True, id="quoted"),
        pytest.param("Where is it?", "Il est là.", False, id="question-statement"),
        pytest.param("He said:", "他说。", False, id="colon-stop"),
        pytest.param("Ferry runs aground", "Barco encalha", True, id="titles"),
        pytest.param("Ferry runs aground", "Barco encalha.", False, id="title-sentence"),
    ],
)
def test_ends_alike(text: str, other: str, alike: bool) -> None:
    assert features([text], [other], (0, 0))["ends alike"] == np.float32(alike)


def test_size_is_that_of_the_mean_segment() -> None:
    size = features(["12345", "123456789"], ["123", "1234567"], (0, 0), (1, 1))["size"]
    assert size.sum() == pytest.approx(2)
    assert size[0] < size[1]


def test_what_a_lost_translation_names_counts_where_the_other_side_says_it() -> None:
    told = ("A dog bit the mayor.", "Rain fell on the harbour.", "xqz wvk jjp qqz")
    native = (
        "Um cão mordeu o presidente da câmara.",
        "Choveu no porto.",
        "O hospital na Alemanha.",
    )
    others = (
        "A dog bit the mayor.",
        "Rain fell on the harbour.",
        "A German hospital.",
        "It snowed.",
    )
    versions = [Version("a", native, told, "pt"), Version("b", others, others, "en")]
    beads = Beads.points([(0, 0), (2, 2), (2, 3)])
    kept, right, wrong = dict(costly(Library(versions).pair(0, 1), beads))["recalled"]
    assert kept == wrong == 0
    assert right > 0
