"""Amendments carried out on small statutes, and on real ones."""

import json
from pathlib import Path

import pytest

from policydiff.amendment.amending import apply_amendment
from policydiff.amendment.quoted import take_quotes
from policydiff.model.amended import AppliedAmendment
from policydiff.parsing import parse_text
from policydiff.revision.diffing import diff_documents
from tests.revision.statutes import FEES, PERMIT, REPORT, START, statute

OLD = statute(
    FEES,
    f"{PERMIT}\n{REPORT}",
    "有下列情形之一的，不予许可：\n（一）材料不全的；\n（二）三年内受过处罚的。",
    "违反本办法第三条规定的，不予处罚。",
    START,
)


def amended(*orders: str) -> AppliedAmendment:
    return apply_amendment(OLD, "\n".join(orders))


def lines(text: str) -> list[str]:
    return text.splitlines()[1:]


@pytest.mark.parametrize(
    ("orders", "place", "expected"),
    [
        pytest.param(
            ("一、将第一条修改为：“收费标准另行规定。”",), 0, "第一条　收费标准另行规定。", id="whole article"
        ),
        pytest.param(("将第二条第二款修改为：“应当立即报告。”",), 2, "应当立即报告。", id="one paragraph"),
        pytest.param(
            ("将第一条中的“市价格主管部门”修改为“市发展改革部门”。",),
            0,
            f"第一条　{FEES.replace('市价格主管部门', '市发展改革部门')}",
            id="words",
        ),
        pytest.param(
            ("第一条中的“，并向社会公布”删去。",),
            0,
            f"第一条　{FEES.replace('，并向社会公布', '')}",
            id="words dropped",
        ),
        pytest.param(
            ("在第一条中增加一款，作为第二款：“收费应当开具票据。”",),
            1,
            "收费应当开具票据。",
            id="paragraph put in",
        ),
        pytest.param(
            ("第三条增加一项，作为第二项：“（二）提供虚假材料的；”",),
            5,
            "（二）提供虚假材料的；",
            id="item put in",
        ),
        pytest.param(
            ("第三条增加一项，作为第二项：“（二）提供虚假材料的；”",),
            6,
            "（三）三年内受过处罚的。",
            id="later items shift",
        ),
        pytest.param(("删去第二条第一款。",), 1, f"第二条　{REPORT}", id="paragraph deleted"),
        pytest.param(
            ("在第二条后增加一条，作为第二条之一：“经营者应当公示许可证。”",),
            3,
            "第二条之一　经营者应当公示许可证。",
            id="inserted as 之一",
        ),
    ],
)
def test_orders(orders: tuple[str, ...], place: int, expected: str) -> None:
    result = amended(*orders)
    assert not result.unapplied
    assert lines(result.text)[place] == expected


def test_inserting_an_article_shifts_numbers_and_references() -> None:
    result = amended("二、增加一条，作为第二条：“经营者应当公示许可证。”")
    assert result.added == ("2",)
    assert result.renumbered == (("2", "3"), ("3", "4"), ("4", "5"), ("5", "6"))
    assert "第五条　违反本办法第四条规定的，不予处罚。" in result.text


def test_deleting_an_article_shifts_numbers_where_the_amendment_says_so() -> None:
    told = amended("1.删除第二条。", "2.条文顺序作相应调整。")
    assert (told.deleted, told.renumbered) == (("2",), (("3", "2"), ("4", "3"), ("5", "4")))
    assert "第三条　违反本办法第二条规定的，不予处罚。" in told.text
    assert amended("1.删除第二条。").renumbered == ()


def test_quotes_may_open_again_on_each_paragraph() -> None:
    result = amended(
        "一、将第一条修改为：“收费分为：",
        "“（一）行政事业性收费；",
        "“（二）经营性收费。",
        "“其他‘收费’不得收取。”",
    )
    assert lines(result.text)[:4] == [
        "第一条　收费分为：",
        "（一）行政事业性收费；",
        "（二）经营性收费。",
        "其他“收费”不得收取。",
    ]
    assert result.modified == ("1",)


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("将第九十条修改为：“略。”", "the text has no article 90"),
        ("将第一条第四款修改为：“略。”", "第一条 has no paragraph 4"),
        ("将第一条中的“本市没有的话”修改为“别的话”。", "does not hold “本市没有的话”"),
        ("将第一条至第三条合并，修改表述。", "its wording is not one of the set phrases"),
    ],
)
def test_what_cannot_be_applied_is_named(order: str, reason: str) -> None:
    result = amended(order)
    assert [reason in failure.reason for failure in result.unapplied] == [True]
    assert result.unapplied[0].text
    assert result.text == amended("").text, "nothing else changed"


def test_a_bundle_is_read_where_it_speaks_of_this_text() -> None:
    result = amended(
        "一、修改《某市停车条例》",
        "将第一条修改为：“停车条例。”",
        "二、修改《某市管理办法》",
        "将第四条修改为：“不予许可。”",
    )
    assert result.modified == ("4",)


def test_a_quote_never_closed_ends_before_the_next_order() -> None:
    quoted = take_quotes("一、将第一条修改为：“甲。\n二、将第二条修改为：“乙。”")
    assert quoted.quotes == (("甲。",), ("乙。",))


@pytest.mark.parametrize("name", ["baoxian4_202012", "gongsifa5_202012", "xingfa_am12"])
def test_official_amendments(shared_data: Path, name: str) -> None:
    folder = shared_data / "amendments" / name
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    old, new = (parse_text((folder / gold[side]).read_text(encoding="utf-8")) for side in ("old", "new"))
    result = apply_amendment(old, (folder / gold["amendment"]).read_text(encoding="utf-8"))
    assert not result.unapplied
    assert list(result.modified) == gold["modified"]
    assert (list(result.added), list(result.deleted), dict(result.renumbered)) == (
        gold["added"],
        gold["deleted"],
        gold["renumbered"],
    )
    made = diff_documents(parse_text(result.text), new)
    noise = {row["new"] for row in gold["unlisted_changes"]}
    wrong = {
        change.new[0].label
        for change in made.changes
        if change.kind != "unchanged" and change.new and "条" in (change.new[0].label or "")
    }
    assert len(wrong) <= len(noise), wrong


@pytest.mark.parametrize("old", ["", "\n\n"])
def test_a_text_without_words_is_refused_or_left_as_it_is(old: str) -> None:
    made = apply_amendment(parse_text(old), "一、将第一条修改为：“每家补助五十万元。”")
    assert not made.applied
    assert made.outcome.value == "refused"
