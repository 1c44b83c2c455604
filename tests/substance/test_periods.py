"""A time to act in asks the more the shorter it is; a time that something has to last asks the more the longer it is."""

import pytest

from policydiff.model import Effect
from policydiff.substance import effect
from policydiff.substance.local_signals import local_signals


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
    ],
)  # fmt: skip
def test_which_way_a_time_goes(superior: str, local: str, way: str, why: str) -> None:
    assert effect(superior, local) is Effect(way), why


def test_what_has_to_be_there_first_is_no_permission() -> None:
    old = "从事某某经营的单位应当自开业之日起十五日内向县级应急管理部门备案。"
    new = "从事某某经营的单位应当取得县级应急管理部门颁发的经营许可证，方可开业。"
    kinds = {signal.type.value: signal.direction.value for signal in local_signals(old, new)}
    assert "permission" not in kinds
    assert kinds["condition"] == "stricter"
