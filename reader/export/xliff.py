"""XLIFF 1.2 and 2.0, the exchange formats of translation tools: a source, and its translation.

A sentence without a counterpart is a unit without a target, since some tools take an empty target
for a translation.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from reader.errors import ExportError
from reader.export.common import LONG_SIDE, TOOL, Exported, Unit
from reader.export.excerpt import Excerpt
from reader.model import Row
from reader.printable import counted

READER = "reader's note"
"""Marks the notes of the reader, in contrast to those with scores."""
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One unit of a pair of versions."""

    number: int
    row: Row
    source: str
    target: str
    """"" where there is none."""
    machine: str
    """Machine translation of the source, "" if it is not added."""
    noted: str
    """The reader's note on the row, "" for none."""

    @property
    def confirmed(self) -> bool:
        return self.row.status != "auto"

    @property
    def trust(self) -> str:
        if not self.target:
            return "nothing in the other version is close enough"
        return f"score {self.row.score:.2f}, {self.row.confidence.word}"


def xliff(excerpt: Excerpt) -> Exported:
    """Write XLIFF 1.2: a ``file`` for each pair, and all in one document.

    Raises:
        ExportError: there is but one version.
    """
    pairs = _pairs(excerpt)
    files = []
    for (d, e), sentences in pairs:
        tags = excerpt.tags[d], excerpt.tags[e]
        units = "".join(_unit(sentence, excerpt.machine_tag) for sentence in sentences)
        note = f'<note annotates="target" from="{TOOL}">{escape(excerpt.ids[e])}</note>'
        files.append(
            f"<file original={quoteattr(excerpt.ids[d])} source-language={quoteattr(tags[0])}"
            f' target-language={quoteattr(tags[1])} datatype="plaintext">\n'
            f"<header>{note}</header>\n<body>\n{units}</body>\n</file>\n"
        )
    data = (
        f'{_DECLARATION}<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        f"{''.join(files)}</xliff>\n"
    )
    return _exported(excerpt, [("", data)], pairs)


def _unit(sentence: _Sentence, machine_tag: str) -> str:
    name = f"r{sentence.number:06}"
    approved = ' approved="yes"' if sentence.target and sentence.confirmed else ""
    parts = [f"<source>{escape(sentence.source)}</source>"]
    if sentence.target:
        state = "final" if sentence.confirmed else "needs-review-translation"
        parts.append(f'<target state="{state}">{escape(sentence.target)}</target>')
    parts.append(f"<note>{sentence.trust}</note>")
    if sentence.noted:
        parts.append(f'<note from="{READER}">{escape(sentence.noted)}</note>')
    if sentence.machine:
        parts.append(
            f'<alt-trans origin="machine"><target xml:lang={quoteattr(machine_tag)}'
            f' state-qualifier="mt-suggestion">{escape(sentence.machine)}</target></alt-trans>'
        )
    return (
        f'<trans-unit id="{name}" resname="{name}"{approved} xml:space="preserve">'
        f"{''.join(parts)}</trans-unit>\n"
    )


def xliff2(excerpt: Excerpt) -> Exported:
    """Write XLIFF 2.0: a document for each pair, since a document has one target language.

    Raises:
        ExportError: there is but one version.
    """
    pairs = _pairs(excerpt)
    documents = []
    for (d, e), sentences in pairs:
        units = "".join(_unit2(sentence, excerpt.machine_tag) for sentence in sentences)
        tags = quoteattr(excerpt.tags[d]), quoteattr(excerpt.tags[e])
        note = f'<note appliesTo="target" category="{TOOL}">{escape(excerpt.ids[e])}</note>'
        matches = ' xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"' if excerpt.machine else ""
        data = (
            f'{_DECLARATION}<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"'
            f"{matches} srcLang={tags[0]} trgLang={tags[1]}>\n"
            f'<file id="f1" original={quoteattr(excerpt.ids[d])}>\n'
            f"<notes>{note}</notes>\n{units}</file>\n</xliff>\n"
        )
        ending = f".{excerpt.names[d]}-{excerpt.names[e]}.v2.xlf" if len(pairs) > 1 else ""
        documents.append((ending, data))
    return _exported(excerpt, documents, pairs)


def _unit2(sentence: _Sentence, machine_tag: str) -> str:
    machine = target = ""
    if sentence.machine:
        # A `reference` match is in another language than the target (section 5.1.3.2 of 2.0).
        machine = (
            '<mtc:matches><mtc:match ref="#s1" type="mt" origin="argos" reference="yes">'
            f"<source>{escape(sentence.source)}</source>"
            f"<target xml:lang={quoteattr(machine_tag)}>{escape(sentence.machine)}"
            "</target></mtc:match></mtc:matches>"
        )
    state = "initial"
    if sentence.target:
        state = "final" if sentence.confirmed else "translated"
        target = f"<target>{escape(sentence.target)}</target>"
    notes = f'<note category="score">{sentence.trust}</note>'
    if sentence.noted:
        notes += f'<note category="{READER}">{escape(sentence.noted)}</note>'
    return (
        f'<unit id="r{sentence.number:06}">{machine}<notes>{notes}</notes>'
        f'<segment id="s1" state="{state}"><source>{escape(sentence.source)}</source>{target}'
        "</segment></unit>\n"
    )


_Pairs = list[tuple[tuple[int, int], list[_Sentence]]]


def _pairs(excerpt: Excerpt) -> _Pairs:
    if not excerpt.pairs:
        raise ExportError("xliff: there is one version and a unit pairs two; use jsonl or tsv")
    return [((d, e), list(_sentences(excerpt, d, e))) for d, e in excerpt.pairs]


def _sentences(excerpt: Excerpt, d: int, e: int) -> Iterator[_Sentence]:
    for index, number, row in excerpt.rows():
        source, target = excerpt.cells[index][d], excerpt.cells[index][e]
        if source:
            machine, noted = excerpt.pivot(index, d), excerpt.note(index)
            yield _Sentence(number, row, source, target, machine, noted)


def _exported(excerpt: Excerpt, documents: Iterable[tuple[str, str]], pairs: _Pairs) -> Exported:
    units: list[Unit] = [
        (sentence.source, sentence.target) if sentence.target else (sentence.source,)
        for _, sentences in pairs
        for sentence in sentences
    ]
    notes = []
    for (d, e), sentences in pairs:
        if lack := len(excerpt.numbers) - len(sentences):
            rows = counted(lack, "row", "rows")
            notes.append(
                f"{rows} left out of {excerpt.names[d]}-{excerpt.names[e]}: a unit needs a source"
            )
    if long := sum(len(text) > LONG_SIDE for unit in units for text in unit):
        texts = counted(long, "text", "texts")
        notes.append(f"{texts} above {LONG_SIDE} characters, which some systems refuse")
    files = tuple((ending, data.encode()) for ending, data in documents)
    return Exported(tuple(units), files, tuple(notes))
