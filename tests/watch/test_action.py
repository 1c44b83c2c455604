"""The GitHub action, the GitLab component and the example repository, run as CI would run them."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store
from policydiff.watch.watched import Health
from tests.version_names import turn
from watch import portal as serve
from watch.portal import Portal, page
from watch.test_run import LINES, REVISED, page_source

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "tracking-repository"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
LOOPBACK = '\n[track]\nallow_addresses = ["127.0.0.0/8"]\npace = 0\nretries = 0\n'


class Runner:
    """Runs the shell steps of the action in a checkout, with GitHub's files and contexts as far as they are used."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.work = place / "work"
        self.remote = place / "remote.git"
        self.tools = place / "tools"
        self.tools.mkdir()
        self.summary = place / "summary.md"
        self._tool(
            "policydiff",
            f'PYTHONPATH={ROOT} exec {sys.executable} -c "from policydiff.cli import main; main()" "$@"',
        )
        self._tool("python", 'echo "$@" >> "$TOOL_LOG"')
        self._tool("gh", 'echo "gh $*" >> "$TOOL_LOG"')
        self.log = place / "tools.log"
        self.log.touch()

    def _tool(self, name: str, line: str) -> None:
        path = self.tools / name
        path.write_text(f"#!/bin/bash\n{line}\n")
        path.chmod(0o755)

    def repository(self, configuration: str) -> None:
        """Make a repository from the example, with a remote."""
        shutil.copytree(EXAMPLE, self.work)
        (self.work / "policydiff.toml").write_text(configuration, "utf-8")
        subprocess.run(["git", "init", "--quiet", "--bare", str(self.remote)], check=True)
        for command in (
            ["init", "--quiet", "--initial-branch=main"],
            ["add", "--all"],
            ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--message=Begin"],
            ["remote", "add", "origin", str(self.remote)],
            ["push", "--quiet", "origin", "main"],
        ):
            self.git(*command)

    def git(self, *arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=self.work, check=True, capture_output=True, text=True
        ).stdout.strip()

    def run(self, base: str = "", **inputs: str) -> tuple[int, dict[str, str]]:
        """Run the action; return the exit code of the job and the outputs of the step `run`."""
        given = {name: spec.get("default", "") for name, spec in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        contexts = {f"inputs.{name}": value for name, value in given.items()} | {
            "github.action_path": str(ROOT),
            "github.ref_name": "main",
            "github.token": "token",
            "github.event.pull_request.base.sha": base,
        }
        outputs: dict[str, str] = {}
        failed = 0
        for step in ACTION["runs"]["steps"]:
            contexts |= {f"steps.run.outputs.{name}": value for name, value in outputs.items()}
            if "run" not in step or not self._holds(step.get("if", ""), contexts, failed):
                continue
            output = self.place / "output"
            output.write_text("")
            environment = {name: _filled(value, contexts) for name, value in step.get("env", {}).items()}
            script = self.place / "step.sh"
            script.write_text(step["run"])
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
                cwd=self.work,
                env={
                    "PATH": f"{self.tools}:{os.environ['PATH']}",
                    "HOME": str(self.place),
                    "GITHUB_OUTPUT": str(output),
                    "GITHUB_STEP_SUMMARY": str(self.summary),
                    "TOOL_LOG": str(self.log),
                }
                | environment,
                capture_output=True,
                text=True,
                check=False,
            )
            self.said = done.stdout + done.stderr
            failed = failed or done.returncode
            said = dict(line.split("=", 1) for line in output.read_text().splitlines())
            contexts |= {f"steps.{step.get('id')}.outputs.{name}": value for name, value in said.items()}
            if step.get("id") == "run":
                outputs = said
                self.printed = done.stdout
        return failed, outputs

    def verified(self, branch: str) -> list[str]:
        """Return the files of a branch, after `verify` in a fresh clone of it."""
        fresh = self.place / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        subprocess.run(["git", "clone", "-q", "--branch", branch, str(self.remote), str(fresh)], check=True)
        with Store.open(fresh) as store:
            assert [fault.message for fault in store.verify()] == []
        return [turn(path.relative_to(fresh).as_posix()) for path in fresh.rglob("*") if path.is_file()]

    def _holds(self, condition: str, contexts: dict[str, str], failed: int) -> bool:
        if failed and "always()" not in condition:
            return False
        for part in filter(None, (part.strip() for part in condition.split("&&"))):
            if part == "always()":
                continue
            name, operator, value = part.split(" ", 2)
            if (contexts.get(name, "") == value.strip("'")) != (operator == "=="):
                return False
        return True


def _filled(value: str, contexts: dict[str, str]) -> str:
    return EXPRESSION.sub(lambda found: contexts.get(found[1], ""), value)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def example_for(portal: Portal) -> str:
    """Return the example's settings with the portal in place of the sites they name."""
    text = (EXAMPLE / "policydiff.toml").read_text("utf-8")
    text = text.replace("https://www.example.gov.cn", portal.url("")).replace("pace = 2.0", "pace = 0")
    return text.replace("[track]", '[track]\nallow_addresses = ["127.0.0.0/8"]\nretries = 0')


def test_no_input_reaches_the_shell_as_program_text() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), step["name"]
    for name in ("track", "check"):
        workflow = yaml.safe_load((EXAMPLE / ".github" / "workflows" / f"{name}.yml").read_text("utf-8"))
        for job in workflow["jobs"].values():
            assert all("${{" not in step.get("run", "") for step in job["steps"])


def test_every_input_is_used_and_every_used_input_is_declared() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(ACTION["inputs"])


def test_the_example_works_from_the_first_run_to_the_gate(portal: Portal, runner: Runner) -> None:
    portal.pages |= {
        "/zwgk/2024/health.html": serve.in_turn(page(LINES), page(REVISED)),
        "/zwgk/list.html": b'<html><body><ul class="list"><li><a href="/n1.html" title="\xe6\x84\x8f\xe8\xa7\x81">x</a></ul></body></html>',
        "/n1.html": page([LINES[0].replace("健康", "养老"), "某府发〔2024〕31号", *LINES[2:]]),
    }
    runner.repository(example_for(portal))
    track = yaml.safe_load((EXAMPLE / ".github" / "workflows" / "track.yml").read_text("utf-8"))
    used = next(step["with"] for step in track["jobs"]["track"]["steps"] if "policydiff" in step["uses"])
    inputs = {name.replace("-", "_"): value for name, value in used.items()}

    first, outputs = runner.run(**inputs)
    assert (first, outputs) == (0, {"exit-code": "0", "changed": "true"}), runner.said
    assert "::notice title=" in runner.printed
    assert "政策跟踪" in runner.summary.read_text("utf-8")
    pushed = [turn(path) for path in runner.git("ls-tree", "-r", "--name-only", "origin/main").splitlines()]
    assert "documents/city/health-opinion/2024-03-05/text.txt" in pushed
    assert "feed.xml" in pushed
    assert sum(name.endswith("document.json") for name in pushed) == 2

    before = runner.git("rev-parse", "HEAD")
    second, outputs = runner.run(**inputs)
    assert (second, outputs["changed"], runner.git("rev-parse", "HEAD")) == (0, "false", before)

    third, outputs = runner.run(**(inputs | {"all": "true"}))
    assert (third, outputs["changed"]) == (0, "true")
    assert runner.git("rev-parse", "origin/main") == runner.git("rev-parse", "HEAD")
    reports = sorted(turn(path.name) for path in (runner.work / "policydiff-reports").iterdir())
    assert reports == [
        "city_health-opinion@2024-03-05.2.html",
        "run.json",
        "run.md",
        "sources.tsv",
        "summary.md",
    ]

    gate, outputs = runner.run(command="check", base=before)
    assert gate == 0, runner.said
    assert "::warning title=" in runner.printed
    sarif = json.loads((runner.work / "policydiff-reports" / "policydiff.sarif").read_text("utf-8"))
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["target_changed"]
    strict = runner.work / "policydiff.toml"
    strict.write_text(strict.read_text("utf-8").replace(', level = "warning"', ""), "utf-8")
    assert runner.run(command="check", base=before)[0] == 1
    assert runner.run(command="check", since=runner.git("rev-parse", "HEAD"))[0] == 0


def test_failed_sources_fail_the_job_unless_allowed(portal: Portal, runner: Runner) -> None:
    portal.pages["/a"] = serve.answer(500)
    runner.repository("spec_version = 1\n" + LOOPBACK + page_source(portal))
    assert runner.run()[0] == 13
    assert "::health：服务器返回 500：对方服务器故障" in runner.printed
    assert runner.run(allow_failed_sources="true")[0] == 0


EVIL = ["$(touch pwned)", "`touch pwned`", "; touch pwned", "--store=/tmp", '"; touch pwned; "']


def test_inputs_are_data(portal: Portal, runner: Runner) -> None:
    runner.repository("spec_version = 1\n" + LOOPBACK)
    assert runner.run(sources="\n".join(EVIL))[0] == 11
    assert runner.run(accept="\n".join(EVIL))[0] == 11
    assert [runner.run(command=evil)[0] for evil in EVIL] == [2] * len(EVIL)
    assert not list(runner.place.rglob("pwned"))


def test_a_pull_request_is_opened_with_the_summary(portal: Portal, runner: Runner) -> None:
    portal.pages["/a"] = page(LINES)
    runner.repository("spec_version = 1\n" + LOOPBACK + page_source(portal))
    assert runner.run(publish="pull-request")[0] == 0, runner.said
    assert "gh pr create --head policydiff/updates --base main" in runner.log.read_text("utf-8")
    assert "documents/city/health/2024-03-05/text.txt" in runner.verified("policydiff/updates")


def test_a_pull_request_that_nobody_merges_gathers_every_version(portal: Portal, runner: Runner) -> None:
    runner.repository("spec_version = 1\n" + LOOPBACK + page_source(portal))
    for day, text in enumerate((LINES, REVISED)):
        portal.pages["/a"] = page(text)
        # Each day a fresh checkout of the base branch, with the ledger of the cache.
        runner.git("reset", "--hard", "--quiet", "origin/main")
        assert runner.run(publish="pull-request", all="true")[0] == 0, runner.said
        held = [name for name in runner.verified("policydiff/updates") if name.endswith("text.txt")]
        assert len(held) == day + 1


def test_a_failing_source_gets_an_issue_that_closes_when_it_heals(portal: Portal, runner: Runner) -> None:
    portal.pages["/a"] = serve.answer(404)
    runner.repository("spec_version = 1\n" + LOOPBACK + page_source(portal))
    assert runner.run(issues="true", allow_failed_sources="true")[0] == 0, runner.said
    assert "gh issue create" in runner.log.read_text("utf-8")
    assert "health" in runner.log.read_text("utf-8")
    runner._tool("gh", 'echo "gh $*" >> "$TOOL_LOG"; if [ "$2" = list ]; then echo 7; fi')
    portal.pages["/a"] = page(LINES)
    assert runner.run(issues="true")[0] == 0, runner.said
    assert "gh issue close 7" in runner.log.read_text("utf-8")


@pytest.mark.parametrize("refused", ["list", "create", "close", "label"])
def test_issues_that_are_not_taken_fail_no_run_and_make_no_second_one(
    portal: Portal, runner: Runner, refused: str
) -> None:
    for path in ("/a", "/b"):
        portal.pages[path] = serve.answer(404)
    second = (
        page_source(portal)
        .replace('"health"', '"other"')
        .replace("/a", "/b")
        .replace("city/health", "city/other")
    )
    runner.repository("spec_version = 1\n" + LOOPBACK + page_source(portal) + second)
    runner._tool(
        "gh",
        f'echo "gh $*" >> "$TOOL_LOG"; for each in "$@"; do [ "$each" = {refused} ] && {{ echo "HTTP 500" >&2; exit 1; }}; done; '
        'if [ "$2" = list ] && [ -e issue ]; then echo 7; fi',
    )
    assert runner.run(issues="true", allow_failed_sources="true")[0] == 0, runner.said
    said = runner.log.read_text("utf-8")
    assert ("gh issue create" in said) is (refused != "list")
    assert said.count("gh issue list") == 2  # the second source is told, too


def test_a_push_that_lost_the_race_is_made_on_top_of_the_winner(portal: Portal, runner: Runner) -> None:
    portal.pages["/a"] = page(LINES)
    runner.repository("spec_version = 1\n" + LOOPBACK + page_source(portal))
    other = runner.place / "other"
    subprocess.run(
        ["git", "clone", "--quiet", "--branch", "main", str(runner.remote), str(other)], check=True
    )
    (other / "note.md").write_text("x")
    for command in (
        ["add", "note.md"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "Note"],
        ["push", "-q"],
    ):
        subprocess.run(["git", *command], cwd=other, check=True)
    assert runner.run(publish="push")[0] == 0, runner.said
    files = runner.verified("main")
    assert {"note.md", "documents/city/health/2024-03-05/text.txt"} <= set(files)


def test_the_gitlab_component_is_two_documents_with_sound_jobs(portal: Portal, runner: Runner) -> None:
    header, jobs = yaml.safe_load_all((ROOT / "templates" / "policydiff.yml").read_text("utf-8"))
    inputs = header["spec"]["inputs"]
    text = (ROOT / "templates" / "policydiff.yml").read_text("utf-8")
    assert set(re.findall(r"\$\[\[ inputs\.([a-z]+) \]\]", text)) == set(inputs)
    portal.pages["/a"] = page(LINES)
    runner.repository("spec_version = 1\n" + LOOPBACK + page_source(portal))
    script = "\n".join(jobs["policydiff-track"]["script"])
    assert "$[[" not in script
    variables = {name: str(value) for name, value in jobs[".policydiff"]["variables"].items()}
    variables |= {"POLICYDIFF_STORE": ".", "POLICYDIFF_LANG": "zh", "POLICYDIFF_PUSH": "true"}
    variables |= {
        "POLICYDIFF_REMOTE": str(runner.remote),
        "CI_COMMIT_BRANCH": "main",
        "CI_SERVER_HOST": "h",
        "CI_PROJECT_PATH": "p",
    }
    environment = {"PATH": f"{runner.tools}:{os.environ['PATH']}", "HOME": str(runner.place)} | variables
    done = subprocess.run(
        ["bash", "-c", script], cwd=runner.work, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "documents/city/health/2024-03-05/text.txt" in runner.verified("main")
    environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = runner.git("rev-parse", "origin/main")
    check = "\n".join(jobs["policydiff-check"]["script"])
    done = subprocess.run(
        ["bash", "-c", check], cwd=runner.work, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (runner.work / "policydiff-junit.xml").is_file()


def test_hooks_name_commands_that_exist() -> None:
    hooks: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["policydiff-check", "policydiff-verify"]
    assert all(hook["entry"] == f"policydiff {hook['id'].removeprefix('policydiff-')}" for hook in hooks)


def test_the_examples_settings_hold() -> None:
    configuration = parse_configuration((EXAMPLE / "policydiff.toml").read_text("utf-8"))
    assert [source.name for source in configuration.sources] == ["health-opinion", "new-documents"]
    assert Health.model_fields
