"""What a store says of a document is put right without a new version, and a second source meets the first."""

import csv
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]

TEXT = """\
某市人民政府关于推进养老服务发展的若干意见

某府发〔2018〕25号

一、总体要求

到2020年，全市养老床位达到10万张以上。

某市人民政府
2018年3月1日
"""


@pytest.fixture
def stored(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert run("init", "store").returncode == 0
    added = run("add", "a.txt", "--id", "city/care", "--store", "store")
    assert added.returncode == 0, added.stderr.decode()
    return tmp_path / "store"


def test_identity_and_dates_are_put_right(run: Run, stored: Path) -> None:
    done = run(
        "meta", "city/care", "--title", "某市的意见", "--number", "某府发[2018]26号", "--level", "prefecture",
        "--effective", "2018-04-01", "--expires", "2023-03-31", "--store", stored,
    )  # fmt: skip
    assert done.stdout.decode() == "city/care@2018-03-01 described anew\n"
    log = json.loads(run("log", "city/care", "--json", "--store", stored).stdout)
    assert log["identity"]["title"] == "某市的意见"
    assert log["identity"]["document_number"] == "某府发〔2018〕26号"
    (version,) = log["versions"]
    assert (version["in_force_from"], version["in_force_until"]) == ("2018-04-01", "2023-03-31")
    expired = run("show", "city/care@2024-01-01", "--store", stored)
    assert expired.returncode == 11
    assert "expired on 2023-03-31" in expired.stderr.decode()
    assert run("meta", "city/care", "--expires", "none", "--store", stored).returncode == 0
    assert run("show", "city/care@2024-01-01", "--store", stored).stdout.decode() == TEXT
    verified = run("verify", "--store", stored)
    assert (verified.returncode, verified.stdout.count(b"all as recorded"), verified.stderr) == (0, 1, b"")
    audit = run("log", "city/care", "--audit", "--format", "csv", "--store", stored).stdout.decode(
        "utf-8-sig"
    )
    assert [row["Action"] for row in csv.DictReader(audit.splitlines())] == [
        "described anew",
        "described anew",
        "described anew",
        "added",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["city/care"], 2, "nothing to put right"),
        (["city/care", "--level", "village"], 2, "not one of 'state'"),
        (["city/care", "--expires", "soon"], 2, "--expires takes a day"),
        (["city/none", "--title", "x"], 11, "no document city/none"),
    ],
)
def test_what_cannot_be_put_right_is_said(
    run: Run, stored: Path, arguments: list[str], status: int, said: str
) -> None:
    done = run("meta", *arguments, "--store", stored)
    assert (done.returncode, said in done.stderr.decode()) == (status, True), done.stderr.decode()


def test_a_second_source_meets_the_first(run: Run, stored: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT.replace("10万", "12万").replace("3月1日", "7月1日"), "utf-8")
    for arguments in (("--dry-run",), ()):
        done = run("add", "b.txt", *arguments, "--store", stored)
        assert re.search(r"b\.txt +city/care +2018-07-01 ", done.stdout.decode())
        assert "as a version of it" in done.stderr.decode()
