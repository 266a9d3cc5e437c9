"""Message catalogs of gettext (PO): the messages of a program and their translations."""

from __future__ import annotations

import re
from itertools import zip_longest

from reader.errors import FormatError
from reader.formats.corpus.builder import CorpusBuilder, Details, Version, code_of
from reader.formats.encoding import decode
from reader.languages import identify
from reader.model import Corpus
from reader.printable import counted

_CHARSET = re.compile(rb"charset=([\w.-]+)")
# The score of a translation that was not checked since its message changed: it is doubtful.
_FUZZY = 0.5


def parse_po(data: bytes) -> Corpus:
    """Parse a catalog or, where nothing is translated, a template; obsolete entries are left out.

    The forms of a plural are units of their own; those beyond the two of the message stand alone.
    Messages are in the language that the file names, else in that which they seem to be in.

    Raises:
        FormatError: it is damaged or holds no text.
    """
    import polib

    declared = _CHARSET.search(data)
    text = decode(data, declared[1].decode() if declared else "", largest=len(data)).text
    try:
        # A text without a line end might be the name of a file, and be opened.
        catalog = polib.pofile(text + "\n")
    except (OSError, ValueError) as error:
        raise FormatError(f"is damaged ({str(error).lower()}); give a whole PO file") from None
    source, target = _versions(catalog.metadata, [entry.msgid for entry in catalog])
    builder = CorpusBuilder({source: None, target: None})
    obsolete = fuzzy = 0
    for entry in catalog:
        if entry.obsolete:
            obsolete += 1
            continue
        messages = [entry.msgid, *filter(None, [entry.msgid_plural])]
        forms = [entry.msgstr_plural[k] for k in sorted(entry.msgstr_plural)] or [entry.msgstr]
        fuzzy += entry.fuzzy
        details = Details(_FUZZY if entry.fuzzy else 1.0)
        for message, form in zip_longest(messages, forms, fillvalue=""):
            builder.add({source: message, target: form}, details)
    counts = (
        (obsolete, "obsolete entry left out", "obsolete entries left out"),
        (fuzzy, "fuzzy translation taken for doubtful", "fuzzy translations taken for doubtful"),
    )
    return builder.build(f"catalog: {counted(*each)}" for each in counts if each[0])


def _versions(head: dict[str, str], messages: list[str]) -> tuple[Version, Version]:
    """Return the version of the messages and that of their translation."""
    guess = identify("\n".join(messages))
    # Messages are in English unless somebody has decided otherwise (GNU gettext, manual 1.1).
    likely = guess.code if guess.sure else "en"
    source = code_of(head.get("X-Source-Language", "")) or likely
    target = code_of(head.get("Language", "") or head.get("X-Poedit-Language", ""))
    return Version(source), Version(target, number=int(source == target))
