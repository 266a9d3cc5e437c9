"""Small values for tests, built from tables: no file, model or aligner takes part."""

from collections.abc import Collection, Sequence
from itertools import chain

from reader.model import (
    Cue,
    Document,
    ParallelText,
    Pivot,
    Pivots,
    Row,
    Segment,
    Segments,
    Skip,
)


def document(
    sentences: Sequence[str],
    *,
    language: str = "en",
    name: str = "a.txt",
    skip: dict[int, Skip] | None = None,
    headings: Sequence[int] = (),
    going_on: Collection[int] = (),
    timed: bool = False,
) -> Document:
    """Make a document of one-sentence paragraphs, but for sentences that go on with the one before.

    With times, each is said within a second.
    """
    segments, start = [], 0
    for i, sentence in enumerate(sentences):
        segments.append(
            Segment(
                start=start,
                stop=start + len(sentence),
                paragraph=i - sum(k <= i for k in going_on),
                language=language,
                kind="heading" if i in headings else "sentence",
                skip=(skip or {}).get(i),
            )
        )
        start += len(sentence) + 1
    before = (" " if i in going_on else "\n" for i in range(len(sentences)))
    text = "".join(chain.from_iterable(zip(before, sentences, strict=True)))[1:]
    cues = [Cue(s.start, s.stop, 1000 * i, 1000 * i + 900) for i, s in enumerate(segments)]
    return Document(
        id=f"id-{name}",
        name=name,
        language=language,
        text=text,
        segments=Segments.of(segments),
        cues=tuple(cues) if timed else (),
    )


def parallel(
    documents: Sequence[Document],
    rows: Sequence[tuple[Sequence[Sequence[int]], float]],
    *,
    pivots: Sequence[Sequence[str]] | None = None,
    moved: dict[int, tuple[int, ...]] | None = None,
    confirmed: Collection[int] = (),
) -> ParallelText:
    """Make a parallel text; each row is (indices per document, score)."""
    texts = pivots or [document.sentences for document in documents]
    return ParallelText(
        documents=tuple(documents),
        pivots=tuple(Pivots.of(map(Pivot, column)) for column in texts),
        rows=tuple(
            Row(
                tuple(tuple(cell) for cell in cells),
                score,
                "confirmed" if r in confirmed else "auto",
                (moved or {}).get(r, ()),
            )
            for r, (cells, score) in enumerate(rows)
        ),
    )


NASTY = (
    'quote " and <tag> & amp; {brace} | pipe \\ back `tick` *star* _line_ [link](x) ~~no~~ $x$',
    '"leads with a quote and \t a tab',
    "#leads with a hash\nand breaks",
    "=1+1",
    "-2+3",
    "+4",
    "@SUM(A1)",
    "vertical\x0btab, escape \x1b[31m, null \x00, unit\x1fend, next\x85line, ]]> and --> too",
    "no\u00a0break\u202f! 🙂 and q\u0301 and zero\u200bwidth \ufeffmark",
    "مرحبا بالعالم (1)",
    "<script>alert(1)</script>{{c1::x}}",
    "\x07",
    "long " * 500,
)
"""What breaks the files of careless exporters; the last but one holds nothing that can be kept."""


NASTY_NOTES = {0: '=<b>"ask" & check</b>\t\x1bagain', 1: "@SUM(1) | ]]>", 2: '"open'}
"""What somebody noted on its rows."""


def nasty() -> ParallelText:
    """Make four versions of trouble, two in one language, with gaps and rows of many to many."""
    n = len(NASTY)
    documents = [
        document(NASTY, name="a.txt", headings=(0,), timed=True),
        document([*NASTY, "two", "more"], language="pb", name="b & <b>.txt", headings=(0, 4)),
        document([f"{text} نص" for text in NASTY[:-1]], language="ar", name='c\t"d".txt'),
        document([f"{text} again" for text in NASTY[:3]], language="pb", name="e.txt"),
    ]
    rows: list[tuple[Sequence[Sequence[int]], float]] = [
        ([[i], [i], [i], [i] if i < 3 else []], 0.95 - i / 20) for i in range(n - 2)
    ]
    rows += [
        ([[n - 2, n - 1], [n - 2, n - 1, n], [n - 2], []], 0.5),
        ([[], [n + 1], [], []], 0.0),
    ]
    pivots = [
        [f"machine {d}.{i}" for i in range(len(doc.segments))] for d, doc in enumerate(documents)
    ]
    return parallel(documents, rows, pivots=pivots, confirmed=(1,))


NOUNS = ("lamp", "keeper", "storm", "harbour", "letter", "captain", "window", "stairs", "bread",
         "winter", "garden", "violin")  # fmt: skip
PLACES = ("mill", "bridge", "church", "forest", "market", "quay", "tower", "school", "well",
          "meadow", "inn", "prison")  # fmt: skip
VERBS = ("fell", "slept", "came", "sang", "burned", "waited")
COUNT = 12


def numbered_tale(cells: Sequence[Sequence[Sequence[int]]], versions: int = 2) -> ParallelText:
    """Make a text in which the sentences of one number say the same in all versions."""
    told = [f"The {NOUNS[i]} {VERBS[i % 6]} near the old {PLACES[i]}." for i in range(COUNT)]
    documents = [
        document([f"{d}:{i}" for i in range(COUNT)], name=f"{d}.txt", language=code)
        for d, code in enumerate(("en", "pt", "ru")[:versions])
    ]
    return parallel(documents, [(row, 0.3) for row in cells], pivots=[told] * versions)


def slipped(start: int, stop: int, by: int, versions: int = 2) -> ParallelText:
    """Make a text whose second version is `by` rows too high or too low in some of its rows."""
    left = [[i] for i in range(COUNT)]
    right = [[i] for i in range(COUNT)]
    if by > 0:  # it stands too low: moving it up is right
        right[start:stop] = [[], *right[start : stop - 1]]
        right[stop - 1] = [stop - 2]
        rows = [*zip(left[:stop], right[:stop], strict=True), ([], [stop - 1])]
    else:
        rows = [*zip(left[:start], right[:start], strict=True), ([], [start])]
        moved = [*right[start + 1 : stop], []]
        rows += zip(left[start:stop], moved, strict=True)
    rows += zip(left[stop:], right[stop:], strict=True)
    third = [[*row, row[0]] for row in rows] if versions == 3 else [list(row) for row in rows]
    return numbered_tale([row for row in third if any(row)], versions)
