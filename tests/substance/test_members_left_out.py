"""The members of lists that a local text leaves out of its source, and what is none."""

import pytest

from policydiff.model import Genre
from policydiff.substance.effects import dropped
from policydiff.substance.local_signals import local_signals
from policydiff.substance.signalling import signals_between

ROWS = (
    ("各单位应当配备急救箱、担架和除颤器。", "各单位应当配备急救箱。", ["担架", "除颤器"], "two of three"),
    ("开展燃气、电梯、消防、用电安全检查。", "街道开展燃气、消防安全检查。", ["电梯", "用电"], "two from the middle and the end"),
    ("公示服务项目、收费标准和投诉电话。", "公示服务项目和收费标准。", ["投诉电话"], "the last"),
    ("禁止取土、打桩、爆破、堆放杂物。", "禁止取土、打桩、爆破。", ["堆放杂物"], "the last, an act"),
    ("每日进行晨检和午检，并做好记录。", "每日进行晨检，并做好记录。", ["午检"], "one of two"),
    ("补贴种子、化肥、农膜、农机等支出。", "补贴种子、农膜等支出。", ["化肥", "农机"], "before 等"),
    ("加强医院、学校、车站的巡查。", "加强医院、学校的巡查。", ["车站"], "before 的"),
    ("提供助餐、助浴、助医服务。", "提供助餐、助医服务。", ["助浴"], "from the middle"),
    ("听取居民、专家、商户的意见。", "听取居民和商户的意见。", ["专家"], "joined otherwise"),
    ("持权属证书、身份证明和土地使用证到登记部门办理。", "持权属证书和身份证明到登记中心办理。", ["土地使用证"], "before 到"),
    ("推进道路、桥梁和隧道养护。", "推进隧道、道路和桥梁养护。", [], "another order"),
    ("坚持政府主导、社会参与、全民行动。", "坚持政府引导、社会参与、全民行动。", [], "a principle in other words"),
    ("教育、民政、卫生健康等部门做好工作。", "教育、民政等部门做好工作。", [], "offices"),
    ("根据法律、法规和规章的规定执行。", "根据法律、法规的规定执行。", [], "a basis"),
    ("建设公园、绿地、步道。", "建设公园、绿地、驿站。", [], "another in its place, which the signals tell"),
    ("及时发放粮油、棉被和药品，做好慰问。", "做好慰问。", ["及时发放粮油、棉被和药品"], "the whole part, once"),
)  # fmt: skip


@pytest.mark.parametrize(("source", "local", "members", "why"), ROWS)
def test_members_left_out(source: str, local: str, members: list[str], why: str) -> None:
    assert [each.text for each in dropped(source, local)] == members, why


def test_a_text_cut_anywhere_is_read() -> None:
    text = "、教育和卫生等、部门，应当、配备急救箱、担架和、除颤器。"
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert all(each.text in text for each in dropped(text[start:end], "应当配备急救箱。")), text[
                start:end
            ]
            assert local_signals(text[start:], text[:end]) is not None


@pytest.mark.parametrize(
    ("old", "new", "weights", "why"),
    [
        ("标准如下：\n一等\t5万元\n二等\t3万元", "标准如下：\n二等\t3万元\n一等\t5万元", [0.2], "rows moved"),
        ("标准如下：\n一等\t5万元\n二等\t3万元", "标准如下：\n一等\t5万元\n二等\t3万元", [], "the same rows"),
        ("可以申请：\n老人\n学生", "可以申请：\n学生\n老人", [], "lines of a list, in no table"),
    ],
)
def test_rows_of_a_table_that_changed_places(old: str, new: str, weights: list[float], why: str) -> None:
    assert [each.weight for each in signals_between(old, new, genre=Genre.POLICY)] == weights, why
