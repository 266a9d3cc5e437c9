"""What the README says is true: its commands, options, keys, formats and languages exist."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from reader.cli import commands
from reader.export import EXPORTERS
from reader.formats import PARSERS
from reader.formats.corpus import CORPORA
from reader.tui.keys import entries, with_changes
from tests.conftest import CHECKOUT

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")

NAMES = {"down": "↓", "up": "↑", "left": "←", "right": "→", "space": "Space", "tab": "Tab",
         "shift+tab": "Shift-Tab", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home",
         "end": "End", "f1": "F1", "enter": "Enter", "backspace": "Backspace",
         "escape": "Esc"}  # fmt: skip


def shown(key: str) -> str:
    """Return a key as the README writes it."""
    name = NAMES.get(key) or re.sub(r"^ctrl\+", "Ctrl-", key)
    return "`` ` ``" if name == "`" else f"`{name}`"


def key_table(mode: str) -> Iterator[str]:
    """Yield the lines of the README's table of keys, made from the program's own table."""
    yield "| key | | name |"
    yield "|---|---|---|"
    for key in entries():
        if key.mode == mode:
            keys = " ".join(map(shown, key.keys))
            yield f"| {keys} | {key.help} | `{key.id}` |"


def export_table() -> Iterator[str]:
    """Yield the lines of the README's table of exports, made from the program's own table."""
    yield "| export | `--format` | |"
    yield "|---|---|---|"
    for name, exporter in EXPORTERS.items():
        ends = " ".join(f"`{suffix}`" for suffix in exporter.suffixes)
        yield f"| {ends} | `{name}` | {exporter.about} |"


def all_commands(
    group: click.Group = commands, path: str = "reader"
) -> Iterator[tuple[str, click.Command]]:
    """Yield (name as typed, command) of every command that does something."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


@pytest.mark.parametrize("mode", ["read", "correct"])
def test_the_table_of_keys_is_the_programs_own(mode: str) -> None:
    assert "\n".join(key_table(mode)) + "\n\n" in README


def test_the_example_of_keys_is_possible() -> None:
    (example,) = re.findall(r"(?m)(?:^    [a-z-]+ = .*\n)+", README)
    changes = tomllib.loads(example)
    assert changes
    with_changes(
        {id: (keys,) if isinstance(keys, str) else tuple(keys) for id, keys in changes.items()}
    )


@pytest.mark.parametrize(
    "example", re.findall(r"(?m)^    (?:uv run )?reader (.+?)(?:  +#.*)?$", README)
)
def test_every_example_is_good_usage(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(example)
    monkeypatch.chdir(tmp_path)
    for word in words:
        Path(word).touch()
    command: click.Command = commands
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0) if words[0] in command.commands else "open"]
    command.make_context("reader", words)


@pytest.mark.parametrize(("name", "command"), all_commands())
def test_every_command_and_option_is_in_the_readme(name: str, command: click.Command) -> None:
    group, _, word = name.rpartition(" ")
    assert (
        word == "open" or f"`{name}" in README or (f"`{group} " in README and f"`{word}`" in README)
    )
    for option in command.params:
        if isinstance(option, click.Option):
            longest = max(option.opts, key=len)
            known = {"--output": "-o OUT", "--yes": "", "--json": "", "--format": ""}
            assert known.get(longest, longest) in README, longest


def test_the_table_of_exports_is_the_programs_own() -> None:
    assert "\n".join(export_table()) in README


def test_the_help_lists_the_formats_of_exports() -> None:
    (option,) = (option for option in commands.commands["align"].params if option.name == "name")
    assert isinstance(option, click.Option)
    assert isinstance(option.type, click.Choice)
    assert list(option.type.choices) == list(EXPORTERS)
    assert f"{', '.join(EXPORTERS)};" in (option.help or "")


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^]]*\]\(([^)]*)\)", README)
    assert len(pictures) == 2
    assert all((CHECKOUT / unquote(picture)).is_file() for picture in pictures)


def test_the_table_of_input_formats_is_the_programs_own() -> None:
    table = README.split("| input | |\n")[1].split("\n\n")[0]
    rows = [row.split("|")[1] for row in table.splitlines()[1:]]
    assert sorted(re.findall(r"`([^`]*)`", "".join(rows))) == sorted([*PARSERS, *CORPORA])


def test_the_first_command_is_the_one_the_gate_runs() -> None:
    assert "pip install uv && uv run reader demo" in README
    gate = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    assert "uv run --quiet --no-dev reader demo --plain" in gate
    assert "uv run --quiet pytest" in gate


def test_an_installation_leaves_out_what_a_clone_leaves_out() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    (left_out,) = re.findall(r"--excludes <\(printf '%s\\n' ([^)]*)\)", README)
    assert left_out.split() == settings["tool"]["uv"]["exclude-dependencies"]


def test_nothing_else_is_at_the_top() -> None:
    visible = {path.name for path in CHECKOUT.iterdir() if not path.name.startswith(".")}
    assert visible - {"uv.lock", "dist"} == {
        "pyproject.toml",
        "reader",
        "tests",
        "README.md",
        "cache",
    }
