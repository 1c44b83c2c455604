from collections.abc import Iterator

import pytest

from track.portal import Portal, running_portal


@pytest.fixture
def portal() -> Iterator[Portal]:
    with running_portal() as portal:
        yield portal
