"""References that renumbering left behind or that lead nowhere, and clauses that stand under another heading."""

import pytest

from policydiff import diff, parse
from policydiff.model import RevisionDiff

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
