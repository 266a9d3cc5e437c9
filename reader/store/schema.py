"""The tables, by named migrations: a file of an older version is brought up to date when opened."""

from contextlib import closing

from sqlite_utils import Database, Migrations

migrations = Migrations("reader")


@migrations()
def m000_documents(db: Database) -> None:
    """Keep documents as JSON under the digest of their files."""
    db.table("documents").create({"key": str, "document": str}, pk="key")


@migrations()
def m001_translations(db: Database) -> None:
    """Keep one row for each text and model."""
    db.table("translations").create(
        {"key": bytes, "text": str, "suspect": str}, pk="key", not_null={"text"}
    )


@migrations()
def m002_alignments(db: Database) -> None:
    """Keep the rows of an alignment as JSON under the digest of its inputs."""
    db.table("alignments").create({"key": str, "mode": str, "rows": str}, pk="key")


@migrations()
def m003_sets(db: Database) -> None:
    """Keep the sets of files that were opened, the request, and where the reader left them."""
    db.table("sets").create({"id": str, "request": str, "opened": float, "place": str}, pk="id")


@migrations()
def m004_corrections(db: Database) -> None:
    """Keep the operations on the rows of a document set, in the order in which they were done.

    `versions` are the keys of the documents, sorted; for `basis` see `History`.
    """
    db.table("corrections").create(
        {"versions": str, "number": int, "operation": str, "basis": str, "undone": int},
        pk=("versions", "number"),
    )


@migrations()
def m005_annotations(db: Database) -> None:
    """Keep stars and notes under the file name, the words and the number of their sentence."""
    db.table("annotations").create(
        {"name": str, "text": str, "nth": int, "star": int, "note": str},
        pk=("name", "text", "nth"),
        not_null={"star", "note"},
    )


@migrations()
def m006_settings(db: Database) -> None:
    """Keep what a reader chose for all sets, such as the colours."""
    db.table("settings").create({"name": str, "value": str}, pk="name", not_null={"value"})


@migrations()
def m007_columns(db: Database) -> None:
    """Forget documents and alignments kept as lists of objects; they are made again as columns."""
    db.table("documents").delete_where()
    db.table("alignments").delete_where()


@migrations()
def m008_cues(db: Database) -> None:
    """Forget documents kept without the times of subtitles."""
    db.table("documents").delete_where()


@migrations()
def m009_bytes(db: Database) -> None:
    """Keep numbers as bytes, and the pivots of a document together under what made them."""
    for table in ("documents", "alignments"):
        db.table(table).drop()
    texts = {"key": str, "document": str, "text": bytes, "segments": bytes}
    db.table("documents").create(texts, pk="key")
    pivots = {"key": str, "text": bytes, "places": bytes, "suspects": str}
    db.table("pivots").create(pivots, pk="key")
    rows = {"key": str, "mode": str, "cells": bytes, "scores": bytes, "said": str}
    db.table("alignments").create(rows, pk="key")


@migrations()
def m010_editions(db: Database) -> None:
    """Keep texts as they were corrected: their digests alone tell nothing once they are edited."""
    texts = {"version": str, "name": str, "text": bytes}
    db.table("editions").create(texts, pk="version", not_null={"name", "text"})


@migrations()
def m011_corpora(db: Database) -> None:
    """Keep how many documents an aligned file has, and which of them its rows follow."""
    numbers = {"key": str, "size": int, "hub": int}
    db.table("corpora").create(numbers, pk="key", not_null={"size", "hub"})


@migrations()
def m012_edition_names(db: Database) -> None:
    """Keep a text under the name of each file that it was corrected in, such as a copy."""
    db.table("editions").transform(pk=("version", "name"))


@migrations()
def m013_annotated(db: Database) -> None:
    """Keep which texts have stars and notes, by digest, and the names of their files."""
    db.table("annotated").create({"digest": str, "name": str}, pk=("digest", "name"))


def known() -> set[str]:
    """Return the names of all migrations of this version."""
    with closing(Database(memory=True)) as empty:
        return {migration.name for migration in migrations.pending(empty)}
