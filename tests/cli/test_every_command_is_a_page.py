"""Every command that answers shows a page, in Chinese and English; the few others print a text or change something."""

import contextlib
import json
import re
from pathlib import Path

import pytest
import typer

from policydiff.cli.app import COMMANDS, program
from tests.conftest import CORPUS

DOC = "shanghai/health-services-2018"
LOCAL = "shanghai/jingan/life-health-2021"

PAGES: dict[str, tuple[str, list[str]]] = {
    "add": ("add", ["add", "old.txt"]),
    "import": ("import", ["import", "folder"]),
    "parse": ("document", ["parse", DOC]),
    "targets": ("targets", ["targets", DOC]),
    "responsibilities": ("responsibilities", ["responsibilities", DOC]),
    "cites": ("citations", ["cites", LOCAL]),
    "diff": ("revision", ["diff", "old.txt", "new.txt"]),
    "compare": ("comparison", ["compare", "old.txt", "new.txt"]),
    "list": ("documents", ["list"]),
    "log": ("log", ["log", DOC]),
    "search": ("search", ["search", "健康"]),
    "blame": ("blame", ["blame", DOC]),
    "status": ("status", ["status"]),
    "verify": ("verification", ["verify"]),
    "sources": ("document-sources", ["sources", LOCAL]),
    "reuse": ("document-reuse", ["reuse", DOC]),
    "spread": ("spread", ["spread", "促进健康服务业发展"]),
    "families": ("families", ["families"]),
    "validity": ("validity", ["validity"]),
    "radar": ("radar", ["radar"]),
    "delegations": ("delegations", ["delegations"]),
    "track": ("run", ["track"]),
    "health": ("health", ["health"]),
    "check": ("check", ["check", DOC]),
    "watch add": ("added-sources", ["watch", "add", "--list", "list.csv"]),
    "watch list": ("sources", ["watch", "list"]),
    "watch try": ("trial", ["watch", "try", "none"]),
}
"""Command to the name of its page, and to a command line."""
OTHERS = {
    "init": "says where the store is",
    "export": "writes files",
    "correct": "says in a line what was recorded",
    "meta": "says in a line what was recorded",
    "separate": "says in a line what was recorded",
    "reextract": "says in a line what was recorded",
    "show": "prints a text of the store",
    "schema": "prints a schema",
    "apply": "prints the text it builds; what became of the orders is a page on standard error",
    "draft": "prints the decision, which is a document and no report",
    "publish": "says in a line what was published",
    "completion": "prints a script",
    "man": "prints a manual",
}
"""Commands without a report, and what they do instead."""
WRITING = {"add", "import"}
"""Commands that need a store of their own."""
UNREACHABLE = {"watch add", "watch try", "track"}
"""Their command lines need a site that answers: the pages of their results are held in files elsewhere."""


def test_every_command_is_known_to_show_a_page_or_not() -> None:
    assert set(PAGES) | set(OTHERS) == set(COMMANDS)
    assert not set(PAGES) & set(OTHERS)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "old.txt").write_text(
        "某市办法\n第一条 补助30万元。\n第二条 自2020年1月1日起施行。\n", "utf-8"
    )
    (tmp_path / "new.txt").write_text(
        "某市办法\n第一条 补助50万元。\n第二条 自2022年1月1日起施行。\n", "utf-8"
    )
    (tmp_path / "folder").mkdir()
    return tmp_path


def run(*arguments: str) -> None:
    with contextlib.suppress(typer.Exit):
        program(arguments)(arguments, standalone_mode=False)


@pytest.mark.parametrize("command", sorted(set(PAGES) - UNREACHABLE))
def test_a_command_shows_its_page(command: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, arguments = PAGES[command]
    writes = command in WRITING
    if writes:
        run("init", str(place / "store"))
    arguments = [str(place / each) if (place / each).exists() else each for each in arguments]
    monkeypatch.chdir(place / "store" if writes else CORPUS)
    for lang, tag in (("zh", "zh-CN"), ("en", "en")):
        run(*arguments, "--lang", lang, "-o", str(place / "out.html"))
        page = (place / "out.html").read_text("utf-8")
        assert f'<body class="page-{name}">' in page
        assert f'<html lang="{tag}">' in page
    run(*arguments, "--json", "-o", str(place / "out.json"))
    schema = json.loads((place / "out.json").read_text("utf-8"))["schema"]
    assert re.fullmatch(r"policydiff/[a-z-]+/\d", schema)
