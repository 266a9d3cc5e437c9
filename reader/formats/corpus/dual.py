"""Subtitles in several languages: each cue has a line for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reader.formats.corpus.builder import CorpusBuilder, Details, Version
from reader.formats.encoding import decode
from reader.formats.subtitles import timed_texts
from reader.languages import identify, letters
from reader.model import Corpus

# Least share of cues that have a line for each version, and least letters to know a language by.
_SAME = 0.8
_LETTERS = 60


def parse_dual(data: bytes) -> Corpus | None:
    """Parse subtitles whose cues have a line for each language; None if they are not such.

    Raises:
        FormatError: they are empty or binary.
    """
    cues = [
        (begins, ends, [line.strip() for line in text.split("\n") if line.strip()])
        for begins, ends, text, _ in timed_texts(decode(data).text.split("\n"))
    ]
    codes = _languages([lines for _, _, lines in cues if lines])
    if not codes:
        return None
    versions = [Version(code) for code in codes]
    builder = CorpusBuilder(dict.fromkeys(versions))
    for begins, ends, lines in cues:
        texts: dict[Version, str] = {}
        for version, line in zip(_spoken(lines, versions), lines, strict=True):
            texts[version] = f"{texts[version]} {line}" if version in texts else line
        builder.add(texts, Details(times=dict.fromkeys(texts, (begins, ends))))
    together = ", ".join(codes)
    return builder.build(
        [f"subtitles: each cue has {together}; name one language with --lang to read them as one"]
    )


def _languages(cues: Sequence[Sequence[str]]) -> list[str]:
    """Return the language of each line of a cue, [] unless there are several."""
    usual, count = Counter(map(len, cues)).most_common(1)[0] if cues else (0, 0)
    if usual < 2 or count < _SAME * len(cues):
        return []
    columns = map(" ".join, zip(*(lines for lines in cues if len(lines) == usual), strict=True))
    guesses = [(identify(column), letters(column)) for column in columns]
    codes = [guess.code for guess, _ in guesses]
    clear = all(guess.sure and size >= _LETTERS for guess, size in guesses)
    # A line or two does not tell simplified from traditional Chinese.
    distinct = {code.replace("zt", "zh") for code in codes}
    return codes if clear and len(distinct) == usual else []


def _spoken(lines: Sequence[str], versions: Sequence[Version]) -> list[Version]:
    """Return the version of each line: by its position in a full cue, else by its language."""
    if len(lines) == len(versions):
        return list(versions)
    found = [Version(identify(line).code) for line in lines]
    return [
        version if version in versions else versions[min(k, len(versions) - 1)]
        for k, version in enumerate(found)
    ]
