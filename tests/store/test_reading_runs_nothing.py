"""A store made by a stranger is data: whatever its settings say, no command that reads it starts a program.

Each row is one setting under which plain git, in some command, runs a program of the repository's choosing. The store
lacks one object, so that whatever fetches objects on demand is tempted to.
"""

import contextlib
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policydiff.errors import PolicydiffError, UsageError
from policydiff.store import Store

from .conftest import Clock, entry, git

ID = "shanghai/jingan/plan"
PROMISOR = {
    "core.repositoryformatversion": "1",
    "extensions.partialClone": "origin",
    "remote.origin.promisor": "true",
}
ALL = "* filter=x diff=x merge=x text ident working-tree-encoding=UTF-16\n"
Settings = dict[str, str]

SETTINGS: list[tuple[str, Settings]] = [
    ("a filter that stays alive", {"filter.x.process": "RUN"}),
    ("a filter on the way in", {"filter.x.clean": "RUN"}),
    ("a filter on the way out", {"filter.x.smudge": "RUN"}),
    ("a filter that must not fail", {"filter.x.clean": "RUN", "filter.x.required": "true"}),
    ("a filter whose name has dots", {"filter.a.b.clean": "RUN"}),
    ("a text converter", {"diff.x.textconv": "RUN", "diff.x.cachetextconv": "true"}),
    ("a diff program for a kind", {"diff.x.command": "RUN"}),
    ("a diff program for everything", {"diff.external": "RUN"}),
    ("a merge program", {"merge.x.driver": "RUN"}),
    ("a file system monitor", {"core.fsmonitor": "RUN"}),
    ("a file system monitor, older protocol", {"core.fsmonitor": "RUN", "core.fsmonitorHookVersion": "1"}),
    ("hooks from a folder", {"core.hooksPath": "HOOKS"}),
    ("a pager", {"core.pager": "RUN"}),
    ("a pager of one command", {"pager.log": "RUN", "pager.config": "RUN"}),
    ("an editor", {"core.editor": "RUN", "sequence.editor": "RUN"}),
    ("a password prompt", {"core.askPass": "RUN", "credential.helper": "RUN"}),
    ("ssh for a lazy fetch", {**PROMISOR, "remote.origin.url": "ssh://x/y", "core.sshCommand": "RUN"}),
    ("an upload-pack of its own", {**PROMISOR, "remote.origin.url": "HERE", "remote.origin.uploadpack": "RUN"}),
    ("a remote that is a command", {**PROMISOR, "remote.origin.url": "ext::RUN"}),
    ("the same, allowed", {**PROMISOR, "remote.origin.url": "ext::RUN", "protocol.ext.allow": "always"}),
    ("a remote helper", {**PROMISOR, "remote.origin.vcs": "ext", "remote.origin.url": "RUN"}),
    ("a rewritten address", {**PROMISOR, "remote.origin.url": "u:v", "url.ext::RUN.insteadOf": "u:v"}),
    ("a proxy command", {**PROMISOR, "remote.origin.url": "git://x/y", "core.gitProxy": "RUN"}),
    ("a promisor by filter", {**PROMISOR, "remote.origin.url": "ssh://x/y", "remote.origin.partialclonefilter": "blob:none", "core.sshCommand": "RUN"}),
    ("a signing program", {"gpg.program": "RUN", "log.showSignature": "true"}),
    ("a signing program of a format", {"gpg.format": "ssh", "gpg.ssh.program": "RUN"}),
    ("an OpenPGP program", {"gpg.openpgp.program": "RUN"}),
    ("an X.509 program", {"gpg.format": "x509", "gpg.x509.program": "RUN"}),
    ("a key command", {"gpg.ssh.defaultKeyCommand": "RUN"}),
    ("an alias", {"alias.cat-file": "!RUN", "alias.log": "!RUN"}),
    ("references of alternates", {"core.alternateRefsCommand": "RUN"}),
    ("maintenance", {"gc.recentObjectsHook": "RUN", "gc.auto": "1", "maintenance.auto": "true"}),
    ("settings in another file", {"include.path": "INCLUDED"}),
    ("settings on a condition", {"includeIf.gitdir:/**.path": "INCLUDED"}),
    ("trailers", {"trailer.x.command": "RUN", "trailer.x.cmd": "RUN"}),
    ("an update of submodules", {"submodule.x.update": "!RUN", "submodule.recurse": "true"}),
    ("tools", {"diff.tool": "x", "difftool.x.cmd": "RUN", "mergetool.x.cmd": "RUN", "browser.x.cmd": "RUN"}),
    ("a tracing target", {"trace2.eventTarget": "|RUN", "trace2.normalTarget": "CANARY"}),
    ("colours of a command", {"interactive.diffFilter": "RUN"}),
    ("attributes from elsewhere", {"core.attributesFile": "ATTRIBUTES", "filter.x.clean": "RUN"}),
]  # fmt: skip


@pytest.fixture
def stranger(store: Store, tmp_path: Path) -> Path:
    """A store with one object missing, a signature to judge, files whose times differ, and attributes everywhere."""
    for number in range(3):
        store.add(entry(text=f"第一条　每家补助{29 + number}万元。\n", issued=f"20{19 + number}-01-02"))
    folder = store.folder
    for kind in ("PGP SIGNATURE", "SSH SIGNATURE", "SIGNED MESSAGE"):
        head = git(folder, "rev-parse", "HEAD").strip()
        people = git(folder, "cat-file", "commit", "HEAD").partition("author ")[2].partition("\n\n")[0]
        people = "author " + people.partition("\ngpgsig")[0]
        signature = f"gpgsig -----BEGIN {kind}-----\n \n YWJj\n -----END {kind}-----"
        commit = f"tree {git(folder, 'rev-parse', 'HEAD^{tree}').strip()}\nparent {head}\n{people}\n{signature}\n\nx\n"
        made = subprocess.run(
            ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
            cwd=folder, input=commit.encode(), capture_output=True, check=True,
        ).stdout.decode().strip()  # fmt: skip
        git(folder, "update-ref", "HEAD", made)
    lost = git(folder, "rev-parse", f"HEAD:documents/{ID}/2020-01-02/text.txt").strip()
    (folder / ".git" / "objects" / lost[:2] / lost[2:]).unlink(missing_ok=True)
    if list((folder / ".git" / "objects" / "pack").glob("*.pack")):
        pytest.skip("git packed the objects at once: none can be taken out")
    (folder / ".git" / "info" / "attributes").write_text(ALL)
    (folder / ".gitattributes").write_text(ALL)
    for place in (folder / "documents").rglob("*.txt"):
        os.utime(place, (0, 0))
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    script = tmp_path / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch '{tmp_path / 'canary'}'\nexit 1\n")
    script.chmod(0o755)
    for name in (
        "pre-commit", "post-checkout", "post-index-change", "reference-transaction", "post-rewrite",
        "fsmonitor-watchman", "pre-auto-gc", "query-watchman", "post-merge", "sendemail-validate",
    ):  # fmt: skip
        shutil.copy(script, hooks / name)
    assert (hooks / "pre-commit").stat().st_mode & stat.S_IXUSR
    (tmp_path / "included").write_text(f'[core]\n\tfsmonitor = {script}\n[filter "x"]\n\tclean = {script}\n')
    (tmp_path / "attributes").write_text(ALL)
    return folder


def poison(folder: Path, settings: Settings) -> None:
    around = folder.parent
    words = {
        "RUN": str(around / "run.sh"),
        "HOOKS": str(around / "hooks"),
        "HERE": str(folder),
        "INCLUDED": str(around / "included"),
        "ATTRIBUTES": str(around / "attributes"),
        "CANARY": str(around / "canary"),
    }
    for name, value in settings.items():
        written = [name, value]
        for word, meant in words.items():
            written = [part.replace(word, meant) for part in written]
        git(folder, "config", *written)


READING: dict[str, Callable[[Store], object]] = {
    "list": lambda store: store.documents(),
    "versions": lambda store: store.versions(ID),
    "text": lambda store: store.text(ID, "2021-01-02"),
    "the missing text": lambda store: store.text(ID, "2020-01-02"),
    "texts": lambda store: list(store.texts([(ID, "2019-01-02"), (ID, "2020-01-02")])),
    "source": lambda store: store.source(ID, "2021-01-02"),
    "log": lambda store: store.log(ID),
    "status": lambda store: store.status(),
    "verify": lambda store: store.verify(),
    "verify signatures": lambda store: store.verify(signed_by=["a@example.org"], anchor="HEAD"),
    "as of": lambda store: store.documents(as_of=date(2024, 6, 1)),
    "a revision": lambda store: store.at_revision("HEAD~1").documents(),
    "changes": lambda store: store.changed_documents("HEAD~2"),
}


@pytest.mark.parametrize(("reason", "settings"), SETTINGS, ids=[reason for reason, _ in SETTINGS])
def test_no_setting_of_a_store_starts_a_program(stranger: Path, reason: str, settings: Settings) -> None:
    poison(stranger, settings)
    canary = stranger.parent / "canary"
    with Store.open(stranger) as opened:
        for name, read in READING.items():
            with contextlib.suppress(PolicydiffError):
                read(opened)
            assert not canary.exists(), f"{name} ran a program: {reason}"


@pytest.mark.parametrize("filtered", ["process", "smudge"])
def test_what_a_crash_left_is_finished_without_filters(stranger: Path, filtered: str) -> None:
    """A journal in the git folder makes the next opening write files; a stranger's archive may hold one."""
    commit = git(stranger, "rev-parse", "HEAD").strip()
    path = f"documents/{ID}/2021-01-02/text.txt"
    (stranger / ".git" / "policydiff").mkdir(exist_ok=True)
    (stranger / ".git" / "policydiff" / "pending-1").write_bytes(f"{commit}\0{path}\0\0".encode())
    (stranger / path).unlink()
    poison(stranger, {f"filter.x.{filtered}": "RUN", "core.hooksPath": "HOOKS"})
    Store.open(stranger).close()
    assert (stranger / path).exists(), "the crash is healed"
    assert not (stranger.parent / "canary").exists()


CONTROLS: list[tuple[Settings, list[str]]] = [
    ({"filter.x.clean": "RUN"}, ["status"]),
    ({"filter.x.process": "RUN"}, ["status"]),
    ({"core.fsmonitor": "RUN"}, ["status"]),
    ({"gpg.program": "RUN"}, ["log", "--show-signature", "-3"]),
    ({"diff.external": "RUN"}, ["diff", "HEAD~4", "HEAD", "--ext-diff"]),
    ({"include.path": "INCLUDED"}, ["status"]),
    ({**PROMISOR, "remote.origin.url": "ssh://x/y", "core.sshCommand": "RUN"},
     ["cat-file", "-p", f"HEAD:documents/{ID}/2020-01-02/text.txt"]),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "command"), CONTROLS, ids=[next(iter(row[0])) for row in CONTROLS])
def test_plain_git_does_start_them(stranger: Path, settings: Settings, command: list[str]) -> None:
    """The trap works: without this the table above would prove nothing."""
    poison(stranger, settings)
    subprocess.run(["git", *command], cwd=stranger, capture_output=True, check=False)
    assert (stranger.parent / "canary").exists()


@pytest.fixture
def hidden(tmp_path: Path, clock: Clock) -> Path:
    """A repository of somebody with a bare store among its files, as a clone of it looks."""
    project = tmp_path / "clone"
    project.mkdir()
    git(project, "init", "-q")
    with Store.init(project / "policies", bare=True, clock=clock) as store:
        store.add(entry())
    (project / "policies" / "policydiff.toml").write_text("spec_version = 1\n")
    return project / "policies"


def test_a_bare_store_inside_a_work_tree_is_opened_only_when_named_as_such(hidden: Path) -> None:
    with pytest.raises(UsageError, match="bare:"):
        Store.open(hidden)
    with pytest.raises(UsageError, match="bare:"):
        Store.discover(hidden)
    with Store.open(f"bare:{hidden}") as store:
        assert store.documents()[0].id == ID


def test_a_folder_inside_a_hidden_bare_store_is_no_store_either(hidden: Path) -> None:
    inner = hidden / "inner"
    inner.mkdir()
    (inner / "policydiff.toml").write_text("spec_version = 1\n")
    with pytest.raises(PolicydiffError):
        Store.open(inner)


def test_status_names_what_differs_by_its_bytes(store: Store) -> None:
    store.add(entry())
    folder = store.folder / "documents" / ID / "2021-11-29"
    assert store.status().unrecorded == ()
    text = folder / "text.txt"
    old = text.stat()
    text.write_text("第一条　正丈。\n")
    os.utime(text, ns=(old.st_atime_ns, old.st_mtime_ns))
    (folder / "notes.txt").write_text("x")
    (folder / "version.json").unlink()
    assert [path.rpartition("/")[2] for path in store.status().unrecorded] == [
        "notes.txt", "text.txt", "version.json",
    ]  # fmt: skip
