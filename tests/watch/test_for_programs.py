"""What a page tells programs alone, and what stands on a page whose lines nothing but breaks set apart."""

import pytest

from benchmarks.watch_pages import judge

_LINES = (
    "第一条　为加强饮水工程管护，制定本办法。",
    "第二条　供水单位应当每日检测水质一次。",
    "第三条　水价不得高于每立方米2.6元。",
    "第四条　县财政每年安排管护资金200万元。",
    "第五条　擅自改动管网的，处500元以上3000元以下罚款。",
    "第六条　本办法自2021年7月1日起施行。",
)
_RULES = "".join(f"<p>{line}</p>" for line in _LINES)


def _page(script: str = "", head: str = "", beside: str = "") -> bytes:
    return (
        f"<html><head><title>某县饮水工程管护办法</title>{head}<script>{script}</script></head><body>{beside}<h1>某县饮水工程管护办法</h1>"
        f"<div>{_RULES}</div></body></html>"
    ).encode()


_DEFAULT = "if(zt==''){zt='有效';}"
_OPTIONS = "<form>文件状态 <label>现行有效</label> <label>已失效</label></form>"


@pytest.mark.parametrize(
    ("old", "new", "due", "reason"),
    [
        ({"script": f"var zt='有效';{_DEFAULT}"}, {"script": f"var zt='失效';{_DEFAULT}"}, "changed", "a state with a default beside it"),
        ({"script": f"var zt='有效（延续实施）';{_DEFAULT}"}, {"script": f"var zt='已废止';{_DEFAULT}"}, "changed", "a state with words in brackets"),
        ({"script": "var zt='现行有效';"}, {"script": "var zt='尚未生效';"}, "changed", "a state that stands there once"),
        ({"script": "zt:'现行有效'", "beside": _OPTIONS}, {"script": "zt:'已失效'", "beside": _OPTIONS}, "changed", "words that a search offers, too"),
        ({"head": "<meta name='validity' content='现行有效'>", "beside": _OPTIONS}, {"head": "<meta name='validity' content='已失效'>", "beside": _OPTIONS}, "changed", "a state in the head, and in a search"),
        ({"head": "<meta name='description' content='某办法'>"}, {"head": "<meta name='description' content='本办法自2024年5月1日起废止'>"}, "changed", "a summary that says repeal"),
        ({"beside": "<input type='hidden' name='wh' value='某水发〔2021〕17号'>"}, {"beside": "<input type='hidden' name='wh' value='某水发〔2021〕18号'>"}, "changed", "a number in a hidden field"),
        ({"script": "var dw='某县水利局';"}, {"script": "var dw='某县水务局';"}, "unsure", "a name under a name of the program"),
        ({"script": "var n=['有效'];" + "zt='有效';" * 6}, {"script": "var n=['有效'];" + "zt='有效';" * 5 + "zt='失效';"}, "unchanged", "a list of other documents"),
        ({"script": "var t='8fa3e1c09b77d2aa';"}, {"script": "var t='11c09b77d2aa8fa3';"}, "unchanged", "a token"),
        ({"script": "var hits='318';"}, {"script": "var hits='402';"}, "unchanged", "a counter"),
        ({"script": "var btn='点击查看';"}, {"script": "var btn='点击展开';"}, "unchanged", "a tool"),
    ],
)  # fmt: skip
def test_what_programs_are_told(old: dict[str, str], new: dict[str, str], due: str, reason: str) -> None:
    assert judge(_page(**old), _page(**new))[0] == due, reason


_FLAT = (
    "<html><head><title>某县水利局</title></head><body><center>网站首页 | 政策法规<br><b>某县饮水工程管护办法</b><br>某水发〔2021〕17号<br></center>"
    + "<br>".join(_LINES)
    + "<br>某县水利局<br>2021年6月7日<br><!--behind-->附件：<a href='/f/20210608.xls'>管护责任登记表</a><br><br>上一篇：汛前检查通知<br>"
    "<hr>版权所有：某县水利局<br>某ICP备09000001号</body></html>"
)


@pytest.mark.parametrize(
    ("edit", "due", "reason"),
    [
        (("<!--behind-->", "（经县政府同意，本办法有效期延长至2028年6月30日）<br>"), {"changed", "unsure"}, "the term of the document is extended"),
        (("<!--behind-->", "（本办法第五条自2023年1月1日起暂停执行）<br>"), {"changed", "unsure"}, "an article is suspended"),
        (("17号", "19号"), {"changed"}, "the number above the text"),
        (("20210608.xls", "20230302.xls"), {"changed"}, "another file"),
        (("上一篇：汛前检查通知", "上一篇：河道采砂公告"), {"unchanged"}, "a neighbour"),
        (("政策法规", "政策法规 | 局长信箱"), {"unchanged"}, "the menu"),
        (("09000001", "09000002"), {"unchanged"}, "the imprint"),
    ],
)  # fmt: skip
def test_a_break_ends_a_line(edit: tuple[str, str], due: set[str], reason: str) -> None:
    assert judge(_FLAT.encode(), _FLAT.replace(*edit).encode())[0] in due, reason


@pytest.mark.parametrize(
    ("words", "due", "reason"),
    [
        ("网站将于本周六凌晨进行设备检修，届时部分服务暂停。", "unchanged", "work on the site"),
        ("本网将于6月升级改版，敬请期待。", "unchanged", "the site is made anew"),
        ("本数据库将于周日凌晨进行例行备份。", "unchanged", "a copy of the base"),
        ("网站升级期间暂停受理取水许可申请。", "unsure", "a matter is suspended meanwhile"),
        ("供水管网检修期间，应当提前公告。", "changed", "no site"),
    ],
)
def test_a_site_may_speak_of_work_on_itself(words: str, due: str, reason: str) -> None:
    links = "".join(f"<a href='/m{number}'>栏目{number}号</a>" for number in range(8))
    first, second = (_page(beside=f"<div>{links}</div>{said}") for said in ("", f"<div><p>{words}</p></div>"))
    assert judge(first, second)[0] == due, reason


@pytest.mark.parametrize(
    ("old", "new", "due"),
    [
        ("(Terms of Use revised on 02/02/2026)", "(Terms of Use revised on 16/03/2026)", "changed"),
        ("(Version of 1.2.2026)", "(Version of 1.9.2026)", "changed"),
        ("Visitors today 1204", "Visitors today 1377", "unchanged"),
    ],
)
def test_a_day_with_its_year_last_is_a_day(old: str, new: str, due: str) -> None:
    rules = "".join(
        f"<p>{number}. A member must follow rule {number} of the club at all times.</p>"
        for number in range(1, 7)
    )
    pages = (
        f"<html><head><title>Terms of Use</title></head><body><h1>Terms of Use</h1><p>{line}</p>{rules}</body></html>"
        for line in (old, new)
    )
    assert judge(*(page.encode() for page in pages))[0] == due
