"""A file name says which module is meant: none stands twice in the tree."""

from collections import Counter
from pathlib import Path

import policydiff


def test_no_file_name_stands_twice() -> None:
    root = Path(policydiff.__file__).parent
    stems = Counter(path.stem for path in root.rglob("*.py") if not path.stem.startswith("__"))
    assert not sorted(stem for stem, times in stems.items() if times > 1)
