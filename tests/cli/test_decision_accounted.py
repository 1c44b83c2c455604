"""`diff OLD NEW --decision`: changes without an order, and orders without a change; drafts are named as such."""

from pathlib import Path

import pytest

from policydiff.parsing import parse_text
from policydiff.report.catalog import catalog
from policydiff.report.document_page import side, state_of

OLD = "某市燃气办法\n第一条　处一千元罚款。\n第二条　市燃气局负责。\n第三条　记录保存三年。\n"
NEW = OLD.replace("一千元", "二千元")
ORDER = "关于修改《某市燃气办法》的决定\n一、将第一条中的“一千元”修改为“二千元”。\n"
CASES = [
    (NEW, ORDER, "every change has its order", 0, "both sides agree"),
    (NEW.replace("三年", "五年"), ORDER, "No order accounts for these articles", 1, "a change without an order"),
    (OLD, ORDER, "No order accounts for these articles", 1, "the text as published lacks what is ordered"),
    (NEW, ORDER + "二、将第三条中的“三年”修改为“五年”。\n", "Orders that the published text shows nothing of", 1, "an order without a change"),
]  # fmt: skip


@pytest.mark.parametrize(("new", "order", "line", "code", "why"), CASES, ids=[row[4] for row in CASES])
def test_changes_and_orders_account_for_each_other(
    run, tmp_path: Path, new: str, order: str, line: str, code: int, why: str
) -> None:
    for name, text in (("old", OLD), ("new", new), ("order", order)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    done = run("diff", "old.txt", "new.txt", "--decision", "order.txt", env={"POLICYDIFF_LANG": "en"})
    assert done.returncode == code, why
    assert line in done.stderr.decode("utf-8")


@pytest.mark.parametrize(
    ("title", "draft"),
    [
        ("某市燃气办法（征求意见稿）", True),
        ("某市燃气办法（草案）", True),
        ("某市燃气办法（送审稿）", True),
        ("某市燃气办法（试行）", False),
        ("关于某条例草案的说明", False),
    ],
)
def test_a_draft_is_named_as_one(title: str, draft: bool) -> None:
    document = parse_text(f"{title}\n第一条　处罚款。\n")
    for lang, word in (("en", "draft"), ("zh", catalog("zh")("draft"))):
        say = catalog(lang)
        facts = dict(side("Old", document.reference, document, say).facts)
        assert (facts.get(say("Validity")) == word) is draft
        assert bool(state_of(document, say)) is draft
