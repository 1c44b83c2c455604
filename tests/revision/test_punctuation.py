"""Marks alone are no change of a clause, and which clauses differ in them is said: a comma may bound what a word governs."""

import pytest

from policydiff import diff, parse
from policydiff.model import PunctuationDiffers

HEAD = "某市办法\n第一条 为了规范养老服务，制定本办法。\n第二条 "


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("被保险人死亡，继承标的。", "被保险人死，亡继承标的。", True, "a comma moved"),
        ("检察官、律师作证。", "检察官律师作证。", True, "a mark of enumeration gone: one man or two"),
        ("不得收费，经批准的除外。", "不得收费经批准的除外。", True, "a comma gone before an exception"),
        ("不得收费；可以募捐。", "不得收费。可以募捐。", True, "a semicolon became a full stop"),
        ("甲方、乙方应当到场。", "甲方，乙方应当到场。", True, "an enumeration became two halves"),
        ("不得收费；可以募捐。", "不得收费；；可以募捐。", True, "a mark doubled"),
        ("不得收费，可以募捐。", "不得收费,可以募捐。", False, "the width of a comma"),
        ("不得收费，可以募捐。", "不得收费，可以募捐", False, "the full stop at the end"),
        ("不得收费，可以募捐。", "不得收费， 可以募捐。", False, "a blank"),
        ("适用“三农”贷款。", "适用「三农」贷款。", False, "another form of quotes"),
        ("适用（三农）贷款。", "适用(三农)贷款。", False, "the width of brackets"),
        ("补助3,000元。", "补助3000元。", False, "a number in another writing"),
        ("适用《贷款办法》。", "适用〈贷款办法〉。", False, "another form of the marks of titles"),
    ],
)
def test_punctuation(old: str, new: str, told: bool, why: str) -> None:
    found = diff(parse(f"{HEAD}{old}\n"), parse(f"{HEAD}{new}\n"))
    assert not found.differs
    assert found.facts == ((PunctuationDiffers(clauses=1, labels=("第二条",)),) if told else ()), why
    assert ("仅标点不同（第二条）" in found.to_text(lang="zh")) is told
    if told:
        assert diff(parse(f"{HEAD}{old}\n"), parse(f"{HEAD}{new}\n"), strict=True).differs
