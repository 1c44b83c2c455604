"""Sources and takers: who stands above, who was earlier, and the comparison's own judgement."""

from pathlib import Path

import pytest

import policydiff
from policydiff import Store
from policydiff.reuse.gram_index import GramIndex
from policydiff.reuse.relative_standing import Above, is_above
from tests.reuse.conftest import FIRST, TEXTS, THIRD, add, statute


def test_sources_are_of_a_level_above_of_the_same_area_and_earlier(store: Store) -> None:
    found = store.sources_of("hz/rules")
    assert {each.document.id for each in found} == {"state/law", "zj/rules"}
    assert [each.id for each in found.set_aside] == ["state/later"]
    assert found.from_none == 0


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
    assert found.schema_id == "policydiff/document-sources/1"
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
def test_pages_in_every_form(store: Store, form: str, lang: policydiff.model.result.Language) -> None:
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

    with Index.open(store.recorded) as index, GramIndex.open(store.recorded, index) as grams:
        (segments,) = grams.database.execute("SELECT count(*) FROM segment").fetchone()
        assert segments == 1
        assert len(grams.texts) == len(TEXTS)
    changed = TEXTS["sh/rules"].replace(FIRST, "养老机构不得收取押金。")
    add(store.recorded, "sh/rules", changed.replace("2015年", "2016年"))
    with Index.open(store.recorded) as index, GramIndex.open(store.recorded, index) as grams:
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
