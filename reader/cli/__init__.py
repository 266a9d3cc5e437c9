"""The command line: arguments in, one call, lines out.

    reading     open, print, stats, translate, score, demo
    exporting   align
    correcting  corrections
    packaging   models
    keeping     cache
    options     options that commands share
    narrator    stderr: notes and progress

stdout is data, stderr is narration. Nothing heavy is imported before a command needs it, so that
`reader --help` answers at once.
"""

from __future__ import annotations

import io
import os
import sys
from difflib import get_close_matches
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from reader.cli import correcting, exporting, keeping, packaging, reading
from reader.cli.narrator import say
from reader.errors import Interrupted, ReaderError, reason


class Commands(click.Group):
    """A group whose first argument may be a file or an option of `open`: then `open` is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Name the command where the user did not."""
        if ctx.resilient_parsing and not args:  # a shell completes the first word
            return super().parse_args(ctx, args)
        if not args or args[0] not in {*self.commands, *ctx.help_option_names, "--version"}:
            if args and not args[0].startswith("-") and not Path(args[0]).exists():
                self._mistyped(ctx, args[0])
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Let the first word be a file, too; bash wants that told before the names of commands."""
        file = CompletionItem(incomplete, type="file")
        return [file, *super().shell_complete(ctx, incomplete)]

    def _mistyped(self, ctx: click.Context, word: str) -> None:
        for near in get_close_matches(word, self.commands, n=1, cutoff=0.7):
            raise click.UsageError(
                f"{word!r} is no command and no file; did you mean {near!r}?", ctx
            )


@click.group(
    cls=Commands,
    subcommand_metavar="FILES... | COMMAND ...",
    context_settings={"max_content_width": 100, "help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="parallel-reader", prog_name="reader")
def commands() -> None:
    """Read versions of one story side by side, aligned sentence by sentence, offline.

    `reader FILES...` opens them on the screen (its options: `reader open --help`); `reader` alone
    lists what was read lately.
    """


for _command in (
    reading.open_,
    reading.print_,
    exporting.align,
    reading.stats,
    reading.translate,
    reading.score,
    correcting.corrections,
    reading.demo,
    packaging.models,
    keeping.cache,
):
    commands.add_command(_command)


@commands.result_callback()
def _finish(_: object) -> None:
    """Flush stdout while an error can still be reported in one line."""
    print(end="", flush=True)


def _print_any_character() -> None:
    """Give results in UTF-8 whatever the locale; what a terminal cannot show is escaped there."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        own = sys.stdout.isatty() or "PYTHONIOENCODING" in os.environ
        sys.stdout.reconfigure(
            encoding=sys.stdout.encoding if own else "utf-8", errors="backslashreplace"
        )


def main() -> None:
    """Run the command line; see `reader.errors` for the exit codes."""
    _print_any_character()
    try:
        sys.exit(commands.main(prog_name="reader", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ReaderError as error:
        say([f"reader: {error}"])
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        say(["reader: stopped; what was computed is kept"])
        sys.exit(Interrupted.exit_code)
    except OSError as error:  # click takes a closed pipe on itself
        if error.filename is not None:
            raise
        say([f"reader: stdout: cannot be written ({reason(error)}); make room for it"])
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at exit
        sys.exit(ReaderError.exit_code)
