"""An install is all or nothing; what is installed can be verified and removed."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import PackageError
from reader.packages import installed, route
from reader.packages.install import MAX_FILES, install_file, remove, verify
from reader.translate import ArgosTranslator
from tests.argos_package import write_package, write_zip
from tests.conftest import CHECKOUT
from tests.light_packages import BROKEN, STARTER, Change, assert_one_line, edit, light, overwrite


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an unpacked package; tests copy it."""
    return write_package(tmp_path_factory.mktemp("good"))


@pytest.fixture(scope="module")
def good_zip(good: Path) -> Path:
    return write_zip(good, good.parent / "xx_en.argosmodel")


def make_zip(file: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file


def link(name: str, kind: int = stat.S_IFLNK) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | 0o777) << 16
    return info


def contents(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_an_installed_package_is_whole_and_alone(
    tmp_path: Path, good: Path, good_zip: Path
) -> None:
    package = install_file(good_zip, tmp_path / "cache" / "packages")
    assert package == installed([good.parent])[0]
    assert package.path == tmp_path / "cache" / "packages" / "translate-xx_en-1_0"
    assert contents(package.path) == contents(good)
    assert verify(package) == ()
    assert list((tmp_path / "cache").iterdir()) == [tmp_path / "cache" / "packages"]
    assert list((tmp_path / "cache" / "packages").iterdir()) == [package.path]


def test_an_install_takes_the_place_of_the_pair_but_not_of_a_starter(
    tmp_path: Path, good_zip: Path
) -> None:
    light(tmp_path, "xx_en", "0.1", STARTER)
    light(tmp_path, "xx_en", "2.0")
    light(tmp_path, "yy_en", "1.0")
    stale = tmp_path / "translate-xx_en-1_0" / "stale"
    stale.parent.mkdir()
    stale.touch()
    for _ in range(2):
        package = install_file(good_zip, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "xx_en-0.1-starter",
        "yy_en-1.0",
        package.path.name,
    }
    assert not stale.exists()
    assert installed([tmp_path])[0] == package


def test_names_of_the_zip_decide_nothing(tmp_path: Path, good: Path) -> None:
    other = tmp_path / "CON.strange name"
    shutil.copytree(good, other)
    package = install_file(write_zip(other, tmp_path / "x.zip"), tmp_path / "packages")
    assert package.path.name == "translate-xx_en-1_0"


ROOT = "translate-xx_en-1_0/"
UNSAFE: dict[str, tuple[list[tuple[str | zipfile.ZipInfo, bytes]], str]] = {
    "parent": ([(f"{ROOT}../../evil", b"x")], "unsafe name"),
    "absolute": ([("/tmp/evil", b"x")], "unsafe name"),
    "backslash": ([(f"{ROOT}..\\evil", b"x")], "unsafe name"),
    "drive": ([("C:/evil", b"x")], "unsafe name"),
    "escape sequence": ([(f"{ROOT}\x1b[31m", b"x")], "unsafe name"),
    "link": ([(link(f"{ROOT}model"), b"/etc")], "neither file nor folder"),
    "device": ([(link(f"{ROOT}model", stat.S_IFCHR), b"")], "neither file nor folder"),
    "bomb": ([(f"{ROOT}zeros", bytes(5_000_000))], "unpacks to 5000000 bytes"),
    "many files": ([(f"{ROOT}{i}", b"") for i in range(MAX_FILES + 1)], "in 10001 files"),
    "nothing": ([], "exactly one folder"),
    "no folder": ([("metadata.json", b"{}")], "exactly one folder"),
    "two folders": ([("a/metadata.json", b"{}"), ("b/x", b"")], "exactly one folder"),
    "no metadata": ([(f"{ROOT}x", b"")], "metadata.json cannot be read"),
    "file and folder": ([(f"{ROOT}a", b""), (f"{ROOT}a/b", b"")], "cannot be installed"),
    "long name": ([(f"{ROOT}{'n' * 300}", b"")], "cannot be installed"),
}


def assert_refused(file: Path, folder: Path, expected: str) -> None:
    """Check that an install fails in one line and leaves no trace."""
    before = contents(folder.parent)
    with pytest.raises(PackageError) as caught:
        install_file(file, folder)
    assert expected in str(caught.value)
    assert_one_line(caught.value)
    assert contents(folder.parent) - before <= {folder.name}
    assert not list(folder.iterdir())


@pytest.mark.parametrize("name", UNSAFE)
def test_an_unsafe_zip_is_refused(tmp_path: Path, name: str) -> None:
    entries, expected = UNSAFE[name]
    assert_refused(make_zip(tmp_path / "x.argosmodel", *entries), tmp_path / "packages", expected)


@pytest.mark.parametrize("name", BROKEN)
def test_a_zip_of_a_broken_package_is_refused(tmp_path: Path, good: Path, name: str) -> None:
    change, expected = BROKEN[name]
    path = Path(shutil.copytree(good, tmp_path / "source" / "xx"))
    change(path)
    assert_refused(write_zip(path, tmp_path / "x.argosmodel"), tmp_path / "packages", expected)


def flip(content: bytes, index: int) -> bytes:
    return content[:index] + bytes([content[index] ^ 1]) + content[index + 1 :]


ENTRY = b"PK\x01\x02\x14\x03\x14\0"
"""Start of an entry of the directory of a zip, up to its flags."""

DAMAGED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no zip": (lambda _: b"<html>not found</html>", "broken package file"),
    "empty": (lambda _: b"", "broken package file"),
    "cut off": (lambda c: c[:-1000], "broken package file"),
    "one bit": (lambda c: flip(c, len(c) // 2), "broken package file"),
    "encrypted": (
        lambda c: c.replace(ENTRY + b"\0\0", ENTRY + b"\1\0"),
        "holds 'translate-xx_en-1_0/README.md', which is encrypted",
    ),
    "no UTF-8": (
        lambda c: c.replace(ENTRY + b"\0\0", ENTRY + b"\0\x08").replace(b"README", b"\xffEADME"),
        "can't decode byte 0xff",
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_zip_is_refused(tmp_path: Path, good_zip: Path, name: str) -> None:
    damage, expected = DAMAGED[name]
    file = tmp_path / "x.argosmodel"
    file.write_bytes(damage(good_zip.read_bytes()))
    assert_refused(file, tmp_path / "packages", expected)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (edit(type="sbd"), "not a translation package"),
        (overwrite("sentencepiece.model", b"nonsense"), "does not load"),
        (overwrite("model/model.bin", b"nonsense"), "does not load"),
        (lambda p: (p / "model" / "config.json").write_text("["), "does not load"),
    ],
    ids=["another kind", "subwords", "weights", "settings"],
)
def test_a_package_that_does_not_load_is_refused(
    tmp_path: Path, good: Path, change: Change, expected: str
) -> None:
    path = Path(shutil.copytree(good, tmp_path / "source" / "xx"))
    change(path)
    assert_refused(write_zip(path, tmp_path / "x.argosmodel"), tmp_path / "packages", expected)


@pytest.mark.parametrize("file", ["missing.argosmodel", "."], ids=["missing", "folder"])
def test_no_file_is_one_line(tmp_path: Path, file: str) -> None:
    with pytest.raises(PackageError, match="no such file") as caught:
        install_file(tmp_path / file, tmp_path / "packages")
    assert_one_line(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path, good_zip: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PackageError, match="check the space and the rights") as caught:
        install_file(good_zip, tmp_path / "file" / "packages")
    assert_one_line(caught.value)


@given(st.data())
@settings(max_examples=40)
def test_a_damaged_zip_never_crashes(good_zip: Path, data: st.DataObject) -> None:
    content = good_zip.read_bytes()
    tail = len(content) - data.draw(st.integers(1, min(1500, len(content))))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "packages"
        file = Path(name) / "x.argosmodel"
        file.write_bytes(flip(content, tail))
        try:
            assert verify(install_file(file, folder)) == ()
        except PackageError as error:
            assert_one_line(error)
            assert not list(folder.iterdir())


@given(st.text(alphabet="./\\:a\n~\x00", min_size=1, max_size=8))
@settings(max_examples=60)
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        inside = Path(temporary) / "inside"
        inside.mkdir()
        file = make_zip(Path(temporary) / "x", (f"r/{name}", b""))
        with pytest.raises(PackageError):
            install_file(file, inside / "packages")
        assert contents(Path(temporary)) == {"x", "inside", "inside/packages"}


def test_verify_names_what_is_wrong(tmp_path: Path, good: Path) -> None:
    shutil.copytree(good, tmp_path / "xx")
    package = installed([tmp_path])[0]
    overwrite("README.md", STARTER.encode())(package.path)
    assert verify(package) == ("it changed on the disk since it was found; start again",)
    shutil.rmtree(package.path)
    assert "metadata.json cannot be read" in verify(package)[0]


def test_verify_names_a_missing_library(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copytree(good, tmp_path / "xx"))
    (path / "sentencepiece.model").rename(path / "bpe.model")
    monkeypatch.setitem(sys.modules, "sacremoses", None)
    monkeypatch.setitem(sys.modules, "sacremoses.normalize", None)
    assert "sacremoses" in verify(installed([tmp_path])[0])[0]


def test_remove_takes_all_of_a_pair_but_the_starter(tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    for version, readme in (("0.1", STARTER), ("1.0", ""), ("1.1", "")):
        light(folder, "xx_en", version, readme)
    light(folder, "xx_yy")
    assert [p.version for p in remove("xx", folder)] == ["1.0", "1.1"]
    assert {p.version for p in installed([folder]) if p.target == "en"} == {"0.1"}
    assert len(remove("xx_yy", folder)) == 1
    assert list(tmp_path.iterdir()) == [folder]
    with pytest.raises(PackageError) as caught:
        remove("xx", folder)
    assert_one_line(caught.value)


def test_nothing_opens_a_socket(
    tmp_path: Path, good_zip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    install_file(good_zip, tmp_path / "packages")
    packages = installed([tmp_path / "packages"])
    assert verify(packages[0]) == ()
    assert ArgosTranslator(route(packages, "xx", "en")).translate(["Quiet."]) == ["Dhvrg."]
    remove("xx", tmp_path / "packages")


def test_home_is_left_alone(tmp_path: Path, good: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from reader.packages import installed\n"
        "from reader.packages.install import argos, verify\n"
        "assert verify(installed([Path(sys.argv[1])])[0]) == ()\n"
        "assert argos('settings').remote_package_index.startswith('http')\n"
    )
    home = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    environment = {**os.environ, **home, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": "."}
    command = [sys.executable, "-c", script, str(good.parent)]
    subprocess.run(command, env=environment, cwd=CHECKOUT, check=True)
    assert not list(tmp_path.iterdir())
