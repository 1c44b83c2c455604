"""Kinds of words that signals are read from, a table each: bodies, citations, front matter, instruments, exhortations."""

import pytest

from policydiff import diff, parse
from policydiff.model import Effect, Genre
from policydiff.substance.effects import judge_effect
from policydiff.substance.features import find_instruments
from policydiff.substance.local_signals import local_signals
from policydiff.substance.offices import find_bodies, strike_places
from policydiff.substance.provisions import is_exhortation
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由县级公安机关审查。", ["县级公安机关"]),
        ("向市场监督管理部门申请。", ["市场监督管理部门"]),
        ("报党中央、国务院批准。", ["党中央", "国务院"]),
        ("国务院农业农村、林业草原、水利等部门。", ["国务院农业农村部门", "林业草原部门", "水利部门"]),
        ("教育、人力资源和社会保障、农业等有关部门。", ["教育部门", "人力资源和社会保障部门", "农业部门"]),
        ("人力资源和社会保障部门。", ["人力资源和社会保障部门"]),
        ("采集国务院科学技术主管部门规定的种类。", ["国务院科学技术主管部门"]),
        ("由道路运输管理机构处罚。", ["道路运输管理机构"]),
        ("由海关依法实施检验。", ["海关"]),
        ("由区府办、区民政局负责。", ["区府办", "区民政局"]),
        ("区人民政府办公室牵头。", ["区人民政府办公室"]),
        ("市发展和改革委员会、绿化和市容管理局。", ["市发展和改革委员会", "绿化和市容管理局"]),
        ("县级人民政府交通运输主管部门。", ["县级人民政府交通运输主管部门"]),
        ("有关主管部门和国务院有关部门。", []),
        ("优化空间布局，作出战略部署。", []),
        ("顾全大局，打破僵局。", []),
        ("科技服务机构和医疗机构。", []),
        ("应当在搬迁前一个月报区房管局备案。", ["区房管局"]),
        ("应当在开工前将方案送区绿化局审核。", ["区绿化局"]),
        ("验收合格后十五日内报市水务局备案。", ["市水务局"]),
        ("初审后报县民政局，对省财政厅下达的任务。", ["县民政局", "省财政厅"]),
        ("材料齐备后交区教育局，与市税务局共享。", ["区教育局", "市税务局"]),
        ("由公交市场管理局负责。", ["公交市场管理局"]),
        ("由对外市政工程局负责。", ["对外市政工程局"]),
        ("各级人民政府应当加强领导。", []),
    ],
)
def test_bodies(text: str, names: list[str]) -> None:
    assert [found.name for found in find_bodies(text)] == names


def of_substance(old: str, new: str) -> list[str]:
    found = signals_between(old, new, genre=Genre.STATUTE)
    return [signal.type.value for signal in found if signal.weight >= OF_SUBSTANCE]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("由农业、林业部门负责。", "由农业农村、林业草原部门负责。", "renamed by a reform, in a list"),
        ("由环境保护主管部门处罚。", "由生态环境主管部门处罚。", "renamed by a reform"),
        (
            "由县级人民政府环境保护主管部门处罚。",
            "由县级人民政府生态环境主管部门处罚。",
            "under a government",
        ),
        (
            "变更名称的，应当在三十日内向工商行政管理机关申请变更登记。",
            "变更名称的，应当在三十日内向市场监督管理部门申请变更登记。",
            "merged by a reform",
        ),
        ("由区政府办公室负责。", "由区府办负责。", "short form of an office"),
        ("由市规划资源局、市财政局负责。", "由市财政局、市规资局负责。", "order and short form"),
        ("依照《民事诉讼法》的规定。", "依照民事诉讼法的规定。", "a title without its marks"),
        ("依照《中华人民共和国公司法》。", "依照《公司法》。", "the name of the state"),
        ("第一款第（三）项规定的。", "第一款第三项规定的。", "a bracket"),
        ("第十条第（一）、（二）项。", "第十条第一、二项。", "items joined"),
        ("因前款第（一）项至第（三）项的原因。", "因前款第一项至第三项的原因。", "a run of items"),
        ("本条例第12条。", "本条例第十二条。", "digits"),
        ("《办法》〔2020〕5号。", "《办法》[2020]5号。", "brackets of a document number"),
    ],
)
def test_one_body_or_citation_in_another_writing(old: str, new: str, why: str) -> None:
    assert of_substance(old, new) == of_substance(new, old) == [], why


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("由民政部门负责。", "由教育部门负责。", "body"),
        ("由农业、林业部门负责。", "由农业、水利部门负责。", "body"),
        ("报国务院批准。", "报党中央、国务院批准。", "body"),
        ("由道路运输管理机构处罚。", "由交通运输主管部门处罚。", "body"),
        (
            "列入目录的物质，由出入境检验检疫机构依法实施检验。",
            "列入目录的物质，由海关依法实施检验。",
            "body",
        ),
        ("由市民政局负责。", "由区民政局负责。", "body"),
        ("须经设区的市级人民政府卫生行政部门许可。", "须经县级人民政府卫生行政部门许可。", "body"),
        ("依照《公司法》的规定。", "依照《民法典》的规定。", "reference"),
        ("依照侵权责任法的规定。", "依照民法典的规定。", "reference"),
        ("依照刑法第十二条处罚。", "依照刑法第十三条处罚。", "reference"),
        ("依照沪府发〔2020〕5号执行。", "依照沪府发〔2022〕9号执行。", "reference"),
        ("依照刑法第十二条、第十三条处罚。", "依照刑法第十二条处罚。", "reference"),
    ],
)
def test_another_body_or_citation(old: str, new: str, kind: str) -> None:
    assert kind in of_substance(old, new)
    assert kind in of_substance(new, old)


@pytest.mark.parametrize(
    "line",
    [
        "（2019年3月2日国务院令第709号公布）",
        "（2020年5月1日起施行）",
        "(1993年12月12日国务院批准 2023年7月20日第三次修订)",
        "2019年1月1日某省人民代表大会常务委员会第二次会议通过",
        "（2021年6月1日根据《关于修改某条例的决定》修正）",
        "title: 某条例",
        "date: 2023-07-20",
        "某府发〔2021〕3号",
        "某市人民政府文件",
        "目　录",
        "（征求意见稿）",
    ],
)
def test_front_matter_rules_nothing(line: str) -> None:
    old = "某条例\n{}第一条 单位应当登记。\n第二条 本条例自公布之日起施行。\n"
    found = diff(parse(old.format("")), parse(old.format(f"{line}\n")))
    signals = [signal for change in found.changes for signal in change.signals]
    assert [signal for signal in signals if signal.weight >= OF_SUBSTANCE] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("应当经主管部门批准。", ["批准"]),
        ("应当办理备案手续。", ["备案"]),
        ("收养登记工作应当坚持领导。", []),
        ("检验检测机构应当公正。", []),
        ("加强备案审查制度建设。", []),
        ("由出入境检验检疫机构负责。", []),
        ("吊销生产许可证。", []),
        ("伪造、转让许可证的。", []),
        ("实行告知承诺。", []),
        ("根据听证会意见。", []),
        ("应当接受年度检验。", ["年度检验"]),
        ("登记机关应当受理。", []),
    ],
)
def test_instruments(text: str, words: list[str]) -> None:
    assert [found.word for found in find_instruments(text)] == words


@pytest.mark.parametrize(
    ("text", "says_nothing"),
    [
        ("以习近平新时代中国特色社会主义思想为指导", True),
        ("全面贯彻党的二十大精神", True),
        ("深入贯彻落实党中央决策部署", True),
        ("坚持以人民为中心", True),
        ("坚持党的领导", True),
        ("围绕高质量发展目标", True),
        ("国家科学技术奖应当坚持国家战略导向", True),
        ("践行人民城市理念", True),
        ("贯彻节约用水要求，用水量不超过30吨", False),
        ("围绕到2025年建成5个中心的目标", False),
        ("坚持每年检查2次的原则", False),
        ("应当落实安全生产责任", False),
        ("各部门要以新发展理念为引领，认真践行人民城市理念", True),
        ("有关单位要进一步深化对集体协商重要性的认识", True),
        ("提高政治站位，增强责任感", True),
        ("进一步统一思想，提高认识", True),
        ("各单位应当坚持党的领导，按时报送年度报告", False),
        ("应当提高火灾防范意识，配备灭火器", False),
        ("应当以年度评估结果为依据", False),
    ],
)
def test_exhortations(text: str, says_nothing: bool) -> None:
    assert is_exhortation(text) is says_nothing


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("由区民政局负责", "由某民政局负责"),
        ("会同区财政局", "会同某财政局"),
        ("报市发展改革委", "报某发展改革委"),
        ("配合市绿化市容局", "配合某绿化市容局"),
        ("由市场监管局负责", "由市场监管局负责"),
        ("静安区各街道", "某某某某某某"),
        ("本市各部门", "某某各部门"),
        ("由区市场监管局负责", "由某市场监管局负责"),
        ("和区医疗保障局", "和某医疗保障局"),
        ("由市长担任组长", "由某长担任组长"),
        ("分管副区长任召集人", "分管副某长任召集人"),
        ("副镇长、村主任参加", "副某长、村主任参加"),
        ("由校长担任组长", "由校长担任组长"),  # no head of a government
        ("副市场监管所长", "副市场监管所长"),
        ("辖区内的企业", "某某某的企业"),
        ("对辖区范围内居民", "对某某某某某居民"),
        ("本辖区内的企业", "某某某某的企业"),
        ("辖区面积", "辖区面积"),
    ],
)
def test_places_struck(text: str, struck: str) -> None:
    assert strike_places(text) == struck


@pytest.mark.parametrize(
    ("old", "new", "kinds", "why"),
    [
        ("推动发展。", "根据《健康产业行动纲要(2019-2022年)》，推动发展。", set(), "the years are the plan's name"),
        ("按照《行动计划（2018—2020年）》推进。", "按照《行动计划（2021—2023年）》推进。", {"reference"}, "another plan"),
        ("依照《禁止传销条例》处理。", "依照《直销管理条例》处理。", {"reference"}, "禁止 is a word of the name"),
        ("落实《关于加快5G建设的意见》。", "落实《关于加快6G建设的意见》。", {"reference"}, "no number of things"),
        ("适用《〈不得擅自停业规定〉细则》。", "适用《〈歇业规定〉细则》。", {"reference"}, "a name inside a name"),
        ("到2020年完成。", "到2022年完成。", {"deadline"}, "outside a name a year is a point in time"),
        ("执行《标准》，不低于3米。", "执行《标准》，不低于4米。", {"number"}, "a value beside a name"),
        ("《办法》施行前3年。", "《办法》施行前5年。", {"period"}, "a period behind a name"),
    ],
)  # fmt: skip
def test_what_a_name_says_sets_nothing(old: str, new: str, kinds: set[str], why: str) -> None:
    for genre in Genre:
        found = {each.type for each in signals_between(old, new, genre=genre)}
        assert {each.value for each in found} - {"part_added"} == kinds, why


_CAME = "的人员，伪造或者隐瞒检测数据的，依法处罚。"
_MEMBERS_LEFT = [
    ("医疗机构、药品经营企业", "药品经营企业的医疗药品负责人", "医疗机构", "changed", "its first word stands there too"),
    ("用人单位、劳务派遣单位", "劳务派遣单位的用工管理人员", "用人单位", "narrower", "the first of two"),
    ("网络平台经营者和平台内经营者", "平台内经营者的工作人员", "网络平台经营者", "narrower", "joined by 和"),
    ("建设单位、施工单位、监理单位", "施工单位、监理单位的建设主管人员", "建设单位", "changed", "the first of three"),
    ("施工单位、建设单位、监理单位", "施工单位、监理单位的建设主管人员", "建设单位", "changed", "the second of three"),
    ("销售企业及其代理人、生产企业", "销售企业的代理人和生产人员", "生产企业", "changed", "the last member"),
    ("物业服务企业或者业主委员会", "业主委员会的物业委员", "物业服务企业", "narrower", "joined by 或者"),
    ("危险废物产生单位、危险废物经营单位", "危险废物经营单位的驾驶人员", "危险废物产生单位", "changed", "members with one beginning"),
    ("法定代表人、主要负责人", "主要负责人以及受其指派的人", "法定代表人", "narrower", "a list comes in its place"),
    ("公共图书馆、公共文化馆", "公共文化馆的工作人员", "公共图书馆", "narrower", "its words are new there"),
]  # fmt: skip


@pytest.mark.parametrize(("listed", "came", "left", "way", "why"), _MEMBERS_LEFT)
def test_a_member_that_goes_while_a_half_sentence_comes(
    listed: str, came: str, left: str, way: str, why: str
) -> None:
    texts = f"{listed}{_CAME[3:].replace('，', '', 1)}", f"{came}，{_CAME[4:]}"
    gone = [
        (each.old, each.direction.value)
        for each in signals_between(*texts, genre=Genre.STATUTE)
        if each.old and left in each.old and each.weight >= OF_SUBSTANCE
    ]
    assert [words.removesuffix("伪造") for words, _ in gone if words] == [left], why
    back = {each.new for each in signals_between(*texts[::-1], genre=Genre.STATUTE)}
    assert any(left in (words or "") for words in back), f"{why}: it comes"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("施工单位、监理单位篡改检测数据。", "监理单位、施工单位的人员，篡改检测数据。", "in another order"),
        ("施工单位、监理单位篡改检测数据。", "施工单位和监理单位，篡改检测数据。", "another joint"),
        ("教育部门、民政部门应当公布名单。", "民政部门会同教育部门，应当公布名单。", "both stay"),
        (
            "车站、码头应当设置标志。",
            "码头以及车站的经营者，应当设置标志。",
            "both stay, and their keepers come",
        ),
    ],
)
def test_members_that_stand_in_the_half_sentence_that_came_are_not_gone(old: str, new: str, why: str) -> None:
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert not [each for each in found if each.old and each.weight >= OF_SUBSTANCE], why


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("传承人由市人民政府批准。", "传承人由市人民政府评定。", ("批准", "评定", "changed"), "an award"),
        ("等级由主管部门评定后公布。", "等级由主管部门批准后公布。", ("评定", "批准", "changed"), "and back"),
        ("资格由省民政厅核准。", "资格由省民政厅认定。", ("核准", "认定", "changed"), "a recognition"),
        ("方案由国务院批准。", "方案由国务院决定。", ("批准", "决定", "changed"), "a decision of its own"),
        ("价格由物价部门审批后执行。", "价格由专家小组核定后执行。", ("审批", "核定", "changed"), "by others, before the same words"),
        ("名单由省人民政府批准。", "名单由省人民政府确定。", ("批准", "确定", "changed"), "a choice"),
        ("机构由司法行政部门同意。", "机构由司法行政部门指定。", ("同意", "指定", "changed"), "an appointment"),
        ("用途由有利害关系的业主批准。", "用途由有利害关系的业主一致同意。", ("批准", "一致同意", "changed"), "those concerned agree"),
        ("方案由国务院批准。", "方案由国务院公布。", ("批准", None, "looser"), "no decision any more"),
        ("方案经批准后由民政部门确定期限。", "方案由民政部门确定期限。", ("批准", None, "looser"), "the decision stood there before"),
        ("方案由国务院批准。", "方案由国务院备案。", ("批准", "备案", "looser"), "a lighter instrument"),
    ],
)  # fmt: skip
def test_an_approval_in_whose_place_another_act_of_decision_stands(
    old: str, new: str, told: tuple[str, str | None, str], why: str
) -> None:
    found = [
        (each.old, each.new, each.direction.value)
        for each in signals_between(old, new, genre=Genre.STATUTE)
        if each.type.value == "instrument"
    ]
    assert [(one and one[-len(told[0]) :], other, way) for one, other, way in found] == [told], why


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("经全体合伙人一致同意", [], "partners agree"),
        ("双方当事人一致同意适用简易程序的", [], "parties choose a procedure"),
        ("取得全体共有人的一致同意", [], "owners agree"),
        ("修改章程应当经全体股东一致同意", [], "shareholders agree"),
        ("各成员单位一致同意后", [], "members of a meeting agree"),
        ("经双方一致同意并报民政部门批准", ["批准"], "an approval beside it"),
        ("经主管部门同意", ["同意"], "an authority agrees"),
        ("经市人民政府审核同意", ["审核", "同意"], "an authority agrees after a review"),
        ("不同意的", [], "a refusal"),
        ("规划不一致，经批准可以同意调整", ["批准", "同意"], "一致 stands elsewhere"),
    ],
)  # fmt: skip
def test_parties_that_agree_grant_no_approval(text: str, words: list[str], why: str) -> None:
    assert [found.word for found in find_instruments(text)] == words, why


@pytest.mark.parametrize(
    ("half", "binds"),
    [
        (
            "及时掌握改革进程",
            False,
        ),  # no figure, date, duty to a person, condition, body, scope or sanction is left over
        ("确保改革顺利进行", False),
        ("持续推进养护市场化改革", False),
        ("严格执行国家有关农村公路的法律、法规和技术规范", False),  # the law holds anyway
        ("确保各项任务落到实处", False),
        ("确保试点工作平稳推进、取得实效", False),
        ("确保各项工作任务落实到位", False),
        ("要全面了解工作进展情况", False),
        ("深入推动审批制度改革", False),
        ("认真贯彻执行国家和本市有关法律法规", False),
        ("严格遵守有关规定", False),
        ("扎实推进放管服改革，确保政策措施落地见效", False),
        ("确保覆盖率不低于80%", True),  # a figure
        ("确保年底前各项任务顺利完成", True),  # a date
        ("确保改革任务按期完成", True),
        ("严格执行收费标准", True),  # a standard of its own
        ("严格执行《农村公路养护技术规范》", True),  # a text by name
        ("及时掌握老年人健康状况", True),  # work with every person
        ("每月掌握工作进展", True),  # a rate
        ("及时报告工作进展", True),  # a report
        ("确保供水设施安全运行", True),  # a state of things that can be checked
        ("持续推进老旧电梯更新", True),  # things that are done or not
        ("严格落实值班制度", True),
        ("认真执行财务规定", True),
        ("深入推进3项改革", True),
    ],
)
def test_half_sentences_that_only_exhort(half: str, binds: bool) -> None:
    superior = (
        "市交通委要会同有关部门加强跟踪督查，建立评估、反馈机制，及时发现并协调解决改革过程中出现的问题。"
    )
    local = superior.replace("市交通委", "区交通委").replace("。", f"，{half}。")
    told = local_signals(superior, local)
    assert any(half in (signal.new or "") for signal in told), "shown, whatever it weighs"
    assert any(signal.weight >= OF_SUBSTANCE for signal in told) is binds
    assert (judge_effect(superior, local).effect is Effect.TIGHTENED) is binds
