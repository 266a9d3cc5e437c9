"""The table of stars and notes."""

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from reader.annotations import Anchor, Annotation
from reader.model import Document
from reader.store.corrections import Access


class KeptAnnotations:
    """Stars and notes, by the anchors of their sentences."""

    def __init__(self, db: Database, read: Access, written: Access) -> None:
        """Use the database of a store, within its contexts for reading and for writing."""
        self._db = db
        self._read = read
        self._written = written

    def of_files(self, names: Sequence[str]) -> dict[Anchor, Annotation]:
        """Return the annotations of files, by name without folder."""
        marks = ",".join("?" * len(names))
        query = f"select name, text, nth, star, note from annotations where name in ({marks})"
        with self._read():
            return {
                Anchor(name, text, nth): Annotation(bool(star), note)
                for name, text, nth, star, note in self._db.execute(query, list(names))
            }

    def take_over(self, documents: Iterable[Document]) -> None:
        """Copy the annotations of texts whose files had another name when they got them."""
        names = "select name from annotated where digest = ?"
        for document in documents:
            with self._read():
                known = {name for (name,) in self._db.execute(names, [document.digest])}
            if known and document.name not in known:
                with self._written():
                    self._db.execute(
                        "insert or ignore into annotations (name, text, nth, star, note) "
                        "select ?, text, nth, star, note "
                        f"from annotations where name in ({names})",
                        [document.name, document.digest],
                    )
                    self._keep_name(document)

    def _keep_name(self, document: Document) -> None:
        self._db.table("annotated").insert(
            {"digest": document.digest, "name": document.name}, ignore=True
        )

    def keep(
        self, annotations: Mapping[Anchor, Annotation], documents: Iterable[Document] = ()
    ) -> None:
        """Keep annotations of documents, all or none; an empty one deletes what was kept."""
        gone = [list(at) for at, annotation in annotations.items() if annotation == Annotation()]
        with self._written():
            table = self._db.table("annotations")
            for key in gone:
                self._db.execute(
                    "delete from annotations where name = ? and text = ? and nth = ?", key
                )
            table.upsert_all(self._records(annotations), pk=("name", "text", "nth"))
            for document in documents:
                self._keep_name(document)

    @staticmethod
    def _records(annotations: Mapping[Anchor, Annotation]) -> Iterable[dict[str, str | int]]:
        for at, annotation in annotations.items():
            if annotation != Annotation():
                yield {**at._asdict(), "star": int(annotation.star), "note": annotation.note}
