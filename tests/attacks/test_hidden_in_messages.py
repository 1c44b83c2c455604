"""No word of a stranger is obeyed or hidden in what the command line says: errors, remarks, help, progress, run pages; and none adds a line of its own."""

import json
import os
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest

from policydiff.model import DocumentIdentity
from policydiff.store import NewVersion, Store

from .command_line import run
from .hidden import HIDDEN, hidden_in

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="commands run in copies of this process")
WORDS = "".join(HIDDEN.values())
FORGED = "\npolicydiff: FORGED\n"
EVIL = WORDS + FORGED
NAME = EVIL.replace("/", "_")
"""As the name of a file: a name is at most 255 bytes."""
SHORT = [
    "a\x1b[31m\x07b", "a\u202eb\u2066", "a\x9b2J\x85b", "a\u200b\ufeff\u00adb", "a\u2028b\u2029", f"a{FORGED}b", "a\rb\x08", "a\x1b]0;P\x07b",
    "a\u3164\u115fb", "a\U000e0041b", "a\ufff9b\ufffb", "a\x0e\x7fb",
]  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("messages")
    text = "某市办法\n第一条　甲应当公开。\n第二条　乙。\n"
    (folder / "good.txt").write_text(text, "utf-8")
    for number, name in enumerate(SHORT):
        (folder / f"{name}{number}.txt").write_text(text, "utf-8")
        (folder / f"{name}{number}.pdf").write_bytes(b"%PDF-1.4 damaged " + name.encode())
    identity = DocumentIdentity(
        id="city/health", title=f"某市{EVIL}办法", document_number=f"某府发〔2024〕{EVIL}1号"
    )
    with Store.init(folder / "store") as store:
        for day, share in ((date(2024, 3, 5), "80%"), (date(2024, 4, 5), "2%")):
            store.add(
                NewVersion(
                    identity=identity, text=f"某市{EVIL}办法\n第一条 比例{share}{EVIL}，应当公开。\n", issued=day, source=b"x", extension="txt",
                    media_type="text/plain", extractor="plain", extractor_version="1", url=f"https://a.cn/{EVIL}", same_document=True,
                    warnings=(f"警{EVIL}",), declared_title=EVIL, declared=((EVIL, EVIL),),
                )
            )  # fmt: skip
    return folder


STORE = ("--store", "store")
COMMANDS: dict[str, list[str]] = {
    "a command that is none": [EVIL],
    "an option that is none": ["list", f"--{EVIL}"],
    "an option that is none, with a value": ["list", f"--nope={EVIL}"],
    "help after an option that is none": ["list", f"--{EVIL}", "--help"],
    "one argument too many": ["health", EVIL, *STORE],
    "a choice that is none": ["list", "-f", EVIL, *STORE],
    "a language that is none": ["list", "--lang", EVIL, *STORE],
    "a number that is none": ["search", "公开", "--limit", EVIL, *STORE],
    "a day that is none": ["list", "--as-of", EVIL, *STORE],
    "another day that is none": ["validity", "--on", EVIL, *STORE],
    "a store that is none": ["list", "--store", EVIL],
    "a file that is not there": ["parse", NAME],
    "two files that are not there": ["diff", NAME, NAME],
    "a document that is none": ["show", f"city/{EVIL}", *STORE],
    "a version that is none": ["show", f"city/health@{EVIL}", *STORE],
    "a clause that is none": ["show", "city/health", EVIL, *STORE],
    "a file for the report in no folder": ["list", *STORE, "-o", f"{NAME}/x.html"],
    "a file for the report of no form": ["list", *STORE, "-o", f"x.{NAME[:40]}"],
    "words that are not found": ["search", EVIL, *STORE],
    "a clause that nobody holds": ["spread", EVIL, *STORE],
    "a source that is none": ["track", EVIL, *STORE],
    "an address that is none": ["watch", "add", EVIL, *STORE],
    "a try of what is no source": ["watch", "try", EVIL, *STORE],
    "a list that is not there": ["watch", "add", "--from", NAME, *STORE],
    "an anchor that is none": ["verify", "--anchor", EVIL, *STORE],
    "a signer that is none": ["verify", "--signed-by", EVIL, *STORE],
    "a revision that is none": ["check", "--since", EVIL, *STORE],
    "a branch that is none": ["publish", "--branch", EVIL, *STORE],
    "a remote that is none": ["publish", "--branch", "main", "--remote", EVIL, *STORE],
    "a schema that is none": ["schema", EVIL],
    "a shell that is none": ["completion", EVIL],
    "a title put right": ["meta", "city/health", "--title", EVIL, "--issued", EVIL, *STORE],
    "an id put right": ["add", "good.txt", "--id", EVIL, *STORE],
    "a document to be separated": ["separate", EVIL, EVIL, "--to", EVIL, *STORE],
    "a folder to be imported": ["import", NAME, *STORE],
    "a folder to be exported to": ["export", f"good.txt/{NAME[:40]}", "--to", "git", *STORE],
    "a new store where nothing may be": ["init", f"good.txt/{NAME[:40]}"],
    "words that turn a direction": ["compare", "city/health", "good.txt", "--peers", NAME, *STORE],
    "what is recorded: list": ["list", *STORE],
    "what is recorded: diff, brief": ["diff", "city/health@2024-03-05", "city/health", *STORE, "--brief"],
    "what is recorded: log": ["log", "city/health", *STORE],
    "what is recorded: log, changes": ["log", "city/health", "--changes", *STORE],
    "what is recorded: diff": ["diff", "city/health@2024-03-05", "city/health", *STORE],
    "what is recorded: status": ["status", *STORE],
    "what is recorded: verify": ["verify", *STORE],
    "what is recorded: blame": ["blame", "city/health", *STORE],
    "what is recorded: targets": ["targets", "city/health", *STORE],
    "what is recorded: cites": ["cites", "city/health", *STORE],
    "what is recorded: validity": ["validity", "city/health", *STORE],
    "what is recorded: check": ["check", "city/health", *STORE],
    "what is recorded: check, annotations": ["check", "city/health", "--annotations", *STORE],
    "what is recorded: sources": ["sources", "city/health", *STORE],
    "what is recorded: read again": ["reextract", *STORE],
}  # fmt: skip


def check(told: str, reason: str) -> None:
    """Hold what was printed: nothing hidden, and no line of a stranger's that looks like one of ours.

    In the traceback of a bug a word may go on on a further line, which is indented there; a report shows the lines of a document as lines.
    """
    assert hidden_in(told) == [], reason
    if reason.startswith("what is recorded"):
        return
    assert [line for line in told.splitlines() if line.startswith("policydiff: FORGED")] == [], reason


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("reason", COMMANDS)
def test_what_a_command_says(place: Path, reason: str, lang: str) -> None:
    done = run(COMMANDS[reason], place, POLICYDIFF_LANG=lang, GITHUB_ACTIONS="true")
    # read again, the two versions may be alike, and an annotation is there for a finding alone
    assert done.told.strip() or reason.endswith("annotations"), reason
    assert done.code != 70, done.err
    check(done.told, reason)


@pytest.mark.parametrize("number", range(len(SHORT)))
@pytest.mark.parametrize(
    "command", [["parse"], ["add", *STORE], ["add", "--dry-run", *STORE], ["diff"]], ids=" ".join
)
def test_names_of_files(place: Path, command: list[str], number: int) -> None:
    """Files that are there, and can be read or not."""
    for name in (f"{SHORT[number]}{number}.txt", f"{SHORT[number]}{number}.pdf"):
        again = ["good.txt"] if command == ["diff"] else []
        done = run([command[0], name, *again, *command[1:]], place)
        assert done.told.strip()
        assert done.code != 70, done.err
        check(done.told, name)


VARIABLES = [
    "POLICYDIFF_LANG", "POLICYDIFF_STORE", "LANG", "LC_ALL", "LC_MESSAGES", "TERM", "COLUMNS", "HTTP_PROXY", "TMPDIR", "POLICYDIFF_BROWSER", "NO_COLOR", "GIT_DIR",
]  # fmt: skip


@pytest.mark.parametrize("variable", VARIABLES)
def test_variables_of_the_surroundings(place: Path, variable: str) -> None:
    done = run(["list", *STORE, "-f", "nope"], place, **{variable: EVIL})
    check(done.told, variable)


SETTINGS = {
    "a key": 'spec_version = 1\n[track]\n"{}" = 1\n',
    "a table": 'spec_version = 1\n[track."{}"]\n',
    "a value of no kind": 'spec_version = 1\n[track]\nreports = "{}"\n',
    "an agent": 'spec_version = 1\n[track]\nuser_agent = "{}"\n',
    "a proxy": 'spec_version = 1\n[track]\nproxy = "{}"\n',
    "a name": 'spec_version = 1\n[[sources]]\nname = "{}"\nurl = "https://a.cn/"\n',
    "an address": 'spec_version = 1\n[[sources]]\nname = "a"\nurl = "https://a.cn/{}"\n',
    "an id": 'spec_version = 1\n[[sources]]\nname = "a"\nurl = "https://a.cn/"\nid = "{}"\n',
    "a selector": 'spec_version = 1\n[[sources]]\nname = "a"\nurl = "https://a.cn/"\nselect = ["{}["]\n',
    "a pattern": 'spec_version = 1\n[[sources]]\nname = "a"\nurl = "https://a.cn/"\nmatch = "({}"\n',
    "a path": 'spec_version = 1\n[[sources]]\nname = "a"\nkind = "folder"\npath = "../{}"\n',
    "a template": 'spec_version = 1\n[[notify.services]]\nurl_env = "A"\ntitle = "{{{}"\n',
    "a mail address": 'spec_version = 1\n[notify.mail]\nhost = "h"\nsender = "{}"\nrecipients = ["a@b.cn"]\n',
    "a rule": 'spec_version = 1\n[[check.rules]]\non = "{}"\n',
    "a version of the form": 'spec_version = "{}"\n',
    "no TOML": 'spec_version = 1\n{}\n',
}  # fmt: skip


@pytest.mark.parametrize("reason", SETTINGS)
def test_settings(tmp_path: Path, reason: str) -> None:
    Store.init(tmp_path / "store").close()
    quoted = "".join(f"\\U{ord(sign):08X}" for sign in EVIL) if reason != "no TOML" else EVIL
    (tmp_path / "store" / "policydiff.toml").write_text(SETTINGS[reason].replace("{}", quoted), "utf-8")
    for command in (["track", *STORE], ["check", *STORE], ["watch", "list", *STORE]):
        done = run(command, tmp_path)
        assert done.code != 70, done.err
        check(done.told, reason)


MANIFESTS: dict[str, object] = {
    "a file": {"file": NAME},
    "an id": {"file": "good.txt", "id": EVIL},
    "a day": {"file": "good.txt", "issued": EVIL},
    "a level": {"file": "good.txt", "level": EVIL},
    "a title": {"file": "good.txt", "title": EVIL},
    "a number": {"file": "good.txt", "document_number": EVIL},
    "an issuer": {"file": "good.txt", "issuing_bodies": [EVIL]},
    "an address": {"file": "good.txt", "url": f"https://a.cn/{EVIL}"},
    "a key": {"file": "good.txt", EVIL: 1},
    "a pattern": {"file": "good.txt", "reading": {"ignore_lines": [f"({EVIL}"]}},
    "a selector": {"file": "good.txt", "reading": {"select": [f"{EVIL}["]}},
    "no object": EVIL,
}


@pytest.mark.parametrize("reason", MANIFESTS)
def test_manifests(tmp_path: Path, reason: str) -> None:
    Store.init(tmp_path / "store").close()
    (tmp_path / "good.txt").write_text("某市办法\n第一条　甲。\n", "utf-8")
    (tmp_path / "m.jsonl").write_text(json.dumps(MANIFESTS[reason]), "utf-8")
    done = run(["import", "m.jsonl", *STORE], tmp_path)
    assert done.code != 70, done.err
    check(done.told, reason)


PARTS = [
    "word/document.xml", f"word/{SHORT[0]}.xml", f"{SHORT[5]}", "xl/workbook.xml", "OFD.xml", "content.xml",
]  # fmt: skip


@pytest.mark.parametrize("part", PARTS, ids=range(len(PARTS)))
def test_members_of_packed_files(tmp_path: Path, part: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as packed:
        packed.writestr(part, f"<a>{SHORT[3]}<!-- {SHORT[5]} --></{SHORT[1]}>")
        packed.writestr(SHORT[2], EVIL)
    done = run(["parse", "a.docx"], tmp_path)
    assert done.code == 10, done.told
    check(done.told, part)


@pytest.mark.parametrize("sign", SHORT, ids=range(len(SHORT)))
def test_what_a_bug_says(tmp_path: Path, sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last resort prints a traceback, in which words of a stranger stand too."""
    from policydiff.api import verbs

    def fall(*_: object, **__: object) -> None:
        raise RuntimeError(f"cannot read {sign}") from ValueError(sign)

    monkeypatch.setattr(verbs, "read", fall)
    monkeypatch.setattr("policydiff.api.opening.Lookup.open", fall)
    (tmp_path / "good.txt").write_text("某市办法\n第一条　甲。\n", "utf-8")
    done = run(["parse", "good.txt"], tmp_path)
    assert done.code == 70, done.told
    check(done.told, sign)


BRANCHES = ["a\u202eb", "a\u200bb", "a\u2028b", "a\u00adb", "a\u3164b", "a\u2066b", "a\ufffab", "a\u200fb", "a\u180eb", "a\U000e0041b"]  # fmt: skip


@pytest.mark.parametrize("branch", BRANCHES, ids=range(len(BRANCHES)))
def test_names_of_branches(tmp_path: Path, branch: str) -> None:
    """What git lets be the name of a branch, of a tag, and of the author."""
    Store.init(tmp_path / "store").close()
    os.environ["GIT_AUTHOR_NAME"] = f"{branch}作者"

    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=tmp_path / "store", check=True, capture_output=True)

    try:
        (tmp_path / "a.txt").write_text("某市办法\n某府发〔2024〕1号\n第一条　甲。\n2024年3月5日\n", "utf-8")
        assert run(["add", "a.txt", *STORE], tmp_path).code == 0
    finally:
        del os.environ["GIT_AUTHOR_NAME"]
    git("checkout", "-q", "-b", branch)
    git("tag", f"t{branch}")
    for command in (
        ["status", *STORE],
        ["verify", "--anchor", f"t{branch}", *STORE],
        ["check", "--since", branch, *STORE],
        ["publish", "--branch", branch, *STORE],
        ["log", *STORE, "--commits"],
    ):
        done = run(command, tmp_path)
        assert done.code != 70, done.err
        check(done.told, command[0])
