"""Bounds above a base, cycles against constancy, and lists within an exception: whether a local provision asks for more or for less."""

import pytest

from policydiff.lexicon.quantities import find_quantities
from policydiff.model import Effect, Genre, SignalType
from policydiff.substance.effects import judge_effect
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

TABLE = r"""
# the base of a bound stands between the bound and its figure
利率不得高于报价利率加五十个基点。|利率不得高于报价利率加八十个基点。|loosened|a higher ceiling leaves more
票价不得超过政府指导价上浮百分之二十。|票价不得超过政府指导价上浮百分之十。|tightened|a lower ceiling leaves less
贷款利率不得超过报价利率加150个基点。|贷款利率不得超过报价利率加100个基点。|tightened|an interest rate is charged, though a loan is given
收费标准不得高于政府指导价上浮10%。|收费标准不得高于政府指导价上浮20%。|loosened|a charge
租金不得高于评估租金高出5%。|租金不得高于评估租金高出10%。|loosened|another verb before the figure
工资不低于最低工资标准上浮10%。|工资不低于最低工资标准上浮20%。|tightened|a floor above a base
工作日电价上浮10%。|工作日电价上浮20%。|tightened|without a bound the higher figure asks for more
奖励不得超过上年度上浮10%。|奖励不得超过上年度上浮20%。|tightened|the ceiling of a grant: more is given
对贷款按不超过本金的5%给予贴息。|对贷款按不超过本金的3%给予贴息。|loosened|a subsidy of a loan is given, no interest charged
# constancy asks for more than any cycle
监测数据应当实时上传。|监测数据应当每日上传。|loosened|once a day is less than always
监测数据应当每月上传。|监测数据应当实时上传。|tightened|the reverse
企业应当随时接受检查。|企业应当每季度接受检查。|loosened|at any time
消防控制室应当全天候值守。|消防控制室应当每日值守。|loosened|around the clock
台账应当每旬更新。|台账应当即时更新。|tightened|every ten days
设备应当不间断运行。|设备应当每周运行。|loosened|without a break
数据应当实时更新，每月通报一次。|数据应当实时更新，每季度通报一次。|loosened|a cycle for a cycle, beside a word of constancy that stays
# a list within an exception: what is excepted is freed
除涉及国家秘密外，应当公开。|除涉及国家秘密和工作秘密外，应当公开。|loosened|one more is freed
除涉及国家秘密、工作秘密外，应当公开。|除涉及国家秘密外，应当公开。|tightened|one less
除国家重点工程外，夜间不得施工。|除国家重点工程和民生工程外，夜间不得施工。|loosened|before a ban
除紧急情况外，应当事先通知。|除紧急情况和特殊情况外，应当事先通知。|loosened|a second circumstance
# a size from which a rule binds, or up to which it spares
从业人员达到10人以上的，应当设立党组织。|从业人员达到3人以上的，应当设立党组织。|tightened|a lower floor binds more
投资额五千万元以上的项目，应当进行评估。|投资额三千万元以上的项目，应当进行评估。|tightened|the case ends on what is bound
违法所得五万元以上的，没收违法所得，并处十万元罚款。|违法所得三万元以上的，没收违法所得，并处十万元罚款。|tightened|more are punished
营业面积不足100平方米的，免予办理许可。|营业面积不足50平方米的，免予办理许可。|tightened|fewer are spared
违法所得不足五万元的，不予处罚。|违法所得不足三万元的，不予处罚。|tightened|予 is read away in normal form
采购金额不超过五十万元的，可以不招标。|采购金额不超过一百万元的，可以不招标。|loosened|a step is spared for more
连续三年以上无违法记录的，免予检查。|连续五年以上无违法记录的，免予检查。|tightened|a floor of those spared
连续缴纳社保满三年的，可以申请。|连续缴纳社保满五年的，可以申请。|tightened|a floor of those who may apply
注册资本低于500万元的，不予批准。|注册资本低于1000万元的，不予批准。|tightened|a ceiling of those refused
距离学校不足200米的，不予许可。|距离学校不足100米的，不予许可。|loosened|a refusal is no relief
首次违法且危害后果轻微并及时改正的，可以不予处罚。|首次违法且及时改正的，可以不予处罚。|loosened|one condition of the relief less
情节轻微的，不予处罚。|情节轻微并及时改正的，不予处罚。|tightened|one more
# a noun states a ceiling
化学需氧量排放限值为50毫克/升。|化学需氧量排放限值为40毫克/升。|tightened|a lower limit of emissions
车辆限速每小时60公里。|车辆限速每小时80公里。|loosened|a higher limit of speed
容积率不得高于2.0。|容积率不得高于2.5。|loosened|a figure without a unit
补助上限为5000元。|补助上限为8000元。|tightened|the ceiling of a grant
电价下限为0.5元。|电价下限为0.6元。|tightened|a floor
新增限额以上企业100家。|新增限额以上企业200家。|tightened|限额以上 tells the size of those counted
设置限高架10处。|设置限高架20处。|tightened|a barrier, no ceiling
# a floor asks for the longer time, also where a ceiling stood
聘用期限最长不超过三年。|聘用期限最短不少于三年。|tightened|a ceiling became a floor
档案保存不超过十年。|档案保存不少于十年。|tightened|the same of what is kept
# an approximate value binds less than the value
群众满意度达到90%以上。|群众满意度达到90%左右。|loosened|a floor that may be missed
新增就业岗位约5万个。|新增就业岗位5万个。|tightened|about
研发投入强度接近3%。|研发投入强度达到3%。|tightened|near
投资大约10亿元建设。|投资10亿元建设。|tightened|another word
培训1000人左右。|培训1200人左右。|tightened|two approximate values
节约5万吨用水。|节约6万吨用水。|tightened|节约 is no 约
应当公开国家秘密目录。|应当公开国家秘密和工作秘密目录。|tightened|no exception: one more thing to publish
"""


def rows() -> list[tuple[str, str, str, str]]:
    lines = (line for line in TABLE.strip().splitlines() if not line.startswith("#"))
    return [(old, new, effect, reason) for old, new, effect, reason in (line.split("|") for line in lines)]


@pytest.mark.parametrize(("superior", "local", "effect", "reason"), rows())
def test_whether_more_or_less_is_asked(superior: str, local: str, effect: str, reason: str) -> None:
    judged = judge_effect(superior, local)
    assert judged.effect is Effect(effect), reason
    assert any(signal.weight >= OF_SUBSTANCE for signal in judged.signals), reason


@pytest.mark.parametrize(("superior", "local", "effect", "reason"), rows())
def test_the_reverse_is_the_contrary(superior: str, local: str, effect: str, reason: str) -> None:
    contrary = {Effect.LOOSENED: Effect.TIGHTENED, Effect.TIGHTENED: Effect.LOOSENED}
    assert judge_effect(local, superior).effect is contrary[Effect(effect)], reason


def test_a_word_of_constancy_is_told_once() -> None:
    found = signals_between("监测数据应当实时上传。", "监测数据应当每日上传。", genre=Genre.STATUTE)
    assert [(each.type, each.old, each.new) for each in found] == [(SignalType.FREQUENCY, "实时", "每日")]


def test_ten_days_are_one_third_of_a_month_in_both_writings() -> None:
    (one,), (other,) = find_quantities("信息每旬报送。"), find_quantities("信息每十日报送。")
    assert one.low == other.low


def test_two_words_for_an_approximate_value_are_one() -> None:
    assert not signals_between("新增岗位约5万个。", "新增岗位5万个左右。", genre=Genre.POLICY)
