"""Repositories of the other object format, and a disk that is full."""

import os
import subprocess
from pathlib import Path

import pytest

from policydiff.errors import DiskFullError
from policydiff.store import FaultKind, Store
from policydiff.store.git import is_full

from .conftest import Clock, entry, git

ID = "shanghai/jingan/plan"


@pytest.fixture
def longer_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")


@pytest.mark.usefixtures("longer_ids")
@pytest.mark.parametrize("bare", [False, True], ids=["files", "bare"])
def test_a_repository_with_longer_ids_is_a_store_like_any_other(
    tmp_path: Path, clock: Clock, bare: bool
) -> None:
    with Store.init(tmp_path / "store", clock=clock, bare=bare) as store:
        for year in (2019, 2020):
            store.add(entry(text=f"第一条　{year}。\n", issued=f"{year}-01-02"))
            clock.tick(days=1)
        store.correct(ID, "2019-01-02", "第一条　校正。\n")
        assert store.commit is not None
        assert len(store.commit) == 64
        assert store.verify() == []
        assert store.verify(anchor=store.commit) == []
        assert [each.version for each in store.versions(ID)] == ["2019-01-02", "2020-01-02"]
        assert store.text(ID, "2019-01-02") == "第一条　校正。\n"
        assert len(store.log(ID)) == 3
        assert store.status().unrecorded == ()
    assert not list((tmp_path / "store").rglob("fast_import_crash_*"))


@pytest.mark.usefixtures("longer_ids")
def test_a_forgery_is_named_there_as_well(tmp_path: Path, clock: Clock) -> None:
    with Store.init(tmp_path / "store", clock=clock) as store:
        store.add(entry())
        (store.folder / "documents" / ID / "2021-11-29" / "text.txt").write_text("另\n")
        git(store.folder, "commit", "-q", "-a", "-m", "tidy")
        assert FaultKind.REWRITTEN in {fault.kind for fault in store.verify()}


@pytest.mark.parametrize(
    ("said", "full"),
    [
        ("fatal: write error: No space left on device", True),
        ("error: unable to write file: Out of diskspace", True),
        ("fatal: sha1 file '<stdout>' write error. Out of diskspace", True),
        ("fatal: Disk quota exceeded", True),
        ("error: file write error: No space left on device", True),
        ("fatal: bad object HEAD", False),
        ("error: Permission denied", False),
        ("", False),
    ],
)
def test_a_full_disk_is_told_from_damage(said: str, full: bool) -> None:
    assert is_full(said) is full


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="a file system is mounted")
def test_a_full_disk_has_its_own_error_and_loses_nothing(tmp_path: Path, clock: Clock) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        with Store.init(disk / "store", clock=clock) as store:
            store.add(entry())
            before = store.commit
            with pytest.raises(DiskFullError, match="make room"):
                store.add(entry(text="第一条　另。\n", source=os.urandom(4 << 20)))
            assert store.commit == before
            assert store.verify() == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
