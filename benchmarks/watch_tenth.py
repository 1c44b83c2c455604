"""A tenth matrix of page pairs, written after the rules were mended for the ninth and measured once: the figure to expect.

Layouts after a commission's articles (`article_con`, `TRS_Editor`), a hospital's table of one column, a list that holds an
article, an exchange platform, a board of a school and a foreign register; messages as programs in public code print them.
"""

from collections.abc import Callable

from benchmarks.watch_layouts import Around, Doc, documents, linked, paragraph
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
    facts_as,
    first,
    half,
    instead,
    last,
    masked,
    shown,
    swap,
    titles,
    with_noise,
    without,
)

DOCUMENTS = documents("tenth")


def _open(doc: Doc, site: str, around: Around) -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><meta name='ArticleTitle' content='{doc.title}'><title>{doc.name}{site}</title>{around.script}</head><body>"


def _commission(doc: Doc, around: Around) -> bytes:
    """Return an article of a commission: h2, a line of time and source, TRS_Editor in article_con, attachments apart."""
    facts = "".join(f"<span>{k}：{v}</span>&emsp;" for k, v in doc.facts)
    files = "".join(linked(k, t) for k, t in doc.annexes)
    return (
        f"{_open(doc, '-某发展改革委', around)}<div class='header'>{around.top}</div><div class='sitepath'><a href='/'>首页</a> &gt; <a href='/zc'>政策发布中心</a></div><div class='article'><div class='article_title'>{doc.name}</div>"
        f"<div class='article_time'>发布时间：2024/11/01　{facts}</div>{around.above}<div class='article_con'><div class=TRS_Editor>{around.first}{doc._replace(annexes=()).written(paragraph, linked)}{around.last}</div></div><div class='attachment'>附件：{files}</div>"
        f"<div class='article_xgjd'>{around.below}</div></div><div class='footer'><p>某发展改革委 主办</p><p>政府网站标识码bm04000001</p></div></body></html>"
    ).encode()


def _column(doc: Doc, around: Around) -> bytes:
    """Return a page of a purchaser: one table of two columns whose first row is the title, the text in its last row."""
    rows = "".join(f"<tr><th>{k}</th><td>{v}</td></tr>" for k, v in doc.facts)
    return (
        f"{_open(doc, '', around)}<div class='x-warp'>{around.top}<div class='article' id='article_con'><div class='article_con'>{around.above}<table class='infro_table'><tr><th colspan='2'><h2>{doc.name}</h2></th></tr>{rows}"
        f"<tr><td colspan='2'>{around.first}{doc.written(paragraph, linked)}{around.last}</td></tr></table></div></div>{around.below}</div></body></html>"
    ).encode()


def _list(doc: Doc, around: Around) -> bytes:
    """Return an article whose title, facts and text are the items of one list, with neighbours behind."""
    facts = "".join(f"<li class='article_sx'>{k}：{v}</li>" for k, v in doc.facts)
    return (
        f"{_open(doc, '_资讯中心', around)}<div class='navs'>{around.top}</div><div class='w1200'><div class='article'><ul class='article_con'><li class='article_title'>{doc.name}</li>{facts}<li>{around.above}</li><li>{around.first}{doc.written(paragraph, linked)}{around.last}</li></ul>"
        f"<div class='article_more'><p>上一篇：<a href='/1'>甲通知</a></p><p>下一篇：<a href='/3'>乙通知</a></p></div></div><div class='activity'><p class='activity_label'>近期活动</p>{titles('政策宣讲会', '服务对接会')}{around.below}</div></div></body></html>"
    ).encode()


def _platform(doc: Doc, around: Around) -> bytes:
    """Return a page of a platform for enterprises: cards, facts as label and value in divisions, a table of contents."""
    facts = "".join(
        f"<div class='prop'><div class='prop-k'>{k}</div><div class='prop-v'>{v}</div></div>"
        for k, v in doc.facts
    )
    body = doc.written(lambda w: f"<div class='para'>{w}</div>", linked)
    return (
        f"{_open(doc, ' · 惠企平台', around)}<div id='app'><div class='topbar'>{around.top}<a href='/login'>登录</a></div><div class='card'><div class='card-title'>{doc.name}</div><div class='props'>{facts}</div>{around.above}</div>"
        f"<div class='card'><div class='tab'>政策原文</div><div class='richtext'>{around.first}{body}{around.last}</div></div><div class='card'><div class='tab'>申报事项</div>{titles('事项一', '事项二')}{around.below}</div></div></body></html>"
    ).encode()


def _board(doc: Doc, around: Around) -> bytes:
    """Return a page of an old board: font elements, breaks, facts in brackets behind the heading."""
    facts = "　".join(f"[{k}]{v}" for k, v in doc.facts)
    body = doc.written(
        lambda w: f"<font size=3>　　{w}</font><br>", lambda k, t: f"<a href='{t}'>{k}</a><br>"
    )
    return (
        f"{_open(doc, '', around)}<center>{around.top}<h3>{doc.name}</h3><font size=2>{facts}</font></center>{around.above}<hr><div align=left>{around.first}{body}{around.last}</div><hr><font size=2>{around.below}</font></body></html>"
    ).encode()


def _legislation(doc: Doc, around: Around) -> bytes:
    """Return a page of a register of legislation: tabs, an information box, sections with headings."""
    facts = "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in doc.facts)
    return (
        f"{_open(doc, ' | Register', around)}<div id='layout1'><div id='header'>{around.top}</div><ul id='legSubNav'><li><a href='c'>Table of Contents</a></li><li><a href='m'>More Resources</a></li></ul><h1 id='pageTitle'>{doc.name}</h1><div id='infoSection'><dl>{facts}</dl></div>{around.above}"
        f"<div id='viewLegContents'><div class='LegSnippet'>{around.first}{doc.written(lambda w: f'<p class=LegP1>{w}</p>', linked)}{around.last}</div></div><div id='tools'>{around.below}</div></div></body></html>"
    ).encode()


LAYOUTS: dict[str, Render] = {
    "commission": _commission,
    "one table": _column,
    "list of one": _list,
    "platform": _platform,
    "board": _board,
    "register": _legislation,
}


_CHANGES: tuple[tuple[str, Callable[[Doc], Doc], tuple[str, ...] | None], ...] = (
    ("hours of a day", swap(("17:00—22:00", "16:00—24:00"), ("30日内", "45日内"), ("6月20日至21日", "6月20日至25日"), ("28 days", "21 days")), None),
    ("the bound turned round", swap(("不得变更", "可以变更"), ("不少于7日", "不超过7日"), ("不得以考试", "可以以考试"), ("no less than 20", "no more than 20")), None),
    ("the exception gone", swap(("，紧急抢救用药除外", ""), (", unless a mains supply is available within 50 metres", ""), ("；因身体状况需要延缓的，由监护人提出申请", "")), ("hospital", "school", "register")),
    ("an item gone", without("（三）"), ("power", "hospital")),
    ("a class of users more", swap(("电气化铁路牵引用电", "电气化铁路牵引用电、港口岸电"), ("第二条规定的", "第二条、第四条规定的"), ("居住证、社保证明", "居住证、社保证明、房屋租赁合同"), ("vehicle or stall", "vehicle, trailer or stall")), None),
    ("who decides", swap(("经省人民政府同意", "经省价格主管部门研究"), ("省级平台", "市级平台"), ("市教育局负责解释", "市教育局、市发展改革局负责解释"), ("the council", "the district council")), None),
    ("a sentence behind the text", lambda doc: doc._replace(lines=(*doc.lines, "8 Review. The Minister must review this Order within 5 years." if doc == DOCUMENTS["register"] else "国家另有规定的，从其规定。")), None),
    ("the term", swap(("暂定两年", "暂定三年"), ("2025年3月1日", "2025年6月1日"), ("有效期三年", "有效期五年"), ("1 May 2025", "1 June 2025")), None),
    ("the day signed", lambda doc: doc._replace(signed=tuple(s.replace("28日", "30日").replace("二十一日", "二十八日").replace("14 March", "17 March") for s in doc.signed)), ("power", "school", "register")),
    ("the state declared", facts_as("Revoked 已废止", "政策状态", "效力", "文件效力", "Status"), None),
    ("who it is for", facts_as("Northern district 大工业用户", "适用对象", "公开方式", "Extent"), ("power", "school", "register")),
    ("the number declared", facts_as("2025 No. 241 某规〔2025〕2号", "发文字号", "令号", "文号", "Instrument number"), None),
    ("the annex replaced", lambda doc: doc._replace(annexes=tuple((k, t.replace("337", "402").replace("2504211540", "2505090911").replace("20250214", "20250611")) for k, t in doc.annexes)), ("power", "school", "register")),
)  # fmt: skip
_SAID = (("stopped, said above", "<p>（2026年1月1日起停止执行）</p>"), ("amended, said above", "<div>This Order has been amended by the Food Hygiene (Amendment) Order 2026.</div>"))  # fmt: skip
_NOISES: tuple[tuple[str, tuple[Around, Around]], ...] = (
    ("a storm's warning", (Around(), Around(top="<div>某市气象台11月29日16时50分发布大风黄色预警：预计今天夜间局地阵风可达8级，请注意防范。（预警信息来源：预警信息发布中心）</div>"))),
    ("read by", last("<p>阅读 3021　评论 4　点赞 12</p>", "<p>阅读 3388　评论 6　点赞 15</p>")),
    ("matched", above("<p>与您的企业匹配度 78%</p>", "<p>与您的企业匹配度 81%</p>")),
    ("collected by", first("<p>☆ 收藏（31）</p>", "<p>★ 已收藏（32）</p>")),
    ("neighbours", last("<p>上一篇：关于公布名单的公告</p><p>下一篇：没有了</p>", "<p>上一篇：关于公布名单的公告</p><p>下一篇：关于开展检查的通知</p>")),
    ("contact of the site", below("<p>网站客服：400-000-0000</p>", "<p>网站客服：400-000-1111（工作日9:00—17:00）</p>")),
    ("you may also like", last("<h4>看了又看</h4>" + titles("储能补贴指南"), "<h4>看了又看</h4>" + titles("充电补贴指南", "光伏备案指南"))),
    ("follow us", last("", "<p>更多政策请关注“某某发布”公众号</p>")),
    ("editor's mark", last("<p>编审：甲 ｜ 责编：乙</p>", "<p>编审：甲 ｜ 责编：丙</p>")),
    ("feedback", last("", "<p>Is this page useful? Yes No. There is a problem with this page</p>")),
    ("changes to come", below("<p>Print Options</p>", "<p>Print Options</p><p>Opening Options. Different options to open legislation in order to view more content on screen at once.</p>")),
    ("questions of others", below("", "<div><p>问：峰谷电价怎么选？</p><p>答：可在网上国网自行办理；选定后一年内不变。</p><p>问：什么时候开始？</p></div>")),
)  # fmt: skip


_REFUSALS: tuple[tuple[str, Expected, Callable[[Doc, Render], tuple[bytes, bytes] | None]], ...] = (
    ("cut at 55 %", WAIT, cut(0.55)),
    ("cut at 88 %", WAIT, cut(0.88)),
    ("half", LOOK, half("", 0.6)),
    ("preview of the first part", WALL, half("<p>需要 50 积分解锁全文</p>")),
    ("the rest for payers", WALL, half("<p>以上为免费部分，支付 USD 9.99 后阅读后续</p>")),
    ("masked", WALL, masked(lambda words: words[:5] + "※" * (len(words) - 5))),
    ("the role", WALL, alone("403", "您当前的角色是「访客」，无法访问该页面。如需开通权限，请联系系统管理员。")),
    ("teachers only", WALL, alone("", "仅教师或学校负责人可以使用")),
    ("automated access", WALL, alone("Robot Check", "To discuss automated access please contact us. Enter the characters you see below.")),
    ("the proxy of an office", WALL, alone("Proxy Notification", "The website you are visiting is prohibited by the security policy of your company.")),
    ("not logged in", WALL, alone("", "尚未登录，点击logo跳转首页")),
    ("moved or deleted", GONE, alone("", "抱歉，您访问的页面可能已被移动或删除")),
    ("standing nowhere", GONE, alone("404", "这个页面走丢了，但你还站在这里，没事")),
    ("invalid parameter", GONE, alone("提示", "没有找到该政策，可能已过申报期并被移出政策库")),
    ("could not find", GONE, alone("Not here", "The instrument you asked for is not on this register or has been removed.")),
    ("maintenance till morning", WAIT, alone("系统公告", "为更好地提供服务，平台今晚22:00进行版本更新，预计明早6:00完成，期间无法使用")),
    ("function closed", WAIT, alone("", "当前请求量过大，功能暂时禁用，请过一会儿再来")),
    ("a fault", WAIT, alone("", "处理请求时发生意外故障")),
    ("try again", WAIT, alone("Sorry", "This page took too long to load. Please try reloading it.")),
    ("another rule", LOOK, instead("第一条 为了规范养老服务，制定本条例。", *(f"第{'二三四五六'[n]}条 养老机构应当落实服务规范第{n}项，建立入住评估制度。" for n in range(5)), title="某省养老服务条例")),
    ("news", LOOK, instead("本报讯 近日，我市举行集中签约活动，现场签约项目12个。", "活动由市工商联主持，有关企业代表参加。", title="我市举行项目集中签约活动")),
    ("nothing", Expected("empty", ("structure_changed",)), instead("")),
)  # fmt: skip

MUTATIONS: tuple[Mutation, ...] = (
    *(Mutation("change", name, CHANGED, changed(edit), fits) for name, edit, fits in _CHANGES),
    Mutation("change", "the state declared, with noise", CHANGED, with_noise(_CHANGES[9][1])),
    *(Mutation("change", name, CHANGED, shown(Around(), Around(above=line))) for name, line in _SAID),
    *(Mutation("noise", name, UNCHANGED, shown(old, new)) for name, (old, new) in _NOISES),
    *(Mutation("refusal", name, expected, make) for name, expected, make in _REFUSALS),
)  # fmt: skip
