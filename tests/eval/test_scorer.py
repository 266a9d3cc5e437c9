"""The scorer counts as the literature does, and as the reference beside the checkout does."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval.scorer import score
from tests.eval.sets import Beads, SetError, read_gold, read_pair

GOLD: Beads = frozenset([((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((4,), (2,))])


@pytest.mark.parametrize(
    ("predicted", "strict", "lax"),
    [
        pytest.param(GOLD, (1, 1), (1, 1), id="all right"),
        pytest.param(frozenset(), (0, 0), (0, 0), id="nothing"),
        pytest.param(frozenset([((0,), (0,))]), (1, 1 / 3), (1, 1 / 3), id="one of three"),
        pytest.param(
            frozenset([((1,), (1,))]), (0, 0), (1, 1 / 3), id="half a bead is laxly right"
        ),
        pytest.param(frozenset([((3,), ())]), (1, 0), (1, 0), id="a null bead has no recall"),
        pytest.param(frozenset([((4,), ())]), (0, 0), (0, 0), id="a wrong null bead"),
    ],
)
def test_figures(predicted: Beads, strict: tuple[float, float], lax: tuple[float, float]) -> None:
    found = score([(GOLD, predicted)])
    assert (found.strict.p, found.strict.r) == pytest.approx(strict)
    assert (found.lax.p, found.lax.r) == pytest.approx(lax)


def test_documents_are_counted_together() -> None:
    one: Beads = frozenset([((0,), (0,))])
    assert score([(GOLD, GOLD), (one, frozenset())]).strict.r == 3 / 4


sides = st.lists(st.integers(0, 6), max_size=3, unique=True).map(lambda x: tuple(sorted(x)))
alignments = st.frozensets(st.tuples(sides, sides).filter(any), max_size=8)


@pytest.fixture(scope="module")
def reference(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "bench" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_agrees_with_the_reference(reference: ModuleType) -> None:
    @given(st.lists(st.tuples(alignments, alignments), min_size=1, max_size=3))
    def compare(documents: list[tuple[Beads, Beads]]) -> None:
        ours, theirs = score(documents), reference.score(documents)
        for name, figures in (("strict", ours.strict), ("lax", ours.lax)):
            for figure in ("p", "r", "f"):
                value = figures.f1 if figure == "f" else getattr(figures, figure)
                assert value == pytest.approx(theirs[f"{figure}_{name}"], abs=1e-12)

    compare()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param({".src": "a\n", ".gold": ""}, "readable UTF-8", id="no target"),
        pytest.param({".src": "a\n", ".tgt": "b\n", ".gold": "x\n"}, "no bead", id="odd gold"),
        pytest.param(
            {".src": "a\n", ".tgt": "b\n", ".mt": "", ".gold": ""},
            "0 lines",
            id="short translation",
        ),
    ],
)
def test_odd_files_give_one_clear_line(tmp_path: Path, files: dict[str, str], message: str) -> None:
    for suffix, text in files.items():
        (tmp_path / f"d{suffix}").write_text(text)
    with pytest.raises(SetError, match=message) as found:
        read_pair(tmp_path / "d.gold")
    assert "\n" not in str(found.value)


def test_gold_is_read_as_the_reference_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "d.gold"
    path.write_text("[0, 1]:[2]\n\n[]:[3]:0.5\n[]:[]\n")
    assert read_gold(path) == {((0, 1), (2,)), ((), (3,))}
