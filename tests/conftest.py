"""What all tests share: where the project stands, what it committed, and how laws are searched."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parent.parent

# The same examples each time: a failure is found again, and nothing is left in the folder.
hypothesis.settings.register_profile("same", derandomize=True, database=None, deadline=None, max_examples=100)
hypothesis.settings.load_profile("same")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def outputs() -> Path:
    """What `kg build seeds/` wrote, as committed: not to be changed by a test."""
    return ROOT / "outputs"
