"""A run that records a change names the local documents of the store that lag behind it: real git, real loopback server."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from policydiff.errors import NotFoundError
from policydiff.notify import DocumentChange
from policydiff.report.catalog import catalog
from policydiff.report.to_text import page_lines
from policydiff.store import Store
from policydiff.watch.run import RunOptions
from policydiff.watch.run_page import compose, run_page
from policydiff.watch.session import Listener, Session, SessionOptions, carry_out
from watch import portal as serve
from watch.portal import Portal, page
from watch.test_run import page_source
from watch.workplace import Workplace

CITY = [
    "某市住房租赁管理办法", "某府规〔2024〕3号", "第一条 为了规范住房租赁，制定本办法。",
    "第二条 出租人应当在三十日内办理登记备案。", "第三条 区人民政府应当公布房屋租金参考价格。",
    "第四条 本办法自2024年4月1日起施行。", "某市人民政府", "2024年3月1日",
]  # fmt: skip
DISTRICT = [
    "某区住房租赁实施细则",
    "某区府规〔2024〕1号",
    "第一条 根据《某市住房租赁管理办法》（某府规〔2024〕3号），制定本细则。",
    "第二条 出租人应当在三十日内办理登记备案。",
    "第三条 本细则自2024年6月1日起施行。",
    "某区人民政府",
    "2024年5月1日",
]
UNLIKE = ["某市燃气管理办法", "某府规〔2024〕5号", *CITY[2:]]


def revised(begins: str = "2025年4月1日") -> list[str]:
    lines = [line.replace("三十日", "十日").replace("2024年4月1日", begins) for line in CITY]
    return [*lines[:-1], "2025年3月1日"]


END = [
    "某市人民政府关于废止《某市住房租赁管理办法》的决定",
    "某府规〔2025〕8号",
    "市人民政府决定：废止《某市住房租赁管理办法》（某府规〔2024〕3号），自2025年7月1日起停止执行。",
    "某市人民政府",
    "2025年6月20日",
]


def session(work: Workplace, *listeners: Listener, lang: str = "zh") -> Session:
    with Store.open(work.folder, clock=work.clock.now) as store:
        options = SessionOptions(RunOptions(everything=True), lang, listeners=listeners)
        return carry_out(work.configuration, store, work.clock, options)


@pytest.fixture
def watched(portal: Portal, tmp_path: Path) -> Workplace:
    work = Workplace(tmp_path / "store")
    portal.pages |= {"/city": page(CITY), "/district": page(DISTRICT), "/gas": page(UNLIKE)}
    work.configure("".join(page_source(portal, f"/{name}", name) for name in ("city", "district", "gas")))
    assert not any(change.lagging for change in session(work).report.changes)
    return work


def test_page_and_message_name_what_lags_in_both_languages(watched: Workplace, portal: Portal) -> None:
    portal.pages["/city"] = page(revised())
    found = session(watched)
    assert found.troubles == ()
    (change,) = found.report.changes
    (lag,) = change.lagging
    assert (lag.id, lag.title, lag.change) == ("city/district", DISTRICT[0], "revised")
    assert lag.behind == ("第二条",)
    assert (lag.basis, lag.since) == ("city/city", date(2025, 4, 1))
    for lang, words in (
        ("en", ("local documents that lag now 1", "revised 2025-04-01: clauses behind 1 (第二条)")),
        ("zh", ("现已滞后的下位文件 1", "已修订 2025-04-01：落后条款 1（第二条）")),
    ):
        told = page_lines(run_page(found.report, catalog(lang)), catalog(lang))
        message = compose(found.report, lang)
        assert message is not None
        for text in (told, message.text):
            assert all(word in text for word in (*words, DISTRICT[0], "city/district")), (lang, text)
        assert message.changes[0].lagging == (lag,)
    assert found.report.to_records()[0]["lagging"] == "city/district"


def test_the_settings_switch_it_off(watched: Workplace, portal: Portal) -> None:
    portal.pages["/city"] = page(revised())
    watched.text = watched.text.replace("[track]", "[track]\nradar = false")
    assert [change.lagging for change in session(watched).report.changes] == [()]


@pytest.mark.parametrize("day", ["2025年7月1日", "2027年7月1日"])
def test_a_decision_names_what_stood_on_the_text_it_ended(
    watched: Workplace, portal: Portal, day: str
) -> None:
    portal.pages["/end"] = page([line.replace("2025年7月1日", day) for line in END])
    watched.configure(page_source(portal, "/end", "end"))
    (change,) = session(watched).report.changes
    assert [(lag.id, lag.basis, lag.change.value) for lag in change.lagging] == [
        ("city/district", "city/city", "repealed")
    ]


@pytest.mark.parametrize("begins", ["2025年4月1日", "2027年4月1日"])
def test_a_text_that_is_not_in_force_yet_is_told_with_its_day(
    watched: Workplace, portal: Portal, begins: str
) -> None:
    portal.pages["/city"] = page(revised(begins))
    (change,) = session(watched).report.changes
    assert [lag.since and lag.since.year for lag in change.lagging] == [int(begins[:4])]


def test_a_change_that_no_local_document_stands_on_names_none(watched: Workplace, portal: Portal) -> None:
    portal.pages["/gas"] = page([line.replace("三十日", "十日") for line in UNLIKE[:-1]] + ["2025年3月1日"])
    (change,) = session(watched).report.changes
    assert change.lagging == ()


@pytest.mark.parametrize(
    "error", [NotFoundError("no such text"), sqlite3.DatabaseError("malformed"), OSError("full")]
)
def test_a_listener_that_fails_silences_nothing(watched: Workplace, portal: Portal, error: Exception) -> None:
    heard: list[Sequence[DocumentChange]] = []

    class Failing(Listener):
        def enrich(
            self, changes: Sequence[DocumentChange], _store: Store, _day: date
        ) -> Sequence[DocumentChange]:
            heard.append(changes)
            raise error

    portal.pages["/city"] = serve.in_turn(page(revised()), page(revised()))
    found = session(watched, Failing())
    assert [lag.id for lag in found.report.changes[0].lagging] == ["city/district"]
    assert len(found.troubles) == 1
    assert str(error) in found.troubles[0]
    assert session(watched, Failing()).report.changes == ()
    assert len(heard) == 1, "a run that recorded nothing asks nobody"
