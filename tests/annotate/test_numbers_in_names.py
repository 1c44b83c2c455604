"""A distance or a time inside the name of a share is part of the name, and no target of its own."""

import pytest

from policydiff.annotate import annotate
from policydiff.parsing import parse_text


@pytest.mark.parametrize(
    ("goal", "targets"),
    [
        ("公园绿地500米服务半径覆盖率达到95%", [("公园绿地500米服务半径覆盖率", "95%")]),
        ("15分钟社区生活圈覆盖率达到85%", [("15分钟社区生活圈覆盖率", "85%")]),
        ("主城区步行5分钟可达公园的比例达到90%", [("主城区步行5分钟可达公园的比例", "90%")]),
        ("轨道交通站点600米范围内就业岗位占比达到40%", [("轨道交通站点600米范围内就业岗位占比", "40%")]),
        ("10分钟医疗急救圈覆盖率提升到100%", [("10分钟医疗急救圈覆盖率", "100%")]),
        ("24小时自助服务点覆盖率不低于80%", [("24小时自助服务点覆盖率", "80%")]),
        # What is reached stands for itself.
        ("绿道长度达到200公里，绿化覆盖率达到40%", [("绿道长度", "200公里"), ("绿化覆盖率", "40%")]),
        ("平均通勤时间为30分钟", [("平均通勤时间", "30分钟")]),
        ("新增绿道200公里", [("新增绿道", "200公里")]),
        # 建成区 is a place, 建成 a verb.
        ("建成区绿化覆盖率达到42%", [("建成区绿化覆盖率", "42%")]),
        ("建成区级体育馆3座", [("区级体育馆", "3座")]),
        ("建成区域性创新平台5个", [("区域性创新平台", "5个")]),
    ],
)
def test_what_a_number_is_part_of(goal: str, targets: list[tuple[str, str]]) -> None:
    text = f"某市规划\n一、目标\n到2025年，{goal}。\n二、保障\n加强组织领导。\n"
    found = annotate(parse_text(text), text).targets
    assert [(each.metric, f"{each.value}{each.unit}") for each in found] == targets


@pytest.mark.parametrize(
    ("goal", "metric"),
    [
        # What stands before a mean is part of it; 均 alone says that each reaches the value.
        ("湿垃圾分类量日均高于5520吨", "湿垃圾分类量日均"),
        ("人均公园绿地面积达到9平方米", "人均公园绿地面积"),
        ("各街道绿化率均达到35%", "各街道绿化率"),
        # 可 of a name is no permission, 对 of a satisfaction no address.
        ("可回收物回收量达到3300吨", "可回收物回收量"),
        ("可再生能源装机容量达到500万千瓦", "可再生能源装机容量"),
        ("居民对垃圾分类工作满意度达到96%", "居民对垃圾分类工作满意度"),
        # A verb opens what is counted, and belongs to what a share is of.
        ("创建绿化特色道路10条", "绿化特色道路"),
        ("设立面向居民的惠民回收服务点55个", "面向居民的惠民回收服务点"),
        ("建设项目开工率达到95%", "建设项目开工率"),
        ("推广应用率达到90%", "推广应用率"),
        ("实现生活垃圾回收利用率达到47%", "生活垃圾回收利用率"),
        ("建设用地总规模控制在3200平方公里", "建设用地总规模"),
        # What is asked of a value is no part of its name.
        ("保护建筑用地占项目总面积应当符合50%以上", "保护建筑用地占项目总面积"),
        ("行业最低工资标准继续执行3360元", "行业最低工资标准"),
    ],
)
def test_what_a_value_is_of(goal: str, metric: str) -> None:
    text = f"某市规划\n一、目标\n到2025年，{goal}。\n二、保障\n加强组织领导。\n"
    assert [each.metric for each in annotate(parse_text(text), text).targets] == [metric]
