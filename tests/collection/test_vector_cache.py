"""Vectors between runs: kept, shared, thrown away when damaged, done without where nothing can be written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from policydiff.collection.packed_clauses import VectorCache, vector_cache_path

WRITER = """
import sys
from pathlib import Path
from policydiff.collection.packed_clauses import VectorCache
with VectorCache(Path(sys.argv[1])) as cache:
    for number in range(200):
        cache[f"{number}"] = [number, 0.5]
    assert cache.is_kept
"""


def test_vectors_outlive_a_run(tmp_path: Path) -> None:
    path = tmp_path / "made" / "vectors.sqlite"
    with VectorCache(path) as cache:
        cache["a"] = [0.5, -1.25]
        fresh = list(cache["a"])
    with VectorCache(path) as cache:
        assert list(cache["a"]) == fresh == [0.5, -1.25]
        assert "b" not in cache
        assert list(cache) == ["a"]
        del cache["a"]
        assert len(cache) == 0
    assert path.parent.stat().st_mode & 0o077 == 0, "which sentences were read is nobody else's business"


def test_runs_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(path)]) for _ in range(3)]
    assert [one.wait(timeout=60) for one in running] == [0, 0, 0]
    with VectorCache(path) as cache:
        assert {key: cache[key][0] for key in cache} == {str(number): number for number in range(200)}


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "vectors.sqlite"
    path.write_bytes(damage)
    with VectorCache(path) as cache:
        cache["a"] = [1.0]
        assert cache.is_kept
    with VectorCache(path) as cache:
        assert list(cache["a"]) == [1.0]


def test_a_file_damaged_within_is_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    with VectorCache(path) as cache:
        for number in range(2000):
            cache[f"{number}"] = [float(number)] * 8
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with VectorCache(path) as cache:
        assert [number for number in range(2000) if f"{number}" in cache] == []
        assert not cache.is_kept
        cache["a"] = [1.0]
        assert list(cache["a"]) == [1.0], "memory alone is left"
    assert not path.exists()


def test_where_nothing_can_be_written_memory_serves(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with VectorCache(tmp_path / "file" / "vectors.sqlite") as cache:
        cache["a"] = [1.0]
        assert list(cache["a"]) == [1.0]
        assert not cache.is_kept
        with pytest.raises(KeyError):
            cache["b"]


def test_where_the_file_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert vector_cache_path("model-1.0") == tmp_path / "policydiff" / "vectors-model-1.0.sqlite"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert vector_cache_path("m") == tmp_path / "home" / ".cache" / "policydiff" / "vectors-m.sqlite"
    assert os.sep not in vector_cache_path("m").name
