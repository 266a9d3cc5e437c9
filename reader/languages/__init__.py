"""Languages: what they are called, how they are written, and which of them a text is in.

    codes           codes and names
    scripts         letters, directions, the marks of sentences
    identification  the language of a text; its model is loaded when it is needed

The codes are those of Argos Translate, see `codes`.
"""

from reader.languages.codes import (
    CODES,
    LANGUAGES,
    OTHERS,
    from_tag,
    known_code,
    name_of,
    to_bcp47,
)
from reader.languages.identification import SURE_FROM, Guess, identify, may_be_one
from reader.languages.scripts import (
    CLOSING,
    EAST_ASIAN,
    END_MARKS,
    in_script,
    is_rtl,
    is_small,
    is_unspaced,
    letters,
)

__all__ = [
    "CLOSING",
    "CODES",
    "EAST_ASIAN",
    "END_MARKS",
    "LANGUAGES",
    "OTHERS",
    "SURE_FROM",
    "Guess",
    "from_tag",
    "identify",
    "in_script",
    "is_rtl",
    "is_small",
    "is_unspaced",
    "known_code",
    "letters",
    "may_be_one",
    "name_of",
    "to_bcp47",
]
