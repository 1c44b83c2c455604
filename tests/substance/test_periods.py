"""A time to act in asks the more the shorter it is; a time that something has to last asks the more the longer it is."""

import pytest

from policydiff.model import Effect, Genre
from policydiff.substance.effects import judge_effect
from policydiff.substance.local_signals import local_signals
from policydiff.substance.signalling import signals_between


@pytest.mark.parametrize(
    ("superior", "local", "way", "why"),
    [
        ("应当在三十日内备案。", "应当在二十日内备案。", "tightened", "a time to act in"),
        ("应当在三十日内备案。", "应当在六十日内备案。", "loosened", "a time to act in"),
        ("自公告之日起三十日内提出异议。", "自公告之日起十五日内提出异议。", "tightened", "the notice only starts the time"),
        ("应当在公示后三十日内办理。", "应当在公示后二十日内办理。", "tightened", "the notice is over"),
        ("试用期不得超过六个月。", "试用期不得超过三个月。", "tightened", "a ceiling"),
        ("演练记录保存不少于三年。", "演练记录保存不少于二年。", "loosened", "a floor"),
        ("记录应当保存三年。", "记录应当保存五年。", "tightened", "records are kept, without a bound"),
        ("公示期不少于七日。", "公示期不少于五日。", "loosened", "a floor of a notice"),
        ("应当公告三十日。", "应当公告十五日。", "loosened", "a notice is posted"),
        ("处三年以下有期徒刑。", "处五年以下有期徒刑。", "tightened", "a punishment, by its ceiling"),
        ("五年内不得从业。", "三年内不得从业。", "loosened", "a ban"),
        ("责令停业整顿三个月。", "责令停业整顿六个月。", "tightened", "a closure"),
        ("产假不少于98天。", "产假不少于158天。", "tightened", "a leave"),
        ("本办法有效期五年。", "本办法有效期三年。", "different", "how long a text holds asks neither for more nor for less"),
        ("连续缴纳社保满三年的可以申请。", "连续缴纳社保满五年的可以申请。", "tightened", "what an applicant must have lasted"),
        ("发生事故的，应当立即报告。", "发生事故的，应当在二十四小时内报告。", "loosened", "at once, and a term"),
        ("发生事故的，应当在二小时内报告。", "发生事故的，应当立即报告。", "tightened", "the reverse"),
        ("符合条件的，应当当场办理登记。", "符合条件的，应当在五个工作日内办理登记。", "loosened", "on the spot, and a term"),
        ("检查记录应当当日归档。", "检查记录应当在三日内归档。", "loosened", "within the day, and a term"),
        ("停业的，应当提前三十日公告。", "停业的，应当在六十日前公告。", "tightened", "a notice ahead, in two writings"),
        ("停业的，应当在三十日前公告。", "停业的，应当在十五日前公告。", "loosened", "a notice ahead"),
        ("每月10日前报送。", "每月15日前报送。", "loosened", "a day of the month: the later gives more time"),
        ("发生事故的，应当及时报告。", "发生事故的，应当在二十四小时内报告。", "tightened", "without a term, and a term"),
    ],
)  # fmt: skip
def test_which_way_a_time_goes(superior: str, local: str, way: str, why: str) -> None:
    assert judge_effect(superior, local).effect is Effect(way), why


def test_what_has_to_be_there_first_is_no_permission() -> None:
    old = "从事某某经营的单位应当自开业之日起十五日内向县级应急管理部门备案。"
    new = "从事某某经营的单位应当取得县级应急管理部门颁发的经营许可证，方可开业。"
    kinds = {signal.type.value: signal.direction.value for signal in local_signals(old, new)}
    assert "permission" not in kinds
    assert kinds["condition"] == "stricter"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("应当立即报告。", "应当在二十四小时内报告。", ("period", "higher", "立即", "二十四小时")),
        ("应当在二十四小时内报告。", "应当立即报告。", ("period", "lower", "二十四小时", "立即")),
        ("应当即时办结。", "应当在一个工作日内办结。", ("period", "higher", "即时", "一个工作日内")),
        ("应当第一时间报告。", "应当在二小时内报告。", ("period", "higher", "第一时间", "二小时")),
        ("发现的，当即制止。", "发现的，在三日内制止。", ("period", "higher", "当即", "三日")),
        ("材料齐全的，当场作出决定。", "材料齐全的，五个工作日内作出决定。", ("period", "higher", "当场", "五个工作日内")),
        ("应当当日归档。", "应当在三日内归档。", ("period", "higher", "当日", "三日")),
        ("应当当日报告。", "应当在二十四小时内报告。", ("period", "changed", None, "二十四小时")),
        ("应当提前三十日通知。", "应当提前六十日通知。", ("period", "higher", "三十日", "六十日")),
        ("应当在三十日前通知。", "应当提前十五日通知。", ("period", "lower", "三十日", "十五日")),
        ("每月10日前报送。", "每月5日前报送。", ("period", "lower", "10日前", "5日前")),
        ("应当立即停工，并公示。", "应当立即停工，并公示七日。", ("period", "changed", None, "七日")),
        ("应当立即停止施工。", "应当及时停止施工。", ("scope", "looser", "立即", "及时")),
        ("应当及时停止施工。", "应当立即停止施工。", ("scope", "stricter", "及时", "立即")),
    ],
)  # fmt: skip
def test_at_once_is_shorter_than_any_term(old: str, new: str, told: tuple[str | None, ...]) -> None:
    found = [
        (each.type.value, each.direction.value, each.old, each.new)
        for each in signals_between(old, new, genre=Genre.STATUTE)
    ]
    assert told in found
