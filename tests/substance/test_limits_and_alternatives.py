"""Limits put on an aid, penalties and conditions of which one suffices, a regime in another's place, a degree that was lowered."""

import pytest

from policydiff.model import Effect
from policydiff.substance.effects import judge_effect

_CHANGED = [
    ("给予创业者场地租金补贴。", "给予创业者场地租金补贴，期限两年。", Effect.LOOSENED),
    ("困难家庭可以申请临时救助。", "困难家庭可以申请临时救助，每户每年限一次。", Effect.LOOSENED),
    ("对新购新能源车给予补贴。", "对新购新能源车给予补贴，总额控制、用完即止。", Effect.LOOSENED),
    ("对创业者给予补贴。", "对创业者给予补贴，经营期限不少于三年。", Effect.TIGHTENED),
    ("企业应当公示。", "企业应当公示，期限一个月。", Effect.TIGHTENED),
    ("取得卫生许可和消防许可后方可营业。", "取得卫生许可或者消防许可后方可营业。", Effect.LOOSENED),
    ("对逾期不改的给予警告、罚款。", "对逾期不改的给予警告或者罚款。", Effect.LOOSENED),
    ("公办幼儿园收费实行政府指导价。", "公办幼儿园收费实行市场调节价。", Effect.DIFFERENT),
    ("所需经费从就业补助资金中列支。", "所需经费从失业保险基金中列支。", Effect.DIFFERENT),
    ("实现农村生活污水治理全覆盖。", "实现农村生活污水治理基本覆盖。", Effect.DIFFERENT),
    ("受到警告、罚款的企业不得申报。", "受到警告或者罚款的企业不得申报。", Effect.SAME),
    ("不得给予警告、罚款。", "不得给予警告或者罚款。", Effect.SAME),
]


@pytest.mark.parametrize(("superior", "local", "effect"), _CHANGED)
def test_the_effect(superior: str, local: str, effect: Effect) -> None:
    assert judge_effect(superior, local).effect is effect
