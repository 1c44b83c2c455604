"""Words that provinces, cities and districts change in a provision that they only localise, kind by kind, and what stands near each kind and is a change."""

import pytest

from policydiff.model import SignalType
from policydiff.substance.effects import judge_effect
from policydiff.substance.weighing import OF_SUBSTANCE

_UNCHANGED = [
    # a department by its field, with the government in front of it or without
    (
        "城市人民政府供水行政主管部门负责本行政区域的供水管理工作。",
        "市、县（市、区）供水行政主管部门负责本行政区域的供水管理工作。",
    ),
    (
        "县级以上地方人民政府文物行政部门对本行政区域内的文物保护实施监督管理。",
        "县级以上文物行政部门对本行政区域内的文物保护实施监督管理。",
    ),
    ("城市人民政府燃气主管部门应当公布抢修电话。", "市燃气主管部门应当公布抢修电话。"),
    # the government whose other departments are meant
    (
        "县级以上人民政府其他有关部门在各自职责范围内对节约用水实施监督管理。",
        "其他有关部门在各自职责范围内做好节约用水的监督管理工作。",
    ),
    ("设区的市人民政府有关部门应当公开检查结果。", "有关部门应当公开检查结果。"),
    (
        "县级以上地方人民政府其他有关部门按照职责分工负责湿地保护工作。",
        "市其他有关部门按照职责分工负责湿地保护工作。",
    ),
    # words for all kinds of a thing
    ("村民委员会应当建立健全各种工作制度。", "村民委员会应当建立健全各项工作制度。"),
    ("学校应当落实各项安全措施。", "学校应当落实各类安全措施。"),
    ("经营者应当如实记录各类检验数据。", "经营者应当如实记录各项检验数据。"),
    # levels that a place does not have, or has by name
    (
        "决定违反前款规定的，由乡、民族乡、镇的人民政府责令改正。",
        "决定违反前款规定的，由乡、镇人民政府责令改正。",
    ),
    ("乡、民族乡、镇人民政府应当做好防汛工作。", "乡、镇人民政府应当做好防汛工作。"),
    ("排放污水不得超过国家或者地方规定的排放标准。", "排放污水不得超过国家、省和市规定的排放标准。"),
    # what is hoped for, at the end of a sentence
    (
        "县级以上人民政府应当将防火经费纳入本级财政预算。",
        "市、县（市、区）人民政府应当将防火经费纳入本级财政预算，保障防火工作需要。",
    ),
    ("学校应当开设心理课程。", "学校应当开设心理课程，满足学生成长需要。"),
    ("县级人民政府应当完善公交线路，适应居民出行需求。", "区人民政府应当完善公交线路。"),
    # who carries out the text itself
    (
        "国务院交通运输主管部门主管全国道路运输管理工作。",
        "市交通行政管理部门主管本市道路运输管理工作，负责组织实施本条例。",
    ),
    ("省民政部门主管本省养老服务工作。", "市民政部门主管本市养老服务工作，负责本办法的组织实施。"),
    ("县级以上水行政主管部门负责水资源管理工作。", "区水务局负责水资源管理工作，并组织实施本办法。"),
    # a verb that only carries the noun behind it
    (
        "对在普法工作中作出突出贡献的组织和个人，有关的人民政府、司法行政部门应当给予表彰、奖励。",
        "县级以上人民政府应当表彰奖励在普法工作中作出突出贡献的组织和个人。",
    ),
    (
        "对在禁毒工作中成绩显著的单位，人民政府应当给予表彰奖励。",
        "市人民政府应当表彰奖励在禁毒工作中成绩显著的单位。",
    ),
]
_CHANGED = [
    (
        "县级以上人民政府有关部门在各自的职责范围内做好妇女权益的保障工作。",
        "县级以下人民政府有关部门在各自的职责范围内做好妇女权益的保障工作。",
    ),
    ("市人民政府教育行政主管部门负责供水管理工作。", "市水务部门负责供水管理工作。"),
    ("县级以上人民政府及其有关部门应当公开检查结果。", "有关部门应当公开检查结果，不再受理申诉。"),
    ("经县级人民政府批准，可以临时占用绿地。", "经有关部门批准，可以临时占用绿地。"),
    ("报县级以上人民政府有关部门批准。", "报上级有关企业批准。"),
    ("学校应当落实各项安全措施。", "学校应当落实一项安全措施。"),
    ("学校应当落实各项安全措施。", "学校应当落实主要安全措施。"),
    ("决定违反规定的，由乡、民族乡、镇的人民政府责令改正。", "决定违反规定的，由民族乡的人民政府责令改正。"),
    ("在民族乡从教的教师，按照国家有关规定享受岗位津贴和休假。", "教师按照国家有关规定享受岗位津贴和休假。"),
    ("排放污水不得超过国家或者地方规定的排放标准。", "排放污水不得超过国家规定的排放标准。"),
    (
        "县级以上人民政府应当将防火经费纳入本级财政预算。",
        "县级以上人民政府应当将防火经费纳入本级财政预算，并每年增加一百万元。",
    ),
    ("供水企业应当公布服务电话。", "供水企业应当公布服务电话，保障居民用水。"),
    ("供水企业应当公布服务电话。", "供水企业应当公布服务电话，满足国家规定的水质标准。"),
    ("提供公租房和租赁补贴，保障农民工的基本住房需求。", "提供公租房和租赁补贴。"),
    ("市民政部门主管养老服务工作。", "市民政部门主管养老服务工作，负责组织实施专项检查。"),
    ("市民政部门主管养老服务工作。", "市民政部门主管养老服务工作，负责组织实施处罚。"),
    ("有关部门应当奖励提供重要线索的人员。", "有关部门可以奖励提供重要线索的人员。"),
    ("对提供重要线索的人员，有关部门应当给予奖励。", "有关部门应当表扬提供重要线索的人员。"),
]


def _told(superior: str, local: str) -> list[str]:
    return [
        f"{each.type.value} {each.old} → {each.new}"
        for each in judge_effect(superior, local).signals
        if each.weight >= OF_SUBSTANCE and each.type is not SignalType.REFERENCE
    ]


@pytest.mark.parametrize(("superior", "local"), _UNCHANGED)
def test_what_is_only_localised_has_no_signal_of_substance(superior: str, local: str) -> None:
    assert _told(superior, local) == []


@pytest.mark.parametrize(("superior", "local"), _CHANGED)
def test_what_stands_near_it_is_told(superior: str, local: str) -> None:
    assert _told(superior, local)
