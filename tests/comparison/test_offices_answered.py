"""Offices of a district and of its city by system: joined ones, the youth league, teams of the police, streets and towns."""

import pytest

from policydiff.annotate import annotate
from policydiff.comparison.compare import compare_documents
from policydiff.model import BodyComparison, Document
from policydiff.parsing import parse_text


def _document(title: str, names: str) -> Document:
    text = f"{title}\n一、任务\n（一）加强管理\n由{names}负责推进有关工作，做好日常管理。（责任单位：{names}）\n二、保障\n加强组织领导。\n"
    return annotate(parse_text(text), text)


def _bodies(local: str, superior: str) -> tuple[BodyComparison, ...]:
    return compare_documents(_document("某市甲区实施方案", local), _document("某市规划", superior)).bodies


@pytest.mark.parametrize(
    ("local", "superior", "answers"),
    [
        ("区商务委", "市商务委", True),
        ("区科委", "市科学技术委员会", True),
        ("区科经委", "市经济信息化委", True),
        ("区规土局", "市规划资源局", True),
        ("区生态环境局", "市环保局", True),
        ("区卫健委", "市卫生计生委", True),
        ("区人社局", "市人力资源社会保障局", True),
        ("区文体旅游局", "市体育局", True),
        ("区医保局", "市医疗保障局", True),
        ("区退役军人局", "市退役军人事务局", True),
        ("区房管局", "市住房保障房屋管理局", True),
        ("区城管执法局", "市城市管理行政执法局", True),
        ("区金融办", "市地方金融监管局", True),
        ("区应急局", "市安全监管局", True),
        ("区民宗办", "市民族宗教局", True),
        ("区司法局", "市政府法制办", True),
        ("区教育局", "市教委", True),
        ("区公安分局", "市公安局", True),
        ("区交警支队", "市交警总队", True),
        ("区消防救援支队", "市消防救援总队", True),
        ("各街镇", "乡镇人民政府、街道办事处", True),
        ("团区委", "团市委", True),
        ("区妇联", "市妇联", True),
        ("区委宣传部", "市委宣传部", True),
        ("区文明办", "市文明办", True),
        ("区数据局", "市大数据中心", True),
        ("区政务服务办", "市政务服务局", True),
        ("区市场监管局", "市工商局", True),
        ("区发改委", "市发展改革委", True),
        ("区税务局", "市地税局", True),
        ("区农业农村局", "市农业委员会", True),
        ("区城市更新中心", "市城市更新中心", True),
        ("区体育局", "市教委", False),
        ("区审计局", "市统计局", False),
        ("区建设管理委", "市交通委", False),
        ("区城运中心", "市大数据中心", False),
        ("区科技局", "市科协", False),
        ("区机管局", "市机关事务管理局", True),
        ("区文化局", "市水务局", False),
        ("区档案局", "市档案局", True),
        ("区农业农村委", "市农委", True),
        ("区建设交通委", "市交通委", True),
        ("区建设交通委", "市住房城乡建设管理委", True),
        ("区教体局", "市体育局", True),
        ("区教体局", "市教委", True),
        ("区文化体育和旅游局", "市体育局", True),
        ("区科技和经济委员会", "市经济信息化委", True),
        ("区农水局", "市水务局", True),
        ("区卫生健康和体育局", "市体育局", True),
        ("区治安支队", "市治安总队", True),
        ("各镇、街道", "街道办事处", True),
        ("各乡镇（街道）", "各街镇", True),
        ("共青团区委", "团市委", True),
        ("区红十字会", "市红十字会", True),
        ("区总工会", "市总工会", True),
        ("区工商联", "市工商联", True),
        ("区科协", "市科协", True),
        ("区委网信办", "市委网信办", True),
        ("区委政法委", "市委政法委", True),
        ("区委编办", "市委编办", True),
        ("区信访办", "市信访办", True),
        ("区行政服务中心", "市政务服务中心", False),
        ("区经委", "市经济信息化委", True),
        ("区投资促进办", "市商务委", False),
        ("区水务局", "市农业农村委", False),
        ("区卫健委", "市体育局", False),
        ("区文旅局", "市体育局", False),
        ("区建管委", "市住房城乡建设管理委", True),
        ("区生态环境局", "市绿化市容局", False),
        ("街道办事处", "居民委员会", False),
        ("各街镇", "各区政府", False),
        ("区交通委", "市交通委", True),
        ("区网格化中心", "市城运中心", False),
        ("区烟草专卖局", "市烟草专卖局", True),
        ("区气象局", "市气象局", True),
    ],
)  # fmt: skip
def test_the_office_that_answers(local: str, superior: str, answers: bool) -> None:
    assert any(each.local and each.superior for each in _bodies(local, superior)) is answers


def test_an_office_that_joins_two_answers_both() -> None:
    found = _bodies("区建设交通委", "市交通委、市住房城乡建设管理委")
    assert {(each.local, each.superior) for each in found} == {
        ("区建设交通委", "市交通委"),
        ("区建设交通委", "市住房城乡建设管理委"),
    }


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        ("形成齐抓共管的管理养护工作新局面，开创农村公路发展新局面。", ""),
        ("扭转被动局势，打破局限性。", ""),
        ("区财政局面向企业公布目录，区规划局势必调整安排。", "区财政局 区规划局"),
        ("自2022年起，该项资金不再列支管理机构运行经费。", ""),
        ("促进行业部门履职，下设办公室。", ""),
        ("创建绿色餐厅，建设城市客厅，改造服务大厅。", ""),
        ("省财政厅、省教育厅下达指标。", "省财政厅 省教育厅"),
    ],
)
def test_words_that_only_end_like_an_office(words: str, bodies: str) -> None:
    text = f"某区方案\n一、任务\n（一）加强管理\n{words}\n（二）加强保障\n健全制度。\n"
    plain = annotate(parse_text(text), text)
    assert " ".join(each.local or "" for each in compare_documents(plain, plain).bodies) == bodies
