"""What the tutorials tell an analyst and an operator to type is typed, in order; what they name is there."""

import contextlib
import re
import shlex
from pathlib import Path

import pytest
import typer
from docx import Document

from policydiff.cli.app import COMMANDS, program
from tests.conftest import CORPUS, ROOT

TUTORIAL = ROOT / "docs" / "tutorial"
DIRECTIVE = (CORPUS / "documents/shanghai/health-services-2018/seen-2019-06-18/text.txt").read_text("utf-8")
LOCAL = (CORPUS / "documents/shanghai/jingan/life-health-2021/2021-11-29/text.txt").read_text("utf-8")
OLD = "某市养老服务条例\n第一条 为了发展养老服务，制定本条例。\n第二条 每家补助三十万元。\n第三条 本条例自2018年1月1日起施行。"
NEW = OLD.replace("三十万元", "五十万元")
DECISION = "某市人民代表大会常务委员会关于修改《某市养老服务条例》的决定\n一、将第二条中的“三十万元”修改为“五十万元”。\n本决定自2024年5月1日起施行。"
FILES = {
    "district.docx": LOCAL, "区实施意见.docx": LOCAL, "directive.html": DIRECTIVE, "市若干意见.html": DIRECTIVE,
    "old.docx": OLD, "new.docx": NEW, "原文.docx": OLD, "修改稿.docx": NEW,
    "act-2018.docx": OLD, "act-2024.docx": NEW, "decision-2024.docx": DECISION,
    "条例2018.docx": OLD, "条例2024.docx": NEW, "修改决定2024.docx": DECISION,
}  # fmt: skip
"""Files that a reader is told to put in the place of his own, and what stands in them here."""


def typed(page: str) -> list[str]:
    """Return the lines of a page that call the program or go into a folder, those in tables included, in order."""
    text = (TUTORIAL / page).read_text("utf-8")
    found = re.findall(r"^\s*((?:policydiff|cd) [^\n]*)$|`(policydiff [^`]*)`", text, re.MULTILINE)
    return [(block or cell).strip() for block, cell in found]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the reader's own files."""
    for name, text in FILES.items():
        if name.endswith(".docx"):
            word = Document()
            for line in text.splitlines():
                word.add_paragraph(line)
            word.save(str(tmp_path / name))
        else:
            body = "".join(f"<p>{line}</p>" for line in text.splitlines())
            (tmp_path / name).write_text(f"<html><meta charset='utf-8'><body>{body}</body></html>", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", ["analyst.md", "analyst.zh.md"])
def test_an_analyst_can_type_every_line(page: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = typed(page)
    assert len(lines) > 8
    for line in lines:
        command, _, folder = line.partition(" && cd ")
        arguments = [str(CORPUS) if each == "corpus" else each for each in shlex.split(command)[1:]]
        with contextlib.suppress(typer.Exit):
            program(arguments)(arguments, standalone_mode=False)
        written = [arguments[n + 1] for n, each in enumerate(arguments) if each == "-o"]
        assert all(Path(name).stat().st_size for name in written), line
        if folder:
            monkeypatch.chdir(Path.cwd() / folder)


@pytest.mark.parametrize("page", sorted(path.name for path in TUTORIAL.glob("*.md")))
def test_every_command_and_option_named_is_there(page: str) -> None:
    """Also where a line needs a site that answers."""
    manual = (ROOT / "docs" / "cli.md").read_text("utf-8")
    for line in typed(page):
        words = shlex.split(line.partition(" && ")[0])[1:]
        assert any(" ".join(words[:n]) in COMMANDS for n in (1, 2)), line
        assert all(f"`{each}`" in manual or f"{each}" in manual for each in words if each.startswith("--")), (
            line
        )


def test_every_file_that_the_guide_for_contributors_names_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`([\w/]+(?:/[\w.]+)+)`", text)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []
