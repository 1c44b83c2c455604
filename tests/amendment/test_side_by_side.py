"""Orders set out as old words beside new ones, and forms that the law database and company announcements print."""

import pytest

from policydiff.amendment.amending import apply_amendment
from policydiff.model.amended import Outcome
from policydiff.parsing import parse_text

OLD = parse_text("""某某公司章程
第一章　总则
第一条　为维护公司和股东的合法权益，制定本章程。
第二条　公司住所：某市某路1号。
第三条　董事长为公司的法定代表人。
第二章　监督
第四条　公司应当建立下列制度：
（一）财务制度；
（二）审计制度；
（三）公开制度。
第五条　公司应当接受工商行政管理部门的监督。
第三章　附则
第六条　本章程自通过之日起施行。
""")
RIGHT = [
    (
        "| 修订前 | 修订后 |\n| --- | --- |\n| 第三条　董事长为公司的法定代表人。 | 第三条　经理为公司的法定代表人。 |",
        "第三条　经理为公司的法定代表人。",
        "a table with a rule below its header",
    ),
    (
        "| 序号 | 原条款 | 修改后条款 |\n| 1 | 第二条　公司住所：某市某路1号。 | 第二条　公司住所：某市某路2号。 |",
        "第二条　公司住所：某市某路2号。",
        "a table whose rows are numbered",
    ),
    (
        "一、原第三条　董事长为公司的法定代表人。\n现修改为：\n第三条　经理为公司的法定代表人。\n二、原第二条　公司住所：某市某路1号。\n现修改为：\n第二条　公司住所：某市某路3号。",
        "第二条　公司住所：某市某路3号。",
        "two articles, one after another",
    ),
    ("原第三条“董事长为公司的法定代表人。”现修改为“经理为公司的法定代表人。”", "第三条　经理为", "in quotes"),
    ("第五条 中的“工商行政管理部门”修改为“市场监督管理部门”。", "接受市场监督管理部门", "a blank"),
    ("第三条 、第五条中的“公司”修改为“本公司”。", "第五条　本公司应当", "a blank before the mark of a list"),
    ("第四条删去第二项，原第三项改为第二项。", "（二）公开制度。", "the place before the verb"),
    (
        "第四条增加两项，作为第一项、第四项：“（一）议事制度；\n“（四）回避制度；”。",
        "（四）回避制度；",
        "items apart from each other",
    ),
]
NOT_COMPLETE = [
    (
        "| 修订前 | 修订后 |\n| 第三条　经理为公司的法定代表人。 | 第三条　董事为公司的法定代表人。 |",
        "the text does not hold the old words of the table",
    ),
    (
        "| 修订前 | 修订后 |\n| 公司住所：某市某路1号。 | 公司住所：某市某路2号。 |",
        "the row does not say its article",
    ),
    ("原第三条　总经理为公司的法定代表人。\n现修改为：\n第三条　经理为公司的法定代表人。", "other old words"),
    ("删去第五条。\n此外，对个别文字作相应修改。", "words that are not said"),
    (
        "第二条修改为：“公司住所：某市某路2号。”\n对部分条款的文字表述作了相应调整。",
        "words that are not said",
    ),
    (
        "第二条修改为：“公司住所：某市某路2号。”\n引用的公司法条文序号作相应调整。",
        "numbers that another law holds",
    ),
    ("第二章“监管”分为两节：第一节“甲”，包括第四条；第二节“乙”，包括第五条。", "another title"),
    ("增加一条，作为第四条：“公司应当守法。”\n条文顺序作相应调整。", "the border of two chapters"),
]


@pytest.mark.parametrize(("orders", "holds", "why"), RIGHT, ids=[row[2] for row in RIGHT])
def test_an_order_is_carried_out(orders: str, holds: str, why: str) -> None:
    result = apply_amendment(OLD, orders, title="某某公司章程")
    assert result.outcome is Outcome.COMPLETE, (why, result.unapplied, result.doubts)
    assert holds in result.text


@pytest.mark.parametrize(("orders", "why"), NOT_COMPLETE, ids=[str(row) for row in range(len(NOT_COMPLETE))])
def test_what_cannot_be_told_is_not_called_complete(orders: str, why: str) -> None:
    assert apply_amendment(OLD, orders, title="某某公司章程").outcome is not Outcome.COMPLETE, why
