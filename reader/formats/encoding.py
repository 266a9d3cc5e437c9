"""Bytes to characters: which encoding a file is in, and text in one normal form."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from reader.errors import FormatError
from reader.languages import identify


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file."""

    text: str
    """NFC, line ends as one newline, no soft hyphens, never blank."""
    encoding: str
    """Name of a Python codec."""
    notes: tuple[str, ...] = ()


# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LARGEST = 32 * 2**20
"""Bytes of a text; the longest novels have a quarter of that."""
# Characters at the beginning that show whether it is a text at all.
_GLANCE = 2**20
# More control characters than this among all, and it is no text. Old texts have a stray one.
_CONTROLS = 0.005
# Largest share of bytes beyond ASCII in a text of a Latin alphabet, blanks not counted.
_LATIN = 0.35
# A decoding is believed when this share of what is not ASCII belongs to the language.
_BELIEVED = 0.8

# Encodings of Latin alphabets, the likelier one first (ISO 8859-1 and -15 are near enough to
# cp1252). charset-normalizer takes one for the other: of 16 samples it missed the Latin ones.
_LATIN_ENCODINGS = (
    *("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257"),
    *("mac_roman", "cp850", "cp852", "mac_latin2"),
)
# The letters beyond ASCII of each language (Unicode CLDR 45, main exemplar characters, and the
# cedilla forms that older Romanian texts have); in English and Dutch those of loan words.
_LETTERS = {
    "af": "êëîôûáéèïöü",
    "bs": "čšžćđ",
    "ca": "àçéèíïóòúü·",
    "cs": "áčďéěíňóřšťúůýž",
    "da": "æøåéü",
    "de": "äöüßéè",
    "en": "éèêëïôöüñçàæœáíóúã",
    "es": "áéíñóúü¿¡ªº",
    "et": "äöõüšž",
    "eu": "ñçü",
    "fi": "äöåšžé",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "ga": "áéíóú",
    "gl": "áéíñóúü¿¡",
    "hr": "čšžćđ",
    "hu": "áéíóöőúüű",
    "is": "áðéíóúýþæö",
    "it": "àèéìíîòóùú",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "nb": "æøåéòôóü",
    "nl": "éèëïöüáóíêûç",
    "pl": "ąćęłńóśźż",
    "pt": "áàâãçéêíóôõúüªº",
    "ro": "ăâîșțşţ",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšžćđ",
    "sq": "çë",
    "sv": "åäöéüà",
    "tr": "çğıİöşüâîû",
}
# Characters that texts in nearly all scripts have, and that the wrong byte order hardly makes.
_COMMON = re.compile("[\n -~，。、]")
_PUNCTUATION = "“”„‘’‚«»‹›—–…•·°§©®™€£\u00a0\u00ad"


def decode(data: bytes, declared: str = "", *, largest: int = LARGEST) -> Decoded:
    """Find the encoding of a text and decode it.

    A byte order mark decides; else strict UTF-8; else UTF-16 where there are NULs; else what the
    file declares, where that can be; else a guess, which is noted.

    Raises:
        FormatError: without a subject: it is empty, binary, in no encoding that is known, or has
            more bytes than the `largest` may.
    """
    if not data:
        raise FormatError("is empty; give a file with text")
    if len(data) > largest:
        size = f"{len(data) / 2**20:,.0f} MB"
        raise FormatError(f"has {size} of text; give parts of at most {largest >> 20} MB")
    text, encoding, guessed = _decoded(data, declared)
    glance = text[:_GLANCE]
    controls = sum(unicodedata.category(c) in {"Cc", "Cn"} and not c.isspace() for c in glance)
    if controls > _CONTROLS * len(glance):
        raise FormatError("is not text but binary; give a text file")
    text = normal(text)
    if not text.strip():
        raise FormatError("has only blank lines; give a file with text")
    notes = (f"encoding: guessed to be {encoding}; save it as utf-8 if letters look wrong",)
    return Decoded(text, encoding, notes if guessed else ())


def normal(text: str) -> str:
    """Return the text in NFC with newlines as line ends, without soft hyphens and page breaks.

    Lone surrogates, which JSON may hold, become replacement characters.
    """
    text = re.sub("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    return unicodedata.normalize("NFC", re.sub("\u00ad\n?", "", text))


def _decoded(data: bytes, declared: str) -> tuple[str, str, bool]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding, False
            except UnicodeDecodeError as error:
                raise FormatError(
                    f"has the byte order mark of {encoding} but is not (byte {error.start});"
                    " save it as utf-8"
                ) from None
    if b"\0" in data:
        return _utf16(data)
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        pass
    if codec := _codec(declared):
        try:
            return data.decode(codec), codec, False
        except (UnicodeError, LookupError):  # it does not fit; a codec that is none of text
            pass
    if guess := _latin(data) or _other(data):
        return data.decode(guess), guess, True
    raise FormatError("is in no encoding that is known, or binary; save it as utf-8")


def _codec(declared: str) -> str:
    """Return the name of the codec that a file declares; "" where it is not known.

    Whoever declares ISO 8859-1 or US-ASCII means its superset, and who declares UTF-16 in ASCII
    letters does not have it (WHATWG Encoding Standard).
    """
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):  # not known; with a NUL in it
        return ""
    if name.startswith(("utf-16", "utf-32")):
        return ""
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030"}.get(name, name)


def _utf16(data: bytes) -> tuple[str, str, bool]:
    """Decode UTF-16 without a mark, in the byte order that gives more common characters."""
    found = [(data.decode(e), e) for e in ("utf-16-le", "utf-16-be") if _decodes(data, e)]
    if not found:
        raise FormatError("is not text but binary; give a text file")
    text, encoding = max(found, key=lambda decoded: len(_COMMON.findall(decoded[0])))
    return text, encoding, True


def _latin(data: bytes) -> str | None:
    """Choose an encoding of a Latin alphabet by the letters that its language has."""
    words = data.split()
    beyond = b" ".join(word for word in words if not word.isascii())
    if sum(byte > 127 for byte in beyond) > _LATIN * sum(map(len, words)):
        return None
    # Most letters are ASCII, so a wrong encoding hardly changes the guess.
    language = identify(data.decode("cp1252", errors="replace")).code
    if language not in _LETTERS:
        return None
    belongs = frozenset(_LETTERS[language] + _LETTERS[language].upper() + _PUNCTUATION)
    best, encoding = max(
        # max() keeps the first, likelier one of equals
        ((_share(beyond, encoding, belongs), encoding) for encoding in _LATIN_ENCODINGS),
        key=lambda scored: scored[0],
    )
    return encoding if best >= _BELIEVED and _decodes(data, encoding) else None


def _share(data: bytes, encoding: str, belongs: frozenset[str]) -> float:
    """Return the share of the characters beyond ASCII that belong, in [0, 1]."""
    if not _decodes(data, encoding):
        return 0.0
    beyond = [c for c in data.decode(encoding) if c > "\x7f"]
    return sum(c in belongs for c in beyond) / (len(beyond) or 1)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _other(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return best.encoding if best and _decodes(data, best.encoding) else None
