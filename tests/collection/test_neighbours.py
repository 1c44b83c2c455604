"""Neighbours' documents on the same subject, and a comparison in a store that names them."""

import pytest

import policydiff
from policydiff.collection.lookalikes import neighbours_of, same_subject, subject_of
from policydiff.model import Reference
from policydiff.report import render
from policydiff.store import Store

from .conftest import DIRECTIVE, LOCAL, add

NEW = "（二）设立养老顾问点，由社区工作者为老年人代办照护需求评估申请。"
WITH_NEW = LOCAL.replace("（责任单位：区民政局）", f"（责任单位：区民政局）\n\n{NEW}")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("甲区既有住宅加装电梯办法", "乙区老旧住宅加装电梯实施意见", True),  # 0.75: one word replaced
        ("关于促进养老服务的意见", "关于促进养老服务发展的实施意见", True),  # form only
        ("某市甲区人民政府关于促进养老服务发展的实施意见", "某市乙区养老服务办法", True),
        ("某市甲区设摊管理办法", "乙区关于设摊的指导意见（试行）", True),
        ("关于促进养老服务的意见", "关于促进托育服务的意见", False),  # 0.5: another service
        ("生活垃圾处理费办法", "生活垃圾分类办法", True),  # 0.62: just above
        ("单位生活垃圾处理费办法", "生活垃圾分类办法", False),  # 0.53: just below
        ("甲区优化营商环境方案", "甲区生态环境保护规划", False),  # 0.33
        ("甲区管理办法", "乙区管理办法", False),  # no subject at all
        ("农村公路办法", "农村住房办法", False),  # 0.5
        ("景观照明管理规定", "道路照明管理规定", False),  # 0.5
    ],
)
def test_subjects_are_one_from_three_fifths_on(one: str, other: str, alike: bool) -> None:
    assert bool(same_subject(one, other)) is alike


def test_an_area_at_the_head_is_no_subject_and_a_community_in_it_is() -> None:
    assert subject_of("某省某市某区社区养老服务办法").endswith("养老服务")
    assert subject_of("关于推进社区养老的意见") == "社区养老"


@pytest.fixture
def filled(store: Store) -> Store:
    add(store, DIRECTIVE, id="city/care", jurisdiction="310000")
    for place, day, number in (
        ("jia", "2019年5月6日", 3),
        ("yi", "2019年2月1日", 4),
        ("bing", "2018年12月1日", 5),
    ):
        name = {"jia": "甲", "yi": "乙", "bing": "丙"}[place]
        text = WITH_NEW.replace("甲区", f"{name}区").replace("甲府", f"{name}府")
        text = text.replace("2019年5月6日", day).replace("〔2019〕3号", f"〔2019〕{number}号")
        add(store, text, id=f"city/{place}/care", jurisdiction="310106")
    late = WITH_NEW.replace("甲区", "丁区").replace("甲府", "丁府").replace("2019年5月6日", "2020年1月1日")
    add(store, late, id="city/ding/care", jurisdiction="310106")
    far = WITH_NEW.replace("甲区", "戊区").replace("甲府", "戊府").replace("2019年5月6日", "2018年6月1日")
    add(
        store,
        far.replace("养老服务发展的实施意见", "托育机构收费的通知"),
        id="city/wu/nursery",
        jurisdiction="310106",
    )
    return store


def test_a_store_names_the_earliest_neighbour_beside_what_is_new(filled: Store) -> None:
    found = policydiff.compare("city/jia/care", store=filled.folder)
    assert isinstance(found, policydiff.Comparison)
    seen = {each.text: each.seen_in for each in found.sentences}
    new = next(seen[text] for text in seen if "养老顾问点" in text)
    assert new is not None
    assert (new.document.id, new.text[:9]) == ("city/bing/care", "设立养老顾问点，由")
    assert all(seen[text] is None for text in seen if "支持社会力量" in text), "it comes from the superior"
    words = render(found, "html", lang="zh")
    assert "此前已见于《某市丙区人民政府关于促进养老服务发展的实施意见》（2018年12月1日）" in words


def test_without_a_day_no_neighbour_is_looked_for(filled: Store) -> None:
    own = Reference(title="某市甲区关于促进养老服务的意见", issuing_bodies=("某市甲区人民政府",))
    assert neighbours_of(own, Reference(id="city/care"), filled) == []


def test_a_file_without_store_names_none() -> None:
    found = policydiff.compare(WITH_NEW.encode(), DIRECTIVE.encode())
    assert isinstance(found, policydiff.Comparison)
    assert not any(each.seen_in for each in found.sentences)
