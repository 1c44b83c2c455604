"""Where the name of a body begins: behind the verb that leads up to it, and with the levels that share it."""

import pytest

from policydiff.comparison.body_pairs import _listed
from policydiff.substance.offices import find_bodies

_NAMES = (
    # A verb before a name is no part of it.
    ("成立全区社区治理工作领导小组。", ["全区社区治理工作领导小组"]),
    ("组建城市更新专家委员会。", ["城市更新专家委员会"]),
    ("发挥区绿化委员会的作用。", ["区绿化委员会"]),
    ("用电数据纳入市经济信息化部门的平台。", ["市经济信息化部门"]),
    ("工程设计方案未经文物行政部门批准的，", ["文物行政部门"]),
    ("镇级可设在乡村公路管理机构。", ["乡村公路管理机构"]),
    ("委托区房屋征收部门办理。", ["区房屋征收部门"]),
    ("应当征求市或者区绿化市容部门意见。", ["市或者区绿化市容部门"]),
    # A verb that belongs to the name stays.
    ("设立优化营商环境咨询委员会。", ["优化营商环境咨询委员会"]),
    ("由区促进生命健康产业发展工作领导小组统筹。", ["区促进生命健康产业发展工作领导小组"]),
    # A day before a name is none of it.
    ("1998年11月4日全国人民代表大会常务委员会通过", ["全国人民代表大会常务委员会"]),
    # Bodies of one name everywhere.
    ("厘清街道办事处的职责。", ["街道办事处"]),
    ("参照居民委员会的规定执行。", ["居民委员会"]),
    ("改设社区居民委员会的，", ["社区居民委员会"]),
    ("房屋所属小区业主委员会", ["小区业主委员会"]),
    ("全区党政机关带头。", ["全区党政机关"]),
    # An office for the affairs of others; a number of times before 机关.
    ("区机关事务管理局牵头。", ["区机关事务管理局"]),
    ("由机关事务管理部门统一调配。", ["机关事务管理部门"]),
    ("市机关事务服务中心负责。", []),
    ("每年梳理一次机关的办公用房。", []),
    ("覆盖所有机关和学校。", []),
    # Levels that share one office; a 区 or 镇 that is none.
    ("由省、自治区、直辖市人民政府司法行政部门制定。", ["省、自治区、直辖市人民政府司法行政部门"]),
    ("设区的市或者县级人民政府司法行政部门", ["市或者县级人民政府司法行政部门"]),
    ("区、镇农村公路管理机构负责。", ["区、镇农村公路管理机构"]),
    ("历史风貌区和优秀历史建筑保护委员会", ["优秀历史建筑保护委员会"]),
    ("召开乡镇、社区党建联席会议。", ["社区党建联席会议"]),
    ("由市、县（市、区）人民政府城乡规划主管部门责令改正。", ["市、县（市、区）人民政府城乡规划主管部门"]),
    ("由城市、县人民政府城乡规划主管部门责令改正。", ["城市、县人民政府城乡规划主管部门"]),
    ("报所在地区发展改革委备案。", ["区发展改革委"]),
    ("由区发展改革委会同财政部门解释。", ["区发展改革委", "财政部门"]),
    # Two committees in one name.
    ("村（居）民委员会应当协助。", ["村（居）民委员会"]),
    ("由社区居（村）民委员会公示。", ["社区居（村）民委员会"]),
    ("村民（居民）委员会应当配合。", ["村民（居民）委员会"]),
    ("村（居）民代表推选的专家委员会", ["专家委员会"]),
    # 处罚 is no 处.
    ("依法给予治安管理处罚。", []),
    ("由区公路管理处办理。", ["区公路管理处"]),
)


@pytest.mark.parametrize(("text", "names"), _NAMES)
def test_a_name_begins_behind_its_verb_and_with_its_levels(text: str, names: list[str]) -> None:
    assert [body.name for body in find_bodies(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("区绿化市容部门会同发展改革、财政等部门实施。", ["发展改革部门", "财政部门"]),
        ("教育、民政、科技经济等部门按照职责落实。", ["教育部门", "民政部门", "科技经济部门"]),
        ("住房城乡建设、市容环境卫生、交通运输等有关部门", ["住房城乡建设部门", "市容环境卫生部门", "交通运输部门"]),
        ("任何人都有权劝阻、制止或者向有关部门举报。", []),
        ("载明预警级别、转化期限等部门要求的事项。", []),
        ("单独成立家属委员会的，由所在单位、街道办事处应当协助、有关部门", []),
    ],
)  # fmt: skip
def test_a_list_names_departments_where_half_of_it_is_known(text: str, names: list[str]) -> None:
    assert _listed(text) == names
