"""The table of keys holds together, and a reader can change it."""

from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from textual.widget import Widget

from reader.errors import KeysError
from reader.tui.app import ReaderApp
from reader.tui.correcting import CorrectingView
from reader.tui.dialogs import help_text
from reader.tui.keys import KEYS, Key, Mode, entries, load_keys, with_changes, with_twins
from reader.tui.moves import LOOKS, MOVES, PICKS
from reader.tui.pages import PAGES
from reader.tui.unscrolled import HELP

ENTRIES = list(entries())
TABLES: dict[str, Container[str]] = {"move": MOVES, "look": LOOKS, "pick": PICKS, "open": PAGES}


def test_no_key_has_two_meanings_in_one_mode() -> None:
    keys = [(entry.mode, key) for entry in ENTRIES for key in with_twins(entry)]
    assert len(keys) == len(set(keys))
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.id))
def test_every_action_exists(entry: Key) -> None:
    owner: type[ReaderApp | Widget] = ReaderApp if entry.action[:4] == "app." else CorrectingView
    action, _, arguments = entry.action.removeprefix("app.").partition("(")
    assert callable(getattr(owner, f"action_{action}"))
    if action in TABLES:
        assert arguments.split("'")[1] in TABLES[action]


def test_the_help_fits_a_window_of_eighty_columns() -> None:
    page = help_text(KEYS, lambda entry: list(entry.keys))
    assert not [line for line in page.split("\n") if len(line) > 70]


def test_the_help_begins_with_the_keys_of_the_mode() -> None:
    pages = [help_text(KEYS, lambda entry: list(entry.keys), mode) for mode in get_args(Mode)]
    assert [page.split("\n")[0] for page in pages] == ["Move", "Correct (after a)"]
    assert len({len(page) for page in pages}) == 1


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param(("j", "down"), ("j", "down", "о"), id="letter"),
        pytest.param(("J",), ("J", "О"), id="capital"),
        pytest.param(("`",), ("`", "ё"), id="sign"),
        pytest.param(("@", ";"), ("@", ";", "ж"), id="only letters have a twin"),
        pytest.param(("ctrl+d",), ("ctrl+d",), id="control"),
    ],
)
def test_letters_have_a_twin_on_a_russian_keyboard(
    keys: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert with_twins(Key("x", keys, "x", "x"), {}) == expected


def test_a_twin_with_a_meaning_of_its_own_keeps_it() -> None:
    slash, dot = Key("x", ("/",), "x", "x"), Key("y", (".",), "y", "y")
    assert with_twins(slash, {"": (slash, dot)}) == ("/",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_own_keys_replace_those_of_the_table(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text("next-row = ['n', 'f5']\nnext-match = 'j'\n", encoding=encoding)
    table = {entry.id: entry for entry in entries(load_keys(file))}
    assert table["next-row"].keys == ("n", "f5")
    assert table["next-match"].keys == ("j",)
    assert table["next-row"] == replace(KEYS["Move"][0], keys=("n", "f5"))


def test_without_a_file_the_keys_are_the_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert load_keys() is KEYS
    (tmp_path / "parallel-reader").mkdir()
    (tmp_path / "parallel-reader" / "keys.toml").write_text("pivot = 'P'", encoding="utf-8")
    assert {entry.id: entry.keys for entry in entries(load_keys())}["pivot"] == ("P",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("next-rwo = 'n'", "keys.toml: 'next-rwo' is no id of a key; near it are next-row"),
        ("pivot = 'j'", "keys.toml: 'j' would be both next-row and pivot; give one"),
        ("pivot = '7'", "pivot: '7' is no key; write a character, or a name such as 'f5'"),
        ("pivot = ['ctrl+n', 'contrl+p']", "pivot: 'contrl+p' is no key"),
        ("pivot = 3", "pivot = 3 is no key; write a key or a list of keys"),
        ("pivot = []", "pivot = [] is no key"),
        ("pivot = [['p']]", "pivot: ['p'] is no key"),
        ("pivot: p", "keys.toml: no TOML ("),
    ],
)
def test_what_is_no_key_is_said_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KeysError) as raised:
        load_keys(file)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeysError, match=r"none\.toml: cannot be read \(no such file or"):
        load_keys(tmp_path / "none.toml")


def test_every_default_key_may_be_written_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    lines = [f"{entry.id} = {list(entry.keys)!r}" for entry in ENTRIES]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert load_keys(file) == KEYS
    assert with_changes({}) == KEYS


def test_the_footer_finds_the_key_of_the_help() -> None:
    assert HELP in {entry.action for entry in ENTRIES}
