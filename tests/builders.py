"""Small values for tests, built from tables: no file, model or aligner takes part."""

from collections.abc import Sequence

from reader.model import Document, ParallelText, Pivot, Row, Segment, Skip


def document(
    sentences: Sequence[str],
    *,
    language: str = "en",
    name: str = "a.txt",
    skip: dict[int, Skip] | None = None,
    headings: Sequence[int] = (),
) -> Document:
    """Make a document of one-sentence paragraphs."""
    segments, start = [], 0
    for i, sentence in enumerate(sentences):
        segments.append(
            Segment(
                start=start,
                stop=start + len(sentence),
                paragraph=i,
                language=language,
                kind="heading" if i in headings else "sentence",
                skip=(skip or {}).get(i),
            )
        )
        start += len(sentence) + 1
    text = "\n".join(sentences)
    return Document(
        id=f"id-{name}", name=name, language=language, text=text, segments=tuple(segments)
    )


def parallel(
    documents: Sequence[Document],
    rows: Sequence[tuple[Sequence[Sequence[int]], float]],
    *,
    pivots: Sequence[Sequence[str]] | None = None,
    moved: dict[int, tuple[int, ...]] | None = None,
) -> ParallelText:
    """Make a parallel text; each row is (indices per document, score)."""
    texts = pivots or [document.sentences for document in documents]
    return ParallelText(
        documents=tuple(documents),
        pivots=tuple(tuple(Pivot(text) for text in column) for column in texts),
        rows=tuple(
            Row(tuple(tuple(cell) for cell in cells), score, moved=(moved or {}).get(r, ()))
            for r, (cells, score) in enumerate(rows)
        ),
    )
