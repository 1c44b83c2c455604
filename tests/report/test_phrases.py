"""The chief changes of a revision in the words of a person: put together from signals, never guessed."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

import policydiff
from policydiff.model import Signal, SignalType, Span
from policydiff.model.substance import Genre
from policydiff.report.catalog import catalog
from policydiff.report.half_sentences import Both, both_texts, told
from policydiff.report.revision_page import revision_page
from policydiff.report.revision_tables import change_told, whole_texts
from policydiff.report.runs import Cell, Mark, plain
from policydiff.substance.signalling import signals_between

HEAD = "某某管理办法\n\n第一条 为了加强管理，制定本办法。\n\n"
TAIL = "\n\n第九条 本办法自公布之日起施行。\n"

TOLD = [
    (
        "第二条 违反规定的，可以并处5000元以上10000元以下的罚款。",
        "第二条 违反规定的，可以并处500元以上2000元以下的罚款。",
        "罚款 5000–10000元 → 500–2000元",
        "both ends of a fine are one change",
    ),
    (
        "第二条 违反规定的，处以2万元以上5万元以下罚款。",
        "第二条 违反规定的，处以3万元以上10万元以下罚款。",
        "罚款 2万–5万元 → 3万–10万元",
        "numbers with 万",
    ),
    (
        "第二条 违反规定的，处违法所得一倍以上三倍以下的罚款。",
        "第二条 违反规定的，处违法所得三倍以上五倍以下的罚款。",
        "一–三倍 → 三–五倍",
        "a range of times in words",
    ),
    (
        "第二条 开办企业，应当向公安机关申请领取特种行业许可证。",
        "第二条 开办企业，应当在取得营业执照后15日内向公安机关备案。",
        "取得营业执照后15日内",
        "a new period with what it runs from",
    ),
]


def _first(old: str, new: str) -> str:
    diff = policydiff.diff(policydiff.parse(HEAD + old + TAIL), policydiff.parse(HEAD + new + TAIL))
    change = next(each for each in diff.changes if each.signals)
    return plain(change_told(change, whole_texts(diff), catalog("zh")))


@pytest.mark.parametrize(("old", "new", "words", "reason"), TOLD, ids=[row[3] for row in TOLD])
def test_a_change_is_told_as_a_person_would(old: str, new: str, words: str, reason: str) -> None:
    assert words in _first(old, new), reason


@pytest.mark.parametrize(
    ("old", "new", "way", "reason"),
    [
        ("养护和环卫行业月最低工资标准继续执行3360元。", "养护行业月最低工资标准为3500元/月，增加140元。", "", "two sums that nothing compares weigh more than a word less"),
        ("区民政局负责养护和环卫企业的检查。", "区水务局负责养护企业的检查。", "", "another body weighs as much"),
        ("养护和环卫企业应当缴纳300元。", "养护企业可以缴纳300元。", "", "the duty is looser, and narrower"),
        ("养护和环卫企业应当投保。", "养护企业应当投保。", "（缩小）", "one difference, one way"),
        ("养护企业应当投保并备案。", "养护企业可以投保并备案。", "（放宽）", "a duty less"),
        ("养护企业处500元罚款。", "养护企业处300元罚款。", "（降低）", "a lower fine"),
    ],
)  # fmt: skip
def test_the_way_of_a_change_is_that_of_its_heaviest_difference(
    old: str, new: str, way: str, reason: str
) -> None:
    words = _first(f"第二条 {old}", f"第二条 {new}")
    assert words[words.find("（") :] == way if way else "（" not in words, reason


def test_a_permit_that_stays_elsewhere_is_not_called_abolished() -> None:
    kept = "\n\n第三条 从事前款业务以外的，应当领取特种行业许可证。"
    told = _first(
        "第二条 开办企业，应当向公安机关申请领取特种行业许可证。" + kept,
        "第二条 开办企业，应当向公安机关备案。" + kept,
    )
    assert "取消" not in told


@pytest.mark.parametrize(
    "clause",
    [
        "逾期不起诉又不履行的，主管部门可以申请人民法院强制执行。",  # courts enforce under another law too
        "进口的农产品应当按照规定的标准进行检验。",
        "申请人应当具备规定的资质，并提交证明。",
        "财政安排资金，支持农产品标准与认证。",
        "夫妻一方可以申请查询登记在对方名下的财产。",
        "公安机关对企业实行年审制度。",
    ],
)
@pytest.mark.parametrize("comes", [False, True])
def test_a_whole_clause_is_told_in_its_own_words_alone(clause: str, comes: bool) -> None:
    """A word that one text alone has (强制执行, 登记) is no institution introduced or abolished."""
    one, other = (
        HEAD + "第二条 企业应当如实陈述。" + TAIL,
        f"{HEAD}第二条 企业应当如实陈述。\n\n第三条 {clause}{TAIL}",
    )
    diff = policydiff.diff(*map(policydiff.parse, (one, other) if comes else (other, one)))
    (entry,) = (
        each for each in revision_page(diff, catalog("zh")).findings[0].entries if "第三条" in each.place
    )
    assert plain(entry.words) == f"{'新增' if comes else '删除'} {clause}"


IN_WORDS = [
    (
        "第二条 由国务院交通主管部门或者其授权的地方人民政府交通主管部门责令改正。",
        "第二条 由国务院交通主管部门或者省、自治区、直辖市人民政府交通主管部门责令改正。",
        "或者[其授权的地方]<省、自治区、直辖市>人民政府交通主管部门责令改正",
        "a name is never told by a piece of it",
    ),
    (
        "第二条 申请人应当提交申请表，并说明理由和用途。",
        "第二条 申请人应当提交申请表。",
        "并说明理由和用途",
        "a dropped half-sentence in full",
    ),
    (
        "第二条 受理机关应当自收到申请之日起30日内办结。",
        "第二条 受理机关应当自收到申请之日起15日内办结。",
        "受理机关应当自收到申请之日起[30日]<15日>内办结",
        "a number keeps its subject",
    ),
    (
        "第二条 企业应当每季度报告一次。",
        "第二条 企业应当每半年报告一次。",
        "企业应当[每季度]<每半年>报告一次",
        "a frequency inside its sentence",
    ),
    (
        "第二条 每家企业补助30万元。每人补助2万元。",
        "第二条 每家企业补助50万元。每人补助2万元。",
        "每家企业补助[30万元]<50万元>",
        "the sentence beside it is not told",
    ),
    (
        "第二条 市财政局应当加强对资金的监管。",
        "第二条 市审计局应当加强对资金的监管。",
        "市[财政局]<审计局>应当加强对资金的监管",
        "the body and what it has to do",
    ),
    (
        "第二条 （一）年满十八周岁的企业负责人，应当每年报告三次；",
        "第二条 (一)年满十八周岁的企业负责人，应当每年报告五次；",
        "应当每年报告[三次]<五次>",
        "a width that differs alone is shown once and not marked",
    ),
    (
        "第二条 申请人应当提交申请表。",
        "第二条 申请人应当提交申请表。\n申请人应当在十日内缴纳费用。",
        "<申请人应当在十日内缴纳费用>",
        "an added paragraph begins with its own first word",
    ),
    (
        "第二条 鼓励企业开展研发。",
        "第二条 企业应当开展研发。",
        "企业",
        "a sentence turned round",
    ),
    (
        "第二条 " + "参与单位应当遵守规定并接受管理，" * 6 + "处五万元罚款。",
        "第二条 " + "参与单位应当遵守规定并接受管理，" * 6 + "处十万元罚款。",
        "处[五万元]<十万元>罚款",
        "of a long clause only the half-sentence",
    ),
]


def marked(runs: Cell) -> str:
    signs = {Mark.DELETE: ("[", "]"), Mark.INSERT: ("<", ">")}
    return "".join(
        f"{signs.get(run.mark, ('', ''))[0]}{run.text}{signs.get(run.mark, ('', ''))[1]}" for run in runs
    )


@pytest.mark.parametrize(("old", "new", "words", "reason"), IN_WORDS, ids=[row[3] for row in IN_WORDS])
def test_a_difference_is_told_in_its_half_sentence(old: str, new: str, words: str, reason: str) -> None:
    diff = policydiff.diff(policydiff.parse(HEAD + old + TAIL), policydiff.parse(HEAD + new + TAIL))
    change = next(each for each in diff.changes if each.signals)
    told = marked(change_told(change, whole_texts(diff), catalog("zh")))
    assert words in told, (reason, told)
    assert "\n" not in told


def test_differences_of_one_half_sentence_are_one_phrase() -> None:
    old = "第二条 由市水利管理处（市堤防（泵闸）设施管理处）负责日常监督管理，并于每年6月底前报告。"
    new = "第二条 由市堤防泵闸建设运行中心负责日常监督管理，并于每年9月底前报告。"
    told = _first(old, new)
    assert told.count("负责日常监督管理") == 1
    assert told.count("每年") == 1


def test_a_passage_written_anew_marks_only_the_words_that_differ() -> None:
    """Where no half-sentence is shared, each side tells its own, and what stands around the words bears no mark."""
    old = "月最低工资标准从3080元调整到3360元，小时最低工资标准从27元调整到30元。"
    gone = [
        Signal(type=SignalType.AMOUNT, old=words, new=None, old_span=Span(at, at + len(words)), weight=0.8)
        for words in ("3080元", "27元", "30元")
        for at in [old.index(words)]
    ]
    runs = told(gone, Both((), (old,), ("另行公布。",)), catalog("zh"))
    assert marked(runs) == (
        "金额 取消：月最低工资标准从[3080元]调整到3360元；金额 取消：小时最低工资标准从[27元]调整到[30元]"
    )


WORDS = st.sampled_from(
    ["应当", "可以", "30日内", "市科委", "报告", "，", "。", "；", "处五万元罚款", "企业", "\n", "（一）"]
)


@given(st.lists(WORDS, max_size=30).map("".join), st.lists(WORDS, max_size=30).map("".join))
def test_phrases_hold_only_words_of_the_texts(old: str, new: str) -> None:
    """Whatever is shortened: what is marked stands in the text of its side, character by character."""
    signals = signals_between(old, new, genre=Genre.POLICY)
    both = both_texts(old, new)
    flat = {Mark.DELETE: old.replace("\n", " "), Mark.INSERT: new.replace("\n", " ")}
    for run in told(signals, both, catalog("zh"), most=99):
        if run.mark in flat:
            # … stands for the middle of a long change
            assert all(part in flat[run.mark] for part in run.text.split("…"))


def test_a_change_of_scope_alone_is_told() -> None:
    assert "个体工商户" in _first(
        "第二条 本办法适用于本市企业。", "第二条 本办法适用于本市企业和个体工商户。"
    )


ONE_OR_TWO = [
    ("五月一日放假1天(5月1日)。", "五月一日放假2天（5月1日、2日）。", 1, "four characters between two changes are no text"),
    ("在十五日内向市公安机关备案。", "在三十日内向市公安机关报告。", 2, "a line that reads on between two changes stays one text"),
    ("可以对单位并处罚款。", "应当对单位并处罚款和警告。", 2, "more stays than changes"),
    ("依法行使侦查、拘留和执行逮捕以及法律规定的其他职权。", "依法行使本法和有关法律规定的职权。", 1, "more changes than stays"),
    ("处五千元以下的罚款。", "处五万元以下的罚款。", 1, "a single change is never put in other words"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "changes", "reason"), ONE_OR_TWO)
def test_changes_with_little_between_them_are_told_as_one(
    old: str, new: str, changes: int, reason: str
) -> None:
    words = told(signals_between(old, new, genre=Genre.STATUTE), both_texts(old, new), catalog("zh"))
    struck = [run for run in words if run.mark in (Mark.DELETE, Mark.INSERT)]
    assert len([run for run in struck if run.mark is Mark.INSERT]) == changes, (reason, words)
    texts = (
        "".join(run.text for run in words if run.mark is not mark) for mark in (Mark.INSERT, Mark.DELETE)
    )
    for text, given_text in zip(texts, (old, new), strict=True):
        assert given_text.rstrip("。") in text, reason


def test_a_change_cut_in_its_middle_is_one_change() -> None:
    old = "未经批准设立或者调整海洋观测站的，由海洋主管部门责令停止违法行为并没收违法获得的海洋观测资料。"
    new = "设立、调整海洋观测站未按照规定备案的，由海洋主管部门责令限期改正，逾期不改正的处二万元罚款。"
    words = told(
        signals_between(old, new, genre=Genre.STATUTE), both_texts(old, new), catalog("zh"), longest=30
    )
    for before, behind in pairwise(words):
        assert not (before.mark is Mark.DELETE and behind.text == "…"), words


ONCE = [
    (
        "处一千元以下罚款。对主管人员依法给予行政处分。",
        "处五千元以下罚款；对主管人员依法给予处分。",
        "。 → ；",
    ),
    ("收取十元；对残疾人减半收取。", "收取二十元。对残疾人免费。", "； → 。"),
    (
        "处一千元以下罚款，对主管人员依法给予行政处分。",
        "处五千元以下罚款。对主管人员依法给予处分。",
        "， → 。",
    ),
]


@pytest.mark.parametrize(("old", "new", "why"), ONCE, ids=[row[2] for row in ONCE])
def test_a_mark_that_became_another_ends_a_half_sentence_too(old: str, new: str, why: str) -> None:
    """Otherwise the figure before the mark is told a second time with the words behind it."""
    figure = "五千元" if "五千元" in new else "二十元"
    clause = "第二条 {}"
    diff = policydiff.diff(
        policydiff.parse(HEAD + clause.format(old) + TAIL), policydiff.parse(HEAD + clause.format(new) + TAIL)
    )
    change = next(each for each in diff.changes if each.signals)
    assert plain(change_told(change, whole_texts(diff), catalog("zh"))).count(figure) == 1, why
