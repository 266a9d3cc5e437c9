"""The whole of it where there is no network at all, from an empty cache."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT_NETWORK = ("unshare", "--map-root-user", "--net")


def has_namespaces() -> bool:
    """Whether this machine lets us make a network namespace without interfaces."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True).returncode == 0


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


def test_no_socket_is_made(tmp_path: Path) -> None:
    """Audit events see every socket, whichever library makes it through Python."""
    code = """
import sys
def audit(event, arguments):
    if event.startswith("socket.") or event == "urllib.Request":
        raise SystemExit(f"a socket: {event} {arguments}")
sys.addaudithook(audit)
sys.argv = ["reader", "demo", "--plain"]
from reader.cli import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"READER_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
