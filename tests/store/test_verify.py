"""Every kind of damage is named, with the document, version or commit it concerns."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from policydiff.store import FaultKind, Store

from .conftest import Clock, entry, git

ID = "shanghai/jingan/plan"
FOLDER = f"documents/{ID}/2021-11-29"


@pytest.fixture
def filled(store: Store, clock: Clock) -> Store:
    store.add_many([entry(), entry(text="旧\n", issued="2018-01-01"), entry(document_id="a/b")])
    clock.tick(days=30)
    store.add(entry(text="新\n", issued="2023-01-01"))
    clock.tick(days=30)
    store.correct(ID, "2018-01-01", "旧，校正\n")
    assert store.verify() == []
    return store


def flip(place: Path, offset: int = 3) -> None:
    data = bytearray(place.read_bytes())
    data[offset % len(data)] ^= 1
    place.chmod(0o644)
    place.write_bytes(bytes(data))


@pytest.mark.parametrize("file", ["source.html", "text.txt", "version.json", "../document.json"])
@pytest.mark.parametrize("recorded", [False, True])
def test_a_flipped_byte_is_named(filled: Store, file: str, recorded: bool) -> None:
    """In the work tree only, or committed by a plain `git commit`."""
    place = filled.folder / FOLDER / file
    flip(place, 20)
    if recorded:
        git(filled.folder, "commit", "-q", "-a", "-m", "tamper")
    path = str(place.resolve().relative_to(filled.folder.resolve()))
    faults = [fault for fault in filled.verify() if fault.path == path]
    expected = FaultKind.REWRITTEN if recorded else FaultKind.CHANGED
    assert expected in {fault.kind for fault in faults}
    assert {fault.id for fault in faults} == {ID}


def test_a_flipped_byte_with_the_same_size_and_time_is_named(filled: Store) -> None:
    """Git itself trusts size and time."""
    place = filled.folder / FOLDER / "source.html"
    import os

    before = place.stat()
    flip(place)
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [fault.path for fault in filled.verify()] == [f"{FOLDER}/source.html"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_flipped_byte_in_gits_objects_is_named(filled: Store, packed: bool) -> None:
    if packed:
        git(filled.folder, "gc", "-q")
        place = next((filled.folder / ".git/objects/pack").glob("*.pack"))
        flip(place, place.stat().st_size // 2)
    else:
        oid = git(filled.folder, "rev-parse", f"HEAD:{FOLDER}/text.txt").strip()
        flip(filled.folder / ".git/objects" / oid[:2] / oid[2:], 12)
    with Store.open(filled.folder) as fresh:
        assert FaultKind.OBJECT in {fault.kind for fault in fresh.verify()}


def test_a_text_changed_together_with_its_hash_is_named(filled: Store) -> None:
    """A careful forger keeps text and record in step; the history still knows."""
    import hashlib

    text = filled.folder / FOLDER / "text.txt"
    text.write_text("第一条　伪造。\n", "utf-8")
    record = filled.folder / FOLDER / "version.json"
    fields = json.loads(record.read_text("utf-8"))
    fields["text_sha256"] = hashlib.sha256(text.read_bytes()).hexdigest()
    record.write_text(json.dumps(fields, ensure_ascii=False), "utf-8")
    git(filled.folder, "commit", "-q", "-a", "-m", "x\n\nPolicydiff-Action: correct")
    assert {(fault.kind, fault.path) for fault in filled.verify()} == {
        (FaultKind.REWRITTEN, f"{FOLDER}/text.txt"),
        (FaultKind.REWRITTEN, f"{FOLDER}/version.json"),
    }


def test_a_removed_version_is_named_with_the_commit_that_removed_it(filled: Store) -> None:
    git(filled.folder, "rm", "-q", "-r", FOLDER)
    git(filled.folder, "commit", "-q", "-m", "remove")
    commit = filled.commit
    faults = filled.verify()
    assert {(fault.kind, fault.version, fault.commit) for fault in faults} == {
        (FaultKind.REMOVED, "2021-11-29", commit)
    }
    git(filled.folder, "revert", "--no-edit", "HEAD")
    assert filled.verify() == [], "put right by a later commit"


def test_a_version_moved_to_another_date_is_named(filled: Store) -> None:
    git(filled.folder, "mv", FOLDER, f"documents/{ID}/2011-11-29")
    git(filled.folder, "commit", "-q", "-m", "move")
    kinds = {(fault.kind, fault.version) for fault in filled.verify()}
    assert (FaultKind.REMOVED, "2021-11-29") in kinds
    assert (FaultKind.DAMAGED, "2011-11-29") in kinds


def _amend(folder: Path) -> None:
    git(folder, "commit", "-q", "--amend", "-m", "amended")


def _reset(folder: Path) -> None:
    git(folder, "reset", "-q", "--hard", "HEAD~2")


def _drop_middle(folder: Path) -> None:
    git(folder, "rebase", "-q", "--onto", "HEAD~2", "HEAD~1")


@pytest.mark.parametrize("rewrite", [_amend, _reset, _drop_middle])
def test_a_rewritten_history_is_named_where_it_was_rewritten(
    filled: Store, rewrite: Callable[[Path], None]
) -> None:
    anchor = filled.commit
    rewrite(filled.folder)
    assert FaultKind.REWRITTEN in {fault.kind for fault in filled.verify()}
    (filled.folder / ".git" / "policydiff" / "recorded").unlink()
    assert FaultKind.REWRITTEN in {fault.kind for fault in filled.verify(anchor=anchor)}


def test_a_rewritten_middle_is_named_in_any_clone(filled: Store, tmp_path: Path) -> None:
    _drop_middle(filled.folder)
    git(tmp_path, "clone", "-q", str(filled.folder), "clone")
    with Store.open(tmp_path / "clone") as clone:
        assert FaultKind.REWRITTEN in {fault.kind for fault in clone.verify()}


def test_an_altered_commit_is_named_in_any_clone(filled: Store, tmp_path: Path) -> None:
    """Its message still promises the files it first recorded."""
    (filled.folder / f"documents/{ID}/2018-01-01/text.txt").write_text("旧，另改\n", "utf-8")
    git(filled.folder, "commit", "-q", "-a", "--amend", "--no-edit")
    git(tmp_path, "clone", "-q", str(filled.folder), "clone")
    with Store.open(tmp_path / "clone") as clone:
        faults = clone.verify()
    assert {FaultKind.REWRITTEN, FaultKind.DAMAGED} <= {fault.kind for fault in faults}


def test_an_anchor_that_holds_is_no_fault(filled: Store) -> None:
    anchor = filled.commit
    filled.add(entry(text="更新\n", issued="2024-01-01"))
    assert filled.verify(anchor=anchor) == []
    assert filled.verify(anchor="0" * 40)[0].kind is FaultKind.REWRITTEN


def test_a_version_that_claims_an_earlier_recording_is_named(filled: Store) -> None:
    """Copied in by hand, with a record that says it had been known for years."""
    source = filled.folder / FOLDER
    target = filled.folder / f"documents/{ID}/2022-05-05"
    target.mkdir()
    for file in source.iterdir():
        (target / file.name).write_bytes(file.read_bytes())
    fields = json.loads((target / "version.json").read_text("utf-8"))
    fields |= {"version": "2022-05-05", "issued": "2022-05-05", "recorded_at": "2022-05-06T00:00:00Z"}
    (target / "version.json").write_text(json.dumps(fields, ensure_ascii=False), "utf-8")
    git(filled.folder, "add", ".")
    git(filled.folder, "commit", "-q", "-m", "Add")
    assert [(fault.kind, fault.version) for fault in filled.verify()] == [(FaultKind.BACKDATED, "2022-05-05")]


def test_a_commit_with_a_date_before_its_parent_is_named(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2020-01-01T00:00:00Z")
    (filled.folder / "documents" / "note.txt").write_text("x")
    git(filled.folder, "add", ".")
    git(filled.folder, "commit", "-q", "-m", "late")
    kinds = {fault.kind for fault in filled.verify()}
    assert kinds == {FaultKind.BACKDATED, FaultKind.UNEXPECTED}


def test_an_evil_merge_is_named(filled: Store) -> None:
    """A merge can change or drop files that neither side touched, and `git log` does not show it."""
    git(filled.folder, "checkout", "-q", "-b", "side", "HEAD~1")
    git(filled.folder, "commit", "-q", "--allow-empty", "-m", "side")
    git(filled.folder, "checkout", "-q", "main")
    git(filled.folder, "merge", "-q", "--no-commit", "--no-ff", "side")
    (filled.folder / FOLDER / "source.html").write_text("evil")
    git(filled.folder, "rm", "-q", "-r", f"documents/{ID}/2018-01-01")
    git(filled.folder, "add", ".")
    git(filled.folder, "commit", "-q", "-m", "merge")
    kinds = {(fault.kind, fault.version) for fault in filled.verify()}
    assert {(FaultKind.REWRITTEN, "2021-11-29"), (FaultKind.REMOVED, "2018-01-01")} <= kinds


@pytest.mark.parametrize("file", ["source.html", "text.txt", "version.json", "../document.json"])
def test_a_missing_file_is_named(filled: Store, file: str) -> None:
    (filled.folder / FOLDER / file).unlink()
    assert [fault.kind for fault in filled.verify()] == [FaultKind.MISSING]


def test_what_is_staged_or_lies_about_unrecorded_is_named(filled: Store) -> None:
    place = filled.folder / FOLDER / "text.txt"
    right = place.read_bytes()
    place.write_text("暂存\n", "utf-8")
    git(filled.folder, "add", ".")
    place.write_bytes(right)
    stray = filled.folder / f"documents/{ID}/2024-01-01"
    stray.mkdir()
    (stray / "text.txt").write_text("x")
    assert [fault.kind for fault in filled.verify()] == [FaultKind.UNRECORDED, FaultKind.UNRECORDED]


def test_a_replaced_object_does_not_hide_the_damage(filled: Store) -> None:
    """`git replace` shows other words to every ordinary git command."""
    oid = git(filled.folder, "rev-parse", f"HEAD:{FOLDER}/text.txt").strip()
    (filled.folder / "other").write_text("别的\n")
    other = git(filled.folder, "hash-object", "-w", "other").strip()
    git(filled.folder, "replace", oid, other)
    assert filled.text(ID, "2021-11-29") == "第一条　正文。\n"
