"""What all tests share: where the reference material lies, and patience."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CHECKOUT = Path(__file__).parent.parent

# No test may fail because the machine is busy: time is measured in benchmarks.
settings.register_profile(
    "reader", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("reader")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a case by the beginning of a long text, so that a failure can be read."""
    return ascii(val[:30]) if isinstance(val, str | bytes) and len(val) > 60 else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of seeds and benchmarks; skip visibly where there is none."""
    folder = Path(os.environ.get("READER_SHARED", CHECKOUT.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip("no shared folder beside the checkout; set READER_SHARED")
    return folder
