"""Files to documents; a file that is known to the store is neither parsed nor split again."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, chain
from pathlib import Path

from reader.errors import FormatError
from reader.formats import language_of, naming, read_bytes
from reader.model import Document, Given, ParallelText, Progress
from reader.pipeline.code import code_digest
from reader.pipeline.corpora import merge_corpora
from reader.pipeline.request import UNWATCHED, Request, Watch
from reader.store import FILE_NAME, Store

# The file that our exports add to Moses files: number, score and status of each row.
_IDS = ".ids"


def load(request: Request, watch: Watch = UNWATCHED) -> ParallelText:
    """Read and segment every file, a pipe only once; return a text without pivots and rows.

    Raises:
        FormatError: a file cannot be read as a document.
        StoreError: the store fails.
    """
    paths = request.paths
    columns: list[tuple[Document, ...]] = [()] * len(paths)
    together: list[tuple[list[int], Given]] = []
    """Indices of files -> what they hold that is aligned already."""
    done = 0
    with Store(request.cache / FILE_NAME) as store:
        for group in _groups(paths):
            for k in group:
                watch.progress(Progress("load", done, len(paths), "documents", paths[k].name))
                done += 1
            texts = [k for k in group if paths[k].suffix != _IDS]
            if len(texts) > 1 and (found := _lines([paths[k] for k in group], request)):
                for k, document in zip(texts, found[0], strict=True):
                    columns[k] = (document,)
                together.append((texts, found[1]))
                continue
            for k in group:
                columns[k], given = _documents(paths[k], request, store)
                if given is not None:
                    together.append(([k], given))
    watch.progress(Progress("load", len(paths), len(paths), "documents"))
    starts = list(accumulate(map(len, columns), initial=0))
    hub = next((given.hub for files, given in together if files == [request.hub]), 0)
    return merge_corpora(
        ParallelText(
            tuple(chain.from_iterable(columns)),
            pivots=(),
            rows=(),
            hub=min(starts[request.hub] + hub, starts[-1] - 1),
            provisional=True,
            given=tuple(
                replace(
                    given,
                    documents=tuple(d for k in files for d in range(starts[k], starts[k + 1])),
                )
                for files, given in together
            ),
        )
    )


def _groups(paths: Sequence[Path]) -> list[list[int]]:
    """Group the indices of files: Moses files, whose names differ in the language at the end."""
    groups: defaultdict[object, list[int]] = defaultdict(list)
    for k, path in enumerate(paths):
        paired = path.suffix == _IDS or language_of(path.suffix)
        groups[path.with_suffix("") if paired else k].append(k)
    return list(groups.values())


def _lines(paths: Sequence[Path], request: Request) -> tuple[tuple[Document, ...], Given] | None:
    """Return Moses files as documents and rows; None if they differ in length."""
    from reader.formats.corpus import parse_lines
    from reader.segment.corpus import documents_of

    files, ids = [], b""
    for path in paths:
        if path.suffix == _IDS:
            ids = read_bytes(path)
            continue
        language = request.languages.get(path) or language_of(path.suffix)
        files.append((path.name, language, read_bytes(path)))
    corpus = parse_lines(files, ids)
    return None if corpus is None else documents_of(corpus, paths[0].name)


def _documents(
    path: Path, request: Request, store: Store
) -> tuple[tuple[Document, ...], Given | None]:
    """Return the document of a file, or its documents and rows if it is a corpus."""
    data = read_bytes(path)
    language = request.languages.get(path) or language_of(path.suffix) or None
    digest = hashlib.blake2b(data, digest_size=20)
    code = code_digest("languages", "formats", "segment")
    digest.update(repr((path.name, language, request.segmented, code)).encode())
    key = digest.hexdigest()
    if document := store.document(key):
        return (document,), None
    if corpus := store.corpus(key):
        return corpus
    documents, given = _read(path, data, language, request)
    if given is None:
        store.keep_document(key, documents[0])
    else:
        store.keep_corpus(key, documents, given)
    return documents, given


def _read(
    path: Path, data: bytes, language: str | None, request: Request
) -> tuple[tuple[Document, ...], Given | None]:
    """Parse and split the content of a file."""
    # Here, because the identifier of languages is slow to load.
    from reader.formats import PARSERS, parse, parse_corpus
    from reader.formats.corpus import in_turns
    from reader.segment import segment
    from reader.segment.corpus import documents_of

    with naming(path):
        corpus = parse_corpus(data, path.suffix)
        if corpus and path not in request.languages:
            return documents_of(corpus, path.name)
        if corpus and path.suffix.lower() not in PARSERS:
            raise FormatError(
                "holds several versions; name their languages in it, and leave out --lang"
            )
        source = parse(data, path.suffix)
    if language is None and not request.segmented and (corpus := in_turns(source)):
        return documents_of(corpus, path.name)
    document = segment(source, name=path.name, language=language, segmented=request.segmented)
    return (document,), None
