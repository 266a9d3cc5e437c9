"""Packages: the best of a pair is found, a bad one does no harm, an install is all or nothing."""

import json
import os
import re
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

from reader.errors import LanguageError, PackageError
from reader.packages import Package, installed, language_pair, route, search_path
from reader.packages.install import MAX_FILES, install_file, remove, verify
from reader.translate import ArgosTranslator
from tests.argos_package import write_package, write_zip
from tests.conftest import CHECKOUT

STARTER = "This is a starter package."
Change = Callable[[Path], object]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an unpacked package; tests copy it."""
    return write_package(tmp_path_factory.mktemp("good"))


@pytest.fixture(scope="module")
def good_zip(good: Path) -> Path:
    return write_zip(good, good.parent / "xx_en.argosmodel")


def light(folder: Path, pair: str = "xx_en", version: str = "1.0", readme: str = "") -> Path:
    """Write something that looks like a package as long as nobody loads it."""
    path = folder / f"{pair}-{version}{'-starter' if readme else ''}"
    (path / "model").mkdir(parents=True)
    source, target = pair.split("_")
    facts = {"from_code": source, "to_code": target, "package_version": version}
    (path / "metadata.json").write_text(json.dumps(facts))
    (path / "README.md").write_text(readme)
    (path / "model" / "model.bin").write_bytes(b"weights")
    (path / "sentencepiece.model").write_bytes(b"pieces")
    return path


def assert_one_line(error: Exception) -> None:
    assert re.fullmatch(r"'[^\n]*': [^A-Z\n][^\n]*[^.\n]", str(error)), str(error)


# --- Find ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"HOME": "{}/h"}, "{}/h/.local/share/argos-translate/packages"),
        ({"HOME": "{}/h", "XDG_DATA_HOME": "{}/d"}, "{}/d/argos-translate/packages"),
        ({"XDG_DATA_HOME": "{}/d", "ARGOS_PACKAGES_DIR": "{}/p"}, "{}/p"),
    ],
    ids=["home", "data home", "own variable"],
)
def test_search_path_makes_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], folder: str
) -> None:
    for name in ("XDG_DATA_HOME", "ARGOS_PACKAGES_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(tmp_path))
    own, shipped, argos = search_path(tmp_path / "cache")
    assert (own, argos) == (tmp_path / "cache" / "packages", Path(folder.format(tmp_path)))
    assert shipped == CHECKOUT / "cache" / "packages"
    assert not list(tmp_path.iterdir())
    assert installed([own, argos]) == ()


def test_search_path_names_a_folder_once() -> None:
    path = search_path(CHECKOUT / "cache")
    assert len(path) == len(set(path)) == 2


def test_the_starters_are_there_and_whole() -> None:
    packages = installed([CHECKOUT / "cache" / "packages"])
    starters = {package.pair: package for package in packages if package.starter}
    assert starters.keys() >= {("pt", "en"), ("ru", "en")}
    assert [verify(package) for package in starters.values()] == [()] * len(starters)


def edit(**fields: object) -> Change:
    """Return a change to the metadata of a package."""

    def change(path: Path) -> None:
        facts = json.loads((path / "metadata.json").read_text())
        (path / "metadata.json").write_text(json.dumps(facts | fields))

    return change


def overwrite(name: str, content: bytes) -> Change:
    return lambda path: (path / name).write_bytes(content)


BROKEN: dict[str, tuple[Change, str]] = {
    "no metadata": (lambda p: (p / "metadata.json").unlink(), "metadata.json cannot be read"),
    "no json": (overwrite("metadata.json", b"{"), "not valid JSON"),
    "no text": (overwrite("metadata.json", b"\xff\xfe\xfa"), "not valid JSON"),
    "deep json": (overwrite("metadata.json", b"[" * 100_000), "not valid JSON"),
    "no object": (overwrite("metadata.json", b"[]"), "not an object"),
    "evil code": (edit(from_code="../../x"), "from_code '../../x'"),
    "no code": (edit(to_code=None), "to_code None"),
    "prefix of another kind": (edit(target_prefix=7), "target_prefix"),
    "evil version": (edit(package_version="1/../2"), "package_version '1/../2'"),
    "no version": (edit(package_version=""), "package_version ''"),
    "no model": (lambda p: shutil.rmtree(p / "model"), "model cannot be read"),
    "no weights": (lambda p: (p / "model" / "model.bin").unlink(), "model.bin cannot be read"),
    "no subwords": (lambda p: (p / "sentencepiece.model").unlink(), "no sentencepiece.model"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_folder_is_reported_and_hides_nothing(tmp_path: Path, name: str) -> None:
    change, expected = BROKEN[name]
    light(tmp_path, "yy_en")
    change(light(tmp_path, "xx_en"))
    problems: list[PackageError] = []
    assert [p.pair for p in installed([tmp_path], problems.append)] == [("yy", "en")]
    assert len(problems) == 1
    assert expected in str(problems[0])
    assert_one_line(problems[0])


def test_strays_and_other_kinds_are_no_problem(tmp_path: Path) -> None:
    (tmp_path / "stray.txt").touch()
    (tmp_path / ".hidden").mkdir()
    edit(type="sbd")(light(tmp_path, "xx_en"))
    problems: list[PackageError] = []
    assert installed([tmp_path, tmp_path / "stray.txt"], problems.append) == ()
    assert not problems


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [
        (("1.9", ""), ("1.10", ""), "1.10"),
        (("1.10", ""), ("1.9", ""), "1.10"),
        (("1.0", ""), ("9.0", STARTER), "1.0"),
        (("0.1", STARTER), ("0.2", STARTER), "0.2"),
    ],
    ids=["newer", "newer first", "full before starter", "newer starter"],
)
def test_the_best_package_of_a_pair(
    tmp_path: Path, first: tuple[str, str], second: tuple[str, str], winner: str
) -> None:
    light(tmp_path / "a", "xx_en", *first)
    light(tmp_path / "b", "xx_en", *second)
    assert [p.version for p in installed([tmp_path / "a", tmp_path / "b"])] == [winner]


def test_the_first_folder_wins_between_equals(tmp_path: Path) -> None:
    light(tmp_path / "a")
    light(tmp_path / "b")
    assert installed([tmp_path / "b", tmp_path / "a"])[0].path.parent == tmp_path / "b"


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda p: p.rename(p.parent / "moved"), True),
        (overwrite("README.md", b"Other words."), True),
        (overwrite("model/model.bin", b"WEIGHTS"), False),
        (overwrite("model/model.bin", b"more weights"), False),
        (overwrite("sentencepiece.model", b"more pieces"), False),
        (edit(target_prefix="__en__"), False),
    ],
    ids=["moved", "readme", "weights", "size", "subwords", "metadata"],
)
def test_the_key_follows_what_decides_the_text(tmp_path: Path, change: Change, same: bool) -> None:
    path = light(tmp_path)
    before = installed([tmp_path])[0].key
    change(path)
    assert (installed([tmp_path])[0].key == before) is same


@pytest.mark.parametrize(
    ("code", "pair"),
    [("pt", ("pt", "en")), ("pt_de", ("pt", "de")), ("zh-Hant_en", ("zh-Hant", "en"))],
)
def test_language_pair(code: str, pair: tuple[str, str]) -> None:
    assert language_pair(code) == pair


@pytest.mark.parametrize("code", ["", "en", "en_en", "portuguese", "pt-", "../x", "pt_de_fr", "P"])
def test_no_language_pair(code: str) -> None:
    with pytest.raises(LanguageError) as caught:
        language_pair(code)
    assert_one_line(caught.value)


def value(pair: str, starter: bool = False) -> Package:
    source, target = pair.split("_")
    return Package(source, target, "1", Path(pair), f"{pair} {starter}", starter=starter)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ("pt_en", "pt_en"),
        ("pt_es es_en", "pt_es es_en"),
        ("pt_es es_en pt_en", "pt_en"),
        ("pt_de* de_en pt_fr fr_en", "pt_fr fr_en"),
        ("pt_en* pt_fr fr_en", "pt_en*"),
        ("pt_a a_b b_a b_c c_en", "pt_a a_b b_c c_en"),
    ],
    ids=["direct", "chain", "shortest", "full ones", "short starter", "long, with a circle"],
)
def test_route(pairs: str, expected: str) -> None:
    packages = [value(p.rstrip("*"), p.endswith("*")) for p in pairs.split()]
    found = route(packages, "pt", "en")
    assert " ".join(f"{p.source}_{p.target}{'*' * p.starter}" for p in found) == expected


def test_route_to_the_same_language_is_empty() -> None:
    assert route([], "en", "en") == ()


@pytest.mark.parametrize(("target", "code"), [("en", "pt"), ("de", "pt_de")])
def test_no_route_says_what_to_install(target: str, code: str) -> None:
    with pytest.raises(LanguageError) as caught:
        route([value("en_pt"), value("pt_es")], "pt", target)
    assert f"`reader models install {code}`" in str(caught.value)
    assert "`reader models install FILE.argosmodel`" in str(caught.value)
    assert_one_line(caught.value)


CODES = st.sampled_from(["a", "b", "c", "d", "e"])


@given(st.sets(st.tuples(CODES, CODES).filter(lambda p: p[0] != p[1])), CODES, CODES)
def test_a_route_links_start_to_end(pairs: set[tuple[str, str]], start: str, end: str) -> None:
    packages = [value(f"{source}_{target}") for source, target in sorted(pairs)]
    try:
        chain = route(packages, start, end)
    except LanguageError:
        assert (start, end) not in pairs
        return
    stops = [start, *(package.target for package in chain)]
    assert stops[-1] == end
    assert [package.source for package in chain] == stops[:-1]
    assert len(set(stops)) == len(stops)


# --- Check, install, remove ----------------------------------------------------------------------


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
@settings(max_examples=40, deadline=None)
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
@settings(max_examples=60, deadline=None)
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
