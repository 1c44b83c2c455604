"""Orders in wordings that the drafting standard does not have: those that mean one of its phrases are carried out, those that may mean two are not."""

import pytest

from policydiff.amendment.amending import apply_amendment
from policydiff.amendment.drafting import draft_amendment
from policydiff.model.amended import Outcome
from policydiff.parsing import parse_text

TEXT = """某市绿化条例
第一条　为了加强绿化管理，制定本条例。
第二条　市园林局主管绿化工作。
区园林局协助市园林局工作。
第三条　砍伐树木的，应当提前十日申请，收费标准为每株一百元。
第四条　禁止下列行为：
（一）攀折花木；
（二）倾倒垃圾。
第五条　违反本条例第四条规定的，处二百元罚款。
第六条　本条例自2010年1月1日起施行。"""
TRADITIONAL = """某縣綠化自治條例
第一條　為加強綠化，制定本自治條例。
第二條　主管機關為農業處。
第三條　修剪樹木應經許可。
第四條　違反第三條規定者，處新臺幣三千元罰鍰。"""

DONE = [
    ("第三条中的“十日”以“五日”代替。", "提前五日申请", "以…代替"),
    ("用“罚金”替换第五条中的“罚款”。", "二百元罚金", "用…替换 in front"),
    ("第三条中的“十日”予以删除，代之以“五日”。", "提前五日申请", "删除，代之以"),
    ("第六条以下列规定取代：“本条例自2030年1月1日起施行。”", "自2030年1月1日", "以下列规定取代"),
    ("凡本条例中的“园林局”均修改为“林业局”。", "区林业局协助市林业局工作", "凡本条例中的"),
    ("凡出现“园林局”的，一律改为“林业局”。", "区林业局协助市林业局工作", "凡出现…的，一律"),
    ("第四条第二项不再保留。", "（一）攀折花木。\n第五条", "不再保留"),
    ("第二条第二款废止。", "主管绿化工作。\n第三条", "a paragraph 废止"),
    ("鉴于机构改革，第二条第一款中的“园林局”修改为“林业局”。", "市林业局主管", "a reason in front"),
    ("根据《甲法》第九条，将第五条中的“二百元”改为“三百元”。", "处三百元罚款", "an article of another law in front"),
    ("将第五条中的‘二百元’改为‘三百元’。", "处三百元罚款", "‘ ’"),
    ("将第五条中的『二百元』改为『三百元』。", "处三百元罚款", "『 』"),
    ("将第五条中的二百元改为三百元。", "处三百元罚款", "no quotes, one head"),
    ("在第三条后另起一款：“砍伐名木的，不予批准。”", "一百元。\n砍伐名木的，不予批准。\n第四条", "另起一款"),
    ("删去第一条，以下各条序号依次递补。", "违反本条例第三条规定", "依次递补: references follow"),
    ("删去第一条，第二条至第六条依次前移为第一条至第五条。", "违反本条例第三条规定", "依次前移为"),
]  # fmt: skip
DONE_TRADITIONAL = [
    ("第二條修正為：「主管機關為工務處。」", "主管機關為工務處", "修正為"),
    ("第四條中「三千元」修正為「六千元」。", "新臺幣六千元", "修正為, words"),
    ("刪除第二條，以下各條依次前移。", "第三條　違反第二條規定者", "references follow in the signs of the text"),
    ("增訂第二條之一：「鄉公所協助辦理。」", "第二條之一　鄉公所協助辦理。\n第三條", "增訂…之一"),
]  # fmt: skip
NOT_DONE = [
    ("将第三条中的收费标准改为每株二百元。", "no quotes: what the thing is, and not which words"),
    ("将第三条中的十日改为五日，逾期不予受理。", "no quotes: where the new words end"),
    ("因第二条第二款删去，第三条中的“十日”改为“五日”。", "a reason that is an order"),
    ("将第四条中的“倾倒垃圾”另起一款：“禁止倾倒垃圾。”", "whether the words stay"),
    ("第三条中的“十日”以“五日”代替“一百元”。", "two words replaced by one"),
    ("第三条“十日”由“五日”和“六日”代替。", "one word replaced by two"),
    ("凡本条例中的“城管局”均修改为“林业局”。", "words that stand nowhere"),
    ("“园林局”由“林业局”代替。", "several places, and none named"),
    ("第八条不再保留。", "an article that is not there"),
]


def amended(text: str, orders: str) -> tuple[Outcome, str]:
    result = apply_amendment(parse_text(text), orders, title=text.split("\n", 1)[0])
    return result.outcome, result.text


@pytest.mark.parametrize(("orders", "words", "why"), DONE, ids=[row[2] for row in DONE])
def test_a_daily_wording_is_carried_out(orders: str, words: str, why: str) -> None:
    outcome, text = amended(TEXT, orders)
    assert (outcome, words in text) == (Outcome.COMPLETE, True), why


@pytest.mark.parametrize(
    ("orders", "words", "why"), DONE_TRADITIONAL, ids=[row[2] for row in DONE_TRADITIONAL]
)
def test_orders_in_traditional_characters_are_carried_out(orders: str, words: str, why: str) -> None:
    outcome, text = amended(TRADITIONAL, orders)
    assert (outcome, words in text) == (Outcome.COMPLETE, True), why
    assert not set("条为规违") & set(text)


@pytest.mark.parametrize(("orders", "why"), NOT_DONE, ids=[row[1] for row in NOT_DONE])
def test_what_may_mean_two_things_leaves_the_text(orders: str, why: str) -> None:
    outcome, text = amended(TEXT, orders)
    assert outcome is Outcome.REFUSED, why
    assert text == amended(TEXT, "第八条不再保留。")[1]


FIVE = "某市甲条例\n第一条　为了管理，制定本条例。\n第二条　甲。\n第三条　乙。\n第四条　丙。\n第五条　本条例施行。"
AFTER_SHIFT = [
    (
        "在第四条后增加一条，作为第三条之一：“丁。”\n删去第二条，条文顺序作相应调整。",
        "第三条　丙。\n第三条之一　丁。\n第四条",
        "its number follows the deletion before it",
    ),
    (
        "增加一条，作为第三条之一：“丁。”\n增加一条，作为第二条：“戊。”",
        "第三条　甲。\n第三条之一　丁。\n第四条　乙。",
        "its number follows the addition before it",
    ),
    ("在第四条后增加一条，作为第四条之一：“丁。”\n删去第二条，条文顺序作相应调整。", "", "the old number of its neighbour"),
    ("增加一条，作为第九条之一：“丁。”\n删去第二条，条文顺序作相应调整。", "", "a neighbour that is not there"),
]  # fmt: skip


@pytest.mark.parametrize(("orders", "lines", "why"), AFTER_SHIFT, ids=[row[2] for row in AFTER_SHIFT])
def test_an_inserted_article_stands_where_the_numbers_go(orders: str, lines: str, why: str) -> None:
    outcome, text = amended(FIVE, orders)
    assert (outcome is Outcome.COMPLETE, lines in text) == (bool(lines), True), why


GROWN = [
    ("机构应当登记，单位应当备案。", "机构必须登记，单位应当备案。", "“机构应当”修改为“机构必须”"),
    ("由甲处罚，由乙处罚，由丙处罚。", "由甲处罚，由丁处罚，由丙处罚。", "“由乙”修改为“由丁”"),
    ("处五日以上十日以下拘留，五日内缴纳。", "处五日以上十日以下拘留，三日内缴纳。", "“五日内”修改为“三日内”"),
    (
        "县级政府负责，县级政府批准后，县级政府公布。",
        "县级政府负责，市级政府批准后，县级政府公布。",
        "“县级政府批准”修改为“市级政府批准”",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "order"), GROWN)
def test_a_draft_takes_in_words_until_the_place_is_one(old: str, new: str, order: str) -> None:
    """Words that stand several times in the line are quoted with their neighbours, not with the whole paragraph."""
    before, after = (
        parse_text(f"某市甲条例\n第一条　制定本条例。\n第二条　{text}\n第三条　本条例施行。")
        for text in (old, new)
    )
    assert order in draft_amendment(before, after).text
