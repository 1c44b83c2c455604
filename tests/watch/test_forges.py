"""Comments on pull and merge requests, made by the shell of the action and the component on a server that speaks the forges' routes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from watch.forge import Forge

ROOT = Path(__file__).parents[2]
_ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
_, _JOBS = yaml.safe_load_all((ROOT / "templates" / "policydiff.yml").read_text("utf-8"))
MARK = "<!-- policydiff -->"
TOKEN = "glpat-secret-0123456789"

# GitHub's own program is not at hand: what the action asks of it, over HTTP.
_GH = """
import json, os, sys, urllib.error, urllib.request
given, rest = sys.argv[2:], []
options = {}
while given:
    each = given.pop(0)
    if each in ("--paginate", "--silent"):
        options[each] = ""
    elif each.startswith("--"):
        options[each] = given.pop(0)
    else:
        rest.append(each)
address, found = os.environ["FORGE"] + "/" + rest[0], []
while address:
    body = None
    if "--field" in options:
        name, _, value = options["--field"].partition("=")
        body = json.dumps({name: open(value[1:], encoding="utf-8").read()}).encode()
    asked = urllib.request.Request(address, body, {"Authorization": "token " + os.environ["GH_TOKEN"], "Content-Type": "application/json"}, method=options.get("--method", "GET"))
    try:
        with urllib.request.urlopen(asked) as answer:
            said, link = json.load(answer), answer.headers.get("Link") or ""
    except urllib.error.HTTPError as error:
        sys.exit(f"gh: HTTP {error.code}")
    found += said if isinstance(said, list) else []
    address = link[1 : link.index(">")] if link and "--paginate" in options else ""
if "--jq" in options:
    mark = options["--jq"].split('"')[1]
    print(*(each["id"] for each in found if each["body"].startswith(mark)), sep="\\n")
"""


@pytest.fixture
def forge() -> Iterator[Forge]:
    made = Forge()
    yield made
    made.close()


class Job:
    """The shell of one forge's comment, in a folder with the findings."""

    def __init__(self, place: Path, forge: Forge, kind: str) -> None:
        self.place, self.forge, self.kind = place, forge, kind
        tools = place / "tools"
        tools.mkdir()
        (tools / "gh.py").write_text(_GH)
        report = place / ("summary.md" if kind == "github" else "policydiff-check.md")
        self.report = report
        for name, line in {
            "gh": f'exec {sys.executable} {tools}/gh.py "$@"',
            "sleep": 'echo "sleep $*"',
            "python3": f'exec {sys.executable} "$@"',
            "policydiff": "exit 0",
        }.items():
            (tools / name).write_text(f"#!/bin/bash\n{line}\n")
            (tools / name).chmod(0o755)
        self.environment = {"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(place), "FORGE": forge.url}
        steps = {step.get("name"): step for step in _ACTION["runs"]["steps"]}
        if kind == "github":
            self.script = steps["Comment on the pull request"]["run"]
            self.environment |= {"REPORTS": ".", "NUMBER": "7", "GH_REPO": "o/r", "GH_TOKEN": TOKEN}
        else:
            self.script = "\n".join(_JOBS["policydiff-check"]["script"])
            self.environment |= {
                "CI_API_V4_URL": f"{forge.url}/api/v4",
                "CI_PROJECT_ID": "42",
                "CI_MERGE_REQUEST_IID": "7",
                "CI_MERGE_REQUEST_DIFF_BASE_SHA": "x",
                "POLICYDIFF_PUSH_TOKEN": TOKEN,
            }

    def comment(self, words: str) -> subprocess.CompletedProcess[str]:
        self.report.write_text(words, "utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", self.script],
            cwd=self.place,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert TOKEN not in done.stdout + done.stderr
        return done


@pytest.fixture(params=["github", "gitlab"])
def job(request: pytest.FixtureRequest, tmp_path: Path, forge: Forge) -> Job:
    return Job(tmp_path, forge, request.param)


def _own(forge: Forge) -> list[str]:
    return [body for body in forge.comments.values() if body.startswith(MARK)]


def test_a_comment_is_made_once_and_renewed(job: Job, forge: Forge) -> None:
    for words in ("第三条：80% → 2%", "第四条：删去\n**应当**", "nothing"):
        assert job.comment(words).returncode == 0
        assert [body.removeprefix(MARK).strip() for body in _own(forge)] == [words]


def test_comments_of_others_stay(job: Job, forge: Forge) -> None:
    others = {n: f"comment {n} that quotes {MARK}" for n in range(1, 8)}
    forge.comments.update(others)
    job.comment("one")
    forge.comments[20] = "a later one of the same token"
    job.comment("two")
    assert {n: forge.comments[n] for n in others} == others
    assert forge.comments[20] == "a later one of the same token"
    assert len(_own(forge)) == 1
    assert "two" in _own(forge)[0]


def test_its_own_comment_is_found_on_a_later_page(job: Job, forge: Forge) -> None:
    forge.comments.update({n: f"comment {n}" for n in range(1, 8)} | {8: f"{MARK}\nold"})
    job.comment("new")
    assert len(_own(forge)) == 1
    assert "new" in forge.comments[8]


@pytest.mark.parametrize(
    ("faults", "taken"),
    [
        ([(429, {"Retry_After": "0"})], True),  # too many requests
        ([(503, {})], True),  # for a moment
        ([(502, {}), (500, {})], True),  # twice
        ([(403, {"X_RateLimit_Remaining": "0"})] * 9, False),  # the limit of the hour
        ([(401, {})] * 9, False),  # a token that has run out
        ([(404, {})] * 9, False),  # a request that is gone
    ],
)
def test_a_refusal_is_tried_again_and_fails_no_check(
    job: Job, forge: Forge, faults: list[tuple[int, dict[str, str]]], taken: bool
) -> None:
    forge.faults = list(faults)
    done = job.comment("words")
    assert done.returncode == 0, done.stderr
    assert bool(_own(forge)) is taken
    assert ("not taken" in done.stdout + done.stderr) is not taken


def test_no_second_comment_where_the_first_cannot_be_looked_up(job: Job, forge: Forge) -> None:
    forge.comments[1] = f"{MARK}\nold"
    forge.faults = [(403, {})] * 9
    job.comment("new")
    assert len(forge.comments) == 1


def test_a_report_beyond_the_limit_is_cut_at_a_character(job: Job, forge: Forge) -> None:
    job.comment("补贴比例" * 200_000)
    (said,) = _own(forge)
    assert said.startswith(f"{MARK}\n补贴比例")
    assert "\ufffd" not in said


def test_the_token_goes_to_the_forge_alone(job: Job, forge: Forge) -> None:
    job.comment("words")
    assert all(TOKEN in each for each in forge.tokens)
    assert TOKEN not in json.dumps(forge.requests)
    assert not any(TOKEN in path.read_text("utf-8", "replace") for path in job.place.glob("*.*"))
