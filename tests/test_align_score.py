"""The scorer counts as the literature does, and as the reference beside the checkout does."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.align.score import Beads, by_type, parse, report, score
from reader.errors import FormatError, ReaderError
from reader.export import export
from tests.builders import document, parallel
from tests.eval.sets import read_pair

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
    with pytest.raises(ReaderError, match=message) as found:
        read_pair(tmp_path / "d.gold")
    assert "\n" not in str(found.value)


def test_beads_are_read_as_the_reference_writes_them() -> None:
    text = "[0, 1]:[2]\n\n[]:[3]:0.5\n[]:[]\n [ 4 ] : [5,6] \r\n"
    assert parse(text, "d.gold") == {((0, 1), (2,)), ((), (3,)), ((4,), (5, 6))}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[0]:[0]\n0-0\n", "p:2: '0-0' is no bead; right is", id="another format"),
        pytest.param("[0 1]:[0]", "p:1: .* is no bead", id="no comma"),
        pytest.param("[0]:[1] x", "p:1: .* is no bead", id="something behind"),
        pytest.param(f"[{'9' * 5000}]:[1]", "p:1: .* is no bead", id="no index of anything"),
        pytest.param("[٣]:[1]", "p:1: .* is no bead", id="other digits"),
        pytest.param("\x00" * 100, "p:1: .* is no bead", id="no text"),
        pytest.param("{", "p:1: no JSON object", id="broken JSON"),
        pytest.param("{}", "p: no export of two versions", id="another JSON"),
        pytest.param(
            '{"documents": {"a": 0, "b": 0}}\n{"versions": [1]}', "p:2: no row", id="an odd row"
        ),
    ],
)
def test_what_is_no_alignment_is_one_clear_line(text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message) as found:
        parse(text, "p")
    assert "\n" not in str(found.value)
    assert len(str(found.value)) < 300


def test_an_export_of_two_versions_is_an_alignment() -> None:
    texts = document(["One.", "Two.", "Three."]), document(["Un.", "Deux."], name="b.txt")
    rows = [([[0, 1], [0]], 0.9), ([[2], []], 0.0), ([[], [1]], 0.0)]
    ((_, data),) = export(parallel(texts, rows), "jsonl").files
    assert parse(data.decode(), "p") == {((0, 1), (0,)), ((2,), ()), ((), (1,))}


def test_types_are_counted_by_gold() -> None:
    predicted: Beads = frozenset([((0,), (0,)), ((1,), (1,)), ((3,), ())])
    assert [line.split() for line in by_type([(GOLD, predicted)])] == [
        ["type", "gold", "found", "right"],
        ["1:1", "2", "2", "1"],
        ["1:0", "1", "1", "1"],
        ["2:1", "1", "0", "0"],
    ]


def test_report_has_all_figures() -> None:
    text = "\n".join(report(GOLD, GOLD - {((3,), ())}))
    assert "strict      1.0000    1.0000    1.0000" in text
    assert "nulls dropped: strict 1.0000" in text
