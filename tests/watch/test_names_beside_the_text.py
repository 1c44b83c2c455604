"""Names beside the provisions of a text that give place to others are no version; what may be of the document always is."""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from policydiff.report import Format, render
from policydiff.watch.against_last import Views
from policydiff.watch.examine import RunReport
from policydiff.watch.ledger import Entry, Outcome
from policydiff.watch.run import RunResult
from watch.portal import Portal, page
from watch.test_run import LINES, page_source
from watch.workplace import Workplace

HEAD = ["某市促进养老服务办法", "某府规〔2024〕3号", "各区人民政府："]
BODY = [
    "第一条　为了规范养老服务，制定本办法。",
    "第二条　补贴标准为每人每月五百元。",
    "第三条　本办法自发布之日起施行。",
]
TITLE = "某市促进养老服务办法"


def text(above: str = "", below: str = "", body: list[str] = BODY, head: list[str] = HEAD) -> str:
    return "\n".join(line for line in (*head, above, *body, below) if line)


def beside(old: str, new: str) -> tuple[str, str] | None:
    return Views(old, new, (old,), new, None, (TITLE, TITLE), is_page=True).beside()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("龙舟赛开幕", "荷花盛开", "below"),  # a rail without links
        ("春潮带雨", "雪落满城", "above"),
        ("某区直播电商扶持办法", "某区老字号保护办法", "below"),  # titles of other texts
        ("在办人数412", "在办人数398", "below"),
        ("海报甲", "", "below"),
        ("", "敬老月", "above"),
    ],
)
def test_names_beside_the_provisions_are_told_apart_from_the_text(old: str, new: str, place: str) -> None:
    assert beside(text(**{place: old}), text(**{place: new})) == (old or "—", new or "—")


@pytest.mark.parametrize(
    "texts",
    [
        [
            text(body=[BODY[0], f"第二条　补贴标准为每人每月{n}百元。", BODY[2]]) for n in "五六七八"
        ],  # the body
        [text(body=[*BODY[:2], f"{n}百元", BODY[2]]) for n in "五六七八"],  # a short line between provisions
        [text(above=f"有效期：{n}年") for n in "二三四五"],  # a label of facts
        [text(above=each) for each in ("有效", "失效", "有效", "失效")],  # a state
        [text(below=f"2024年3月{n}日") for n in "5678"],  # a day
        [text(below=f"某府规〔2024〕{n}号") for n in "5678"],  # a number
        [text(below=f"某市{n}局") for n in ("财政", "民政", "教育", "公安")],  # who signs
        [text(above=f"{n}人民政府") for n in ("静安区", "某省", "普陀区", "某市")],  # who issues
        [text(below=f"附件：申请表{n}") for n in "甲乙丙丁"],  # an annex
        [text(below=f"|每月|{n}百元|") for n in "五六七八"],  # a row
        [text(below=f"市财政局{n}负责解释。") for n in "甲乙丙丁"],  # a sentence
        [text(head=[f"{TITLE}{each}", *HEAD[1:]]) for each in ("", "（试行）", "", "（试行）")],  # the title
        [text(below=f"三{n}同看") for n in "人口户室"],  # words amended, and not replaced
        [text(head=[*HEAD[:2], f"各区、{n}局："]) for n in "甲乙丙丁"],  # the addressee
        [text(above=f"（{n}经市政府同意，予以废止）") for n in "一二三四"],  # a sentence of repeal
    ],
)
def test_what_may_be_of_the_document_is_no_name_beside_it(texts: list[str]) -> None:
    assert [beside(*pair) for pair in pairwise(texts)] == [None] * 3


def test_a_run_says_what_it_left_out(portal: Portal, tmp_path: Path) -> None:
    """Names beside the text are no version; the ledger says which words were left out, and a real change beside them is recorded."""
    work = Workplace(tmp_path / "store")
    work.configure(page_source(portal))
    forms = ["龙舟赛开幕", "荷花盛开", "消夏夜市", "秋粮丰收", "冬灌开始"]
    served = [[*LINES[:2], form, *LINES[2:]] for form in forms]
    served.append([*LINES[:2], "春耕备忘", *(line.replace("100", "120") for line in LINES[2:])])
    seen = []
    for lines in served:
        portal.pages["/a"] = page(lines)
        entry = work.run(everything=True).entries[0]
        seen.append((str(entry.outcome), entry.left_out))
        work.clock.advance(hours=30)
    assert [outcome for outcome, _ in seen] == ["changed"] + ["unchanged"] * 4 + ["changed"]
    assert seen[4][1] == "龙舟赛开幕 → 冬灌开始"


def test_the_page_of_a_run_lists_what_was_left_out() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entry = Entry(run="r", at=at, source="s", outcome=Outcome.UNCHANGED, left_out="甲 → 乙")
    result = RunResult(run="r", started=at, ended=at, resumed=False, entries=(entry,), not_due=())
    report = RunReport(result=result, changes=())
    assert "s：甲 → 乙" in render(report, Format.MARKDOWN, lang="zh")
    assert "Left out" in render(report, Format.MARKDOWN, lang="en")
