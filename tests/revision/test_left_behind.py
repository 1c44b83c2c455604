"""References that renumbering left behind or that lead nowhere, and clauses that stand under another heading."""

import pytest

from policydiff import diff, parse
from policydiff.model import RevisionDiff, SignalType

_OLD = """某市办法
第一条 为了规范经营，制定本办法。
第二条 经营者应当取得经营许可。
第三条 经营者应当公示收费标准。
第四条 违反本办法第二条规定的，处一万元罚款。
"""


def changed(new: str, old: str = _OLD) -> RevisionDiff:
    return diff(parse(old), parse(new))


def stale(found: RevisionDiff) -> list[tuple[str | None, str | None]]:
    return [
        (signal.detail, (change.new or change.old)[0].label)
        for change in found.changes
        for signal in change.signals
        if signal.detail in ("left behind", "nowhere")
    ]


@pytest.mark.parametrize(
    ("new", "expected", "why"),
    [
        (
            ("某市办法\n第一条 为了规范经营，制定本办法。\n第二条 市局负责监督管理工作。\n第三条 经营者应当取得经营许可。\n第四条 经营者应当公示收费标准。\n"
            "第五条 违反本办法第二条规定的，处一万元罚款。\n"),
            [("left behind", "第五条")],
            "an article was put in before, the reference still says 第二条",
        ),
        (
            ("某市办法\n第一条 为了规范经营，制定本办法。\n第二条 市局负责监督管理工作。\n第三条 经营者应当取得经营许可。\n第四条 经营者应当公示收费标准。\n"
            "第五条 违反本办法第三条规定的，处一万元罚款。\n"),
            [],
            "the reference follows",
        ),
        (
            "某市办法\n第一条 为了规范经营，制定本办法。\n第二条 经营者应当公示收费标准。\n第三条 违反本办法第二条规定的，处一万元罚款。\n",
            [("left behind", "第三条")],
            "its article was deleted, another one bears the number",
        ),
        (_OLD.replace("第二条规定", "第十二条规定"), [("nowhere", "第四条")], "no article has the number"),
        (_OLD.replace("本办法第二条", "《某法》第九十条"), [], "another law"),
    ],
)  # fmt: skip
def test_references_left_behind(new: str, expected: list[tuple[str, str]], why: str) -> None:
    assert stale(changed(new)) == expected, why


_CHAPTERS = """某市养老办法
第一章 总则
第一条 为了发展养老服务，制定本办法。
第二章 机构
第二条 机构应当办理登记手续。
第三条 服务收费应当明码标价。
第三章 家庭
第四条 子女应当赡养父母。
"""


@pytest.mark.parametrize(
    ("new", "moved"),
    [
        (
            _CHAPTERS.replace("第三条 服务收费应当明码标价。\n第三章 家庭\n", "第三章 家庭\n第三条 服务收费应当明码标价。\n"),
            [("第三条", "第二章 机构", "第三章 家庭")],
        ),
        (
            _CHAPTERS.replace("第三章 家庭\n第四条 子女应当赡养父母。\n", "第四条 子女应当赡养父母。\n第三章 家庭\n第五条 家庭成员互相照顾。\n"),
            [("第四条", "第三章 家庭", "第二章 机构")],
        ),
        (_CHAPTERS.replace("第二章 机构", "第二章 养老机构"), []),
        (_CHAPTERS, []),
    ],
    ids=["heading moves up", "heading moves down", "heading renamed", "nothing"],
)  # fmt: skip
def test_another_chapter_is_a_move(new: str, moved: list[tuple[str, str, str]]) -> None:
    found = changed(new, _CHAPTERS)
    assert [
        (change.new[0].label, change.moved_from, change.moved_to)
        for change in found.changes
        if change.moved_from
    ] == moved
    assert found.differs == (new != _CHAPTERS)


def test_an_item_under_another_heading_of_a_policy_is_a_move() -> None:
    old = "某市方案\n一、鼓励措施\n（一）给予补贴。对达标企业给予补贴三十万元。\n（二）公开名单。每年公开企业名单。\n二、法律责任\n（一）依法处罚。对违规企业依法处罚。\n"
    new = "某市方案\n一、鼓励措施\n（一）给予补贴。对达标企业给予补贴三十万元。\n二、法律责任\n（一）公开名单。每年公开企业名单。\n（二）依法处罚。对违规企业依法处罚。\n"
    (move,) = [change for change in changed(new, old).changes if change.moved_from]
    assert (move.moved_from, move.moved_to) == ("一、 鼓励措施", "二、 法律责任")


_ITEMS = "第一条 有下列情形之一的，不予受理：\n（一）材料不齐；\n（二）逾期；\n（三）重复申请。\n"
_WITHOUT_FIRST = "第一条 有下列情形之一的，不予受理：\n（一）逾期；\n（二）重复申请。\n"
_TWO = "第一条 经营者应当取得许可。\n市局负责监督。\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (_ITEMS + "第二条 有第一条第（二）项情形的，退回。\n", _WITHOUT_FIRST, [("left behind", "第二条")]),
        (_ITEMS + "第二条 有前条第一项情形的，退回。\n", _WITHOUT_FIRST, [("left behind", "第二条")]),
        (_ITEMS + "第二条 有第一条第三项情形的，退回。\n", _WITHOUT_FIRST, [("nowhere", "第二条")]),
        (
            _ITEMS + "第二条 有第一条第一项、第二项情形的，退回。\n",
            _WITHOUT_FIRST,
            [("left behind", "第二条")],  # 第一项 is 逾期 now, which the reference names too; 第二项 is 重复申请
        ),
        (_ITEMS + "第二条 有《某法》第一条第二项情形的，退回。\n", _WITHOUT_FIRST, []),
        (_TWO + "第二条 违反第一条第二款的，处罚。\n", "第一条 市局负责监督。\n经营者应当取得许可。\n", [("left behind", "第二条")]),
        (_TWO + "第二条 违反第一条第二款的，处罚。\n", "第一条 经营者应当取得许可。\n", [("nowhere", "第二条")]),
        (_TWO + "第二条 违反第一条第一款的，处罚。\n", "第一条 经营者应当取得经营许可。\n市局负责监督。\n", []),
        (_TWO + "第二条 违反前条规定的，处罚。\n", _TWO + "第二条 经营者应当公示价格。\n", [("left behind", "第三条")]),
        (_TWO + "第二条 公示价格。\n第三条 违反前两条规定的，处罚。\n", _TWO + "第二条 公示价格。\n第三条 每年培训。\n", [("left behind", "第四条")]),
        (_TWO + "第二条 违反前条规定的，处罚。\n", "第一条 经营者应当取得经营许可。\n市局负责监督。\n", []),
    ],
)  # fmt: skip
def test_paragraphs_items_and_the_article_before(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    last = old.splitlines()[-1]
    number = "第三条" if "第二条" in new else "第二条"
    number = "第四条" if "第三条" in new else number
    new += f"{number}{last[3:]}\n"
    assert stale(changed(f"某市办法\n{new}", f"某市办法\n{old}")) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "第一条 经营者应当取得许可。\n违反前款规定的，处罚。\n",
            "第一条 经营者应当取得许可。\n市局负责监督。\n违反前款规定的，处罚。\n",
            [("left behind", "第一条")],
        ),
        (
            "第一条 经营者应当取得许可。\n市局负责监督。\n违反前款规定的，处罚。\n",
            "第一条 经营者应当取得许可。\n违反前款规定的，处罚。\n",
            [("left behind", "第一条")],
        ),
        (
            "第一条 经营者应当取得许可。\n违反前款规定的，处罚。\n",
            "第一条 经营者应当取得经营许可。\n违反前款规定的，处罚。\n",
            [],
        ),
        (
            "第一条 有下列情形的，退回：\n（一）逾期；\n（二）重复。\n有前款第二项情形的，处罚。\n",
            "第一条 有下列情形的，退回：\n（一）缺件；\n（二）逾期；\n（三）重复。\n有前款第二项情形的，处罚。\n",
            [("left behind", "第一条")],
        ),
        (
            "第一章 总则\n第一条 甲方登记。\n第二章 许可\n第二条 乙方取得许可。\n第三章 附则\n第三条 依照第二章办理。\n",
            "第一章 总则\n第一条 甲方登记。\n第二章 监督\n第二条 市局监督检查。\n第三章 许可\n第三条 乙方取得许可。\n第四章 附则\n第四条 依照第二章办理。\n",
            [("left behind", "第四条")],
        ),
        (
            "第一条 标准见附件2。\n附件1\n甲标准\n一、甲。\n附件2\n乙标准\n一、乙。\n",
            "第一条 标准见附件2。\n附件1\n甲标准\n一、甲。\n",
            [("nowhere", "第一条")],
        ),
        (
            "第一条 标准见附件2。\n附件1\n甲标准\n一、噪声限值为六十分贝。\n附件2\n乙标准\n一、排水限值为三毫克。\n",
            "第一条 标准见附件2。\n附件1\n甲标准\n一、噪声限值为五十分贝。\n附件2\n乙标准\n一、排水限值为二毫克。\n",
            [],
        ),
        ("第一条 前款规定的除外。\n", "第一条 前款所列的除外。\n", []),
        ("第一条 附件9另行印发。\n第二条 甲。\n", "第一条 附件9另行印发。\n第二条 乙。\n", []),
    ],
)  # fmt: skip
def test_the_paragraph_before_chapters_and_annexes(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert stale(changed(f"某市办法\n{new}", f"某市办法\n{old}")) == expected


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (_WITHOUT_FIRST, {"zh": "所引内容已改变", "en": "leads to other words now"}),
        ("第一条 有下列情形之一的，不予受理：\n（一）材料不齐；\n", {"zh": "所引内容不存在", "en": "leads nowhere"}),
        (_ITEMS, {"zh": "", "en": ""}),
    ],
)  # fmt: skip
def test_a_report_says_where_the_reference_leads(new: str, told: dict[str, str]) -> None:
    reference = "第二条 有第一条第二项情形的，退回。\n"
    found = changed(f"某市办法\n{new}{reference}", f"某市办法\n{_ITEMS}{reference}")
    for lang, words in told.items():
        text = found.to_markdown(lang=lang)
        assert words in text
        assert words or not any(each in text for each in ("所引内容", "leads "))


_FEES = "第一条 道路停车按次收费。\n场内停车按时收费。\n违反前两款规定的，退还费用。\n"
_LIST = "第一条 有下列情形之一的，注销许可：\n（一）企业歇业；\n（二）许可到期；\n（三）因前两项以外的原因停业。\n"
_PARTED = "第一章 建设\n第一条 停车场由区政府建设。\n第二条 违反本章规定的，责令改正。\n第二章 经营\n第三条 经营者应当明码标价。\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (_FEES, _FEES.replace("场内停车按时收费。\n", ""), [("nowhere", "第一条")]),
        (_FEES, _FEES.replace("违反", "市局公布名录。\n违反"), [("left behind", "第一条")]),
        (_FEES, _FEES.replace("按时收费", "按日收费"), []),  # the same two paragraphs, one in other words
        (_FEES, _FEES.replace("第一条 道路停车按次收费。\n", "第一条 "), [("nowhere", "第一条")]),
        (_LIST, _LIST.replace("（一）企业歇业；\n（二）", "（一）").replace("（三）", "（二）"), [("nowhere", "第一条")]),
        (_LIST, _LIST.replace("（三）", "（三）企业破产；\n（四）"), [("left behind", "第一条")]),
        (_LIST, _LIST.replace("到期", "届满"), []),
        (
            "第一條 業者得申請許可。\n前項許可期間三年。\n",
            "第一條 業者得申請許可。\n許可不得轉讓。\n前項許可期間三年。\n",
            [("left behind", "第一條")],  # in Taiwan 項 is the paragraph
        ),
        (
            "第一條 業者應申請許可。\n第二條 違反第一條規定者，處罰鍰。\n",
            "第一條 本府為主管機關。\n第二條 業者應申請許可。\n第三條 違反第一條規定者，處罰鍰。\n",
            [("left behind", "第三條")],
        ),
        (
            "第一條 業者應申請許可。\n第二條 違反前條規定者，處罰鍰。\n",
            "第一條 業者應申請許可。\n第二條 本府應定期檢查。\n第三條 違反前條規定者，處罰鍰。\n",
            [("left behind", "第三條")],
        ),
        (
            "第一條 業者應申請許可。\n第二條 違反第一條規定者，處罰鍰。\n",
            "第一條 本府為主管機關。\n第二條 業者應申請許可。\n第三條 違反第二條規定者，處罰鍰。\n",
            [],
        ),
        (
            _PARTED,
            "第一章 建设\n第一条 停车场由区政府建设。\n第二章 经营\n第二条 违反本章规定的，责令改正。\n第三条 经营者应当明码标价。\n",
            [("left behind", "第二条")],
        ),
        (_PARTED, _PARTED.replace("第一章 建设\n", "").replace("第二章 经营\n", ""), [("nowhere", "第二条")]),
        (_PARTED, _PARTED.replace("第一章 建设", "第一章 规划建设"), []),
        (
            _PARTED.replace("本章规定", "本章程规定"),
            "第一章 建设\n第一条 停车场由区政府建设。\n第二章 经营\n第二条 违反本章程规定的，责令改正。\n第三条 经营者应当明码标价。\n",
            [],
        ),
        (
            _PARTED.replace("第一章 建设\n", "第一章 停车\n第一节 建设\n").replace("第二章", "第二节").replace("本章", "本节"),
            "第一章 停车\n第一节 建设\n第一条 停车场由区政府建设。\n第二节 经营\n第二条 违反本节规定的，责令改正。\n第三条 经营者应当明码标价。\n",
            [("left behind", "第二条")],
        ),
    ],
)  # fmt: skip
def test_paragraphs_and_items_before_and_the_own_chapter(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert stale(changed(f"某市办法\n{new}", f"某市办法\n{old}")) == expected


_LISTED = """某市客运办法
第一条 申请许可应当具备下列条件：
（一）有车辆；
（二）有驾驶员；
（三）有制度。
第二条 不符合前条第二项规定的，不予许可。
第三条 经营者应当公示价格。
经营者应当保存记录。
第四条 违反第三条第二款规定的，处一百元罚款；不再具备第一条第（二）项条件的，吊销许可。
"""
_WITH_ITEM = _LISTED.replace("（二）有驾驶员；\n（三）", "（二）有场地；\n（三）有驾驶员；\n（四）")


@pytest.mark.parametrize(
    ("new", "expected", "why"),
    [
        (
            _WITH_ITEM.replace("前条第二项", "前条第三项").replace("第一条第（二）项", "第一条第（三）项"),
            [],
            "both references follow their item",
        ),
        (_WITH_ITEM.replace("前条第二项", "前条第三项"), ["第四条"], "one of them was left behind"),
        (_WITH_ITEM, ["第二条", "第四条"], "both were left behind"),
        (
            _LISTED.replace("前条第二项", "前条第三项"),
            ["第二条"],
            "no item moved: another condition is meant",
        ),
        (
            _WITH_ITEM.replace("前条第二项", "前条第四项").replace("第一条第（二）项", "第一条第（三）项"),
            ["第二条"],
            "one follows, the other one cites another item now",
        ),
        (
            _LISTED.replace(
                "经营者应当公示价格。\n", "经营者应当公示价格。\n经营者应当着装整洁。\n"
            ).replace("第三条第二款", "第三条第三款"),
            [],
            "a paragraph was put in before",
        ),
        (
            _LISTED.replace(
                "经营者应当公示价格。\n", "经营者应当公示价格。\n经营者应当着装整洁。\n"
            ),
            ["第四条"],
            "the paragraph cited is another one now",
        ),
    ],
)  # fmt: skip
def test_references_that_follow_an_item_are_no_difference(new: str, expected: list[str], why: str) -> None:
    found = [
        (change.new or change.old)[0].label
        for change in changed(new, _LISTED).changes
        for signal in change.signals
        if signal.type is SignalType.REFERENCE
    ]
    assert found == expected, why


def test_the_answer_tells_stale_references_apart_from_changed_words() -> None:
    lead = changed(_WITH_ITEM, _LISTED).to_markdown(lang="en")
    assert "1 of 5 clauses changed, 1 of them in substance." in lead
    assert "2 clauses cite other words than before, although their own words stayed." in lead
