"""Small files of many kinds give what was written of them before a reader saw them (benchmarks/gold/files)."""

from typing import Any

import pytest

from benchmarks.file_kinds import GOLD, faults_of, files

FILES = [
    (f"{path.stem}: {entry['name']}", entry, data)
    for path in sorted(GOLD.glob("*.toml"))
    for entry, data in files(path)
]


@pytest.mark.parametrize(("entry", "data"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_a_file_gives_what_is_written_of_it(entry: dict[str, Any], data: bytes) -> None:
    # A known miss that is right after all is known no longer.
    assert bool(faults_of(entry, data)) == ("known" in entry)
