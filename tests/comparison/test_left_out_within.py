"""Words that a local sentence leaves out inside a half-sentence of its source: shown, and never called verbatim.

Each row is a superior sentence, the local sentence that takes it, the effect, a word of the signal, and the reason.
"""

import pytest

import policydiff
from policydiff.model import Effect, Relation, SentenceComparison
from policydiff.substance.effects import is_word_for_word
from policydiff.substance.weighing import WORD_FOR_WORD

_SUPERIOR = """上海市养老服务条例

第一条 为了规范养老服务工作，健全居家社区机构相协调的服务体系，制定本条例。
第二条 {source}
第三条 市民政部门主管本市养老服务工作，组织编制养老服务发展规划。
第四条 街道办事处、乡镇人民政府组织开展老年人探访与帮扶。
"""
_LOCAL = """静安区养老服务实施办法

根据《上海市养老服务条例》，制定本办法。

第一条 为了规范养老服务工作，健全居家社区机构相协调的服务体系，制定本办法。
第二条 {local}
第三条 区民政部门主管本区养老服务工作，组织编制养老服务发展规划。
第四条 街道办事处、乡镇人民政府组织开展老年人探访与帮扶。
"""

_LEFT_OUT = [
    ("对符合条件的老年人给予每月500元的服务补贴。", "对符合条件的老年人给予服务补贴。", Effect.LOOSENED, "每月500元", "an amount"),
    ("养老机构应当在三十日内向民政部门备案。", "养老机构应当及时向民政部门备案。", Effect.LOOSENED, "三十日", "a term gives way to 及时"),
    ("养老机构应当配备护理员和医师。", "养老机构应当配备护理员。", Effect.LOOSENED, "医师", "a member joined by 和"),
    ("养老机构应当配备专职护理人员、消防设施和应急呼叫设备。", "养老机构应当配备专职护理人员和消防设施。", Effect.LOOSENED, "应急呼叫设备", "the last member of a list"),
    ("养老机构不得向老年人及其家属收取押金、会员费。", "养老机构不得向老年人收取押金。", Effect.LOOSENED, "会员费", "a member of what is banned"),
    ("市民政部门应当每年公布一次服务质量评价结果。", "区民政部门应当公布服务质量评价结果。", Effect.LOOSENED, "每年", "a frequency; the level is the district's own"),
    ("养老机构终止服务的，应当提前六十日书面告知老年人。", "养老机构终止服务的，应当提前告知老年人。", Effect.LOOSENED, "六十日", "a term and a form"),
    ("禁止虐待、歧视老年人。", "禁止虐待老年人。", Effect.LOOSENED, "歧视", "half of a ban"),
    ("养老机构每十名老年人应当配备不少于一名护理员。", "养老机构应当配备护理员。", Effect.LOOSENED, "一名", "a ratio of staff"),
    ("市、区民政部门应当自收到申请之日起十五个工作日内作出决定。", "区民政部门应当自收到申请之日起作出决定。", Effect.LOOSENED, "十五个工作日", "working days"),
    ("养老机构应当至少每季度组织两次应急演练。", "养老机构应当组织应急演练。", Effect.LOOSENED, "每季度", "how often in a term"),
    ("市民政部门会同财政部门制定补贴标准。", "区民政部门制定补贴标准。", Effect.LOOSENED, "财政部门", "the body that had to be asked"),
]  # fmt: skip


def _compared(source: str, local: str) -> SentenceComparison:
    answer = policydiff.compare(
        policydiff.parse(_LOCAL.format(local=local)), policydiff.parse(_SUPERIOR.format(source=source))
    )
    first = local.split("\n", maxsplit=1)[0]
    return next(sentence for sentence in answer.sentences if sentence.text == first)


@pytest.mark.parametrize(("source", "local", "effect", "word", "why"), _LEFT_OUT)
def test_what_is_left_out_within_a_half_sentence_is_shown(
    source: str, local: str, effect: Effect, word: str, why: str
) -> None:
    found = _compared(source, local)
    assert found.relation is Relation.ADAPTED, why
    assert found.effect is effect, why
    assert any(signal.new is None and word in (signal.old or "") for signal in found.signals), why


def test_what_another_local_sentence_says_is_not_left_out() -> None:
    source = "对符合条件的老年人给予每月500元的服务补贴，补贴资金由财政部门承担。"
    apart = "对符合条件的老年人给予服务补贴。\n服务补贴为每月500元，补贴资金由财政部门承担。"
    assert not [signal for signal in _compared(source, apart).signals if "500元" in (signal.old or "")]


def test_a_word_that_stands_elsewhere_in_the_sentence_is_left_out_all_the_same() -> None:
    found = _compared("民政部门每年检查一次，并每年公布检查结果。", "民政部门每年检查一次，并公布检查结果。")
    assert any(signal.new is None and "每年" in (signal.old or "") for signal in found.signals)
    assert found.relation is Relation.ADAPTED


_WORDS = "加强农村公路安全管理，公路安全设施要与主体工程同时设计、同时施工、同时投入使用，{}，逐步完善现有农村公路安全设施。"


@pytest.mark.parametrize(
    ("source", "local", "relation", "why"),
    [
        (_WORDS.format("并将安全设施整治"), _WORDS.format("并安全设施整治"), Relation.VERBATIM, "0.99: one filler in a long sentence"),
        (_WORDS.format("并加强农村公路安全隐患整治"), _WORDS.format("推进安全隐患整治"), Relation.ADAPTED, "0.926: a part in other words"),
    ],
)  # fmt: skip
def test_verbatim_is_word_for_word(source: str, local: str, relation: Relation, why: str) -> None:
    assert _compared(source, local).relation is relation, why


def test_the_threshold_stands_between_the_two_sentences_it_is_made_for() -> None:
    pairs = {
        0.926: ("并加强农村公路安全隐患整治", "推进安全隐患整治"),
        0.95: ("并将农村公路安全隐患整治到位", "并将公路安全隐患整治到位"),
    }
    for likeness, (source, local) in pairs.items():
        one, other = _WORDS.format(source), _WORDS.format(local)
        assert is_word_for_word(one, other, answered=one, takers=other) is (likeness >= WORD_FOR_WORD)


@pytest.mark.parametrize(
    ("source", "local", "same", "why"),
    [
        ("居民会议由十八周岁以上的居民组成。", "居民会议由18周岁以上的居民组成。", True, "a value in another writing"),
        ("一般在一百户至七百户的范围内设立。", "一般在100户至700户的范围内设立。", True, "two of them"),
        ("对贡献突出的组织，要适当给予奖励。", "对贡献突出的组织，要给予适当奖励。", True, "another order"),
        ("禁止采伐、采挖、移植红树林，禁止过度采摘种子。", "禁止移植、采挖、采伐红树林，禁止过度采摘种子。", True, "a list in another order"),
        ("违反本法规定，构成犯罪的，依法追究刑事责任。", "构成犯罪的，依法追究刑事责任。", True, "what is broken stands before"),
        ("国家鼓励和支持社会力量参与养老服务工作。", "鼓励、支持社会力量参与养老服务工作。", True, "who encourages"),
        ("对贡献突出的组织，要适当给予奖励。", "对贡献突出的组织，要适当给予补助。", False, "another word"),
        ("禁止采伐、采挖、移植红树林，禁止过度采摘种子。", "禁止采伐、采挖红树林，禁止出售种子。", False, "other acts"),
        ("违反本法规定，构成犯罪的，依法追究刑事责任。", "造成损失的，依法追究民事责任。", False, "another liability"),
        ("居民会议由十八周岁以上的居民组成。", "居民会议由十八周岁以上的户代表组成。", False, "others"),
        ("国家鼓励和支持社会力量参与养老服务工作。", "鼓励社会组织参与社区养老服务。", False, "others, and where"),
        ("一般在一百户至七百户的范围内设立。", "一般按照一百户至七百户的规模设立。", False, "by what"),
    ],
)  # fmt: skip
def test_the_order_of_words_and_the_writing_of_values_are_left_aside(
    source: str, local: str, same: bool, why: str
) -> None:
    assert is_word_for_word(source, local, answered=source, takers=local) is same, why


@pytest.mark.parametrize(
    ("source", "local", "words"),
    [
        ("养老机构应当每季度公布服务质量信息。", "养老机构应当公布服务质量信息。", "每季度"),
        ("养老机构应当在三十日内向民政部门备案。", "养老机构应当及时向民政部门备案。", "三十日"),
        ("养老机构的护理员不得少于三名。", "养老机构应当有护理员。", "三名"),
    ],
)
def test_a_figure_left_out_eases_a_burden(source: str, local: str, words: str) -> None:
    answer = policydiff.compare(
        policydiff.parse(_LOCAL.format(local=local)), policydiff.parse(_SUPERIOR.format(source=source))
    )
    changes = [each.change.value for each in answer.burdens if words in (each.superior_words or "")]
    assert changes == ["loosened"]


LEAD_INS = """
养老机构不得有下列行为：|养老机构可以有下列行为：|loosened|a ban became a permission
禁止养老机构实施下列行为：|允许养老机构实施下列行为：|loosened|the verbs themselves
养老机构应当履行下列职责：|养老机构可以履行下列职责：|loosened|a duty became a choice
养老机构可以开展下列活动：|养老机构应当开展下列活动：|tightened|a choice became a duty
养老机构应当公开下列信息：|养老机构不得公开下列信息：|tightened|a duty became a ban
养老机构应当提交下列材料：|养老机构无需提交下列材料：|different|nothing has to be handed in
养老机构有下列情形之一的，不予受理：|养老机构有下列情形之一的，予以受理：|different|a refusal became its reverse
鼓励养老机构开展下列服务：|养老机构应当开展下列服务：|tightened|what was encouraged is asked for
养老机构应当履行下列职责：|养老机构必须履行下列职责：||one class in a statute
养老机构不得有下列行为：|养老机构不得实施下列行为：||the same ban
市养老机构应当公开下列信息：|区养老机构应当公开下列信息：||the district's own
"""


@pytest.mark.parametrize("row", LEAD_INS.strip().splitlines())
def test_an_item_binds_as_its_lead_in_does(row: str) -> None:
    """Else each item of a ban that became a permission is verbatim and *same*, and one change of four is counted."""
    theirs, ours, effect, why = row.split("|")
    items = "\\n（一）为入住老年人提供上门助餐服务；\\n（二）将闲置床位用于短期托养服务。".replace(
        "\\n", "\n"
    )
    superior = policydiff.parse(_SUPERIOR.format(source=theirs + items))
    local = policydiff.parse(_LOCAL.format(local=ours + items))
    found = [each for each in policydiff.compare(local, superior) if "subpara" in each.clause]
    assert len(found) == 2, why
    for item in found:
        assert item.effect is (Effect(effect) if effect else Effect.SAME), why
        assert (item.relation is Relation.VERBATIM) is (not effect), why
        assert bool(item.signals) is bool(effect), why


HEADINGS = """
严禁下列行为|允许下列行为|loosened|a heading that bans what stands below it
不得申请的情形|可以申请的情形|loosened|by the noun it ends on
以下行为一律不予处罚|以下行为一律从重处罚|different|relief became a penalty
支持住房租赁企业发展|推动住房租赁企业发展||a heading over measures that say themselves how they bind
"""


@pytest.mark.parametrize("row", HEADINGS.strip().splitlines())
def test_an_item_binds_as_the_heading_above_it_does(row: str) -> None:
    theirs, ours, effect, why = row.split("|")
    text = "{}\n\n一、总体要求\n\n完善公租房管理制度，提升服务水平。\n\n二、{}\n\n（一）转租公租房给他人居住，收取高额租金。\n\n（二）擅自改变公租房用途，用于经营活动。\n"
    superior = policydiff.parse(text.format("某市公租房管理意见", theirs))
    local = policydiff.parse(text.format("某市某区公租房管理实施意见", ours))
    found = [each.effect for each in policydiff.compare(local, superior) if each.clause.startswith("lvl_2__")]
    assert found == [Effect(effect) if effect else Effect.SAME] * 2, why
