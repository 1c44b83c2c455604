"""What a district fills in (offices, ways, names, results) leaves a provision as it is; what stands near each of these does not."""

import pytest

from policydiff.substance.effects import judge_effect
from policydiff.substance.local_signals import local_signals
from policydiff.substance.weighing import OF_SUBSTANCE

_ROWS = [
    # a further consent, or one less, is never a matter of names
    ("开挖道路应当经市政部门批准。", "开挖道路应当经区市政部门和公安交警部门批准。", "tightened"),
    ("迁移古树应当经林业部门和文物部门批准。", "迁移古树应当经区林业部门批准。", "loosened"),
    ("举办集会应当经公安机关和文化主管部门同意。", "举办集会应当经公安分局或者区文化主管部门同意。", "loosened"),
    ("设置站点应当经交通部门同意。", "设置站点应当经区交通局同意。", "localised"),
    ("设置站点应当经有关部门同意。", "设置站点应当经区交通局、区规划资源局同意。", "localised"),
    # the same penalty by another office
    ("乱倒渣土的，由县级人民政府确定的部门责令改正。", "乱倒渣土的，由城市管理部门责令改正。", "localised"),
    ("乱倒渣土的，由区人民政府指定的部门处一千元罚款。", "乱倒渣土的，由区城管局处二千元罚款。", "tightened"),
    # offices listed for those left open
    ("政府有关部门应当优化开办流程。", "市场监管、税务、公安等部门应当优化开办流程。", "localised"),
    ("有关部门可以延长受理期限。", "市场监管、税务等部门应当延长受理期限。", "tightened"),
    # the way to reach an office
    ("群众可以通过政务服务平台预约。", "群众可以通过“浙里办”预约。", "localised"),
    ("申请人可以通过网上平台或者服务窗口预约。", "申请人可以通过“浙里办”预约。", None),
    # a body by its name
    ("鼓励商会制定自律公约。", "鼓励区茶叶商会制定自律公约。", "localised"),
    ("各地要明确责任部门，落实专人。", "明确县水务局为责任部门，落实专人。", "localised"),
    # anybody before a ban that names nobody
    ("专项资金单独核算，不得截留。", "专项资金单独核算，任何单位和个人不得截留。", "same"),
    # the basis in other words, and with the office it binds
    ("按照海绵城市建设要求，统筹建设管网。", "按照海绵城市理念，统筹建设管网。", "same"),
    ("对先进集体给予表彰。", "区人民政府按照有关规定，对先进集体给予表彰。", "localised"),
    # a result that is hoped for
    ("定期开展消防演练，提高居民自救能力。", "定期开展消防演练。", "same"),
    ("定期开展消防演练，消除火灾隐患。", "定期开展消防演练。", "loosened"),
    # an act of localities that the local text has done
    ("各地可以结合实际制定实施细则。", "区教育局会同区财政局制定本细则。", "localised"),
    # how long a benefit lasts, beside what it is worth
    ("租金减免百分之五十，期限不超过一年。", "租金减免百分之三十，期限不超过两年。", "different"),
    ("给予贷款贴息，期限不超过三年。", "给予贷款贴息，期限不超过两年。", "loosened"),
    ("受理机构作出答复的期限不超过三十日。", "受理机构作出答复的期限不超过二十日。", "tightened"),
    # a milder consequence in a graver one's place
    ("检查不合格的，终止合作协议。", "检查不合格的，限期整改。", "loosened"),
    ("拒不缴费的，处二百元罚款。", "拒不缴费的，予以批评教育。", "loosened"),
    ("检查不合格的，限期整改。", "检查不合格的，限期整改，并处五千元罚款。", "tightened"),
    # a comma between who is bound and what binds, before a word for another
    ("新建项目，应当制定节水方案。", "新建项目应当编制节水方案。", "same"),
    # a value said again in another half-sentence, and the same value per something else
    ("对认定的基地给予30万元补助。", "对经区农委认定的基地，区财政给予30万元补助。", "localised"),
    ("对果园每亩补助300元。", "对果园每户补助300元。", "different"),
]  # fmt: skip


@pytest.mark.parametrize(("superior", "local", "effect"), _ROWS)
def test_effect(superior: str, local: str, effect: str | None) -> None:
    said = judge_effect(superior, local)
    if effect is None:
        assert said.effect.value not in ("same", "localised")
    else:
        assert said.effect.value == effect, said


@pytest.mark.parametrize(
    ("superior", "local"),
    [(superior, local) for superior, local, effect in _ROWS if effect in ("same", "localised")],
)
def test_nothing_of_it_weighs(superior: str, local: str) -> None:
    assert not [each for each in local_signals(superior, local) if each.weight >= OF_SUBSTANCE]


@pytest.mark.parametrize(
    ("superior", "local", "effect"),
    [
        ("由区人民政府指定的机构承担检测。", "由申请人委托的机构承担检测。", "different"),
        ("加强培训，提高补贴水平。", "加强培训。", "loosened"),
        ("补贴申请的审核期限不超过三十日。", "补贴申请的审核期限不超过二十日。", "tightened"),
        ("给予租房补贴，补贴期限不超过三年。", "给予租房补贴，补贴期限不超过两年。", "loosened"),
        ("可以通过书面方式申请。", "可以通过“苏服办”申请。", "different"),
        ("改建应当经规划部门和消防部门同意。", "改建应当经区规划资源局同意。", "loosened"),
    ],
)
def test_what_looks_like_a_name_or_a_result_and_is_none(superior: str, local: str, effect: str) -> None:
    assert judge_effect(superior, local).effect.value == effect
