"""What a repository's settings and the caller's environment may not change: no program starts, nothing is fetched, and what is read stays the same.

Settings come with an archive that somebody unpacked; variables come from the job that calls. Each row is read by every reading way;
the answers are held against those of the same store without it. A typed refusal is an answer too where a row says so.
"""

import contextlib
import os
import random
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policydiff.errors import PolicydiffError
from policydiff.store import FaultKind, Store

from .conftest import entry, git
from .forging import Forge, honest_store
from .forging_more import a_tree_with_one_name_twice
from .test_reading_runs_nothing import PROMISOR, READING, Settings, poison, stranger  # noqa: F401 (a fixture)

PROGRAMS: list[tuple[str, Settings]] = [
    ("a hook for packing", {"uploadpack.packObjectsHook": "RUN"}),
    ("a helper for one address", {**PROMISOR, "remote.origin.url": "https://x.invalid/y", "credential.https://x.invalid.helper": "!RUN"}),
    ("a template folder", {"init.templateDir": "HOOKS"}),
    ("a work tree elsewhere", {"core.worktree": "/"}),
    ("a filter by its old name", {"filter.x.smudge": "RUN %f", "filter.x.clean": "RUN %f", "filter.x.process": "RUN"}),
    ("settings of a work tree", {"core.repositoryformatversion": "1", "extensions.worktreeConfig": "true"}),
    ("a second remote that promises", {"core.repositoryformatversion": "1", "extensions.partialClone": "b", "remote.b.promisor": "true", "remote.b.url": "ssh://x/y", "core.sshCommand": "RUN"}),
    ("a push address that is a command", {**PROMISOR, "remote.origin.url": "HERE", "remote.origin.pushurl": "ext::RUN"}),
    ("a remote group", {"remotes.default": "origin", "remote.origin.url": "ext::RUN", "protocol.allow": "always"}),
    ("a bundle", {**PROMISOR, "fetch.bundleURI": "ext::RUN", "remote.origin.url": "ext::RUN"}),
    ("a receiving pack", {**PROMISOR, "remote.origin.url": "HERE", "remote.origin.receivepack": "RUN"}),
    ("a driver for every file", {"diff.default.command": "RUN", "diff.x.funcname": "a"}),
    ("settings on a branch", {"includeIf.onbranch:**.path": "INCLUDED"}),
    ("settings on a remote", {"remote.origin.url": "u:v", "includeIf.hasconfig:remote.*.url:**.path": "INCLUDED"}),
    ("a manual viewer", {"man.viewer": "x", "man.x.cmd": "RUN", "help.format": "web", "web.browser": "x", "browser.x.cmd": "RUN"}),
    ("a GUI tool", {"guitool.x.cmd": "RUN", "gui.encoding": "x"}),
    ("a mail program", {"sendemail.smtpServer": "RUN", "sendemail.toCmd": "RUN"}),
    ("a web server", {"instaweb.httpd": "RUN", "instaweb.browser": "RUN"}),
    ("an object that git should replace", {"core.useReplaceRefs": "true", "core.sshCommand": "RUN"}),
    ("tracing to a file", {"trace2.perfTarget": "CANARY", "trace2.eventTarget": "CANARY"}),
]  # fmt: skip
"""Beside the forty of `test_reading_runs_nothing`."""

ANSWERS: list[tuple[str, Settings]] = [
    ("dates in words", {"log.date": "relative", "format.pretty": "oneline"}),
    ("short ids", {"core.abbrev": "4", "log.abbrevCommit": "true"}),
    ("renames and copies", {"diff.renames": "copies", "diff.renameLimit": "0", "log.follow": "true"}),
    ("an order of files", {"diff.orderFile": "ATTRIBUTES"}),
    ("no prefix", {"diff.noprefix": "true", "diff.mnemonicPrefix": "true", "diff.relative": "true"}),
    ("colours", {"color.ui": "always", "color.diff": "always", "color.status": "always"}),
    ("columns", {"column.ui": "always"}),
    ("another encoding", {"i18n.logOutputEncoding": "GB18030", "i18n.commitEncoding": "UTF-16"}),
    ("quoted paths", {"core.quotePath": "true"}),
    ("no case", {"core.ignoreCase": "true", "core.precomposeUnicode": "true"}),
    ("no modes", {"core.fileMode": "false", "core.symlinks": "false", "core.trustctime": "false"}),
    ("line ends", {"core.autocrlf": "true", "core.eol": "crlf", "core.safecrlf": "true"}),
    ("hidden files", {"core.excludesFile": "ATTRIBUTES", "status.showUntrackedFiles": "no"}),
    ("roots not shown", {"log.showRoot": "false", "log.diffMerges": "off"}),
    ("names of people", {"mailmap.file": "INCLUDED", "mailmap.blob": "HEAD:policydiff.toml", "log.mailmap": "true"}),
    ("notes", {"notes.displayRef": "refs/notes/*", "core.notesRef": "refs/notes/x"}),
    ("files as big", {"core.bigFileThreshold": "1", "core.compression": "0", "core.deltaBaseCacheLimit": "1"}),
    ("another index", {"core.splitIndex": "true", "core.untrackedCache": "true", "index.version": "4"}),
    ("prefetched", {"feature.manyFiles": "true", "feature.experimental": "true"}),
    ("damage ignored", {"fsck.badTree": "ignore", "fsck.missingTree": "ignore", "fsck.badDate": "ignore"}),
    ("a default branch", {"init.defaultBranch": "elsewhere", "checkout.defaultRemote": "x"}),
    ("an alias for reading", {"alias.rev-list": "!RUN", "alias.diff-tree": "!RUN", "alias.ls-tree": "!RUN"}),
    ("submodules ignored", {"diff.ignoreSubmodules": "all", "submodule.active": "*"}),
    ("warnings", {"advice.detachedHead": "true", "core.checkRoundtripEncoding": "UTF-16"}),
]  # fmt: skip

Environment = dict[str, str]
VARIABLES: list[tuple[str, Environment]] = [
    ("a diff program", {"GIT_EXTERNAL_DIFF": "RUN"}),
    ("ssh", {"GIT_SSH": "RUN", "GIT_SSH_COMMAND": "RUN", "GIT_NO_LAZY_FETCH": "0"}),
    ("protocols", {"GIT_ALLOW_PROTOCOL": "ext:ssh:file", "GIT_NO_LAZY_FETCH": "0", "GIT_SSH_COMMAND": "RUN"}),
    ("prompts", {"GIT_ASKPASS": "RUN", "SSH_ASKPASS": "RUN", "GIT_TERMINAL_PROMPT": "1"}),
    ("editors and pagers", {"GIT_EDITOR": "RUN", "GIT_SEQUENCE_EDITOR": "RUN", "GIT_PAGER": "RUN", "PAGER": "RUN"}),
    ("a proxy", {"GIT_PROXY_COMMAND": "RUN"}),
    ("settings by number", {"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": "RUN", "GIT_CONFIG_KEY_1": "filter.x.clean", "GIT_CONFIG_VALUE_1": "RUN"}),
    ("settings by parameters", {"GIT_CONFIG_PARAMETERS": "'core.fsmonitor=RUN' 'diff.external=RUN'"}),
    ("another file of settings", {"GIT_CONFIG_GLOBAL": "INCLUDED", "GIT_CONFIG_SYSTEM": "INCLUDED"}),
    ("grafts and replacements", {"GIT_GRAFT_FILE": "ATTRIBUTES", "GIT_REPLACE_REF_BASE": "refs/heads/", "GIT_NO_REPLACE_OBJECTS": "0"}),
    ("attributes of a commit", {"GIT_ATTR_SOURCE": "HEAD", "GIT_ATTR_NOSYSTEM": "0"}),
    ("pathspecs by pattern", {"GIT_GLOB_PATHSPECS": "1"}),
    ("pathspecs without case", {"GIT_ICASE_PATHSPECS": "1"}),
    ("pathspecs without pattern", {"GIT_NOGLOB_PATHSPECS": "1"}),
    ("a namespace", {"GIT_NAMESPACE": "elsewhere"}),
    ("a shallow file", {"GIT_SHALLOW_FILE": "ATTRIBUTES"}),
    ("options of diff", {"GIT_DIFF_OPTS": "-u0"}),
    ("another hash", {"GIT_DEFAULT_HASH": "sha256"}),
    ("where to stop", {"GIT_CEILING_DIRECTORIES": "AROUND"}),
    ("another repository", {"GIT_DIR": "OTHER/.git"}),
    ("another work tree", {"GIT_WORK_TREE": "OTHER"}),
    ("another index", {"GIT_INDEX_FILE": "OTHER/.git/index"}),
    ("other objects", {"GIT_OBJECT_DIRECTORY": "OTHER/.git/objects"}),
    ("another common folder", {"GIT_COMMON_DIR": "OTHER/.git"}),
    ("further objects", {"GIT_ALTERNATE_OBJECT_DIRECTORIES": "OTHER/.git/objects"}),
    ("words of another language", {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "GIT_ADVICE": "0"}),
    ("a prefix", {"GIT_PREFIX": "elsewhere/"}),
]  # fmt: skip


def answers(folder: Path) -> dict[str, object]:
    """Return what every reading way answers, refusals by their kind."""
    told: dict[str, object] = {}
    with Store.open(folder) as store:
        for name, read in READING.items():
            try:
                told[name] = str(read(store))
            except PolicydiffError as error:
                told[name] = type(error).__name__
    return told


def placed(folder: Path, value: str) -> str:
    around = folder.parent
    for word, meant in (
        ("RUN", around / "run.sh"), ("INCLUDED", around / "included"), ("ATTRIBUTES", around / "empty"),
        ("AROUND", around), ("OTHER", around / "other"),
    ):  # fmt: skip
        value = value.replace(word, str(meant))
    return value


@pytest.mark.parametrize(("reason", "settings"), PROGRAMS, ids=[reason for reason, _ in PROGRAMS])
def test_no_further_setting_starts_a_program(stranger: Path, reason: str, settings: Settings) -> None:  # noqa: F811
    poison(stranger, settings)
    (stranger / ".git" / "config.worktree").write_text((stranger.parent / "included").read_text())
    (stranger / ".gitmodules").write_text('[submodule "x"]\n\tpath = x\n\turl = ext::RUN\n\tupdate = !RUN\n')
    canary = stranger.parent / "canary"
    try:
        opened = Store.open(stranger)
    except PolicydiffError:
        assert not canary.exists()
        return
    with opened:
        for name, read in READING.items():
            with contextlib.suppress(PolicydiffError):
                read(opened)
            assert not canary.exists(), f"{name} ran a program: {reason}"


@pytest.mark.parametrize(("reason", "settings"), ANSWERS, ids=[reason for reason, _ in ANSWERS])
def test_no_setting_changes_what_is_read(stranger: Path, reason: str, settings: Settings) -> None:  # noqa: F811
    before = answers(stranger)
    (stranger.parent / "attributes").write_text("\n")
    poison(stranger, settings)
    assert answers(stranger) == before, reason
    assert not (stranger.parent / "canary").exists()


@pytest.mark.parametrize(("reason", "variables"), VARIABLES, ids=[reason for reason, _ in VARIABLES])
def test_no_variable_changes_what_is_read(
    stranger: Path,  # noqa: F811
    reason: str,
    variables: Environment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A job may run inside a hook of another repository, or with the variables of a wrapper."""
    (stranger.parent / "empty").write_text("")
    other = stranger.parent / "other"
    other.mkdir()
    git(other, "init", "-q")
    git(other, "commit", "-q", "--allow-empty", "-m", "x")
    before = answers(stranger)
    for name, value in variables.items():
        monkeypatch.setenv(name, placed(stranger, value))
    assert answers(stranger) == before, reason
    assert not (stranger.parent / "canary").exists()


def test_nothing_is_fetched(stranger: Path) -> None:  # noqa: F811
    """A promisor on the web: no connection is made, whatever is asked for."""
    called = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                with contextlib.suppress(OSError):
                    server.accept()[0].close()
                    called.set()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            for scheme in ("http", "git", "https"):
                poison(
                    stranger,
                    {
                        **PROMISOR,
                        "remote.origin.url": f"{scheme}://127.0.0.1:{server.getsockname()[1]}/x.git",
                    },
                )
                answers(stranger)
        finally:
            ended.set()
            thread.join()
    assert not called.is_set()


def _alternates(folder: Path) -> None:
    (folder / ".git" / "objects" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "objects" / "info" / "alternates").write_text(
        "/nonexistent/objects\n../../../other/.git/objects\n"
    )


def _index_gone(folder: Path) -> None:
    (folder / ".git" / "index").unlink()


def _loose_mailmap(folder: Path) -> None:
    (folder / ".mailmap").write_text("Somebody <a@example.org> <t@example.org>\n")


def _excluded(folder: Path) -> None:
    (folder / ".git" / "info" / "exclude").write_text("*\n!.gitattributes\n")


def _hooks_in_place(folder: Path) -> None:
    for hook in (folder.parent / "hooks").iterdir():
        place = folder / ".git" / "hooks" / hook.name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(hook.read_bytes())
        place.chmod(0o755)


def _packed_nonsense(folder: Path) -> None:
    (folder / ".git" / "packed-refs").write_text(
        f"# pack-refs with: peeled\n{'1' * 40} refs/heads/other\n^{'2' * 40}\n"
    )


FILES: tuple[Callable[[Path], None], ...] = (
    _alternates, _loose_mailmap, _excluded, _hooks_in_place, _packed_nonsense, _index_gone,
)  # fmt: skip


SAID: dict[Callable[[Path], None], set[str]] = {
    **{put: set[str]() for put in FILES},
    # Without an index all files look as if they were not recorded.
    _index_gone: {"status", "verify", "verify signatures"},
    # Objects that lie nowhere, and a branch that leads to none.
    _alternates: {"verify"},
    _packed_nonsense: {"verify"},
}


@pytest.mark.parametrize("put", FILES, ids=lambda put: put.__name__.strip("_"))
def test_no_file_of_the_git_folder_changes_what_is_read(stranger: Path, put: Callable[[Path], None]) -> None:  # noqa: F811
    before = answers(stranger)
    put(stranger)
    after = answers(stranger)
    differing = {name for name in before if before[name] != after[name]}
    assert differing <= SAID[put], "what is missing is said"
    assert not (stranger.parent / "canary").exists()


def test_settings_do_not_silence_the_check_of_objects(tmp_path: Path) -> None:
    """An archive may say that a tree with one name twice is no fault."""
    folder = tmp_path / "forged"
    chance = random.Random(3)
    forge = Forge(folder, honest_store(folder, chance), chance)
    forge.publish(a_tree_with_one_name_twice(forge))
    forge.repository.close()
    for name in ("fsck.duplicateEntries", "fsck.treeNotSorted", "fsck.badDate"):
        git(folder, "config", name, "ignore")
    with Store.open(folder) as opened:
        assert FaultKind.OBJECT in {fault.kind for fault in opened.verify()}


def test_skipped_objects_are_not_called_sound(store: Store, tmp_path: Path) -> None:
    store.add(entry())
    (tmp_path / "skipped").write_text("")
    git(store.folder, "config", "fsck.skipList", str(tmp_path / "skipped"))
    assert [fault.kind for fault in store.verify()] == [FaultKind.UNCHECKED]


def test_objects_that_a_push_brings_are_seen_by_a_hook(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git keeps them in a folder inside the repository's own and says so by a variable: that one holds."""
    store.add(entry())
    apart = store.folder / ".git" / "objects" / "tmp_objdir-incoming-x"
    apart.mkdir()
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(apart))
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(store.folder / ".git" / "objects"))
    with Store.open(store.folder) as opened:
        assert len(opened.documents()) == 1
        assert opened._repository.run("rev-parse", "--git-path", "objects").output.decode().strip() == str(
            apart
        )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / ".profile").write_text("mine\n")
    monkeypatch.setenv("HOME", str(folder))
    yield folder
    assert (folder / ".profile").read_text() == "mine\n"
    assert os.listdir(folder) == [".profile"]  # noqa: PTH208


@pytest.mark.parametrize("tree", ["/", "..", "../home", "HOME"])
def test_a_work_tree_elsewhere_is_not_written(stranger: Path, home: Path, tree: str) -> None:  # noqa: F811
    """A journal of an archive makes the next opening write files; with a work tree elsewhere they would land there."""
    commit = git(stranger, "rev-parse", "HEAD").strip()
    (stranger / ".git" / "policydiff").mkdir(exist_ok=True)
    for path in (".profile", "home/.profile", f"{str(home).lstrip('/')}/.profile", "../home/.profile"):
        (stranger / ".git" / "policydiff" / f"pending-{abs(hash(path))}").write_bytes(
            f"{commit}\0{path}\0\0".encode()
        )
    git(stranger, "config", "core.worktree", tree.replace("HOME", str(home)))
    with contextlib.suppress(PolicydiffError):
        answers(stranger)
