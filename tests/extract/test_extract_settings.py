"""Limits as settings: of the library, of `policydiff.toml`, of the environment, of the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from policydiff import read
from policydiff.cli.app import program
from policydiff.errors import PolicydiffError, UnreadableInputError, UsageError
from policydiff.extract import Limits
from policydiff.extract.reading import LIMIT_NAMES, parse_limits
from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store
from tests.extract.small_files import pdf, text_lines

PAGES = pdf(text_lines((60, 700, "Article one of the text")), pages=4)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an empty store, which is the current folder, with a PDF of four pages in it."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.delenv("POLICYDIFF_READ_LIMIT", raising=False)
    folder = tmp_path / "store"
    Store.init(folder).close()
    monkeypatch.chdir(folder)
    (folder / "four.pdf").write_bytes(PAGES)
    return folder


def setting(folder: Path, table: str) -> None:
    (folder / "policydiff.toml").write_text(f"spec_version = 1\n\n[extract]\n{table}\n", "utf-8")


def command(*arguments: str, limits: str | None = None) -> Result:
    return CliRunner().invoke(
        program(arguments), arguments, env={"POLICYDIFF_READ_LIMIT": limits} if limits else None
    )


COMMANDS = [
    ("add", "four.pdf"),
    ("add", "--dry-run", "four.pdf"),
    ("parse", "four.pdf"),
    ("parse", "four.pdf", "--store", "."),
    ("targets", "four.pdf"),
    ("responsibilities", "four.pdf"),
    ("cites", "four.pdf"),
    ("show", "four.pdf"),
    ("diff", "four.pdf", "four.pdf"),
    ("apply", "four.pdf", "four.pdf"),
    ("compare", "four.pdf", "four.pdf"),
    ("check", "four.pdf", "four.pdf"),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_that_reads_a_file_keeps_to_the_settings(
    arguments: tuple[str, ...], store: Path
) -> None:
    setting(store, "pages = 3")
    refused = command(*arguments)
    assert isinstance(refused.exception, UnreadableInputError)
    assert "4 pages, more than the limit of 3: raise pages" in str(refused.exception)
    assert Store.open(store).documents() == []


def test_what_is_nearer_goes_before(store: Path) -> None:
    setting(store, "pages = 3")
    assert command("parse", "four.pdf", limits="pages=4").exit_code == 0, (
        "the environment before the settings"
    )
    option = command("parse", "four.pdf", "--read-limit", "pages=2", limits="pages=4")
    assert "more than the limit of 2" in str(option.exception), "the option before the environment"
    several = command("parse", "four.pdf", limits="seconds=60 pages=3")
    assert "more than the limit of 3" in str(several.exception), "several in one variable"


def test_an_import_names_the_file_that_is_refused(store: Path) -> None:
    folder = store / "inbox"
    folder.mkdir()
    (store / "four.pdf").rename(folder / "four.pdf")
    found = command("import", "inbox", "--read-limit", "pages=3")
    assert "four.pdf: " in found.stderr
    assert "more than the limit of 3" in found.stderr
    assert command("import", "inbox", "--read-limit", "pages=4").exit_code == 0


def test_what_is_recorded_is_read_again_within_the_limits(store: Path) -> None:
    assert command("add", "four.pdf", "--id", "city/act").exit_code == 0
    setting(store, "pages = 3")
    assert "more than the limit of 3" in command("reextract").stderr


def test_tracking_reads_the_same_table() -> None:
    assert parse_configuration("[extract]\npages = 7\n").extract == Limits(pages=7)


FAULTS = [
    ("pages = 0", "policydiff.toml, line 3: extract: pages is a number from 1, not 0", "out of range"),
    ("pages = 'x'", "policydiff.toml, line 4: extract.pages: Input should be a valid integer", "no number"),
    ("\nseitz = 3", "policydiff.toml, line 5: extract.seitz: no such setting", "an unknown name"),
    ("seconds = inf", "seconds is a number from 0.001 to 86,400, not inf", "no time at all"),
]


@pytest.mark.parametrize(("table", "message", "reason"), FAULTS, ids=[row[2] for row in FAULTS])
def test_a_setting_that_is_wrong_is_named_with_its_line(
    table: str, message: str, reason: str, store: Path
) -> None:
    setting(store, table)
    for arguments in (("parse", "four.pdf"), ("add", "four.pdf")):
        refused = command(*arguments).exception
        assert isinstance(refused, UsageError)
        assert message in str(refused)


def test_a_table_of_another_name_is_told(store: Path) -> None:
    (store / "policydiff.toml").write_text("spec_version = 1\n[limits]\npages = 3\n", "utf-8")
    assert "no table 'limits': did you mean 'extract'?" in str(command("parse", "four.pdf").exception)


GIVEN = [
    ("pages=0", "pages is a number from 1, not 0", "out of range"),
    ("pages=many", "pages is a number, not 'many'", "no number"),
    ("pages=1.5", "pages is a whole number, not 1.5", "no whole number"),
    ("seconds=nan", "seconds is a number from 0.001", "not a number"),
    ("page=3", "'page=3' sets no limit: write NAME=VALUE, with one of file_bytes,", "an unknown name"),
    ("pages", "'pages' sets no limit", "no value"),
]


@pytest.mark.parametrize(("given", "message", "reason"), GIVEN, ids=[row[2] for row in GIVEN])
def test_an_option_that_is_wrong_is_told(given: str, message: str, reason: str, store: Path) -> None:
    refused = command("parse", "four.pdf", "--read-limit", given).exception
    assert isinstance(refused, UsageError)
    assert str(refused).startswith("--read-limit: ")
    assert message in str(refused)


def test_the_library_takes_limits_and_refuses_what_is_none(store: Path) -> None:
    with pytest.raises(PolicydiffError, match="more than the limit of 3"):
        read(store / "four.pdf", limits=Limits(pages=3))
    assert read(store / "four.pdf").walk()
    with pytest.raises(ValueError, match="pages is a whole number, not True"):
        Limits(pages=True)
    assert parse_limits(["pages=5"], Limits(seconds=7)) == Limits(pages=5, seconds=7)


def test_help_and_documentation_name_every_limit() -> None:
    said = " ".join(command("parse", "--help").output.replace("│", " ").split())
    page = (Path(__file__).parents[2] / "docs" / "files.md").read_text("utf-8")
    for name in LIMIT_NAMES:
        assert name in said
        assert f"\n{name} = {getattr(Limits(), name):_}".replace("_.", ".") in page, name
