"""What a comparison answers beside the pairs: effect, what is left out, burdens, bodies, delegated rules, siblings, order."""

from datetime import date

import pytest

from policydiff.comparison.burdens import _is_said, burdens_of
from policydiff.comparison.compare import compare_documents
from policydiff.comparison.counted_measures import measure_count
from policydiff.comparison.judged_sentences import DERIVED, band_of
from policydiff.comparison.several import compare_many, compare_over_time, compare_peers, name_siblings
from policydiff.model import (
    Band,
    BurdenChange,
    BurdenKind,
    Comparison,
    Coverage,
    Dates,
    Effect,
    Genre,
    OrderDoubt,
    Reference,
    Relation,
    SentenceComparison,
    SentenceKind,
    SignalType,
)
from policydiff.report.comparison_view import comparison_view
from policydiff.substance.local_signals import local_signals
from tests.comparison.documents import LOCAL, SUPERIOR, document

RULE = "第六条 任何单位和个人不得擅自改变养老服务设施的用途。确需改变用途的，应当按照不低于原有规模和标准就近补建。"


def _local(line: str) -> Comparison:
    return compare_documents(document(LOCAL.format(line=line)), document(SUPERIOR))


def _saying(comparison: Comparison, words: str) -> SentenceComparison:
    return next(each for each in comparison.sentences if words in each.text)


@pytest.mark.parametrize(
    ("line", "words", "effect", "reason"),
    [
        (RULE, "任何单位", Effect.SAME, "the same words"),
        (
            RULE.replace("任何单位和个人不得", "任何单位和个人可以"),
            "任何单位",
            Effect.LOOSENED,
            "a prohibition that became a permission",
        ),
        (
            "第六条 鼓励社会力量举办社区食堂、日间照料中心、老年大学，为居家老年人提供助餐、助浴、助洁、助行、助医等服务，并给予最高不超过一万元的补贴。",
            "鼓励社会力量",
            None,
            "something is put in",
        ),
    ],
)
def test_effect_of_a_derived_sentence(line: str, words: str, effect: Effect | None, reason: str) -> None:
    found = _saying(_local(line), words)
    assert found.relation in {Relation.VERBATIM, Relation.ADAPTED}, reason
    assert found.effect is (effect if effect is not None else found.effect), reason
    assert (found.relation is Relation.VERBATIM) <= (not found.signals and not found.dropped), reason


@pytest.mark.parametrize(
    "line", [RULE, RULE.replace("不得", "可以"), RULE.replace("，应当按照", "，按照"), "第六条 其他。"]
)
def test_verbatim_has_no_signal_and_leaves_nothing_out(line: str) -> None:
    for each in _local(line).sentences:
        if each.relation is Relation.VERBATIM:
            assert not each.signals
            assert not each.dropped
        for part in each.dropped:
            assert each.sources[0].text[part.span.start : part.span.end] == part.text
        assert (each.effect is not None) == (
            each.kind.value == "sentence" and each.relation in {Relation.VERBATIM, Relation.ADAPTED}
        )


def test_what_a_neighbouring_sentence_says_is_not_left_out() -> None:
    whole = "新建住宅区应当按照每百户不少于三十平方米建筑面积的标准配套建设社区养老服务设施，并与住宅同步规划、同步建设、同步验收、同步交付使用。"
    split = "新建住宅区应当按照每百户不少于三十平方米建筑面积的标准配套建设社区养老服务设施。社区养老服务设施应当与住宅同步规划、同步建设、同步验收、同步交付使用。"
    text = LOCAL.format(line="第六条 其他。").replace(whole, split)
    assert split in text
    found = _saying(compare_documents(document(text), document(SUPERIOR)), "三十平方米")
    assert not any("同步" in part.text for part in found.dropped)
    short = compare_documents(
        document(text.replace("社区养老服务设施应当与住宅同步规划、同步建设、同步验收、同步交付使用。", "")),
        document(SUPERIOR),
    )
    assert any("同步" in part.text for part in _saying(short, "三十平方米").dropped)


@pytest.mark.parametrize(
    ("line", "kind", "checked", "reason"),
    [
        ("第六条 开办托老所，应当经区民政部门批准。", BurdenKind.LICENCE, True, "a new permit"),
        (
            "第六条 托老所应当在开业后十日内向区民政部门备案。",
            BurdenKind.FILING,
            False,
            "a filing: no law reserves it",
        ),
        ("第六条 托老所经营者应当缴纳保证金。", BurdenKind.FEE, False, "a deposit"),
        ("第六条 托老所未按时报送材料的，处一千元罚款。", BurdenKind.PENALTY, True, "a new fine"),
        ("第六条 托老所拒不改正的，民政部门可以查封其经营场所。", BurdenKind.COERCION, True, "coercion"),
        (
            "第六条 托老所经营者不得在夜间停止供暖。",
            BurdenKind.PROHIBITION,
            False,
            "a new ban on those bound",
        ),
        ("第六条 养老机构应当每季度接受第三方评估。", BurdenKind.DUTY, False, "养老机构 is no office"),
        (
            "第六条 律师事务所不得代收费用。",
            BurdenKind.PROHIBITION,
            False,
            "a firm whose name ends like an office",
        ),
        ("第六条 加油站不得向未成年人售油。", BurdenKind.PROHIBITION, False, "a station that is a business"),
        (
            "第六条 业主委员会应当每年公布账目。",
            BurdenKind.DUTY,
            False,
            "a committee of those who are governed",
        ),
        ("第六条 区域内企业应当定期开展自查。", BurdenKind.DUTY, False, "区 at the beginning is a place"),
        (
            "第六条 养老机构的经营场所应当通过验收。",
            BurdenKind.INSPECTION,
            False,
            "a place whose name ends in 所",
        ),
        (
            "第六条 单位自行清运的，应当每月申报产生量。",
            BurdenKind.DUTY,
            False,
            "who is bound stands in the condition",
        ),
        (
            "第六条 违反服务协议的，由区民政局处五千元罚款。",
            BurdenKind.PENALTY,
            True,
            "a fine for something else",
        ),
        ("第六条 单位应当凭营业执照（复印件）办理。", BurdenKind.CERTIFICATE, False, "a paper to be shown"),
    ],
)
def test_the_ledger_names_what_is_added(line: str, kind: BurdenKind, checked: bool, reason: str) -> None:
    added = [
        burden
        for burden in _local(line).burdens
        if burden.change is BurdenChange.ADDED and burden.text == line.removeprefix("第六条 ")
    ]
    assert kind in {burden.kind for burden in added}, reason
    [entry] = [burden for burden in added if burden.kind is kind]
    assert entry.words
    assert entry.words in entry.text
    assert (entry.to_check is not None) is checked, reason
    if entry.to_check is not None:
        assert entry.to_check.law.startswith("中华人民共和国行政")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("第六条 区民政部门应当加强宣传。", "a task of an office burdens nobody"),
        ("第六条 构成犯罪的，依法追究刑事责任。", "another law's penalty"),
        ("第六条 鼓励志愿者参与服务。", "encouragement"),
        ("第六条 支持养老机构开展质量认证。", "an instrument that is encouraged"),
        ("第六条 养老机构办理变更，无需登记。", "an instrument that is taken off"),
        ("第六条 养老机构建设应当坚持公益优先、方便群众的原则。", "a principle"),
        ("第六条 考核结果应当向社会公布。", "a task of the office that has the results"),
        ("第六条 区民政局应当编制设施规划，报区人民政府批准后实施。", "one office asks another"),
        ("第六条 其他应当追究责任的情形。", "it says which cases are meant"),
        ("第六条 审批改革部门会同民政部门公布清单。", "审批 names an office"),
        ("第六条 本市推进不动产登记改革。", "a government's own task, and 登记 names the reform"),
        ("第六条 登记机关可以为企业办理注销登记。", "an office that may register"),
        ("第六条 企业可以自主选择办理变更登记。", "nobody has to"),
        ("第六条 在企业办理项目审批等方面优化审批流程。", "an instrument that is made easier"),
        ("第六条 对强制执行的被征收人，不发给搬家补助费。", "强制执行 says who is meant"),
        ("第六条 各相关部门应当及时报告工作情况。", "offices report to each other"),
        ("第六条 区财政应当安排必要的经费。", "区财政 is an office"),
        ("第六条 区绿化管理中心应当加强宣传。", "a centre of a district's own"),
        ("第六条 工作小组对工作情况进行督查。", "a working group is one too"),
    ],
)
def test_what_is_no_burden(line: str, reason: str) -> None:
    text = line.removeprefix("第六条 ")
    assert not [
        burden
        for burden in _local(line).burdens
        if burden.text == text and burden.change is BurdenChange.ADDED
    ], reason


def test_the_ledger_names_changed_figures_with_both_texts() -> None:
    changed = [
        burden for burden in _local("第六条 其他。").burdens if burden.change is not BurdenChange.ADDED
    ]
    figures = [(burden.superior_words or "", burden.words) for burden in changed]
    assert any("二十平方米" in old and "三十平方米" in new for old, new in figures)


SANCTION = "养老机构违反本办法第三条规定的，由民政部门责令改正，处一万元以上三万元以下罚款。"


@pytest.mark.parametrize(
    ("half", "words", "said", "reason"),
    [
        ("由区民政局责令改正，处一万元以上三万元以下罚款。", "罚款", True, "the superior's own fine"),
        ("由民政部门罚款", "罚款", True, "in fewer words: 71"),
        ("处五千元罚款", "罚款", False, "another sum"),
        ("对违反服务协议的罚款", "罚款", False, "for something else: 31"),
        (
            "没收违法所得，吊销许可证。",
            "没收违法所得，吊销许可证",
            False,
            "words of an instrument that run over a comma",
        ),
        ("没收违法所得", "没收", False, "the superior does not take it"),
    ],
)
def test_a_half_sentence_of_the_nearest_superior_sentence_is_not_added(
    half: str, words: str, said: bool, reason: str
) -> None:
    assert _is_said(half, words, SANCTION) is said, reason


@pytest.mark.parametrize(("band", "sure"), [(Band.SURE, True), (Band.POSSIBLE, False)])
def test_a_burden_is_as_sure_as_its_pair(band: Band, sure: bool) -> None:
    superior = document("某市生活垃圾管理条例\n第一条 旅馆经营单位不得主动向消费者提供客房一次性日用品。\n")
    local = document(
        "某区生活垃圾工作方案\n一、源头减量\n旅馆经营单位可以主动向消费者提供客房一次性日用品。\n"
    )
    told = compare_documents(local, superior)
    sentences = [each.model_copy(update={"band": band}) for each in told.sentences]
    burdens = burdens_of(sentences, Genre.POLICY, "")
    assert [(each.change, each.sure) for each in burdens] == [(BurdenChange.LOOSENED, sure)]


def test_figures_of_two_metrics_are_no_burden_lightened_and_another_imposed() -> None:
    superior = document(
        "某市健康服务意见\n一、目标\n到2020年，健康服务业增加值占全市生产总值比重达到6%，成为医学中心城市。\n二、措施\n支持机构建设养老床位。\n"
    )
    local = document(
        "某区健康服务意见\n一、目标\n到2023年，健康服务业税收占全区税收比重达到7%，成为医学中心城区。\n二、措施\n支持机构建设养老床位。\n"
    )
    kinds = {each.kind for each in compare_documents(local, superior).burdens}
    assert BurdenKind.FIGURE not in kinds


CITY = """某市促进健康服务若干意见
一、主要任务
1.发展商贸。支持药品商贸流通企业发展。（牵头部门：市商务委、市住房城乡建设管理委）
2.发展医疗。支持社会办医。（牵头部门：市卫生计生委）
3.加强监管。发展改革、财政等部门加强监管。
"""
DISTRICT = """某区促进健康服务实施意见
一、主要任务
1.集聚总部。打造特色街区。（责任部门：区商务委、区建设管理委）
2.发展医疗。支持社会办医。（责任部门：区卫生健康委、区财政局）
3.投资促进。区投资办负责招商。（责任部门：区投资办）
"""


@pytest.mark.parametrize(
    ("local", "superior", "reason"),
    [
        ("区商务委", "市商务委", "one system, though no measure of theirs is paired"),
        ("区建设管理委", "市住房城乡建设管理委", "its field lies in the other's"),
        ("区卫生健康委", "市卫生计生委", "renamed by a reform"),
        ("区财政局", "财政部门", "named in a list that says 部门 once"),
        ("区投资办", None, "nowhere in the superior document"),
    ],
)
def test_bodies_are_paired_over_both_whole_documents(local: str, superior: str | None, reason: str) -> None:
    found = {each.local: each for each in compare_documents(document(DISTRICT), document(CITY)).bodies}
    assert found[local].superior == superior, reason
    assert found[local].local_clauses


def test_a_body_says_which_measures_it_carries() -> None:
    found = {each.local: each for each in compare_documents(document(DISTRICT), document(CITY)).bodies}
    health = found["区卫生健康委"]
    assert health.paired == ((health.local_clauses[0], health.superior_clauses[0]),)


@pytest.mark.parametrize(
    ("words", "bodies", "reason"),
    [
        ("各责任部门要落实责任。", (), "bodies in general"),
        ("由牵头部门制定方案。", (), "a role, no body"),
        ("建立跨部门联动机制。", (), "a verb and a mechanism"),
        ("推动监管部门信息共享。", (), "a verb before bodies in general"),
        ("加强不同部门之间的配合。", (), "bodies in general"),
        ("明确产业部门职责。", (), "bodies in general"),
        ("协调业务部门开展核查。", (), "bodies in general"),
        ("区商务委负责招商。", ("区商务委",), "a body"),
        ("滨江管委每年报告一次。（责任部门：滨江管委会）", ("滨江管委会",), "one body under two writings"),
        ("区财政局、区财政局共同实施。", ("区财政局",), "one body, named twice"),
        ("区民政部门负责登记。", ("区民政部门",), "a department with its field"),
    ],
)
def test_only_bodies_are_listed(words: str, bodies: tuple[str, ...], reason: str) -> None:
    local = document(f"某区办法\n第一条 {words}\n第二条 支持社会办医。\n")
    found = compare_documents(local, document("某市办法\n第一条 支持社会办医。\n")).bodies
    assert tuple(each.local for each in found if each.local) == bodies, reason


@pytest.mark.parametrize(
    ("old", "new", "effect", "pairs", "reason"),
    [
        (
            "健康服务业增加值占全市生产总值比重达到6%",
            "健康服务业税收占全区税收总收入的比重达到7%",
            Effect.DIFFERENT,
            0,
            "a share of taxes",
        ),
        (
            "健康服务业增加值占全市生产总值比重达到6%",
            "健康服务业增加值占全区生产总值比重达到7%",
            Effect.TIGHTENED,
            1,
            "the same share",
        ),
        (
            "公园绿地服务半径覆盖率达到95%",
            "公园绿地全时段开放率达到90%",
            Effect.DIFFERENT,
            0,
            "rates of two things",
        ),
        ("公园绿地服务半径覆盖率达到95%", "公园绿地服务半径覆盖率达到90%", Effect.LOOSENED, 1, "one rate"),
        (
            "农村公路列养率达到95%",
            "农村公路优良率达到90%",
            Effect.DIFFERENT,
            0,
            "rates of two things, one subject",
        ),
        ("农村公路列养率达到95%", "农村公路列养率达到98%", Effect.TIGHTENED, 1, "one rate"),
    ],
)
def test_figures_of_unlike_metrics_are_no_figure_that_moved(
    old: str, new: str, effect: Effect, pairs: int, reason: str
) -> None:
    text = "某{level}促进发展{kind}意见\n一、发展目标\n到2025年，发展规模和质量不断提升，{aim}，营商环境持续优化，产业布局基本形成。\n"
    superior = document(text.format(level="市", kind="若干", aim=old))
    local = document(text.format(level="区", kind="实施", aim=new))
    [sentence] = [each for each in compare_documents(local, superior).sentences if each.effect]
    assert sentence.effect is effect, reason
    both = [each for each in sentence.signals if each.type is SignalType.PERCENTAGE and each.old and each.new]
    assert len(both) == pairs, reason


def test_possible_begins_lower_where_the_superior_is_named() -> None:
    assert band_of(0.25, possible=0.2) is Band.POSSIBLE
    assert band_of(0.25) is Band.UNLIKELY
    assert band_of(0.19, possible=0.2) is Band.UNLIKELY


def test_a_relation_is_the_best_guess_and_its_band_how_sure_it_is() -> None:
    comparison = compare_documents(document(LOCAL.format(line=RULE)), document(SUPERIOR))
    counted = [each for each in comparison.sentences if each.kind is SentenceKind.SENTENCE]
    for each in counted:
        assert (each.relation is Relation.ADDED) is (each.score < DERIVED), each.text
    summary = comparison.summary
    assert summary.verbatim + summary.adapted + summary.added == len(counted)
    doubted = [each for each in counted if each.relation is Relation.ADDED and each.band is Band.POSSIBLE]
    assert all(each.sources for each in doubted)


def test_every_list_of_what_is_new_is_as_long_as_the_count() -> None:
    comparison = compare_documents(document(DISTRICT), document(CITY))
    own = comparison.summary.own_measures
    assert own.added == len(own.clauses) == sum(measure.is_new for measure in comparison.local_measures)
    assert own.total == len(comparison.local_measures)
    assert own.clauses
    view = comparison_view(comparison, document(DISTRICT), document(CITY))
    assert sum(measure.is_new for measure in view.own) == own.added


def test_a_delegated_figure_is_filled_in() -> None:
    superior = document(
        "某市补偿规定\n第一条 非居住房屋的停产停业损失补偿标准，由各区人民政府根据区域实际情况制定并公布。\n第二条 市人民政府负责监督。\n"
    )
    local = document(
        "某区补偿意见\n第一条 非居住房屋的停产停业损失补偿标准按每平方米给予100元补偿。\n第二条 区人民政府每年开展3次检查。\n"
    )
    found = compare_documents(local, superior).sentences
    assert [each.fills_in is not None for each in found] == [True, False]
    assert found[0].fills_in
    assert "由各区人民政府" in found[0].fills_in.text


def test_the_earliest_sibling_is_named_beside_what_is_new() -> None:
    own = "第六条 托老所应当每周组织一次老年人健康讲座并公布讲座安排。"
    local, superior = document(LOCAL.format(line=own)), document(SUPERIOR)
    sibling = document(LOCAL.format(line=own).replace("某市", "邻市"))
    local = local.known_as(Reference(title="本市办法", issued=date(2021, 3, 1)), "")
    references = [
        Reference(title="较晚", issued=date(2020, 9, 1)),
        Reference(title="最早", issued=date(2020, 1, 1)),
        Reference(title="以后", issued=date(2022, 1, 1)),
        Reference(title="无日期"),
    ]
    siblings = [sibling.known_as(each, "") for each in references]
    named = name_siblings(compare_documents(local, superior), local, siblings)
    found = _saying(named, "健康讲座")
    assert found.seen_in is not None
    assert found.seen_in.document.title == "最早"
    assert _saying(named, "签订服务协议").seen_in is None, "it comes from the superior document"


STATE = "国务院关于促进养老服务的意见\n国发〔2019〕5号\n各省人民政府：\n一、任务\n支持社会力量举办养老机构。\n国务院\n2019年3月29日\n"
PROVINCE = "某省人民政府关于促进养老服务的实施意见\n为贯彻落实《国务院关于促进养老服务的意见》（国发〔2019〕5号），制定本意见。\n一、任务\n支持社会力量举办养老机构。\n某省人民政府\n2020年1月1日\n"


def _of(area: str, cites: str = "") -> str:
    return f"{area}促进健康服务实施意见\n\n{cites}\n一、目标\n发展健康服务业。\n二、措施\n支持社会办医。\n\n{area}人民政府\n2021年5月1日\n"


@pytest.mark.parametrize(
    ("local", "superior", "doubt", "reason"),
    [
        ("上海市静安区", "上海市普陀区", OrderDoubt.PEERS, "two districts of one city"),
        ("上海市静安区", "合肥市蜀山区", OrderDoubt.PEERS, "of two provinces"),
        ("上海市", "安徽省", OrderDoubt.PEERS, "two provinces"),
        ("合肥市", "芜湖市", OrderDoubt.PEERS, "two cities of one province"),
        ("上海市静安区", "安徽省", OrderDoubt.PEERS, "a province it does not lie in"),
        ("上海市静安区", "上海市", None, "its own city"),
        ("合肥市蜀山区", "安徽省", None, "over two levels"),
        ("安徽省", "合肥市蜀山区", OrderDoubt.SWAPPED, "the wrong way round"),
        ("上海市静安区", "国务院", None, "the state"),
        ("某市", "上海市", None, "an area that is not known"),
    ],
)  # fmt: skip
def test_peers_are_no_superiors(local: str, superior: str, doubt: OrderDoubt | None, reason: str) -> None:
    one, other = (document(_of(each).replace("国务院人民政府", "国务院")) for each in (local, superior))
    assert compare_documents(one, other).order is doubt, reason


def test_a_peer_that_is_named_as_the_basis_is_one() -> None:
    peer = document(_of("上海市普陀区"))
    local = document(_of("上海市静安区", "根据《上海市普陀区促进健康服务实施意见》，制定本意见。"))
    assert compare_documents(local, peer).order is None


_DAY, _BEFORE, _AFTER = date(2024, 5, 1), date(2024, 4, 30), date(2024, 5, 2)


@pytest.mark.parametrize(
    ("local", "superior", "doubt", "reason"),
    [
        (Dates(issued=_DAY), Dates(issued=_BEFORE), None, "the superior text is older"),
        (Dates(issued=_DAY), Dates(issued=_DAY), None, "both of one day: issued together"),
        (Dates(issued=_DAY), Dates(issued=_AFTER), OrderDoubt.LATER, "issued a day after the local text"),
        (Dates(issued=_DAY), Dates(adopted=_AFTER), OrderDoubt.LATER, "a statute, adopted after it"),
        (Dates(issued=_DAY), Dates(adopted=_BEFORE, amended=_AFTER), OrderDoubt.LATER, "amended after it"),
        (Dates(issued=_DAY), Dates(issued=_BEFORE, amended=_AFTER), OrderDoubt.LATER, "issued before, amended after it"),
        (Dates(issued=_BEFORE, amended=_AFTER), Dates(issued=_DAY), None, "the local text was amended since"),
        (Dates(adopted=_BEFORE, published=_AFTER), Dates(issued=_DAY), None, "the local text was not yet published"),
        (Dates(issued=_DAY), Dates(adopted=_BEFORE, published=_AFTER), None, "adopted before, published after it"),
        (Dates(issued=_DAY), Dates(published=_AFTER), OrderDoubt.LATER, "published after it, of its adoption nothing is known"),
        (Dates(issued=_DAY), Dates(effective=_AFTER), None, "in force after it, issued who knows when"),
        (Dates(effective=_DAY), Dates(issued=_AFTER), None, "the day in force tells nothing of the local text's age"),
        (Dates(), Dates(issued=_AFTER), None, "no date of the local text"),
        (Dates(issued=_DAY), Dates(), None, "no date of the superior text"),
    ],
)  # fmt: skip
def test_a_superior_text_that_is_later(
    local: Dates, superior: Dates, doubt: OrderDoubt | None, reason: str
) -> None:
    one, other = document(LOCAL.format(line=RULE)), document(SUPERIOR)
    found = compare_documents(
        one.model_copy(update={"dates": local}), other.model_copy(update={"dates": superior})
    )
    assert found.order is doubt, reason


def test_over_time_the_revision_may_be_later_than_the_local_text() -> None:
    one, other = document(LOCAL.format(line=RULE)), document(SUPERIOR)
    local = one.model_copy(update={"dates": Dates(issued=_DAY)})
    old, new = (other.model_copy(update={"dates": Dates(issued=day)}) for day in (_BEFORE, _AFTER))
    assert compare_over_time(local, old, new).order is None
    assert compare_over_time(local, new, new).order is OrderDoubt.LATER


@pytest.mark.parametrize(
    ("local", "superior", "doubt", "reason"),
    [
        (PROVINCE, STATE, None, "the right way round"),
        (STATE, PROVINCE, OrderDoubt.SWAPPED, "the second names the first as what it carries out"),
        (
            LOCAL.format(line=RULE),
            LOCAL.format(line="第六条 其他。"),
            OrderDoubt.VERSIONS,
            "one title, one text",
        ),
        (LOCAL.format(line=RULE), SUPERIOR, None, "names it as its basis"),
        (SUPERIOR, LOCAL.format(line=RULE), OrderDoubt.SWAPPED, "the other way round"),
    ],
)
def test_order(local: str, superior: str, doubt: OrderDoubt | None, reason: str) -> None:
    assert compare_documents(document(local), document(superior)).order is doubt, reason


@pytest.mark.parametrize(
    ("title", "doubt", "reason"),
    [
        ("《某市养老服务条例》政策解读", OrderDoubt.ABOUT, "a reading for the public"),
        ("关于《某市养老服务条例》的说明", OrderDoubt.ABOUT, "an explanation"),
        ("某市人大常委会关于修改《某市养老服务条例》的决定", OrderDoubt.ABOUT, "the decision that amends it"),
        ("《某市养老服务条例》答记者问", OrderDoubt.ABOUT, "questions of the press"),
        ("关于《某市养老服务条例（草案）》审议结果的报告", OrderDoubt.ABOUT, "a report on its draft"),
        ("某市养老服务条例实施细则", None, "it carries the other out"),
        ("关于适用《某市养老服务条例》若干问题的意见", None, "it says how to apply the other"),
        ("某市东山区养老服务实施办法", None, "a title of its own"),
    ],
)  # fmt: skip
def test_a_text_about_another_implements_nothing(title: str, doubt: OrderDoubt | None, reason: str) -> None:
    law = "某市养老服务条例\n第一条 养老机构不得收取押金。\n第二条 民政部门每年检查一次。\n"
    local = document(f"{title}\n一、养老机构不得收取押金。\n二、民政部门每年检查两次。\n")
    assert compare_documents(local, document(law)).order is doubt, reason


REVISED = """{title}
第一条 为了规范养老服务，制定本办法。
第二条 养老机构{may}向老年人收取押金。
第三条 补贴比例为{share}，2025年底前完成。
第四条 民政部门每年开展{times}次检查。
第五条 {last}
"""
FIRST = {
    "title": "某市养老服务管理办法",
    "may": "不得",
    "share": "80%",
    "times": "2",
    "last": "本办法自公布之日起施行。",
}


@pytest.mark.parametrize(
    ("changed", "doubt", "reason"),
    [
        ({"may": "可以"}, OrderDoubt.VERSIONS, "one title, one article turned round"),
        ({"may": "可以", "share": "2%", "times": "3"}, OrderDoubt.VERSIONS, "three of five articles revised"),
        (
            {"title": "某市养老服务管理办法（2024年修订）", "share": "2%"},
            OrderDoubt.VERSIONS,
            "a mark of version",
        ),
        (
            {"title": "某市养老服务管理办法（试行）", "share": "2%"},
            OrderDoubt.VERSIONS,
            "on trial, then for good",
        ),
        ({"title": "某市托育服务管理办法", "share": "2%"}, None, "another subject in the title"),
        ({"title": "某区养老服务管理办法", "share": "2%"}, None, "another place in the title"),
        ({"title": "某市2024年养老服务管理办法"}, None, "the rule of a year, beside one of no year"),
    ],
)
def test_a_revision_without_issuers_is_told_from_a_rule_of_the_same_words(
    changed: dict[str, str], doubt: OrderDoubt | None, reason: str
) -> None:
    old, new = REVISED.format(**FIRST), REVISED.format(**{**FIRST, **changed})
    assert compare_documents(document(new), document(old)).order is doubt, reason


def test_plans_of_following_years_are_two_documents() -> None:
    plans = [REVISED.format(**{**FIRST, "title": f"某市{year}年养老服务工作要点"}) for year in (2023, 2024)]
    assert compare_documents(document(plans[1]), document(plans[0])).order is None


def test_adopted_measures_without_a_sure_sentence_are_counted_apart() -> None:
    found = compare_documents(document(LOCAL.format(line=RULE)), document(SUPERIOR))
    firsts = {each.sources[0].clause for each in found.sentences if each.band is Band.SURE}
    adopted = [each for each in found.coverage if each.measure and each.status is Coverage.ADOPTED]
    assert (
        {each.clause for each in adopted if each.sure} == firsts & {each.clause for each in adopted} != set()
    )
    doubted = tuple(each.model_copy(update={"sure": False}) for each in found.coverage)
    assert measure_count(found.coverage).doubtful == 0
    assert measure_count(doubted).doubtful == measure_count(doubted).adopted == len(adopted)
    summary = found.summary.model_copy(update={"measures": measure_count(doubted)})
    told = f"已承接 {len(adopted)} 条（其中 {len(adopted)} 项待人判断）"
    assert told in "".join(found.model_copy(update={"summary": summary}).to_text(lang="zh").split("\n"))
    assert f"已承接 {len(adopted)} 条、" in "".join(found.to_text(lang="zh").split("\n"))


@pytest.mark.parametrize(
    ("line", "shell", "reason"),
    [
        ("根据《某市养老服务办法》，制定本细则。", True, "the basis alone"),
        (
            "依据《某市养老服务办法》和有关规定，结合本区实际，特制定本办法。",
            True,
            "with others, and the local state",
        ),
        ("按照市政府要求，现提出如下意见：", True, "a colon behind it"),
        (
            "为了规范养老服务，根据《某市养老服务办法》，制定本细则。",
            True,
            "a purpose is laid down for nobody",
        ),
        ("根据老年人需求，制定服务计划。", False, "a task"),
        ("区民政局根据本办法，制定以下标准：床位不少于十张。", False, "a rule follows"),
    ],
)
def test_a_line_that_names_basis_or_purpose_alone_says_nothing(line: str, shell: bool, reason: str) -> None:
    found = compare_documents(
        document(f"某区养老服务细则\n{line}\n第一条 养老机构应当登记。\n第二条 养老机构应当备案。\n"),
        document(SUPERIOR),
    )
    [kind] = [each.kind for each in found.sentences if each.text in line or line.startswith(each.text[:9])]
    assert (kind is SentenceKind.NOTE) is shell, reason


def test_every_mode_gives_the_same_numbers() -> None:
    local, superior = document(LOCAL.format(line=RULE)), document(SUPERIOR)
    pair = compare_documents(local, superior)
    many = compare_many(local, [superior, document(CITY)])
    peers = compare_peers([local, document(DISTRICT)], superior)
    assert many.comparisons[0].summary == pair.summary
    assert many.comparisons[0].sentences == pair.sentences
    assert peers.counts[0] == pair.summary.measures
    assert len(peers.measures) == pair.summary.measures.total
    statuses = [measure.cells[0].status for measure in peers.measures]
    assert statuses == [clause.status for clause in pair.coverage if clause.measure]


def test_a_sentence_fused_from_two_that_cuts_the_second_short_is_not_verbatim() -> None:
    first = "完善规范标准，促进养护市场管理规范化、透明化。"
    second = "引导养护企业加强自身能力建设，提高养护专业化、机械化、智能化水平，对年度考核不合格的企业取消其养护资格。"
    rest = "区交通主管部门负责农村公路的日常巡查。养护资金由区财政按照每公里八万元的标准列入年度预算。"
    superior = document(f"某市农村公路养护意见\n一、主要任务\n{first}{second}{rest}\n")
    whole = f"{first[:-1]}，{second}"
    cut = f"{first[:-1]}，引导养护企业加强自身能力建设，提高养护专业化、机械化水平。"
    found = {
        words: _saying(
            compare_documents(document(f"某区农村公路养护意见\n一、主要任务\n{words}{rest}\n"), superior),
            "养护市场",
        )
        for words in (whole, cut)
    }
    assert found[cut].relation is Relation.ADAPTED
    assert found[cut].effect is not Effect.SAME
    assert found[whole].relation in {Relation.VERBATIM, Relation.ADAPTED}


REST = "区交通主管部门负责农村公路的日常巡查。养护资金由区财政按照每公里八万元的标准列入年度预算。"
CARRIED = "引导养护企业加强自身能力建设，提高养护专业化、机械化水平。"


@pytest.mark.parametrize(
    ("superior", "local", "relation", "effect", "reason"),
    [
        (
            "（责任单位：市交通委）",
            "（责任单位：市交通委）",
            Relation.VERBATIM,
            Effect.SAME,
            "not a word differs",
        ),
        (
            "（责任单位：市交通委、相关区政府）",
            "（责任单位：区交通委）",
            Relation.VERBATIM,
            Effect.LOCALISED,
            "its own bodies",
        ),
        ("", "（责任部门：区交通委、各乡镇政府）", Relation.VERBATIM, Effect.LOCALISED, "bodies named"),
        ("（市交通委、市财政局负责）", "", Relation.VERBATIM, Effect.LOCALISED, "bodies no more named"),
        (
            "",
            "(牵头单位：区交通委;配合单位：区财政局)",
            Relation.VERBATIM,
            Effect.LOCALISED,
            "lead and supporting ones",
        ),
        (
            "（含村道）",
            "",
            Relation.ADAPTED,
            Effect.LOOSENED,
            "a bracket that says how far it reaches is no note",
        ),
        ("", "（含村道）", Relation.ADAPTED, Effect.TIGHTENED, "one put in"),
        ("（不含乡道）", "（含乡道）", Relation.ADAPTED, None, "one turned round"),
        ("（不超过三年）", "", Relation.ADAPTED, None, "a limit left out"),
        ("（含村道）", "（含村道）", Relation.VERBATIM, Effect.SAME, "the same one"),
    ],
)
def test_a_note_of_who_carries_a_measure_is_no_part_of_it(
    superior: str, local: str, relation: Relation, effect: Effect | None, reason: str
) -> None:
    def text(area: str, note: str) -> str:
        return f"某{area}农村公路养护意见\n一、主要任务\n{CARRIED[:-1]}{note}。{REST}\n"

    found = _saying(
        compare_documents(document(text("区", local)), document(text("市", superior))), "能力建设"
    )
    assert found.relation is relation, reason
    assert effect is None or found.effect is effect, reason
    if relation is Relation.VERBATIM:
        assert not found.signals, reason
        assert not found.dropped, reason


@pytest.mark.parametrize(
    ("superior", "local", "differs", "reason"),
    [
        (
            "在中华人民共和国境内从事养护活动，应当遵守本法。",
            "在本省行政区域内从事养护活动，应当遵守本条例。",
            False,
            "its own area and itself",
        ),
        (
            "区人民政府负责本行政区域内的养护工作。",
            "区人民政府负责本辖区内的养护工作。",
            False,
            "its area by another word",
        ),
        (
            "境内机构可以申请养护资质。",
            "境外机构可以申请养护资质。",
            True,
            "abroad is no other word for at home",
        ),
        ("违反本法规定的，处二万元罚款。", "违反本条例规定的，处二万元罚款。", False, "itself"),
        ("违反基本法规定的，处二万元罚款。", "违反民法典规定的，处二万元罚款。", True, "another law"),
    ],
)
def test_its_own_area_and_name_are_no_signal(superior: str, local: str, differs: bool, reason: str) -> None:
    assert bool(local_signals(superior, local)) is differs, reason


def test_how_much_of_a_measure_was_taken_is_said() -> None:
    """One sentence of four and three of four are both in part."""
    measures = (
        "建立农村公路路长制，明确各级路长的职责。推进养护工程市场化，择优选择专业化养护企业。"
        "探索以村民小组为单位的日常保洁承包。加大对贫困村道路安防工程的补助力度。"
    )
    superior = document(f"某市农村公路养护意见\n一、健全养护机制\n{measures}\n二、其他\n{REST}\n")
    first, *others = [f"{part}。" for part in measures.split("。") if part]
    shares = []
    for said in (first, first + "".join(others[:2]), measures, "区财政设立专项资金用于桥梁检测。"):
        found = compare_documents(
            document(f"某区农村公路养护实施办法\n一、健全养护机制\n{said}\n二、其他\n{REST}\n"), superior
        )
        covered = next(each for each in found.coverage if "路长制" in each.text)
        shares.append(covered.taken)
        assert 0 <= covered.taken <= 1
    assert shares[3] == 0 < shares[0] < shares[1] < shares[2] == 1


@pytest.mark.parametrize(
    ("end", "permit", "reason"),
    [
        ("，经区政府同意，现将相关事项通知如下：", False, "the letter passes on what follows"),
        ("，报经市政府批准，现就有关工作制定办法如下。", False, "the same of a higher body"),
        ("，现提出养护标准如下：", False, "without any consent"),
        ("，经区交通主管部门同意，可以占用农村公路。", True, "a permit that a provision sets up"),
        ("，应当经区政府批准。", True, "the same"),
    ],
)
def test_the_letter_around_a_provision_is_no_permit(end: str, permit: bool, reason: str) -> None:
    basis = "为贯彻落实《某市农村公路养护意见》，进一步完善农村公路管理养护长效机制，切实提高养护专业化、机械化水平"
    local = document(f"某区农村公路养护办法\n{basis}{end}\n一、主要任务\n{CARRIED}{REST}\n")
    superior = document(
        f"某市农村公路养护意见\n{basis.replace('某市', '国务院')}。\n一、主要任务\n{CARRIED}{REST}\n"
    )
    found = _saying(compare_documents(local, superior), "长效机制")
    assert any(each.type is SignalType.INSTRUMENT for each in found.signals) is permit, reason


@pytest.mark.parametrize(
    ("last", "counted", "reason"),
    [
        ("本办法自2022年1月1日起施行，有效期5年。", False, "entry into force"),
        ("本办法自印发之日起试行。", False, "a trial"),
        ("原办法同时废止。", False, "repeal"),
        ("本办法由区交通委负责解释。", False, "who interprets"),
        ("区财政设立专项资金用于桥梁检测。", True, "a measure"),
    ],
)
def test_entry_into_force_is_no_new_measure(last: str, counted: bool, reason: str) -> None:
    superior = document(f"某市农村公路养护办法\n第一条 {CARRIED}\n第二条 {REST}\n")
    local = document(f"某区农村公路养护办法\n第一条 {CARRIED}\n第二条 {REST}\n第三条 {last}\n")
    found = compare_documents(local, superior)
    assert (found.summary.own_measures.added == 1) is counted, reason
    assert found.summary.own_measures.total == 2 + counted, reason
