"""Hypothesis strategies for the values of the model, and for corrections of them."""

from contextlib import suppress
from dataclasses import replace

from hypothesis import strategies as st

from reader.corrections import EDITS, Corrected, link
from reader.errors import CorrectionError
from reader.model import ParallelText, Skip
from tests.builders import document, parallel

# Everything a document can hold: a lone surrogate cannot come out of a decoder.
characters = st.characters(exclude_categories=["Cs"])
sentences = st.text(characters, min_size=1, max_size=30).filter(lambda text: text.strip())
LANGUAGES = ("pt", "ru", "en", "ar", "zh")


@st.composite
def parallel_texts(
    draw: st.DrawFn,
    sentences: st.SearchStrategy[str] = sentences,
    *,
    full: bool = False,
    confirm: bool = False,
) -> ParallelText:
    """Draw documents of a few sentences, the kept ones of which are dealt to rows.

    A full one has at least two documents and no empty ones.
    """
    documents, cells = [], []
    n_rows = draw(st.integers(1, 6))
    for d in range(draw(st.integers(1 + full, 4))):
        texts = draw(st.lists(sentences, min_size=full, max_size=8))
        some = st.sets(st.integers(0, len(texts) - 1)) if texts else st.just(set[int]())
        skipped = draw(some)
        documents.append(
            document(
                texts,
                language=draw(st.sampled_from(LANGUAGES)),
                name=f"{d}.txt",
                skip={i: Skip("boilerplate", "menu") for i in skipped},
                headings=sorted(draw(some)),
                going_on=draw(some) - {0},
                timed=draw(st.booleans()),
            )
        )
        kept = documents[-1].kept
        places = draw(
            st.lists(st.integers(0, n_rows - 1), min_size=len(kept), max_size=len(kept)).map(sorted)
        )
        cells.append(
            [[i for i, r in zip(kept, places, strict=True) if r == row] for row in range(n_rows)]
        )
    rows = [[column[row] for column in cells] for row in range(n_rows)]
    text = parallel(
        documents,
        [
            (row, draw(st.floats(0, 1)) if sum(map(bool, row)) > 1 else 0.0)
            for row in rows
            if any(row)
        ],
        confirmed=draw(st.sets(st.integers(0, n_rows))) if confirm else (),
    )
    # Every document is in its own order, so that the rows follow any of them.
    return replace(text, hub=draw(st.integers(0, len(documents) - 1)))


Wish = tuple[str, float, float, float]
"""What is wanted, and where: shares of the rows and of the versions, and another row."""
share = st.floats(0, 1, exclude_max=True)
wishes = st.lists(
    st.tuples(st.sampled_from([*EDITS, "link", "undo"]), share, share, share), max_size=12
)


def grant(corrected: Corrected, wish: Wish) -> None:
    """Do what is wanted; what makes no sense there is refused."""
    name, *places = wish
    now = corrected.text
    row, other = (int(place * len(now.rows)) for place in (places[0], places[2]))
    d = int(places[1] * len(now.documents))
    if name == "undo":
        corrected.undo()
    elif name == "link":
        corrected.do(link(now, row, d, now.rows[other].segments[d]))
    else:
        corrected.do(EDITS[name](now, row, d))


@st.composite
def corrected_texts(draw: st.DrawFn) -> Corrected:
    """Draw a text and corrections of it."""
    corrected = Corrected(draw(parallel_texts(full=True)))
    for wish in draw(wishes) if corrected.base.rows else []:
        with suppress(CorrectionError):
            grant(corrected, wish)
    return corrected


def in_order(found: ParallelText) -> bool:
    """Tell whether every version keeps its order, but for what is marked as moved."""
    for d in range(len(found.documents)):
        stays = [i for row in found.rows if d not in row.moved for i in row.segments[d]]
        if stays != sorted(stays):
            return False
    return True


def accounted(found: ParallelText) -> bool:
    """Tell whether every segment that takes part is in exactly one row, and no row is empty."""
    for d, doc in enumerate(found.documents):
        if sorted(i for row in found.rows for i in row.segments[d]) != list(doc.kept):
            return False
    return all(row.present for row in found.rows)
