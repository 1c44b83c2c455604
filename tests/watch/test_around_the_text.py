"""What differs around an unchanged text: explained as the site's own, or told to a person and never passed over."""

from pathlib import Path

import pytest

from benchmarks.watch_pages import judge
from policydiff.report.catalog import catalog
from policydiff.store import Store
from policydiff.watch.examine import RunReport
from policydiff.watch.run_page import compose
from policydiff.watch.store_archive import Archive
from watch.portal import Portal
from watch.workplace import Workplace

_TEXT = "".join(
    f"<p>{each}</p>"
    for each in (
        "第一条　为规范临时救助，根据有关规定，制定本办法。",
        "第二条　申请人应当提交书面申请和身份证明。",
        "第三条　街道应当自受理之日起十个工作日内办结。",
        "第四条　本办法自2024年5月1日起施行。",
    )
)


def _page(around: str, *, below: str = "", head: str = "") -> bytes:
    return (
        f"<html><head><title>某市临时救助办法</title>{head}</head><body><div class='top'><a href='/'>首页</a>"
        "<a href='/zw'>政务</a><a href='/hd'>互动</a></div><div class='main'><h1>某市临时救助办法</h1>"
        f"<div class='text'>{_TEXT}</div></div><div class='aside'>{around}</div>{below}</body></html>"
    ).encode()


TOLD = (
    ("<p>政策咨询：救助科 55667788</p>", "<p>政策咨询：审批科 55667799</p>", "a contact in a rail"),
    ("<p>执行层级：市级</p>", "<p>执行层级：区级</p>", "an unknown label"),
    ("<dl><dt>实施范围</dt><dd>全市</dd></dl>", "<dl><dt>实施范围</dt><dd>主城区</dd></dl>", "no colon"),
    ("<p>办理期限：2025-01-01</p>", "<p>办理期限：2025-06-01</p>", "a day under an unknown label"),
    ("<i>施用截至</i><b>2025-01-01</b>", "<i>施用截至</i><b>2026-01-01</b>", "a day in a pair of elements"),
    ("<span class='lab'>执行中</span>", "<span class='lab'>已停止执行</span>", "a state far away"),
    ("", "<div>本办法第三条的期限以新规定为准，请以窗口答复为准。</div>", "a sentence"),
    ("<p>救助额度分三档</p>", "<p>救助额度分两档</p>", "words without a label"),
    ("<ul><li>附加条件甲</li></ul>", "<ul><li>附加条件乙</li></ul>", "a list without links"),
    ("<div>申领人群 低保边缘家庭</div>", "<div>申领人群 低保家庭</div>", "a line with a blank"),
    (
        "<input type=hidden name=zt value='有效'>",
        "<input type=hidden name=zt value='失效'>",
        "a hidden field",
    ),
    ("<script>var p={xl:'有效'};</script>", "<script>var p={xl:'失效'};</script>", "a value of a script"),
    ("<p>Review due</p><p>30 September 2026</p>", "<p>Review due</p><p>30 September 2025</p>", "until when"),
    ("<p>下次复审：2026-01-01</p>", "<p>下次复审：2027-01-01</p>", "the next review"),
    ("<i>征集中</i>", "<i>已结束</i>", "the state of a consultation"),
    ("<script>q.ssrq='2024-05-01';</script>", "<script>q.ssrq='2024-08-01';</script>", "a day of a script"),
)


@pytest.mark.parametrize(("old", "new", "why"), TOLD, ids=[why for *_, why in TOLD])
def test_what_nothing_explains_is_never_unchanged(old: str, new: str, why: str) -> None:
    assert judge(_page(old), _page(new))[0] in {"unsure", "changed"}, why


EXPLAINED = (
    ("<p>访问量：1204</p>", "<p>访问量：1377</p>", "a counter"),
    ("<p>今天是2024年9月3日 星期二</p>", "<p>今天是2024年9月4日 星期三</p>", "a clock"),
    ("<a href='/1'>我市召开大会</a>", "<a href='/2'>市领导调研</a>", "a neighbour"),
    (
        "<ul><li><a href='/1'>甲</a><p>会议强调落实责任。</p></li><li><a href='/2'>乙会</a></li></ul>",
        "<ul><li><a href='/3'>丙</a><p>各地要抓紧春耕。</p></li><li><a href='/2'>乙会</a></li></ul>",
        "first words of a neighbour",
    ),
    ("<nav>无障碍浏览</nav>", "<nav>关怀版</nav>", "a bar by its element"),
    (
        "<div class='recommend-box'>春季养生</div>",
        "<div class='recommend-box'>夏季防暑</div>",
        "offers by their class",
    ),
    ("<select><option>部委网站</option></select>", "<select><option>省级网站</option></select>", "a choice"),
    ("<p>责任编辑：甲某</p>", "<p>责任编辑：乙某</p>", "a label of the page's own"),
    ("", "<div class='cookie-bar'>我们使用技术手段改善体验</div>", "consent by its class"),
    ("<h4>网友评论</h4><p>写得清楚</p>", "<h4>网友评论</h4><p>何时开始办理</p>", "what readers say"),
    ("<p>v2.3.1</p>", "<p>v2.3.2</p>", "the release of a program"),
    ("<p>上午好！某市 晴 12~23℃</p>", "<p>晚上好！某市 阵雨 9~17℃</p>", "a greeting with the weather"),
    ("<p>被引用：31</p>", "<p>被引用：35</p>", "how often it is cited"),
    ("<p>已收到意见 14 条</p>", "<p>已收到意见 22 条</p>", "how many have answered"),
    ("<div class='foot'>甲处 乙科</div>", "<div class='foot'>甲处 丙科</div>", "a foot by its class"),
    ("<p>标识：3f2a9b8c7d6e5f40</p>", "<p>标识：9b8c7d6e5f403f2a</p>", "a token"),
    (
        "<script>var v='a8f5f167f44f4964';</script>",
        "<script>var v='9bf31c7ff062936a';</script>",
        "a script's own",
    ),
    (
        "<script>var h={title:'甲会',url:'/1'},k={title:'乙会',url:'/2'};</script>",
        "<script>var h={title:'丙会',url:'/3'},k={title:'丁会',url:'/4'};</script>",
        "neighbours in a script",
    ),
)


@pytest.mark.parametrize(("old", "new", "why"), EXPLAINED, ids=[why for *_, why in EXPLAINED])
def test_what_the_site_says_of_itself_is_explained(old: str, new: str, why: str) -> None:
    assert judge(_page(old), _page(new))[0] == "unchanged", why


@pytest.mark.parametrize(
    ("old", "new", "is_told"),
    [
        ("第3/2024号：某市临时救助办法", "第3A/2024号：某市临时救助办法", True),
        ("某市临时救助办法（一）_某网", "某市临时救助办法（二）_某网", True),
        ("某市临时救助办法_某网", "某市临时救助办法_某市门户", False),
        ("某市民政局 - 某市临时救助办法", "某市社会局 - 某市临时救助办法", False),
        ("某市民政局", "某市社会局", False),
    ],
)
def test_a_title_in_the_head_alone_is_told_and_the_name_of_the_site_is_not(
    old: str, new: str, *, is_told: bool
) -> None:
    pages = (
        _page("").replace("<title>某市临时救助办法".encode(), f"<title>{each}".encode())
        for each in (old, new)
    )
    assert (judge(*pages)[0] != "unchanged") is is_told


def test_what_stands_below_the_imprint_is_the_sites() -> None:
    foot = "<div><p>版权所有：某市人民政府</p><p>值守电话 {}</p></div>"
    assert judge(*(_page("", below=foot.format(each)) for each in ("乙楼", "丙楼")))[0] == "unchanged"


def _watched(tmp_path: Path, portal: Portal, settings: str = "") -> Workplace:
    place = Workplace(tmp_path / "store")
    place.configure(
        f'[[sources]]\nname = "s"\nurl = "{portal.url("/s")}"\nid = "city/s"\nevery = "1d"\n{settings}'
    )
    return place


def test_a_person_hears_once_and_decides(tmp_path: Path, portal: Portal) -> None:
    place = _watched(tmp_path, portal)
    old, new = (
        _page(f"<p>救助额度{each}</p><p>访问量：{n}</p>") for each, n in (("分三档", 1), ("分两档", 2))
    )
    seen = []
    for body in (old, new, new, _page("<p>救助额度分两档</p><p>访问量：3</p>")):
        portal.pages["/s"] = body
        result = place.run(everything=True)
        seen.append((result.entries[0].outcome.value, len(result.newly_apart)))
        if result.newly_apart:
            for lang in ("zh", "en"):
                message = compose(RunReport(result=result, changes=()), lang)
                assert message is not None
                assert "救助额度分三档 → 救助额度分两档" in message.text
                assert portal.url("/s") in message.text
                assert message.apart[0].apart == "救助额度分三档 → 救助额度分两档"
                assert catalog(lang)("unsure") in message.text
    assert seen == [("changed", 0), ("unsure", 1), ("unsure", 0), ("unsure", 0)]
    taken = place.run(everything=True, accepted=("s",)).entries[0]
    assert taken.outcome.value == "changed"
    assert place.run(everything=True).entries[0].outcome.value == "unchanged"
    assert len(place.versions()["city/s"]) == 2


def test_a_block_that_the_settings_leave_out_is_not_told(tmp_path: Path, portal: Portal) -> None:
    place = _watched(tmp_path, portal, 'ignore = [".aside"]\n')
    for level in ("市级", "区级"):
        portal.pages["/s"] = _page(f"<p>执行层级：{level}</p>")
        result = place.run(everything=True)
    assert result.entries[0].outcome.value == "unchanged"


def test_a_state_that_changed_is_told_with_the_state_before(tmp_path: Path, portal: Portal) -> None:
    """The record of a first version has no state that its page shows without a label; the page has."""
    place = _watched(tmp_path, portal)
    for state in ("有效", "失效"):
        portal.pages["/s"] = _page(f"<div class='seal'><em>{state}</em></div>")
        result = place.run(everything=True)
    with Store.open(place.folder) as store:
        versions = store.at(None).version_names("city/s")
        told = Archive(store).facts("city/s", *versions)
    assert result.entries[0].outcome.value == "changed"
    assert [(fact.label, fact.old, fact.new) for fact in told] == [("有效性", "有效", "失效")]
