"""Provisions as a district puts them: a bound in another form, a figure in a name, who is told, who helps, who is bound; and what stands near each."""

import pytest

from policydiff.substance.effects import judge_effect
from policydiff.substance.local_signals import local_signals
from policydiff.substance.weighing import OF_SUBSTANCE

_ROWS = [
    # the same bound in another form, its number in digits
    ("每名网格员负责的户数不得超过三百户。", "每名网格员负责的户数应当控制在300户以内。", "same"),
    ("每名网格员负责的户数不得超过三百户。", "每名网格员负责的户数应当控制在350户以内。", "loosened"),
    ("每人最高资助金额不超过两万元。", "每人资助金额最高2万元。", "same"),
    ("每人最高资助金额不超过两万元。", "每人资助金额最高3万元。", "tightened"),
    ("教练每年接受不少于20课时的安全培训。", "教练每年接受安全培训的时间不得少于20课时。", "same"),
    ("教练每年接受不少于20课时的安全培训。", "教练每年接受安全培训的时间不得少于16课时。", "loosened"),
    # a term that repeats its act
    ("台账应当如实保存，保存期限不少于五年。", "台账应当如实保存不少于5年。", "same"),
    ("初选名单应当公示，公示时间不少于十日。", "初选名单应当公示不少于10日。", "same"),
    ("台账应当如实保存，保存期限不少于五年。", "台账应当如实保存不少于3年。", "loosened"),
    ("台账应当如实保存，保存期限不少于五年。", "台账应当如实保存。", "loosened"),
    # two words of encouragement, of which either is enough
    ("鼓励高校开放体育场馆。", "支持、鼓励高校开放体育场馆。", "same"),
    ("鼓励和支持高校开放体育场馆。", "支持高校开放体育场馆。", "same"),
    ("鼓励高校开放体育场馆。", "鼓励并资助高校开放体育场馆。", "tightened"),
    ("鼓励高校开放体育场馆。", "高校应当开放体育场馆。", "tightened"),
    # measures that only have an adjective more
    ("采取有效措施，切实防止返贫。", "采取措施切实防止返贫。", "same"),
    ("采取强制措施，制止违法建设。", "采取措施，制止违法建设。", "loosened"),
    ("根据实际需要，设立临时安置点。", "根据需要设立临时安置点。", "same"),
    ("应当设立临时安置点。", "应当根据需要设立临时安置点。", "loosened"),
    # a document number with a blank in it
    ("原实施方案（沪府办〔2007〕50号）同时废止。", "原实施方案（金府办〔2010〕25 号）同时废止。", "localised"),
    # a figure that belongs to the name of an example
    ("做强特色产业，打造农业品牌。", "做强8424西瓜、水蜜桃等特色产业，打造农业品牌。", "localised"),
    ("支持冷链设施建设。", "支持20吨以上冷库、烘干机等冷链设施建设。", "tightened"),
    # towns by name for places that are left open
    ("鼓励各地试行轮作制度。", "在金泽镇、练塘镇试行轮作制度。", "localised"),
    # who is told of it, where nobody was named
    ("各单位应当于每月底报送进展情况。", "各单位应当于每月底向区推进办报送进展情况。", "localised"),
    ("企业应当于每月底报送进展情况。", "企业应当于每月底向检测机构报送进展情况。", "loosened"),
    # the platform by its name
    ("居民可以通过政务服务平台查询进度。", "居民可以通过“随申办”查询进度。", "localised"),
    ("居民可以通过服务窗口查询进度。", "居民可以通过“随申办”查询进度。", "different"),
    # who consents, with two words before the office
    ("对认定的中心给予10万元奖励。", "对经区科委认定的中心，区财政给予10万元奖励。", "localised"),
    # a verb before or behind its object
    ("县级人民政府对本行政区域内防汛抗旱工作负责。", "区人民政府负责本辖区内防汛抗旱工作。", "localised"),
    # a helper in a doer's place
    ("村民委员会做好防火宣传工作。", "村民委员会协助做好防火宣传工作。", "loosened"),
    ("乡镇人民政府开展隐患排查。", "乡镇人民政府配合开展隐患排查。", "loosened"),
    ("有关部门帮助困难家庭申请救助。", "区民政局协助困难家庭申请救助。", "localised"),
    ("鼓励企业参加标准制定。", "鼓励企业参与标准制定。", "same"),
    # anybody in somebody's place before a ban
    ("国家机关及其工作人员不得包庇违法行为。", "任何单位和个人不得包庇违法行为。", "tightened"),
    ("任何单位和个人不得占用消防通道。", "物业服务企业不得占用消防通道。", "loosened"),
    ("任何组织或者个人不得占用消防通道。", "任何单位和个人不得占用消防通道。", "same"),
    ("经营者不得强制交易。", "任何经营者不得强制交易。", "same"),
    ("不得占用消防通道。", "任何单位和个人不得占用消防通道。", "same"),
    # a further way to do what is asked, in a half-sentence of its own
    ("矿山企业的开采回采率应当达到设计要求。", "矿山企业的开采回采率应当达到设计要求，或者符合主管部门核定的标准。", "loosened"),
    ("排放污水应当达到国家标准，或者接入城市管网。", "排放污水应当达到国家标准。", "tightened"),
    ("不得露天焚烧秸秆，或者在河道倾倒垃圾。", "不得露天焚烧秸秆。", "loosened"),
    ("企业应当建立台账，并且公开信息。", "企业应当建立台账。", "loosened"),
    # out of an account is not into one
    ("保证金应当从其基本账户转出。", "保证金应当从其基本账户转入指定账户。", "different"),
]  # fmt: skip


@pytest.mark.parametrize(("superior", "local", "effect"), _ROWS)
def test_effect(superior: str, local: str, effect: str) -> None:
    said = judge_effect(superior, local)
    assert said.effect.value == effect, said
    told = any(each.weight >= OF_SUBSTANCE and each.type.value != "reference" for each in said.signals)
    assert told is (effect not in ("same", "localised")), said.signals


def test_the_words_of_a_signal_are_those_of_the_printed_passage() -> None:
    """An office that the superior leaves open is longer or shorter than its name: the words behind it stand where they are printed."""
    superior = "各有关单位要按照分工，制定措施，并于每季度末报送进展。"
    local = "各街镇、各有关单位要按照分工，制定十项措施，并于每季度末报送进展。"
    for signal in local_signals(superior, local):
        for words, span, text in (
            (signal.old, signal.old_span, superior),
            (signal.new, signal.new_span, local),
        ):
            assert words is None or (span is not None and words == text[slice(*span)])
    assert any("十项" in (signal.new or "") for signal in local_signals(superior, local))
