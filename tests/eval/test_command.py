"""`python -m tests.eval` prints what it measures and goes on after an odd document."""

import json
from pathlib import Path

import pytest

from tests.eval.__main__ import main
from tests.eval.noise import Noise, destroy, excerpt, reports, short, spoil
from tests.eval.sets import GoldPair, read_pair

LINES = [
    "The ferry left Ostende with 214 passengers at dawn.",
    "A violinist on the upper deck refused to play before noon.",
    "The captain promised calm weather, and nobody believed him.",
    "Three crates of oranges fell into the water near the lighthouse.",
    "Gulls followed the ship as far as the Kentish coast.",
    "In Dover a customs officer counted the trunks twice.",
]


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    folder = tmp_path / "made-up"
    folder.mkdir()
    for name in ("a", "b"):
        for suffix in (".src", ".mt", ".tgt"):
            (folder / f"{name}{suffix}").write_text("\n".join(LINES) + "\n")
        gold = (f"[{i}]:[{i}]" for i in range(len(LINES)))
        (folder / f"{name}.gold").write_text("\n".join(gold) + "\n")
    (folder / "c.gold").write_text("[0]:[0]\n")
    return tmp_path


def test_json_holds_the_figures_of_every_set(
    bench: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(bench), "--json"]) == 0
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert list(report) == ["made-up"]
    assert list(report["made-up"]) == ["strict", "lax", "calibration_error", "cpu_s"]
    assert report["made-up"]["strict"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert len(captured.err.splitlines()) == 1
    assert "c.src" in captured.err


def test_details_on_request(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(bench / "made-up"), "--verbose"]) == 0
    out = capsys.readouterr().out
    for part in ("made-up", "1:1", "nulls dropped", "expected calibration error"):
        assert part in out


def test_no_set_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), str(tmp_path / "none")]) == 1
    assert "no set found" in capsys.readouterr().err


@pytest.fixture
def pair(bench: Path) -> GoldPair:
    return read_pair(bench / "made-up" / "a.gold")


@pytest.mark.parametrize(
    "noise",
    [
        Noise(),
        Noise(lost=0.5),
        Noise(foreign=0.5),
        Noise(fragments=0.5),
        Noise(repeats=2),
        Noise(words=0.5, destroyed=0.3),
        Noise(emptied=0.5),
    ],
    ids=str,
)
def test_a_spoilt_copy_has_whole_gold(pair: GoldPair, noise: Noise) -> None:
    copy = spoil(pair, noise, [pair], seed=1)
    for side in (0, 1):
        found = sorted(i for bead in copy.gold for i in bead[side])
        assert found == list(range(len(copy.versions[side].originals)))
    assert copy == spoil(pair, noise, [pair], seed=1)
    if noise == Noise():
        assert copy == pair


@pytest.mark.parametrize("option", [["--destroy", "1"], ["--untranslated"]], ids=" ".join)
def test_without_translations_less_is_found(
    bench: Path, capsys: pytest.CaptureFixture[str], option: list[str]
) -> None:
    for name in ("a", "b"):
        path = bench / "made-up" / name
        path.with_suffix(".src").write_text("".join(f"{'qvx'[k % 3] * 9}\n" for k in range(6)))
        path.with_suffix(".tgt").write_text("\n".join(reversed(LINES)) + "\n")
        path.with_suffix(".gold").write_text("".join(f"[{k}]:[{5 - k}]\n" for k in range(6)))
    found = []
    for options in ([], option):
        assert main([str(bench), "--json", *options]) == 0
        found.append(json.loads(capsys.readouterr().out)["made-up"]["strict"]["f1"])
    assert found[0] > 0.9 > 0.5 > found[1]


def test_destroying_changes_translations_and_nothing_else(pair: GoldPair) -> None:
    copy = destroy(pair, 0.5, seed=1)
    same = [x == y for x, y in zip(*(p.versions[0].pivots for p in (pair, copy)), strict=True)]
    assert any(same)
    assert not all(same)
    assert copy.versions[0].originals == pair.versions[0].originals
    assert (copy.versions[1], copy.gold) == (pair.versions[1], pair.gold)
    assert destroy(pair, 0, seed=1) == pair


def test_an_excerpt_has_its_share_of_gold(pair: GoldPair) -> None:
    copy = excerpt(pair, 0.5)
    assert 0 < len(copy.versions[1].originals) < len(pair.versions[1].originals)
    for side in (0, 1):
        found = sorted(i for bead in copy.gold for i in bead[side])
        assert found == list(range(len(copy.versions[side].originals)))
    assert excerpt(pair, 1) == pair


def test_reports_share_what_gold_says(pair: GoldPair) -> None:
    (copy,) = reports(pair, Noise(), 1.0, seed=1)
    source, target = (version.originals for version in copy.versions)
    assert sorted(source) == sorted(target) == sorted(LINES)
    assert all(source[s[0]] == target[t[0]] for s, t in copy.gold)


@pytest.mark.parametrize("share", [1.0, 0.4])
def test_short_passages_share_what_gold_says_in_order(pair: GoldPair, share: float) -> None:
    found = list(short(pair, 3, share, seed=1))
    assert found
    for passage in found:
        source, target = (version.originals for version in passage.versions)
        beads = sorted(bead for bead in passage.gold if bead[0] and bead[1])
        both = [line for line in source if line in target]
        assert [source[s[0]] for s, _ in beads] == [target[t[0]] for _, t in beads] == both
        assert (source == target) == (share == 1)
