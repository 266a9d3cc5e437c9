"""Random words are told from sentences by what follows what."""

from random import Random

import numpy as np
import pytest

from reader.align.fluency import nonsense
from reader.align.text import Vocabulary

ARTICLES = ("the", "a", "his", "every")
NOUNS = ("baker", "letter", "morning", "ladder", "winter", "captain", "harbour", "kitchen")
VERBS = ("opened", "painted", "followed", "remembered", "counted", "carried")


def sentence(random: Random) -> list[str]:
    """Return words in the order of a small grammar."""
    words = []
    for _ in range(3):
        words += [random.choice(ARTICLES), random.choice(NOUNS), random.choice(VERBS), "in"]
    return [*words, random.choice(ARTICLES), random.choice(NOUNS)]


def shuffled(words: list[str], random: Random) -> list[str]:
    return random.sample(words, len(words))


def texts(said: list[list[str]]) -> list[str]:
    return [" ".join(words) for words in said]


def test_words_in_no_order_are_nonsense() -> None:
    random = Random(1)
    said = [sentence(random) for _ in range(60)]
    bad = set(range(0, 60, 5))
    mixed = [shuffled(words, random) if k in bad else words for k, words in enumerate(said)]
    vocabulary = Vocabulary([texts(mixed), texts(said)])
    first, second = nonsense((vocabulary.columns[0], vocabulary.columns[1]), vocabulary.words)
    odd = np.isin(np.arange(60), list(bad))
    assert first[odd].mean() > 0.7
    assert first[~odd].mean() < 0.1
    assert second.mean() < 0.1


def test_letters_in_no_order_are_nonsense() -> None:
    """Two words in three are what a cat would type; nothing else is wrong."""
    random = Random(1)
    said = [sentence(random) for _ in range(60)]
    bad = range(0, 60, 5)
    typed = [
        ["".join(random.choices("bcdfghjklmpqstvwxz", k=7)) if k in bad and w % 3 else word
         for w, word in enumerate(words)]
        for k, words in enumerate(said)
    ]  # fmt: skip
    vocabulary = Vocabulary([texts(typed), texts(said)])
    first, _ = nonsense((vocabulary.columns[0], vocabulary.columns[1]), vocabulary.words)
    odd = np.isin(np.arange(60), bad)
    assert first[odd].min() > 0.9
    assert first[~odd].max() < 0.1


@pytest.mark.parametrize(
    "said",
    [
        [],
        [""],
        ["Yes."],
        ["天气很好。我们去海边。", "他不喜欢游泳。"],
        ["one two three four five"] * 2,
    ],
    ids=["nothing", "empty", "short", "a script without blanks", "one sentence"],
)
def test_too_little_to_know_is_not_nonsense(said: list[str]) -> None:
    vocabulary = Vocabulary([said, said])
    first, second = nonsense((vocabulary.columns[0], vocabulary.columns[1]), vocabulary.words)
    assert np.concatenate([first, second]).max(initial=0) < 0.01


def test_english_is_known_however_short_the_text() -> None:
    said = [
        "He opened the door and looked out into the rain.",
        "door rain the into he and looked the opened out",
        "Hx pqvnd thw dzzr nkd lpkrd out ixto the rjin.",
    ]
    vocabulary = Vocabulary([said, ["It had rained since the morning, and the door was open."]])
    first, _ = nonsense((vocabulary.columns[0], vocabulary.columns[1]), vocabulary.words)
    assert first[0] < 0.1
    assert first[1:].min() > 0.8
