"""Suspicion: nonsense is found, and good translations are not taken for it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.suspicion import Reason, suspicion


@dataclass(frozen=True)
class Case:
    """An output and what is wrong with it."""

    id: str
    reason: Reason | None
    source: str
    output: str


LONG = "Os moradores da vila voltaram para casa depois de três dias de chuva."
SUSPICIONS = [
    Case("good", None, LONG, "The villagers returned home after three days of rain."),
    Case("both blank", None, "", ""),
    Case("marks only", None, "* * *", "* * *"),
    Case("nothing", "empty", LONG, ""),
    Case("a lone note", "empty", LONG, "♪"),
    Case("dots", "empty", "Sim.", "..."),
    Case("a word again and again", "loop", LONG, "The villagers the the the the the rain."),
    Case("a phrase again", "loop", LONG, "The people of the town of the town of the town."),
    Case("a long phrase twice", "loop", LONG, "He came to the house he came to the house."),
    Case("a phrase and most of it", None, LONG, "He came to the house, he came to the barn."),
    Case("applause", "loop", "Obrigado.", "Thank you." + " (Applause)" * 5),
    Case("stutter", "loop", LONG, "The villagers hahahahahahahahahaha."),
    Case("script without blanks", "loop", "The rain fell.", "下雨了下雨了下雨了下雨了下雨了"),
    Case("emphasis", None, "Muito, muito, muito obrigado!", "Very, very, very good!"),
    Case("chorus", None, "Paz já! Paz já! Paz já! Paz já!", "Peace now! " * 4),
    Case("laughter", None, "Хахахахахахаха!", "Hahahahahahahaha!"),
    Case("a number is no stutter", None, "São 10000000000000.", "It is 10000000000000."),
    Case("blown up", "blow-up", "Sim, senhor.",
         "Yes, and I would like to add something that nobody has said, or would."),
    Case("out of nothing", "blow-up", "—", "Subtitles by the community of friends of old films"),
    Case("short and longer", None, "Não.", "No, I don't think so."),
    Case("chinese is dense", None, "东北乡地势低洼，秋水泛滥。",
         "The land of the northeast lies low, and in autumn the water floods it."),
    Case("copied", "copied", LONG, LONG),
    Case("half copied", "copied", LONG, "Os moradores da town voltaram para casa depois."),
    Case("copied in another script", "copied", "Он вернулся домой.", "Он вернулся домой."),
    Case("a short copy", "copied", "não sei", "não sei"),
    Case("names only", None, "Helena Prado, Braga, 12/07", "Helena Prado, Braga, 12/07"),
    Case("a name", None, "Maria da Fonte", "Maria da Fonte"),
    Case("common words", None, "O hotel central é legal.", "The central hotel is legal."),
]  # fmt: skip


@pytest.mark.parametrize("case", SUSPICIONS, ids=lambda case: case.id)
def test_suspicion(case: Case) -> None:
    assert suspicion(case.source, case.output) == case.reason


@given(st.text(), st.text())
def test_suspicion_takes_any_text(source: str, output: str) -> None:
    assert suspicion(source, output) in {None, "loop", "blow-up", "copied", "empty"}
    if not any(c.isalnum() for c in output):
        assert suspicion(source, output) in {None, "empty"}


@pytest.mark.shared
@pytest.mark.parametrize("pair", ["pt", "ru"])
@pytest.mark.parametrize("engine", ["google", "microsoft", "bergamot-tiny"])
def test_good_systems_are_hardly_ever_suspected(shared: Path, pair: str, engine: str) -> None:
    folder = shared / "corpora" / "eval"
    sources = (folder / f"flores-test.{pair}").read_text(encoding="utf-8").splitlines()
    outputs = (folder / f"flores-test.{pair}-en.{engine}.en").read_text("utf-8").splitlines()
    found = [suspicion(s, o) for s, o in zip(sources, outputs, strict=True)]
    assert len(found) > 1000
    assert sum(map(bool, found)) < 0.005 * len(found)
