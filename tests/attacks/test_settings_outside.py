"""What the settings of a stranger's store name lies inside the store: nothing elsewhere is read, written or expanded."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store

from .command_line import run

SECRET = "GEHEIM-nicht-lesen"
LAW = f"某市办法\n某府发〔2024〕9号\n第一条　{SECRET}。\n2024年3月5日\n"

OUTSIDE = [
    "/etc", "//etc", "/", "\\", "\\etc", "C:\\", "C:/x", "c:x", "C:", "\\\\host\\share", "//host/share", "\\\\?\\C:\\x", "\\\\.\\C:", "file:///etc", "file:x",
    "~", "~/x", "~root/x", "..", "../x", "a/..", "a/../../b", "a/./../..", "..\\x", "a\\..\\..\\b", "a/b/../../../c", ".", "./.", "",
    ".git", ".GIT/x", "a/.git/hooks", "GIT~1/x", ".git./x", ".git /x", ".policydiff/x", "documents", "DOCUMENTS/x", "policydiff.toml", "Policydiff.TOML",
    "con", "a/nul.txt", "COM1", "a:b", "a/b:stream", "a.", "a/b ", "a\x00b", "a\nb", "a\u202eb", ".\u200bgit/x", "a/..;/b:", "CONIN$", "a|b", "a*b", "a?b", "a<b", 'a"b',
]  # fmt: skip
"""Places that are outside, are git's or the store's own, or are no place on some system."""
LITERAL = [
    "$HOME/x",
    "${HOME}",
    "%USERPROFILE%/x",
    "$(id)",
    "`id`",
    "{HOME}",
    "%(HOME)s",
    "!HOME!",
    "a$b",
    "@file",
]
"""Words that some program would expand: here they are names."""


def settings(path: str) -> list[str]:
    quoted = "".join(f"\\U{ord(sign):08X}" for sign in path)
    return [
        f'[[sources]]\nname="a"\nkind="folder"\npath="{quoted}"\n',
        f'[notify]\nfeed="{quoted}"\n',
        f'[track]\nledger_archive="{quoted}"\n',
    ]


@pytest.mark.parametrize("path", OUTSIDE, ids=ascii)
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    from policydiff.errors import UsageError

    for text in settings(path):
        with pytest.raises(UsageError):
            parse_configuration(text)


@pytest.mark.parametrize("path", LITERAL, ids=ascii)
def test_nothing_is_expanded(tmp_path: Path, path: str) -> None:
    """Such a name is refused, or is a folder of that name inside the store."""
    from policydiff.errors import UsageError

    try:
        configured = [parse_configuration(text) for text in settings(path)]
    except UsageError:
        return
    assert configured[0].sources[0].path == path
    with Store.init(tmp_path / "store"):
        pass
    (tmp_path / "store" / "policydiff.toml").write_text(
        f"spec_version = 1\n[notify]\nfeed = '{path}/f.xml'\n", "utf-8"
    )
    run(["track", "--store", "store"], tmp_path, HOME=str(tmp_path / "home"))
    assert not (tmp_path / "home").exists()


INCLUDING = [
    'include = "{0}"\n', 'extends = "{0}"\n', 'import = ["{0}"]\n', 'inherit = "{0}"\n', '[include]\npath = "{0}"\n', '[tool.policydiff]\nextend = "{0}"\n',
    '"$ref" = "{0}"\n', 'sources = "{0}"\n', '[track]\ninclude = "{0}"\n', '[notify]\nextends = "{0}"\n', '[[sources]]\ninclude = "{0}"\n', '[extract]\nfrom = "{0}"\n',
]  # fmt: skip


@pytest.mark.parametrize("words", INCLUDING)
def test_no_key_takes_in_another_file(tmp_path: Path, words: str) -> None:
    Store.init(tmp_path / "store").close()
    other = tmp_path / "other.toml"
    other.write_text(f'[[sources]]\nname = "geheim"\nurl = "https://a.cn/{SECRET}"\n', "utf-8")
    (tmp_path / "store" / "policydiff.toml").write_text(
        f"{words.format(other.as_posix())}\n".replace("[", "spec_version = 1\n[", 1)
        if words.startswith("[")
        else f"spec_version = 1\n{words.format(other.as_posix())}\n",
        "utf-8",
    )
    done = run(["watch", "list", "--store", "store"], tmp_path)
    assert SECRET not in done.told
    assert "geheim" not in done.told


def _linked_settings(store: Path, outside: Path) -> None:
    shutil.move(store / "policydiff.toml", outside / "policydiff.toml")
    (outside / "policydiff.toml").write_text(f"spec_version = 1\n# {SECRET}\n[{SECRET}\n", "utf-8")
    (store / "policydiff.toml").symlink_to(outside / "policydiff.toml")


def _linked_folder(store: Path, outside: Path) -> None:
    (store / "inbox").symlink_to(outside)


def _linked_folder_below(store: Path, outside: Path) -> None:
    (store / "inbox").mkdir()
    (store / "inbox" / "deeper").symlink_to(outside)


def _linked_file(store: Path, outside: Path) -> None:
    (store / "inbox").mkdir()
    (store / "inbox" / "a.txt").symlink_to(outside / "law.txt")


def _link_to_a_link(store: Path, outside: Path) -> None:
    (store / "one").symlink_to(outside)
    (store / "inbox").symlink_to(store / "one")


def _relative_link(store: Path, outside: Path) -> None:
    (store / "inbox").symlink_to(Path("..") / outside.name)


def _linked_feed(store: Path, outside: Path) -> None:
    (store / "public").symlink_to(outside)


def _linked_feed_file(store: Path, outside: Path) -> None:
    (store / "public").mkdir()
    (store / "public" / "feed.xml").symlink_to(outside / "law.txt")


def _hard_link_for_the_feed(store: Path, outside: Path) -> None:
    (store / "public").mkdir()
    os.link(outside / "law.txt", store / "public" / "feed.xml")


def _linked_documents(store: Path, outside: Path) -> None:
    shutil.rmtree(store / "documents", ignore_errors=True)
    (store / "documents").symlink_to(outside)


def _linked_own_folder(store: Path, outside: Path) -> None:
    (store / ".policydiff").symlink_to(outside)


def _linked_archive(store: Path, outside: Path) -> None:
    (store / "ledger").symlink_to(outside)


def _fresh_settings_linked(store: Path, outside: Path) -> None:
    """The name beside which a new settings file is written before it takes the place of the old one."""
    (store / "policydiff.toml.new").symlink_to(outside / "law.txt")


def _linked_lock(store: Path, outside: Path) -> None:
    (store / ".git" / "policydiff.lock").symlink_to(outside / "law.txt")


LINKS: list[Callable[[Path, Path], None]] = [
    _linked_settings, _linked_folder, _linked_folder_below, _linked_file, _link_to_a_link, _relative_link, _linked_feed, _linked_feed_file,
    _hard_link_for_the_feed, _linked_documents, _linked_own_folder, _linked_archive, _fresh_settings_linked, _linked_lock,
]  # fmt: skip
CONFIGURED = """spec_version = 1
[track]
ledger_archive = "ledger"
[[sources]]
name = "inbox"
kind = "folder"
path = "inbox"
id = "city"
[notify]
feed = "public/feed.xml"
"""


@pytest.mark.parametrize("make", LINKS, ids=lambda make: make.__name__.strip("_").replace("_", " "))
def test_no_link_leads_out(tmp_path: Path, make: Callable[[Path, Path], None]) -> None:
    """What lies outside is neither recorded, printed, written nor removed, whatever is run."""
    store, outside = tmp_path / "store", tmp_path / "outside"
    Store.init(store).close()
    outside.mkdir()
    (outside / "law.txt").write_text(LAW, "utf-8")
    (store / "policydiff.toml").write_text(CONFIGURED, "utf-8")
    make(store, outside)
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    (tmp_path / "own.txt").write_text("某区办法\n某区府发〔2024〕1号\n第一条　乙。\n2024年3月5日\n", "utf-8")
    for command in (
        ["track"], ["add", "own.txt"], ["watch", "add", "https://a.cn/x", "--name", "x"], ["watch", "list"], ["list"], ["status"],
        ["health"], ["correct", "a/b@2024-03-05"], ["search", "第一条"], ["check"],
    ):  # fmt: skip
        done = run([*command, "--store", "store"], tmp_path)
        assert done.code != 70, done.err
        assert SECRET not in done.told, command
    after = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    assert after == before
    recorded = [path for path in (store / "documents").rglob("*") if path.is_file() and not (store / "documents").is_symlink()]  # fmt: skip
    assert [path for path in recorded if SECRET in path.read_text("utf-8", "replace")] == []


def test_a_store_inside_a_store_is_read_by_its_own_settings(tmp_path: Path) -> None:
    """The inner store is a folder of the outer one: neither takes the other's settings."""
    outer, inner = tmp_path / "outer", tmp_path / "outer" / "inner"
    Store.init(outer).close()
    Store.init(inner).close()
    (inner / "policydiff.toml").write_text(
        'spec_version = 1\n[[sources]]\nname = "inner"\nurl = "https://a.cn/inner"\n', "utf-8"
    )
    (outer / "policydiff.toml").write_text(
        'spec_version = 1\n[[sources]]\nname = "outer"\nurl = "https://a.cn/outer"\n', "utf-8"
    )
    assert "outer" in run(["watch", "list"], outer).out
    shown = run(["watch", "list"], inner).out
    assert "a.cn/inner" in shown
    assert "a.cn/outer" not in shown


def test_a_bare_store_inside_a_store_is_refused_unless_it_is_meant(tmp_path: Path) -> None:
    Store.init(tmp_path / "outer").close()
    Store.init(tmp_path / "outer" / "hidden.git", bare=True).close()
    assert run(["list", "--store", "outer/hidden.git"], tmp_path).code == 2
    assert run(["list", "--store", "bare:outer/hidden.git"], tmp_path).code == 0


VARIABLES = ["POLICYDIFF_STORE", "POLICYDIFF_CONFIG", "XDG_CONFIG_HOME", "HOME", "PYTHONSTARTUP", "POLICYDIFF_SETTINGS", "CONFIG", "APPDATA", "PWD", "OLDPWD"]  # fmt: skip


@pytest.mark.parametrize("variable", VARIABLES)
def test_no_variable_brings_other_settings_into_a_store_that_was_named(tmp_path: Path, variable: str) -> None:
    Store.init(tmp_path / "store").close()
    other = tmp_path / "other"
    other.mkdir()
    (other / "policydiff.toml").write_text(
        f'spec_version = 1\n[[sources]]\nname = "geheim"\nurl = "https://a.cn/{SECRET}"\n', "utf-8"
    )
    done = run(["watch", "list", "--store", "store"], tmp_path, **{variable: str(other)})
    assert SECRET not in done.told
