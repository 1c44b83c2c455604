"""Where a text ends, and which of its lines are the page's own: kinds that pairs of real captures showed."""

import pytest

from policydiff.lexicon.examples import told_by
from policydiff.watch import SourceFailedError
from policydiff.watch.judge.beside import _of_the_visit, _without_visit, without_declared
from policydiff.watch.judge.core import core_lines, squeeze
from policydiff.watch.judge.cuts import _wall
from policydiff.watch.judge.guards import check_bytes
from policydiff.watch.judge.page_runs import Page

_SENTENCE = "You should keep records of every payment for six years."

COUNTED = (
    # (text, line that has to count, why)
    (f"Guidance\nUpdated 7 March 2022\n{_SENTENCE}\nAsk the council.", _SENTENCE, "a day above an English text"),
    (f"Terms\nIn this article\nContents\n{_SENTENCE}", _SENTENCE, "a table of contents above it"),
    (f"1. Scope\n{_SENTENCE}\nYour rights\nYou may ask us to correct what we hold.", "You may ask us to correct what we hold.", "a section behind the last number"),
    (f"{_SENTENCE}\nOnline: here\nBy post:\nMATCH, DPO Office\n27 Old Gloucester Street, London, United Kingdom, WC1N 3AX, and for members in Ireland 1 Hatch Street", "27 Old Gloucester Street, London, United Kingdom, WC1N 3AX, and for members in Ireland 1 Hatch Street", "an address behind a link"),
    (f"{_SENTENCE}\nService:all services, including additional ones, provided by means of the app;\n{_SENTENCE}", "Service:all services, including additional ones, provided by means of the app;", "a definition between two sentences"),
    (f"{_SENTENCE}\nYou may find the previous versions here.\n{_SENTENCE}", "You may find the previous versions here.", "a line that resembles a page's own, within the text"),
    ("第一条 补贴标准为每人每月800元。\n更新日期\n第二条 本办法自公布之日起施行。", "第二条 本办法自公布之日起施行。", "a clause behind a line of the page's own"),
    ("各单位要按时报送。\n来源：市财政局\n本通知由市财政局负责解释。", "本通知由市财政局负责解释。", "a sentence behind the source"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "line", "why"), COUNTED, ids=[why for *_, why in COUNTED])
def test_a_line_of_the_text_counts(text: str, line: str, why: str) -> None:
    assert squeeze(line) in core_lines(text), why


DROPPED = (
    ("第一条 补贴标准为每人每月800元。\n网友评论（3）\n李先生：什么时候开始实施？\n匿名：希望尽快落实到位。", "匿名:希望尽快落实到位。", "what readers say"),
    ("第一条 补贴标准为每人每月800元。\n看过本文的人还看了\n公租房申请指南", "公租房申请指南", "neighbours behind the text"),
    ("第一条 补贴标准为每人每月800元。\n浏览次数：1301\n第二条 本办法自公布之日起施行。", "浏览次数:1301", "a counter within the text"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "line", "why"), DROPPED, ids=[why for *_, why in DROPPED])
def test_a_line_of_the_page_does_not(text: str, line: str, why: str) -> None:
    assert line not in core_lines(text), why


@pytest.mark.parametrize(("tail", "counts"), [("甲" * 80, False), ("甲" * 81, True)])
def test_a_long_tail_may_be_a_part_of_the_document(tail: str, counts: bool) -> None:
    text = f"第一条 补贴标准为每人每月800元。\n看过本文的人还看了\n{tail[:40]}\n{tail[40:]}"
    assert (tail[40:] in core_lines(text)) is counts


def test_a_wall_has_the_old_text_above_it_and_no_other_behind() -> None:
    old = "\n".join(f"第{n}条 各单位应当在第{n}日前报送材料。" for n in range(1, 10))
    wall = "登录后查看全文"
    beginning = "\n".join(old.splitlines()[:5])
    anew = "\n".join(f"第{n}条 申请人应当登录系统办理第{n}项业务。" for n in range(1, 10))
    assert _wall(f"{beginning}\n{wall}", old) == wall
    assert _wall(f"{anew}\n{wall}", old) is None
    assert _wall(f"{wall}\n{anew}", old) is None


@pytest.mark.parametrize(("shown", "is_challenge"), [(599, True), (600, False)])
def test_the_mark_of_a_challenge_beside_a_text_is_none(shown: int, is_challenge: bool) -> None:
    page = f"<html><body><p>{'a' * shown}</p><script src='/cdn-cgi/challenge-platform/x.js'></script></body></html>"
    if is_challenge:
        with pytest.raises(SourceFailedError, match="captcha"):
            check_bytes(page.encode())
    else:
        check_bytes(page.encode())


def test_words_of_a_language_without_examples_tell_nothing() -> None:
    assert told_by("Mektoube – Site de la rencontre musulmane et maghrébine") is None
    assert told_by("Discover new people nearby and build genuine connections") is None


VISITS = (
    ("a.pdf?did=1f-2e", "a.pdf", "shared by three addresses"),
    ("b.pdf?id=7&did=1f-2e", "b.pdf?id=7", "a number of the file stays"),
    ("l.php?u=https://x.org/a.pdf&h=AT2Hz", "https://x.org/a.pdf", "an address that leads on"),
    ("c.pdf?v=2", "c.pdf?v=2", "a parameter that one link has"),
)


@pytest.mark.parametrize(("name", "told", "why"), VISITS, ids=[why for *_, why in VISITS])
def test_marks_of_the_visit_tell_no_file(name: str, told: str, why: str) -> None:
    links = "".join(f"<a href='/{each}.pdf?did=1f-2e'>Form {each}</a>" for each in "abd")
    page = Page(f"<html><body>{links}</body></html>".encode())
    assert _without_visit(name, _of_the_visit(page)) == told, why


@pytest.mark.parametrize(
    ("opening", "counts"),
    [
        (
            "Your privacy is at the core of the way we design and build the services and products you know.",
            True,
        ),
        ("Privacy policy", False),
    ],
)
def test_a_day_of_effect_below_a_sentence_stands_in_the_text(opening: str, *, counts: bool) -> None:
    lines = core_lines(f"{opening}\nEFFECTIVE DATE: January 17, 2022\n{_SENTENCE}")
    assert ("EFFECTIVEDATE:January17,2022" in without_declared(lines, None)) is counts
