"""The error tree: everything that is the user's business rather than a programming mistake.

ReaderError
├── FormatError         a file that cannot be read as a document, an unknown format
├── LanguageError       an unknown language code, or no package for a pair
├── PackageError        a model package that is broken, missing or unsafe
├── TranslationError    the model failed
├── StoreError          the cache file is locked, cannot be written, or newer than this program
│   └── DamagedError    it is damaged, or no cache file
├── ExportError         the pairs cannot be written
│   └── ExistsError     a file is there that may not be overwritten
├── CorrectionError     a correction that does not fit the text
├── KeysError           a file of the user's own keys that is wrong
├── SearchError         a regular expression that is wrong, or takes too long
└── Interrupted         the user stopped a job

A message reads ``subject: what is wrong; what would be right``: lower case, no full stop, the
offending value quoted. The command line prints it on one line of stderr and exits with 1
(130 for `Interrupted`); a programming mistake is not a `ReaderError` and crashes.
"""


class ReaderError(Exception):
    """The root of all errors that are shown as one line and never as a traceback."""

    exit_code = 1


class FormatError(ReaderError):
    """A file that cannot be read as a document, or a format that is not known."""


class LanguageError(ReaderError):
    """An unknown language code, or a pair of languages for which no package is installed."""


class PackageError(ReaderError):
    """A model package that is broken, missing or unsafe to unpack."""


class TranslationError(ReaderError):
    """The model failed or gave another number of texts than it was given."""


class StoreError(ReaderError):
    """The cache file is locked, cannot be written, or comes from a newer version of the program."""


class DamagedError(StoreError):
    """The cache file is damaged, or no cache file at all."""


class CorrectionError(ReaderError):
    """A correction that does not fit the text it is for, or a list of them that cannot be read."""


class ExportError(ReaderError):
    """The aligned pairs cannot be written as asked."""


class ExistsError(ExportError):
    """There is a file already that may not be overwritten."""


class KeysError(ReaderError):
    """A file of the user's own keys that is wrong, or keys in it that clash."""


class SearchError(ReaderError):
    """A regular expression that is wrong, or takes too long."""


class Interrupted(ReaderError):  # noqa: N818 - what happened is no error
    """The user stopped a job; what was computed is kept."""

    exit_code = 130


def reason(error: BaseException) -> str:
    """Return what an exception of the system or of a library says, on one line, for a message.

    The name of its type if it says nothing.
    """
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return " ".join(str(error).split()) or type(error).__name__
