"""The web page in a browser, at the width of a phone and of a desk, light and dark."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.consumers.conftest import Write

PROBE = """
<script>
const box = s => document.querySelector(s).getBoundingClientRect();
document.title = JSON.stringify({
  overflow: document.documentElement.scrollWidth - window.innerWidth,
  src: box("#r000001 .src").top, tgt: box("#r000001 .tgt").top,
  ink: getComputedStyle(document.body).color,
  arabic: getComputedStyle(document.querySelector(".lang-ar > h2")).direction,
  scripts: document.scripts.length, rows: document.querySelectorAll(".row").length,
});
</script>
"""
LIGHT, DARK = 1, 0


def look(folder: Path, page: Path, width: int, scheme: int) -> dict[str, Any]:
    """Open a page; return what a script of ours measures in it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no browser is installed (Debian: chromium)")
    probed = folder / "probed.html"
    probed.write_text(page.read_text(encoding="utf-8") + PROBE, encoding="utf-8")
    done = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--user-data-dir={folder / 'browser'}", f"--window-size={width},900",
            f"--blink-settings=preferredColorScheme={scheme}", "--dump-dom", probed.as_uri(),
        ],
        capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    title = re.search("<title>(.*?)</title>", done.stdout)
    assert title, done.stderr
    found: dict[str, Any] = json.loads(title[1])
    return found


@pytest.mark.parametrize("width", [500, 1280], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_page_fits_its_window(write: Write, tmp_path: Path, width: int, scheme: int) -> None:
    seen = look(tmp_path, write("html", machine=True), width, scheme)
    assert seen["overflow"] <= 0
    assert (seen["src"] == seen["tgt"]) == (width > 1000), "side by side on a wide screen alone"
    assert seen["ink"] == ("rgb(0, 0, 0)" if scheme == LIGHT else "rgb(255, 255, 255)")
    assert seen["arabic"] == "rtl"
    assert seen["scripts"] == 1, "nothing but the probe runs"
    assert seen["rows"] == 13
