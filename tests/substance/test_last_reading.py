"""One small word of a copy that went, came or was replaced: told where every word around it stayed."""

import pytest

from policydiff.model import Genre, SignalType
from policydiff.substance import weighing
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

_TOLD = [
    ("县级以上人民政府应当编制规划。", "省级人民政府应当编制规划。", "body", "changed", "the level of who has to act"),
    ("县级以上人民政府应当编制规划。", "县级以下人民政府应当编制规划。", "scope", "changed", "above became below"),
    ("县级以上人民政府应当编制规划。", "县级人民政府应当编制规划。", "scope", "changed", "one level instead of all above"),
    ("任何单位和个人不得传播。", "个人不得传播。", "scope", "narrower", "the first member of who is addressed"),
    ("国家机关工作人员不得经商。", "国家机关及其工作人员不得经商。", "scope", "wider", "a joint makes two addressees of one"),
    ("设置人应当立即整修。", "设置人应当整修。", "scope", "looser", "at once"),
    ("设置人应当整修。", "设置人应当立即整修。", "scope", "stricter", "at once, put in"),
    ("双方应当共同承担费用。", "双方应当分别承担费用。", "scope", "changed", "together, each for himself"),
    ("处警告或者罚款。", "处警告并处罚款。", "sanction", "stricter", "one of two penalties, both"),
    ("处警告，并处一千元罚款。", "处警告，或者处一千元罚款。", "sanction", "looser", "both, one of two"),
    ("申请人应当签名或者盖章确认。", "申请人应当签名并盖章确认。", "condition", "stricter", "one of two acts, both: no penalty"),
    ("应当书面层报最高人民法院核准。", "应当层报最高人民法院核准。", "scope", "looser", "a form beside a verb of its own"),
    ("应当记录社会责任，并将名单向社会公布。", "应当记录社会责任，并将名单公布。", "scope", "changed", "社会 stands in the sentence still, and says no longer to whom"),
    ("救助对象优先入住，优先配租。", "救助对象入住，优先配租。", "scope", "looser", "the same word behind it is another rule"),
    ("有关部门应当及时公开信息。", "有关部门应当公开信息。", "scope", "looser", "in time"),
    ("行政机关应当主动公开信息。", "行政机关应当公开信息。", "scope", "looser", "of its own accord"),
    ("父母或者其他监护人应当到场。", "父母或者监护人应当到场。", "scope", "changed", "others, a filler elsewhere"),
    ("机构应当重新评估。", "机构应当首次评估。", "scope", "changed", "again, for the first time"),
    ("应当加强指导和督促。", "应当加强指导或者督促。", "condition", "changed", "both, either is enough"),
    ("实施前款规定的行为。", "实施前两款规定的行为。", "reference", "changed", "one paragraph, two"),
    ("应当通知同级人民检察院。", "应当通知上级人民检察院。", "body", "changed", "beside it, above it"),
    ("由县审计机关负责审计。", "由市审计机关负责审计。", "body", "changed", "one level in place of another"),
    ("应当到公安机关办理备案手续。", "应当到公安机关办理登记手续。", "instrument", "stricter", "another instrument"),
    ("通知合适成年人到场，询问未成年人。", "通知合适未成年人到场，询问未成年人。", "scope", "changed", "the word stands in the sentence, in another place"),
    ("各级人民政府应当采取措施，为妇女提供救助。", "各级人民政府应当采取措施，为男子提供救助。", "scope", "changed", "为 before who is served is no purpose"),
    ("烈士的，为月平均工资的25%。", "烈士的，为月平均工资的37%。", "percentage", "higher", "为 before a value is no purpose"),
    ("教育行政部门、学校应当将知识纳入教育内容。", "学校应当将知识纳入教育内容。", "body", "changed", "教育 stands in 教育内容 still, and names no body there"),
]  # fmt: skip

_EQUAL = [
    ("县级以上地方人民政府应当编制规划。", "县级以上人民政府应当编制规划。", "two names of the same governments"),
    ("各单位应当依法严格保密。", "单位应当保密。", "words of style"),
    ("有关部门应当予以公布。", "有关部门应当公布。", "hollow verbs"),
    ("应当由申请人提交材料。", "申请人应当提交材料。", "passive"),
    ("没收违法所得，并处五万元罚款。", "处五万元罚款，并没收违法所得。", "the same acts in another order"),
    ("本办法由市民政局负责解释。", "本办法由市民政局解释。", "formula"),
    ("按照不同类别分别管理。", "按照不同种类分别管理。", "two words for kinds"),
    ("有关单位和个人应当配合。", "有关单位或者个人应当配合。", "who is addressed is so either way"),
    ("由林业主管部门审核。", "由林业草原主管部门审核。", "a body after a reform"),
    ("可以要求说明和补充。", "可以要求说明或者补充。", "what is allowed is so either way"),
    ("任何单位和个人不得传播。", "任何单位或者个人不得传播。", "what is forbidden is so for each"),
    ("爱护公物的，给予表彰。", "公物爱护的，给予表彰。", "the same words in another order"),
    ("本人及其近亲属不得参与。", "本人和近亲属不得参与。", "two joints of the same members"),
    ("可以口头或者书面申请。", "可以书面或者口头申请。", "the members of a list in another order"),
    ("申请人向民政部门提出申请。", "申请人向县级以上人民政府民政部门提出申请。", "whose office it is, spelled out"),
    ("每一单位应当报送。", "每个单位应当报送。", "two words for each"),
    ("申请人应当提出申请。", "申请人须提出申请。", "one class of duty"),
    ("对决定不服的，可以依法起诉。", "对决定不服的，可以依法提起诉讼。", "two words for suing"),
    ("可以向人民法院提起诉讼。", "可以向人民法院起诉。", "the same, turned round"),
    ("应当交纳押金。", "应当支付押金。", "two words for paying"),
    ("向民政部门申请办理登记。", "向民政部门申请登记。", "a hollow verb before an instrument"),
    ("应当到公安机关办理备案手续。", "应当到公安机关备案。", "a hollow noun behind one"),
    ("市和区、县审计机关负责审计。", "市和区审计机关负责审计。", "levels that share one office"),
    ("由公安机关责令改正，给予警告。", "由公安机关给予警告，责令改正。", "the same sanctions of one body in another order"),
]  # fmt: skip


def test_each_small_word_of_a_copy_is_told() -> None:
    found = signals_between(
        "县级以上人民政府应当立即处理投诉。", "省级人民政府应当处理投诉。", genre=Genre.STATUTE
    )
    assert [(signal.type.value, signal.old, signal.new) for signal in found] == [
        ("body", "县级以上人民政府", "省级人民政府"),
        ("scope", "立即", None),
    ]


@pytest.mark.parametrize(("old", "new", "kind", "way", "why"), _TOLD)
def test_a_small_word_that_binds_is_told(old: str, new: str, kind: str, way: str, why: str) -> None:
    found = [
        signal for signal in signals_between(old, new, genre=Genre.STATUTE) if signal.weight >= OF_SUBSTANCE
    ]
    assert [(signal.type.value, signal.direction.value) for signal in found] == [(kind, way)], why


@pytest.mark.parametrize(("old", "new", "why"), _EQUAL)
def test_what_says_the_same_has_no_signal(old: str, new: str, why: str) -> None:
    assert [
        signal for signal in signals_between(old, new, genre=Genre.STATUTE) if signal.weight >= OF_SUBSTANCE
    ] == [], why


@pytest.mark.parametrize(
    ("old", "new", "threshold", "told"),
    [
        ("双方应当共同承担费用。", "双方应当分别承担费用。", "LONGEST_EDIT", True),
        ("双方应当立即共同分别直接以上以下单位承担费用并且公布。", "双方应当承担费用并且公布。", "LONGEST_EDIT", False),
        ("双方应当立即共同分别直接以上以下承担费用并且公布名单和全部结果。", "双方应当承担费用并且公布名单和全部结果。", "LONGEST_EDIT", True),
        ("双方应当立即共同分别直接以上以下单位承担费用并且公布名单和全部结果。", "双方应当承担费用并且公布名单和全部结果。", "LONGEST_EDIT", False),
        ("双方立即付。", "双方付。", "LEAST_KEPT", False),
        ("双方立即付款。", "双方付款。", "LEAST_KEPT", True),
    ],
)  # fmt: skip
def test_borderline_of_a_copy_with_one_edit(old: str, new: str, threshold: str, told: bool) -> None:
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert bool([signal for signal in found if signal.type.value == "scope"]) is told, getattr(
        weighing, threshold
    )


@pytest.mark.parametrize(
    ("old", "new", "figures", "why"),
    [
        ("水质应当符合GB 5749-2006的规定。", "水质应当符合GB 5749-2022的规定。", ("2006", "2022"), "the edition of a standard"),
        ("比例为３：７℡。", "比例为4:6℡。", ("３：７", "4:6"), "wide digits, beside a sign that folds to three letters"),
    ("比例为3:7。", "比例为4:6。", ("3:7", "4:6"), "a ratio"),
        ("pH值为6.5至8.5。", "pH值为6.0至9.0。", ("6.5至8.5", "6.0至9.0"), "a value without a unit"),
        ("适用税目编码0101。", "适用税目编码0102。", ("0101", "0102"), "a code"),
        ("依照附件2的格式填写。", "依照附件3的格式填写。", ("2", "3"), "the number of an attachment"),
        ("The landlord must give 30 days notice.", "The landlord must give 14 days notice.", ("30", "14"), "another language"),
    ],
)  # fmt: skip
def test_a_figure_of_no_known_unit_is_told(old: str, new: str, figures: tuple[str, str], why: str) -> None:
    [signal] = signals_between(old, new, genre=Genre.STATUTE)
    assert (signal.type.value, signal.old, signal.new) == ("number", *figures), why


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("应于2026年12月31日前完成。", "应当在2026年底前完成。", "one day in two writings"),
        ("经业主三分之二以上同意。", "经2/3以上的业主同意。", "one fraction"),
        ("自2025年10月1日起施行。", "自二○二五年十月一日起施行。", "one date"),
        ("罚款5000元。", "罚款5,000元。", "one sum"),
    ],
)
def test_a_figure_in_another_writing_is_none(old: str, new: str, why: str) -> None:
    assert not [
        signal for signal in signals_between(old, new, genre=Genre.STATUTE) if signal.type.value == "number"
    ], why


_OTHER_PARAGRAPH = "主管部门应当在十日内答复。"


@pytest.mark.parametrize(
    ("old", "new", "is_removed", "why"),
    [
        ("规定的机构（以下统称执法机构）依照本法规定，负责执法工作。", "执法机构负责统一执法工作。", False, "who acts was defined here"),
        ("县级政府应当依照国家规定和本地实际，编制规划。", "乡级政府编制规划。", False, "its second half stays"),
        ("机构应当依照章程和有关标准开展服务，定期公布服务名单。", "机构公布服务名单。", False, "its first half went"),
        ("经营者应当建立台账并如实记录进货信息，台账保存二年。", "台账保存三年。", False, "another term of the same record"),
        ("发现隐患的单位应当立即采取措施予以消除，并报告消防部门。", "单位应当报告消防部门。", False, "a duty of two"),
        ("申请人应当提交证明，由主管部门审查。", "", True, "no word of it stays"),
        ("机构不得收取押金，违反的责令改正。", "", True, "a ban and its sanction"),
        ("机构应当公布服务名单，接受监督。", "本法自公布之日起施行。", True, "another paragraph came"),
        ("经营者应当建立台账，台账保存二年。", "教育部门编制教材。", True, "nothing of it in other words"),
        ("发现隐患的，应当报告，在十日内消除。", "", True, "its last words stand in another paragraph"),
    ],
)  # fmt: skip
def test_a_paragraph_in_other_words_is_none_removed(
    old: str, new: str, *, is_removed: bool, why: str
) -> None:
    texts = [f"{words}\n{_OTHER_PARAGRAPH}".strip() for words in (old, new)]
    told = {signal.type.value for signal in signals_between(*texts, genre=Genre.STATUTE)}
    assert ("paragraph_removed" in told) is is_removed, (why, told)
    told = {signal.type.value for signal in signals_between(*reversed(texts), genre=Genre.STATUTE)}
    assert ("paragraph_added" in told) is is_removed, (why, told)


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("有关组织和个人可以申请撤销。", "有关组织或者个人可以申请撤销。", ("和个人", "或者个人"), "who is addressed says the same with either joint"),
        ("为了保障妇女的合法权益，根据宪法，制定本法。", "为了保障男子的合法权益，根据宪法，制定本法。", ("妇女", "男子"), "a purpose rules nothing"),
        ("任何组织或者个人不得招用未成年人。", "任何组织和个人不得招用未成年人。", ("或者个人", "和个人"), "of what is forbidden either joint says the same"),
    ],
)  # fmt: skip
def test_what_decides_nothing_is_told_without_weight(
    old: str, new: str, told: tuple[str, str], why: str
) -> None:
    (found,) = signals_between(old, new, genre=Genre.STATUTE)
    assert ((found.old, found.new), found.weight) == (told, weighing.WORDING), why


@pytest.mark.parametrize(
    ("old", "new", "kind", "direction", "why"),
    [
        ("给予警告或者责令改正。", "责令改正，给予警告。", "sanction", "stricter", "either, then both in another order"),
        ("由公安机关责令改正，给予警告。", "由公安机关给予警告或者责令改正。", "sanction", "looser", "both, then either"),
        ("体育部门会同有关部门引导企业提供体育培训。", "有关部门会同体育部门引导企业提供体育培训。", "body", "changed", "a body of no name leads"),
        ("裁定一经作出，立即生效。", "裁定一经作出，生效。", "scope", "looser", "a half-sentence of two characters"),
        ("由国务院国家安全主管部门制定。", "由省级人民政府国家安全主管部门制定。", "body", "changed", "国家安全 says no level"),
        ("结合本地区实际做好应急调度和运力保障。", "结合本地区实际做好应急调度。", "scope", "narrower", "a task that begins with 结合实际"),
        ("有关组织和个人可以依法申请撤销。", "个人可以依法申请撤销。", "scope", "narrower", "组织 with its joint is no word of style"),
    ],
)  # fmt: skip
def test_what_was_silent_is_told(old: str, new: str, kind: str, direction: str, why: str) -> None:
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert (kind, direction) in [(each.type.value, each.direction.value) for each in found], (why, found)
    assert max(each.weight for each in found) >= OF_SUBSTANCE, why


@pytest.mark.parametrize(
    ("old", "new", "direction", "why"),
    [
        ("伪造发票监制章的，处一万元罚款。", "伪造发票监制章，窃取、泄露发票数据的，处一万元罚款。", "wider", "a list whose last member alone ends in 的"),
        ("无许可证生产的，处一万元罚款。", "无许可证生产的，或者将产品用于制冷的，处一万元罚款。", "wider", "或者 joins another case"),
        ("将产品用于制冷的，或者无许可证生产的，处一万元罚款。", "将产品用于制冷的，处一万元罚款。", "narrower", "a case that is gone"),
        ("擅自设摊的，处五百元罚款。", "擅自设摊的，情节严重的，处五百元罚款。", "looser", "how grave it has to be is no further case"),
        ("伪造证明的，处五百元罚款。", "伪造证明，造成损失的，处五百元罚款。", "looser", "nor is what has to come of it"),
        ("使用明火的，处五百元罚款。", "使用明火，引起火灾的，处五百元罚款。", "looser", "nor a consequence by another word"),
        ("转让许可证的，处五百元罚款。", "转让许可证，谋取利益的，处五百元罚款。", "looser", "nor a purpose"),
        ("销售产品的，处五百元罚款。", "销售产品，金额较大的，处五百元罚款。", "looser", "nor an amount"),
        ("销售假药的，处五百元罚款。", "销售假药，生产劣药的，处五百元罚款。", "wider", "conduct beside conduct"),
        ("从事餐饮的，不得排放油烟。", "从事餐饮的，或者从事烧烤的，不得排放油烟。", "wider", "of a ban too"),
    ],
)  # fmt: skip
def test_a_further_case_widens_and_a_further_condition_narrows(
    old: str, new: str, direction: str, why: str
) -> None:
    told = [each for each in signals_between(old, new, genre=Genre.STATUTE) if each.type.value == "condition"]
    assert direction in {each.direction.value for each in told if each.direction}, (why, told)


@pytest.mark.parametrize(
    ("old", "new", "type_", "why"),
    [
        ("阻碍执行的，依法处理。", "阻碍执行的，依照《中华人民共和国治安管理处罚法》处理。", "body", "a title names no body"),
        ("按照《某市公安局管理办法》办理。", "按照《某市民政局管理办法》办理。", "body", "nor does one in place of another"),
        ("按照通知（沪府办〔2018〕25号）办理。", "按照通知（沪府办〔2021〕9号）办理。", "body", "nor does a number"),
        ("以开发开放30周年为契机。", "以庆祝建党100周年为契机。", "period", "an anniversary is no period"),
        ("在成立三十周年之际开展活动。", "在成立四十周年之际开展活动。", "period", "nor is one in words"),
        ("原则上调整周期不超过五年。", "调整周期原则上不超过5年。", "prohibition", "the hedge moved"),
        ("面积原则上不低于50平方米。", "原则上面积不低于50平方米。", "prohibition", "and back"),
        ("原则上每户不多于两处。", "每户原则上不多于2处。", "duty", "and with a figure in another writing"),
    ],
)  # fmt: skip
def test_what_is_no_signal_of_a_type(old: str, new: str, type_: str, why: str) -> None:
    told = [each.type.value for each in signals_between(old, new, genre=Genre.STATUTE)]
    assert type_ not in told, (why, told)


@pytest.mark.parametrize(
    "term", ["有效期{}周年。", "自公司成立之日起满{}周年后可以申请。", "自公司成立之日起{}周年后可以申请。"]
)
def test_a_term_in_full_years_stays_a_period(term: str) -> None:
    (signal,) = signals_between(term.format("两"), term.format("三"), genre=Genre.STATUTE)
    assert (signal.type.value, signal.old, signal.new) == ("period", "两周年", "三周年")


@pytest.mark.parametrize(("hedged", "way"), [(True, "looser"), (False, "stricter")])
def test_a_hedge_before_a_bound_softens_it(hedged: bool, way: str) -> None:
    texts = ["每个村配备管护员不少于两名。", "每个村配备管护员原则上不少于两名。"]
    old, new = texts if hedged else texts[::-1]
    assert ("duty", way) in {
        (each.type.value, each.direction.value if each.direction else None)
        for each in signals_between(old, new, genre=Genre.POLICY)
    }


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("系数提高到0.58。", "系数达到0.60。", ("higher", "0.58", "0.60"), "other words differ too"),
        ("每千人床位数达到7.5。", "每千人拥有床位数达到7.8。", ("higher", "7.5", "7.8"), "a word was put in"),
        ("容积率控制在2.5以内，绿地率不低于30%。", "容积率控制在3.5以内，绿地率不低于30%。", ("higher", "2.5", "3.5"), "beside a value"),
        ("补贴30%，系数为1.2。", "补贴40%，系数为1.5。", ("changed", "1.2", "1.5"), "beside a value that differs"),
        ("基尼系数降至0.45以下，缩小差距。", "基尼系数降至0.4以下，逐步缩小差距。", ("lower", "0.45", "0.4"), "beside a hedge"),
        ("评分在80以上的，列为优秀。", "评分在90以上的，列为优秀等级。", ("higher", "80", "90"), "in a condition"),
        ("按照GB 5749供水，确保安全。", "按照GB 5750供水，保障水质安全。", ("changed", "5749", "5750"), "a code has no order"),
        ("投诉电话为12345，及时受理。", "投诉电话为12340，依法及时受理。", ("changed", "12345", "12340"), "neither has a telephone"),
        ("按1:1配套，及时拨付。", "按1:2配套，及时足额拨付。", ("changed", "1:1", "1:2"), "a ratio"),
        ("按不低于1:5的比例配备护理员。", "按不低于1:8的比例配备护理人员。", ("lower", "1:5", "1:8"), "a ratio behind its bound"),
        ("师生比不低于1:20，逐年提高。", "师生比不低于1：18，逐步提高。", ("higher", "1:20", "1：18"), "a ratio, and no time of day"),
        ("浓度降到35以下。", "浓度控制在32以下。", ("lower", "35", "32"), "of which the verb differs"),
    ],
)  # fmt: skip
def test_a_figure_without_unit_is_told_beside_any_other_difference(
    old: str, new: str, told: tuple[str, str, str], why: str
) -> None:
    found = {
        (each.direction.value, each.old, each.new)
        for each in signals_between(old, new, genre=Genre.STATUTE)
        if each.type is SignalType.NUMBER
    }
    assert told in found, why


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("申请人应当具有本市户籍。", "申请人不限户籍。"),
        ("申请人应当具有本科学历。", "申请人不作学历要求。"),
        ("申请人年龄不超过四十周岁。", "申请人年龄不限。"),
        ("报考者须具有两年工作经历。", "报考者不设工作经历门槛。"),
        ("企业注册资本不低于一百万元。", "取消企业注册资本要求。"),
    ],
)
def test_a_requirement_that_is_lifted(old: str, new: str) -> None:
    ways = [
        {
            each.direction.value
            for each in signals_between(*sides, genre=Genre.STATUTE)
            if each.type is SignalType.EXCEPTION
        }
        for sides in ((old, new), (new, old))
    ]
    assert ways == [{"looser"}, {"stricter"}]
