"""Hypothesis strategies for the values of the model."""

from hypothesis import strategies as st

from reader.model import ParallelText, Skip
from tests.builders import document, parallel

# Everything a document can hold: a lone surrogate cannot come out of a decoder.
characters = st.characters(exclude_categories=["Cs"])
sentences = st.text(characters, min_size=1, max_size=30).filter(lambda text: text.strip())
LANGUAGES = ("pt", "ru", "en", "ar", "zh")


@st.composite
def parallel_texts(
    draw: st.DrawFn,
    most_documents: int = 4,
    sentences: st.SearchStrategy[str] = sentences,
    *,
    confirm: bool = False,
) -> ParallelText:
    """Draw documents of one-sentence paragraphs whose kept segments are dealt to rows."""
    documents, cells = [], []
    n_rows = draw(st.integers(1, 6))
    for d in range(draw(st.integers(1, most_documents))):
        texts = draw(st.lists(sentences, max_size=8))
        skipped = draw(st.sets(st.integers(0, len(texts) - 1))) if texts else set()
        documents.append(
            document(
                texts,
                language=draw(st.sampled_from(LANGUAGES)),
                name=f"{d}.txt",
                skip={i: Skip("boilerplate", "menu") for i in skipped},
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
    return parallel(
        documents,
        [
            (row, draw(st.floats(0, 1)) if sum(map(bool, row)) > 1 else 0.0)
            for row in rows
            if any(row)
        ],
        confirmed=draw(st.sets(st.integers(0, n_rows))) if confirm else (),
    )
