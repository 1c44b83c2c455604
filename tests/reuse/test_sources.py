"""Sources and takers: who stands above, who was earlier, and the comparison's own judgement."""

import re
from pathlib import Path

import pytest

import policydiff
from policydiff import Store
from policydiff.collection.relations import Above, is_above
from policydiff.lexicon.titles import subject_of
from policydiff.reuse.gram_index import GramIndex
from tests.reuse.conftest import FIRST, TEXTS, THIRD, add, statute


def test_sources_are_of_a_level_above_of_the_same_area_and_earlier(store: Store) -> None:
    found = store.sources_of("hz/rules")
    assert {each.document.id for each in found} == {"state/law", "zj/rules"}
    assert [each.id for each in found.set_aside] == ["state/later"]
    assert found.comparison is not None
    assert all(each.comparison is not None for each in found.comparison.origins if each.kind == "sentence")


def test_any_level_finds_sisters_too(store: Store) -> None:
    found = store.sources_of("hz/rules", level="any", top=9)
    assert {each.document.id for each in found} >= {"state/law", "zj/rules", "sh/rules"}


def test_labels_are_those_of_compare(store: Store) -> None:
    found = store.sources_of("hz/rules")
    for source in found:
        assert found.compared(source) == store.compare("hz/rules", source.document.name or "")


def test_a_document_of_another_matter_has_no_source(store: Store) -> None:
    found = store.sources_of("state/fish")
    assert not found.sources
    assert found.comparison is None
    assert "No document" in found.to_markdown(lang="en")


def test_compare_without_citation_says_how_the_source_was_found(store: Store) -> None:
    found = store.compare("sh/rules")
    assert found.to_json().count('"text"') > 0
    assert found.schema_id == "policydiff/document-sources/2"
    with pytest.raises(policydiff.NotFoundError, match="shares no wording"):
        store.compare("state/fish")


def test_takers_come_by_date_with_the_first_of_each_measure(store: Store) -> None:
    found = store.taken_from("state/law")
    assert [each.document.id for each in found] == ["zj/rules", "sh/rules", "hz/rules", "state/later"]
    assert [each.first for each in found.clauses] == [0, 0, 1]
    with pytest.raises(policydiff.NotFoundError):
        store.taken_from("state/law", clause="art_99")


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "json", "csv", "xlsx", "docx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_in_every_form(store: Store, form: str, lang: policydiff.model.base.Language) -> None:
    assert policydiff.render(store.sources_of("hz/rules"), form, lang=lang)
    assert policydiff.render(store.taken_from("state/law"), form, lang=lang)


def test_the_index_follows_the_store(store: Store) -> None:
    assert not store.sources_of("state/fish").looked_at
    for turn, name in enumerate(("sh/one", "sh/two", "sh/three", "sh/four")):
        add(
            store.recorded, name, statute(f"上海市护理办法之{turn}", "上海市人民代表大会", 2016 + turn, THIRD)
        )
        assert name in {each.document.id for each in store.taken_from("state/law", top=20)}


def test_segments_are_merged_and_hold_the_same(store: Store) -> None:
    from policydiff.collection.index import Index

    with Index.open(store.recorded) as index, GramIndex.open(index) as grams:
        (segments,) = grams.database.execute("SELECT count(*) FROM segment").fetchone()
        assert segments == 1
        assert len(grams.texts) == len(TEXTS)
    changed = TEXTS["sh/rules"].replace(FIRST, "养老机构不得收取押金。")
    add(store.recorded, "sh/rules", changed.replace("2015年", "2016年"))
    with Index.open(store.recorded) as index, GramIndex.open(index) as grams:
        assert len(grams.texts) == len(TEXTS) + 1
        for place, text in enumerate(grams.texts):
            assert {
                grams.place_of(number) for number in range(text.first, text.first + sum(text.counts))
            } == {place}


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        (("000000", "state"), ("310000", "province"), Above.YES),
        (("310000", "province"), ("310106", "county"), Above.YES),
        (("310000", "province"), ("330100", "prefecture"), Above.NO),
        (("330100", "prefecture"), ("330106", "county"), Above.YES),
        (("330100", "prefecture"), ("330206", "county"), Above.NO),
        (("310000", "province"), ("310000", "province"), Above.NO),
        (("310106", "county"), ("310000", "province"), Above.NO),
        ((None, None), ("310000", "province"), Above.UNKNOWN),
        (("000000", "state"), (None, None), Above.UNKNOWN),
        (("000000", "state"), ("000000", "state"), Above.NO),
        ((None, "province"), ("310106", "county"), Above.UNKNOWN),
        ((None, "state"), ("310106", "county"), Above.YES),
    ],
)
def test_who_stands_above(upper: tuple, lower: tuple, expected: Above) -> None:  # type: ignore[type-arg]
    assert is_above(upper, lower) is expected


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("中华人民共和国外商投资法", "外商投资"),
        ("中华人民共和国外商投资法实施条例", "外商投资"),
        ("幼儿园管理条例", "幼儿园"),
        ("企业国有资产监督管理暂行条例", "企业国有资产"),
        ("中华人民共和国劳动合同法", "劳动合同"),
        ("国务院关于促进就业工作的若干意见", "促进就业工作"),
        ("关于推进上海市公园城市建设的指导意见", "推进上海市公园城市建设"),
        ("优化营商环境条例（2019年10月22日公布）", "优化营商环境"),
        ("粮食流通管理条例", "粮食流通"),
        ("中华人民共和国水法", "水"),  # too short to be named by a title
        ("某市道路运输管理办法（试行）", "某市道路运输"),
    ],
)
def test_subject_of_a_title(title: str, subject: str) -> None:
    assert subject_of(title) == subject


_MANY = tuple(
    f"{place}应当{duty}，并向社会公布{thing}的情况，接受{who}的检查和评估。"
    for place, duty, thing, who in (
        ("养老机构", "按照服务协议提供生活照料和康复护理服务", "照料护理等级", "民政部门"),
        ("社区食堂", "为老年人提供就餐送餐和营养配餐服务", "菜品价格补贴", "街道办事处"),
        ("护理站", "配备执业护士和康复治疗师开展上门护理", "护理项目收费", "卫生健康部门"),
        ("日间照料中心", "安排老年人开展文化娱乐和健康讲座", "开放时间安排", "老龄工作机构"),
        ("长者照护之家", "为失能老年人提供短期托养和喘息服务", "床位使用数量", "医疗保障部门"),
        ("适老化改造企业", "为困难老年人家庭安装扶手和呼叫设备", "改造产品目录", "住房建设部门"),
        ("老年大学", "开设智能手机使用和防范诈骗课程", "课程报名名额", "教育行政部门"),
    )
)


def _local(store: Store, name: str, opening: str, *more: str, title: str = "上海市老年人服务办法") -> None:
    add(
        store.recorded,
        name,
        statute(title, "上海市人民代表大会常务委员会", 2019, opening, *_MANY, *more),
    )


@pytest.fixture
def wide(store: Store) -> Store:
    """A state law that a local text took nearly all of, beside one of which it took a sentence."""
    add(store.recorded, "state/care", statute("老年人服务条例", "国务院", 2012, *_MANY))
    return store


_PLAIN = "为了规范老年人服务，保障老年人的合法权益，制定本办法。"


@pytest.mark.parametrize(
    ("opening", "late", "is_source"),
    [
        (_PLAIN, "", False),  # far less than the first one
        ("根据《渔港管理条例》，结合本市实际，制定本办法。", "", True),  # named as what it rests on
        ("为了实施《渔港管理条例》，制定本办法。", "", True),
        (_PLAIN, "违反前款规定的，依照《渔港管理条例》的规定处罚。", False),  # a matter left to it
    ],
)
def test_what_speaks_far_less_for_is_counted_unless_the_text_names_it(
    wide: Store, opening: str, late: str, is_source: bool
) -> None:
    _local(wide, "sh/care", opening, "渔业船舶进出港口时应当向渔港监督机构报告。", *filter(None, [late]))
    found = wide.sources_of("sh/care")
    ids = [each.document.id for each in found]
    assert "state/care" in ids
    assert ("state/fish" in ids) is is_source
    assert found.slight >= (0 if is_source else 1)


def test_the_subject_in_the_title_goes_before_a_sibling(store: Store) -> None:
    """Both laws hold the same sentences; the title names what one of them is about, the longer subject where two are named."""
    add(store.recorded, "state/labour", statute("中华人民共和国养老法", "国务院", 2012, *_MANY[:4]))
    add(store.recorded, "state/contract", statute("中华人民共和国养老合同法", "国务院", 2012, *_MANY[:4]))
    _local(store, "sh/contract", _PLAIN, title="上海市养老合同若干规定")
    assert store.sources_of("sh/contract").sources[0].document.id == "state/contract"
    _local(store, "sh/labour", _PLAIN, title="上海市养老条例")
    assert store.sources_of("sh/labour").sources[0].document.id == "state/labour"


def test_a_law_amended_later_was_there_where_its_text_says_when_it_was_first_published(store: Store) -> None:
    text = "老年人服务条例\n\n（1999年6月22日国务院令第100号发布　根据2022年1月8日《国务院关于修改部分行政法规的决定》修订）\n\n"
    text += "\n\n".join(f"第{'一二三四五六七'[place]}条　{words}" for place, words in enumerate(_MANY))
    add(store.recorded, "state/old", text)
    _local(store, "sh/care", _PLAIN)
    found = store.sources_of("sh/care")
    (source,) = [each for each in found if each.document.id == "state/old"]
    assert [each.value for each in source.doubts] == ["version_later"]


def test_a_document_without_a_date_says_that_its_sources_may_be_later(store: Store) -> None:
    text = re.sub("（.*?通过）\n", "", TEXTS["hz/rules"])
    found = store.sources_of(policydiff.parse(text))
    assert not found.dated
    assert "its sources may be later" in found.to_markdown(lang="en")
    assert "可能晚于本文件" in found.to_markdown(lang="zh")
    assert store.sources_of("hz/rules").dated


def test_of_two_equal_texts_of_one_day_neither_is_called_the_first(store: Store) -> None:
    add(store.recorded, "hz/again", TEXTS["hz/rules"])
    source = next(
        each for each in store.sources_of("hz/rules", level="any") if each.document.id == "hz/again"
    )
    assert [each.value for each in source.doubts] == ["same_day"]
    assert "the first of them is not known" in store.taken_from("hz/rules").to_markdown(lang="en")


def test_a_law_that_was_there_before_and_was_amended_later_is_nobodys_first_taker(store: Store) -> None:
    text = f"上海市老年人条例\n\n（1999年6月22日上海市人民代表大会常务委员会通过　根据2014年1月8日《关于修改部分法规的决定》修正）\n\n第一条　{FIRST}\n\n第二条　{THIRD}\n"
    add(store.recorded, "sh/old", text)
    found = store.taken_from("state/law")
    (old,) = [place for place, each in enumerate(found) if each.document.id == "sh/old"]
    assert found.takers[old].was_there
    assert [each.document.id for each in found if each.was_there] == ["sh/old"]
    assert old not in {each.first for each in found.clauses}
    assert "there before, amended later" in found.to_markdown(lang="en")


def test_a_file_of_a_document_that_the_store_holds_is_no_source_of_itself(tmp_path: Path) -> None:
    """Known by number, title and issuer: its own recorded text, an earlier wording too, is left out."""
    text = (
        "某市停车管理办法\n（2019年3月1日某市人民政府令第12号公布）\n第一条 停车场经营者应当在入口处公示收费标准。\n"
        "第二条 违反规定的，由市场监督管理部门处以罚款。\n第三条 车辆停放者应当按照标识停放车辆。\n"
    )
    with policydiff.Store.init(tmp_path / "store") as store:
        (tmp_path / "a.txt").write_text(text, "utf-8")
        (tmp_path / "b.txt").write_text(text.replace("处以罚款", "处以警告"), "utf-8")
        store.add(tmp_path / "a.txt")
        own = store.sources_of(tmp_path / "b.txt", level="any")
        assert (own.looked_at, own.sources) == (0, ())
        assert store.taken_from(tmp_path / "b.txt").takers == ()
        other = text.replace("某市停车管理办法", "某县停车管理办法").replace(
            "某市人民政府令第12号", "某县人民政府令第3号"
        )
        found = store.sources_of(policydiff.parse(other.replace("2019年", "2020年")), level="any")
        assert found.looked_at == 1, "the text of another document is looked at"
