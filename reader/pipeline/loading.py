"""Files to documents; a file that was seen before is neither parsed nor split again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reader.formats import fetch, naming
from reader.model import Document, Progress
from reader.pipeline.code import code_digest
from reader.pipeline.request import UNWATCHED, Request, Watch
from reader.store import FILE_NAME, Store


def load(request: Request, watch: Watch = UNWATCHED) -> tuple[Document, ...]:
    """Read and segment every file; a pipe is read once.

    Raises:
        FormatError: a file cannot be read as a document.
        StoreError: the memory fails.
    """
    documents = []
    with Store(request.cache / FILE_NAME) as store:
        for done, path in enumerate(request.paths):
            watch.progress(Progress("load", done, len(request.paths), "documents", path.name))
            documents.append(_document(path, request, store))
    watch.progress(Progress("load", len(documents), len(documents), "documents"))
    return tuple(documents)


def _document(path: Path, request: Request, store: Store) -> Document:
    data = fetch(path)
    language = request.languages.get(path)
    key = hashlib.blake2b(data, digest_size=20)
    code = code_digest("languages.py", "formats", "segment")
    key.update(repr((path.name, language, request.segmented, code)).encode())
    document = store.document(key.hexdigest())
    if document is None:
        # Here, because the identifier of languages is slow to load.
        from reader.formats import parse
        from reader.segment import segment

        with naming(path):
            source = parse(data, path.suffix)
        document = segment(source, name=path.name, language=language, segmented=request.segmented)
        store.keep_document(key.hexdigest(), document)
    return document
