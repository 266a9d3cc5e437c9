"""The table of keys holds together."""

import pytest

from reader.tui.keys import KEYS, keymap, physical
from reader.tui.view import ParallelView

ENTRIES = [entry for group in KEYS.values() for entry in group]


def test_no_key_has_two_meanings() -> None:
    keys = [key for entry in ENTRIES for key in physical(entry.keys).split(",")]
    assert len(keys) == len(set(keys))
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("entry", [e for e in ENTRIES if "." not in e.action], ids=lambda e: e.id)
def test_every_action_of_the_view_exists(entry: object) -> None:
    action = getattr(entry, "action").split("(")[0]  # noqa: B009 - ids make it an object
    assert callable(getattr(ParallelView, f"action_{action}"))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("j", "down"), "j,down,о"),
        (("G",), "G,П"),
        (("/",), "/,."),
        (("?", "f1"), "?,f1,comma"),
        (("ctrl+d",), "ctrl+d"),
    ],
)
def test_letters_have_a_twin_on_a_russian_keyboard(keys: tuple[str, ...], expected: str) -> None:
    assert physical(keys) == expected


def test_own_keys_get_their_twins_too() -> None:
    assert keymap({"row.next": "n,f5"}) == {"row.next": "n,f5,т"}
