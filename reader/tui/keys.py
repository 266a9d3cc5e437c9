"""The keys: one table for bindings, footer, help, palette and README."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.errors import KeysError, reason

if TYPE_CHECKING:
    from textual.binding import Binding, BindingType

# The same keys of a keyboard under the Latin and the Russian layout (ISO/IEC 9995, ЙЦУКЕН).
_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TWIN = dict(zip(_LATIN, _RUSSIAN, strict=True))

Mode = Literal["read", "correct"]


@dataclass(frozen=True, slots=True)
class Key:
    """An action and its keys."""

    id: str
    """The name by which the user can change the keys."""
    keys: tuple[str, ...]
    """Characters, or names as Textual spells them; the first one is shown in the footer."""
    action: str
    help: str
    label: str = ""
    """Label in the footer; "" if it is not shown there."""
    mode: Mode = "read"
    """Keys of "read" hold in every mode, unless the mode has its own meaning for the key."""


def _correct(id: str, key: str, help: str, label: str = "") -> Key:
    """Make a key of the correcting mode."""
    return Key(id, (key,), f"correct({id!r})", help, label, "correct")


KeyTable = Mapping[str, tuple[Key, ...]]
"""Group -> keys, in the order of the help."""

KEYS: KeyTable = {
    "Move": (
        Key("next-row", ("j", "down"), "move('row', 1)", "next row; 12j: twelve rows on"),
        Key("previous-row", ("k", "up"), "move('row', -1)", "previous row"),
        Key("read-on", ("space",), "move('on', 1)", "next page; first what is covered, see r"),
        Key("next-page", ("pagedown", "ctrl+f"), "move('page', 1)", "next page"),
        Key("previous-page", ("b", "pageup", "ctrl+b"), "move('page', -1)", "previous page"),
        Key("next-half", ("ctrl+d",), "move('half', 1)", "half a page down"),
        Key("previous-half", ("ctrl+u",), "move('half', -1)", "half a page up"),
        Key("first", ("g", "home"), "first", "first row; 12g: row 12"),
        Key("last", ("G", "end"), "last", "last row; 12G: row 12"),
        Key("percent", ("%",), "percent", "go so far into the text: 50%"),
        Key(
            "previous-version",
            ("h", "left", "shift+tab"),
            "move('version', -1)",
            "previous version",
        ),
        Key("next-version", ("l", "right", "tab"), "move('version', 1)", "next version"),
        Key("goto", (":",), "app.goto", "go to a row, 50%, or words of a heading"),
        Key("next-chapter", ("L",), "move('chapter', 1)", "next chapter"),
        Key("previous-chapter", ("H",), "move('chapter', -1)", "previous chapter"),
        Key("contents", ("t",), "app.open('contents')", "table of contents"),
        Key("overview", ("o",), "app.open('overview')", "the whole text at a glance"),
        Key("mark", ("m",), "pick('mark')", "mark the row: mx as x"),
        Key(
            "return",
            ("'", "`"),
            "pick('return')",
            "return to a mark: 'x; '': to where a jump began",
        ),
    ),
    "Find": (
        Key(
            "search",
            ("/",),
            "app.search",
            "search all versions; //: a regular expression",
            "search",
        ),
        Key("filter", ("&",), "app.filter", "show only rows that match; Esc shows all"),
        Key("next-match", ("n",), "app.again(1)", "next match"),
        Key("previous-match", ("N",), "app.again(-1)", "previous match"),
        Key("next-pair", ("enter",), "move('pair', 1)", "next row that pairs versions"),
        Key(
            "previous-pair", ("backspace",), "move('pair', -1)", "previous row that pairs versions"
        ),
        Key("next-doubtful", ("]",), "move('doubtful', 1)", "next doubtful row", "doubtful"),
        Key("previous-doubtful", ("[",), "move('doubtful', -1)", "previous doubtful row"),
        Key("next-gap", (")",), "move('gap', 1)", "next row that a version lacks"),
        Key("previous-gap", ("(",), "move('gap', -1)", "previous row that a version lacks"),
        Key("next-difference", ("}",), "app.differing(1)", "next row whose numbers differ"),
        Key(
            "previous-difference", ("{",), "app.differing(-1)", "previous row whose numbers differ"
        ),
    ),
    "Look": (
        Key(
            "pivot", ("p",), "look('pivot')", "machine translation under the original", "translate"
        ),
        Key("differences", ("d",), "look('differences')", "mark words that no other version has"),
        Key("layout", ("v",), "look('layout')", "columns, stacked, or one version", "layout"),
        Key(
            "reveal", ("r",), "look('reveal')", "cover the others: except here, until Space, never"
        ),
        Key("cover", ("R",), "look('cover')", "cover this version too, or no longer"),
        Key("folds", ("f",), "look('folds')", "show what was skipped, and why"),
        Key("hide", ("z",), "pick('hide')", "hide a version or show it: z2; zz: this; z0: all"),
        Key(
            "unlock",
            ("u",),
            "look('unlock')",
            "let this version scroll by itself, or no longer",
        ),
        Key("left", ("<",), "look('left')", "move this version to the left"),
        Key("right", (">",), "look('right')", "move this version to the right"),
        Key("hub", ("w",), "app.follow", "let the rows follow this version's order"),
        Key("narrower", ("-",), "look('narrower')", "narrower columns"),
        Key("wider", ("+",), "look('wider')", "wider columns"),
        Key("natural", ("=",), "look('natural')", "columns as wide as suits the screen"),
        Key("theme", ("c",), "app.change_theme", "change the colours"),
    ),
    "Use": (
        Key("correcting", ("a",), "correcting", "begin or end correcting rows", "correct"),
        Key("explain", ("e",), "app.open('explain')", "why these stand together", "why"),
        Key(
            "about", ("M",), "app.open('about')", "these texts: languages, sizes, what was skipped"
        ),
        Key("export", ("x",), "app.open('export')", "write the pairs to a file", "export"),
        Key("star", ("s",), "app.star", "star the row, or no longer"),
        Key("note", ("i",), "app.note", "note something on the row"),
        Key("annotations", ("B",), "app.annotations", "list of stars, notes and marks"),
        Key("copy", ("y",), "app.copy", "copy this version of the row"),
        Key("copy-all", ("Y",), "app.copy_all", "copy all versions of the row"),
        Key("stop", ("ctrl+c",), "app.stop", "stop the running job, keep what is there"),
        Key("resume", ("ctrl+r",), "app.resume", "go on with a job that was stopped or failed"),
        Key("suspend", ("ctrl+z",), "app.suspend_process", "back to the shell; fg returns"),
        Key("palette", ("ctrl+p",), "app.command_palette", "all commands"),
        Key("help", ("?", "f1"), "app.open('help')", "all keys and signs", "help"),
        Key("quit", ("q", "ctrl+q"), "app.quit", "quit; the place is kept", "quit"),
    ),
    "Correct (after a)": (
        _correct("confirm", "enter", "this row is right; on to the next", "right"),
        _correct("release", "backspace", "take that back: the row is the machine's again"),
        _correct("pull-next", "J", "take in the next sentence of this version", "take next"),
        _correct("push-next", "K", "move the last sentence of this version down", "push last"),
        _correct("pull-previous", "I", "take in the sentence before, of this version"),
        _correct("push-previous", "O", "move the first sentence of this version up"),
        _correct("merge", "M", "merge the row with the next", "merge"),
        _correct("split", "S", "keep the first sentences, the others in a new row", "split"),
        _correct("unlink", "U", "this version says something else: out of the row", "unlink"),
        _correct("link", "X", "hold this version's words, to link to another row"),
        _correct("repair", "F", "shift a run of rows that has slipped by one"),
        _correct("realign", "R", "align anew what was not corrected"),
        _correct("undo", "u", "take back the last correction; without limit", "undo"),
        _correct("redo", "ctrl+r", "do it again"),
        Key(
            "leave",
            ("escape",),
            "leave",
            "let go what is held, or end correcting",
            "end",
            "correct",
        ),
    ),
}


def entries(table: KeyTable = KEYS) -> Iterator[Key]:
    """Yield every key of a table."""
    for group in table.values():
        yield from group


def key_for(id: str, table: KeyTable = KEYS) -> str:
    """Return the first key of an entry."""
    return next(entry.keys[0] for entry in entries(table) if entry.id == id)


def binding_keys(keys: Iterable[str]) -> str:
    """Return keys in the form of Textual's bindings."""
    return ",".join({",": "comma"}.get(key, key) for key in keys)


def latin(key: str) -> str:
    """Return what a Latin keyboard has in the place of a key; other keys are as they are."""
    return key.translate(str.maketrans(_RUSSIAN, _LATIN))


def with_twins(entry: Key, table: KeyTable = KEYS) -> tuple[str, ...]:
    """Return the keys of an entry and their twins on a Russian keyboard.

    A twin that has a meaning of its own keeps it.
    """
    taken = {key for other in entries(table) for key in other.keys}
    twins = (_TWIN[key] for key in entry.keys if key in _TWIN)
    return *entry.keys, *(twin for twin in twins if twin not in taken)


# Changing the keys


def load_keys(path: Path | None = None) -> KeyTable:
    """Return the table with the user's own keys: from a file, or from `keys.toml` if there is one.

    Raises:
        KeysError: the file is wrong.
    """
    if path is None:
        from platformdirs import user_config_path

        path = user_config_path("parallel-reader") / "keys.toml"
        if not path.is_file():
            return KEYS
    return with_changes(read_changes(path), str(path))


def read_changes(path: Path) -> dict[str, tuple[str, ...]]:
    """Read the user's own keys, a TOML table of id -> key or list of keys.

    Raises:
        KeysError: the file cannot be read, or names something that is no key.
    """
    try:
        changes = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise KeysError(f"{path}: cannot be read ({reason(error)}); name another file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KeysError(
            f"{path}: no TOML ({error}); write lines such as: next-row = 'j'"
        ) from error
    return {id: _keys(path, id, value) for id, value in changes.items()}


def _keys(path: Path, id: str, value: object) -> tuple[str, ...]:
    keys = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    if not keys:
        raise KeysError(f"{path}: {id} = {value!r} is no key; write a key or a list of keys")
    for key in keys:
        if not isinstance(key, str) or not _is_key(key):
            raise KeysError(
                f"{path}: {id}: {key!r} is no key; write a character, or a name such as "
                "'f5', 'ctrl+n', 'pagedown'"
            )
    return keys


def _is_key(name: str) -> bool:
    """Tell whether a terminal can send a key; digits are counts."""
    if len(name) == 1:
        return name.isprintable() and not name.isdigit() and name != " "
    from textual.keys import Keys

    return name in {key.value for key in Keys}


def with_changes(changes: Mapping[str, tuple[str, ...]], source: str = "keys") -> KeyTable:
    """Return the table with other keys for some ids.

    Raises:
        KeysError: an id is not known, or a key would have two meanings in one mode.
    """
    known = {entry.id for entry in entries()}
    for id in changes:
        if id not in known:
            near = get_close_matches(id, known, n=3) or sorted(known)[:3]
            raise KeysError(f"{source}: {id!r} is no id of a key; near it are {', '.join(near)}")
    table = {
        group: tuple(replace(entry, keys=changes.get(entry.id, entry.keys)) for entry in members)
        for group, members in KEYS.items()
    }
    meaning: dict[tuple[Mode, str], str] = {}
    for entry in entries(table):
        for key in entry.keys:
            other = meaning.setdefault((entry.mode, key), entry.id)
            if other != entry.id:
                raise KeysError(
                    f"{source}: {key!r} would be both {other} and {entry.id}; "
                    "give one of them another key"
                )
    return table


# What Textual makes of them


def bindings(table: KeyTable = KEYS) -> list[BindingType]:
    """Return the bindings of the view; those of special modes come first."""
    return [_binding(e, table) for e in sorted(entries(table), key=lambda e: e.mode == "read")]


def _binding(entry: Key, table: KeyTable) -> Binding:
    from textual.binding import Binding

    return Binding(
        binding_keys(with_twins(entry, table)),
        entry.action,
        entry.label or entry.help,
        show=bool(entry.label),
        tooltip=entry.help,
        id=entry.id,
    )


def is_available(action: str, mode: Mode) -> bool:
    """Tell whether an action, named without its arguments, is available in a mode."""
    return _MODES.get(action, mode) == mode


_MODES: dict[str, Mode] = {
    entry.action.partition("(")[0]: entry.mode for entry in entries() if entry.mode != "read"
}
"""Action -> the only mode in which it is available."""
