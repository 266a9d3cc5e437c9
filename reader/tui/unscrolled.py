"""Widgets without scroll bars, whose size may change without another layout of the screen.

Whenever the virtual size of a widget changes, Textual 8.2 lays the screen out and paints it again,
for scroll bars that may be needed. These widgets have none; with the default, a new size of the
window would be painted three times.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer

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
        yield from sorted(super().compose(), key=lambda key: getattr(key, "action", "") != HELP)
