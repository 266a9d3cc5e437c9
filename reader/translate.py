"""Translate sentences with Argos packages, in large batches.

The output is that of Argos Translate at the same settings, except that "_" is kept and that very
long sentences are translated in parts instead of being cut off. It takes a fraction of the time
since CTranslate2 gets many sentences at once; Argos gives it one paragraph after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from reader.errors import PackageError, TranslationError, reason
from reader.model import one_line
from reader.processors import cores

# What Argos Translate 1.11 decodes with, so that the text equals its text.
BEAM = 4
LENGTH_PENALTY = 0.2
MAX_OUTPUT = 256
"""Tokens after which CTranslate2 silently cuts an output off (its default, which Argos keeps)."""

MAX_INPUT = MAX_OUTPUT // 2
"""Tokens above which an input is translated in parts. A translation hardly ever has twice as many
tokens as its source, so only one that runs in circles is cut off."""

# CTranslate2 sorts by length and cuts into batches. Above 1024 padded tokens it gets slower and
# needs twice the memory, below 256 it gets slower too (measured on a 6+6 layer model of width 512);
# two batches for each worker keep them busy to the end.
_BATCH_TOKENS = (256, 1024)
_BATCHES_PER_WORKER = 2
_MAX_WORKERS = 8
"""A worker needs some hundred megabytes of its own."""

_INVISIBLE = (0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
_CLEAN = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " "),
    **dict.fromkeys(_INVISIBLE),  # soft hyphens, marks of direction: no part of a word
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # lone surrogates: no encoder takes them
}

# Where an over-long sentence may be cut, best first: after a clause, at a comma, at a blank.
_CUTS = tuple(
    map(re.compile, (r"[.!?…;:][\"'”’»)\]]*\s+|[。！？；：]", r"[,،)—–]\s+|[、，]", r"\s+"))
)


class Translator(Protocol):
    """Anything that translates from one language to another."""

    @property
    def key(self) -> str:
        """Identifies everything that the output depends on besides the text."""

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Translate texts of one sentence each; parallel to the input, "" for a blank one."""


class Leg(Protocol):
    """A package on a route: `packages.Package`, as far as it concerns translation."""

    @property
    def path(self) -> Path:
        """Its folder, in the layout of Argos."""

    @property
    def key(self) -> str:
        """Its identity."""


@dataclass(frozen=True)
class ArgosTranslator:
    """Translates by a chain of packages; an empty one returns the texts as they are.

    Models are loaded on first use and shared by all translators. A call runs to its end before an
    interrupt is seen: with about 100 sentences at a time that is seconds, and as fast as with more.
    """

    route: Sequence[Leg]

    @property
    def key(self) -> str:
        """The keys of the packages, and the width of the search."""
        return " > ".join([*(leg.key for leg in self.route), f"beam {BEAM}"])

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Translate texts of one sentence each; parallel to the input, "" for a blank one.

        Raises:
            PackageError: a package of the route does not load.
            TranslationError: the model failed.
        """
        for leg in self.route:
            texts = _engine(leg.path, leg.key).translate(texts)
        return list(texts)


@dataclass(frozen=True)
class _Engine:
    """A loaded package."""

    name: str
    tokenizer: Any
    """argostranslate.tokenizer.Tokenizer."""
    model: Any
    """ctranslate2.Translator."""
    workers: int
    prefix: str
    """Token that tells a multilingual model its target language; "" for other models."""

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Translate texts, long ones in parts."""
        parts = [list(self._parts(clean(text))) for text in texts]
        outputs = iter(self._decode([tokens for part in parts for tokens in part]))
        return [" ".join(filter(None, [next(outputs) for _ in part])) for part in parts]

    def _parts(self, text: str) -> Iterator[list[str]]:
        """Yield the tokens of each part of a text; parts are short enough, none is empty."""
        tokens = self.tokenizer.encode(text) if text else []
        if len(tokens) > MAX_INPUT and len(text) > 1:
            for half in halves(text):
                yield from self._parts(half)
        elif tokens:
            yield tokens

    def _decode(self, batch: list[list[str]]) -> list[str]:
        total = sum(map(len, batch))
        low, high = _BATCH_TOKENS
        try:
            results = self.model.translate_batch(
                batch,
                target_prefix=[[self.prefix]] * len(batch) if self.prefix else None,
                max_batch_size=max(low, min(high, total // (_BATCHES_PER_WORKER * self.workers))),
                batch_type="tokens",
                beam_size=BEAM,
                length_penalty=LENGTH_PENALTY,
                max_decoding_length=MAX_OUTPUT,
                replace_unknowns=True,
            )
        except (RuntimeError, ValueError, MemoryError) as error:
            raise TranslationError(
                f"{self.name!r}: the model failed: {reason(error)}; "
                "check it with `reader models verify`"
            ) from None
        return [self._text(result.hypotheses[0]) for result in results]

    def _text(self, tokens: list[str]) -> str:
        """Join tokens to text; Argos would turn every "_" into a blank, and so damage addresses."""
        tokens = tokens[1:] if self.prefix else tokens
        processor = getattr(self.tokenizer, "lazy_processor", None)
        decode = processor().decode_pieces if processor else self.tokenizer.decode
        text: str = decode(tokens)
        return text.replace("▁", " ").translate(_CLEAN).strip()


@cache
def _engine(path: Path, key: str) -> _Engine:
    """Load a package, once for all translators."""
    import json

    import ctranslate2
    from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

    workers = min(_MAX_WORKERS, cores())
    try:
        facts = json.loads((path / "metadata.json").read_bytes())
        pieces = path / "sentencepiece.model"
        tokenizer = (
            SentencePieceTokenizer(pieces)
            if pieces.exists()
            else BPETokenizer(path / "bpe.model", facts["from_code"], facts["to_code"])
        )
        tokenizer.encode("1984")  # it loads its file only now
        model = ctranslate2.Translator(
            str(path / "model"),
            device="cpu",
            compute_type="auto",  # as Argos does; int8 for every official package
            inter_threads=workers,
            intra_threads=1,
        )
    except (ImportError, OSError, KeyError, RuntimeError, ValueError, MemoryError) as error:
        raise PackageError(
            f"{str(path)!r}: does not load: {reason(error)}; install the package again"
        ) from None
    return _Engine(key, tokenizer, model, workers, facts.get("target_prefix", ""))


def unload() -> None:
    """Free the memory of all packages, some hundred MB; they are loaded again when used."""
    _engine.cache_clear()


def clean(text: str) -> str:
    """Return a text on one line, without control characters and invisible marks."""
    return one_line(text.translate(_CLEAN))


def halves(text: str) -> tuple[str, str]:
    """Cut a text in two near its middle, at the best place for a translator."""
    middle = len(text) // 2
    for pattern in _CUTS:
        cuts = [match.end() for match in pattern.finditer(text)]
        near = [cut for cut in cuts if abs(cut - middle) <= len(text) // 4]
        if near:
            middle = min(near, key=lambda cut: abs(cut - middle))
            break
    return text[:middle], text[middle:]
