"""Documents in two languages by turns."""

import pytest

from reader.formats import parse
from reader.formats.corpus import in_turns
from reader.model import Corpus

ENGLISH = [
    "The lighthouse keeper lit the lamp at dusk.",
    "A storm struck the coast before midnight, and nobody slept.",
    "Three boats were lost in the harbour that night.",
    "The ferry did not leave until the wind had fallen.",
    "In the morning the children found a bell on the beach.",
]
PORTUGUESE = [
    "O faroleiro acendeu a lâmpada ao anoitecer.",
    "Uma tempestade atingiu a costa antes da meia-noite, e ninguém dormiu.",
    "Três barcos perderam-se no porto nessa noite.",
    "O barco não partiu antes de o vento ter abrandado.",
    "De manhã as crianças encontraram um sino na praia.",
]
PAIRS = list(zip(ENGLISH, PORTUGUESE, strict=True))


def read(*paragraphs: str) -> Corpus | None:
    return in_turns(parse("\n\n".join(paragraphs).encode(), ".md"))


def rows(corpus: Corpus | None) -> list[tuple[str, ...]]:
    assert corpus is not None
    return [unit.texts for unit in corpus.units]


def test_each_paragraph_stands_beside_its_translation() -> None:
    corpus = read(*(text for pair in PAIRS for text in pair))
    assert rows(corpus) == PAIRS
    assert corpus is not None
    assert corpus.languages == ("en", "pt")
    assert corpus.notes == (
        "paragraphs: en and pt by turns; name one with --lang to read them as one",
    )


def test_headings_and_what_is_too_short_to_tell_take_their_turns() -> None:
    corpus = read("# The Lamp", "# A Lâmpada", "No!", "Não!", *(t for pair in PAIRS for t in pair))
    assert rows(corpus) == [("The Lamp", "A Lâmpada"), ("No!", "Não!"), *PAIRS]
    assert corpus is not None
    assert [unit.heading for unit in corpus.units][:2] == [True, False]


def test_what_lacks_its_translation_stands_alone() -> None:
    texts = [text for pair in PAIRS for text in pair]
    assert rows(read("[1]", ENGLISH[2], *texts, PORTUGUESE[2])) == [
        *(("[1]", ""), (ENGLISH[2], ""), *PAIRS, ("", PORTUGUESE[2])),
    ]
    assert rows(read(*texts, ENGLISH[2])) == [*PAIRS, (ENGLISH[2], "")]


def test_a_paragraph_in_a_third_language_takes_its_turn() -> None:
    russian = "Рано утром в понедельник паром снова перешёл реку."
    corpus = read(*(text for pair in PAIRS for text in pair), ENGLISH[2], russian)
    assert rows(corpus) == [*PAIRS, (ENGLISH[2], russian)]


@pytest.mark.parametrize(
    "texts",
    [
        ENGLISH * 3,
        [*ENGLISH, *PORTUGUESE] * 2,
        [text for pair in PAIRS[:4] for text in pair],
        [*(text for pair in PAIRS for text in pair), *ENGLISH * 3],
    ],
    ids=["one language", "one after the other", "too few", "mostly in one"],
)
def test_any_other_text_is_one(texts: list[str]) -> None:
    assert read(*texts) is None
