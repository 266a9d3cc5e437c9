"""A tale, the same in other words, and what is looked at in alignments of them."""

from collections.abc import Sequence

from hypothesis import strategies as st

from reader.align import Alignment, Version
from reader.model import Mode

# A different rare word is in every sentence.
TALE = (
    "The old lighthouse keeper counted 37 ships before breakfast.",
    "His daughter Marta repaired the copper lamp with a borrowed file.",
    "Nobody in the village believed the rumour about the drowned bell.",
    "On Tuesday a grey schooner anchored behind the northern reef.",
    "Its captain carried a sealed letter from the harbour office in Tarragona.",
    "Marta refused to open it until her father returned.",
    "The storm arrived in the evening and tore the shutters away.",
    "By midnight 14 sailors had found shelter in the chapel.",
)
RETOLD = (
    "The aged keeper of the lighthouse counted 37 ships before his breakfast.",
    "Marta, his daughter, mended the copper lamp with a file she had borrowed.",
    "In the village nobody believed the rumour of a drowned bell.",
    "A grey schooner anchored on Tuesday behind the reef in the north.",
    "The captain carried a sealed letter of the Tarragona harbour office.",
    "Until her father returned Marta refused to open it.",
    "In the evening the storm arrived and tore away the shutters.",
    "14 sailors had found shelter in the chapel by midnight.",
)
OTHER = (
    "Quarterly revenue of the software company rose by 8 percent.",
    "Analysts expected weaker demand for cloud services in Asia.",
    "The board proposed a dividend of 2 euros per share.",
    "Shares closed slightly higher in Frankfurt after the report.",
    "A spokesman declined to comment on possible takeovers.",
    "Investors will vote on the merger plan next spring.",
)

words = st.sampled_from(["ship", "lamp", "bell", "37", "Marta", "reef", "鐘", "лампа", "the", "."])
sentences = st.lists(words, min_size=1, max_size=6).map(" ".join)
documents = st.lists(st.lists(sentences, max_size=9), min_size=1, max_size=4)
modes: st.SearchStrategy[Mode | None] = st.sampled_from(["parallel", "comparable", None])
"""Strategies for the texts of versions and for modes."""


def version(name: str, texts: Sequence[str], *, language: str = "en") -> Version:
    return Version(name, tuple(texts), tuple(texts), language)


def cells(alignment: Alignment) -> list[tuple[tuple[int, ...], ...]]:
    return [row.segments for row in alignment.rows]


def covered(alignment: Alignment, versions: Sequence[Version]) -> bool:
    return all(
        sorted(i for row in alignment.rows for i in row.segments[d])
        == list(range(len(v.originals)))
        for d, v in enumerate(versions)
    )
