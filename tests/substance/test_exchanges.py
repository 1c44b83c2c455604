"""Words exchanged between half-sentences: each stands on both sides, and yet another is bound, pays or decides."""

import pytest

from policydiff.model import Genre
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

EXCHANGED = r"""
由区教育局牵头，区卫生健康委配合。|由区卫生健康委牵头，区教育局配合。|body|lead and assisting body
区教育局负责组织实施，区财政局负责资金保障。|区财政局负责组织实施，区教育局负责资金保障。|body|two tasks
区财政局负责财政资金，区教育局负责实施。|区教育局负责财政资金，区财政局负责实施。|body|a part of a name stands twice
先由街道办事处初审，再由区民政局审批。|先由区民政局初审，再由街道办事处审批。|body|who decides
责任单位：区教育局；配合单位：区财政局。|责任单位：区财政局；配合单位：区教育局。|body|labels before a colon
申请材料报送区科委，统计资料报送区统计局。|申请材料报送区统计局，统计资料报送区科委。|body|whom papers are sent to
居民可以申请，企业应当报告。|企业可以申请，居民应当报告。|duty|who may and who has to
经营者应当登记，消费者可以投诉。|消费者应当登记，经营者可以投诉。|duty|the same of others
学校负责校内安全，公安机关负责校园周边安全。|公安机关负责校内安全，学校负责校园周边安全。|duty|one of them is no body
出租人承担维修费用，承租人承担物业费用。|承租人承担维修费用，出租人承担物业费用。|duty|who pays what
市级财政承担60%，区级财政承担40%。|区级财政承担60%，市级财政承担40%。|duty|levels of one noun
情节轻微的，给予警告；情节严重的，吊销许可证。|情节严重的，给予警告；情节轻微的，吊销许可证。|duty|cases and what follows from them
发生事故的，企业应当报告；造成损失的，企业应当赔偿。|造成损失的，企业应当报告；发生事故的，企业应当赔偿。|duty|the same of duties
对学校，由教育部门监督；对医院，由卫生部门监督。|对医院，由教育部门监督；对学校，由卫生部门监督。|body|who is supervised by whom
企业应当报告，经批准后实施；个人应当登记，自行实施。|企业应当报告，自行实施；个人应当登记，经批准后实施。|duty|what needs an approval
在市区，每户补贴；在郊区，不予补贴。|在郊区，每户补贴；在市区，不予补贴。|duty|where something holds
2025年底前，完成普查；2026年底前，完成整治。|2025年底前，完成整治；2026年底前，完成普查。|duty|by when
企业先行申报，主管部门审核，区政府审定。|主管部门审核，企业先行申报，区政府审定。|condition|steps in another order
应当公示后，报区政府审批。|应当报区政府审批后，公示。|duty|the same of two steps
学校应当公示方案后，并组织招生。|学校应当组织招生后，并公示方案。|duty|steps with a joint between them
甲单位应当告知乙单位，并由丙单位审批。|丙单位应当告知乙单位，并由甲单位审批。|duty|a joint stands, who acts changed
建设单位应当在十日内公示方案，并报送材料。|建设单位应当在十日内报送材料，并公示方案。|part_removed|a term that may be of the first act alone
企业可以公示信息，并应当收取押金。|企业应当公示信息，并可以收取押金。|duty|classes of duty around a joint
不得全部转让。|全部不得转让。|prohibition|how far a ban reaches
申请人所在单位应当盖章。|申请人应当在所在单位盖章。|duty|who has to do it
由委托人支付受托人报酬。|由受托人支付委托人报酬。|duty|around a verb
甲由A负责，乙由B负责，丙由C负责。|甲由B负责，乙由C负责，丙由A负责。|duty|three passed on their words
轻微的，警告；较重的，罚款；严重的，吊销许可证。|轻微的，罚款；较重的，吊销许可证；严重的，警告。|duty|three cases
破产财产依照下列顺序清偿：\n（一）职工工资；\n（二）保险费用；\n（三）普通债权。|破产财产依照下列顺序清偿：\n（一）职工工资；\n（二）普通债权；\n（三）保险费用。|condition|an order that counts
由区教育局会同区财政局制定办法。|由区财政局会同区教育局制定具体办法。|body|who leads, with a word more
出租人应当通知承租人，并说明理由。|承租人应当书面通知出租人，并说明理由。|duty|who tells whom, with a word more
公司董事、监事应当向公司申报所持有的股份。|公司应当向公司董事、监事申报所持有的股份。|duty|one name stands in the other
市财政局负责向区财政局拨付资金。|区财政局负责及时向市财政局拨付资金。|body|who pays whom, with a word more
搬迁的，按照先建后拆的原则安置。|搬迁的，按照先拆后建的原则安置。|duty|acts of one letter
补助资金实行先建后补。|补助资金实行后建先补。|duty|first and then exchanged
依次由业主、业主委员会、居民委员会提出。|依次由居民委员会、业主委员会、业主提出。|condition|the same in one sentence
（一）电力公司提供场地；\n（二）燃气公司提供设备。|（一）燃气公司提供场地；\n（二）电力公司提供设备。|scope|items of a list, each compared with its own
补助资金实行先建后补。|补助资金实行先补后建。|duty|which comes first
场馆实行先预约后入场。|场馆实行先入场后预约。|duty|the same of longer acts
重点单位应当安装监测设备，并与平台联网。|单位应当安装重点监测设备，并与平台联网。|scope|an attribute of who is bound became one of the thing
民营医院应当公开价格目录。|医院应当公开民营价格目录。|scope|the same of an owner
临时工人不得操作起重设备。|工人不得操作临时起重设备。|scope|under a ban
学校应当根据残疾学生特点，进行心理辅导。|学校应当根据学生特点，进行残疾心理辅导。|scope|an attribute went to the next half-sentence
企业应当保存原始记录，并接受数据核查。|企业应当保存记录，并接受原始数据核查。|scope|the same of a thing
申请人应当提交境外机构证明，并附中文译本。|申请人应当提交机构证明，并附境外中文译本。|scope|the same of a place
"""
KEPT = r"""
（责任部门：区教育局、区财政局）|（责任部门：区财政局、区教育局）|members of a list in another order
加强宣传培训，完善配套制度。|完善配套制度，加强宣传培训。|half-sentences in another order
区教育局负责实施，区财政局负责保障。|区财政局负责保障，区教育局负责实施。|each keeps its task
对学校、医院开展检查，对企业开展抽查。|对医院、学校开展检查，对企业开展抽查。|a list inside one of two
申请材料包括：\n（一）身份证明；\n（二）户口簿。|申请材料包括：\n（一）户口簿；\n（二）身份证明。|items whose order says nothing
甲负责教育、卫生，乙负责交通、水务，丙负责民政、体育。|甲负责卫生、教育，乙负责水务、交通，丙负责体育、民政。|three lists, each turned round
不得参加敌对组织、间谍组织。|不得参加间谍组织、敌对组织。|members of a list that share a word
应当区分不同地区、不同类别。|应当区分不同类别、不同地区。|the same with the word in front
可以向社会公开募集或者向特定对象募集。|可以向特定对象募集或者向社会公开募集。|two ways of which either is enough
对被告人可以决定逮捕。|可以决定对被告人逮捕。|whom it is about, not who is bound
搬迁的，按照先建后拆的原则及时、妥善安置。|搬迁的，按照先建后拆的原则妥善、及时安置。|first and then stay
应当公开、公平、公正。|应当公正、公平、公开。|a list within a half-sentence
应当加强宣传，完善制度。|应当完善制度，加强宣传。|two things that one duty asks
应当由申请人提交材料。|申请人应当提交材料。|the one bound stays bound
企业应当在十日内报告。|企业在十日内应当报告。|an adverbial elsewhere
情节轻微的，给予警告；情节严重的，吊销许可证。|情节严重的，吊销许可证；情节轻微的，给予警告。|each case keeps what follows from it
居民可以申请，企业应当报告。|企业应当报告，居民可以申请。|the same rules turned round
受理机关应当出具书面凭证，并一次性告知需要补正的材料。|受理机关应当一次性告知需要补正的材料，并出具书面凭证。|two acts of one duty, the joint before the second
经营者应当公示收费标准，同时保存交易记录三年。|经营者应当保存交易记录三年，同时公示收费标准。|another joint, and a figure that keeps its act
学校可以开放场地，并收取费用。|学校可以收取费用，并开放场地。|two acts of one permission
经营者除另有约定外，应当公开信息。|除另有约定外，经营者应当公开信息。|who is bound stands elsewhere
企业及时应当报告情况，并配合调查。|企业应当及时报告情况，并配合调查。|how it is done stands elsewhere
津贴可以在经费中列支，也可以通过捐赠筹集。|可以在经费中列支津贴，也可以通过捐赠筹集。|the subject stands behind the verb
单位应当全部收集污水，并处理。|单位应当收集全部污水，并处理。|how much stands elsewhere
旅客有权查阅行程，并复制合同。|旅客有权复制合同，并查阅行程。|two acts of one right
"""


def _rows(table: str) -> list[list[str]]:
    return [line.replace(r"\n", "\n").split("|") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("old", "new", "kind", "reason"), _rows(EXCHANGED))
def test_an_exchange_is_told_both_ways(old: str, new: str, kind: str, reason: str) -> None:
    for one, other in ((old, new), (new, old)):
        told = [
            each.type.value
            for each in signals_between(one, other, genre=Genre.POLICY)
            if each.weight >= OF_SUBSTANCE
        ]
        assert kind in told, reason


@pytest.mark.parametrize(("old", "new", "reason"), _rows(KEPT))
def test_another_order_is_no_exchange(old: str, new: str, reason: str) -> None:
    told = signals_between(old, new, genre=Genre.POLICY)
    assert not [each for each in told if each.weight >= OF_SUBSTANCE], reason


def _told(old: str, new: str) -> list[str]:
    return [
        each.old or ""
        for each in signals_between(old, new, genre=Genre.POLICY)
        if each.weight >= OF_SUBSTANCE
    ]


@pytest.mark.parametrize(("alike", "is_list"), [(12, True), (13, False)])
def test_members_that_end_alike(alike: int, is_list: bool) -> None:
    """Longer words in common than a name has are words that stayed, around which two others changed places."""
    end = "综合服务中心便民站点建设工作"[:alike]
    told = _told(f"应当支持社区{end}、乡镇{end}。", f"应当支持乡镇{end}、社区{end}。")
    assert (told == []) is is_list


@pytest.mark.parametrize(("between", "is_told"), [("", True), ("其", True), ("本人", False)])
def test_words_that_make_an_adverbial(between: str, is_told: bool) -> None:
    """在, and one character beside it; with more the part was put in other words, and other readings tell of it."""
    told = _told("申请人所在单位应当盖章。", f"申请人应当在{between}所在单位盖章。")
    assert ("申请人所在单位应当盖章" in told) is is_told


@pytest.mark.parametrize(("more", "is_whole"), [(0, True), (1, False)])
def test_both_stretches_are_shown_up_to_a_length(more: int, is_whole: bool) -> None:
    other = "负责受理来信来访事项并按季分类统计结果以及有关投诉举报办理进展材料说明"
    one = "负责开展日常巡查工作并按月汇总上报情况".ljust(75 + more - len(other), "点")
    old = f"甲区{one}，乙镇{other}"
    told = _told(f"{old}。", f"乙镇{one}，甲区{other}。")
    assert (len(old) <= 80) is is_whole
    assert told == [old if is_whole else old.split("，", maxsplit=1)[0]]


@pytest.mark.parametrize(("stretches", "is_told"), [(200, True), (201, False)])
def test_as_many_stretches_as_are_held_against_each_other(stretches: int, is_told: bool) -> None:
    before = [f"场所{number}由科室{number}管理" for number in range(stretches - 2)]
    after = [each.replace("管理", "巡查") for each in before]
    old = "，".join(["由区教育局牵头实施", "由区财政局配合实施", *before])
    new = "，".join(["由区财政局牵头实施", "由区教育局配合实施", *after])
    assert ("由区教育局牵头实施，由区财政局配合实施" in _told(f"{old}。", f"{new}。")) is is_told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("单位应当保存体检档案，并公布结果。", "单位应当保存档案，并公布结果体检。"),
        ("患者可以查阅病历资料，并要求说明。", "患者可以查阅病历，并要求说明资料。"),
    ],
)
def test_a_word_that_went_to_the_end_is_shown_within_its_passage(old: str, new: str) -> None:
    told = signals_between(old, new, genre=Genre.STATUTE)
    for each in told:
        assert each.old == (each.old_span and old[slice(*each.old_span)])
        assert each.new == (each.new_span and new[slice(*each.new_span)])
    assert told
