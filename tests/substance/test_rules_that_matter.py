"""A sentence for each of some rules, which is told otherwise without it."""

import pytest

from policydiff.model import Genre
from policydiff.substance.effects import judge_effect
from policydiff.substance.signalling import signals_between


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("当事人可以申请行政复议或者提起行政诉讼。", "当事人可以申请行政复议。", "permission stricter"),
        ("应当提交身份证和户口簿。", "应当提交身份证或者户口簿。", "condition looser"),
        ("同时符合下列条件的，可以申请。", "符合下列条件之一的，可以申请。", "condition wider"),
        ("施工前应当公示方案。", "施工后应当公示方案。", "condition changed"),
        (
            "不得收费，法律另有规定的除外；不得摊派。",
            "不得收费；不得摊派，法律另有规定的除外。",
            "exception changed",
        ),
        ("给予警告或者责令改正。", "责令改正，给予警告。", "sanction stricter"),
        ("开业应当取得许可证。", "开业应当办理备案。", "instrument looser"),
        ("逾期未答复的，视为同意。", "逾期未答复的，视为不同意。", "duty changed"),
        ("补助资金先建后补。", "补助资金先补后建。", "duty changed"),
    ],
)
def test_a_revision(old: str, new: str, told: str) -> None:
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert told in [f"{signal.type.value} {signal.direction.value}" for signal in found]


@pytest.mark.parametrize(
    ("superior", "local", "effect"),
    [
        ("支持社会力量参与养老服务。", "支持社会组织、志愿者等社会力量参与养老服务。", "localised"),
        ("加强消防安全检查，定期演练。", "加强消防安全检查，定期演练，做好消防工作。", "same"),
        ("违规停放的，处二百元罚款。", "违规停放的，责令改正；拒不改正的，处二百元罚款。", "loosened"),
    ],
)
def test_a_comparison(superior: str, local: str, effect: str) -> None:
    assert judge_effect(superior, local).effect.value == effect
