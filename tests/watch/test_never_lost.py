"""No version is ever lost: the ledger is believed only where the store bears it out, and publishing gives nothing up."""

import hashlib
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from policydiff.errors import WriteConflictError
from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store
from policydiff.store.exchange import _Answer, _reason
from policydiff.watch.publishing import Target, begin, publish
from policydiff.watch.run import Run, RunOptions, RunResult
from policydiff.watch.store_archive import Archive
from policydiff.watch.watched import read_health
from watch.clocks import FakeClock
from watch.portal import Portal, page, policy_lines, with_validators
from watch.workplace import SETTINGS

TITLE = "某市人民政府关于促进健康服务业发展的意见"


def edition(number: int, title: str = TITLE) -> list[str]:
    """Return the text of the policy as its n-th silent edit has it."""
    points = [
        f"给予最高{50 + number}万元补助。",
        "应当为高层次人才提供住房保障。",
        "支持社会办医疗机构。",
        "由区卫生健康委牵头。",
    ]
    return policy_lines(title, "某府发〔2024〕25号", points)


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


class Project:
    """A repository on a server, and runners that each clone it anew and keep nothing but their ledger."""

    def __init__(self, place: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch, count: int = 1) -> None:
        self.place = place
        self.remote = place / "remote.git"
        self.clock = FakeClock()
        self._env = monkeypatch
        for name, value in (("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@b"), ("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@b")):  # fmt: skip
            monkeypatch.setenv(name, value)
        self.advance(0)
        seed = place / "seed"
        Store.init(seed, clock=self.clock.now).close()
        sources = "".join(
            f'[[sources]]\nname = "s{n}"\nurl = "{portal.url(f"/{n}")}"\nid = "city/s{n}"\n'
            for n in range(count)
        )
        self.settings = SETTINGS + sources + '[notify]\nfeed = "feed.xml"\n'
        (seed / "policydiff.toml").write_text(self.settings, "utf-8")
        git(seed, "add", "--all")
        git(seed, "commit", "-qm", "Begin")
        git(place, "clone", "-q", "--bare", str(seed), str(self.remote))
        self.branch = git(seed, "symbolic-ref", "--short", "HEAD")

    def advance(self, days: float) -> None:
        self.clock.advance(days=days)
        for role in ("AUTHOR", "COMMITTER"):
            self._env.setenv(f"GIT_{role}_DATE", self.clock.now().isoformat())

    def checkout(self, name: str) -> Path:
        """Return a fresh clone with the ledger that this runner has kept."""
        folder = self.place / name
        shutil.rmtree(folder, ignore_errors=True)
        git(self.place, "clone", "-q", str(self.remote), str(folder))
        kept = self.place / f"{name}.ledger"
        if kept.exists():
            shutil.copytree(kept, folder / ".policydiff" / "track", dirs_exist_ok=True)
        return folder

    def save(self, name: str) -> None:
        """Keep the ledger, as the cache of a CI service does."""
        kept = self.place / f"{name}.ledger"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.place / name / ".policydiff" / "track", kept)

    def track(self, folder: Path) -> RunResult:
        configuration = parse_configuration(self.settings)
        with Store.open(folder, clock=self.clock.now) as store:
            run = Run(configuration, folder, Archive(store), self.clock, RunOptions(everything=True))
            return run.carry_out()

    def publish(self, folder: Path, branch: str = "") -> None:
        target = Target(branch or self.branch, paths=("feed.xml",))
        publish(folder, parse_configuration(self.settings), target, self.clock)

    def texts(self, branch: str = "") -> list[tuple[str, str]]:
        """Return document and text of every version on a branch, after `verify` in a fresh clone."""
        fresh = self.place / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        git(self.place, "clone", "-q", "--branch", branch or self.branch, str(self.remote), str(fresh))
        with Store.open(fresh) as store:
            assert [fault.message for fault in store.verify()] == []
            return [
                (identity.id, store.text(identity.id, record.version))
                for identity in store.documents()
                for record in store.versions(identity.id)
            ]


@pytest.fixture
def project(tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> Project:
    return Project(tmp_path, portal, monkeypatch)


@pytest.mark.parametrize("validators", [True, False], ids=["304", "same bytes"])
@pytest.mark.parametrize("moved_on", [True, False], ids=["page changed again", "page as it was"])
def test_a_version_whose_push_failed_comes_back(
    portal: Portal, project: Project, *, validators: bool, moved_on: bool
) -> None:
    body = [page(edition(0))]
    portal.pages["/0"] = (
        with_validators(lambda: body[0]) if validators else (lambda request: request.send(200, body[0]))
    )
    one = project.checkout("one")
    project.track(one)
    project.publish(one)
    project.save("one")
    project.advance(1)
    body[0] = page(edition(1))
    assert len(project.track(project.checkout("one")).changed) == 1
    project.save("one")  # and nothing is pushed
    project.advance(1)
    if moved_on:
        body[0] = page(edition(2))
    again = project.checkout("one")
    with Store.open(again) as store:
        health = read_health(
            parse_configuration(project.settings), again, project.clock.now(), archive=Archive(store)
        )
    assert not health.is_well
    assert [line.partition(":")[0] for line in health.missing] == ["s0"]
    result = project.track(again)
    assert len(result.changed) == (2 if moved_on else 1)
    project.publish(again)
    assert len(project.texts()) == (3 if moved_on else 2)


def test_a_name_alone_proves_nothing(portal: Portal, project: Project) -> None:
    """Another runner gave the name of the lost version to another text: the ledger is not believed."""
    portal.pages["/0"] = page(edition(0))
    project.track(project.checkout("one"))
    project.save("one")  # lost
    portal.pages["/0"] = page(edition(5))
    other = project.checkout("two")
    project.track(other)
    project.publish(other)
    project.advance(1)
    again = project.checkout("one")
    project.track(again)
    project.publish(again)
    figures = sorted(text.partition("最高")[2][:2] for _, text in project.texts())
    assert figures == ["50", "55"]


def test_two_runners_that_record_the_same_text_record_it_once(portal: Portal, project: Project) -> None:
    counter = iter(range(1, 100))
    portal.pages["/0"] = lambda request: request.send(200, page(edition(0), counter=next(counter)))
    one, two = project.checkout("one"), project.checkout("two")
    project.track(one)
    project.track(two)
    project.publish(one)
    project.publish(two)
    assert len(project.texts()) == 1


def test_two_runners_that_record_different_texts_of_one_day_keep_both(
    portal: Portal, project: Project
) -> None:
    portal.pages["/0"] = page(edition(0))
    one, two = project.checkout("one"), project.checkout("two")
    project.track(one)
    portal.pages["/0"] = page(edition(1))
    project.track(two)
    project.publish(one)
    project.publish(two)
    assert len(project.texts()) == 2
    assert "feed.xml" in git(project.place / "fresh", "ls-tree", "--name-only", "HEAD")


def test_three_runners_that_saw_different_texts_of_one_day_are_merged_by_git(
    portal: Portal, project: Project
) -> None:
    """No command of ours at the merge: `git pull` finds nothing that contradicts, and every text is there."""
    places = []
    for number, name in enumerate(("one", "two", "three", "four")):
        portal.pages["/0"] = page(edition(number % 3))  # the fourth sees what the first has seen
        places.append(project.checkout(name))
        project.track(places[-1])
    for other in places[1:]:
        git(places[0], "pull", "-q", "--no-rebase", "--no-edit", str(other), "HEAD")
    git(places[0], "push", "-q", str(project.remote), f"HEAD:{project.branch}")
    figures = sorted(text.partition("最高")[2][:2] for _, text in project.texts())
    assert figures == ["50", "51", "52"]
    project.track(places[0])
    assert len(project.texts()) == 3


def test_what_no_run_captured_is_merged_as_well(portal: Portal, project: Project) -> None:
    """A version of the day that the remote has a text of too, recorded where no capture is left: both are kept."""
    portal.pages["/0"] = page(edition(0))
    one, two = project.checkout("one"), project.checkout("two")
    project.track(one)
    project.publish(one)
    portal.pages["/0"] = page(edition(1))
    project.track(two)
    shutil.rmtree(two / ".policydiff")
    head = git(two, "rev-parse", "HEAD")
    project.publish(two)
    with Store.open(two) as store:
        assert sum("51万" in store.text("city/s0", each.version) for each in store.versions("city/s0")) == 1
        assert len(store.versions("city/s0")) == 2
        assert store.verify() == []
    assert head in git(two, "rev-list", "HEAD")


def test_what_contradicts_the_remote_and_was_not_captured_is_not_given_up(
    portal: Portal, project: Project
) -> None:
    """A description that two people gave differently: nothing is thrown away, the error says to merge."""
    portal.pages["/0"] = page(edition(0))
    one = project.checkout("one")
    project.track(one)
    project.publish(one)
    two = project.checkout("two")
    for place, jurisdiction in ((one, "310106"), (two, "310101")):
        with Store.open(place) as store:
            store.meta(store.identity("city/s0").model_copy(update={"jurisdiction": jurisdiction}))
    project.publish(one)
    head = git(two, "rev-parse", "HEAD")
    with pytest.raises(WriteConflictError):
        project.publish(two)
    assert head in git(two, "rev-list", "HEAD")


def test_an_updates_branch_is_continued_and_what_it_holds_stays(portal: Portal, project: Project) -> None:
    for day in range(3):
        portal.pages["/0"] = page(edition(day))
        runner = project.checkout("one")
        assert begin(runner, Target("policydiff/updates")) is None
        assert len(project.track(runner).changed) == 1
        project.publish(runner, "policydiff/updates")
        project.save("one")
        project.advance(1)
    assert len(project.texts("policydiff/updates")) == 3


def test_a_closed_pull_request_takes_no_version_along(portal: Portal, project: Project) -> None:
    portal.pages["/0"] = page(edition(0))
    runner = project.checkout("one")
    project.track(runner)
    project.publish(runner, "policydiff/updates")
    project.save("one")
    git(project.remote, "branch", "-D", "policydiff/updates")
    portal.pages["/0"] = page(edition(1))
    project.advance(1)
    runner = project.checkout("one")
    begin(runner, Target("policydiff/updates"))
    assert len(project.track(runner).changed) == 2
    project.publish(runner, "policydiff/updates")
    assert len(project.texts("policydiff/updates")) == 2


def test_a_refused_push_is_an_error_and_keeps_everything(portal: Portal, project: Project) -> None:
    portal.pages["/0"] = page(edition(0))
    runner = project.checkout("one")
    project.track(runner)
    hook = project.remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'protected branch' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(WriteConflictError, match=r"does not take .*protected branch"):
        project.publish(runner)
    hook.unlink()
    project.publish(runner)
    assert len(project.texts()) == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("remote: \nremote: GitLab: You are not allowed to push to protected branches.\n ! [remote rejected] a (hook)", "You are not allowed"),
        ("remote: error: GH006: Protected branch update failed.\n ! [remote rejected] a -> a (declined)", "GH006"),
        ("remote: Permission to o/r.git denied to bot.\nfatal: unable to access: error: 403", "denied to bot"),
        ("remote: ========\nremote: HTTP Basic: Access denied.\nfatal: Authentication failed", "Access denied"),
        # Nothing said by the forge: the words of git.
        ("remote: ========\n ! [rejected] HEAD -> main (fetch first)\nerror: failed to push", "fetch first"),
        ("fatal: unable to access 'x': The requested URL returned error: 429", "429"),
        ("", "git gave no reason"),
    ],
)  # fmt: skip
def test_the_words_of_a_forge_go_before_those_of_git(said: str, reason: str) -> None:
    assert reason in _reason(_Answer(status=1, output="", error=said))


def _one_day(project: Project, current: dict[int, int], chance: random.Random) -> set[tuple[str, str]]:
    """Let one or both runners track and, where no accident happens, publish; return the editions that they saw."""
    seen: set[tuple[str, str]] = set()
    project.advance(1)
    for number in current:
        current[number] += chance.random() < 0.4
    both = ["one", "two"] if chance.random() < 0.4 else [chance.choice(["one", "two"])]
    branches = {name: chance.choice([project.branch, "policydiff/updates"]) for name in both}
    folders = {name: project.checkout(name) for name in both}
    for name, folder in folders.items():
        begin(folder, Target(branches[name]))
        project.track(folder)
        seen |= _editions(current)
        if chance.random() < 0.3:
            current[chance.choice(list(current))] += 1  # changed between two runners
    for name, folder in folders.items():
        project.save(name)
        if chance.random() >= 0.35:  # else cancelled, or the push failed
            project.publish(folder, branches[name])
    open_branches = git(project.remote, "branch", "--list", "policydiff/*")
    if chance.random() < 0.1 and "policydiff/updates" in open_branches:
        git(project.remote, "branch", "-D", "policydiff/updates")  # closed without merging
    return seen


def _editions(current: dict[int, int]) -> set[tuple[str, str]]:
    return {(f"city/s{number}", f"最高{50 + edits}万元") for number, edits in current.items()}


def simulate(project: Project, portal: Portal, days: int, seed: int, count: int) -> tuple[int, int, int]:
    """Return how many editions were seen, how many are lost, and how many are recorded twice."""
    chance = random.Random(seed)
    current = dict.fromkeys(range(count), 0)
    seen: set[tuple[str, str]] = set()

    def serve(number: int) -> None:
        portal.pages[f"/{number}"] = lambda request: request.send(
            200,
            page(
                edition(current[number], f"某市人民政府关于第{number}项工作的意见"),
                counter=chance.randrange(10**6),
            ),
        )

    for number in current:
        serve(number)
    for _ in range(days):
        seen |= _one_day(project, current, chance)
    for name in ("one", "two"):
        if (project.place / f"{name}.ledger").exists():
            folder = project.checkout(name)
            begin(folder, Target(project.branch))
            project.track(folder)
            project.save(name)
            project.publish(folder)
            seen |= _editions(current)
    texts = project.texts()
    held = [(document, text) for document, text in texts]
    lost = sum(not any(document == each[0] and words in each[1] for each in held) for document, words in seen)
    hashes = [(document, hashlib.sha256(text.encode()).hexdigest()) for document, text in held]
    return len(seen), lost, len(hashes) - len(set(hashes))


def test_a_fortnight_of_accidents(tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(tmp_path, portal, monkeypatch, count=2)
    seen, lost, twice = simulate(project, portal, days=10, seed=3, count=2)
    assert seen > 6
    assert (lost, twice) == (0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 4, *range(21, 31)])
def test_sixty_days_of_accidents(
    tmp_path: Path, portal: Portal, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    project = Project(tmp_path, portal, monkeypatch, count=3)
    seen, lost, twice = simulate(project, portal, days=60, seed=seed, count=3)
    assert seen > 60
    assert (lost, twice) == (0, 0)
