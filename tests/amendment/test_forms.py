"""Forms of orders, one a row: the text they make, or the reason for which they are refused or in doubt."""

import re

import pytest

from policydiff.amendment.amending import apply_amendment
from policydiff.model.amended import AppliedAmendment, Outcome, Reason
from policydiff.parsing import parse_text
from policydiff.report.catalog import sentence_told

TEXT = """某市燃气管理条例
第一章　总则
第一条　为了加强燃气管理，保障公共安全，根据《城镇燃气管理条例》，制定本条例。
第二条　本条例适用于本市行政区域内的燃气经营、使用。
天然气门站以外的管道输送，不适用本条例。
第三条　市燃气管理局负责本市燃气管理工作。
公安、工商、质监等部门按照各自职责做好工作。
第二章　经营
第四条　从事燃气经营，应当具备下列条件：
（一）有符合标准的气源；
（二）有固定的经营场所；
（三）有健全的制度：
1.安全制度；
2.服务制度；
（四）法律、法规规定的其他条件。
前款第二项的经营场所由市燃气管理局核定。
第五条　燃气经营者应当每年检查一次。检查应当记录。记录保存三年。
第六条　禁止倒卖瓶装燃气。
第三章　法律责任
第七条　违反本条例第六条规定的，处一千元以上5000元以下罚款。
第八条　违反本条例第四条第一款第三项规定的，由市燃气管理局责令改正。
第九条　当事人对处罚不服的，可以依法申请行政复议。
第四章　附则
第十条　本条例自2010年7月1日起施行。
附件：
燃气场所分类表
一类：门站
"""
OLD = parse_text(TEXT)
BEFORE = apply_amendment(OLD, "").text.splitlines()


def amended(orders: str) -> AppliedAmendment:
    return apply_amendment(OLD, orders)


def new_lines(result: AppliedAmendment) -> list[str]:
    return [line for line in result.text.splitlines() if line not in BEFORE]


DONE = [
    ("第六条加上一款：“甲。”", ["甲。"], "加上 for 增加"),
    ("在第一条“根据”之前加入“维护权益，”。", ["保障公共安全，维护权益，根据《"], "加入 for 增加"),
    ("第四条第一款第一项“气源”前补充“稳定的”。", ["（一）有符合标准的稳定的气源；"], "补充 for 增加"),
    ("第七条罚款幅度由“一千元”提高到“二千元”。", ["处二千元以上5000元以下罚款。"], "由…提高到… for 修改为"),
    (
        "第七条中的罚款下限由“一千元”提高至“二千元”，上限由“5000元”提高至“8000元”。",
        ["处二千元以上8000元以下"],
        "two figures, each by its name",
    ),
    ("将第五条的期限由“三年”缩短为“二年”。", ["记录保存二年。"], "缩短为 for 修改为"),
    ("第六条修改为：“甲。”，其他各条不变。", ["第六条　甲。"], "words that change nothing"),
    (
        "在第一条“保障公共安全”后增加“促进发展，”。",
        ["保障公共安全，促进发展，根据"],
        "the mark quoted is that of the words added: ，， would be two",
    ),
    (
        "在第一条“保障公共安全”后增加“，促进发展，”。",
        ["保障公共安全，促进发展，根据"],
        "a mark on both sides",
    ),
    ("在第一条“根据”前增加“促进发展，”。", ["保障公共安全，促进发展，根据"], "before, with its mark"),
    (
        "第八条增加但书：“但是情节轻微的除外。”",
        ["责令改正。但是情节轻微的除外。"],
        "a proviso is no paragraph",
    ),
    (
        "第八条增加规定：“但是，情节轻微的除外。”",
        ["责令改正。但是，情节轻微的除外。"],
        "a proviso by its first word",
    ),
    (
        "附则增加一条，作为第十条：“甲。”",
        ["第十条　甲。", "第十一条　本条例自"],
        "a heading by its title alone",
    ),
    ("第六条全文修改为： 甲。", ["第六条　甲。"], "a blank behind the colon is none of the text's"),
    ("将第五条中的「三年」修改为「五年」。", ["记录保存五年。"], "corner quotes of Hong Kong"),
    ("将第７条中的“5000元”修改为“8000元”。", ["以上8000元以下"], "a place in full-width digits"),
    (
        "将第7条中的“一千元”改为“2千元”、“5000元”改为“1万元”。",
        ["处2千元以上1万元以下"],
        "two changes with 、",
    ),
    (
        "将第五条中的“检查”修改为“巡查”，“三年”修改为“五年”。",
        ["每年巡查一次。巡查应当记录。记录保存五年。"],
        "two changes",
    ),
    (
        "将第四条第一款第四项修改为：“法律规定的其他条件”。",
        ["（四）法律规定的其他条件。"],
        "the mark at the end stays",
    ),
    ("将第六条修改为：“禁止倒卖燃气”。", ["第六条　禁止倒卖燃气。"], "of an article too"),
    ("第五条第二句修改为：“检查应当拍照”。", ["每年检查一次。检查应当拍照。记录保存"], "of a sentence too"),
    (
        "第四条第一款条首部分修改为：“经营燃气，应当具备”。",
        ["第四条　经营燃气，应当具备："],
        "words before items",
    ),
    ("在第四条第一款第四项后增加一项：“（五）甲。”", ["（五）甲。"], "an item after an item"),
    (
        "在第四条第一款第三项后增加一项：“（四）甲；”，原第四项改为第五项。",
        ["（四）甲；", "（五）法律"],
        "the next item moves",
    ),
    ("在第二条第一款后增加一款：“丁。”", ["丁。"], "a paragraph after a paragraph"),
    ("第三条增加两款，作为第三款、第四款：“丙。”“丁。”", ["丙。", "丁。"], "a quote for each paragraph"),
    ("将附件修改为：“新表”", ["附件：新表"], "the label of the annex stays"),
    ("附件删去。", [], "the annex goes"),
    ("将第四条第一款第三项第一目修改为：“安全生产制度；”", ["1.安全生产制度；"], "a part of an item"),
    (
        "将第六条修改为：\n从事燃气经营，应当取得许可。\n本决定自公布之日起施行。",
        ["第六条　从事燃气经营，应当取得许可。"],
        "words without quotes, their end sure",
    ),
    ("为了保障安全，将本条例第六条修改为：“甲。”", ["第六条　甲。"], "the purpose said before"),
    ("第二条第二款删除。", [], "deleted, the verb behind"),
    (
        "对《某市燃气管理条例》作如下修改：删去第三条第二款。",
        [],
        "an order without quotes in the introduction",
    ),
    ("在第二章中增加一条，作为第六条之一：“甲。”", ["第六条之一　甲。"], "an inserted number"),
    (
        "增加一条，作为第七条：“甲。”\n条文顺序作相应调整：“第七条”调整为“第八条”。",
        None,
        "numbers listed in quotes",
    ),
    (
        "将第三条第一款修改为：“甲。”\n该条第二款修改为：“乙。”",
        ["第三条　甲。", "乙。"],
        "该条 on the next line",
    ),
    ("将第八条中的“第四条第一款第三项”修改为“第四条”。", ["违反本条例第四条规定的"], "a reference as words"),
    (
        "对本条例中的下列用语作统一修改：“市燃气管理局”修改为“市城管局”。",
        ["第三条　市城管局负责", "由市城管局核定", "由市城管局责令改正"],
        "terms throughout",
    ),
    ("对第五条作出修改，将“三年”修改为“五年”。", ["记录保存五年。"], "the place said first"),
    (
        "对第三条作如下修改：将第一款修改为：“甲。”；删去第二款。",
        ["第三条　甲。"],
        "the place of several orders said first",
    ),
    ("将第七条中的罚款数额“5000元”调整为“8000元”。", ["以上8000元以下"], "a noun before the words"),
    (
        "在第六条之后增加第六条之一：“甲。”",
        ["第六条之一　甲。"],
        "the number behind the verb",
    ),
    ("将名称修改为《某市燃气安全条例》。", ["某市燃气安全条例"], "a title in its own marks"),
    (
        "将第四条第一款第一项、第二项修改为：“（一）甲；\n（二）乙；”",
        ["（一）甲；", "（二）乙；"],
        "two items in one quote",
    ),
    ("在第五条第一款后增加一句：“甲。”", ["记录保存三年。甲。"], "a sentence behind a paragraph"),
    (
        "在第四条第一款第三项与第四项之间增加一项：“（四）甲；”，其后各项序号顺延。",
        ["（四）甲；", "（五）法律"],
        "an item between two",
    ),
    ("在第二条第一款和第二款之间增加一款：“丁。”", ["丁。"], "a paragraph between two"),
    (
        "在第六条前增加一条，作为第六条：“甲。”",
        ["第六条　甲。", "第七条　禁止"],
        "before an article; references follow",
    ),
]


@pytest.mark.parametrize(("orders", "lines", "why"), DONE, ids=[row[2] for row in DONE])
def test_an_order_is_carried_out_as_it_is_meant(orders: str, lines: list[str] | None, why: str) -> None:
    result = amended(orders)
    if lines is None:
        assert not result.unapplied, why
        return
    assert result.outcome is Outcome.COMPLETE, (why, result.unapplied, result.doubts)
    made = new_lines(result)
    for line in lines:
        assert any(line in each for each in made), (why, made)


REFUSED = [
    ("关于修改《某市供水条例》的决定\n一、删去第六条。", Reason.OTHER_TEXT, "for another text"),
    ("将第二条与第三条第一款对调。", Reason.WORDING, "an article and a paragraph do not change places"),
    ("将第五条第二句移至第六条之后。", Reason.WORDING, "a sentence does not become an article"),
    ("将有关条款中的“市”修改为“区”。", Reason.WORDING, "no place that can be found"),
    (
        "将第四条修改为：\n应当取得许可。\n某市人民代表大会常务委员会\n2020年1月1日",
        Reason.WORDING,
        "where the words end is not sure",
    ),
    ("将第十二条修改为：“甲。”", Reason.NO_SUCH_PLACE, "no such article"),
    ("将第三条第三款修改为：“甲。”", Reason.NO_SUCH_PLACE, "no such paragraph"),
    ("将第四条第一款第七项修改为：“甲。”", Reason.NO_SUCH_PLACE, "no such item"),
    ("将第三条条首部分修改为：“甲。”", Reason.NO_SUCH_PLACE, "no items"),
    ("将第七条中的“二千元”修改为“三千元”。", Reason.WORDS_NOT_THERE, "other words"),
    ("将第七条、第八条中的“罚款”修改为“罚金”。", Reason.WORDS_NOT_THERE, "one place of two lacks them"),
    (
        "将第五条中的“三年”修改为“五年”，“五年”修改为“七年”。",
        Reason.WORDS_NOT_THERE,
        "words that the order wrote itself",
    ),
    ("将第五条、第六条修改为：“甲。”", Reason.COUNTS_DIFFER, "two places, one quote"),
    ("将第三条第二款中的“公安”、“工商”修改为“市监”。", Reason.COUNTS_DIFFER, "the new words side by side"),
    (
        "第三章修改为：“第三章　罚则\n“第七条　甲。”",
        Reason.COUNTS_DIFFER,
        "a chapter is replaced article by article",
    ),
    ("将第八条改为第十二条。", Reason.IMPOSSIBLE_NUMBER, "beyond the last article"),
    ("将第二条第二款改为第三款。", Reason.IMPOSSIBLE_NUMBER, "it stands at two"),
    ("在第二章增加一条：“甲。”", Reason.NO_PLACE, "neither number nor neighbour"),
    ("增加一章，作为第三章“安全管理”。", Reason.NO_PLACE, "which articles it holds"),
    ("将“市燃气管理局”修改为“市城管局”。", Reason.AMBIGUOUS_PLACE, "stands three times"),
    ("将第八条改为第九条，第六条改为第九条。", Reason.CONFLICT, "one number for two"),
    (
        "将第四条第一款第一项、第二项修改为：“（一）甲；\n（三）乙；”",
        Reason.COUNTS_DIFFER,
        "other numbers quoted together",
    ),
    ("在第四条第一款第一项与第三项之间增加一项：“（二）甲；”", Reason.WORDING, "the two are no neighbours"),
    ("一、废止《某市燃气管理条例》。", Reason.REPEALED, "the text ends"),
]


@pytest.mark.parametrize(
    ("orders", "kind", "why"), REFUSED, ids=[f"{row[1].value}: {row[2]}" for row in REFUSED]
)
def test_an_order_that_does_not_fit_leaves_the_text(orders: str, kind: Reason, why: str) -> None:
    result = amended(orders)
    assert result.outcome is Outcome.REFUSED, why
    assert kind in {each.kind for each in result.unapplied}, (why, result.unapplied)
    assert result.text.splitlines() == BEFORE


CLOSED = """某市水条例
第一章　总则
第一条　甲。
第二条　乙。
第三条　丙。
第四条　丁。
第二章　附则
第五条　戊。
第六条　己。
第七条　庚。
"""


def test_an_article_that_moves_past_many_stands_in_the_chapter_of_its_neighbours() -> None:
    orders = "第六条改为第二条，原第二条至第五条依次改为第三条至第六条。"
    result = apply_amendment(parse_text(CLOSED), orders)
    assert result.outcome is Outcome.COMPLETE, result.doubts
    lines = result.text.splitlines()
    assert lines[lines.index("第一章　总则") : lines.index("第二章　附则")][2] == "第二条　己。"


DOUBTED = [
    ("第八条增加：“逾期不改的，停业。”", Reason.AMBIGUOUS_PLACE, "a sentence, or a paragraph"),
    ("第八条第一款增加“逾期停业”。", Reason.AMBIGUOUS_PLACE, "no mark before a clause without a link"),
    ("删去第四条第二款中的“由”，增加“应当”。", Reason.AMBIGUOUS_PLACE, "where 应当 stands is not said"),
    ("将第三条第一款中的“市”修改为“市、区”。", Reason.AMBIGUOUS_PLACE, "市 inside of 本市 too"),
    ("将第五条中的“三年。”修改为“三年；”，增加“。违者受罚。”", Reason.AMBIGUOUS_PLACE, "；。 side by side"),
    ("废止第六条。", Reason.DANGLING_REFERENCE, "废止 as 删去: 第七条 cites it"),
    ("删去第六条。", Reason.DANGLING_REFERENCE, "第七条 cites it"),
    ("删去第四条第二项。", Reason.DANGLING_REFERENCE, "前款第二项 cites it"),
    (
        "第四条第一款增加一项，作为第三项：“（三）甲；”",
        Reason.DANGLING_REFERENCE,
        "第八条 cites item three, four now",
    ),
    ("删去第四条第一款。", Reason.DANGLING_REFERENCE, "a paragraph that is cited"),
    ("删去第十条，条文顺序作相应调整。", Reason.AMBIGUOUS_PLACE, "a chapter without an article"),
    ("将第七条改为第六条，第六条改为第七条。", Reason.AMBIGUOUS_PLACE, "moved across a heading"),
    ("第十条改为第十一条，增加一条作为第十条：“甲。”", Reason.AMBIGUOUS_PLACE, "before or after a heading"),
]


@pytest.mark.parametrize(("orders", "kind", "why"), DOUBTED, ids=[row[2] for row in DOUBTED])
def test_a_place_in_doubt_is_named(orders: str, kind: Reason, why: str) -> None:
    result = amended(orders)
    assert result.outcome is Outcome.PARTIAL, why
    assert kind in {each.kind for each in result.doubts}, (why, result.doubts)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TEXT.replace("第二条　", "第一条　"), "a number twice"),
        (
            TEXT.replace("第五条　燃气经营者应当每年检查一次。检查应当记录。记录保存三年。\n", ""),
            "an article lost",
        ),
    ],
)
def test_a_text_whose_numbers_do_not_run_on_is_in_doubt(text: str, why: str) -> None:
    result = apply_amendment(parse_text(text), "将第十条修改为：“甲。”")
    assert Reason.UNSOUND_TEXT in {each.kind for each in result.doubts}, why


def test_a_line_that_is_numbered_among_the_orders_is_never_passed_over() -> None:
    result = amended(
        "一、删去第三条第二款。\n二、将第八条与第九条互换。\n三、其他文字作适当处理。\n四、本决定自公布之日起施行。"
    )
    assert result.outcome is Outcome.PARTIAL
    assert [each.text for each in result.unapplied] == ["其他文字作适当处理。"]


def test_a_bare_paragraph_never_goes_on_from_the_order_of_another_text() -> None:
    result = amended(
        "一、修改《某市供水条例》\n将第三条修改为：“甲。”\n二、修改《某市燃气管理条例》\n将第二款修改为：“乙。”"
    )
    assert result.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("quoted", "found", "why"),
    [
        ("公安，工商、质监等部门按照各自职责做好工作", True, "another mark"),
        ("公安，工商、质监等", False, "too few words to be sure"),
        ("公安、工商、质量等部门按照各自职责做好工作", False, "another word"),
    ],
)
def test_words_are_found_although_editions_print_other_marks(quoted: str, found: bool, why: str) -> None:
    result = amended(f"将第三条第二款中的“{quoted}”修改为“甲”。")
    assert (result.outcome is Outcome.COMPLETE) is found, why


@pytest.mark.parametrize("orders", [row[0] for row in (*REFUSED, *DOUBTED)])
def test_every_reason_is_said_in_chinese(orders: str) -> None:
    result = amended(orders)
    for each in (*result.unapplied, *result.doubts):
        told = sentence_told(each.reason, "zh")
        assert re.search("[A-Za-z]{3}", told) is None, told
