from collections.abc import Iterator
from pathlib import Path

import pytest

from watch.portal import Portal, running_portal


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    with running_portal(tmp_path / "portal") as portal:
        yield portal
