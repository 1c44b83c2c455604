"""Effects of local provisions by the order of decision: what only localises, what decides, what is not sure; and values of unlike things."""

import pytest

from policydiff.model import Effect, Genre
from policydiff.substance.effects import BIAS, WEIGHTS, judge_effect
from policydiff.substance.local_signals import local_signals
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import EFFECT_SURE, OF_SUBSTANCE

SAME, LOCALISED, TIGHTENED, LOOSENED, DIFFERENT = Effect
UNSURE = "unsure"
"""Shown with a mark: whatever the effect is, it is not given as certain."""

CASES = (
    # the opposite act in its place
    ("保留社区卫生服务站。", "撤销社区卫生服务站。", DIFFERENT),
    ("推广使用新能源公交车。", "停止使用新能源公交车。", DIFFERENT),
    ("取消中小学教辅资料收费。", "恢复中小学教辅资料收费。", DIFFERENT),
    ("扩大社区食堂覆盖范围。", "缩小社区食堂覆盖范围。", DIFFERENT),
    ("增加夜间公交班次。", "减少夜间公交班次。", DIFFERENT),
    ("提高养老机构运营补贴标准。", "降低养老机构运营补贴标准。", DIFFERENT),
    ("放宽落户条件。", "收紧落户条件。", DIFFERENT),
    ("开放学校体育场馆。", "关闭学校体育场馆。", DIFFERENT),
    ("扶持连锁药店。", "清退连锁药店。", DIFFERENT),
    ("延长社区图书馆开放时间。", "缩短社区图书馆开放时间。", DIFFERENT),
    # an offence named by its article is the offence told in words
    ("违反本法规定，未设置围挡的，处一万元罚款。", "违反本条例第十二条规定的，处一万元罚款。", LOCALISED),
    ("违反本条例规定，未公示价格的，责令改正。", "违反前款规定的，责令改正。", SAME),
    ("未公示价格的，责令改正。", "责令改正。", UNSURE),
    # a matter left to the law that it comes from
    (
        "在湿地内挖塘的，处一万元以上五万元以下罚款。",
        "在湿地内挖塘的，按照《湿地保护法》的规定处罚。",
        LOCALISED,
    ),
    # one word of a condition or an exception in another one
    ("拒不改正的，依法给予处分。", "逾期未改正的，依法给予处分。", UNSURE),
    ("规模较小的，可以不建立应急救援组织。", "规模较小的，可以不建立应急救援队伍。", UNSURE),
    ("从业人员发现隐患的，应当报告。", "发现重大隐患满三日的，应当报告。", None),
    # an exact copy with one edit: any word that lays something down is a change
    ("鼓励企业在境内设立机构。", "鼓励企业在境外设立机构。", None),
    ("所有人应当定期维护外墙。", "使用人应当定期维护外墙。", DIFFERENT),
    ("应当提交合同的原件。", "应当提交合同的复印件。", DIFFERENT),
    ("应当通知同级人民检察院派员到场。", "应当通知上级人民检察院派员到场。", DIFFERENT),
    ("省财政部门会同省教育部门制定具体办法。", "省财政部门制定具体办法。", LOOSENED),
    ("具体办法由市财政部门会同市教育部门制定。", "具体办法由市教育部门会同市财政部门制定。", DIFFERENT),
    ("县级以上地方人民政府应当编制规划。", "县级以下地方人民政府应当编制规划。", DIFFERENT),
    ("应当根据旅客的请求重新安检。", "应当根据旅客的请求首次安检。", DIFFERENT),
    ("对历史建筑的修缮给予全额资助。", "对历史建筑的修缮给予部分资助。", DIFFERENT),
    ("本市各级人民政府应当加强宣传。", "本区各级人民政府应当加强宣传。", LOCALISED),
    ("县级以上人民政府应当编制规划。", "市、区人民政府应当编制规划。", LOCALISED),
    ("市民政部门应当公布名单。", "区民政局应当公布名单。", LOCALISED),
    ("建设工程（以下统称建设项目）应当验收。", "建设工程应当验收。", SAME),
    ("应当进一步加强对场所的检查。", "应当加强对场所的检查。", SAME),
    # a value that stands elsewhere in the other text
    ("对养老机构的新增床位每张补贴1万元。", "对养老机构的新增床位每新增一张，补贴10000元。", SAME),
    ("每张新增床位补贴1万元。", "每新增一张床位，给予8000元补贴。", None),
    ("对农户补贴每亩500元。", "对农户补贴每户500元。", None),
    # figures decide, whatever the rest of their half-sentence is
    ("餐饮企业应当安装净化设施并定期清洗。", "餐饮企业应当安装净化设施，每两个月至少清洗一次。", TIGHTENED),
    # who settles the rest, aims and principles
    ("应当向村民补偿搬家费，具体标准由区人民政府制定。", "应当向村民补偿搬家费。", UNSURE),
    ("加强队伍建设，明确工作职责，强化责任意识。", "加强队伍建设，明确工作职责。", SAME),
    ("加强队伍建设，明确工作职责，每年考核。", "加强队伍建设，明确工作职责。", LOOSENED),
    ("照明管理遵循统筹规划、分类管理的原则。", "照明管理遵循统筹规划、部门协同、分类管理的原则。", UNSURE),
    ("照明设施包括灯具、电缆。", "照明设施包括灯具、控制柜、电缆。", TIGHTENED),
    # members of lists, and lists as wholes
    ("国家鼓励创作、出版、传播优秀作品。", "鼓励出版、传播优秀作品。", LOOSENED),
    ("应当对所有人补偿搬家费、迁移费、安置费、奖励费。", "应当对所有人发放搬家费。", UNSURE),
    # a source put in other words as a whole is neither gone nor new
    (
        "体育设施的规划应当与经济发展水平相适应，方便群众就近健身。",
        "体育场馆建设应当遵循实用原则，充分考虑未成年人的特殊要求。",
        DIFFERENT,
    ),
    # a text by its own name has nothing local
    ("本法所称湿地，是指具有生态功能的水域。", "本条例所称湿地，是指具有生态功能的水域。", SAME),
    ("本办法适用于户外照明的管理。", "本实施意见适用于户外照明的管理。", SAME),
    ("本办法所称照明，是指户外光照。", "本指导意见所称照明，是指户外光照。", SAME),
    ("登记内容应当详实。", "登记内容应当翔实。", SAME),
    # how a duty is done
    ("公共卫生间应当免费开放，并保持整洁。", "公共卫生间应当开放，并保持整洁。", LOOSENED),
    ("应当支持高新技术自主创新。", "应当优先支持高新技术自主创新。", TIGHTENED),
    ("结果应当向社会公布，并接受监督。", "结果应当公布，并接受监督。", LOOSENED),
    ("从业人员应当经培训合格后上岗。", "从业人员应当经培训后上岗。", LOOSENED),
    ("经营者应当在显著位置公示收费项目。", "经营者应当公示收费项目。", LOOSENED),
    ("应当书面通知当事人。", "应当通知当事人。", LOOSENED),
    ("应当通知当事人。", "应当书面通知当事人。", TIGHTENED),
    # a body of another field, and another name of the same
    ("公安机关应当公布办事指南，并接受监督。", "文化旅游部门应当公布办事指南，并接受监督。", DIFFERENT),
    ("卫生计生部门应当公布办事指南。", "卫生健康部门应当公布办事指南。", LOCALISED),
    # a ban that a notice tells of
    ("应当书面通知有关部门不得办理的事项。", "应当书面通知有关部门不得办理的相关事项。", SAME),
    ("有关部门不得办理相关手续。", "有关部门可以办理相关手续。", LOOSENED),
)


@pytest.mark.parametrize(("superior", "local", "found"), CASES)
def test_effect(superior: str, local: str, found: Effect | str | None) -> None:
    said = judge_effect(superior, local)
    if found is None:
        assert said.effect not in (SAME, LOCALISED), "something of substance differs"
    elif found is UNSURE:
        assert not said.sure, said
    else:
        assert said.effect is found, said


def test_a_figure_answers_by_itself() -> None:
    rule = "每年检查两次，违反规定的，处{}万元罚款，定期公示名单，" + "落实属地责任，" * 6
    said = judge_effect(rule.format("五"), rule.format("一"))
    assert (said.effect, said.less) == (LOOSENED, 1.0), "however little of the passage differs"


def test_a_change_always_has_its_reason() -> None:
    superior = (
        "深化农村公路体制改革，健全资金保障，探索养护市场化运作模式，引导社会资本参与，建立信用评价办法。"
    )
    said = judge_effect(superior, "深化农村公路体制改革。")
    assert said.effect is LOOSENED
    assert any(signal.weight >= OF_SUBSTANCE and signal.new is None for signal in said.signals)
    assert {signal.old for signal in said.signals} == {
        signal.old for signal in local_signals(superior, "深化农村公路体制改革。")
    }


def test_nothing_of_substance_is_called_unchanged_for_certain() -> None:
    said = judge_effect("未公示价格的，责令改正。", "责令改正。")
    assert any(signal.weight >= OF_SUBSTANCE for signal in said.signals)
    assert not said.sure


def test_the_mark_of_doubt() -> None:
    tasks = "设置专人负责未成年人保护工作，协助宣传法律法规，指导监督父母履行职责"
    sure = judge_effect(f"{tasks}，公开名单。", f"{tasks}。")
    doubtful = judge_effect(f"{tasks}，建档。", f"{tasks}。")
    for said, firm in ((sure, True), (doubtful, False)):
        chances = max(said.less, 1 - said.less) * max(said.more, 1 - said.more)
        assert (chances >= EFFECT_SURE) is firm, chances
        assert said.sure is firm


def test_the_weights_are_the_learned_ones() -> None:
    pytest.importorskip("numpy", reason="the weights are learned with numpy")
    training = pytest.importorskip("benchmarks.training.effects")
    cases = training.labelled()
    if not {"six policies", "six others"} <= {each.drawing for each in cases}:
        pytest.skip("the development data is not there")
    weights, bias = training.fit(cases)
    assert weights == pytest.approx(WEIGHTS, abs=0.05)
    assert bias == pytest.approx(BIAS, abs=0.05)


@pytest.mark.parametrize(
    ("old", "new", "paired"),
    [
        ("奖励标准为0.1元/千瓦时。", "奖励标准为500元/千瓦。", False),
        ("补贴每亩500元。", "补贴每户300元。", False),
        ("补贴500元/人。", "补贴300元/户。", False),
        ("安置不少于30人。", "安置不少于30户。", False),
        ("补贴500元/月。", "补贴6000元/年。", True),
        ("补贴500元/人·月。", "补贴600元/人·月。", True),
        ("收取费用5万元。", "收取费用1万美元。", True),
        ("配备不少于三名人员。", "配备不少于五人的人员。", True),
        ("应当在三十日内答复。", "应当在十五个工作日内答复。", True),
        ("补贴500元。", "补贴每亩500元。", True),
    ],
)
def test_unlike_values_are_one_gone_and_one_come(old: str, new: str, paired: bool) -> None:
    values = [
        signal
        for signal in signals_between(old, new, genre=Genre.POLICY)
        if signal.type.value in ("amount", "number", "period")
    ]
    assert values
    assert any(signal.old and signal.new for signal in values) is paired
    if not paired:
        assert {signal.old is None for signal in values} == {True, False}


def test_a_rate_is_quoted_with_what_it_is_counted_by() -> None:
    (signal,) = signals_between("补贴500元/人·月。", "补贴600元/人·月。", genre=Genre.POLICY)
    assert (signal.old, signal.new) == ("500元/人·月", "600元/人·月")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("由科学技术部门处罚。", "由卫生健康部门处罚。", [("科学技术部门", "卫生健康部门")]),
        (
            "发展改革、住房城乡建设、财政等部门做好工作。",
            "发展改革、市场监管、财政等部门做好工作。",
            [("", "市场监管"), ("住房城乡建设", "")],
        ),
    ],
)
def test_listed_bodies_do_not_take_each_others_place(
    old: str, new: str, words: list[tuple[str, str]]
) -> None:
    found = signals_between(old, new, genre=Genre.POLICY)
    assert sorted((each.old or "", each.new or "") for each in found if each.type.value == "body") == words


def test_a_level_that_was_struck_is_no_other_body() -> None:
    found = local_signals("市或者区规划资源部门应当征求意见。", "区规划资源部门应当征求意见。")
    assert not [each for each in found if each.old == each.new]


@pytest.mark.parametrize(
    ("superior", "local", "changed", "why"),
    [
        ("生产经营规模较小的，可以不建立应急救援组织，但应当指定人员。", "生产经营规模较小的，可以不建立应急救援队伍，但应当指定人员。", False, "a word that a drafter takes for the other"),
        ("主管部门应当优化注销流程，压缩办理时间，降低成本。", "主管部门应当优化注销流程，压缩办理时限，降低成本。", False, "time, term"),
        ("本法所称节能，是指在保证使用功能的前提下降低能源消耗的活动。", "本法所称节能，是指在保证使用功能的条件下降低能源消耗的活动。", False, "premise, condition"),
        ("任何单位和个人不得在境内从事相关的销售活动。", "任何单位和个人不得在境外从事相关的销售活动。", True, "words that exclude each other"),
        ("应当向登记机关提交营业执照的原件和申请表。", "应当向登记机关提交营业执照的复印件和申请表。", True, "an original, a copy"),
        ("民政部门会同财政部门制定具体办法并向社会公布。", "财政部门会同民政部门制定具体办法并向社会公布。", True, "who leads and who joins"),
        ("对保障对象的申请予以受理，并告知办理期限。", "对保障对象的申请不予受理，并告知办理期限。", True, "granted, denied"),
        ("托育服务费用包括餐费和活动材料费。", "托育服务费用不包括餐费和活动材料费。", True, "in and out"),
        ("支持社会资本建设停车设施，给予用地保障。", "限制社会资本建设停车设施，给予用地保障。", True, "a filler elsewhere, the opposite here"),
        ("区财政部门统一采购应急物资并负责储备。", "区财政部门自行采购应急物资并负责储备。", True, "together, alone"),
        ("所需维修费用由产权人承担，并及时公示。", "所需维修费用由区人民政府承担，并及时公示。", True, "who pays: a person, an office"),
        ("评估机构应当依照国家标准开展检测评估工作。", "评估机构应当参照国家标准开展检测评估工作。", True, "bound by it, guided by it"),
        ("平台经营者应当核验卖方提交的身份信息。", "平台经营者应当核验买方提交的身份信息。", True, "one letter"),
        ("到二〇二七年，基本消除城镇黑臭水体。", "到二〇二七年，全面消除城镇黑臭水体。", True, "mostly, wholly"),
        ("培训应当采用线上方式为从业人员提供。", "培训应当采用线下方式为从业人员提供。", True, "on line, off line"),
        ("经营者应当作出整改，并退回已收取的押金。", "经营者应当作出整改，不退回已收取的押金。", True, "and does, does not"),
        ("搬迁的，按照先建后拆的原则妥善安置群众。", "搬迁的，按照先拆后建的原则妥善安置群众。", True, "what comes first"),
        ("物业服务企业应当向业主公示共用部位收支。", "业主应当向物业服务企业公示共用部位收支。", True, "who tells whom"),
        ("支持高等院校与企业共同建设公共实验室。", "支持高校与企业共同建设公共实验室。", False, "a name in short"),
        ("物业服务企业应当每年公布共用部位收支。", "物业公司应当每年公布共用部位收支。", False, "a common name of the same firm"),
        ("引导居民参与社区公共事务的日常管理。", "引导居民参加社区公共事务的日常管理。", False, "take part"),
        ("补助的具体数额由评审小组集体讨论确定。", "补助的具体金额由评审小组集体讨论确定。", False, "sum, amount"),
        ("涉及文物的，其保护管理依照文物保护法律执行。", "涉及不可移动文物的，其保护管理依照文物保护法律执行。", True, "a narrower case"),
        ("市有关部门应当加强对养老服务工作的指导。", "区民政局应当加强对养老服务工作的指导。", None, "an office for any"),
        ("提高困难群众获得法律援助服务的便利程度。", "提升困难群众获得法律援助服务的便利程度。", False, "raise"),
        ("申请人提交的材料应当完整并附有说明。", "申请人提交的资料应当完整并附有说明。", False, "papers"),
    ],
)  # fmt: skip
def test_a_word_for_another(superior: str, local: str, changed: bool | None, why: str) -> None:
    judged = judge_effect(superior, local)
    assert (judged.effect not in (Effect.SAME, Effect.LOCALISED)) is bool(changed), (why, judged)
    assert judged.signals, f"told in either case: {why}"
    assert changed is not False or not judged.sure, f"only offices are a district's own for certain: {why}"


UNCHANGED, LESS, MORE, EITHER = (SAME, LOCALISED), (LOOSENED,), (TIGHTENED,), (LOOSENED, TIGHTENED, DIFFERENT)
KINDS = (
    # when a text holds is its own
    ("本实施方案自2020年9月1日起施行。", "本实施方案由区交通委负责解释，自印发之日起施行。", UNCHANGED, "from when"),
    ("本办法自2024年1月1日起施行，有效期五年。", "本细则自2024年7月1日起施行，有效期三年。", UNCHANGED, "for how long"),
    ("经营者应当自2024年1月1日起公示收费标准。", "经营者应当自2024年7月1日起公示收费标准。", EITHER, "a duty from a day"),
    ("居住证自签发之日起施行年检，有效期五年。", "居住证自签发之日起施行年检，有效期三年。", EITHER, "of a paper"),
    # texts on which a rule rests
    ("按照规划实施方案，重要区域应当设置景观照明。", "按照专项规划、实施方案，重要区域应当设置景观照明。", UNCHANGED, "a basis more"),
    ("按照规划实施方案，重要区域应当设置景观照明。", "按照规划实施方案，重要区域、水岸应当设置景观照明。", MORE, "a place more"),
    # a ceiling that binds
    ("养老机构收取的押金不得超过床位费的三倍。", "养老机构收取的押金不得超过床位费的六倍。", LESS, "what may be charged"),
    ("社区工作者年龄不超过四十五周岁。", "社区工作者年龄不超过四十周岁。", MORE, "who may apply"),
    ("建筑高度不得超过三十米。", "建筑高度不得超过二十四米。", MORE, "how high"),
    ("补贴比例不得超过投资额的百分之三十。", "补贴比例不得超过投资额的百分之二十。", LESS, "what is granted"),
    ("违反规定的，处不超过五万元罚款。", "违反规定的，处不超过三万元罚款。", LESS, "a fine"),
    ("绿地率不得低于百分之三十。", "绿地率不得低于百分之三十五。", MORE, "a floor"),
    # the ways in which a duty can be done
    ("学校应当配备专职或者兼职卫生保健人员。", "学校应当配备专职卫生保健人员。", MORE, "one way less"),
    ("确需新增的，应当落实减量置换。", "确需新增的，应当落实等量或者减量置换。", LESS, "one way more"),
    ("申请人可以通过窗口或者网上平台提出申请。", "申请人可以通过窗口提出申请。", LESS, "ways that are offered"),
    ("单位或者个人应当办理登记。", "单位应当办理登记。", LESS, "who is bound"),
    # a ban reaches as far as its words
    ("禁止在楼道内停放电动车或者为电动车充电。", "不得在楼道内为电动车充电。", LESS, "an act less"),
    ("对新业态不得简单化予以禁止或者不予监管。", "对新业态不得予以禁止或者不予监管。", MORE, "a word less in a ban"),
    # the office that the superior leaves open, and the same office with its level
    ("区人民政府可以指定规划资源等部门组织实施补偿工作。", "区规划资源局等部门组织实施本区的补偿工作。", UNCHANGED, "the choice made"),
    ("区人民政府可以组织实施补偿工作。", "区规划资源局应当组织实施补偿工作。", MORE, "no choice of an office"),
    ("民政部门应当会同残联每年复核补贴对象。", "区民政局会同区残联每年复核补贴对象。", UNCHANGED, "an office with its level"),
    ("民政部门应当会同残联每年复核补贴对象。", "区民政局会同区妇联每年复核补贴对象。", EITHER, "another office"),
    # examples, adverbs that bind nobody
    ("构成违反治安管理行为的，由公安机关依法处罚。", "盗窃热能等构成违反治安管理行为的，由公安机关依法处罚。", UNCHANGED, "an example"),
    ("引导居民参与社区治理，定期公布治理成果。", "引导居民有序参与社区治理，定期公布治理成果。", UNCHANGED, "in good order"),
    ("引导居民参与社区治理，定期公布治理成果。", "引导居民参与社区治理，公布治理成果。", LESS, "how often"),
    # a task of offices that goes, of a copy
    ("各地要建立责任追究机制，对工作到位的要予以表扬和奖励。", "对工作到位的要予以表扬和奖励。", LESS, "a task less"),
    # an attribute that sets some of a kind apart
    ("养老机构应当配备护理人员，并定期组织培训。", "公办养老机构应当配备护理人员，并定期组织培训。", LESS, "by who owns it"),
    ("规模以上养老机构应当配备护理人员，并定期组织培训。", "养老机构应当配备护理人员，并定期组织培训。", MORE, "by size, gone"),
    ("老年人可以享受优待，并凭证免费乘车。", "高龄老年人可以享受优待，并凭证免费乘车。", LESS, "by age"),
    # the guiding thought of a policy
    ("以科学发展理论为指导，全面贯彻会议精神。\n大幅提升服务能级，增强辐射能力。", "以科学发展理论为指导，贯彻会议精神，推动产业集聚。", UNCHANGED,
     "in what spirit to act"),
    ("以市场需求为指导，每家补助五十万元。", "以市场需求为指导，每家补助三十万元。", LESS, "a figure behind another guide"),
    # how often
    ("对停车设施共享利用工作进行年度考核。", "对停车设施共享利用工作进行季度考核。", MORE, "more often"),
    ("对停车设施共享利用工作进行月度考核。", "对停车设施共享利用工作进行季度考核。", LESS, "more seldom"),
)  # fmt: skip


@pytest.mark.parametrize(("superior", "local", "found", "why"), KINDS)
def test_which_way_a_kind_goes(superior: str, local: str, found: tuple[Effect, ...], why: str) -> None:
    assert judge_effect(superior, local).effect in found, why
