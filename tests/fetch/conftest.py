from __future__ import annotations

import pytest

from tests.fetch import site as sites


@pytest.fixture
def site():
    with sites.site() as here:
        yield here
