"""The store inside other people's repositories, settings, hooks and checkouts."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
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


COMMIT_HOOKS = (
    "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-merge-commit", "post-checkout",
    "post-index-change", "applypatch-msg", "post-rewrite",
)  # fmt: skip


def put_hook(folder: Path, name: str, script: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    hook = folder / name
    hook.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    hook.chmod(0o755)


@pytest.fixture(params=[".git/hooks", "hooks of ours", "hooks of a bare store"])
def hooked(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[tuple[Store, Path]]:
    """A store and the folder git takes its hooks from: its own, one named by core.hooksPath, a bare repository's."""
    bare = "bare" in request.param
    with Store.init(tmp_path / "hooked", bare=bare, clock=clock) as store:
        folder = store.folder / ("hooks" if bare else ".git/hooks")
        if "ours" in request.param:
            folder = tmp_path / "team" / "hooks"
            git(store.folder, "config", "core.hooksPath", str(folder))
        yield store, folder


@pytest.mark.parametrize("status", [0, 1])
def test_hooks_about_commits_are_not_run(hooked: tuple[Store, Path], tmp_path: Path, status: int) -> None:
    """They are about what a user stages and says: a formatter would change what was captured."""
    store, folder = hooked
    for name in COMMIT_HOOKS:
        put_hook(folder, name, f"echo {name} >> '{tmp_path}/ran'; exit {status}")
    assert store.add(entry()).status is AddStatus.ADDED
    assert store.correct(ID, "2021-11-29", "二\n") is not None
    assert not (tmp_path / "ran").exists()
    assert store.verify() == []


def test_the_hook_about_references_sees_the_branch_move_and_nothing_else(
    hooked: tuple[Store, Path], tmp_path: Path
) -> None:
    store, folder = hooked
    put_hook(folder, "reference-transaction", f"echo $1 >> '{tmp_path}/seen'; cat >> '{tmp_path}/seen'")
    before = store.commit
    commit = store.add(entry()).commit
    lines = [line.split() for line in (tmp_path / "seen").read_text().splitlines()]
    assert {line[0] for line in lines if len(line) == 1} == {"prepared", "committed"}
    assert {tuple(line) for line in lines if len(line) == 3} == {
        (before, commit, "HEAD"),
        (before, commit, "refs/heads/main"),
    }


def test_a_hook_that_forbids_moving_the_branch_is_named(hooked: tuple[Store, Path]) -> None:
    store, folder = hooked
    put_hook(folder, "reference-transaction", "exit 1")
    before = store.commit
    with pytest.raises(WriteConflictError, match="hook"):
        store.add(entry())
    (folder / "reference-transaction").unlink()
    assert store.commit == before
    assert store.verify() == []
    assert store.add(entry()).status is AddStatus.ADDED


def test_hooks_leave_the_rest_of_a_repository_alone(project: Path, clock: Clock, tmp_path: Path) -> None:
    """A formatter that rewrites and stages everything, as pre-commit tools do, is not let at it."""
    before = git(project, "status", "--porcelain")
    put_hook(project / ".git" / "hooks", "pre-commit", "echo formatted > changed.txt; git add -A")
    with Store.init(project / "corpus", clock=clock) as store:
        store.add(entry())
        assert store.verify() == []
    assert git(project, "status", "--porcelain") == before


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


# What git puts into the environment of its hooks, and what people put there.
OF_A_HOOK = [
    {"GIT_DIR": ".git"},
    {"GIT_DIR": ".git", "GIT_WORK_TREE": "."},
    {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index"},
    {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/next-index-1.lock", "GIT_WORK_TREE": "."},
    {"GIT_INDEX_FILE": ".git/index"},
    {"GIT_OBJECT_DIRECTORY": ".git/objects"},
    {"GIT_OBJECT_DIRECTORY": ".git/objects/incoming-x"},
    {"GIT_COMMON_DIR": ".git"},
    {"GIT_WORK_TREE": "."},
    {"GIT_DIR": "nowhere"},
]


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("variables", OF_A_HOOK, ids=" ".join)
def test_a_store_made_in_a_hook_is_in_no_other_repository(
    variables: dict[str, str],
    bare: bool,
    project: Path,
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = [git(project, "log", "--format=%H", "--all"), git(project, "status", "--porcelain")]
    with monkeypatch.context() as hook:
        for name, value in variables.items():
            hook.setenv(name, str(project / value))
        if bare and "GIT_WORK_TREE" in variables:
            with pytest.raises(UsageError, match="GIT_WORK_TREE"):  # git makes no bare repository then
                Store.init(tmp_path / "fresh", bare=bare, clock=clock)
            return
        with Store.init(tmp_path / "fresh", bare=bare, clock=clock) as made:
            made.add(entry())
            assert made.verify() == []
    with Store.open(tmp_path / "fresh") as made:
        assert [each.id for each in made.documents()] == [ID]
        assert made.verify() == []
    assert [git(project, "log", "--format=%H", "--all"), git(project, "status", "--porcelain")] == before
    # Folder of a repository that the environment does not name: the store lies in that one.
    git(tmp_path, "init", "--quiet", "around")
    with monkeypatch.context() as hook:
        for name, value in variables.items():
            hook.setenv(name, str(project / value))
        with Store.init(tmp_path / "around" / "policies", clock=clock) as made:
            made.add(entry())
    assert "policies/documents" in git(tmp_path / "around", "ls-tree", "-r", "--name-only", "HEAD")
    assert [git(project, "log", "--format=%H", "--all"), git(project, "status", "--porcelain")] == before


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
    # Who is believed is for the user to say, not for the repository.
    git(store.folder, "config", "--global", "gpg.ssh.allowedSignersFile", str(tmp_path / "signers"))
    for signer in (listed, "archivist@example.org"):
        assert [fault.commit for fault in store.verify(signed_by=[signer])] == [unsigned]
    assert {fault.commit for fault in store.verify(signed_by=["other@example.org"])} == {unsigned, signed}


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A GnuPG home of its own, with one key that has no passphrase."""
    if shutil.which("gpg") is None or shutil.which("gpgconf") is None:
        pytest.skip("GnuPG (gpg, gpgconf) is not installed: OpenPGP signatures are not tested here")
    # The agent's socket lies in the home, and the path of a socket must be short.
    with tempfile.TemporaryDirectory(prefix="gpg-", ignore_cleanup_errors=True) as home:
        monkeypatch.setenv("GNUPGHOME", home)
        make = ["gpg", "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", ""]
        subprocess.run(
            [*make, "--quick-generate-key", "档案员 <archivist@example.org>", "ed25519", "sign", "never"],
            check=True,
            capture_output=True,
        )
        yield Path(home)
        monkeypatch.setenv("GNUPGHOME", home)
        subprocess.run(["gpgconf", "--kill", "all"], check=True, capture_output=True)


def test_commits_are_signed_by_gnupg(
    store: Store, keyring: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = subprocess.run(
        ["gpg", "--list-keys", "--with-colons"], check=True, capture_output=True, text=True
    ).stdout
    fingerprint = next(line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr:"))
    unsigned = store.add(entry()).commit
    for name, value in (("user.signingkey", fingerprint), ("commit.gpgsign", "true")):
        git(store.folder, "config", name, value)
    signed = store.add(entry(text="二\n")).commit
    assert signed is not None
    assert "gpgsig -----BEGIN PGP SIGNATURE-----" in git(store.folder, "cat-file", "commit", signed)
    for signer in (fingerprint, fingerprint.lower(), "archivist@example.org"):
        assert [fault.commit for fault in store.verify(signed_by=[signer])] == [unsigned]
    assert {fault.commit for fault in store.verify(signed_by=["other@example.org"])} == {unsigned, signed}
    assert store.verify() == []
    (tmp_path / "empty").mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(tmp_path / "empty"))
    with Store.open(store.folder) as stranger:
        # Who has not the public key can prove nothing, and is told so of each commit.
        assert {fault.commit for fault in stranger.verify(signed_by=[fingerprint])} == {unsigned, signed}
        before = stranger.commit
        with pytest.raises(WriteConflictError, match="sign"):
            stranger.add(entry(text="三\n"))
        assert stranger.commit == before


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
        unseen = shallow.verify()
        assert [fault.kind for fault in unseen] == [FaultKind.UNCHECKED]
        assert "fetch --unshallow" in unseen[0].message
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


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("on a branch", False),
        ("on another branch", False),
        ("on the detached commit", True),
        ("on an older commit", True),
        ("on a tag", True),
        ("in a work tree without a branch", True),
    ],
)
def test_a_record_that_no_branch_keeps_is_said(state: str, told: bool, tmp_path: Path, clock: Clock) -> None:
    """Once for the write, whatever it records: the next checkout leaves such a commit behind, and git removes it later."""
    folder = tmp_path / "store"
    with Store.init(folder, clock=clock) as store:
        store.add(entry())
    how = {
        "on another branch": ("switch", "-q", "-c", "other"),
        "on the detached commit": ("checkout", "-q", "--detach"),
        "on an older commit": ("checkout", "-q", "HEAD~1"),
        "in a work tree without a branch": ("worktree", "add", "-q", "--detach", str(tmp_path / "second")),
    }
    if state == "on a tag":
        git(folder, "tag", "v1")
        git(folder, "checkout", "-q", "v1")
    elif state in how:
        git(folder, *how[state])
    with Store.open(tmp_path / "second" if "work tree" in state else folder) as store:
        outcomes = store.add_many([entry(text="二\n"), entry("shanghai/jingan/other", text="三\n")])
    assert [outcome.status for outcome in outcomes] == [AddStatus.ADDED, AddStatus.ADDED]
    said = [note for outcome in outcomes for note in outcome.notes if "on no branch" in note]
    assert len(said) == told
    assert all(outcomes[0].commit[:12] in note for note in said if outcomes[0].commit)
