"""`reader corrections`: from one memory to another, by a text."""

from pathlib import Path

import pytest

from reader.cli import commands
from reader.corrections import EDITS
from reader.editor import Editor
from reader.errors import CorrectionError, ExportError, FormatError
from reader.model import ParallelText
from reader.pipeline import Request
from tests.tale import RETOLD, TALE


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("\n".join(TALE), encoding="utf-8")
    Path("b.txt").write_text("\n".join(RETOLD), encoding="utf-8")
    return "a.txt", "b.txt"


OPTIONS = ("--segmented", "--mode", "parallel", "--lang", "a.txt=en", "--lang", "b.txt=en")


def run(*arguments: str, cache: str = "cache") -> None:
    commands.main([*arguments, *OPTIONS, "--cache", cache], standalone_mode=False)


def opened(cache: str, names: tuple[str, ...]) -> Editor:
    paths = tuple(map(Path, names))
    editor = Editor(
        Request(paths, Path(cache), dict.fromkeys(paths, "en"), segmented=True, mode="parallel")
    )
    editor.open()
    return editor


def corrected(names: tuple[str, str]) -> ParallelText:
    """Correct the files in the memory `cache`."""
    editor = opened("cache", names)
    editor.do(EDITS["merge"](editor.text, 1, 0))
    editor.do(EDITS["confirm"](editor.text, 0, 0))
    return editor.text


def test_corrections_go_from_one_memory_to_another(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = corrected(files)
    run("corrections", "export", *files, "-o", "list.txt")
    assert capsys.readouterr().err == "2 rows (1 edited, 1 confirmed) written\n"
    run("corrections", "export", *files[::-1])
    listed = Path("list.txt").read_text(encoding="utf-8")
    assert capsys.readouterr().out == listed

    # As editors on Windows write it.
    Path("list.txt").write_text(listed, encoding="utf-8-sig", newline="\r\n")
    run("corrections", "apply", *files, "-i", "list.txt", cache="other")
    assert "2 of them new; undo takes them back" in capsys.readouterr().err
    editor = opened("other", files)
    assert editor.text == text
    run("corrections", "apply", *files[::-1], "-i", "list.txt", cache="other")
    assert "0 of them new" in capsys.readouterr().err
    assert len(editor.corrected_rows) == 2
    editor.undo()
    editor.undo()
    assert {row.status for row in editor.text.rows} == {"auto"}


def test_a_bad_line_changes_nothing(files: tuple[str, str]) -> None:
    corrected(files)
    run("corrections", "export", *files, "-o", "list.txt")
    listed = Path("list.txt").read_text(encoding="utf-8")
    Path("list.txt").write_text(listed + "edited v1:0-3\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match=r"^list\.txt: line 7: 'a\.txt': no sentence is at"):
        run("corrections", "apply", *files, "-i", "list.txt", cache="other")
    assert opened("other", files).corrected_rows == {}


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "no such file"), (b"\xff\xfe", "no UTF-8"), (b"[]", "line 1: no list")],
    ids=["missing", "binary", "other"],
)
def test_what_is_no_list_is_told(
    files: tuple[str, str], content: bytes | None, reason: str
) -> None:
    if content is not None:
        Path("list.txt").write_bytes(content)
    with pytest.raises((CorrectionError, FormatError), match=rf"^list\.txt: {reason}"):
        run("corrections", "apply", *files, "-i", "list.txt")


def test_a_file_that_cannot_be_written_is_told(files: tuple[str, str]) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        run("corrections", "export", *files, "-o", "missing/list.txt")


def test_what_an_edit_has_torn_is_in_the_list(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    corrected(files)
    Path("a.txt").write_text("\n".join([*TALE[:2], "A captain.", *TALE[3:]]), encoding="utf-8")
    run("corrections", "export", *files, "-o", "list.txt")
    assert capsys.readouterr().err.endswith("2 rows (1 edited, 1 confirmed) written\n")
    *_, title, torn = Path("list.txt").read_text(encoding="utf-8").splitlines()
    assert title == "# not in these texts any more:"
    assert torn == f"# edited     a.txt: {TALE[1]} {TALE[2]} | b.txt: {RETOLD[1]} {RETOLD[2]}"
    run("corrections", "apply", *files, "-i", "list.txt", cache="other")
    assert "1 row (0 edited, 1 confirmed) read" in capsys.readouterr().err
