"""Each limit of what is told around an unchanged text, by a pair of pages on its two sides; and another text under the right title."""

import pytest

from benchmarks.watch_pages import judge
from policydiff.parsing import parse_text
from policydiff.settings import Expectations
from policydiff.watch import SourceFailedError, against_last
from policydiff.watch.judge import for_programs, guards, unexplained
from policydiff.watch.judge.page_runs import Page

_LINES = (
    "第一条　为规范临时救助，根据有关规定，制定本办法。",
    "第二条　申请人应当提交书面申请和身份证明。",
    "第三条　街道应当自受理之日起十个工作日内办结。",
    f"第四条　申请材料：{'、'.join(f'第{n}号表' for n in range(1, 80))}。",
    "第五条　本办法自2024年5月1日起施行。",
)


def _page(around: str, *, text: str = "".join(f"<p>{each}</p>" for each in _LINES), head: str = "") -> bytes:
    return (
        f"<html><head><title>某市临时救助办法</title>{head}</head><body><div class='top'><a href='/'>首页</a>"
        "<a href='/zw'>政务</a></div><div class='main'><h1>某市临时救助办法</h1>"
        f"<div class='text'>{text}</div></div><div class='aside'>{around}</div></body></html>"
    ).encode()


def _labelled(length: int, day: str) -> str:
    return f"<i>{'施用届满之日的说明以及其他有关情形的说明'[:length]}</i><b>{day}</b>"


def _entries(length: int, words: str) -> str:
    told = words * (length // len(words) + 1)
    entry = f"<a href='/1'>甲乙</a><p>{told[: length - 2]}</p>"
    return f"<ul><li>{entry}</li><li><a href='/2'>丙丁</a><p>戊己</p></li></ul>"


def _script(length: int, state: str) -> str:
    return f"<script>var n=[{'1,' * ((length - 8) // 2)}];var zt='{state}';</script>"


PAIRS = (
    ("_LEAST_TOLD", 8, ("", "<p>应当提交书面申</p>"), ("", "<p>应当提交书面申请</p>"), "unsure unchanged"),
    ("_LEAST_PART", 4, ("", "<p><b>应当</b>提</p>"), ("", "<p><b>应当</b>提交</p>"), "unsure unchanged"),
    (
        "_LONGEST_LABEL",
        16,
        tuple(_labelled(16, each) for each in ("2025-01-01", "2025-06-01")),
        tuple(_labelled(17, each) for each in ("2025-01-01", "2025-06-01")),
        "changed unchanged",
    ),
    (
        "_LONGEST_ENTRY",
        200,
        tuple(_entries(200, each) for each in ("抓紧春耕", "推进夏收")),
        tuple(_entries(201, each) for each in ("抓紧春耕", "推进夏收")),
        "unchanged unsure",
    ),
    (
        "_MOST_SCRIPT",
        200_000,
        tuple(_script(199_900, each) for each in ("有效", "失效")),
        tuple(_script(200_100, each) for each in ("有效", "失效")),
        "changed unchanged",
    ),
)


@pytest.mark.parametrize(
    ("name", "value", "below", "above", "outcomes"), PAIRS, ids=[each[0] for each in PAIRS]
)
def test_each_limit_has_two_sides(
    name: str, value: int, below: tuple[str, str], above: tuple[str, str], outcomes: str
) -> None:
    home = for_programs if name == "_MOST_SCRIPT" else unexplained
    assert getattr(home, name) == value
    assert [judge(*map(_page, each))[0] for each in (below, above)] == outcomes.split()


def test_what_is_told_is_cut_at_its_length() -> None:
    assert against_last._MOST_TOLD == 240
    assert [len(each) for each in against_last.told(["甲" * 300], ["乙" * 300])] == [240, 240]


def _rule(*points: str) -> str:
    lines = "".join(f"<p>第{'一二三四五六七八九十'[n]}条　{each}</p>" for n, each in enumerate(points))
    return f"{lines}<p>某市人民政府</p><p>2024年3月5日</p>"


_OWN = (
    "对因火灾等意外事件导致基本生活陷入困境的家庭给予救助。",
    "申请人向户籍所在地街道提出书面申请，并如实说明家庭情况。",
    "街道自受理之日起十个工作日内完成调查，并将结果张榜公布。",
    "救助金按照当地月最低生活保障标准的三倍核定，一次发放。",
    "虚报家庭收入骗取救助金的，追回救助金，两年内不予受理。",
    "区民政局每季度抽查不少于百分之五的档案，并通报抽查结果。",
    "所需经费列入区财政预算，专款专用，接受审计监督。",
    "本办法由市民政局负责解释，自二〇二四年五月一日起施行。",
)
_OTHER = (
    "携犬外出应当由成年人以不超过两米的牵引绳牵领。",
    "每户限养一只犬只，禁止在幼儿园和医院内饲养犬只。",
    "犬只出生满三个月的，养犬人应当为其注射狂犬病疫苗。",
    "养犬人变更住所的，应当自变更起三十日内办理变更登记。",
    "犬吠影响他人休息的，由公安机关给予警告并责令改正。",
    "遗弃犬只的，处五百元以上两千元以下罚款并收容犬只。",
    "物业服务企业发现违法养犬的，应当予以劝阻并报告。",
    "本规定所称犬只不包括军用犬和警用犬等特种犬只。",
)


@pytest.mark.parametrize(
    ("kept", "outcome"),
    [(0, "structure_changed"), (1, "structure_changed"), (2, "changed"), (4, "changed"), (8, "unchanged")],
)
def test_title_and_signature_make_no_other_text_the_same_document(kept: int, outcome: str) -> None:
    """An eighth of the provisions is another text, a quarter an amended one: what title, signature and menu share says nothing."""
    assert guards._FOREIGN == 0.15
    pages = (_page("", text=_rule(*each)) for each in (_OWN, (*_OWN[:kept], *_OTHER[kept:])))
    assert judge(*pages)[0] == outcome


@pytest.mark.parametrize(
    ("line", "is_menu"),
    [
        ("<div><a href='/1'>补贴申领</a><a href='/2'>证件补办</a></div>", True),
        ("<p><a href='/1'>补贴申领</a> <a href='/2'>证件补办</a></p>", True),
        ("<p><a href='/1'>补贴申领</a>证件补办</p>", False),
        ("<p><a href='/1'>补贴申领</a><a href='/f/证件补办.docx'>证件补办</a></p>", False),
        ("<p>补贴申领证件补办</p>", False),
    ],
)
def test_a_line_of_nothing_but_links_is_a_menu(line: str, is_menu: bool) -> None:
    assert Page(_page(line)).is_menu("补贴申领证件补办") is is_menu


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ("<p>适用对象：区内登记注册的企业和个体工商户</p><p>主管部门：区市场监督管理局</p>" * 3, _rule(*_OWN[:3])),
        ("<table><tr><td>区域</td><td>中心城区和开发区</td></tr><tr><td>年份</td><td>二〇二四</td></tr></table>" * 4, _rule(*_OWN[:4])),
        (
            "<p>Applies to all licensed firms and their branches</p><p>Version 7, commenced 1 April 2022</p>" * 2,
            "<p>4.1 A firm must reconcile client money at least every 5 business days.</p><p>4.2 A firm must keep records for a minimum of 6 years.</p>",
        ),
    ],
    ids=["labels", "a table of facts", "English"],
)  # fmt: skip
def test_a_page_whose_provisions_are_gone_is_no_version(facts: str, text: str) -> None:
    assert judge(_page("", text=facts + text), _page("", text=facts))[0] in {"structure_changed", "empty"}


@pytest.mark.parametrize(("length", "refused"), [(59, False), (60, True)])
def test_a_sentence_is_the_least_that_tells_by_what_is_laid_down(length: int, *, refused: bool) -> None:
    """Of a text of lines that lay nothing down, one short sentence says nothing about the rest."""
    assert guards._LEAST_LAID == 60
    lines = "\n".join(f"适用对象{n}：区内登记注册的企业" for n in range(9))
    texts = (f"{lines}\n{'应当每年报送一次经营情况并接受检查' * 4}"[: len(lines) + length] + "。", lines)
    old, new = (guards.Reading(each, parse_text(each)) for each in texts)
    if not refused:
        guards.check_reading(new, Expectations(), old, shrink=0.5)
        return
    with pytest.raises(SourceFailedError):
        guards.check_reading(new, Expectations(), old, shrink=0.5)


@pytest.mark.parametrize("rest", ["特别困难的可以增加。", "标准每年公布一次；", "困难的可以增加。"])
def test_a_page_broken_off_behind_a_sentence_of_its_last_line_is_cut(rest: str) -> None:
    whole = _page(
        "", text=f"{''.join(f'<p>{each}</p>' for each in _LINES)}<p>第六条　本办法有效期五年。{rest}</p>"
    )
    assert judge(whole, whole[: whole.index(rest.encode())])[0] == "transient"


@pytest.mark.parametrize("label", ["Effective date", "Date of effect", "施行日期"])
def test_a_day_in_a_table_above_the_first_provision_counts_whatever_the_length_of_its_label(
    label: str,
) -> None:
    rows = (f"<table><tr><td>{label}</td><td>{day}</td></tr></table>" for day in ("2024-05-01", "2024-07-01"))
    pages = (_page("").replace(b"</h1>", f"</h1>{row}".encode()) for row in rows)
    assert judge(*pages)[0] == "changed"


_LINKS = "".join(f"<a href='/m{number}'>栏目{number}号</a>" for number in range(8))


@pytest.mark.parametrize(
    ("words", "told", "reason"),
    [
        ("<p>第六条　本办法由市民政局负责解释并制定细则。</p>", True, "the article after the last one, in a list of links"),
        ("<p>第六条　不再续期</p>", True, "a short one"),
        ("<p>附件：临时救助申请表</p>", True, "the name of an annex without a link"),
        ("<p>附表1：救助标准</p>", True, "a table that is annexed"),
        ("<p>第二十三条规定的解读</p>", False, "a heading about an article of another text"),
        ("<p>附近公园春花盛开</p>", False, "news that begin with the character of an annex"),
        ("<a href='/6'>第六条　本办法由市民政局负责解释。</a>", False, "a link to another page"),
        ("<a href='/9'>栏目9号</a>", False, "one link more"),
        ("<p>文明城市 你我共建</p>", False, "a slogan"),
    ],
)  # fmt: skip
def test_what_goes_on_with_the_text_is_told_in_a_list_of_links_too(
    words: str, told: bool, reason: str
) -> None:
    came = _page(_LINKS), _page(_LINKS + words)
    assert all((judge(*pages)[0] in {"unsure", "changed"}) is told for pages in (came, came[::-1])), reason
