"""Clauses too short for shares of wording are merged and split where all their words stand in the other clause."""

import pytest

from policydiff import diff, parse
from policydiff.model import ChangeKind

FIRST, LAST = "为了加强管理，制定本办法。", "本办法自2024年1月1日起施行。"
CHECK = "燃气经营者应当每年检验一次。"


def _text(*clauses: str) -> str:
    return "某市燃气管理办法\n" + "".join(
        f"第{number}条 {clause}\n" for number, clause in zip("一二三四五", clauses, strict=False)
    )


@pytest.mark.parametrize(
    ("short", "whole", "kind", "why"),
    [
        (
            "燃气经营者应当取得许可证。",
            "燃气经营者应当取得许可证。" + CHECK,
            ChangeKind.MERGED,
            "a sentence ahead of the other",
        ),
        (
            "燃气经营者应当取得许可证。",
            CHECK + "燃气经营者应当取得许可证。",
            ChangeKind.MERGED,
            "a sentence behind it",
        ),
        (
            "燃气经营者应当取得许可证。",
            CHECK[:-1] + "；燃气经营者应当取得许可证。",
            ChangeKind.MERGED,
            "a half-sentence",
        ),
        (
            "燃气经营者应当取得许可证。",
            CHECK + "\n燃气经营者应当取得许可证。",
            ChangeKind.MERGED,
            "a paragraph of its own",
        ),
        ("应当取得经营许可。", CHECK + "应当取得经营许可。", ChangeKind.MERGED, "eight letters"),
        ("应当取得许可证。", CHECK + "应当取得许可证。", ChangeKind.MODIFIED, "seven may stand anywhere"),
        (
            "燃气经营者应当取得许可证。",
            CHECK + "燃气经营者应当先取得许可证。",
            ChangeKind.MODIFIED,
            "other words",
        ),
    ],
)
def test_short_clauses(short: str, whole: str, kind: ChangeKind, why: str) -> None:
    parted, joined = parse(_text(FIRST, short, CHECK, LAST)), parse(_text(FIRST, whole, LAST))
    kinds = {change.kind for change in diff(parted, joined)} - {ChangeKind.UNCHANGED}
    assert kind in kinds, why
    assert (ChangeKind.REMOVED in kinds) is (kind is ChangeKind.MODIFIED), why
    back = {change.kind for change in diff(joined, parted)}
    assert (ChangeKind.SPLIT in back) is (kind is ChangeKind.MERGED), why


def test_words_that_stood_in_the_other_clause_before_are_no_merger() -> None:
    short = "燃气经营者应当取得许可证。"
    kinds = {
        change.kind
        for change in diff(
            parse(_text(FIRST, short, short + CHECK, LAST)), parse(_text(FIRST, short + CHECK, LAST))
        )
    }
    assert ChangeKind.REMOVED in kinds
