"""`policydiff check OLD NEW` as a job calls it: which rules hold, what it says, and with what it leaves."""

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from policydiff.cli.app import program
from policydiff.errors import PolicydiffError

NOT_FOUND = 11
"""How a command leaves that was named a store which is none."""

_FRAME = "某市停车管理办法\n第一条 为了规范停车管理，制定本办法。\n第二条 {}\n第三条 本办法自2024年1月1日起施行。\n"
_RULE = "经营者应当在三十日内公示收费标准；逾期未公示的，处五千元以上二万元以下罚款。"
_LOWER = _RULE.replace("二万元", "一万元")
_LONGER = _RULE.replace("三十日", "六十日")
_AMOUNT = '[[check.rules]]\non = "signal"\ntypes = ["amount"]\n'
_ANY = '[[check.rules]]\non = "signal"\n'
_WAIVER = '[[check.waivers]]\nrule = "signal"\ndocument = "*"\nreason = "agreed in council"\nuntil = '
_MAY, _MUST, _SOON = (
    f"经营者{words}日内公示收费标准。" for words in ("可以在三十", "应当在三十", "应当在十")
)
_EFFECT = '[[check.rules]]\non = "effect"\n'


def _checked(folder: Path, texts: tuple[str, str], rules: str, *more: str) -> tuple[int, str]:
    for name, text in zip(("old.txt", "new.txt"), texts, strict=True):
        (folder / name).write_text(_FRAME.format(text), "utf-8")
    if rules:
        (folder / "policydiff.toml").write_text(f"spec_version = 1\n{rules}", "utf-8")
    given = ["check", "old.txt", "new.txt", "--lang", "en"] if not more else ["check", *more]
    result = CliRunner().invoke(program(), given, env={"COLUMNS": "160"})
    if isinstance(result.exception, PolicydiffError):
        return result.exception.exit_code, str(result.exception)
    return result.exit_code, " ".join((result.stdout + result.stderr).split())


@pytest.fixture(autouse=True)
def _in_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("new", "rules", "code", "said"),
    [
        (_RULE, "", 0, "fail the check: 0"),
        (_RULE.replace("五千元", "5000元").replace("三十日", "30日"), "", 0, "fail the check: 0"),
        (_RULE.replace("应当", "必须"), "", 0, "fail the check: 0"),
        (_LOWER, "", 1, "figure changed"),
        (_RULE.replace("应当", "可以"), "", 1, "duty weakened"),
        (_RULE.partition("；")[0] + "。", "", 1, "fail the check: 1"),
        (_RULE.replace("二万元", "三万元"), _AMOUNT + 'directions = ["lower"]\n', 0, "fail the check: 0"),
        (_LOWER, _AMOUNT + 'directions = ["lower"]\n', 1, "change of substance"),
        (_LOWER, _AMOUNT + 'directions = ["higher"]\n', 0, "fail the check: 0"),
        (_LONGER, _AMOUNT, 0, "fail the check: 0"),
        (_LONGER, _ANY + 'types = ["period", "sanction"]\n', 1, "change of substance"),
        (_LONGER, _ANY + "weight = 0.99\n", 0, "fail the check: 0"),
        (_LONGER, _ANY + "weight = 0.6\n", 1, "change of substance"),
        (_LOWER, _ANY + 'level = "warning"\n', 0, "change of substance"),
        (_LOWER, _ANY + 'documents = ["nowhere/*"]\n', 0, "fail the check: 0"),
        (_LOWER, _ANY + _WAIVER + "2099-01-01\n", 0, "waived: 1"),
        (_LOWER, _ANY + _WAIVER + "2020-01-01\n", 1, "fail the check: 1"),
        (_LOWER, _ANY + _WAIVER + '2099-01-01\ntypes = ["period"]\n', 1, "fail the check: 1"),
        (_LOWER, _ANY + _WAIVER + "2099-01-01\nweight = 0.3\n", 1, "fail the check: 1"),
        (_LOWER, _ANY + _WAIVER + '2099-01-01\nclause = "第三条"\n', 1, "fail the check: 1"),
        (_LOWER, _ANY + _WAIVER + '2099-01-01\nclause = "第二条"\n', 0, "waived: 1"),
        (_RULE, _ANY + 'types = ["fine"]\n', 2, "check.rules[0].types[0]"),
        (_RULE, '[[check.rules]]\non = "everything"\n', 2, "check.rules[0].on"),
        (_RULE, _WAIVER.rpartition("until")[0], 2, "check.waivers[0].until"),
        (_RULE, _ANY + "weight = 30\n", 2, "check.rules[0].weight"),
    ],
)
def test_two_files_are_held_against_the_rules_beside_them(
    tmp_path: Path, new: str, rules: str, code: int, said: str
) -> None:
    left, printed = _checked(tmp_path, (_RULE, new), rules)
    assert (left, said in printed) == (code, True), printed


@pytest.mark.parametrize(
    ("texts", "rules", "language", "code", "said"),
    [
        ((_MAY, _MUST), _EFFECT, "en", 1, "loosened"),
        ((_SOON, _MUST), _EFFECT, "en", 0, "fail the check: 0"),
        ((_SOON, _MUST), _EFFECT + 'effects = ["tightened"]\n', "en", 1, "tightened"),
        ((_MAY, _MUST), _EFFECT, "zh", 1, "放宽"),
        ((_MUST, _MUST), _EFFECT, "zh", 0, "0 项"),
    ],
)
def test_a_local_document_is_held_against_its_superior(
    tmp_path: Path, texts: tuple[str, str], rules: str, language: str, code: int, said: str
) -> None:
    left, printed = _checked(tmp_path, texts, rules, "old.txt", "--against", "new.txt", "--lang", language)
    assert (left, said in printed) == (code, True), printed


def test_rules_that_are_no_store_s_are_refused_not_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").rename(tmp_path / "elsewhere")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    left, printed = _checked(tmp_path, (_RULE, _LOWER), _AMOUNT + 'directions = ["higher"]\n')
    assert left == NOT_FOUND
    assert "lies in no git repository" in printed
    (tmp_path / "policydiff.toml").unlink()
    assert _checked(tmp_path, (_RULE, _LOWER), "")[0] == 1  # the usual rules
