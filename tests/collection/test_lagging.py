"""What the radar says of a basis that changed, and who answers what a document orders others to make."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policydiff import Store
from policydiff.annotate.force_said import statements_of
from policydiff.annotate.responsibilities import find_delegations
from policydiff.cli.finding import list_documents
from policydiff.cli.options import Input, Place
from policydiff.cli.output import Output
from policydiff.cli.showing import show
from policydiff.collection.radar import _LIKE, _only_ends
from policydiff.lexicon.force import Force
from policydiff.parsing import parse_text
from policydiff.report.catalog import catalog
from policydiff.report.records_page import records_page
from tests.conftest import CORPUS

BASIS = "某市住房租赁管理办法\n某府规〔2024〕3号\n\n第一条 为了规范住房租赁，制定本办法。\n第二条 出租人应当在三十日内办理登记。\n第三条 本办法自2024年4月1日起施行。\n\n某市人民政府\n2024年3月1日\n"
LOCAL = "某区住房租赁实施细则\n某区府规〔2024〕1号\n\n第一条 根据《某市住房租赁管理办法》，制定本细则。\n第二条 出租人应当在三十日内办理登记。\n第三条 本细则自2024年6月1日起施行。\n\n某区人民政府\n2024年5月1日\n"


def other(title: str, body: str) -> str:
    return f"{title}\n某府规〔2025〕8号\n\n{body}\n\n某市人民政府\n2025年6月20日\n"


NEW = BASIS.replace("2024", "2025").replace("三十日", "十日").replace("3号", "9号")
CHANGES = {
    "revised": ("city/housing", NEW.replace("第三条 本办法", "第三条 本办法")),
    "repealed": ("city/end", other("某市人民政府关于废止《某市住房租赁管理办法》的决定", "决定废止《某市住房租赁管理办法》（某府规〔2024〕3号），自2025年7月1日起停止执行。")),
    "replaced": ("city/renting", other("某市租房条例实施办法", "第一条 制定本办法。\n第二条 本办法自2025年7月1日起施行。《某市住房租赁管理办法》（某府规〔2024〕3号）同时废止。")),
}  # fmt: skip
Built = Callable[..., Store]


@pytest.fixture
def built(tmp_path: Path) -> Built:
    def build(**texts: str) -> Store:
        store = Store.init(tmp_path / "store")
        for number, (name, text) in enumerate(texts.items()):
            file = tmp_path / f"{number}.txt"
            file.write_text(text, encoding="utf-8")
            store.add(file, id=name)
        return store

    return build


@pytest.mark.parametrize("kind", CHANGES)
def test_each_reason_of_the_radar(built: Built, tmp_path: Path, kind: str) -> None:
    store = built(**{"city/housing": BASIS, "district/housing": LOCAL})
    assert store.radar(on="2026-01-01").entries == ()
    name, text = CHANGES[kind]
    file = tmp_path / "change.txt"
    file.write_text(text, encoding="utf-8")
    store.add(file, id=name)
    found = store.radar(on="2026-01-01").entries
    assert [(each.id, each.change.value) for each in found] == [("district/housing", kind)]
    assert (found[0].current is None) is (kind == "repealed")
    assert store.radar(on="2026-01-01", basis="city/housing").entries == found


def test_a_basis_that_is_gone_goes_before_one_that_changed(built: Built) -> None:
    second = BASIS.replace("住房租赁", "燃气").replace("3号", "4号")
    store = built(
        **{
            "city/housing": BASIS,
            "city/gas": second,
            "district/housing": LOCAL,
            "district/gas": LOCAL.replace("住房租赁", "燃气").replace("1号", "2号"),
            "city/end": CHANGES["repealed"][1].replace("住房租赁", "燃气").replace("3号", "4号"),
        }
    )
    assert [each.change.value for each in store.radar(on="2026-01-01").entries] == ["repealed"]


@pytest.mark.parametrize(
    ("title", "likeness", "only_ends"),
    [("关于调整某市住房租赁补贴的通知", 59, True), ("关于调整某市住房租赁补贴的通知", 60, False)],
)
def test_a_notice_takes_the_place_of_a_text_of_its_name(
    monkeypatch: pytest.MonkeyPatch, title: str, likeness: int, only_ends: bool
) -> None:
    class Row:
        def execute(self, *_: object) -> "Row":
            return self

        def fetchone(self) -> tuple[str, str]:
            return title, "通知"

    index = type("Index", (), {"database": Row()})()
    monkeypatch.setattr("policydiff.collection.radar.partial_ratio", lambda *_: likeness)
    assert _LIKE == 60
    assert _only_ends(index, "city/x@2025-01-01", "某市住房租赁管理办法") is only_ends


def test_the_district_answers_the_fifty_points_of_the_city() -> None:
    with Store.open(CORPUS) as store:
        made = {
            each.body: [answer.id for answer in each.made]
            for each in store.delegations("shanghai/health-services-2018", on="2022-01-01")
        }
    assert made["各区"] == ["shanghai/jingan/life-health-2021"]
    assert made["各有关部门"] == [], "the departments are those of the city"


ORDERED = [
    ("具体办法由市民政局会同市财政局另行制定。", ["市民政局"], "passive"),
    ("收费标准由省价格主管部门根据国家有关规定制定并公布。", ["省价格主管部门"], "the ground between"),
    ("实施细则由国务院工商行政管理部门制定。", ["国务院工商行政管理部门"], "商 inside a name"),
    ("各区要结合实际，自本意见印发之日起六个月内制定实施方案。", ["各区"], "districts"),
    ("国务院根据本法制定实施细则。", ["国务院"], "根据本法"),
    ("自治县人民政府根据本条例制定实施细则。", ["自治县人民政府"], "a body that begins with 自"),
    ("违反规定的，由城管执法部门按照下列规定处罚。", [], "规定 is no verb here"),
    ("医疗机构应当遵守国务院卫生主管部门制定的管理办法。", [], "制定的: made already"),
    ("根据《某法》，结合本市实际，制定本条例。", [], "the text itself"),
    ("由国务院机构编制管理机关核定。", [], "编制 is a noun"),
]


@pytest.mark.parametrize(("sentence", "bodies", "why"), ORDERED, ids=[row[2] for row in ORDERED])
def test_who_is_ordered_to_make_something(sentence: str, bodies: list[str], why: str) -> None:
    document = parse_text(f"某市管理条例\n第一条　{sentence}\n第二条　本条例自2020年1月1日起施行。\n")
    assert [each.body for each in find_delegations(document)] == bodies, why


MADE = [
    ("市绿化市容部门应当会同市商务、生态环境等部门制定分类目录。", "市绿化市容部门", "分类目录", "the body that leads a list"),
    ("区民政局可以会同同级财政等有关部门研究制定补贴政策，予以支持。", "区民政局", "补贴政策", "会同 behind the modal word"),
    ("区财政局负责安排资金，并配合相关部门研究制定激励政策和管理办法。", "区财政局", "激励政策和管理办法", "the subject of the sentence"),
    ("鼓励各区根据本区规划出台配套政策支持项目发展。", "各区", "配套政策", "鼓励 is no part of the name"),
    ("区交通委负责制定区级权力和责任清单，建立制度。", "区交通委", "区级权力和责任清单", "the whole object"),
    ("市规划部门制定全市更新年度规划资源行动方案。", "市规划部门", "全市更新年度规划资源行动方案", "规划 inside another word"),
    ("市容部门应当编制公共厕所等设施的建设专项规划和实施计划，并组织实施。", "市容部门", "公共厕所等设施的建设专项规划和实施计划", "two things"),
    ("市价格主管部门负责具体制定、调整处理费收费标准。", "市价格主管部门", "处理费收费标准", "verbs beside 制定"),
    ("市人民政府应当制定和完善支持绿色建筑发展的政策措施，加大支持力度。", "市人民政府", "支持绿色建筑发展的政策措施", "和完善"),
    ("市水务局应当会同有关部门编制并发布回收指导目录。", "市水务局", "回收指导目录", "并发布"),
    ("区人民政府应当制定鼓励设摊者进入经营场所的措施。", "区人民政府", "鼓励设摊者进入经营场所的措施", "鼓励 inside the thing"),
    ("责成市教育局于2025年底前制定专项方案。", "市教育局", "专项方案", "责成, and a day before the making"),
    ("市场监管部门牵头制定并公布行业目录，市商务委配合。", "市场监管部门", "行业目录", "牵头"),
    ("由市发展改革委商市财政局研究制定支持政策和奖补办法。", "市发展改革委", "支持政策和奖补办法", "商"),
    ("区规划资源局应当制定遴选方案，上报区政府同意，按照细则报市规划资源局。", "区规划资源局", "遴选方案", "细则 is no thing made"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "body", "thing", "why"), MADE, ids=[row[3] for row in MADE])
def test_body_and_thing_are_whole_names(sentence: str, body: str, thing: str, why: str) -> None:
    document = parse_text(f"某市管理条例\n第一条　{sentence}\n第二条　本条例自2020年1月1日起施行。\n")
    assert [(each.body, each.thing) for each in find_delegations(document)] == [(body, thing)], why


def test_a_plan_while_it_is_made_is_no_order() -> None:
    sentence = "市、区人民政府编制国民经济规划，应当将源头减量作为重要内容。"
    assert find_delegations(parse_text(f"某市管理条例\n第一条　{sentence}\n")) == []


@pytest.mark.parametrize(
    ("sentence", "day", "why"),
    [
        ("本《办法》自2018年7月1日起施行。", date(2018, 7, 1), "its own name in brackets"),
        ("本法（原称《某条例》）自1989年1月1日起施行。", date(1989, 1, 1), "a former name between"),
        ("本规范自2009年1月1 日起实施。", date(2009, 1, 1), "a blank inside the day"),
        ("《某条例》自1989年1月1日起施行。", None, "another text"),
    ],
)
def test_from_when_a_text_is_in_force(sentence: str, day: date | None, why: str) -> None:
    days = [
        said.day
        for said, _ in statements_of(sentence)
        if isinstance(said, Force) and said.kind == "commences"
    ]
    assert days == ([] if day is None else [day]), why


def test_words_about_the_paragraph_before_end_no_text() -> None:
    assert statements_of("十五日内没有离境的，前款规定不再适用。") == []


def test_show_names_clauses_that_begin_on_another_day(
    built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = BASIS.replace(
        "第三条 本办法自2024年4月1日起施行。",
        "第三条 本办法自2024年4月1日起施行。本办法第二条自2025年1月1日起施行。",
    )
    built(**{"city/housing": text}).close()
    monkeypatch.setenv("POLICYDIFF_LANG", "en")
    for day, named in (("2024-06-01", True), ("2025-06-01", False)):
        show(f"city/housing@{day}", given=Input(store=tmp_path / "store"))
        assert ("第二条 is not in force then" in capsys.readouterr().err) is named, day


def test_pages_keep_nothing_to_themselves(built: Built) -> None:
    ended = CHANGES["repealed"][1]
    other_end = other(
        "某市人民政府关于部分文件的通知", "《某市燃气办法》（某府规〔2020〕1号）自2025年7月1日起废止。"
    ).replace("8号", "7号")
    store = built(
        **{
            "city/housing": BASIS,
            "district/housing": LOCAL.replace("施行。", "施行，有效期1年。"),
            "city/end": ended,
            "city/other": other_end,
        }
    )
    say = catalog("en")
    radar = records_page(store.radar(on="2026-01-01"), say)
    assert [table.name for table in radar.tables] == ["radar", "aside"]
    validity = records_page(store.validity(on="2026-01-01"), say)
    assert "unresolved" in [table.name for table in validity.tables]


@pytest.mark.parametrize(("most", "told"), [(0, True), (200, False)])
def test_a_list_says_that_validity_is_not_told(
    built: Built,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    told: bool,
) -> None:
    built(**{"city/housing": BASIS, "district/housing": LOCAL}).close()
    monkeypatch.setenv("POLICYDIFF_LANG", "en")
    monkeypatch.setattr("policydiff.api.asking._FEW", most)
    list_documents(Place(store=tmp_path / "store"), Output())
    assert ("validity is not told" in capsys.readouterr().err) is told
