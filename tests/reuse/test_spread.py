"""One clause through a store, and documents that share a template."""

import pytest

import policydiff
from policydiff import Store
from policydiff.model.base import Language
from policydiff.report import page_of
from policydiff.report.catalog import catalog
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
    ("words", "rule"),
    [
        ("法律、法规规定的其他职责。", "says_little"),  # 43 bits of 45
        ("构成犯罪的，依法追究刑事责任。", "says_little"),
        ("禁止燃放烟花爆竹。", "says_little"),
        ("本办法自2024年5月1日起施行，有效期5年。", "says_little"),
        (
            "本规定自2019年10月1日起施行，2010年12月20日某市人民政府令第52号公布的《某市停车场管理规定》同时废止。",
            "of_force",
        ),
        ("《某市停车场管理规定》（某府发〔2015〕12号）自2024年3月1日起停止执行。", "of_force"),
        ("直接负责的主管人员和其他直接责任人员，依法给予处分。", "at_large"),
        (
            "国家机关工作人员违反本条例规定，玩忽职守、滥用职权、徇私舞弊的，由其所在单位或者上级主管机关依法给予处分；构成犯罪的，依法追究刑事责任。",
            "at_large",
        ),  # 0.72 bits a character of 0.75
        ("违反本条例规定，给他人造成损失的，依法承担民事责任。", "at_large"),
        ("推进二级以上医院设置老年医学科。", None),  # 0.78
        ("市场主体应当依法接受监督检查。", None),  # 56 bits
        ("建设项目的水土保持设施应当与主体工程同时设计、同时施工、同时投产使用。", None),
        (
            "医疗机构执业许可证有效期届满前三十日内应当申请延续，逾期未申请的停止执业。",
            None,
        ),  # force of a licence
        ("到2025年，森林覆盖率达到18%以上，新增公园绿地30公顷。", None),
        (FOREIGN, None),
    ],
)
def test_formulas_are_marked_by_a_rule_and_not_traced(store: Store, words: str, rule: str | None) -> None:
    found = store.spread(words)
    assert found.formula_by == rule
    assert found.formula is (rule is not None)
    if found.formula:
        assert all(each.parent is None for each in found)
        assert "套语" in found.to_markdown(lang="zh")


@pytest.mark.parametrize("words", ["垃圾", "养老机构", "上海市养老院", "Art 1", "。；"])
def test_words_too_short_to_be_looked_for_are_refused(store: Store, words: str) -> None:
    with pytest.raises(policydiff.UsageError, match="too short"):
        store.spread(words)


def test_words_that_more_than_a_tenth_of_the_documents_hold_are_a_formula(store: Store) -> None:
    for turn in range(20):
        text = statute(f"上海市第{turn}号登记办法", "上海市人民代表大会", 2016, FOREIGN)
        add(store.recorded, f"sh/held{turn}", text)
    assert store.spread(FOREIGN).formula_by == "widely_held"


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


_OWN = (
    "停车泊位的经营者应当将收费标准、计费方式和监督电话在入口处公示，并按照公示的标准收取停车费用。",
    "住宅小区业主大会可以决定利用物业管理区域内的空地增设临时停车泊位，所得收益归全体业主所有。",
    "犬只饲养人应当携带犬只免疫证明到居住地公安派出所办理登记，领取犬牌后方可饲养。",
    "携犬外出时应当为犬只系犬绳，及时清除犬只排泄物，不得进入学校、医院和公共交通工具。",
)


@pytest.mark.parametrize(
    "formula",
    [
        "本办法自2024年5月1日起施行，有效期5年。",
        "本办法自印发之日起施行。",
        "本办法由市财政局负责解释。",
        "现将本办法印发给你们，请认真贯彻执行。",
        "各区人民政府，市政府各委、办、局：",
        "请结合实际，认真组织实施。",
        "根据有关法律、法规的规定，结合本市实际，制定本办法。",
        "构成犯罪的，依法追究刑事责任。",
        "法律、行政法规另有规定的，从其规定。",
        "本条例自2021年7月1日起施行。",
        "违反本条例规定的行为，法律、行政法规已有法律责任规定的，从其规定。",
        "第一章　总则",
    ],
)
def test_texts_that_share_a_formula_alone_have_nothing_to_do_with_each_other(
    store: Store, formula: str
) -> None:
    """In a store of a few texts no count of holders could tell: what the words say at large does."""
    for name, title, own, year in (
        ("sh/park", "上海市停车管理办法", _OWN[:2], 2016),
        ("sh/dogs", "上海市养犬管理办法", _OWN[2:], 2019),
    ):
        add(store.recorded, name, statute(title, "上海市人民代表大会", year, *own, formula))
    assert not [
        each for each in store.families() if {"sh/park", "sh/dogs"} <= {one.id for one in each.members}
    ]
    found = store.sources_of("sh/park", level="any")
    assert "sh/dogs" not in {each.id for each in found.set_aside} | {each.document.id for each in found}
    assert "sh/dogs" not in {each.document.id for each in store.taken_from("sh/park")}


@pytest.mark.parametrize("shared", _OWN)
def test_texts_that_share_a_sentence_of_substance_are_set_beside_each_other(
    store: Store, shared: str
) -> None:
    for name, title, own, year in (
        ("sh/one", "上海市城市管理办法", (shared, _OWN[0]), 2016),
        ("sh/two", "上海市社区管理办法", (shared, _OWN[3]), 2019),
    ):
        add(store.recorded, name, statute(title, "上海市人民代表大会", year, *dict.fromkeys(own)))
    assert "sh/two" in {each.id for each in store.sources_of("sh/one", level="any").set_aside}
    assert "sh/two" in {each.document.id for each in store.taken_from("sh/one")}


def test_a_family_says_what_each_member_changed_and_lacks(store: Store) -> None:
    closing = "本办法自2024年5月1日起施行，有效期5年。"
    for name, title, texts in (
        ("sh/a", "上海市停车管理办法", (_OWN[0], _OWN[1], closing)),
        ("zj/b", "浙江省停车管理办法", (_OWN[0].replace("监督电话", "投诉电话"), _OWN[1], closing)),
        ("hz/c", "杭州市停车管理办法", (_OWN[0], _OWN[2], closing)),
    ):
        add(store.recorded, name, statute(title, "上海市人民代表大会", 2019, *texts))
    (family,) = [each for each in store.families() if "sh/a" in {one.id for one in each.members}]
    names = [each.id for each in family.members]
    assert set(names) >= {"sh/a", "zj/b"}
    changed = {(names[each.member], each.text) for common in family.common for each in common.changed}
    assert any("投诉电话" in text or "监督电话" in text for _, text in changed)
    assert {each.formula for each in family.common} == {True, False}
    assert next(each for each in family.common if each.formula).text.startswith("本办法自")
    assert "投诉电话" in store.families().to_html(lang="zh")
    assert page_of(store.families(), catalog("zh")).pictures


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "json", "csv", "xlsx", "docx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_in_every_form(store: Store, form: str, lang: Language) -> None:
    assert policydiff.render(store.spread(FIRST), form, lang=lang)
    assert policydiff.render(store.families(), form, lang=lang)
