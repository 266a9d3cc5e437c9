"""Downloads: from a server of our own on this machine, in every mood that servers have."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reader.errors import LanguageError, PackageError
from reader.model import Progress
from reader.packages import installed
from reader.packages.fetch import download
from tests.argos_package import write_package, write_zip

PIECE = 40_000
"""Bytes after which a server in the mood "cut" hangs up."""


class Server(ThreadingHTTPServer):
    """Serves an index and a package, in the mood that the path of a link names."""

    package: bytes
    index: bytes
    log: list[tuple[str, str]]
    """Mood and Range header of every request for the package."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def offer(self, *moods: str, **fields: object) -> None:
        """Put one package into the index, with a link for each mood."""
        entry = {
            "code": "translate-xx_en",
            "from_code": "xx",
            "to_code": "en",
            "package_version": "1.0",
            "links": [f"{self.url}/{mood}" for mood in moods],
        }
        self.index = json.dumps([{"code": "other"}, 7, entry | fields]).encode()


@dataclass(frozen=True)
class Answer:
    """An answer to a request for the package."""

    status: int
    body: bytes
    """What is announced."""
    sent: int | None = None
    """How much of it comes before the server hangs up; None for all."""
    content_range: str = ""
    length: bool = True
    """Whether a length is announced."""


def answer(mood: str, whole: bytes, start: int) -> Answer:
    """Answer as a server in some mood does; one that is in none of them serves ranges."""
    total = len(whole)
    moody = {
        "missing": Answer(404, b"not here"),
        "no-range": Answer(200, whole),
        "no-range-cut": Answer(200, whole, PIECE),
        "other-range": Answer(206, whole[5:], content_range=f"bytes 5-{total - 1}/{total}"),
        "damaged": Answer(200, whole[:-100] + bytes(100)),
        "gone": Answer(200, whole, 0),
        "no-length": Answer(200, whole, length=False),
    }
    if mood in moody:
        return moody[mood]
    if start >= total:
        return Answer(416, b"", content_range=f"bytes */{total}")
    span = f"bytes {start}-{total - 1}/{total}"
    sent = PIECE if mood == "cut" else None
    return Answer(206 if start else 200, whole[start:], sent, span)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        mood = self.path.strip("/")
        if mood == "index.json":
            self.send(Answer(200, self.server.index))
            return
        wanted = self.headers.get("Range", "")
        self.server.log.append((mood, wanted))
        start = int(wanted.removeprefix("bytes=").removesuffix("-") or 0)
        self.send(answer(mood, self.server.package, start))

    def send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.length:
            self.send_header("Content-Length", str(len(answer.body)))
        if answer.content_range:
            self.send_header("Content-Range", answer.content_range)
        self.end_headers()
        self.wfile.write(answer.body[: answer.sent])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("package")
    return write_zip(write_package(folder), folder / "xx.argosmodel").read_bytes()


@pytest.fixture
def server(package: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "*")
    with Server(("127.0.0.1", 0), Handler) as server:
        server.package, server.log = package, []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def fetch(server: Server, folder: Path) -> list[Progress]:
    """Download the package and check that it is there and nothing besides."""
    seen: list[Progress] = []
    found = download("xx", folder, index_url=f"{server.url}/index.json", on_progress=seen.append)
    assert installed([folder]) == (found,)
    assert list(folder.parent.iterdir()) == [folder]
    return seen


def fail(server: Server, folder: Path) -> str:
    """Download in vain; return the message."""
    with pytest.raises(PackageError) as caught:
        download("xx", folder, index_url=f"{server.url}/index.json")
    assert installed([folder]) == ()
    assert re.fullmatch(r"'[^\n]+': [^A-Z\n][^\n]*[^.\n]", str(caught.value))
    return str(caught.value)


def part(folder: Path) -> Path:
    return folder.parent / "translate-xx_en-1.0.argosmodel.part"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "packages"


def test_a_package_comes_with_progress(server: Server, folder: Path) -> None:
    server.offer("whole")
    seen = fetch(server, folder)
    done = [progress.done for progress in seen]
    assert done == sorted(set(done))
    total = len(server.package)
    assert seen[-1] == Progress("download", total, total, "bytes", "xx → en")
    assert server.log == [("whole", "")]


def test_a_cut_is_continued_in_the_same_call(server: Server, folder: Path) -> None:
    server.offer("cut")
    fetch(server, folder)
    starts = range(0, len(server.package), PIECE)
    assert server.log == [("cut", f"bytes={start}-" if start else "") for start in starts]


def test_a_cut_is_continued_by_the_next_call(server: Server, folder: Path) -> None:
    server.offer("no-range-cut")
    message = fail(server, folder)
    assert f"{PIECE} of {len(server.package)} bytes came" in message
    assert part(folder).stat().st_size == PIECE
    server.offer("whole")
    fetch(server, folder)
    assert server.log[-1] == ("whole", f"bytes={PIECE}-")


@pytest.mark.parametrize(
    ("mood", "left"),
    [
        ("no-range", b"abc"),
        ("no-length", b"abc"),
        ("no-length", b""),
        ("whole", None),
        ("whole", b"x" * 10_000_000),
    ],
    ids=["ignored range", "no length", "no length at first", "complete part", "too long a part"],
)
def test_what_was_left_is_used_or_replaced(
    server: Server, folder: Path, mood: str, left: bytes | None
) -> None:
    server.offer(mood)
    part(folder).parent.mkdir()
    part(folder).write_bytes(server.package if left is None else left)
    fetch(server, folder)


@pytest.mark.parametrize(
    ("mood", "expected"),
    [
        ("missing", "404"),
        ("gone", "0 of"),
        ("damaged", "broken package file"),
    ],
)
def test_a_failure_is_one_line(server: Server, folder: Path, mood: str, expected: str) -> None:
    server.offer(mood)
    assert expected in fail(server, folder)


def test_a_damaged_download_is_not_kept(server: Server, folder: Path) -> None:
    server.offer("damaged")
    fail(server, folder)
    assert not part(folder).exists()
    server.offer("whole")
    fetch(server, folder)


def test_a_part_that_does_not_fit_is_refused(server: Server, folder: Path) -> None:
    server.offer("other-range")
    part(folder).parent.mkdir()
    part(folder).write_bytes(b"abc")
    assert "another part" in fail(server, folder)


def test_the_next_link_is_tried(server: Server, folder: Path) -> None:
    server.offer("missing", "damaged", "cut")
    fetch(server, folder)
    assert [mood for mood, _ in server.log][:3] == ["missing", "damaged", "cut"]


def test_the_newest_version_is_taken(server: Server, folder: Path) -> None:
    server.offer("whole")
    (old,) = (entry for entry in json.loads(server.index)[2:])
    stale = {**old, "package_version": "0.9", "links": [f"{server.url}/missing"]}
    server.index = json.dumps([stale, old, stale]).encode()
    fetch(server, folder)


@pytest.mark.parametrize(
    "links",
    [[], ["file:///etc/passwd"], ["ipfs://x"], [7]],
    ids=["none", "file", "ipfs", "number"],
)
def test_links_that_are_no_web_address(server: Server, folder: Path, links: list[object]) -> None:
    server.offer(links=links)
    assert "reader models install FILE.argosmodel" in fail(server, folder)


@pytest.mark.parametrize("index", [b"<html>", b"{}", b"[" * 100_000, b"\xff"])
def test_an_index_that_is_none(server: Server, folder: Path, index: bytes) -> None:
    server.index = index
    assert "not a package index" in fail(server, folder)


@pytest.mark.parametrize(
    "fields",
    [
        {"to_code": "de"},
        {"from_code": None},
        {"package_version": "../../x"},
        {"links": "whole"},
        {"type": "sbd"},
    ],
    ids=["other pair", "no code", "evil version", "no list", "other kind"],
)
def test_a_language_that_is_not_offered(
    server: Server, folder: Path, fields: dict[str, object]
) -> None:
    server.offer("whole", **fields)
    with pytest.raises(LanguageError, match=r"^'xx': the index has no package from it to 'en'; "):
        download("xx", folder, index_url=f"{server.url}/index.json")
    assert not folder.parent.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/index.json",
        "file:///etc/passwd",
        "index.json",
        "http://[",
        "http://a b/",
    ],
    ids=["nobody there", "file", "no scheme", "broken", "blank"],
)
def test_offline_says_how_to_go_on(folder: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with pytest.raises(PackageError, match=r"use `reader models install FILE\.argosmodel`"):
        download("xx", folder, index_url=url)
