"""The keys: one table, from which bindings, footer, help and palette are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.binding import Binding, BindingType

# The same keys of a keyboard under the Latin and the Russian layout (ISO/IEC 9995, ЙЦУКЕН).
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю.ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TWIN = dict(zip(_LATIN, _RUSSIAN, strict=True))


@dataclass(frozen=True, slots=True)
class Key:
    """What a key does."""

    id: str
    """The name under which the key can be changed."""
    keys: tuple[str, ...]
    """Characters, or names as Textual spells them; the first one is shown in the footer."""
    action: str
    help: str
    label: str = ""
    """For the footer; "" keeps it out of there."""


KEYS: dict[str, tuple[Key, ...]] = {
    "Move": (
        Key("row.next", ("j", "down"), "rows(1)", "next row; 12j: twelve rows on"),
        Key("row.previous", ("k", "up"), "rows(-1)", "previous row"),
        Key("page.next", ("space", "pagedown", "ctrl+f"), "pages(1)", "next page"),
        Key("page.previous", ("b", "pageup", "ctrl+b"), "pages(-1)", "previous page"),
        Key("half.next", ("ctrl+d",), "halves(1)", "half a page down"),
        Key("half.previous", ("ctrl+u",), "halves(-1)", "half a page up"),
        Key("first", ("g", "home"), "first", "first row; 12g: row 12"),
        Key("last", ("G", "end"), "last", "last row; 12G: row 12"),
        Key("percent", ("%",), "percent", "50%: the middle"),
        Key("column.previous", ("h", "left", "shift+tab"), "columns(-1)", "previous version"),
        Key("column.next", ("l", "right", "tab"), "columns(1)", "next version"),
        Key("goto", (":",), "app.goto", "go to a row, or 50%"),
    ),
    "Find": (
        Key("search", ("/",), "app.search", "search all versions and the pivot", "search"),
        Key("search.next", ("n",), "app.again(1)", "next match"),
        Key("search.previous", ("N",), "app.again(-1)", "previous match"),
        Key("pair.next", ("enter",), "pair(1)", "next row that pairs versions"),
        Key("pair.previous", ("backspace",), "pair(-1)", "previous row that pairs versions"),
        Key("doubtful.next", ("]",), "doubtful(1)", "next doubtful row", "doubtful"),
        Key("doubtful.previous", ("[",), "doubtful(-1)", "previous doubtful row"),
        Key("gap.next", (")",), "gap(1)", "next row that a version lacks"),
        Key("gap.previous", ("(",), "gap(-1)", "previous row that a version lacks"),
    ),
    "Look": (
        Key("pivot", ("p",), "pivot", "machine translation under the original", "pivot"),
        Key("layout", ("v",), "layout", "columns or stacked", "layout"),
        Key("folds", ("f",), "folds", "show what was skipped, and why", "skipped"),
        Key("hide", ("z",), "hide", "z2: hide or show version 2; z0: show all"),
        Key("theme", ("c",), "app.change_theme", "change the colours"),
    ),
    "Use": (
        Key("explain", ("e",), "app.explain", "why these stand together", "why"),
        Key("export", ("x",), "app.export", "write the pairs to a file", "export"),
        Key("copy", ("y",), "app.copy", "copy this version of the row"),
        Key("copy.all", ("Y",), "app.copy_all", "copy all versions of the row"),
        Key("stop", ("ctrl+c",), "app.stop", "stop the running job, keep what is there"),
        Key("suspend", ("ctrl+z",), "app.suspend_process", "back to the shell; fg returns"),
        Key("palette", ("ctrl+p",), "app.command_palette", "all commands"),
        Key("help", ("?", "f1"), "app.help", "this page", "help"),
        Key("quit", ("q", "ctrl+q"), "app.quit", "quit; the place is kept", "quit"),
    ),
}
"""Group -> keys, in the order in which help shows them."""


def listed(keys: Iterable[str]) -> str:
    """Return keys as Textual lists them."""
    return ",".join({",": "comma"}.get(key, key) for key in keys)


def physical(keys: Iterable[str]) -> str:
    """List keys with their twins on a Russian keyboard, as far as these have no other meaning."""
    names = list(keys)
    taken = {key for group in KEYS.values() for entry in group for key in entry.keys}
    return listed(
        [*names, *(_TWIN[key] for key in names if key in _TWIN and _TWIN[key] not in taken)]
    )


def keymap(changes: Mapping[str, str]) -> dict[str, str]:
    """Return a reader's own keys (id -> keys, separated by commas) for `App.set_keymap`."""
    return {id: physical(keys.split(",")) for id, keys in changes.items()}


def bindings() -> list[BindingType]:
    """Make the bindings of the view."""
    return [_binding(entry) for group in KEYS.values() for entry in group]


def _binding(entry: Key) -> Binding:
    from textual.binding import Binding

    return Binding(
        physical(entry.keys),
        entry.action,
        entry.label or entry.help,
        show=bool(entry.label),
        tooltip=entry.help,
        id=entry.id,
    )
