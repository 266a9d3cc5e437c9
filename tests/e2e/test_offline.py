"""The whole of it where there is no network at all, from an empty cache."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.books import article

WITHOUT_NETWORK = ("unshare", "--map-root-user", "--net")


def has_namespaces() -> bool:
    """Whether this machine lets us make a network namespace without interfaces."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True).returncode == 0


def pages(folder: Path) -> list[str]:
    """Write two saved pages whose parser could fetch what they name, and return their names."""
    names = []
    for name, story in (("en.html", ENGLISH), ("pt.html", PORTUGUESE)):
        path = folder / name
        links = '<link rel="canonical" href="https://example.org/story"><img src="//example.org/a">'
        path.write_text(article(f"<p>{story}</p>{links}"), encoding="utf-8")
        names.append(str(path))
    return names


ENGLISH = (
    "Early on Monday the ferry crossed the river again with nine cars and forty people. The "
    "captain, who has worked on the river since 1987, said that he had waited for six weeks."
)
PORTUGUESE = (
    "Na segunda-feira de manhã a balsa voltou a cruzar o rio com nove carros e quarenta pessoas. O "
    "capitão, que trabalha no rio desde 1987, disse que esperou seis semanas."
)


@pytest.mark.skipif(not has_namespaces(), reason="network namespaces are not allowed here")
def test_demo_in_a_namespace_without_interfaces(tmp_path: Path) -> None:
    done = subprocess.run(
        [*WITHOUT_NETWORK, sys.executable, "-m", "reader", "demo", "--plain"],
        env=os.environ | {"READER_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert "EN: " in done.stdout


@pytest.mark.parametrize("what", ["demo", "pages"])
def test_no_socket_is_made_and_no_gigabytes_are_loaded(tmp_path: Path, what: str) -> None:
    """Audit events see every socket, whichever library makes it through Python.

    uv leaves out what Argos Translate declares for its sentence splitter; a plain pip does not.
    """
    arguments = ["demo", "--plain"] if what == "demo" else ["print", *pages(tmp_path)]
    code = f"""
import sys
def audit(event, arguments):
    if event.startswith("socket.") or event == "urllib.Request":
        raise SystemExit(event)
sys.addaudithook(audit)
sys.argv = ["reader", *{arguments!r}]
from reader.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
assert not {{"torch", "stanza", "spacy"}} & sys.modules.keys()
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"READER_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
