"""Sentences to another language with Argos packages, in large batches; and what not to trust.

The text is the one that Argos Translate gives at the same settings, except that "_" stays and that
very long sentences are translated in parts instead of being cut off. It comes several times faster
because CTranslate2 gets many sentences at once: Argos feeds it one paragraph after another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, Protocol

from reader.errors import PackageError, TranslationError, reason
from reader.model import one_line
from reader.processors import cores

# What Argos Translate 1.11 decodes with, so that the text equals its text; `fast` is greedy search.
BEAM = 4
FAST_BEAM = 1
LENGTH_PENALTY = 0.2
MAX_OUTPUT = 256
"""Tokens after which CTranslate2 cuts an output off without a word (its default, kept by Argos)."""

MAX_INPUT = MAX_OUTPUT // 2
"""Tokens above which an input is translated in parts: a translation hardly ever takes twice the
tokens of its source, so none is cut off, except one that runs in circles."""

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
        """What the outputs depend on besides the text: part of the key of the memory."""

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Translate texts of one sentence each; parallel to the input, "" for a blank one."""


class Leg(Protocol):
    """A package on a route, as far as translation must know it: `packages.Package` is one."""

    @property
    def path(self) -> Path:
        """Its folder, in the layout of Argos."""

    @property
    def key(self) -> str:
        """Its identity."""


@dataclass(frozen=True)
class ArgosTranslator:
    """Translates along a route of packages; without any it returns the texts as they are.

    Models are loaded on first use and shared by all translators. A call runs to its end before an
    interrupt is seen: with about 100 sentences at a time that is seconds, and as fast as with more.
    """

    route: Sequence[Leg]
    fast: bool = False
    """Search greedily: three times as fast, a little worse."""

    @property
    def beam(self) -> int:
        """Width of the search."""
        return FAST_BEAM if self.fast else BEAM

    @property
    def key(self) -> str:
        """The packages and the settings that the text depends on."""
        return " > ".join([*(leg.key for leg in self.route), f"beam {self.beam}"])

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Translate texts of one sentence each; parallel to the input, "" for a blank one.

        Raises:
            PackageError: A package of the route does not load.
            TranslationError: The model failed.
        """
        for leg in self.route:
            texts = _engine(leg.path, leg.key).translate(texts, self.beam)
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
    """Token that tells a model of many languages its target; "" for most."""

    def translate(self, texts: Sequence[str], beam: int) -> list[str]:
        """Translate texts; long ones part by part."""
        parts = [list(self._parts(clean(text))) for text in texts]
        outputs = iter(self._decode([tokens for part in parts for tokens in part], beam))
        return [" ".join(filter(None, [next(outputs) for _ in part])) for part in parts]

    def _parts(self, text: str) -> Iterator[list[str]]:
        """Yield the tokens of a text in parts that the model can take; nothing for a blank one."""
        tokens = self.tokenizer.encode(text) if text else []
        if len(tokens) > MAX_INPUT and len(text) > 1:
            for half in halves(text):
                yield from self._parts(half)
        elif tokens:
            yield tokens

    def _decode(self, batch: list[list[str]], beam: int) -> list[str]:
        total = sum(map(len, batch))
        low, high = _BATCH_TOKENS
        try:
            results = self.model.translate_batch(
                batch,
                target_prefix=[[self.prefix]] * len(batch) if self.prefix else None,
                max_batch_size=max(low, min(high, total // (_BATCHES_PER_WORKER * self.workers))),
                batch_type="tokens",
                beam_size=beam,
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
        """Join tokens to text. Argos would make a blank of every "_", and so damage addresses."""
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


def clean(text: str) -> str:
    """Return a text on one line, without control characters and marks that nobody sees."""
    return one_line(text.translate(_CLEAN))


def halves(text: str) -> tuple[str, str]:
    """Cut a text near its middle where it hurts least; joined they are the text again."""
    middle = len(text) // 2
    for pattern in _CUTS:
        cuts = [match.end() for match in pattern.finditer(text)]
        near = [cut for cut in cuts if abs(cut - middle) <= len(text) // 4]
        if near:
            middle = min(near, key=lambda cut: abs(cut - middle))
            break
    return text[:middle], text[middle:]


# --- What not to trust ---------------------------------------------------------------------------

Reason = Literal["loop", "blow-up", "copied", "empty"]

# Bounds measured on 20,000 sentences of eight languages with output of Google, Bergamot and Argos:
# all but some 5 of the 17 that they flag are nonsense; the longest good output has a factor of 1.5.
LOOP = 4
"""Words that immediate repetition may add in an output beyond what it adds in the source."""
STUTTER = 10
"""The same for letters within a word and in scripts without blanks."""
BLOW_UP = 2.0
BLOW_UP_LETTERS = 30
"""An output may be so many times as long as its source, and so many letters more."""
COPIED = 0.8
COPIED_WORDS = 4
"""Share of the small words of an output that stand in the source, and how many it must have; two
are enough in a text that is the source letter by letter."""

_WORD = re.compile(r"[^\W_]+")
_STUTTER = re.compile(r"([^\W\d_]{1,8}?)\1{2,}")
_LOOP_PERIOD = 12
"""Words of the longest phrase whose repetition is looked for."""


def suspicion(source: str, output: str) -> Reason | None:
    """Say why a machine's translation of a sentence into another language is not to be trusted.

    Only what betrays itself is found: a text that runs in circles, that is far too long, that is
    the source again, or that has no word. A wrong translation in good English is not.
    """
    words = _WORD.findall(output.casefold())
    source_words = _WORD.findall(source.casefold())
    if not words:
        return "empty" if source_words else None
    stutter = _repeated_letters(source)
    if (
        _repeated_words(words) - max(_repeated_words(source_words), stutter) >= LOOP
        or _repeated_letters(output) - stutter >= STUTTER
    ):
        return "loop"
    if _length(output) > BLOW_UP * _length(source) + BLOW_UP_LETTERS:
        return "blow-up"
    return "copied" if _is_copied(source, output) else None


def _repeated_words(words: Sequence[str]) -> int:
    """Return how many words the longest immediate repetition of a phrase adds."""
    longest = 0
    for period in range(1, min(_LOOP_PERIOD, len(words) // 2) + 1):
        run = 0
        for word, again in zip(words, words[period:], strict=False):
            run = run + 1 if word == again else 0
            if run >= period:
                longest = max(longest, run)
    return longest


def _repeated_letters(text: str) -> int:
    """Return how many letters the longest immediate repetition within a word adds."""
    return max((len(m[0]) - len(m[1]) for m in _STUTTER.finditer(text)), default=0)


def _length(text: str) -> int:
    """Count letters and digits; one of a script without blanks says as much as three of others."""
    return sum(3 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if c.isalnum())


def _is_copied(source: str, output: str) -> bool:
    """Tell whether the small words of an output, so no names and numbers, come from the source."""
    words = [word for word in _WORD.findall(output) if word.islower() and len(word) > 1]
    known = set(_WORD.findall(source))
    shared = sum(word in known for word in words)
    needed = 2 if clean(output) == clean(source) else COPIED_WORDS
    return len(words) >= needed and shared >= COPIED * len(words)
