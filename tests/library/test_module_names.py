"""A file name says which module is meant: none stands twice in the tree, and the page of the house names what is there."""

import importlib
import re
from collections import Counter
from pathlib import Path

import policydiff


def test_no_file_name_stands_twice() -> None:
    root = Path(policydiff.__file__).parent
    stems = Counter(path.stem for path in root.rglob("*.py") if not path.stem.startswith("__"))
    assert not sorted(stem for stem, times in stems.items() if times > 1)


def test_the_page_of_the_house_names_every_room_and_nothing_that_is_gone() -> None:
    root = Path(policydiff.__file__).parent
    table = [
        line.split("|")
        for line in (root.parent / "docs" / "architecture.md").read_text("utf-8").splitlines()
        if re.match(r"\| `\w+(?:/|\.py)`", line)
    ]
    rooms = {name for row in table for name in re.findall(r"`(\w+)/`", row[1])}
    assert rooms == {path.parent.name for path in root.glob("*/__init__.py")}
    for place in (name for row in table for name in re.findall(r"`([\w.]+)`", row[3])):
        module, _, name = place.rpartition(".")
        try:
            importlib.import_module(f"policydiff.{place}")
        except ModuleNotFoundError:
            assert hasattr(importlib.import_module(f"policydiff.{module}"), name), place
