"""A file name says which module is meant; names that stand more than once are counted down."""

from collections import Counter
from pathlib import Path

import policydiff

_MOST_DOUBLES = 24
"""File names used more than once today. Rename a module and lower this; it never rises."""


def test_file_names_that_stand_more_than_once_get_fewer() -> None:
    root = Path(policydiff.__file__).parent
    stems = Counter(path.stem for path in root.rglob("*.py") if not path.stem.startswith("__"))
    doubles = sorted(stem for stem, times in stems.items() if times > 1)
    assert len(doubles) <= _MOST_DOUBLES, doubles
