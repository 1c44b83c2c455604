"""An eighth, small matrix of page pairs, written after the rules were mended for the seventh one and before they saw it.

Seven layouts and four documents; its first measurement is the figure that docs/accuracy/tracking.md gives for pages of other
makers.
"""

from collections.abc import Callable

from benchmarks.watch_layouts import Around, Doc, documents, linked, opened, paragraph
from benchmarks.watch_mutations import (
    CHANGED,
    GONE,
    LOOK,
    UNCHANGED,
    WAIT,
    WALL,
    Expected,
    Mutation,
    Render,
    above,
    alone,
    below,
    changed,
    cut,
    fact,
    first,
    half,
    instead,
    last,
    masked,
    rewritten,
    shown,
    swap,
    titles,
    with_noise,
    without,
)

DOCUMENTS = documents("eighth")


_RAIL = titles("关于节假日安排的通知", "年度部门预算公开", "Press release of the week")


def _bureau(doc: Doc, around: Around) -> bytes:
    """Return a page of a bureau: facts on one line parted by bars, a fixed block of names without meaning."""
    facts = " | ".join(f"{k}：{v}" for k, v in doc.facts)
    return (
        f"{opened(doc, '_某局', around)}<div class='c1'>{around.top}</div><div class='c2'>{_RAIL}</div><div class='c3'><div class='c3-t'>{doc.name}</div><div class='c3-i'>{facts}</div>{around.above}<div class='c3-c'>{around.first}{doc.written(paragraph, linked)}{around.last}</div></div><div class='c4'>{around.below}</div></body></html>"
    ).encode()


def _gazette(doc: Doc, around: Around) -> bytes:
    """Return a page of a gazette: two columns by a table, each line in a font of its own."""
    facts = "".join(f"<tr><td><font>{k}</font></td><td><font>{v}</font></td></tr>" for k, v in doc.facts)
    return (
        f"{opened(doc, '', around)}<table width=960><tr><td colspan=2>{around.top}</td></tr><tr><td width=220>{_RAIL}<table>{facts}</table></td><td><h2>{doc.name}</h2>{around.above}<div>{around.first}{doc.written(lambda w: f'<p><font size=3>{w}</font></p>', linked)}{around.last}</div></td></tr></table>{around.below}</body></html>"
    ).encode()


def _portal(doc: Doc, around: Around) -> bytes:
    """Return a portal of a department abroad: breadcrumbs, a summary list with colons, an article."""
    facts = "".join(f"<li><strong>{k}:</strong> {v}</li>" for k, v in doc.facts)
    return (
        f"{opened(doc, ' | Department', around)}<header>{around.top}</header><nav aria-label='Breadcrumb'><a href='/'>Home</a> / <a href='/codes'>Codes</a></nav><main><article><h1>{doc.name}</h1><ul class='summary'>{facts}</ul>{around.above}<div class='rte'>{around.first}{doc.written(paragraph, linked)}{around.last}</div></article></main><aside>{_RAIL}{around.below}</aside><footer>Privacy Accessibility</footer></body></html>"
    ).encode()


def _steps(doc: Doc, around: Around) -> bytes:
    """Return a page that shows the text line by line in a list of steps with figures drawn by style."""
    facts = "".join(
        f"<div class='row'><div class='col-3'>{k}</div><div class='col-9'>{v}</div></div>"
        for k, v in doc.facts
    )
    body = doc.written(lambda w: f"<section class='step'><div>{w}</div></section>", linked)
    return (
        f"{opened(doc, '·政策', around)}<div class='app'>{around.top}<h1>{doc.name}</h1><div class='grid'>{facts}</div>{around.above}<div class='steps'>{around.first}{body}{around.last}</div><div class='side'>{_RAIL}{around.below}</div></div></body></html>"
    ).encode()


def _wiki(doc: Doc, around: Around) -> bytes:
    """Return a page of a wiki: a box of facts at the right that stands first in the source."""
    facts = "".join(f"<tr><th>{k}</th><td>{v}</td></tr>" for k, v in doc.facts)
    return (
        f"{opened(doc, ' - Wiki', around)}<div id='mw-head'>{around.top}</div><div id='content'><h1 id='firstHeading'>{doc.name}</h1>{around.above}<div id='mw-content-text'><table class='infobox'>{facts}</table>{around.first}{doc.written(paragraph, linked)}{around.last}</div></div><div id='mw-panel'>{_RAIL}{around.below}</div></body></html>"
    ).encode()


def _letter(doc: Doc, around: Around) -> bytes:
    """Return a page of breaks only, facts in front as plain lines."""
    facts = "".join(f"{k}：{v}<br>" for k, v in doc.facts)
    body = doc.written(lambda w: f"　　{w}<br/>", lambda k, t: f"<a href='{t}'>{k}</a><br/>")
    return (
        f"{opened(doc, '', around)}<div id='t'>{around.top}</div><h4>{doc.name}</h4><div class='attr'>{facts}</div>{around.above}<div class='letter'>{around.first}{body}{around.last}</div><div class='b'>{_RAIL}{around.below}</div></body></html>"
    ).encode()


def _sheet(doc: Doc, around: Around) -> bytes:
    """Return a page whose facts are definition pairs behind the text, under a heading of their own."""
    facts = "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in doc.facts)
    return (
        f"{opened(doc, ' – 文件库', around)}<div>{around.top}</div><div class='sheet'><h2>{doc.name}</h2>{around.above}<div class='sheet-body'>{around.first}{doc.written(paragraph, linked)}{around.last}</div><h3>文件属性</h3><dl>{facts}</dl></div><div>{_RAIL}{around.below}</div></body></html>"
    ).encode()


LAYOUTS: dict[str, Render] = {
    "bureau": _bureau,
    "gazette": _gazette,
    "department": _portal,
    "steps": _steps,
    "wiki": _wiki,
    "breaks": _letter,
    "sheet": _sheet,
}


_CHANGES: tuple[tuple[str, Callable[[Doc], Doc], tuple[str, ...] | None], ...] = (
    ("a price in a cell", swap(("<td>0.2983</td>", "<td>0.2893</td>")), ("fee",)),
    ("the exception", swap(("，但受场地限制确实无法设置的除外", ""), (", unless a court orders otherwise", ""), ("；有特殊情况需要延长的，经院长批准，可以延长一个月", ""), ("，未公示的不得收费", "")), None),
    ("a figure", swap(("每300户", "每500户"), ("0.45元", "0.54元"), ("$25,000", "$250,000"), ("50%以下", "100%以下")), None),
    ("a span of time", swap(("不得早于6时", "不得早于7时"), ("试行两年", "试行三年"), ("within 30 days", "within 60 days"), ("两个月内", "三个月内")), None),
    ("a duty", swap(("可以处200元", "应当处200元"), ("应当在经营", "可以在经营"), ("Schools should review", "Schools must review"), ("文书可以简化", "文书应当简化")), None),
    ("an item gone", without("（二）随意"), ("waste",)),
    ("a class gone", swap(("可回收物、有害垃圾、厨余垃圾和其他垃圾四类", "可回收物、厨余垃圾和其他垃圾三类")), ("waste",)),
    ("the day in the head", swap(("5月20日", "5月27日")), ("waste",)),
    ("a rule more", lambda doc: doc._replace(lines=(*doc.lines, "7. Schools must publish this Code on their website." if doc == DOCUMENTS["data"] else "此前有关规定与本文件不一致的，以本文件为准。")), None),
    ("the day of signature", lambda doc: doc._replace(signed=tuple(each.replace("6月3日", "6月13日").replace("11月26日", "11月29日").replace("11 December", "12 December").replace("九月七日", "九月十七日") for each in doc.signed)), None),
    ("the number of the text", lambda doc: doc._replace(number=doc.number.replace("31号", "32号").replace("366", "636").replace("15号", "51号")), ("waste", "fee", "judges")),
    ("validity", fact({"效力状态": "已失效", "是否现行有效": "否", "Current status": "Superseded", "时效": "失效"}), None),
    ("under revision", fact({"效力状态": "已修改", "Current status": "Under review", "时效": "部分失效"}), ("waste", "data", "judges")),
    ("who is meant", fact({"适用区域": "主城区", "Audience": "Schools, parents and colleges"}), ("waste", "data")),
    ("the number declared", fact({"令号": "第33号", "文件编号": "某发改价格〔2024〕663号", "Code number": "ODC-25-01", "发文字号": "某高法发〔2023〕51号"}), None),
    ("the body declared", fact({"发布机关": "某市人大常委会", "公开主体": "某省发展改革委 某省能源局", "Published by": "Office of the Privacy Commissioner", "制定机关": "某高级法院审判委员会"}), None),
    ("the heading's end", lambda doc: doc._replace(heading=doc.title.replace("（试行）", "") if "试行" in doc.title else doc.title + "（废止）"), ("waste", "fee", "judges")),
    ("the annex", lambda doc: doc._replace(annexes=tuple((k, t.replace("388", "401").replace("7731", "8052")) for k, t in doc.annexes)), ("fee", "data")),
)  # fmt: skip
_SAID = (
    ("replaced, said above", "<div class='alert'>This Code has been replaced by the Code of Practice 2026.</div>"),
    ("ended, said above", "<p>特别说明：该文件自2026年1月1日起不再执行</p>"),
)  # fmt: skip
_NOISES: tuple[tuple[str, tuple[Around, Around]], ...] = (
    ("counters", last("<p>已阅 1203 次　收藏 12</p>", "<p>已阅 1288 次　收藏 14</p>")),
    ("counter, English", above("<span>Viewed 1,022 times</span>", "<span>Viewed 1,140 times</span>")),
    ("day and week", (Around(top="2026年3月2日 星期一 晴转多云 5-12℃"), Around(top="2026年3月3日 星期二 小雨 3-8℃"))),
    ("others like it", last("<h4>相似政策</h4>" + titles("甲省充电价格通知"), "<h4>相似政策</h4>" + titles("乙省充电价格通知", "丙市停车收费办法"))),
    ("an invitation", last("", "<div>加入政策交流群，获取最新解读</div>")),
    ("consent", (Around(), Around(top="<div>This site uses cookies to offer you a better browsing experience. Find out more on how we use cookies and how you can change your settings.</div>"))),
    ("put up by", last("<p>发布人：甲　审核人：乙</p>", "<p>发布人：丙　审核人：丁</p>")),
    ("last reviewed", last("<p>Page last reviewed: 1 March 2025</p>", "<p>Page last reviewed: 9 June 2025</p>")),
    ("questions below", below("<p>咨询选登</p>", "<p>咨询选登</p>" + "".join(f"<p>网友：请问第{n}个小区何时安装？答复：您好，正在协调，预计年内完成。</p>" for n in range(6)))),
    ("tools", first("<div>[大] [中] [小] [打印]</div>", "<div>[大] [中] [小] [打印] [PDF下载] [语音]</div>")),
    ("stars", above("<div>评分 4.6（21人）</div>", "<div>评分 4.5（24人）</div>")),
    ("a holiday notice", (Around(), Around(top="<div>春节假期网上咨询暂停服务，2月24日恢复。</div>"))),
)  # fmt: skip


_REWRITES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("other quotes of attributes", lambda page: page.replace("class='", 'data-x="1" class=\'')),
    ("the name of the site", lambda page: page.replace("</title>", "（适老版）</title>")),
    ("hard blanks", lambda page: page.replace("第", "&nbsp;第", 4).replace(" must ", " must&nbsp;", 2)),
)  # fmt: skip


_REFUSALS: tuple[tuple[str, Expected, Callable[[Doc, Render], tuple[bytes, bytes] | None]], ...] = (
    ("cut at 50 %", WAIT, cut(0.5)),
    ("cut at 82 %", WAIT, cut(0.82)),
    ("half", LOOK, half("", 0.55)),
    ("three quarters", LOOK, half("", 0.75)),
    ("page one", LOOK, half("<div>共3页 1 2 3 后一页</div>", 0.5)),
    ("wall", WALL, half("<p>剩余内容仅向实名用户开放</p>")),
    ("wall, English", WALL, half("<p>This content is available to subscribers only. Already a subscriber? Sign in.</p>")),
    ("masked", WALL, masked(lambda words: words[:2] + "■" * (len(words) - 2))),
    ("sign on", WALL, alone("Sign on", "Enter your network ID and passphrase to continue")),
    ("gate of the province", WALL, alone("某省统一认证", "法人登录 个人登录", "手机扫码")),
    ("checked", WALL, alone("", "检测到您的网络存在风险，请完成校验后继续")),
    ("not allowed", WALL, alone("", "抱歉，您的IP不在允许访问的范围内")),
    ("unknown address", GONE, alone("", "链接地址有误或内容已不存在")),
    ("unknown address, English", GONE, alone("Page missing", "Sorry, that page doesn't exist or has moved.")),
    ("taken off", GONE, alone("提示", "该文件因内容调整已取消公开")),
    ("tired", WAIT, alone("", "服务器累了，休息一下马上回来")),
    ("closed for work", WAIT, alone("Planned work", "Our website is closed for essential work and will be back at 8am.")),
    ("a fault", WAIT, alone("500", "程序运行异常，请联系技术人员")),
    ("nothing within", Expected("empty", ("structure_changed",)), instead("")),
    ("another rule", LOOK, instead("第一条 为了加强养犬管理，制定本办法。", *(f"第{'二三四五六七'[n]}条 养犬人应当遵守第{n}项规定，办理登记并定期免疫。" for n in range(6)), title="某市养犬管理办法")),
    ("a report", LOOK, instead("一年来，各部门扎实推进各项工作，取得积极成效。", "下一步，将继续深化改革，完善机制。", "同时，还存在一些薄弱环节，需要着力解决。", title="年度工作总结")),
)  # fmt: skip

MUTATIONS: tuple[Mutation, ...] = (
    *(Mutation("change", name, CHANGED, changed(edit), fits) for name, edit, fits in _CHANGES),
    *(Mutation("change", f"{name}, with noise", CHANGED, with_noise(edit), fits) for name, edit, fits in (_CHANGES[2], _CHANGES[11])),
    *(Mutation("change", name, CHANGED, shown(Around(), Around(above=line))) for name, line in _SAID),
    *(Mutation("noise", name, UNCHANGED, shown(old, new)) for name, (old, new) in _NOISES),
    *(Mutation("noise", name, UNCHANGED, rewritten(rewrite)) for name, rewrite in _REWRITES),
    *(Mutation("refusal", name, expected, make) for name, expected, make in _REFUSALS),
)  # fmt: skip
