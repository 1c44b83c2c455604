"""One provision in another form: a list as a table, a table in words, a general duty as an organisation clause."""

import pytest

from policydiff.comparison.compare import compare_documents
from policydiff.model import Band, Comparison, Coverage, Relation, SentenceKind
from tests.comparison.documents import document

BASIS = "为贯彻落实《某市公共服务工作意见》，制定本方案。"


def _compared(superior: str, local: str) -> Comparison:
    return compare_documents(
        document(f"某区实施方案\n{BASIS}\n{local}\n"), document(f"某市公共服务工作意见\n{superior}\n")
    )


@pytest.mark.parametrize(
    ("item", "row", "told", "reason"),
    [
        ("办事指南；", "办事指南 | 区行政审批局 | 每月", True, "the item is the name of the row"),
        ("堵塞疏散通道；", "1 | 疏散通道被堵塞 | 区消防救援大队", True, "the same words, turned round"),
        ("特种作业人员无证上岗。", "3 | 特种作业人员无证上岗 | 区市场监管局", True, "numbers are no name"),
        ("新增养老床位。", "新增养老床位 | 300张 | 区民政局", True, "with a figure of its own"),
        ("修缮旧住房；", "旧住房修缮 | 20万平方米", True, "the verb behind"),
        ("开展适老化改造。", "适老化改造 | 区民政局 | 年底前", True, "without the verb"),
        ("中介服务清单；", "收费目录 | 区发展改革局 | 每季度", False, "another thing"),
        ("加强收费目录编制和价格监督检查，规范收费行为，切实减轻企业和群众负担。", "收费目录 | 区发展改革局", False, "a part of a long sentence"),
        ("应急管理局。", "违规动火作业 | 区应急管理局", False, "the body that does it is no matter"),
        ("建设口袋公园。", "合计 | 12座", False, "a sum names nothing"),
    ],
)  # fmt: skip
def test_a_list_that_became_a_table_is_taken_up(item: str, row: str, told: bool, reason: str) -> None:
    found = _compared(
        f"一、应当公开下列内容：\n（一）{item}", f"一、任务清单\n| 内容 | 责任单位 | 周期 |\n| {row} |"
    )
    rows = [each for each in found.sentences if each.kind is SentenceKind.ROW and each.sources]
    assert bool(rows) is told, reason
    adopted = [each.text for each in found.coverage if each.status is Coverage.ADOPTED]
    assert (item in adopted) is told, reason
    assert found.summary.sentences == 0, "rows are in no count"


@pytest.mark.parametrize(
    ("row", "sentence", "told", "reason"),
    [
        ("技术改造设备投资 | 10% | 500万元", "对企业技术改造设备投资，按10%给予资助，最高300万元。", True, "name and figures"),
        ("首台套装备研制 | 30%", "对首台套装备研制给予30%的资助。", True, "name and share"),
        ("旧住房修缮 | 市房管局 | 300万平方米", "完成旧住房修缮20万平方米。", True, "a figure of its own"),
        ("1 | 违规动火作业 | 市应急局", "对违规动火作业开展专项整治。", True, "numbered"),
        ("工业软件采购 | 20%", "对新引进的总部企业给予开办费100万元。", False, "another matter"),
        ("东湖区 | 300张", "支持东湖区发展养老产业。", False, "a row of an area"),
        ("市民政局 | 4项", "市民政局会同有关部门开展检查。", False, "a row of a body"),
        ("合计 | 100", "合计新增300人。", False, "a sum"),
        ("技术改造设备投资 | 10%", "鼓励企业开展技术改造。", False, "half of the name"),
    ],
)  # fmt: skip
def test_a_table_put_in_words_is_the_source_of_a_sentence(
    row: str, sentence: str, told: bool, reason: str
) -> None:
    found = _compared(
        f"一、按下表执行：\n| 事项 | 标准 | 上限 |\n| {row} |\n二、专项资金应当专款专用。", f"一、{sentence}"
    )
    taken = [each for each in found.sentences if each.sources and "\t" in each.sources[0].text]
    assert [each.relation for each in taken] == [Relation.ADAPTED] * told, reason
    assert all(each.band is Band.POSSIBLE for each in taken), "a person looks at it"


def test_a_figure_changed_on_the_way_from_a_table_is_told() -> None:
    found = _compared(
        "一、按下表执行：\n| 事项 | 比例 | 上限 |\n| 技术改造设备投资 | 10% | 500万元 |", "一、对技术改造设备投资按10%给予资助，最高300万元。"
    )  # fmt: skip
    [sentence] = [each for each in found.sentences if each.kind is SentenceKind.SENTENCE]
    assert {"500万元", "最高300万元"} <= {
        words for each in sentence.signals for words in (each.old, each.new)
    }
    assert found.summary.measures.touched == 1, "the measure whose table it is"


@pytest.mark.parametrize(
    ("duty", "sentence", "relation", "reason"),
    [
        ("加强组织领导，健全工作机制。", "成立创建工作领导小组，书记、主任任双组长，每周五召开例会。", "adapted", "an office is set up"),
        ("各级政府要建立健全协调机制，统筹研究解决重大问题。", "组建工作专班，由区民政局牵头。", "adapted", "a task force"),
        ("地方各级人民政府领导本行政区域内的献血工作。", "建立献血工作联席会议制度。", "adapted", "joint meetings"),
        ("强化组织保障，压实责任。", "区长任总召集人，分管副区长任副总召集人。", "adapted", "members alone"),
        ("加强组织领导，健全工作机制。", "为居民楼安装晾衣架300处。", "added", "nothing of the kind"),
        ("加强组织领导，健全工作机制。", "成立志愿服务队12支。", "added", "no office"),
        ("制定分类标准。", "成立创建工作领导小组，区长任组长。", "added", "no such duty above"),
        ("成立推进工作领导小组，由市长任组长。", "设立晾晒场300处。", "added", "the superior sets one up itself"),
    ],
)  # fmt: skip
def test_a_general_duty_is_carried_out_by_its_means(
    duty: str, sentence: str, relation: str, reason: str
) -> None:
    found = _compared(
        f"一、{duty}\n二、开展垃圾分类。\n三、修建停车泊位。", f"一、{sentence}\n二、垃圾分类覆盖全部小区。"
    )
    [met] = [each for each in found.sentences if each.text.startswith(sentence[:6])]
    assert met.relation == relation, reason
    assert met.band is not Band.SURE
    if relation != "added":
        assert met.sources[0].text == duty


def test_the_general_duty_of_a_statute_asks_for_no_office() -> None:
    superior = document(
        "某市公共服务条例\n第一章 总则\n第一条 各级人民政府应当加强对公共服务工作的领导。\n第二条 公共服务应当公开。\n"
    )
    local = document(
        "某区方案\n为贯彻落实《某市公共服务条例》，制定本方案。\n一、成立领导小组，区长任组长。\n二、设立公开栏。\n"
    )
    organised = compare_documents(local, superior).sentences[1]
    assert (organised.relation, organised.band) == (Relation.ADDED, Band.POSSIBLE)


def test_without_a_named_superior_nothing_is_taken_for_its_means() -> None:
    superior = document("某市公共服务工作意见\n一、加强组织领导，健全工作机制。\n")
    found = compare_documents(document("某区工作方案\n一、成立领导小组，区长任组长。\n"), superior)
    assert [each.relation for each in found.sentences] == [Relation.ADDED]


def test_a_new_measure_that_may_come_from_above_is_no_plain_new_one() -> None:
    superior = document(
        "某市公共服务条例\n第一条 各级人民政府应当加强对公共服务工作的领导。\n第二条 修建停车泊位。\n"
    )
    local = document(
        "某区方案\n为贯彻落实《某市公共服务条例》，制定本方案。\n一、成立领导小组，区长任组长。\n二、为居民楼安装晾衣架300处。\n"
    )
    own = compare_documents(local, superior).summary.own_measures
    assert (own.added, own.doubtful) == (2, 1)


def test_the_lead_of_a_table_whose_rows_were_taken_is_not_left_out() -> None:
    superior = (
        "一、支持方向按下表执行：\n| 事项 | 比例 |\n| 首台套装备研制 | 30% |\n二、专项资金应当专款专用。"
    )
    taken = _compared(superior, "一、对首台套装备研制给予30%的资助。")
    others = _compared(superior, "一、对新设立的总部企业给予开办费。")
    assert [next(bool(each.left) for each in found.coverage) for found in (taken, others)] == [False, True]
