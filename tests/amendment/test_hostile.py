"""Orders made to mislead: each is carried out as it is meant or not called complete; a wrong text that looks whole is the worst fault."""

import re

import pytest

from policydiff.amendment.amending import apply_amendment
from policydiff.model.amended import AppliedAmendment, Outcome
from policydiff.parsing import parse_text
from policydiff.report.catalog import sentence_told

TEXT = """某市养犬管理条例
第一编　总则
第一章　一般规定
第一条　为了加强养犬管理，保障公民健康，根据《动物防疫法》，制定本条例。
第二条　养犬人应当遵守本条例。养犬人应当文明养犬；携犬出户的，应当束犬链。养犬人不得遗弃犬只。
公安机关负责养犬管理，并会同农业、卫生等部门检查；公安机关可以委托社会组织。
第三条　养犬人不得有下列行为：
（一）虐待犬只；
（二）携犬进入下列场所：
1.学校；
2.医院；
3.商场；
4.影院；
（三）遗弃犬只。
前款第二项的“场所”，由公安机关公布。
第二编　管理
第一章　登记
第四条　养犬人应当自取得犬只之日起三十日内登记。具体材料见附件1。
第五条　登记事项变更的，应当自变更之日起三十日内办理变更登记。
第六条　登记费五百元；年费三百元。
第二章　罚则
第七条　违反本条例第三条第一款第二项规定的，处五百元罚款；情节严重的，没收犬只。
第八条　违反本条例第四条、第五条规定的，处一千元罚款。
第三编　附则
第九条　本条例自2010年1月1日起施行。
附件1
登记材料
身份证明
附件2
禁养犬名录
獒犬
"""
OLD = parse_text(TEXT)
BEFORE = apply_amendment(OLD, "").text.splitlines()


def amended(orders: str) -> AppliedAmendment:
    return apply_amendment(OLD, orders)


NOT_COMPLETE = [
    (
        "将第二条第一款中的“养犬人”后增加“及其家属”，“犬只”后增加“犬链”。",
        "the mark between two nouns is open",
    ),
    ("将第五条至第三条中的“登记”修改为“备案”。", "a range that runs backwards"),
    ("将第二条第九款中的“检查”修改为“巡查”。", "no such paragraph"),
    ("删去第三条第一款第二项第5目。", "no such part"),
    ("将第一章章名修改为“总则”。", "the chapter's number stands in two parts"),
    ("将第三编第一章章名修改为“总则”。", "that part has no chapter"),
    ("将第一编第一章第四条中的“三十日”修改为“十日”。", "the article lies in another part"),
    ("在第一编第一章增加一条，作为第八条：“第八条　甲。”", "the number does not lie in that chapter"),
    ("第一章改为第三章。", "which of the two, and no such place"),
    ("第二编第二章改为第四章。", "a chapter behind a gap"),
    ("将第九条改为第十二条。", "there are nine articles"),
    ("第四条改为第五条。第六条改为第五条。", "two articles get one number"),
    ("删去第四条。将第四条中的“三十日”修改为“十日”。", "an order for what another deletes"),
    ("删去第四条。", "another article cites it"),
    ("删去第三条第一款第二项。", "another article cites the item"),
    ("删去附件1。", "an article cites the annex"),
    ("第三条增加一款，作为第五款：“甲。”", "too few paragraphs"),
    (
        "删去第二条第二款。第二条增加一款，作为第三款：“甲。”",
        "the number cannot be reached once another is gone",
    ),
    ("第三条第一款增加一项，作为第六项：“（六）甲；”", "a gap between items"),
    (
        "第二条第一款第二句修改为：“养犬人应当文明养犬。”",
        "the sentence ends at a semicolon or at a full stop",
    ),
    ("删去第二条第一款第三句。", "counted by semicolons another one is third"),
    (
        "将第二条第二款第一句中的“公安机关”修改为“城管部门”。",
        "by semicolons it stands once, by full stops twice",
    ),
    ("将第四条、第六条中的“三十日”修改为“十日”。", "one of two lacks the words"),
    ("将第七条、第八条中的“五百元”、“一千元”分别修改为“六百元”。", "分别 with one new word"),
    ("将第七条中的“五百元”修改为“六百元”“七百元”。", "one becomes two"),
    ("将《某市养犬管理条例实施细则》第四条中的“三十日”修改为“十日”。", "the rules for its implementation"),
    ("将《动物防疫法》第一条中的“制定”修改为“修订”。", "a text that ours cites"),
    ("将条例中的“养犬人”修改为“动物防疫法规定的人”，第十条作相应修改。", "a place that is not there"),
    ("将第二条中的“养犬人修改为“犬主”。", "a quote that never closes"),
    ("将第四条修改为：“第五条　甲。”", "the quote is of another article"),
    ("将第四条、第五条修改为：“第四条　甲。”", "two places, one article quoted"),
    ("增加两条，作为第九条、第十条：“第九条　甲。”", "two announced, one quoted"),
    ("第三条第一款第三项移至第二条第二款。", "an item becomes a part of a paragraph"),
    ("将第六条分为两条，作为第六条、第七条：“第六条　登记费五百元。”", "two announced, one quoted"),
    (
        "将第四条中的“三十日”修改为“二十日”。将第四条中的“三十日”修改为“十日”。",
        "the words are changed already",
    ),
    ("将第十五条中的“甲”修改为“乙”；删去第六条。", "half of a sentence cannot be done"),
    ("除第二十条外，将本条例中的“登记”修改为“备案”。", "an exception that is not there"),
    ("第五条与第五十条互换位置。", "no such article"),
    ("将第二条第一款、第二款合并为一款。", "no words for the merged paragraph"),
    ("在第八条后增加一条，作为第三条：“第三条　甲。”", "the place and the number contradict each other"),
    ("将第二条第一款第二处“养犬人”修改为“犬主”，第四处“养犬人”修改为“人”。", "there are three"),
    ("将第六条修改为：“甲。”\n将第六条修改为：“乙。”", "one article gets new words twice"),
    ("将第六条修改为：“甲。”；将第六条修改为：“乙。”", "the same in one sentence"),
    ("将第二条第二款修改为：“甲。”\n将第二条修改为：“乙。”", "a paragraph first, then all of it"),
    ("将第二条修改为：“甲。\n“乙。”\n将第二条第二款修改为：“丙。”", "all of it first, then a paragraph"),
    (
        "将第六条中的“五百元”修改为“六百元”。\n将第六条修改为：“登记费五百元。”",
        "new words that are lost again",
    ),
    ("将第六条中的“五百元”修改为“六百元”。\n删去第六条。", "words change in what is deleted later"),
    ("将第六条中的“五百元”修改为“六百元”。\n删去第五条至第七条。", "the same in a range"),
    ("将第八条中的“一千元”修改为“二千元”。\n删去第二编第二章。", "the same in a chapter"),
    ("将第五条中的“变更的”修改为“变动的”。\n将第五条、第六条合并为一条，作为第五条：“甲。”", "merged"),
    ("将第三条第一款第一项修改为：“（四）虐待犬只；”", "the quote has the number of another item"),
    ("将第一编编名修改为“第二编　总则”。", "the quote has the number of another part"),
    ("将第二条中的“”修改为“犬主”。", "a quote of nothing stands everywhere"),
    ("将第二条中的“ ”修改为“犬主”。", "a quote of a blank"),
    ("将第二条中的“\u200b”修改为“犬主”。", "a quote of what cannot be seen"),
    ("将第二条中的“”、“犬链”分别修改为“犬主”、“绳”。", "one quote of two is empty"),
    ("将第六条中的“五百元”修改为“”。", "the new words are lost"),
    ("将第六条中的“五百元”修改为““””。", "marks around nothing"),
    ("将第六条修改为：“”", "a whole article of nothing"),
    ("第六条增加一款：“\u3000”。", "a paragraph of a blank"),
    ("在第六条后增加一条，作为第七条：“\xa0”。", "an article of a blank of pages"),
    ("删去“”。", "nothing is deleted everywhere"),
    ("在第六条“”后增加“每年”。", "behind nothing"),
    ("将条例名称修改为“”。", "a title of nothing"),
]


@pytest.mark.parametrize(("orders", "why"), NOT_COMPLETE, ids=[row[1] for row in NOT_COMPLETE])
def test_what_cannot_be_is_never_complete(orders: str, why: str) -> None:
    result = amended(orders)
    assert result.outcome is not Outcome.COMPLETE, (
        why,
        [a for a in result.text.splitlines() if a not in BEFORE],
    )


OVERWRITTEN = [
    ("将第六条中的“五百元”修改为“六百元”。\n将第六条修改为：“登记费六百元。”", "第六条　登记费六百元。", "the new words stay"),
    ("将本条例中的“登记”统一修改为“备案”。\n将第六条修改为：“年费三百元。”", "第六条　年费三百元。", "an order for every place"),
    ("删去第三条第一款第三项。\n将第三条第一款第二项第4目修改为：“4.剧院。”", "4.剧院。", "only a mark was changed before"),
    ("将第二条第一款中的“遵守”修改为“执行”。\n将第二条第二款修改为：“甲。”", "甲。", "another paragraph"),
]  # fmt: skip


@pytest.mark.parametrize(("orders", "line", "why"), OVERWRITTEN, ids=[row[2] for row in OVERWRITTEN])
def test_a_further_order_for_a_place_that_loses_nothing_is_carried_out(
    orders: str, line: str, why: str
) -> None:
    result = amended(orders)
    assert not result.unapplied, (why, result.unapplied)
    assert line in result.text.splitlines(), (why, result.text)


DONE = [
    ("删去第三条第一款第二项第1目、第2目。", ["1.商场；", "2.影院；"], "two parts by their old numbers"),
    ("删去第三条第一款第二项第2目和第4目。", ["2.商场；"], "two parts apart"),
    ("第三条第一款第二项第3目改为第4目，第4目改为第3目。", None, "parts that change their numbers: said, not done in part"),
    ("删去第六条。第三条第一款增加一项，作为第三项：“（三）出租犬只；”，其后各项序号顺延。", ["（三）出租犬只；", "（四）遗弃犬只。"], "the items are numbered, the articles are not"),
    ("将第二条第二款中“公安机关”后的“负责”修改为“主管”。", ["公安机关主管养犬管理"], "words behind words: one of two places"),
    ("删去第二条第二款中“农业、”后的“卫生”。", ["会同农业等部门检查"], "the mark of the last of a list goes with it"),
    ("将第三条第二款中的“‘场所’”修改为“‘处所’”。", ["前款第二项的“处所”"], "quotes within quotes"),
    ("将第二编第一章章名修改为“登记和年检”。", ["第一章　登记和年检"], "a chapter by its part"),
    ("将第二编第一章第四条中的“三十日”修改为“十日”。", ["犬只之日起十日内登记"], "an article by part and chapter"),
    ("将第四条中的“三十日”修改为“三十日”。", [], "already as ordered"),
    ("将第二条第一款最后一处“养犬人”修改为“任何人”。", ["任何人不得遗弃犬只。"], "the last place"),
    ("第二条第一款第一句与第三句对调。", None, "counted by semicolons another one is third"),
    ("附件2更名为“禁止饲养的犬只名录”。", ["附件2禁止饲养的犬只名录"], "the name of an annex, not all of it"),
    ("附件2中“獒犬”后增加一行：“斗犬”。", ["斗犬"], "a line of an annex"),
]  # fmt: skip


@pytest.mark.parametrize(("orders", "lines", "why"), DONE, ids=[row[2] for row in DONE])
def test_what_is_meant_is_done_or_not_called_complete(orders: str, lines: list[str] | None, why: str) -> None:
    result = amended(orders)
    assert (result.outcome is Outcome.COMPLETE) == (lines is not None), (why, result.unapplied, result.doubts)
    new = [line for line in result.text.splitlines() if line not in BEFORE]
    for line in lines or []:
        assert any(line in each for each in new), (why, new)


@pytest.mark.parametrize("orders", [row[0] for row in NOT_COMPLETE])
def test_why_not_is_said_in_chinese(orders: str) -> None:
    result = amended(orders)
    for each in (*result.unapplied, *result.doubts):
        told = sentence_told(each.reason, "zh")
        assert re.search("[A-Za-z]{3}", told) is None, told


MARKS = [
    ("第三条第一款增加一项，作为第四项：“（四）出租犬只。”", ["（三）遗弃犬只；", "（四）出租犬只。"], "the list goes on behind its full stop"),
    ("第三条第一款增加第（四）项、第（五）项：“（四）甲；\n“（五）乙。”", ["（三）遗弃犬只；", "（五）乙。"], "numbers without 作为"),
    ("将第二条第二款中的“，并会同”修改为“的监督，并会同”。", ["犬管理的监督，并会同"], "的 goes on with the words before"),
    ("将第八条中的“规定的”修改为“的”。", ["违反本条例第四条、第五条的，处"], "no mark before it"),
]  # fmt: skip


@pytest.mark.parametrize(("orders", "lines", "why"), MARKS, ids=[row[2] for row in MARKS])
def test_marks_around_new_words(orders: str, lines: list[str], why: str) -> None:
    result = amended(orders)
    assert result.outcome is Outcome.COMPLETE, (why, result.unapplied, result.doubts)
    for line in lines:
        assert line in result.text, (why, [each for each in result.text.splitlines() if each not in BEFORE])


SERIES = [
    ("保护公平竞争，提高效率", "公平竞争", "鼓励创新", "保护公平竞争，鼓励创新，提高效率", "a short clause of a series"),
    ("保护竞争、促进创新，提高效率", "促进创新", "鼓励投资", None, "the word stands in a list with 、"),
    ("保护公平竞争，依法管理", "公平竞争", "合规经营", None, "no verb that the list of verbs knows"),
    ("生产配方乳粉，不得分装配方乳粉", "配方乳粉", "配方乳液", None, "what is added further on tells nothing here"),
    ("生产婴儿配方乳粉，不得分装婴儿配方乳粉", "婴儿配方乳粉", "婴儿配方液态乳", "生产婴儿配方乳粉、婴儿配方液态乳，不得分装婴儿配方乳粉、婴儿配方液态乳", "alike members"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "added", "made", "why"), SERIES, ids=[row[4] for row in SERIES])
def test_the_mark_of_an_addition(text: str, word: str, added: str, made: str | None, why: str) -> None:
    old = parse_text(f"某办法\n第一条　{text}。\n第二条　略。")
    result = apply_amendment(old, f"在第一条中的“{word}”后增加“{added}”。")
    assert (result.outcome is Outcome.COMPLETE) == (made is not None), (why, result.text)
    assert made is None or f"第一条　{made}。" in result.text, result.text


LEVELS = parse_text(
    "某规定\n一、效力\n第一条　甲。\n二、价款\n第二条　乙。\n第三条　丙。\n三、其他\n第四条　丁。\n"
)
HEADINGS = [
    ("将“二、价款”修改为“四、价款”。", None, "a number that does not follow"),
    ("将“二、价款”修改为“二、工程价款”。", ["二、工程价款"], "another title"),
    ("在第二条前增加标题：“二、时效”", None, "the number stands there already"),
    ("一、在第四条前增加标题：“三、时效”。\n二、将“三、其他”修改为“四、其他”。", None, "the next heading would stand above it"),
    ("一、将“三、其他”修改为“四、其他”。\n二、在第三条前增加标题：“三、时效”。", ["三、时效", "四、其他"], "between two articles"),
    ("在第三条后增加标题：“四、时效”。", None, "behind an article: a heading without articles"),
    ("在“二、价款”部分增加一条，作为第二条：“戊。”", ["第二条　戊。", "第三条　乙。"], "the first article below a heading"),
    ("在“二、价款”部分增加一条，作为第四条：“戊。”", ["第四条　戊。"], "the last article below a heading"),
    ("在“二、价款”部分增加一条，作为第五条：“戊。”", None, "a number that does not lie below the heading"),
    ("在“五、价款”部分增加一条，作为第二条：“戊。”", None, "no such heading"),
    ("删去标题“三、其他”。", [], "a heading goes, its article stays"),
    ("删去标题“其他”。", None, "a title without its number is not the heading"),
    ("在第九条前增加标题：“四、时效”", None, "no such article"),
    ("在第四条前增加标题：“时效”", None, "a heading without a number"),
]  # fmt: skip


@pytest.mark.parametrize(("orders", "lines", "why"), HEADINGS, ids=[row[2] for row in HEADINGS])
def test_headings_numbered_by_levels(orders: str, lines: list[str] | None, why: str) -> None:
    result = apply_amendment(LEVELS, orders)
    assert (result.outcome is Outcome.COMPLETE) == (lines is not None), (why, result.text, result.unapplied)
    assert set(lines or []) <= set(result.text.splitlines()), (why, result.text)


def test_a_first_item_that_a_page_ran_on_is_an_item() -> None:
    old = parse_text("某规定\n第一条　有下列情形的：（一）甲；\n（二）乙；\n（三）丙。\n第二条　略。")
    result = apply_amendment(old, "删去第一条第二项。")
    assert (result.outcome, result.text.splitlines()[1:4]) == (
        Outcome.COMPLETE,
        ["第一条　有下列情形的：", "（一）甲；", "（二）丙。"],
    )


def test_items_whose_numbers_do_not_run_on_are_not_numbered_through() -> None:
    old = parse_text("某规定\n第一条　有下列情形的：\n（一）甲；\n（三）乙；\n（四）丙。\n第二条　略。")
    assert apply_amendment(old, "删去第一条第三项。").outcome is Outcome.REFUSED


def test_the_amended_text_printed_below_a_decision_is_no_order() -> None:
    decision = (
        "关于修改《某规定》的决定\n决定对《某规定》作如下修改：\n删去第二条。\n《某规定》根据本决定作相应修改，重新公布。\n"
        "附：\n某规定\n第一条　有下列情形的，删去其名称：\n（一）甲；\n（二）增加的第三条。\n"
    )
    old = parse_text(
        "某规定\n第一条　有下列情形的，删去其名称：\n（一）甲；\n（二）增加的第三条。\n第二条　略。"
    )
    assert apply_amendment(old, decision).outcome is Outcome.COMPLETE


BEFORE_OTHERS = [
    ("健全法治，自力更生，艰苦奋斗", "自力更生，艰苦奋斗", "贯彻新发展理念", "健全法治，贯彻新发展理念，自力更生，艰苦奋斗", "the words named end the line"),
    ("健全法治，自力更生，艰苦奋斗", "自力更生", "贯彻新发展理念", "健全法治，贯彻新发展理念，自力更生，艰苦奋斗", "a clause of a series"),
    ("健全法治，自力更生，艰苦奋斗", "自力更生", "团结一致", None, "no verb of the list"),
    ("健全法治，自力更生，艰苦奋斗", "自力更生", "坚持", None, "a verb alone goes with what follows"),
    ("健全法治、自力更生，艰苦奋斗", "自力更生", "贯彻新发展理念", None, "the list has two marks"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word", "added", "made", "why"), BEFORE_OTHERS, ids=[row[4] for row in BEFORE_OTHERS]
)
def test_the_mark_of_an_addition_before_others(
    text: str, word: str, added: str, made: str | None, why: str
) -> None:
    old = parse_text(f"某办法\n第一条　{text}。\n第二条　略。")
    result = apply_amendment(old, f"在第一条中的“{word}”前增加“{added}”。")
    assert (result.outcome is Outcome.COMPLETE) == (made is not None), (why, result.text)
    assert made is None or f"第一条　{made}。" in result.text, result.text


def test_whom_a_notice_is_addressed_to_stays_in_it() -> None:
    old = parse_text(
        "某部关于规范收费的通知\n各省、自治区、直辖市有关厅（局）：\n为规范收费，现通知如下：\n一、甲。\n二、乙。\n"
    )
    result = apply_amendment(old, "将第一条中的“甲”修改为“丙”。")
    assert result.text.splitlines()[1] == "各省、自治区、直辖市有关厅（局）："
