"""Widgets without scroll bars, whose size may change without another layout of the screen.

Whenever the virtual size of a widget changes, Textual 8.2 lays the screen out and paints it again,
for scroll bars that may be needed. These widgets have none; with the default, a new size of the
window would be painted three times.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

HELP = "app.open('help')"
"""The action that lists all keys."""


def _quiet() -> Reactive[Size]:
    return Reactive(Size(0, 0), layout=False, repaint=False)


# No mixin: Textual takes the style sheet of the first base.
class Unscrolled(Widget):
    """A widget without scroll bars."""

    virtual_size = _quiet()


class UnscrolledScreen(Screen[None]):
    """The screen under the dialogs."""

    virtual_size = _quiet()


class UnscrolledFooter(Footer):
    """The line of keys; the help comes first, since there may be no room for the last ones."""

    virtual_size = _quiet()

    def compose(self) -> ComposeResult:
        """Make the keys."""
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        keys.sort(key=lambda key: key.action != HELP)
        self._hide_the_cut(keys)
        yield from keys

    def on_resize(self) -> None:
        """Show as many keys as there is room for now."""
        self._hide_the_cut(self.query(FooterKey))

    def _hide_the_cut(self, keys: Iterable[FooterKey]) -> None:
        """Hide what the end of the line would cut."""
        used = 0
        for key in keys:
            used += cell_len(f"{key.key_display} {key.description} ")
            key.visible = used <= self.app.size.width + 1
