"""One document on two sources: one of them records it, and what differs on the other is told once, in both languages."""

from pathlib import Path

import pytest

from policydiff.model import Document
from policydiff.report.catalog import catalog
from policydiff.watch.against_last import words_apart
from policydiff.watch.examine import RunReport
from policydiff.watch.run import RunResult
from policydiff.watch.run_page import compose, run_page
from policydiff.watch.store_archive import Stored
from watch.portal import Portal, page, policy_lines, with_validators
from watch.workplace import Workplace

TITLE = "某市关于促进中小企业发展的意见"
POINTS = [
    "加大财政支持力度，每年安排资金不少于500万元。",
    "优化营商环境，办理时限不超过5个工作日。",
    "本意见自2024年4月1日起施行。",
]
LINES = policy_lines(TITLE, "某政发〔2024〕5号", POINTS)


def _with(old: str, new: str, lines: list[str] = LINES) -> list[str]:
    assert any(old in line for line in lines)
    return [each for line in lines if (each := line.replace(old, new))]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (_with("500万元", "800万元"), ("500万元", "800万元")),  # a figure
        (
            _with("不超过5个工作日", "一般不超过5个工作日"),
            ("时限不超过", "时限一般不超过"),
        ),  # a duty softened
        (_with("4月1日", "5月1日"), ("2024年4月1日", "2024年5月1日")),  # the day of effect
        ([*LINES[:-2], "四、本意见有效期三年。", *LINES[-2:]], ("—", "有效期三年")),  # a clause more
        ([line for line in LINES if "营商环境" not in line], ("优化营商环境", "—")),  # a clause less
        (_with("2024年3月5日", "2024年3月15日"), ("2024年3月5日", "2024年3月15日")),  # the day of signature
        (
            [*LINES[:2], "本文件已于2025年1月1日废止", *LINES[2:]],
            ("—", "废止"),
        ),  # a state, said on one site alone
        (_with("各区人民政府", "各县人民政府"), ("各区人民政府", "各县人民政府")),  # the addressee
        (_with("某市人民政府", "某市财政局"), ("某市人民政府", "某市财政局")),  # the signature
        (_with(TITLE, f"{TITLE}（修订）"), ("—", "（修订）")),  # the title
        ([*LINES, "附件：申报表"], ("—", "附件")),  # an annex
        (LINES, None),  # the same words
        ([*LINES[:2], "发布时间：2024-03-06", *LINES[2:]], None),  # a field of the site above the text
        ([*LINES[:2], "浏览次数：77", *LINES[2:]], None),  # a counter of the site
        ([f"　　{line}　" for line in LINES], None),  # blanks
        (_with("，", "， "), None),  # layout
    ],
)
def test_words_that_differ_between_two_sources(lines: list[str], told: tuple[str, str] | None) -> None:
    newest = Stored(
        "a/1", "1", "\n".join(LINES), b"", Document.model_construct(title=TITLE), "page.html", None
    )
    found = words_apart(newest, "\n".join(lines))
    if told is None:
        assert found is None
        return
    assert found is not None
    old, _, new = found.replace("(", "（").replace(")", "）").partition(" → ")
    assert told[0] in old
    assert told[1] in new


def test_a_long_clause_is_told_from_where_it_differs() -> None:
    long = "。".join(f"支持第{number}类企业扩大生产、稳定就业" for number in range(60))
    newest = Stored(
        "a/1", "1", f"一、{long}，补助500元。", b"", Document.model_construct(title=TITLE), "p", None
    )
    found = words_apart(newest, f"一、{long}，补助800元。")
    assert found is not None
    assert len(found) < 500
    assert "500元" in found
    assert "800元" in found


LISTINGS = "first", "second"


@pytest.fixture
def work(portal: Portal, tmp_path: Path) -> Workplace:
    place = Workplace(tmp_path / "store")
    place.configure(
        "".join(
            f'[[sources]]\nname = "{name}"\nurl = "{portal.url(f"/{name}")}"\nkind = "listing"\nentries = "a"\n'
            for name in LISTINGS
        )
    )
    for name in LISTINGS:
        portal.pages[f"/{name}"] = f'<html><body><a href="/{name}/1.html">A</a></body></html>'.encode()
    return place


def _run(work: Workplace, portal: Portal, first: list[str], second: list[str]) -> RunResult:
    for name, lines in zip(LISTINGS, (first, second), strict=True):
        portal.pages[f"/{name}/1.html"] = page(lines)
    return work.run(everything=True)


def test_a_change_on_both_sources_is_recorded_once(work: Workplace, portal: Portal) -> None:
    """After quiet runs both sources knew the version, each left the change to the other, and nothing was recorded."""
    for _ in range(3):
        _run(work, portal, LINES, LINES)
    revised = _with("500万元", "800万元")
    result = _run(work, portal, revised, revised)
    assert [each.source for each in result.changed] == ["first"]
    assert not result.newly_apart
    assert [*map(len, work.versions().values())] == [2]


@pytest.mark.parametrize("differs", [True, False])
def test_a_source_that_gave_way_is_asked_whether_its_page_changed(
    work: Workplace, portal: Portal, *, differs: bool
) -> None:
    """Until its page or the recorded version changes nothing is fetched again, and what differs stays told."""
    texts = {"first": LINES, "second": _with("5个工作日", "9个工作日") if differs else LINES}
    for name in LISTINGS:
        portal.pages[f"/{name}/1.html"] = with_validators(lambda name=name: page(texts[name]))  # type: ignore[misc]

    def second() -> tuple[int | None, bool]:
        result = work.run(everything=True)
        (entry,) = (each for each in result.entries if each.source == "second" and each.item)
        return entry.status, entry.apart is not None

    assert [second() for _ in range(3)] == [(200, differs), (304, differs), (304, differs)]
    texts["first"] = _with("500万元", "800万元")
    second()
    assert second() == (200, True)
    assert second() == (304, True)
    texts["second"] = texts["first"]
    assert second() == (200, False)
    assert [*map(len, work.versions().values())] == [2]


def test_a_source_that_differs_is_told_once(work: Workplace, portal: Portal) -> None:
    _run(work, portal, LINES, LINES)
    other = _with("5个工作日", "9个工作日")
    seen = [_run(work, portal, LINES, other) for _ in range(2)]
    assert [[each.source for each in result.newly_apart] for result in seen] == [["second"], []]
    for lang, subject in (("zh", "second"), ("en", "differs from the recorded text")):
        report = RunReport(result=seen[0], changes=())
        message = compose(report, lang)
        assert message is not None
        assert subject in message.subject
        assert "5个工作日" in message.text
        assert "9个工作日" in message.text
        (told,) = message.apart
        assert told.watched_by.startswith("first ")
        assert compose(RunReport(result=seen[1], changes=()), lang) is None
        later = run_page(RunReport(result=seen[1], changes=()), catalog(lang))
        assert any(each.name == "apart" for each in later.findings), "it stands on the page until they agree"
    assert [*map(len, work.versions().values())] == [1]
    assert not _run(work, portal, LINES, LINES).entries[-1].apart


def test_a_broken_second_source_fails_with_its_type(work: Workplace, portal: Portal) -> None:
    _run(work, portal, LINES, LINES)
    gone = _run(work, portal, LINES, ["抱歉，您访问的页面不存在或已被删除"])
    assert [each.source for each in gone.failed] == ["second"]
    assert not gone.newly_apart
