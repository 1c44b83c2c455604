"""Publishing under the accidents of other people's repositories: their settings, branches, hooks and merges; each ends with `verify` in a fresh clone."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from policydiff.errors import WriteConflictError
from policydiff.store import FaultKind, Store
from policydiff.watch.publishing import Target, begin
from watch.portal import Portal, page
from watch.test_never_lost import Project, edition, git


@pytest.fixture
def project(tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    return Project(tmp_path, portal, monkeypatch)


_HOSTILE = """
[pull]
rebase = true
[merge]
ff = only
renames = true
[commit]
template = /nowhere
[core]
autocrlf = true
hooksPath = {hooks}
editor = false
[push]
default = nothing
followTags = true
[rebase]
autoStash = true
[fetch]
prune = true
[user]
useConfigOnly = true
[receive]
denyNonFastForwards = true
"""


def _hostile_settings(project: Project, _runner: Path) -> None:
    hooks = project.place / "hooks"
    hooks.mkdir()
    for name in ("pre-commit", "commit-msg", "pre-merge-commit", "post-checkout"):
        (hooks / name).write_text("#!/bin/sh\nexit 1\n")
        (hooks / name).chmod(0o755)
    (project.place / "gitconfig").write_text(_HOSTILE.format(hooks=hooks))


def _detached(project: Project, runner: Path) -> None:
    git(runner, "checkout", "-q", "--detach")
    git(runner, "branch", "-qD", project.branch)


def _a_tag_of_the_same_name(project: Project, _runner: Path) -> None:
    git(project.remote, "tag", project.branch, project.branch)


def _local_changes(_project: Project, runner: Path) -> None:
    (runner / "policydiff.toml").write_text((runner / "policydiff.toml").read_text("utf-8") + "\n# own\n")
    (runner / "reports").mkdir()
    (runner / "reports" / "run.md").write_text("kept\n")


def _other_things_pushed(project: Project, _runner: Path) -> None:
    person = project.checkout("person")
    (person / "README.md").write_text("Watched policies\n")
    (person / "policydiff.toml").write_text((person / "policydiff.toml").read_text("utf-8") + "\n# theirs\n")
    git(person, "add", "--all")
    git(person, "commit", "-qm", "Say what this is")
    git(person, "push", "-q", "origin", f"HEAD:{project.branch}")


def _refused_once(project: Project, _runner: Path) -> None:
    hook = project.remote / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\n[ -e {project.place}/once ] && exit 0\ntouch {project.place}/once\nexit 1\n")
    hook.chmod(0o755)


def _two_remotes(_project: Project, runner: Path) -> None:
    git(runner, "remote", "add", "upstream", "https://example.invalid/x.git")


def _stale_lock(_project: Project, runner: Path) -> None:
    (runner / ".git" / "index.lock").write_text("")


def _many_branches(project: Project, _runner: Path) -> None:
    for n in range(3):
        git(project.remote, "branch", f"policydiff/{n}", project.branch)


def _staged(_project: Project, runner: Path) -> None:
    (runner / "NOTES.md").write_text("staged by a person\n")
    git(runner, "add", "NOTES.md")


def _nothing(_project: Project, _runner: Path) -> None:
    pass


ACCIDENTS: tuple[Callable[[Project, Path], None], ...] = (
    _nothing,
    _hostile_settings,
    _detached,
    _a_tag_of_the_same_name,
    _local_changes,
    _other_things_pushed,
    _refused_once,
    _two_remotes,
    _many_branches,
    _staged,
)


@pytest.mark.parametrize("accident", ACCIDENTS, ids=[each.__name__.strip("_") for each in ACCIDENTS])
def test_a_lost_race_keeps_both_versions(
    portal: Portal, project: Project, accident: Callable[[Project, Path], None]
) -> None:
    portal.pages["/0"] = page(edition(1))
    first = project.checkout("first")
    project.track(first)
    project.publish(first)
    winner, loser = project.checkout("winner"), project.checkout("loser")
    project.advance(1)
    portal.pages["/0"] = page(edition(2))
    project.track(winner)
    portal.pages["/0"] = page(edition(3))
    project.track(loser)
    project.publish(winner)
    accident(project, loser)
    before = (loser / "policydiff.toml").read_text("utf-8")
    try:
        project.publish(loser)
    except WriteConflictError:
        project.publish(loser)  # what was recorded stays: the next run publishes it
    (project.place / "gitconfig").unlink(missing_ok=True)
    held = " ".join(text for _, text in project.texts())
    assert all(f"{50 + n}万元" in held for n in (1, 2, 3))
    assert before in (loser / "policydiff.toml").read_text("utf-8"), "a person's own change stays"


def test_a_version_that_cannot_be_signed_stays_until_it_can(portal: Portal, project: Project) -> None:
    portal.pages["/0"] = page(edition(1))
    winner, loser = project.checkout("winner"), project.checkout("loser")
    project.track(winner)
    portal.pages["/0"] = page(edition(2))
    project.track(loser)
    project.publish(winner)
    own = git(loser, "rev-parse", "HEAD")
    settings = project.place / "gitconfig"
    settings.write_text("[commit]\ngpgSign = true\n[gpg]\nprogram = false\n")
    for _ in range(2):
        with pytest.raises(WriteConflictError, match="sign"):
            project.publish(loser)
        assert git(loser, "rev-parse", "HEAD") == own
    settings.unlink()
    project.publish(loser)
    held = " ".join(text for _, text in project.texts())
    assert all(f"{50 + n}万元" in held for n in (1, 2))


def _merged(project: Project, how: str) -> None:
    """Merge the pull request as its host does on a button: a merge commit, one commit of all, or its commits anew."""
    person = project.place / "person"
    shutil.rmtree(person, ignore_errors=True)
    git(project.place, "clone", "-q", str(project.remote), str(person))
    git(person, "fetch", "-q", "origin", "updates")
    if how == "merge":
        git(person, "merge", "-q", "--no-ff", "-m", "Merge pull request #1", "origin/updates")
    elif how == "squash":
        git(person, "merge", "-q", "--squash", "origin/updates")
        git(person, "commit", "-qm", "New versions (#1)")
    else:
        git(person, "rebase", "-q", "--force-rebase", project.branch, "origin/updates")
        git(person, "checkout", "-qB", project.branch)
    git(person, "push", "-q", "origin", f"HEAD:{project.branch}")


def _day(project: Project, portal: Portal, number: int) -> None:
    """One run of a job that publishes to a pull request's branch."""
    project.advance(1)
    portal.pages["/0"] = page(edition(number))
    runner = project.checkout("runner")
    begin(runner, Target(project.branch))
    begin(runner, Target("updates"))
    project.track(runner)
    project.publish(runner, "updates")
    project.save("runner")


@pytest.mark.parametrize("deleted", [True, False], ids=["branch deleted", "branch stays"])
def test_a_merged_pull_request_goes_on(portal: Portal, project: Project, deleted: bool) -> None:
    for number in (1, 2):
        _day(project, portal, number)
    _merged(project, "merge")
    if deleted:
        git(project.remote, "branch", "-D", "updates")
    for number in (3, 4):
        _day(project, portal, number)
    held = " ".join(text for _, text in project.texts("updates"))
    assert all(f"{50 + n}万元" in held for n in (1, 2, 3, 4))


def test_a_person_commits_to_the_branch_of_the_pull_request(portal: Portal, project: Project) -> None:
    _day(project, portal, 1)
    person = project.place / "person"
    git(project.place, "clone", "-q", "--branch", "updates", str(project.remote), str(person))
    (person / "README.md").write_text("Watched policies\n")
    git(person, "add", "--all")
    git(person, "commit", "-qm", "Say what this is")
    git(person, "push", "-q")
    _day(project, portal, 2)
    held = " ".join(text for _, text in project.texts("updates"))
    assert all(f"{50 + n}万元" in held for n in (1, 2))
    assert subprocess.run(
        ["git", "show", "updates:README.md"], cwd=project.remote, check=True, capture_output=True
    ).stdout


@pytest.mark.parametrize("how", ["squash", "rebase"])
@pytest.mark.parametrize("deleted", [True, False], ids=["branch deleted", "branch stays"])
def test_a_button_that_rewrites_loses_no_text(
    portal: Portal, project: Project, how: str, deleted: bool
) -> None:
    for number in (1, 2):
        _day(project, portal, number)
    _merged(project, how)
    if deleted:
        git(project.remote, "branch", "-D", "updates")
    for number in (3, 4):
        _day(project, portal, number)
    fresh = project.place / "fresh"
    git(project.place, "clone", "-q", "--branch", "updates", str(project.remote), str(fresh))
    held = " ".join(path.read_text("utf-8") for path in fresh.glob("documents/**/text.txt"))
    with Store.open(fresh) as store:
        named = [fault.kind for fault in store.verify()]
    assert (FaultKind.REWRITTEN in named) is (how == "rebase"), "what a rebase wrote anew"
    assert all(f"{50 + n}万元" in held for n in (1, 2, 3, 4))
