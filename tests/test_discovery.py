"""Packages are found, the best of a pair first, and a bad one does no harm."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import LanguageError, PackageError
from reader.packages import Package, installed, language_pair, route, search_path
from reader.packages.install import verify
from tests.conftest import CHECKOUT
from tests.light_packages import BROKEN, STARTER, Change, assert_one_line, edit, light, overwrite


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
    ("name", "pair"),
    [
        ("pt", ("pt", "en")),
        ("pt_de", ("pt", "de")),
        ("por", ("pt", "en")),
        ("Portuguese_ger", ("pt", "de")),
        ("pt_BR", ("pb", "en")),
        ("zh-Hant_en", ("zt", "en")),
        ("xx_en", ("xx", "en")),
    ],
)
def test_language_pair(name: str, pair: tuple[str, str]) -> None:
    assert language_pair(name) == pair


@pytest.mark.parametrize("code", ["", "en", "en_en", "eng_en", "../x", "P"])
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


def test_no_route_from_a_language_that_argos_lacks_says_how_to_make_one() -> None:
    with pytest.raises(LanguageError, match="none, but `reader models train` can make one"):
        route([value("pt_en")], "la", "en")


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
