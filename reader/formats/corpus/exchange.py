"""TMX and XLIFF, the exchange formats of translation tools, read unit by unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from reader.formats.corpus.builder import (
    CorpusBuilder,
    Details,
    Version,
    code_of,
    score_of,
    status_of,
)
from reader.formats.markup import GUARDED, attribute, damaged, descendants, local, without_doctype
from reader.model import Corpus

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Elements inside a text whose content is code of the document it came from.
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
# States of XLIFF 1.2 and 2.0 that mean that somebody has confirmed a translation.
_CONFIRMED = frozenset({"final", "signed-off", "reviewed"})
# Where the languages of source and target are named: (element, attribute).
_LANGUAGES = (
    (("file", "source-language"), ("xliff", "srclang")),
    (("file", "target-language"), ("xliff", "trglang")),
)
# How we name ourselves.
_OURS = "parallel-reader"
_SCORE = re.compile(r"score (\d\.\d+)")


def parse_tmx(data: bytes) -> Corpus:
    """Parse a translation memory, any version of TMX; machine translations are left out.

    A memory that we wrote gives back the rows that it was written from.

    Raises:
        FormatError: it is damaged or holds no text.
    """
    builder = CorpusBuilder()
    ours = False
    machine = 0
    for element in _elements(data, "header", "tu"):
        if local(element) == "header":
            ours = attribute(element, "creationtool") == _OURS
            continue
        texts: dict[Version, str] = {}
        seen: Counter[tuple[str, str]] = Counter()
        for variant in _children(element, "tuv"):
            properties = _properties(variant)
            if properties.get("x-origin", "").startswith("mt-"):
                machine += 1
                continue
            code = code_of(attribute(variant, "lang"))
            name = properties.get("x-version", "") if ours else ""
            texts[Version(code, name, seen[code, name])] = "".join(
                _shown(segment) for segment in _children(variant, "seg")
            )
            seen[code, name] += 1
        properties = _properties(element)
        builder.add(
            texts,
            Details(
                score_of(properties.get("x-score", "")), status_of(properties.get("x-status", ""))
            ),
            key=("row", properties["x-row"]) if ours and "x-row" in properties else None,
        )
    notes = (f"memory: {machine} machine translations left out",) if machine else ()
    return builder.build(notes)


def parse_xliff(data: bytes) -> Corpus:
    """Parse XLIFF 1.2 or 2.0; suggested translations are left out.

    Files for several languages that have one original share their rows. In our own files `original`
    is the name of the source version, and a note has that of the target version.

    Raises:
        FormatError: it is damaged or holds no text.
    """
    builder = CorpusBuilder()
    for element in _elements(data, "trans-unit", "segment"):
        around = {local(parent): parent for parent in element.iterancestors()}
        around[local(element)] = element
        codes = [code_of(_either(around, names)) for names in _LANGUAGES]
        original = _either(around, [("file", "original")])
        if ours := _target_name(around.get("file")):
            versions = Version(codes[0], original), Version(codes[1], ours)
        else:
            versions = Version(codes[0]), Version(codes[1], number=int(codes[0] == codes[1]))
        states = {attribute(each, "state") for each in (element, *_children(element, "target"))}
        approved = attribute(element, "approved") == "yes"
        name = _either(around, [("trans-unit", "id"), ("unit", "id")])
        details = Details(
            _score(around), "confirmed" if approved or states & _CONFIRMED else "auto"
        )
        for part, texts in _parts(element).items():
            builder.add(
                dict(zip(versions, texts, strict=True)),
                details,
                key=(original, name, attribute(element, "id"), part) if original and name else None,
            )
    return builder.build()


def _parts(element: Element) -> dict[str, tuple[str, str]]:
    """Return segment id -> source and target of a unit, as `mrk` divides it (XLIFF 1.2, 2.4.3).

    A unit that is not divided, or whose segments leave out some text, has one segment, "".
    """
    source, target = ("".join(map(_shown, _children(element, n))) for n in ("source", "target"))
    sources, targets = (_marked(element, name) for name in ("seg-source", "target"))
    both = ((source, sources), (target, targets))
    whole = all("".join(text.split()) == "".join("".join(m.values()).split()) for text, m in both)
    if not sources or not whole or not targets.keys() <= sources.keys():
        return {"": (source, target)}
    return {part: (text, targets.get(part, "")) for part, text in sources.items()}


def _marked(element: Element, name: str) -> dict[str, str]:
    """Return segment id -> text of one side of a unit."""
    marks = (mark for side in _children(element, name) for mark in descendants(side, "mrk"))
    return {attribute(m, "mid"): _shown(m) for m in marks if attribute(m, "mtype") == "seg"}


def _target_name(file: Element | None) -> str:
    """Return the name of the target version from the note in our own files; "" in any other."""
    head = next(iter(file), None) if file is not None else None
    for note in _children(head, "note") if head is not None else ():
        if _OURS in (attribute(note, "from"), attribute(note, "category")):
            return note.text or ""
    return ""


def _either(around: Mapping[str, Element], places: Iterable[tuple[str, str]]) -> str:
    """Return the first nonempty value among places, each an (element, attribute)."""
    found = (attribute(around[name], key) for name, key in places if name in around)
    return next(filter(None, found), "")


def _score(around: Mapping[str, Element]) -> float:
    """Return the score from the note in our own files; 1 in any other."""
    unit = around.get("trans-unit", around.get("unit"))
    for part in () if unit is None else unit:
        if local(part) == "segment":
            break
        for note in descendants(part, "note"):
            if match := _SCORE.match(note.text or ""):
                return score_of(match[1])
    return 1.0


def _elements(data: bytes, *names: str) -> Iterator[Element]:
    """Yield the elements with these names, each complete; those before it are freed."""
    from lxml import etree

    events = etree.iterparse(
        BytesIO(without_doctype(data)),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        **GUARDED,
    )
    try:
        for _, element in events:
            yield element
            element.clear(keep_tail=False)
            while (previous := element.getprevious()) is not None:
                previous.getparent().remove(previous)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(error) from None


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if local(child) == name]


def _properties(element: Element) -> dict[str, str]:
    """Return the `prop` elements of a unit by type."""
    return {attribute(p, "type"): (p.text or "").strip() for p in _children(element, "prop")}


def _shown(element: Element) -> str:
    """Return the text of a segment without the codes inside it."""
    from lxml import etree

    parts = [element.text or ""]
    events = etree.iterwalk(element, events=("start", "end"))
    for event, inner in events:
        if inner is element:
            continue
        if event == "end":
            parts.append(inner.tail or "")
        elif local(inner) in _CODES or not local(inner):
            events.skip_subtree()
        else:
            parts.append(inner.text or "")
    return "".join(parts)
