"""One clause through a store, and documents that share a template."""

import pytest

import policydiff
from policydiff import Store
from policydiff.model.result import Language
from tests.reuse.conftest import FIRST, FOREIGN, THIRD, add, statute


def test_every_holder_by_date_with_the_nearest_earlier_one(store: Store) -> None:
    found = store.spread(FIRST)
    assert [each.id for each in found] == ["state/law", "zj/rules", "sh/rules", "hz/rules"]
    assert [(each.parent, each.likeness) for each in found][:3] == [(None, None), (0, 1.0), (0, 1.0)]
    assert found.holders[3].parent == 0
    assert 0.8 < (found.holders[3].likeness or 0) < 1
    assert not found.formula


def test_a_clause_of_a_document_is_named_by_its_id(store: Store) -> None:
    assert [each.id for each in store.spread("state/fish#art_1")] == ["state/fish"]
    with pytest.raises(policydiff.NotFoundError, match="art_9"):
        store.spread("state/fish#art_9")
    with pytest.raises(policydiff.UsageError):
        store.spread("  ")


@pytest.mark.parametrize(
    ("words", "formula"),
    [
        ("法律、法规规定的其他职责。", True),
        ("构成犯罪的，依法追究刑事责任。", True),
        ("市场主体应当依法接受监督检查。", False),
        (FOREIGN, False),
    ],
)
def test_formulas_are_marked_and_not_traced(store: Store, words: str, formula: bool) -> None:
    found = store.spread(words)
    assert found.formula is formula
    if formula:
        assert all(each.parent is None for each in found)


def test_half_of_what_a_clause_says_makes_a_holder_less_does_not(store: Store) -> None:
    two = "养老机构应当建立老年人信息档案。"
    add(store.recorded, "sh/half", statute("上海市档案办法", "上海市人民代表大会", 2019, THIRD[:24] + "。"))
    add(
        store.recorded, "sh/less", statute("上海市登记办法", "上海市人民代表大会", 2019, "机构应当建立档案。")
    )
    ids = {each.id for each in store.spread(THIRD)}
    assert "sh/half" in ids
    assert "sh/less" not in ids
    assert {"sh/half", "state/law"} <= {each.id for each in store.spread(two)}


def test_a_text_without_a_date_tells_no_order(store: Store) -> None:
    text = statute("上海市无日期办法", "上海市人民代表大会", 2019, FIRST).replace(
        "（2019年3月1日上海市人民代表大会通过）", ""
    )
    add(store.recorded, "sh/undated", text)
    last = store.spread(FIRST).holders[-1]
    assert (last.id, last.dated, last.parent) == ("sh/undated", False, None)


def test_families_share_a_template_with_slots_where_they_differ(store: Store) -> None:
    for name, days in (("sh/a", "五"), ("zj/b", "十"), ("hz/c", "七")):
        words = f"城市公园游船经营单位应当配备救生器材，每{days}日检验一次并公布结果。"
        add(store.recorded, name, statute(f"渔船{days}日管理办法", "上海市人民代表大会", 2019, words))
    found = [each for each in store.families() if "sh/a" in {one.id for one in each.members}]
    (family,) = found
    assert {"sh/a", "zj/b", "hz/c"} <= {each.id for each in family.members}
    assert any("每〔…〕日" in each.text for each in family.common)


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "json", "csv", "xlsx", "docx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_in_every_form(store: Store, form: str, lang: Language) -> None:
    assert policydiff.render(store.spread(FIRST), form, lang=lang)
    assert policydiff.render(store.families(), form, lang=lang)
