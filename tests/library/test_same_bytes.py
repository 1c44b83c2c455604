"""The command line and the library give the same bytes for the same question, command by command."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import policydiff
from policydiff import Store
from policydiff.cli.app import program
from policydiff.cli.showing import commands

OLD = "某市促进办法\n（2020年1月2日某市人民政府通过）\n第一条 为了促进发展，制定本办法。\n第二条 到2025年，绿化率达到40%。（责任部门：市园林局）\n第三条 每家补助30万元。\n"
NEW = OLD.replace("30万元", "50万元")
LOCAL = "某区促进办法\n第一条 根据《某市促进办法》，制定本办法。\n第二条 每家补助30万元。\n"
AMENDMENT = "关于修改《某市促进办法》的决定\n一、将第三条修改为：“每家补助60万元。”\n"
CALLS: dict[str, tuple[tuple[str, ...], Callable[[Store], object]]] = {
    "parse": (("old.txt",), lambda _: policydiff.read("old.txt")),
    "targets": (("old.txt",), lambda _: policydiff.targets("old.txt")),
    "responsibilities": (("old.txt",), lambda _: policydiff.responsibilities("old.txt")),
    "cites": (("local.txt",), lambda _: policydiff.cites("local.txt")),
    "diff": (("old.txt", "new.txt"), lambda _: policydiff.diff("old.txt", "new.txt")),
    "diff ids": (
        ("city/act@2020-01-02", "city/act"),
        lambda store: store.diff("city/act@2020-01-02", "city/act"),
    ),
    "diff history": (("city/act",), lambda store: store.history("city/act")),
    "diff pairs": (("--pairs", "pairs.tsv"), lambda _: policydiff.diff_pairs([("old.txt", "new.txt")])),
    "apply": (("old.txt", "decision.txt"), lambda _: policydiff.apply("old.txt", "decision.txt")),
    "draft": (("old.txt", "new.txt"), lambda _: policydiff.draft("old.txt", "new.txt")),
    "compare": (("local.txt", "old.txt"), lambda _: policydiff.compare("local.txt", "old.txt")),
    "compare found": (("city/east",), lambda store: store.compare("city/east")),
    "compare several": (
        ("local.txt", "old.txt", "new.txt"),
        lambda _: policydiff.compare("local.txt", "old.txt", "new.txt"),
    ),
    "compare peers": (
        ("--peers", "local.txt", "new.txt", "--superior", "old.txt"),
        lambda _: policydiff.compare("local.txt", "old.txt", peers=["new.txt"]),
    ),
    "compare over time": (
        ("local.txt", "new.txt", "--before", "old.txt"),
        lambda _: policydiff.compare("local.txt", "new.txt", before="old.txt"),
    ),
    "sources": (("city/east",), lambda store: store.sources_of("city/east")),
    "spread": (("每家补助30万元。",), lambda store: store.spread("每家补助30万元。")),
    "families": ((), lambda store: store.families()),
    "reuse": (("city/act",), lambda store: store.taken_from("city/act")),
    "list": ((), lambda store: store.documents()),
    "log": (("city/act", "--changes"), lambda store: store.log("city/act", changes=True)),
    "log audit": (("--audit",), lambda store: store.audit()),
    "search": (("补助",), lambda store: store.search("补助")),
    "validity": (("--on", "2026-01-01"), lambda store: store.validity(on="2026-01-01")),
    "radar": (("--on", "2026-01-01"), lambda store: store.radar(on="2026-01-01")),
    "delegations": (("--on", "2026-01-01"), lambda store: store.delegations(on="2026-01-01")),
    "blame": (("city/act",), lambda store: store.blame("city/act")),
    "status": ((), lambda store: store.status()),
    "verify": ((), lambda store: store.verify()),
    "check": (("old.txt", "new.txt"), lambda _: policydiff.check("old.txt", "new.txt")),
    "check store": ((), lambda store: store.check()),
    "watch list": ((), lambda store: store.sources()),
    "schema": (("revision",), lambda _: policydiff.schema("revision")),
    "show": (("city/act",), lambda store: store.text("city/act")),
}
ELSEWHERE = {"init", "add", "import", "export", "correct", "meta", "separate", "reextract"}
"""Commands that write: `test_commands` runs them, and their results are those of `Store`."""
OF_THE_CLOCK = {"publish", "track", "health", "watch add", "watch try"}
"""Commands whose results hold the time of the run."""
OF_THE_SHELL = {"completion", "man"}
NO_STORE = {"schema"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("same")
    for name, text in (("old", OLD), ("new", NEW), ("local", LOCAL), ("decision", AMENDMENT)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / "pairs.tsv").write_text("old.txt\tnew.txt\n", "utf-8")
    with Store.init(folder / "store") as store:
        store.add(folder / "old.txt", id="city/act", issued="2020-01-02")
        store.add(folder / "new.txt", id="city/act", issued="2021-01-02")
        store.add(folder / "local.txt", id="city/east", issued="2020-06-01")
    return folder


def _run(place: Path, name: str, *options: str) -> bytes:
    command = name if name.startswith("watch") else name.split(maxsplit=1)[0]
    store = () if name in NO_STORE else ("--store", str(place / "store"))
    done = subprocess.run(
        [sys.executable, "-m", "policydiff", *command.split(), *CALLS[name][0], *store, *options],
        cwd=place,
        env=os.environ | {"POLICYDIFF_LANG": "zh", "COLUMNS": "100", "NO_COLOR": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr.decode()
    return done.stdout


def _call(place: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.chdir(place)
    monkeypatch.setenv("POLICYDIFF_LANG", "zh")
    with Store.open(place / "store") as store:
        return CALLS[name][1](store)


@pytest.mark.parametrize("name", CALLS)
def test_json(place: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = _call(place, name, monkeypatch)
    options = () if name in {"schema", "show"} else ("--json",)
    printed = _run(place, name, *options)
    if isinstance(found, str):
        assert printed.decode() == found
    elif isinstance(found, dict):
        assert json.loads(printed) == found
    else:
        assert printed.decode() == found.to_json()  # type: ignore[attr-defined]
        assert json.loads(printed)["schema"].startswith("policydiff/")


@pytest.mark.parametrize("name", ["diff", "compare", "parse", "compare peers", "diff history", "search"])
@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "csv", "markdown", "terminal"])
def test_reports(place: Path, name: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = _call(place, name, monkeypatch)
    made = policydiff.render(found, form)  # type: ignore[arg-type]
    assert _run(place, name, "--format", form) == (made.encode() if isinstance(made, str) else made)


def test_every_command_is_looked_at() -> None:
    named = {name if name.startswith("watch") else name.split()[0] for name in CALLS}
    everything = {name for name, _ in commands(program())}
    assert everything - named == ELSEWHERE | OF_THE_CLOCK | OF_THE_SHELL


def test_standard_input_is_read_wherever_a_document_is(place: Path) -> None:
    for arguments in (("parse", "-"), ("diff", "-", "new.txt"), ("compare", "new.txt", "-"), ("targets", "-"), ("show", "-"), ("apply", "-", "decision.txt")):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "policydiff", *arguments],
            cwd=place,
            input=OLD.encode(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stderr.decode())
        assert done.stdout
    twice = subprocess.run(
        [sys.executable, "-m", "policydiff", "diff", "-", "-"], input=b"x", capture_output=True, check=False
    )
    assert (twice.returncode, b"name - once" in twice.stderr) == (2, True)


def test_the_audit_log_goes_where_it_is_sent(place: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "policydiff", "log", "--audit", "--store", place / "store", "-o", tmp_path / "audit.json"],
        capture_output=True,
        check=True,
    )  # fmt: skip
    assert done.stdout == b""
    assert json.loads((tmp_path / "audit.json").read_text("utf-8"))["schema"] == "policydiff/audit/1"
