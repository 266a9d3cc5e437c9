"""Who speaks, what is counted, what ends how: the marks of the originals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.align import Version, align
from reader.align.lattice import Beads
from reader.align.marks import COUNTED, Marks, Speech, compared
from reader.align.text import fold

LINES = st.lists(st.text(st.sampled_from("ab1 ,.(\"“”«»'’「」—"), max_size=12), max_size=6)

SPEECH = {
    "straight": (['"Who is there?"', "Nobody answered.", '"Well then."'], [0, 1, 1, 2]),
    "curly": (["“Who is there?” he said.", "Nobody answered.", "“Well then.”"], [0, 1, 1, 2]),
    "low and high": (["„Wer da?“, rief er.", "„Nun?“"], [0, 1, 2]),
    "inward": (["»Wer da?«, rief er.", "»Nun?«"], [0, 1, 2]),
    "outward, spaced": (["« Qui est là ? » dit-il.", "« Eh bien »"], [0, 1, 2]),
    "Chinese": (["他问道：“谁？”", "没有人。", "“好吧。”他说。"], [0, 1, 1, 2]),
    "Japanese": (["「誰だ」と彼は言った。", "「まあいい」"], [0, 1, 2]),
    "single, beside apostrophes": (
        ["'Who's there?' he said.", "It wasn't the dogs' bark.", "'Well then.'"],
        [0, 1, 1, 2],
    ),
    "dashes": (["— Кто там?", "Никто не ответил.", "— Ну что ж.", "– Да?"], [0, 1, 1, 2, 3]),
    "none": (["It wasn't the dogs' bark.", "Rock 'n' roll."], [0, 0, 0]),
    "an ellipsis first": (["'... and so,' he said.", "'Yes.'"], [0, 1, 2]),
    "nothing": ([], [0]),
}


@pytest.mark.parametrize(("texts", "turns"), SPEECH.values(), ids=SPEECH)
def test_tells_how_often_somebody_begins_to_speak(texts: list[str], turns: list[int]) -> None:
    assert Speech.of(fold(texts)).turns.tolist() == turns


def test_speech_goes_on_from_segment_to_segment() -> None:
    speech = Speech.of(fold(["He said: “I saw it.", "It was red.", "It ran.” Then he left."]))
    assert speech.inside.tolist() == [False, True, True, False]
    assert speech.closed.tolist() == [False, False, False, False]


def test_speech_may_close_before_the_full_stop() -> None:
    texts = ["He called it “the red one”.", "“Ran it away?”", "No."]
    assert Speech.of(fold(texts)).closed.tolist() == [False, True, True, False]


def test_a_mark_that_is_missing_makes_no_speech_of_the_rest() -> None:
    lost = ["“Come in.", *["A long day went by on the hill." for _ in range(100)], "“Yes.”"]
    speech = Speech.of(fold(lost))
    assert not speech.inside.any()
    assert speech.turns[-1] == 1


@pytest.mark.parametrize(
    ("text", "dust"),
    [("24 -", 1), ("* * *", 1), (".", 1), ("h * 3", 1), ("no.", 1), ("Yes", 0), ("山の中", 0)],
)
def test_dust_has_next_to_no_letters(text: str, dust: int) -> None:
    assert Marks(fold([text])).dust.tolist() == [dust]


def test_counts_what_translators_keep() -> None:
    marks = Marks(fold(["In 1957, (as planned), 12 men left.", "山,川、海。１２"]))
    found = [dict(zip(COUNTED, row, strict=True)) for row in marks.counts.tolist()]
    assert found == [
        {"commas": 2, "numbers": 2, "brackets": 2},
        {"commas": 2, "numbers": 1, "brackets": 0},
    ]


def all_of(one: list[str], two: list[str]) -> dict[str, float]:
    """Compare two whole texts as one bead."""
    bead = Beads(*(np.array([x], np.int32) for x in (0, 0, len(one), len(two))))
    return {name: float(v[0]) for name, v in compared(Marks(fold(one)), Marks(fold(two)), bead)}


TALK = ["“One.”", "“Two.”", "“Three.”", "“Four.”"]


def test_what_agrees_has_nothing_unmatched() -> None:
    found = all_of(TALK, ["'One.'", "'Two.'", "'Three.'", "'Four.'"])
    assert found["turns unmatched"] == found["speech broken"] == found["commas unmatched"] == 0
    assert found["ends alike"] == found["speech closed"] == 1


def test_turns_that_are_missing_count() -> None:
    assert all_of(TALK, TALK[:3])["turns unmatched"] == pytest.approx(0.75)


def test_where_one_side_has_no_speech_it_tells_nothing() -> None:
    found = all_of(TALK, ["One.", "Two.", "Three.", "Four."])
    assert found["turns unmatched"] == found["speech broken"] == found["speech closed"] == 0


@given(LINES, LINES)
def test_both_sides_count_alike(one: list[str], two: list[str]) -> None:
    assert all_of([*one, "a"], [*two, "b"]) == all_of([*two, "b"], [*one, "a"])


def beads(one: list[str], two: list[str]) -> set[tuple[tuple[int, ...], ...]]:
    versions = [Version(name, tuple(x), tuple(x)) for name, x in (("one", one), ("two", two))]
    return {row.segments for row in align(versions).rows}


def test_an_answer_goes_with_an_answer_that_shares_no_word_with_it() -> None:
    """Without the marks it stays alone."""
    one = [
        "The boy sat on his back and held both arms.",
        "“Do you give in?”",
        "“Even in death I would not.”",
        "The stranger laughed and let him go.",
        "“Come again tomorrow,” he said.",
        "They walked home through the rain.",
        "“Who taught you that?” asked the old man.",
        "Then a dog came out of the yard and barked.",
        "He looked for bread and found none.",
        "She counted the coins twice.",
    ]
    two = [
        "The boy was sitting on his back, holding both of his arms.",
        "'Surrender?'",
        "'Never!'",
        "At that the stranger laughed out loud and let go of him.",
        "'Come back tomorrow.'",
        "They walked home in the rain.",
        "'And who taught you that?' the old man asked.",
        "A dog came out of the yard then, barking.",
        "He looked for some bread and found none.",
        "Twice she counted the coins.",
    ]
    assert beads(one, two) == {((i,), (i,)) for i in range(len(one))}


def test_the_number_of_a_page_stays_alone() -> None:
    """Without the marks it goes with the next sentence."""
    one = [
        "The ferry left the island at dawn with the mail.",
        "Two goats stood on the deck.",
        "Nobody had paid for them, as far as the captain knew.",
        "At noon the engine stopped.",
        "The captain read the manual aloud.",
        "By evening the wind had brought everybody home.",
    ]
    two = [
        "At dawn the ferry left the island; it carried the mail.",
        "Two goats were standing on deck.",
        "As far as the captain knew,",
        "nobody had paid for them.",
        "The engine stopped at noon.",
        "41",
        "The captain read out the manual.",
        "Everybody was home by evening, brought by the wind.",
    ]
    assert {((2,), (2, 3)), ((3,), (4,)), ((), (5,)), ((4,), (6,))} <= beads(one, two)
