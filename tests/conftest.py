"""Where tests find real documents: the repository's own corpus, and the development data beside it."""

from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes on a busy machine decides no test.
settings.register_profile("policydiff", deadline=None)
settings.load_profile("policydiff")

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of development data, or skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"development data not found at {SHARED}")
    return SHARED
