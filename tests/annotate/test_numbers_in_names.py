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
