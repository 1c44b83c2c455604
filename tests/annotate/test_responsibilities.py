"""Notes of responsibility: labels, roles, lists of bodies, and the clause they bind."""

import pytest

from policydiff.annotate import annotate
from policydiff.annotate.notes import read_list, read_note, split_bodies
from policydiff.annotate.responsibilities import find_responsibilities
from policydiff.model import Clause, ClauseKind, Document, Responsibility
from policydiff.parsing import parse_text

from .factories import passages


@pytest.mark.parametrize(
    ("words", "label", "lead", "supporting"),
    [
        ("责任部门:区科委、区商务委", "责任部门", "区科委 区商务委", ""),
        ("责任部门和单位：市科委、上海科创办等", "责任部门和单位", "市科委 上海科创办", ""),
        ("责任单位:市发改委、市经信局牵头;市科技局、市卫健委等配合", "责任单位", "市发改委 市经信局", "市科技局 市卫健委"),
        ("责任单位:市卫健委牵头,市发改委、市科技局等配合", "责任单位", "市卫健委", "市发改委 市科技局"),  # comma
        ("牵头单位：甲局；配合单位：乙局、各区政府；完成时限：2023年底", "牵头单位", "甲局", "乙局 各区政府"),
        ("牵头单位：甲局，配合单位：乙局、各区政府", "牵头单位", "甲局", "乙局 各区政府"),  # labels after a comma
        ("甲局、乙局按照职责分工负责，持续推进", None, "甲局 乙局", ""),
        ("各省、自治区、直辖市人民政府负责", None, "各省、自治区、直辖市人民政府", ""),  # one expression
        ("责任单位：区党群工作部，各乡镇党委和人民政府", "责任单位", "区党群工作部 各乡镇党委和人民政府", ""),  # two in one
        ("配合单位：乙局", "配合单位", "", "乙局"),
        ("责任单位:市公安局、市教育局等市直部门,相关县(市)区、开发区按职责分工负责", "责任单位",
         "市公安局 市教育局 市直部门 相关县(市)区 开发区", ""),
        ("负责部门：民航局，适用范围：河南自贸试验区", "负责部门", "民航局", ""),  # another label is no body
        ("责任部门:区科 委、区财政 局", "责任部门", "区科委 区财政局", ""),  # blanks left by the page
        ("海关总署、财政部负责", None, "海关总署 财政部", ""),
        ("农业农村部、工业和信息化部牵头负责", None, "农业农村部 工业和信息化部", ""),
        ("发展改革委牵头，财政部、商务部等按职责分工负责", None, "发展改革委", "财政部 商务部"),
        ("国家发展改革委会同有关部门负责", None, "国家发展改革委", "有关部门"),
        ("扶贫办、商务部等和各有关省级人民政府负责", None, "扶贫办 商务部 各有关省级人民政府", ""),
        ("人力资源社会保障部等有关部门和单位按职责分工负责", None, "人力资源社会保障部 有关部门和单位", ""),
        ("工业和信息化部、科技部等负责。列第一位者为牵头单位，下同", None, "工业和信息化部 科技部", ""),
        ("生态环境部、国家邮政局指导", None, "生态环境部 国家邮政局", ""),
        ("商务部指导，供销合作总社参与", None, "商务部", "供销合作总社"),
        ("生态环境部指导，试点城市政府负责落实。以下均需落实，不再列出", None, "试点城市政府", "生态环境部"),
    ],
)  # fmt: skip
def test_notes(words: str, label: str | None, lead: str, supporting: str) -> None:
    note = read_note(words)
    assert note is not None
    assert (note.label, note.lead, note.supporting) == (label, tuple(lead.split()), tuple(supporting.split()))


@pytest.mark.parametrize(
    "words",
    [
        "以下简称联席会议",
        "试行",
        "合同研究组织",
        "主要负责人负责",
        "由企业自行负责",
        "责任部门：",
        "基金会除外",
        "",
    ],
)
def test_other_brackets_are_no_notes(words: str) -> None:
    assert read_note(words) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "市发展和改革委员会、市住房和城乡建设局",
            "市发展和改革委员会 市住房和城乡建设局",
        ),  # 和 inside a name
        ("文化和旅游部、自然资源和规划局", "文化和旅游部 自然资源和规划局"),
        ("工业和信息化部和财政部", "工业和信息化部 财政部"),  # 和 between names
        ("市财政局及各区人民政府", "市财政局 各区人民政府"),
        ("各县(市、区)政府、市教委", "各县(市、区)政府 市教委"),  # separators in brackets
        ("高等院校、市教委等", "高等院校 市教委"),  # 等 inside a word
        ("各有关部门和单位", "各有关部门和单位"),
        ("中央和国家机关工委，国管局", "中央和国家机关工委 国管局"),
        ("", ""),
    ],
)
def test_lists_of_bodies(words: str, expected: str) -> None:
    assert split_bodies(words) == tuple(expected.split())


def test_a_bare_list_counts_only_where_all_are_offices() -> None:
    assert read_list("工业和信息化部、应急管理部") is not None
    assert read_list("工业和信息化部、某某企业") is None
    assert read_list("以下简称市发展改革委") is None


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        ("区农发局", "区农发局"),  # a local office by its short name
        ("区环土局、交建局、有关乡镇政府", "区环土局 交建局 有关乡镇政府"),  # the level said once
        ("区经发局、各有关乡镇", "区经发局 各有关乡镇"),
        ("含各部", None),
        ("外国语学院、内部", None),  # no body that is known, nor of a level
        ("区农发局制定", None),  # more than names
    ],
)
def test_brackets_of_local_offices(words: str, bodies: str | None) -> None:
    note = read_list(words)
    assert (" ".join(note.lead) if note else None) == bodies


def found(*texts: str, kind: ClauseKind = ClauseKind.LEVEL) -> list[Responsibility]:
    return list(find_responsibilities(passages(*texts, kind=kind)))


def test_a_clause_may_hold_several_notes() -> None:
    notes = found("推进改革。（市场监管总局负责）加强教育。（体育总局、教育部负责）")
    assert [(note.clause, note.lead) for note in notes] == [
        ("lvl_1", ("市场监管总局",)),
        ("lvl_1", ("体育总局", "教育部")),
    ]


def test_the_first_body_leads_from_where_the_document_says_so() -> None:
    notes = found(
        "甲。（财政部、商务部负责）",
        "乙。（财政部、商务部负责。列第一位者为牵头单位，下同）",
        "丙。（科技部、教育部等负责）",
        "丁。（农业农村部、科技部牵头负责）",
        "戊。（责任部门：甲局、乙局）",
    )
    assert [(note.lead, note.supporting) for note in notes] == [
        (("财政部", "商务部"), ()),
        (("财政部",), ("商务部",)),
        (("科技部",), ("教育部",)),
        (("农业农村部", "科技部"), ()),  # the note itself says who leads
        (("甲局", "乙局"), ()),  # a labelled note keeps its label's meaning
    ]


def test_said_in_the_text_it_holds_for_all_notes() -> None:
    notes = found("甲。（财政部、商务部负责）", "各项任务排在第一位的部门为牵头部门。")
    assert (notes[0].lead, notes[0].supporting) == (("财政部",), ("商务部",))


def test_a_note_on_a_line_of_its_own_binds_the_clause_before_it() -> None:
    notes = found("加快建设。", "责任单位：市发改委、市财政局", kind=ClauseKind.PARAGRAPH)
    assert [(note.clause, note.label, note.lead) for note in notes] == [
        ("lvl_1", "责任单位", ("市发改委", "市财政局"))
    ]


def test_square_brackets_hold_notes_too() -> None:
    assert [note.lead for note in found("推进改革。【责任单位：市教育局、市人社局；完成时限：2023年】")] == [
        ("市教育局", "市人社局")
    ]


def test_prose_with_a_colon_is_no_note() -> None:
    assert found("责任重大：各区政府要落实责任", "现提出以下意见：", kind=ClauseKind.PARAGRAPH) == []


def test_columns_of_a_table_name_bodies() -> None:
    notes = found(
        "序号\t任务\t牵头单位\t配合单位\t完成时限",
        "1\t建设平台（试点）\t市发改委\t市财政局、各区政府\t2023年底",
        "2\t编制规划\t市科委等\t\t长期",
        "合计\t2",
        kind=ClauseKind.ROW,
    )
    assert [(note.clause, note.label, note.lead, note.supporting) for note in notes] == [
        ("lvl_2", "牵头单位", ("市发改委",), ("市财政局", "各区政府")),
        ("lvl_3", "牵头单位", ("市科委",), ()),
    ]


def test_spans_survive_page_breaks_and_blanks() -> None:
    text = "一、提升效率。(责任部门:区科 \n\n委、区商\n务委)"
    clause = Clause(
        id="lvl_1",
        kind=ClauseKind.LEVEL,
        label="一、",
        text="提升效率。(责任部门:区科委、区商务委)",
        span=(0, len(text)),
    )
    (note,) = annotate(Document(clauses=(clause,)), text).responsibilities
    assert note.lead == ("区科委", "区商务委")
    assert text[note.span.start : note.span.end] == "(责任部门:区科 \n\n委、区商\n务委)"


def test_a_clause_binds_its_subject_where_a_heading_parts_the_work() -> None:
    text = (
        "关于甲的方案\n一、责任分工\n1.区农村发展局要重点部署检查。\n2.公安局、财政局负责维护秩序。\n3.各种矛盾要及时化解。\n"
        "二、措施\n1.区农村发展局要加强检查。"
    )
    found = annotate(parse_text(text), text).responsibilities
    assert [(item.clause, item.lead) for item in found] == [
        ("lvl_1__lvl_1", ("区农村发展局",)),
        ("lvl_1__lvl_2", ("公安局", "财政局")),
    ]
    assert [text[item.span.start : item.span.end] for item in found] == ["区农村发展局", "公安局、财政局"]


def test_a_heading_may_say_whose_duties_follow() -> None:
    text = "关于甲的办法\n（一）社会事业局职责。民政处要牵头协调。\n（二）群众职责。积极参与监督检查。"
    found = annotate(parse_text(text), text).responsibilities
    assert [(item.clause, item.lead) for item in found] == [("lvl_1", ("社会事业局",))]


@pytest.mark.parametrize(
    ("duty", "lead", "supporting"),
    [
        ("区发展改革委会同区财政局、区商务局制定年度计划，报区政府批准。", "区发展改革委", "区财政局 区商务局"),
        ("区教育局：会同区公安局做好校车管理。", "区教育局", "区公安局"),
        ("区农业农村局会同有关部门开展检查。", "区农业农村局", "有关部门"),
        ("区住建局联合区城管局等部门开展检查。", "区住建局", "区城管局"),
        ("区水务局商区财政局落实资金。", "区水务局", "区财政局"),
        ("区文化旅游局要会同区消防救援支队、各街道定期检查。", "区文化旅游局", "区消防救援支队 各街道"),
        # No body stands behind the word, or none with whom the duty is done.
        ("区司法局会同县级调解组织建立名册。", "区司法局", ""),
        ("区商务局负责商业网点，区财政局保障经费。", "区商务局", ""),
        ("区工商局负责登记。", "区工商局", ""),
        ("区民政局负责救助。", "区民政局", ""),
    ],
)  # fmt: skip
def test_a_subject_acts_with_others(duty: str, lead: str, supporting: str) -> None:
    text = f"某区某工作方案\n一、职责分工\n（一）{duty}\n（二）区公安局负责治安。\n"
    found = annotate(parse_text(text), text).responsibilities[0]
    assert " ".join(found.lead) == lead
    assert " ".join(found.supporting) == supporting


@pytest.mark.parametrize(
    ("header", "row", "lead", "supporting"),
    [
        ("| 序号 | 任务 | 牵头单位 | 配合单位 |", "| 1 | 甲 | 市水务局 | 各区政府 |", "市水务局", "各区政府"),
        ("| 任务 | 主责部门 | 协同部门 |", "| 甲 | 市数据局 | 市委网信办、市公安局 |", "市数据局", "市委网信办 市公安局"),
        # A second row of headings parts the bodies.
        ("| 序号 | 任务 | 责任单位 |<|\n|^^|^^| 牵头 | 配合 |", "| 1 | 甲 | 市水务局 | 市住建局 |", "市水务局", "市住建局"),
        # Persons are no bodies, where a column beside them names bodies.
        ("| 任务 | 责任领导 | 责任单位 |", "| 甲 | 张某 | 县交通运输局 |", "县交通运输局", ""),
        ("| 任务 | 责任部门 | 责任人 |", "| 甲 | 人事处 | 赵某 |", "人事处", ""),
        # The cell itself says who leads.
        ("| 任务 | 责任单位 |", "| 甲 | 市市场监管局（牵头）、市公安局 |", "市市场监管局", "市公安局"),
        ("| 任务 | 责任单位 |", "| 甲 | 市生态环境局牵头，市水务局、市农业农村局配合 |", "市生态环境局", "市水务局 市农业农村局"),
        ("| 任务 | 责任单位 |", "| 甲 | 市水务局、市住建局 |", "市水务局 市住建局", ""),
        ("| 任务 | 责任单位 |", "| 甲 | 市水务局（含各区） |", "市水务局（含各区）", ""),
        ("| 任务 | 牵头单位 | 配合单位 |", "| 甲 | 市水务局 | |", "市水务局", ""),
        # A counted row is an entry, even where one of its cells reads like a heading.
        ("| 序号 | 项目 | 三季度 | 责任单位 |", "| 1 | 幼儿园 | 完成主体 | 市教育局 |", "市教育局", ""),
        ("| 序号 | 项目 | 三季度 | 责任单位 |", "| （二） | 幼儿园 | 建设主体 | 市教育局 |", "市教育局", ""),
        ("| 编号 | 项目 | 进度 | 牵头 | 配合 |", "| 2.1 | 厂房 | 确定实施主体 | 市工信局 | 市住建局 |", "市工信局", "市住建局"),
        ("| 序号 | 任务 | 成果 | 牵头部门 |", "| 12、 | 改革 | 明确责任部门 | 市委编办 |", "市委编办", ""),
    ],
)  # fmt: skip
def test_columns_and_cells_tell_the_roles(header: str, row: str, lead: str, supporting: str) -> None:
    text = f"某市某任务分工表\n{header}\n{row}\n"
    (found,) = annotate(parse_text(text), text).responsibilities
    assert " ".join(found.lead) == lead
    assert " ".join(found.supporting) == supporting
