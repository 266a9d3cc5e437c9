"""The command line: exit codes, one-line errors, stdout for data and stderr for the rest."""

import json
import os
import shutil
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from reader import session
from reader.annotations import Anchor, Annotation
from reader.cli import main, reading
from reader.store import FILE_NAME, Store

LANGUAGES = ("--lang", "a.txt=en", "--lang", "b.txt=pt")
Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Return a function that runs the command here, in a fresh folder with a fresh cache."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("READER_CACHE", str(tmp_path / "cache"))

    def run(*arguments: str) -> CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["reader", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        code = end.value.code or 0
        assert isinstance(code, int)
        return CompletedProcess(arguments, code, *capsys.readouterr())

    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        yield run


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Return a function that runs the command in a process of its own."""

    def run(*arguments: str, **environment: str) -> CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "reader", *arguments],
            cwd=tmp_path,
            env=os.environ | {"READER_CACHE": str(tmp_path / "cache"), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )

    return run


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two versions and a cache that has all about them."""
    folder = tmp_path_factory.mktemp("translated")
    (folder / "a.txt").write_text(
        "The president spoke on Monday about the new law.\n"
        "The company has 300 workers in the city of Porto.\n"
        "The meeting was held in the old library.\n"
    )
    (folder / "b.txt").write_text(
        "O presidente falou na segunda-feira sobre a nova lei.\n"
        "A empresa tem 300 trabalhadores na cidade do Porto.\n"
        "A reunião foi realizada na antiga biblioteca.\n"
    )
    command = [sys.executable, "-m", "reader", "print", "a.txt", "b.txt", *LANGUAGES]
    subprocess.run([*command, "--cache", "cache"], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def pair(translated: Path, tmp_path: Path) -> tuple[str, str]:
    """Write two versions that were translated before; return their names."""
    shutil.copytree(translated, tmp_path, dirs_exist_ok=True)
    return "a.txt", "b.txt"


def test_ctrl_c_while_python_imports_ends_it_without_a_word(process: Run, tmp_path: Path) -> None:
    interrupt = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"
    (tmp_path / "click.py").write_text(interrupt)  # found before the library
    # Where the tests themselves run in the background, what they start would ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        done = process("--help")
    finally:
        signal.signal(signal.SIGINT, before)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_fits_a_screen(reader: Run, option: str) -> None:
    done = reader(option)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert not any(line.endswith("...") for line in lines[1:])
    for command in ("open", "print", "align", "stats", "translate", "models", "cache", "demo"):
        assert any(line.split()[:1] == [command] for line in lines)


def test_print_gives_rows_on_stdout_and_notes_on_stderr(reader: Run, pair: tuple[str, str]) -> None:
    done = reader("print", *pair, *LANGUAGES)
    assert done.returncode == 0
    assert "PT: A empresa tem 300 trabalhadores na cidade do Porto." in done.stdout
    assert done.stderr.splitlines() == [
        "pt: rough English by a starter package; `reader models install pt` gets the full one"
    ]


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, "PT: A reunião"),
        ({"PYTHONIOENCODING": "ascii"}, r"PT: A reuni\xe3o"),
    ],
    ids=["locale", "wanted"],
)
def test_what_is_printed_is_whole_in_any_locale(
    process: Run, pair: tuple[str, str], environment: dict[str, str], shown: str
) -> None:
    done = process("print", *pair, *LANGUAGES, **environment)
    assert done.returncode == 0
    assert shown in done.stdout


def test_print_tells_what_was_noted(reader: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    sentence = "The company has 300 workers in the city of Porto."
    assert "no row has a star or a note" in reader("print", *pair, *LANGUAGES, "--noted").stderr
    with Store(tmp_path / "cache" / FILE_NAME) as store:
        store.annotations.keep({Anchor("a.txt", sentence, 0): Annotation(star=True, note="sic")})
    lines = reader("print", *pair, *LANGUAGES, "--noted").stdout.splitlines()[3:]
    assert lines[0].startswith("[2] ")
    assert lines[0].endswith(", starred")
    assert lines[1:] == [
        f"EN: {sentence}",
        "PT: A empresa tem 300 trabalhadores na cidade do Porto.",
        "  note: sic",
        "",
    ]


@pytest.mark.parametrize("command", [(), ("open",), ("open", "--plain")], ids=["", "open", "plain"])
def test_files_without_a_screen_are_printed(
    reader: Run, pair: tuple[str, str], command: tuple[str, ...]
) -> None:
    assert reader(*command, *pair, *LANGUAGES).stdout == reader("print", *pair, *LANGUAGES).stdout


@pytest.mark.parametrize(
    ("suffix", "written"), [("tsv", "3 rows"), ("jsonl", "3 rows"), ("tmx", "3 units")]
)
def test_align_writes_by_suffix_or_to_stdout(
    reader: Run, pair: tuple[str, str], suffix: str, written: str, tmp_path: Path
) -> None:
    done = reader("align", *pair, *LANGUAGES, "-o", f"pairs.{suffix}", "--check")
    assert (done.returncode, done.stdout) == (0, "")
    assert f"pairs.{suffix}: {written} written and read back" in done.stderr
    streamed = reader("align", *pair, *LANGUAGES, "-o", "-", "--format", suffix)
    assert streamed.stdout == (tmp_path / f"pairs.{suffix}").read_text(encoding="utf-8")


def test_align_writes_several_files_where_a_format_has_them(
    reader: Run, pair: tuple[str, str], tmp_path: Path
) -> None:
    done = reader("align", *pair, *LANGUAGES, "-o", "pairs.moses")
    names = [f"pairs.en-pt.{ending}" for ending in ("en", "pt", "ids")]
    assert done.stderr.splitlines()[-1] == f"{', '.join(names)}: 3 lines written"
    assert [(tmp_path / name).read_text(encoding="utf-8").count("\n") for name in names] == [3] * 3
    assert not (tmp_path / "pairs.moses").exists()
    again = reader("align", *names[:2], "--rows", "1", "-o", "pairs.moses")
    assert again.returncode == 1
    assert "pairs.en-pt.en, pairs.en-pt.pt: among what was read; name" in again.stderr


def test_align_writes_the_rows_asked_for(
    reader: Run, pair: tuple[str, str], tmp_path: Path
) -> None:
    asked = ("--rows", "2-3", "--pairs", "pt-en", "--types", "1-1", "--complete")
    done = reader("align", *pair, *LANGUAGES, *asked, "-o", "pairs.tsv")
    assert done.stderr.splitlines()[-2:] == [
        "pairs.tsv: 2 rows written",
        "1 row left out: outside the rows asked for",
    ]
    lines = (tmp_path / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[0] for line in lines] == ["row", "2", "3"]


def test_jsonl_spans_cut_the_texts_out_of_the_files(
    reader: Run, pair: tuple[str, str], tmp_path: Path
) -> None:
    name = pair[1]
    text = "\ufeff" + unicodedata.normalize("NFD", (tmp_path / name).read_text(encoding="utf-8"))
    (tmp_path / name).write_bytes(text.replace("\n", "\r\n").encode())
    written = reader("align", *pair, *LANGUAGES, "-o", "-", "--format", "jsonl").stdout
    _, *rows = map(json.loads, written.splitlines())
    source = unicodedata.normalize("NFC", text).removeprefix("\ufeff")
    versions = [row["versions"]["b"] for row in rows]
    assert [source[slice(*v["span"])] for v in versions] == [v["text"] for v in versions]
    assert "segunda-feira" in versions[0]["text"]


def test_align_writes_the_rows_with_a_star(
    reader: Run, pair: tuple[str, str], tmp_path: Path
) -> None:
    arguments = ("align", *pair, *LANGUAGES, "--starred", "-o", "pairs.tsv")
    assert reader(*arguments).stderr.splitlines()[-1] == (
        "reader: rows: none is left (without a star); ask for less"
    )
    with Store(tmp_path / "cache" / FILE_NAME) as store:
        at = Anchor("b.txt", "A reunião foi realizada na antiga biblioteca.", 0)
        store.annotations.keep({at: Annotation(star=True, note="or assembly?")})
    assert "pairs.tsv: 1 row written" in reader(*arguments).stderr
    written = (tmp_path / "pairs.tsv").read_text(encoding="utf-8")
    assert "A reunião" in written
    assert "assembly" not in written
    reader(*arguments, "--notes")
    assert "\tor assembly?\n" in (tmp_path / "pairs.tsv").read_text(encoding="utf-8")


def test_translate_gives_one_line_a_sentence(reader: Run, pair: tuple[str, str]) -> None:
    done = reader("translate", "b.txt", "--lang", "b.txt=pt")
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert "300" in lines[1]
    assert "law" in lines[0]
    assert done.stderr == ""


def test_what_was_guessed_is_told(reader: Run, tmp_path: Path) -> None:
    text = "Наш корабль вошёл в гавань рано утром. Капитан долго смотрел на берег."
    (tmp_path / "a.txt").write_bytes(text.encode("cp1251"))
    for command in ("print", "translate"):
        assert "a.txt: encoding: " in reader(command, "a.txt").stderr


def test_stats_prints_the_ledger(reader: Run, pair: tuple[str, str]) -> None:
    done = reader("stats", *pair, *LANGUAGES)
    assert done.returncode == 0
    assert "= all" in done.stdout
    found = json.loads(reader("stats", *pair, *LANGUAGES, "--json").stdout)
    assert [document["language"] for document in found["documents"]] == ["en", "pt"]
    assert all(document["adds_up"] for document in found["documents"])


def test_demo_pairs_three_reports(reader: Run) -> None:
    done = reader("demo", "--plain")
    assert done.returncode == 0
    assert "starter package" in done.stderr
    assert "EN: The wind reached 110 kilometres an hour" in done.stdout
    assert "  numbers differ: EN 17, PT 17, RU 19\n" in done.stdout


def test_without_files_where_nothing_was_read_it_says_what_to_do(reader: Run) -> None:
    done = reader()
    assert done.returncode == 1
    assert done.stderr == ("reader: nothing to open yet; name files, or try `reader demo`\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["print", "missing.txt"], "missing.txt: "),
        (["print", "."], ".: "),
        (["print", "empty.txt"], "empty.txt: "),
        (["print", "binary.txt"], "binary.txt: "),
        (["print", "a.txt", "--lang", "a.txt=xx"], "'xx'"),
        (["align", "a.txt", "-o", "pairs.docx"], "use .tmx, .xlf, "),
        (["align", "a.txt", "b.txt", "-o", "a.tsv", "--pairs", "pt-xx"], "pair 'pt-xx'"),
        (["align", "a.txt", "b.txt", "-o", "a.tsv", "--rows", "99"], "rows: none is left"),
        (["align", "a.txt", "b.txt", "-o", "-", "--format", "moses"], "makes several files"),
        (["align", "a.txt", "-o", "no/such/folder.tsv"], "no/such/folder.tsv: cannot be written"),
        (["align", "a.txt", "empty.txt", "-o", "no/a.tsv"], "no/a.tsv: cannot"),  # told first
        (["align", "empty.txt", "-o", ".", "--format", "tsv"], ".: cannot be written"),
        (["stats", "-"], "/dev/stdin: is neither a file nor a pipe"),
        (["models", "install", "missing.argosmodel"], "missing.argosmodel"),
        (["models", "install", "binary.txt"], "binary.txt"),
        (["models", "remove", "pt"], "pt"),
        (["translate", "japanese.txt"], "reader models install ja"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_errors_are_one_line_and_exit_1(
    reader: Run, pair: tuple[str, str], tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "japanese.txt").write_text("猫は古い家で眠る。川は海へ流れる。", encoding="utf-8")
    done = reader(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    *_, line = done.stderr.splitlines()
    assert line.startswith("reader: ")
    assert message in line


@pytest.mark.parametrize(
    "arguments",
    [
        ["print"],
        ["align", "a.txt"],
        ["align", "a.txt", "-o", "-"],
        ["align", "a.txt", "-o", "-", "--format", "docx"],
        ["print", "a.txt", "--lang", "pt"],
        ["print", "a.txt", "--lang", "z.txt=pt"],
        ["print", "a.txt", "--hub", "z.txt"],
        ["print", "1/a.txt", "2/a.txt", "--hub", "a.txt"],
        ["print", "a.txt", "--mode", "other"],
        ["print", "a.txt", "--min-score", "7"],
        ["print", "a.txt", "--min-score", "nan"],
        ["align", "a.txt", "-o", "./a.txt", "--format", "tsv"],
        ["align", "a.txt", "-o", "a.tsv", "--pairs", "pt"],
        ["align", "a.txt", "-o", "a.tsv", "--types", "one"],
        ["align", "a.txt", "-o", "a.tsv", "--rows", "9-2"],
        ["models", "other"],
        ["stat", "a.txt"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2(reader: Run, pair: tuple[str, str], arguments: list[str]) -> None:
    done = reader(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: " in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["stats a.txt", "align a.txt -o - --format tsv"])
def test_a_full_disk_is_told_in_a_line(tmp_path: Path, pair: tuple[str, str], command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reader", *command.split(), "--cache", "cache"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("reader: stdout: cannot be written (")
    assert "Traceback" not in done.stderr


def test_the_cache_may_be_named_by_the_home_folder(process: Run, tmp_path: Path) -> None:
    done = process("cache", "info", "--cache=~/books", HOME=str(tmp_path))
    assert done.stdout.startswith(f"{tmp_path / 'books' / FILE_NAME}\n")


def test_an_option_may_come_first(reader: Run, pair: tuple[str, str]) -> None:
    assert reader("--cache", "cache", *pair).stdout.startswith("EN: a.txt, 3 segments\n")


@pytest.mark.parametrize("name", ["-", "stdin"])
def test_stdin_is_a_file_like_others(tmp_path: Path, pair: tuple[str, str], name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reader", "print", "-", "b.txt", "--lang", f"{name}=en"],
        cwd=tmp_path,
        env=os.environ | {"READER_CACHE": str(tmp_path / "cache")},
        input=(tmp_path / "a.txt").read_text(),
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0
    assert "EN: The meeting was held in the old library.\nPT: A reunião" in done.stdout


def test_models_list_and_verify_see_the_starter_packages(reader: Run) -> None:
    listed = reader("models", "list").stdout
    assert "pt to en" in listed
    assert "ru to en" in listed
    assert reader("models", "verify").returncode == 0


def test_cache_info_and_clear(reader: Run, pair: tuple[str, str]) -> None:
    assert "nothing kept yet" in reader("cache", "info", "--cache", "new").stdout
    kept = reader("cache", "info").stdout.splitlines()
    assert "translations      3" in kept
    assert "stars and notes   0" in kept
    assert reader("cache", "clear").returncode == 130
    assert reader("cache", "clear", "--yes").returncode == 0
    assert "translations      0\n" in reader("cache", "info").stdout


def test_output_into_a_closed_pipe_is_no_crash(reader: Run, tmp_path: Path) -> None:
    command = f"{sys.executable} -m reader demo --plain | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env=os.environ | {"READER_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("EN: harbour-post.txt")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["mo"], ["file,mo", "plain,models"]),
        (["novel"], ["file,novel"]),
        (["models", "in"], ["plain,install"]),
        (["models", "install", "gl"], ["file,gl"]),
        (["novel.txt", "--hu"], ["plain,--hub"]),
    ],
    ids=lambda words: " ".join(words),
)
def test_a_shell_completes_commands_files_and_options(
    process: Run, typed: list[str], offered: list[str]
) -> None:
    assert "_READER_COMPLETE" in process(_READER_COMPLETE="bash_source").stdout
    words = {"COMP_WORDS": " ".join(["reader", *typed]), "COMP_CWORD": str(len(typed))}
    done = process(_READER_COMPLETE="bash_complete", **words)
    assert done.stdout.splitlines() == offered


def test_an_export_is_scored_against_gold(
    reader: Run, pair: tuple[str, str], tmp_path: Path
) -> None:
    assert reader("align", *pair, *LANGUAGES, "--segmented", "-o", "out.jsonl").returncode == 0
    (tmp_path / "right").write_text("[0]:[0]\n[1]:[1]\n[2]:[2]\n")
    done = reader("score", "out.jsonl", "right")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1].split() == ["strict", "1.0000", "1.0000", "1.0000"]
    wrong = reader("score", "a.txt", "right")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("reader: a.txt:1: 'The president spoke")
    assert len(wrong.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("colours", "chosen", "theme"),
    [
        pytest.param("0;15", "", "textual-light", id="light terminal"),
        pytest.param("0;default;7", "", "textual-light", id="three parts"),
        pytest.param("15;0", "", "", id="dark terminal"),
        pytest.param("", "", "", id="nothing told"),
        pytest.param("0;15", "nord", "nord", id="chosen"),
    ],
)
def test_the_colours_suit_the_terminal_until_some_are_chosen(
    colours: str, chosen: str, theme: str, tmp_path: Path
) -> None:
    session.keep_theme(tmp_path, chosen)
    assert reading.theme(tmp_path, {"COLORFGBG": colours}) == theme
