"""`diff OLD NEW --decision`: changes without an order, and orders without a change; drafts are named as such."""

from pathlib import Path

import pytest

import policydiff
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


_BELOW = (
    "\n某市燃气办法\n第一条　处二千元罚款。\n第二条　市燃气局负责。\n第三条　本办法自2019年1月1日起施行。\n"
)
_SAYS = [
    ("本决定自2024年8月1日起施行。\n", ("本决定自2024年8月1日起施行。",), "a day"),
    ("本决定自公布之日起施行。\n", ("本决定自公布之日起施行。",), "counted from what is done to it"),
    (
        "本修正案自公布之日起三十日后生效。\n",
        ("本修正案自公布之日起三十日后生效。",),
        "another verb and term",
    ),
    ("", (), "nothing: nothing is made up"),
    (
        "二、将第三条修改为：“第三条　本办法自2024年9月1日起施行。”\n",
        (),
        "a day that an order puts into the text",
    ),
    (
        "本决定自2024年8月1日起施行。\n" + _BELOW,
        ("本决定自2024年8月1日起施行。",),
        "the amended text below has its own",
    ),
]


@pytest.mark.parametrize(("end", "said", "why"), _SAYS, ids=[row[2] for row in _SAYS])
def test_an_amended_text_is_told_with_the_day_of_its_amendment(
    end: str, said: tuple[str, ...], why: str
) -> None:
    made = policydiff.apply(policydiff.parse(OLD), policydiff.parse(ORDER + end))
    assert made.commences == said, why
    shown = [line for line in made.to_text(lang="zh").splitlines() if "施行日期" in line]
    assert len(shown) == len(said)
    assert all(words in line for words, line in zip(said, shown, strict=True))


def test_each_of_several_amendments_tells_its_day() -> None:
    second = (
        "关于修改《某市燃气办法》的决定\n一、将第三条中的“三年”修改为“五年”。\n本决定自2025年1月1日起施行。\n"
    )
    first = ORDER + "本决定自2024年8月1日起施行。\n"
    made = policydiff.apply(policydiff.parse(OLD), policydiff.parse(first), policydiff.parse(second))
    assert made.commences == ("本决定自2024年8月1日起施行。", "本决定自2025年1月1日起施行。")
