"""Every room says in its docstring what its modules are."""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

ROOMS = sorted((CHECKOUT / "reader").rglob("__init__.py"))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.parent.name)
def test_a_room_lists_its_modules(room: Path) -> None:
    about = ast.get_docstring(ast.parse(room.read_text(encoding="utf-8"))) or ""
    modules = {path.stem for path in room.parent.glob("*.py") if not path.stem.startswith("__")}
    rooms = {path.parent.name for path in room.parent.glob("*/__init__.py")}
    listed = set(re.findall(r"\w+", about))
    assert modules | rooms <= listed
