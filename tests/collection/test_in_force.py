"""Validity across a store: a text of one document ends, extends or spares another, and each answer names who says so."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policydiff import NotFoundError, Store, parse
from policydiff.model import ForceKind
from policydiff.model.document import BeginsBy
from policydiff.model.lagging import DocumentValidity, Ground, ValidityState

HOUSING = """某市住房租赁管理办法
某府规〔2024〕3号

第一条 为了规范住房租赁，制定本办法。
第二条 出租人应当在三十日内办理登记。
第三条 市住房局负责监督管理。
第四条 本办法自2024年4月1日起施行，有效期5年。

某市人民政府
2024年3月1日
"""
NAMED = "《某市住房租赁管理办法》（某府规〔2024〕3号）"
Stored = Callable[..., Store]


def notice(title: str, body: str, day: str = "2025年6月20日") -> str:
    return f"{title}\n某府规〔2025〕8号\n\n各区人民政府：\n{body}\n\n某市人民政府\n{day}\n"


@pytest.fixture
def stored(tmp_path: Path) -> Stored:
    def build(*texts: str) -> Store:
        store = Store.init(tmp_path / "store")
        for number, text in enumerate((HOUSING, *texts)):
            file = tmp_path / f"{number}.txt"
            file.write_text(text, encoding="utf-8")
            store.add(file, id="city/housing" if number == 0 else f"city/other-{number}")
        return store

    return build


def in_force(store: Store, day: str) -> bool:
    try:
        store.read(f"city/housing@{day}")
    except NotFoundError:
        return False
    return True


ENDS = {
    "decision": notice("某市人民政府关于废止《某市住房租赁管理办法》的决定", f"经研究，决定废止{NAMED}，自2025年7月1日起停止执行。"),
    "from a day": notice("某市人民政府关于部分文件的通知", f"{NAMED}自2025年7月1日起废止。"),
    "stopped": notice("某市人民政府关于部分文件的通知", f"经研究，{NAMED}停止执行。本通知自2025年7月1日起施行。"),
    "declared": notice("某市人民政府关于一批文件的决定", f"决定宣布{NAMED}失效。本决定自2025年7月1日起施行。"),
    "successor": notice("某市租房条例实施办法", f"第一条 制定本办法。\n第二条 本办法自2025年7月1日起施行。{NAMED}同时废止。"),
    "title alone": notice("某市房屋管理办法", "第一条 制定本办法。\n第二条 本办法自2025年7月1日起施行。《某市住房租赁管理办法》同时废止。"),
    "list": notice("某市人民政府关于废止部分文件的通知", f"对以下文件予以废止，自2025年7月1日起执行：\n一、《某市燃气办法》（某府规〔2020〕1号）\n二、{NAMED}"),
    "annex": notice("某市人民政府关于公布废止文件目录的通知", "决定废止下列文件（目录见附件），本通知自2025年7月1日起施行。\n附件：废止文件目录")
    + f"\n附件\n废止文件目录\n1.《某市燃气办法》（某府规〔2020〕1号）\n2.{NAMED}\n",
}  # fmt: skip
SPARES = {
    "draft": notice("某市租房条例实施办法（征求意见稿）", f"第一条 制定本办法。\n第二条 本办法自2025年7月1日起施行。{NAMED}同时废止。"),
    "part": notice("某市房屋管理办法", f"第一条 制定本办法。\n第二条 本办法自2025年7月1日起施行。{NAMED}第二条同时废止。"),
    "another number": notice("某市房屋管理办法", "第一条 制定本办法。\n第二条 本办法自2025年7月1日起施行。《某市住房租赁管理办法》（某府规〔2014〕9号）同时废止。"),
    "event": notice("某市人民政府关于文件的通知", f"待新办法出台后，{NAMED}同时废止。"),
    "some clauses, in the title": notice("某市人民政府关于废止《某市住房租赁管理办法》部分条款的决定", "现予公布。"),
    "some of several texts": notice("某市人民政府关于废止《某市住房租赁管理办法》等文件部分条款的通知", "现予公布。"),
    "an article, in the title": notice("某市人民政府关于废止《某市住房租赁管理办法》第二条的决定", "现予公布。"),
    "some rules": notice("某市人民政府关于部分文件的通知", f"{NAMED}中的有关规定停止执行。"),
    "texts beside it": notice("某市人民政府关于部分文件的通知", f"决定废止{NAMED}有关配套文件。"),
    "mention": notice("某市人民政府关于文件的通知", f"各区按照{NAMED}执行。"),
}  # fmt: skip


@pytest.mark.parametrize("text", ENDS.values(), ids=ENDS)
def test_ended(stored: Stored, text: str) -> None:
    """In force on the day before, out of force from the day; the answer names document and sentence."""
    store = stored(text)
    assert in_force(store, "2025-06-30")
    assert not in_force(store, "2025-07-01")
    found = store.validity("city/housing", on="2025-07-01").documents[0]
    assert (found.state.value, str(found.until)) == ("ended", "2025-06-30")
    assert found.ended_by is not None
    assert found.ended_by.startswith("city/other-1@")
    assert found.decisive[0].text in text.replace("\n", "")
    with pytest.raises(NotFoundError, match="city/other-1@"):
        store.read("city/housing@2025-12-01")


@pytest.mark.parametrize("text", SPARES.values(), ids=SPARES)
def test_spared(stored: Stored, text: str) -> None:
    assert in_force(stored(text), "2025-12-01")


@pytest.mark.parametrize(
    "body",
    [f"经评估，{NAMED}有效期延长至2031年3月31日。", f"经评估，{NAMED}继续有效，有效期至2031年3月31日。"],
)
def test_extended(stored: Stored, body: str) -> None:
    store = stored(notice("某市人民政府关于延长有效期的通知", body))
    assert in_force(store, "2031-03-31")
    assert not in_force(store, "2031-04-01")
    assert str(store.read("city/housing").validity.expires) == "2031-03-31"


@pytest.mark.parametrize(
    ("made", "asked", "until"),
    [
        # the term runs out on 2029-03-31; within it nobody knows of an extension that is made later
        ("2025年6月20日", "2025-06-19", "2029-03-31"),
        ("2025年6月20日", "2025-06-20", "2031-03-31"),
        ("2025年6月20日", "2024-05-01", "2029-03-31"),
        ("2025年6月20日", "2030-01-01", "2031-03-31"),
        ("2029年3月31日", "2029-03-30", "2029-03-31"),
        # made when the term had run out, it reaches back to the days without one
        ("2029年5月1日", "2029-03-31", "2029-03-31"),
        ("2029年5月1日", "2029-04-01", "2031-03-31"),
        ("2029年5月1日", "2029-05-01", "2031-03-31"),
    ],
)
def test_an_extension_made_later_is_no_part_of_the_term_on_an_earlier_day(
    stored: Stored, made: str, asked: str, until: str
) -> None:
    store = stored(
        notice("某市人民政府关于延长有效期的通知", f"经评估，{NAMED}有效期延长至2031年3月31日。", made)
    )
    found = store.validity("city/housing", on=asked).documents[0]
    assert (found.state.value, str(found.until)) == ("in_force", until)
    assert any(each.kind is ForceKind.EXTENDS for each in found.grounds) == (until == "2031-03-31")


@pytest.mark.parametrize(
    ("words", "made", "day", "until"),
    [
        # the decision of 2025-06-20 ends the text on 2025-07-01; before its own day only the term of the text is known
        ("自2025年7月1日起废止。", "2025年6月20日", "2024-12-01", "2029-03-31"),
        ("自2025年7月1日起废止。", "2025年6月20日", "2025-06-19", "2029-03-31"),
        ("自2025年7月1日起废止。", "2025年6月20日", "2025-06-20", "2025-06-30"),
        ("自2025年7月1日起废止。", "2025年6月20日", "2025-06-30", "2025-06-30"),
        ("自2025年7月1日起废止。", "2025年6月20日", "2026-01-01", "2025-06-30"),
        ("停止执行。", "2025年6月20日", "2025-06-19", "2029-03-31"),
        ("停止执行。", "2025年6月20日", "2025-06-20", "2025-06-19"),
        ("自2025年1月1日起停止执行。", "2025年6月20日", "2024-12-01", "2029-03-31"),
        ("自2025年1月1日起停止执行。", "2025年6月20日", "2025-03-01", "2024-12-31"),
        ("自2025年1月1日起停止执行。", "2025年6月20日", "2025-07-01", "2024-12-31"),
    ],
)
def test_a_repeal_made_later_gives_no_last_day_on_an_earlier_day(
    stored: Stored, words: str, made: str, day: str, until: str
) -> None:
    store = stored(notice("某市人民政府关于部分文件的通知", f"{NAMED}{words}", made))
    (found,) = [each for each in store.validity(on=day).documents if each.id == "city/housing"]
    assert str(found.until) == until
    assert (found.ended_by is None) == (until == "2029-03-31")


def test_expired_by_its_own_term(stored: Stored) -> None:
    store = stored()
    assert in_force(store, "2029-03-31")
    assert not in_force(store, "2029-04-01")


def test_contradictions_are_listed(stored: Stored) -> None:
    store = stored(
        ENDS["from a day"],
        notice("某市人民政府关于延长有效期的通知", f"{NAMED}有效期延长至2031年3月31日。", "2025年9月1日"),
    )
    found = store.validity("city/housing", on="2026-01-01").documents[0]
    assert found.state.value == "disputed"
    assert {each.document.partition("@")[0] for each in found.contradictions} == {
        "city/other-1",
        "city/other-2",
    }


def test_a_person_overrules(stored: Stored) -> None:
    store = stored(ENDS["from a day"])
    ruling = {"in_force": True, "why": "误列", "who": "某某", "decided": "2025-08-01"}
    assert store.meta("city/housing", ruling=ruling)
    found = store.validity("city/housing", on="2026-01-01").documents[0]
    assert found.state.value == "in_force"
    assert any("误列" in each.text for each in found.grounds)


def test_list_search_and_status_obey(stored: Stored) -> None:
    store = stored(ENDS["from a day"])
    listed = {each.identity.id: each for each in store.documents()}
    assert (listed["city/housing"].validity, listed["city/other-1"].validity) == ("ended", "in_force")
    assert [hit.document.id for hit in store.search("办理登记")] == ["city/housing"]
    assert not len(store.search("办理登记", in_force=True))
    assert len(store.search("办理登记", in_force="2025-01-01")) == 1
    assert [each.id for each in store.status().not_in_force] == ["city/housing"]


def test_radar_names_what_lost_its_basis(stored: Stored) -> None:
    local = "某区住房租赁实施细则\n某区府规〔2024〕1号\n\n第一条 根据《某市住房租赁管理办法》，制定本细则。\n第二条 违反《某市住房租赁管理办法》第二条规定的，责令改正。\n第三条 本细则自2024年6月1日起施行。\n\n某区人民政府\n2024年5月1日\n"
    store = stored(ENDS["from a day"], local)
    found = store.radar(on="2026-01-01")
    assert [(each.id, each.change.value) for each in found.entries] == [("city/other-2", "repealed")]
    entry = found.entries[0]
    assert entry.sentence is not None
    assert "废止" in entry.sentence
    assert [each.printed for each in entry.references] == ["第二条"]
    assert (entry.since, entry.days) == (date(2025, 7, 1), 184)
    assert store.radar(on="2025-06-01").entries == ()
    assert store.radar(on="2026-01-01", basis="city/housing").entries == found.entries


def test_delegations_are_answered_or_overdue(stored: Stored) -> None:
    order = notice(
        "某市人民政府关于健康服务的意见",
        "一、各区要结合实际，自本意见印发之日起六个月内制定实施方案。",
        "2024年1月10日",
    )
    store = stored(order)
    found = list(store.delegations("city/other-1", on="2025-01-10"))
    assert [(each.body, str(each.due)) for each in found] == [("各区", "2024-07-10")]
    assert found[0].overdue_days == 184


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (notice("某市人民政府关于废止部分条款的决定", f"决定废止{NAMED}第二条，自2025年7月1日起执行。"), [("第二条", None, "2025-06-30")]),
        (notice("某市人民政府关于部分文件的通知", f"{NAMED}第二条、第三条自2025年7月1日起停止执行。"), [("第二条第三条", None, "2025-06-30")]),
        (notice("某市人民政府关于部分文件的通知", f"{NAMED}自2025年7月1日起废止。"), []),
        (notice("某市人民政府关于部分文件的通知", "《某市燃气办法》第二条自2025年7月1日起废止。"), []),
    ],
)  # fmt: skip
def test_parts_that_another_text_ended(
    stored: Stored, other: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    store = stored(other)
    labels = {each.id: str(each.label) for each in store.read("city/housing").walk()}
    (standing,) = store.validity("city/housing", on="2025-08-01")
    told = [
        (
            "".join(labels[name] for name in each.clauses),
            str(each.effective) if each.effective else None,
            str(each.until) if each.until else None,
        )
        for each in standing.parts
    ]
    assert told == expected
    assert standing.state == ("ended" if "起废止" in other and "燃气" not in other else "in_force")


@pytest.mark.parametrize(
    ("day", "told", "why"),
    [
        (date(2023, 7, 20), True, "the sentence names the day it took effect"),
        (date(2002, 1, 1), False, "an amended text repeats the day of its first version"),
        (None, True, "the day depends on another one (自公布之日起)"),
    ],
)
def test_a_repeated_commencement_is_no_ground(day: date | None, told: bool, why: str) -> None:
    ground = Ground(
        kind=ForceKind.COMMENCES,
        document="state/shipping@2023-07-20",
        title="国际海运条例",
        text="本条例自2002年1月1日起施行。",
        day=day,
    )
    stands = DocumentValidity(
        id="state/shipping", version="2023-07-20", title="国际海运条例", state=ValidityState.IN_FORCE,
        since=date(2023, 7, 20), since_by=BeginsBy.DATED, grounds=(ground,),
    )  # fmt: skip
    assert bool(stands.decisive) is told, why


def test_a_text_that_every_version_ends_is_listed_once(tmp_path: Path) -> None:
    text = "某市住房办法\n（{0}年1月1日某市人民政府令第{1}号公布）\n第一条 {1}。\n第二条 本办法自{0}年2月1日起施行。《某市旧房办法》同时废止。\n"
    store = Store.init(tmp_path / "store")
    for year, number in ((2020, 3), (2024, 9)):
        file = tmp_path / f"{year}.txt"
        file.write_text(text.format(year, number), encoding="utf-8")
        store.add(file, id="city/housing", issued=f"{year}-01-01")
    unresolved = store.validity().unresolved
    assert [(each.named, each.document) for each in unresolved] == [
        ("某市旧房办法", "city/housing@2024-01-01")
    ]


_ORDER = "一、将第二条中的“三十日”修改为“十五日”。"
_FROM = "本决定自2025年7月1日起施行。"
AMENDS = {
    "decision": (notice("某市人民政府关于修改《某市住房租赁管理办法》的决定", f"决定对{NAMED}作如下修改：\n{_ORDER}\n{_FROM}"), "2025-07-01"),
    "one article": (notice("某市人民政府关于修改《某市住房租赁管理办法》第二条的决定", f"{_ORDER}\n{_FROM}"), "2025-07-01"),
    "notice": (notice("某市人民政府关于修改《某市住房租赁管理办法》的通知", f"现对{NAMED}修改如下：\n{_ORDER}"), "2025-06-20"),
    "some regulations": (notice("某市人民政府关于修改部分规章的决定", f"一、对{NAMED}作出修改\n将第二条中的“三十日”修改为“十五日”。\n{_FROM}"), "2025-07-01"),
    "ends and amends": (notice("某市人民政府关于废止和修改部分规章的决定", f"决定对{NAMED}作出修改：\n{_ORDER}\n{_FROM}"), "2025-07-01"),
    "and others": (notice("某市人民政府关于修改《某市燃气管理办法》等两部规章的决定", f"一、修改《某市燃气管理办法》\n二、对{NAMED}作出修改\n{_ORDER}\n{_FROM}"), "2025-07-01"),
    "no day": (notice("某市人民政府关于修改《某市住房租赁管理办法》的决定", _ORDER), "2025-06-20"),
}  # fmt: skip
LEAVES = {
    "call for opinions": notice("某市住房局关于征求《某市住房租赁管理办法》修改意见的通知", f"现就修改{NAMED}征求意见。"),
    "call, the verb first": notice("某市住房局关于修改《某市住房租赁管理办法》征求意见的通知", f"现就修改{NAMED}征求意见。"),
    "a note on the draft": notice("关于修改《某市住房租赁管理办法》的起草说明的通知", f"现就修改{NAMED}说明如下。"),
    "a draft": notice("某市人民政府关于修改《某市住房租赁管理办法》的决定（草案）", f"决定修改{NAMED}。\n{_ORDER}"),
    "another text": notice("某市人民政府关于修改《某市燃气管理办法》的决定", f"决定修改《某市燃气管理办法》，与{NAMED}衔接。"),
    "a text that rests on it": notice("某市租房补贴办法", f"第一条 根据{NAMED}，制定本办法。\n第二条 本办法自2025年7月1日起施行。"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "day"), AMENDS.values(), ids=AMENDS)
def test_an_act_that_amends_is_named_where_no_later_text_is_held(
    stored: Stored, text: str, day: str, tmp_path: Path
) -> None:
    """The text of 2024 is no longer the law; a text of the day of the act or later holds what it orders."""
    store = stored(text)
    found = store.validity("city/housing", on="2025-08-01").documents[0]
    assert (found.state, found.version) == (ValidityState.IN_FORCE, "2024-03-01")
    (ground,) = found.amended_by
    assert (ground.document, ground.day) == ("city/other-1@2025-06-20", date.fromisoformat(day))
    assert found.decisive == found.amended_by
    assert store.validity("city/housing", on="2025-06-19").documents[0].amended_by == ()
    listed = next(each for each in store.documents() if each.identity.id == "city/housing")
    assert listed.amended_by == ground.document
    newer = tmp_path / "newer.txt"
    newer.write_text(
        HOUSING.replace("三十日", "十五日").replace("2024年3月1日", "2025年6月20日"), encoding="utf-8"
    )
    store.add(newer, id="city/housing")
    assert store.validity("city/housing", on="2025-08-01").documents[0].amended_by == ()


@pytest.mark.parametrize("text", LEAVES.values(), ids=LEAVES)
def test_what_orders_no_change_amends_nothing(stored: Stored, text: str) -> None:
    assert stored(text).validity("city/housing", on="2025-08-01").documents[0].amended_by == ()


def test_the_radar_names_a_basis_amended_without_a_text(stored: Stored) -> None:
    local = notice(
        "某区住房租赁实施细则",
        f"第一条 根据{NAMED}，制定本细则。\n第二条 出租人应当在三十日内办理登记。",
        "2024年5月1日",
    )
    store = stored(AMENDS["decision"][0], local)
    (entry,) = store.radar(on="2025-08-01").entries
    assert (entry.id, entry.change.value, entry.current, entry.since) == (
        "city/other-2",
        "revised",
        None,
        date(2025, 7, 1),
    )
    assert entry.said_by == "city/other-1@2025-06-20"
    assert entry.unread == "the store holds no text of the basis as amended"


def test_list_and_log_say_the_number_of_the_newest_version(stored: Stored, tmp_path: Path) -> None:
    store = stored()
    newer = tmp_path / "newer.txt"
    newer.write_text(
        HOUSING.replace("〔2024〕3号", "〔2026〕7号").replace("2024年", "2026年"), encoding="utf-8"
    )
    store.add(newer, id="city/housing")
    listed = next(iter(store.documents()))
    assert listed.shown.document_number == "某府规〔2026〕7号"
    assert "某府规〔2026〕7号" in store.log("city/housing").to_markdown()


PARTS = [
    # words behind the title of the act that is ended, the part that is meant, why
    ("第三条的决定", "第三条", "the kind of the speaking act is no part"),
    ("第三条和第五条的通知", "第三条和第五条", "two articles"),
    ("第二章的通知", "第二章", "a chapter"),
    ("附件2的公告", "附件2", "an annex"),
    ("部分条款的决定", "部分条款", "clauses that are not named"),
    ("中部分内容的通知", "部分内容", "with 中"),
    ("（某府规〔2020〕2号）部分条款的决定", "部分条款", "behind the number"),
    ("等文件部分条款的通知", "部分条款", "of several texts"),
    ("的决定", None, "the whole"),
    ("及有关配套文件的通知", None, "the whole, and others"),
    ("等3件规章的决定", None, "the whole of each"),
    ("和《某市燃气办法》的通知", None, "two whole texts"),
]


@pytest.mark.parametrize(("words", "part", "why"), PARTS)
def test_a_title_says_which_part_it_ends(words: str, part: str | None, why: str) -> None:
    found = parse(
        f"某市人民政府关于废止《某市租房补贴办法》{words}\n某府规〔2026〕1号\n\n现予公布。\n\n某市人民政府\n2026年1月5日"
    )
    ends = [each.target for each in found.validity.statements if each.kind is ForceKind.ENDS]
    assert ends[0] is not None, why
    assert (ends[0].title, ends[0].part) == ("某市租房补贴办法", part), why


def test_pages_name_the_clauses_that_another_text_ended(stored: Stored) -> None:
    store = stored(
        notice(
            "某市人民政府关于废止《某市住房租赁管理办法》第二条的决定",
            f"决定废止{NAMED}第二条，自2025年7月1日起生效。",
        )
    )
    assert "第二条除外" in store.validity("city/housing", on="2025-07-01").to_markdown(lang="zh")
    assert "除外" not in store.validity("city/housing", on="2025-06-30").to_markdown(lang="zh")
    assert "自2025年7月1日起终止第二条：决定废止" in store.log("city/housing").to_markdown(lang="zh")


def test_a_text_made_by_an_act_begins_when_the_act_does(stored: Stored, tmp_path: Path) -> None:
    """The amended text repeats the commencement of its first version; the decision says from when its words hold."""
    store = stored(AMENDS["decision"][0])
    newer = tmp_path / "newer.txt"
    newer.write_text(
        HOUSING.replace("三十日", "十五日").replace("2024年3月1日", "2025年6月20日"), encoding="utf-8"
    )
    store.add(newer, id="city/housing")
    assert "三十日" in store.text("city/housing@2025-06-30")
    assert "十五日" in store.text("city/housing@2025-07-01")
    before, after = (
        store.validity("city/housing", on=day).documents[0] for day in ("2025-06-30", "2025-07-01")
    )
    assert (before.version, before.amended_by != ()) == ("2024-03-01", True)
    assert (after.version, after.since, after.amended_by) == ("2025-06-20", date(2025, 7, 1), ())
    assert [(each.kind, each.document) for each in after.grounds][:1] == [
        ("amends", "city/other-1@2025-06-20")
    ]
    newest, oldest = store.log("city/housing").versions
    assert (newest.in_force_from, newest.in_force_by) == (date(2025, 7, 1), BeginsBy.STATED)
    assert oldest.in_force_until == date(2025, 6, 30)


def test_a_text_that_states_its_own_start_is_not_put_off_by_the_act(stored: Stored, tmp_path: Path) -> None:
    store = stored(AMENDS["decision"][0])
    newer = tmp_path / "newer.txt"
    text = HOUSING.replace("三十日", "十五日").replace("2024年3月1日", "2025年6月20日")
    newer.write_text(text.replace("2024年4月1日", "2025年6月25日"), encoding="utf-8")
    store.add(newer, id="city/housing")
    assert "十五日" in store.text("city/housing@2025-06-25")
    assert store.validity("city/housing", on="2025-06-25").documents[0].since == date(2025, 6, 25)
