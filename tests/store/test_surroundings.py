"""The store inside other people's repositories, settings, hooks and checkouts."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from policydiff.errors import NotFoundError, UsageError, WriteConflictError
from policydiff.store import AddStatus, FaultKind, Store

from .conftest import Clock, entry, git

ID = "shanghai/jingan/plan"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with other things in it: committed, staged, changed, untracked."""
    folder = tmp_path / '项目 "one"'
    folder.mkdir()
    git(folder, "init", "-q")
    for name in ("kept.txt", "staged.txt", "changed.txt"):
        (folder / name).write_text("1\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "start")
    (folder / "staged.txt").write_text("2\n")
    git(folder, "add", "staged.txt")
    (folder / "changed.txt").write_text("2\n")
    (folder / "untracked.txt").write_text("2\n")
    return folder


def test_a_folder_of_a_repository_leaves_the_rest_untouched(project: Path, clock: Clock) -> None:
    before = git(project, "status", "--porcelain")
    with Store.init(project / "语料", clock=clock) as store:
        store.add(entry())
        store.add(entry(text="二\n"))
        assert store.verify() == []
        assert store.text(ID, "2021-11-29.2") == "二\n"
    assert git(project, "status", "--porcelain") == before
    assert git(project, "diff", "--cached", "--name-only").split() == ["staged.txt"]
    with Store.open(project / "语料") as again, Store.discover(project / "语料" / "documents" / ID) as found:
        assert again.documents() == found.documents()


def test_a_clone_reads_without_writing_anything(project: Path, tmp_path: Path, clock: Clock) -> None:
    with Store.init(project / "corpus", clock=clock) as store:
        store.add(entry())
    git(tmp_path, "clone", "-q", str(project), "clone")
    files = _everything(tmp_path / "clone")
    with Store.open(tmp_path / "clone" / "corpus") as store:
        store.documents(), store.resolve(ID), store.text(ID, "2021-11-29"), store.log(ID), store.verify()
    assert _everything(tmp_path / "clone") == files


def _everything(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}


def test_a_bare_repository_serves(tmp_path: Path, clock: Clock) -> None:
    with Store.init(tmp_path / "server.git", bare=True, clock=clock) as store:
        assert store.add(entry()).status is AddStatus.ADDED
        assert store.add(entry()).status is AddStatus.UNCHANGED
        assert store.verify() == []
    with Store.open(tmp_path / "server.git") as store:
        assert store.text(ID, "2021-11-29") == "第一条　正文。\n"
        with pytest.raises(UsageError):
            store.correct(ID, "2021-11-29")


def test_an_unborn_branch_and_staged_files(tmp_path: Path, clock: Clock) -> None:
    git(tmp_path, "init", "-q", "new")
    (tmp_path / "new" / "a.txt").write_text("1\n")
    git(tmp_path / "new", "add", "a.txt")
    with Store.init(tmp_path / "new", clock=clock) as store:
        store.add(entry())
    assert git(tmp_path / "new", "status", "--porcelain") == "A  a.txt\n"


def test_existing_rules_of_the_folder_are_kept(tmp_path: Path, clock: Clock) -> None:
    git(tmp_path, "init", "-q", "own")
    (tmp_path / "own" / ".gitignore").write_text("*.tmp")
    with Store.init(tmp_path / "own", clock=clock) as store:
        store.add(entry())
    assert "*.tmp\n/.policydiff/\n" in git(tmp_path / "own", "show", "HEAD:.gitignore")


@pytest.mark.parametrize(
    "settings",
    [
        ["core.autocrlf=true", "core.safecrlf=true"],
        ["core.eol=crlf"],
        ["core.quotePath=true"],
        ["core.ignorecase=true"],
        ["core.fsmonitor=/nowhere/hook"],
        ["core.untrackedCache=true", "index.version=4"],
        ["core.splitIndex=true"],
        ["core.logAllRefUpdates=false"],
        ["i18n.commitEncoding=GBK", "i18n.logOutputEncoding=GBK"],
        ["log.showSignature=true", "log.date=relative", "color.ui=always"],
        ["diff.noprefix=true", "diff.renames=copies", "status.relativePaths=true", "status.short=true"],
        ["fastimport.unpackLimit=1"],
        ["core.hooksPath=/nowhere"],
    ],
)
def test_unusual_settings(store: Store, settings: list[str]) -> None:
    for setting in settings:
        git(store.folder, "config", *setting.split("=", 1))
    windows = entry(text="一\r\n二\n三\r\n", source="甲\r\n乙\n".encode())
    store.add(windows)
    store.correct(ID, "2021-11-29", "一\r\n二\n")
    checked_out = store.folder / "documents" / ID / "2021-11-29"
    assert (checked_out / "text.txt").read_bytes() == "一\r\n二\n".encode()
    assert (checked_out / "source.html").read_bytes() == windows.source
    assert store.verify() == []
    assert store.status().unrecorded == ()
    assert len(store.log(ID)) == 2


def test_line_ends_survive_a_clone_with_autocrlf(store: Store, tmp_path: Path) -> None:
    store.add(entry(text="一\n二\n"))
    git(
        tmp_path,
        "-c",
        "core.autocrlf=true",
        "clone",
        "-q",
        "--config",
        "core.autocrlf=true",
        str(store.folder),
        "clone",
    )
    with Store.open(tmp_path / "clone") as clone:
        assert clone.verify() == []


def test_hooks_of_the_user_neither_fail_nor_change_a_recording(store: Store) -> None:
    for name in ("pre-commit", "post-checkout", "post-index-change"):
        hook = store.folder / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nexit 1\n")
        hook.chmod(0o755)
    assert store.add(entry()).status is AddStatus.ADDED
    assert store.verify() == []


def test_a_hook_that_forbids_moving_the_branch_is_named(store: Store) -> None:
    hook = store.folder / ".git" / "hooks" / "reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    before = store.commit
    with pytest.raises(WriteConflictError, match="hook"):
        store.add(entry())
    hook.unlink()
    assert store.commit == before
    assert store.verify() == []


def test_run_from_a_hook_of_another_repository(
    store: Store, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git tells its hooks which repository they run for; the store asked for may be another."""
    monkeypatch.setenv("GIT_DIR", str(project / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(project / ".git" / "index"))
    with Store.open(store.folder) as seen:
        seen.add(entry())
        assert seen.verify() == []
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert store.documents()[0].id == ID
    assert git(project, "log", "--format=%s") == "start\n"


@pytest.fixture
def signing_key(tmp_path: Path) -> Path:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    return tmp_path / "key"


def test_commits_are_signed_where_git_signs(store: Store, signing_key: Path, tmp_path: Path) -> None:
    unsigned = store.add(entry()).commit
    public = signing_key.with_suffix(".pub").read_text()
    for name, value in (
        ("gpg.format", "ssh"),
        ("user.signingkey", str(signing_key)),
        ("commit.gpgsign", "true"),
    ):
        git(store.folder, "config", name, value)
    signed = store.add(entry(text="二\n")).commit
    assert signed is not None
    assert "gpgsig -----BEGIN SSH SIGNATURE-----" in git(store.folder, "cat-file", "commit", signed)
    faults = store.verify(signed_by=[public])
    assert [(fault.kind, fault.commit) for fault in faults] == [(FaultKind.UNSIGNED, unsigned)]
    listed = subprocess.run(
        ["ssh-keygen", "-lf", str(signing_key) + ".pub"], capture_output=True, text=True, check=True
    ).stdout.split()[1]
    (tmp_path / "signers").write_text(f"archivist@example.org {public}")
    git(store.folder, "config", "gpg.ssh.allowedSignersFile", str(tmp_path / "signers"))
    for signer in (listed, "archivist@example.org"):
        assert [fault.commit for fault in store.verify(signed_by=[signer])] == [unsigned]
    assert {fault.commit for fault in store.verify(signed_by=["other@example.org"])} == {unsigned, signed}


def test_a_key_that_is_missing_records_nothing(store: Store) -> None:
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", "/nowhere"), ("commit.gpgsign", "true")):
        git(store.folder, "config", name, value)
    before = store.commit
    with pytest.raises(WriteConflictError, match="sign"):
        store.add(entry())
    assert store.commit == before


def test_a_detached_head_moves_and_no_branch_does(store: Store) -> None:
    store.add(entry())
    git(store.folder, "checkout", "-q", "--detach")
    branch = git(store.folder, "rev-parse", "main")
    store.add(entry(text="二\n"))
    assert git(store.folder, "rev-parse", "main") == branch
    assert git(store.folder, "rev-parse", "HEAD").strip() == store.commit != branch.strip()
    assert store.verify() == []


def test_a_linked_work_tree_records_on_its_own_branch(store: Store, tmp_path: Path, clock: Clock) -> None:
    store.add(entry())
    git(store.folder, "worktree", "add", "-q", "-b", "side", str(tmp_path / "linked"))
    with Store.open(tmp_path / "linked", clock=clock) as linked:
        linked.add(entry(text="二\n"))
        assert linked.verify() == []
    assert len(store.versions(ID)) == 1
    assert store.verify() == []
    assert (
        git(store.folder, "status", "--porcelain") == git(tmp_path / "linked", "status", "--porcelain") == ""
    )


def test_a_shallow_clone_reads_writes_and_says_where_its_history_ends(
    store: Store, tmp_path: Path, clock: Clock
) -> None:
    store.add(entry())
    clock.tick(days=10)
    store.add(entry(text="二\n"))
    git(tmp_path, "clone", "-q", "--depth", "1", store.folder.as_uri(), "shallow")
    with Store.open(tmp_path / "shallow", clock=clock) as shallow:
        assert len(shallow.versions(ID)) == 2
        shallow.add(entry(text="三\n"))
        assert shallow.verify() == []
        with pytest.raises(NotFoundError, match="unshallow"):
            shallow.versions(ID, as_of=clock.now.replace(day=2))


def test_two_runs_merge_without_conflict(store: Store, tmp_path: Path, clock: Clock) -> None:
    store.add(entry())
    git(tmp_path, "clone", "-q", str(store.folder), "other")
    with Store.open(tmp_path / "other", clock=clock) as other:
        other.add(entry(text="旧\n", issued="2010-01-01"))
    store.add(entry(text="新\n", issued="2023-01-01"))
    git(store.folder, "pull", "-q", "--no-rebase", "--no-edit", str(tmp_path / "other"))
    assert [record.version for record in store.versions(ID)] == ["2010-01-01", "2021-11-29", "2023-01-01"]
    assert store.verify() == []


def test_words_of_the_users_own_are_never_overwritten(store: Store) -> None:
    store.add(entry())
    identity = store.folder / "documents" / ID / "document.json"
    identity.write_text("my notes")
    store.meta(store.identity(ID).model_copy(update={"jurisdiction": "310106"}))
    assert identity.read_text() == "my notes"
    assert store.identity(ID).jurisdiction == "310106"


def test_a_link_in_the_way_is_not_followed(store: Store, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (store.folder / "documents").symlink_to(tmp_path / "outside")
    store.add(entry())
    assert list((tmp_path / "outside").iterdir()) == []
    assert store.verify() == []


def test_a_repository_without_identity_still_records(store: Store, plain_git: Path) -> None:
    plain_git.write_text("[user]\n\tuseConfigOnly = true\n")
    with Store.open(store.folder) as nameless:
        nameless.add(entry())
    assert git(store.folder, "log", "-1", "--format=%an") == "policydiff\n"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs to give a folder to another user")
def test_a_repository_of_another_user_is_explained(store: Store) -> None:
    store.add(entry())
    for path in (store.folder, store.folder / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(UsageError, match=r"safe\.directory"):
        Store.open(store.folder)


def test_no_git_on_the_path_is_explained(store: Store, tmp_path: Path) -> None:
    script = "import sys; from policydiff.store import Store; Store.open(sys.argv[1])"
    environment = {"PATH": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    import sys

    done = subprocess.run(
        [sys.executable, "-c", script, str(store.folder)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "UsageError: git was not found on the PATH" in done.stderr


@pytest.mark.parametrize("kind", ["missing", "file", "empty", "repository"])
def test_a_folder_that_is_no_store_is_named(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "place"
    if kind == "file":
        place.write_text("x")
    elif kind != "missing":
        place.mkdir()
    if kind == "repository":
        git(place, "init", "-q")
    with pytest.raises(NotFoundError, match="place"):
        Store.open(place)


def test_a_store_outside_git_is_named(tmp_path: Path) -> None:
    (tmp_path / "policydiff.toml").write_text("spec_version = 1\n")
    with pytest.raises(NotFoundError, match="git repository"):
        Store.open(tmp_path)


def test_a_newer_store_is_refused(store: Store) -> None:
    (store.folder / "policydiff.toml").write_text("spec_version = 99\n")
    with pytest.raises(UsageError, match="newer"):
        Store.open(store.folder)


def test_a_store_is_made_only_once(store: Store) -> None:
    with pytest.raises(UsageError, match="already"):
        Store.init(store.folder)
