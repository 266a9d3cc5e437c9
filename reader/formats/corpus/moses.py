"""Moses files: the texts of each version in a file of its own, paired line by line."""

from __future__ import annotations

from collections.abc import Sequence

from reader.errors import FormatError
from reader.formats.corpus.builder import CorpusBuilder, Details, Version, score_of, status_of
from reader.formats.encoding import decode
from reader.model import Corpus


def parse_lines(files: Sequence[tuple[str, str, bytes]], ids: bytes = b"") -> Corpus | None:
    """Parse Moses files, (name, language, content) each; None if they differ in length.

    `ids` is the content of the file that our own exports add: number, score and status of each row.

    Raises:
        FormatError: one of them, which it names, is binary or blank.
    """
    columns = []
    for name, _, data in files:
        try:
            text = decode(data, largest=len(data)).text
        except FormatError as error:
            raise FormatError(f"{name}: {error}") from None
        columns.append(text.removesuffix("\n").split("\n"))
    if len(set(map(len, columns))) > 1:
        return None
    versions = [Version(language, name) for name, language, _ in files]
    builder = CorpusBuilder()
    rows = [line.split("\t") for line in ids.decode("utf-8", "replace").split("\n")[:-1]]
    if len(rows) != len(columns[0]):  # of other files
        rows = [[]] * len(columns[0])
    for texts, row in zip(zip(*columns, strict=True), rows, strict=True):
        _, score, status, *_ = (*row, "", "", "")
        details = Details(score_of(score), status_of(status))
        builder.add(dict(zip(versions, texts, strict=True)), details)
    return builder.build([f"lines: paired one by one with those of {files[1][0]}"])
