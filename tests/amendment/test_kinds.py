"""Kinds of orders found in decisions of congresses, cities, ministries and courts: the lines they make, or why not."""

import pytest

from policydiff.amendment.amending import apply_amendment
from policydiff.amendment.drafting import draft_amendment
from policydiff.model.amended import AppliedAmendment, Outcome, Reason
from policydiff.parsing import parse_text

TEXT = """某市供水条例
第一章　总则
第一条　为了加强供水管理，制定本条例。
第二条　本条例适用于本市供水、用水。
农村供水可以参照执行。
第三条　市水务局主管供水工作。区水务局负责本区供水工作。
第四条　禁止下列行为：
（一）盗用供水；
（二）污染水源：
1.网箱养殖；
2.水上餐饮；
（三）损坏设施。
违反前款规定的，应当立即停止供水；造成损失的，依法赔偿；但是，不可抗力的除外。
第二章　罚则
第五条　供水企业应当检测水质，提高业务素质。
第六条　农业主管部门、林业主管部门和农业、林业主管部门所属单位按照职责管理。
第七条　违反本条例第四条规定的，由市水务局处五百元罚款。
"""
OLD = parse_text(TEXT)
BEFORE = apply_amendment(OLD, "").text.splitlines()


def amended(orders: str, title: str | None = None) -> AppliedAmendment:
    return apply_amendment(OLD, orders, title=title)


DONE = [
    ("将第四条最后一款中的“立即”修改为“马上”。", ["应当马上停止供水"], "最后一款"),
    ("删去第四条第一款最后一项。", [], "最后一项"),
    ("删去第四条第二款中的但书。", ["造成损失的，依法赔偿。"], "a proviso goes, the full stop stays"),
    ("将第四条第二款但书修改为：“但是，停电的除外。”", ["依法赔偿；但是，停电的除外。"], "a proviso anew"),
    ("删去第三条第二句。", ["第三条　市水务局主管供水工作。"], "a sentence by its number"),
    ("在第三条第一句后增加一句：“甲。”", ["主管供水工作。甲。区水务局"], "a sentence behind a sentence"),
    ("将第六条中的第二处“农业”修改为“农业农村”。", ["和农业农村、林业主管部门所属"], "第二处"),
    (
        "将第六条中的“农业主管部门”修改为“农业农村主管部门”，“林业主管部门”修改为“林业草原主管部门”，“农业、林业主管部门”修改为“农业农村、林业草原主管部门”。",
        ["农业农村主管部门、林业草原主管部门和农业农村、林业草原主管部门所属"],
        "changes made at once, the longest words first",
    ),
    ("将第五条中的“检测”修改为“检查”，删去“，提高业务素质”。", ["应当检查水质。"], "删去 in the place before"),
    ("将第六条“农业、林业主管部门”后的“所属单位”修改为“下属单位”。", ["林业主管部门下属单位"], "words behind words"),
    (
        "将第三条“区水务局负责本区”中的“本区”修改为“辖区”。",
        ["区水务局负责辖区供水"],
        "words within words",
    ),
    ("在第五条“检测”之后、“水质”之前增加“和公布”。", ["检测和公布水质"], "between two"),
    ("除第七条外，将本条例中的“水务局”修改为“水利局”。", ["市水利局主管", "区水利局负责"], "all but one article"),
    ("将条例中的“供水”修改为“给水”，但第一条除外。", ["某市给水条例", "本市给水、用水"], "除外 behind"),
    (
        "将第二条第一款中的“供水”、第五条中的“水质”分别修改为“给水”、“水量”。",
        ["本市给水、用水", "检测水量"],
        "分别: place by place",
    ),
    ("第二条第一款改为第二款，第二款改为第一款。", ["第二条　农村供水可以参照执行。"], "two paragraphs"),
    ("将第四条第一款第一项、第三项的顺序对调。", ["（一）损坏设施；", "（三）盗用供水。"], "two items, the marks stay"),
    ("第五条与第六条互换顺序。", ["第五条　农业主管部门", "第六条　供水企业"], "two articles"),
    ("将第六条移作第五条第二款，条文顺序作相应调整。", ["第六条　违反本条例第四条"], "an article into another"),
    ("将第二条第二款单列一条，作为第三条。条文顺序作相应调整。", ["第三条　农村供水可以参照执行。"], "a paragraph alone"),
    ("第三条分为两款，第二句作为第二款。", ["区水务局负责本区供水工作。"], "a sentence becomes a paragraph"),
    ("将第四条第一款第二项分为两项，修改为：“（二）污染水源”“（三）破坏管网”。", ["（二）污染水源；", "（三）破坏管网；", "（四）损坏设施。"], "an item becomes two"),
    ("将第四条第一款第一项、第二项合并，作为第一项，修改为：“（一）盗水、污染水源”。", ["（一）盗水、污染水源；", "（二）损坏设施。"], "two items become one"),
    ("将第二条第一款、第二款合并为一款，修改为：“本条例适用于供水。”", ["第二条　本条例适用于供水。"], "two paragraphs become one"),
    ("将第二条第二款、第五条合并，作为第五条，修改为：“合并。”", ["第五条　合并。"], "a paragraph and an article"),
    ("在第四条第一款第二项增加一目，作为第3目：“3.垂钓；”", ["3.垂钓；"], "a part of an item"),
    ("删去第四条第一款第二项第1目。", ["1.水上餐饮；"], "the parts behind are numbered through"),
    ("将第二条第一款、第二款修改为：“甲。\n“乙。”", ["第二条　甲。", "乙。"], "two paragraphs in one quote"),
    ("将第五条、第六条修改为：“第五条　甲。\n“第六条　乙。”", ["第五条　甲。", "第六条　乙。"], "two articles in one quote"),
    ("第二章修改为：\n“第二章　法律责任\n“第五条　甲。\n“第六条　乙。\n“第七条　丙。”", ["第二章　法律责任", "第七条　丙。"], "a chapter anew"),
    ("将第二章第五条中的“水质”修改为“水量”。", ["检测水量"], "an article named with its chapter"),
    ("第七条　修改为：“甲。”", ["第七条　甲。"], "a blank behind the number"),
    ("在第五条中的“提高业务素质”后增加“并且严格遵守保密规定”。", ["业务素质，并且严格遵守保密规定。"], "a clause gets its mark"),
    ("在第七条中的“第四条”后增加“第五条”。", ["第四条、第五条规定"], "a reference gets its mark"),
    ("第二条增加一款：“另行规定”。", ["另行规定。"], "the mark at the end of a new paragraph"),
    ("增加附件1：“水质表\n浊度\n余氯”", ["浊度", "余氯"], "the lines of an annex are not joined"),
    ("删去第二条第一款中的“供水”。", ["适用于本市用水。"], "the first of a list goes with its mark"),
    ("将第四条第一款第三项句末的句号改为分号。", ["（三）损坏设施；"], "a mark by its name"),
    ("第三条全文修改为：水务局主管供水。\n第六条删去。", ["第三条　水务局主管供水。"], "words on the line of their order"),
]  # fmt: skip


@pytest.mark.parametrize(("orders", "lines", "why"), DONE, ids=[row[2] for row in DONE])
def test_a_kind_is_carried_out(orders: str, lines: list[str], why: str) -> None:
    result = amended(orders)
    assert result.outcome is Outcome.COMPLETE, (why, result.unapplied, result.doubts)
    made = [line for line in result.text.splitlines() if line not in BEFORE]
    for line in lines:
        assert any(line in each for each in made), (why, made)


NOT_DONE = [
    ("在第五条中的“业务素质”后增加“以上人员的继续教育培训工作”。", Reason.AMBIGUOUS_PLACE, "which mark stands between"),
    ("在第六条“农业”之后、“所属”之前增加“甲”。", Reason.WORDS_NOT_THERE, "the two do not follow each other"),
    ("将第四条第二款分号前的“立即”修改为“马上”。", Reason.WORDS_NOT_THERE, "two semicolons: before which"),
    ("删去第四条第二款第九句。", Reason.NO_SUCH_PLACE, "no such sentence"),
    ("将第六条中的第五处“农业”修改为“甲”。", Reason.WORDS_NOT_THERE, "it stands three times"),
    ("第二条第一款改为第二款。", Reason.IMPOSSIBLE_NUMBER, "nothing takes its place"),
    ("将第三条单列一条，作为第四条。", Reason.WORDING, "an article is one already"),
    ("将第二条第一款、第三款合并，修改为：“甲。”", Reason.NO_SUCH_PLACE, "no such paragraph"),
    ("将第二条第一款、第二款修改为：“甲。”", Reason.COUNTS_DIFFER, "two paragraphs, one quoted"),
    ("第二章修改为：\n“第二章　法律责任\n“第五条　甲。”", Reason.COUNTS_DIFFER, "the chapter holds three articles"),
    ("将第五条移至第二条之前，条文顺序作相应调整。\n将第二条改为第三条。", Reason.NO_PLACE, "beside an article that gets another number"),
    ("删去第四条第一款第二项第5目。", Reason.NO_SUCH_PLACE, "no such part"),
    ("将第六条移至第二条第五款。", Reason.IMPOSSIBLE_NUMBER, "no such paragraph can be"),
]  # fmt: skip


@pytest.mark.parametrize(("orders", "kind", "why"), NOT_DONE, ids=[row[2] for row in NOT_DONE])
def test_a_kind_that_does_not_fit_is_named(orders: str, kind: Reason, why: str) -> None:
    result = amended(orders)
    assert result.outcome is not Outcome.COMPLETE, why
    assert kind in {each.kind for each in (*result.unapplied, *result.doubts)}, (why, result.unapplied)


BUNDLES = [
    (
        "一、将下列条例中的“水务局”修改为“水利局”\n1．《某市节水条例》第二条\n2．《某市供水条例》第三条、第七条",
        ["市水利局主管供水工作。区水利局", "由市水利局处"],
        "one change, the places in a list",
    ),
    ("将《某市节水条例》第五条、《某市供水条例》第五条中的“水质”修改为“水量”。", ["检测水量"], "two texts in one order"),
    ("一、废止《某市节水条例》。\n二、将《某市供水条例》第五条修改为：“甲。”", ["第五条　甲。"], "another text ends"),
    ("一、修改《某市供水条例》\n（一）修改第四条\n1.将第一款第一项修改为：“（一）偷水；”", ["（一）偷水；"], "a place above"),
    ("将《某市供水条例》中的“水务局”修改为“水利局”。", ["市水利局主管", "由市水利局处"], "the text itself is the place"),
]  # fmt: skip


@pytest.mark.parametrize(("orders", "lines", "why"), BUNDLES, ids=[row[2] for row in BUNDLES])
def test_an_order_of_a_bundle_finds_its_text(orders: str, lines: list[str], why: str) -> None:
    result = amended(orders)
    assert result.outcome is Outcome.COMPLETE, (why, result.unapplied, result.doubts)
    for line in lines:
        assert line in result.text, (why, result.text)


@pytest.mark.parametrize(
    ("orders", "why"),
    [
        ("一、废止《某市节水条例》和《某市供水条例》。\n二、将《某市用水条例》第一条修改为：“甲。”", "in one line"),
        ("关于废止部分条例的决定\n决定废止下列条例：\n一、某市节水条例\n二、某市供水条例", "in a list without marks"),
        ("下列条例予以废止：\n（一）《某市节水条例》\n（二）《某市供水条例》", "the verb behind"),
        ("关于废止《某市供水条例》的决定", "by the title alone"),
    ],
)  # fmt: skip
def test_a_text_that_the_decision_ends_is_refused(orders: str, why: str) -> None:
    result = amended(orders)
    assert result.outcome is Outcome.REFUSED, why
    assert [each.kind for each in result.unapplied] == [Reason.REPEALED], why


LIST = """某市垃圾办法
第一条　垃圾分为下列各类：
（一）厨余垃圾；
（二）可回收物，包括：
1.废纸；
2.废塑料；
3.废金属。
第二条　单位应当履行下列义务：
（一）设置容器；
（二）保持整洁；
（三）劝阻、制止不当投放。
第三条　收费如下：
（一）个人免费。
（二）单位每吨一百元。
第四条　违反规定的，处五百元罚款。
第五条　本办法自公布之日起施行。
"""


@pytest.mark.parametrize(
    ("order", "lines"),
    [
        ("删去第一条第二项第3目。", ["2.废塑料。"]),
        ("将第二条第三项、第四条合并，作为第四条，修改为：“违反规定或者不劝阻的，处罚款。”", ["（二）保持整洁。", "第四条　违反规定或者不劝阻的，处罚款。"]),
        ("删去第一条第（二）项第2目。", ["2.废金属。"]),
        ("在第一条第二项中增加一目，作为第4目：“4.废玻璃。”", ["3.废金属；", "4.废玻璃。"]),
        ("第一条第二项增加一目，作为第4目：“4.废玻璃”。", ["3.废金属；", "4.废玻璃。"]),
        ("第二条增加二项，作为第四项、第五项：“（四）公示时间；（五）建立台账。”", ["投放；", "（四）公示时间；", "（五）建立台账。"]),
        ("第二条增加两项，作为第三项、第四项：“（三）公示时间；（四）建立台账；”，原第三项改为第五项。", ["（三）公示时间；", "（四）建立台账；", "（五）劝阻、制止不当投放。"]),
        ("将第二条第一项、第二项修改为：“（一）设置分类容器；（二）保持清洁；”", ["（一）设置分类容器；", "（二）保持清洁；"]),
        ("第三条增加两项，作为第三项、第四项：“（三）学校减半。（四）医院另行规定。”", ["（二）单位每吨一百元。", "（三）学校减半。", "（四）医院另行规定。"]),
        ("第二条增加一项，作为第四项：“（四）履行（一）至（三）以外的义务；（七）除外。”", ["（四）履行（一）至（三）以外的义务；（七）除外。"]),
        ("增加一条，作为第四条：“禁止焚烧。”原第四条至第五条序号依次顺延。", ["第四条　禁止焚烧。", "第五条　违反规定的，处五百元罚款。"]),
        ("增加一条，作为第四条：“禁止焚烧。”第四条、第五条条文序号相应后移。", ["第四条　禁止焚烧。", "第六条　本办法自公布之日起施行。"]),
    ],
)  # fmt: skip
def test_lists_keep_their_marks_and_take_items_that_run_on(order: str, lines: list[str]) -> None:
    result = apply_amendment(parse_text(LIST), order)
    assert result.outcome is Outcome.COMPLETE, (result.unapplied, result.doubts)
    for line in lines:
        assert any(each.endswith(line) for each in result.text.splitlines()), result.text


@pytest.mark.parametrize(
    "order",
    [
        "第二条增加二项，作为第四项、第五项：“（四）公示时间；（六）建立台账。”",
        "将第二条第一项、第二项修改为：“（一）设置分类容器；（三）保持清洁；”",
    ],
)
def test_items_whose_numbers_do_not_count_on_are_not_told_apart(order: str) -> None:
    result = apply_amendment(parse_text(LIST), order)
    assert [each.kind for each in result.unapplied] == [Reason.COUNTS_DIFFER]


NOTICE = """某部关于规范收费的通知
各省有关厅局：
一、严格管理
（一）收费应当备案。
（二）不得强制收费。
二、加强检查
各地物价部门应当加强检查。
三、本通知自印发之日起施行。
"""


@pytest.mark.parametrize(
    ("orders", "lines"),
    [
        ("将第一条第（二）项修改为：“（二）禁止强制收费。”", ["（二）禁止强制收费。"]),
        ("将第一条第（一）款中的“备案”修改为“公示”。", ["（一）收费应当公示。"]),
        ("将第二部分中的“物价部门”修改为“市场监管部门”。", ["各地市场监管部门应当加强检查。"]),
        ("将“一、严格管理”第（二）项修改为：“（二）禁止强制收费。”", ["（二）禁止强制收费。"]),
        ("将“一、严格管理”中的第（一）项修改为：“（一）收费应当公示。”", ["（一）收费应当公示。"]),
        ("在“一、严格管理”中增加一项，作为第（三）项：“（三）收费应当开票。”", ["（三）收费应当开票。"]),
        ("删去第二条，原第三条改为第二条。", ["二、本通知自印发之日起施行。"]),
        ("增加一条，作为第三条：“三、公布结果。”条文顺序作相应调整。", ["三、公布结果。", "四、本通知自印发之日起施行。"]),
    ],
)  # fmt: skip
def test_a_text_numbered_by_levels_is_amended_by_articles(orders: str, lines: list[str]) -> None:
    result = apply_amendment(parse_text(NOTICE), orders)
    assert result.outcome is Outcome.COMPLETE, (result.unapplied, result.doubts)
    for line in lines:
        assert line in result.text.splitlines()


def test_an_article_that_an_earlier_decision_deleted_is_no_gap() -> None:
    first = amended("删去第六条。")
    text = parse_text(first.text)
    assert apply_amendment(text, "将第七条修改为：“甲。”").outcome is Outcome.PARTIAL
    later = apply_amendment(text, "将第七条修改为：“甲。”", left_out=frozenset(first.deleted))
    assert later.outcome is Outcome.COMPLETE


DRAFTED = [
    (("业务素质", "业务素质，严格保密"), ["将第五条中的“业务素质”修改为“业务素质，严格保密”。"], "whole words"),
    (("五百元", "五千元"), ["将第七条中的“五百元”修改为“五千元”。"], "an amount"),
    (("，提高业务素质", ""), ["删去第五条中的“，提高业务素质”。"], "a clause goes with its mark"),
    (("水务局", "水利局"), ["将第三条中的“水务局”修改为“水利局”。", "将第七条中的“水务局”修改为“水利局”。"], "a term in two articles"),
    (("农村供水可以参照执行。\n", ""), ["删去第二条第二款。"], "a paragraph goes"),
    (("农村供水可以参照执行。\n", "农村供水可以参照执行。\n另有规定的除外。\n"), ["第二条增加一款，作为第三款：“另有规定的除外。”"], "a paragraph comes"),
    (("（一）盗用供水；", "（一）盗用城市公共供水；"), ["将第四条第一款第一项中的“盗用”修改为“盗用城市公共”。"], "words of an item"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "orders", "why"), DRAFTED, ids=[row[2] for row in DRAFTED])
def test_a_draft_reads_as_a_drafter_writes(change: tuple[str, str], orders: list[str], why: str) -> None:
    drafted = draft_amendment(OLD, parse_text(TEXT.replace(*change)))
    assert list(drafted.orders) == orders, why


@pytest.mark.parametrize(
    ("orders", "outcome", "why"),
    [
        (
            "第四条分为两条，作为第四条、第五条，修改为：“第四条　禁止盗用供水。\n“第五条　禁止污染水源。”",
            Outcome.PARTIAL,
            "第七条 still cites 第四条, and does not say which of the two it means",
        ),
        (
            "将第四条改为第四条、第五条，修改为：“第四条　禁止盗用供水。\n“第五条　禁止污染水源。”\n二、将第七条中的“第四条”修改为“第四条、第五条”。",
            Outcome.COMPLETE,
            "an order says it",
        ),
        (
            "第五条分为两条，作为第五条、第六条，修改为：“第五条　供水企业应当检测水质。\n“第六条　供水企业应当提高业务素质。”",
            Outcome.COMPLETE,
            "nothing cites the article",
        ),
    ],
)
def test_a_reference_to_an_article_that_is_divided_is_doubtful(
    orders: str, outcome: Outcome, why: str
) -> None:
    result = amended(f"一、{orders}")
    assert result.outcome is outcome, (why, result.doubts, result.unapplied)
    assert all(doubt.kind is Reason.DANGLING_REFERENCE for doubt in result.doubts)


_ACT = "某市湿地管理办法\n第一条　为了保护湿地，制定本办法。\n第二条　申报表见附件。\n"
RENAMED_ANNEXES = [
    ("附件：申报表\n附件\n申报表\n名称。", "附件的名称修改为“申请表”。", "附件：申请表\n附件\n申请表\n名称。", "named twice"),
    ("附件：申报表\n附件\n申报表\n名称。", "将附件名称中的“申报”修改为“申请”。", "附件：申请表\n附件\n申请表\n名称。", "a word of it"),
    ("附表：申报表\n附表\n申报表\n名称。", "附表的名称修改为“申请表”。", "附表：申请表\n附表\n申请表\n名称。", "a table"),
    ("附件：申报表\n名称。", "附件的名称修改为“申请表”。", "附件：申请表\n名称。", "named once"),
    ("附件\n申报表\n名称。", "附件标题修改为“申请表”。", "附件申请表\n名称。", "label and name on two lines"),
    ("附件：申报表\n附件\n申报表\n申报表编号。", "附件的名称修改为“申请表”。", "附件：申请表\n附件\n申请表\n申报表编号。", "its words stay"),
    ("附件：申报表\n名称。\n其他申报表。", "附件的名称修改为“申请表”。", "附件：申请表\n名称。\n其他申报表。", "a line that ends so"),
    ("附件1\n申报表\n甲。\n附件2\n名录\n乙。", "附件2的名称修改为“清单”。", "附件1申报表\n甲。\n附件2清单\n乙。", "one of two"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("annex", "order", "made", "why"), RENAMED_ANNEXES, ids=[row[3] for row in RENAMED_ANNEXES]
)
def test_an_annex_gets_its_new_name_wherever_it_bears_it(annex: str, order: str, made: str, why: str) -> None:
    result = apply_amendment(parse_text(f"{_ACT}{annex}\n"), order)
    assert result.outcome is Outcome.COMPLETE, (why, result.unapplied, result.doubts)
    assert result.text.removeprefix(_ACT).rstrip() == made, why
