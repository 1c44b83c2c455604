"""A sixth matrix of page pairs: sixteen layouts after real sites of courts, universities, exchanges, ministries and foreign governments.

Unlike the matrices before it, every page carries the furniture of a real site: a menu, crumbs, a rail of other titles, a
foot of several lines. It was written before any rule saw it; its first measurement is in docs/accuracy/tracking.md.
"""

import json
from collections.abc import Callable

from benchmarks.watch_layouts import Around, Doc, documents, linked, opened
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
    plain,
    rewritten,
    shown,
    swap,
    titles,
    with_noise,
    without,
)

# Documents.

DOCUMENTS = documents("sixth")
_CHINESE = ("court", "campus", "exchange", "tax", "rent")

# Furniture that every page of a site carries.

_MENU = "".join(
    f"<li><a href='/{path}/'>{name}</a></li>"
    for path, name in (("", "首页"), ("jg", "机构概况"), ("xw", "新闻动态"), ("zw", "政务公开"), ("fw", "办事服务"), ("hd", "互动交流"), ("zt", "专题专栏"))
)  # fmt: skip
_RAIL = titles(
    "关于做好年度统计工作的通知",
    "本月办理结果公示",
    "关于公布收费目录清单的公告",
    "领导班子召开专题学习会",
    "关于开展安全生产大检查的通知",
)
_FOOT = (
    "<p>主办单位：某办公室　承办单位：某信息中心　技术支持：某科技有限公司</p><p>地址：某市某路100号　邮编：100000　联系电话：010-00000000</p>"
    "<p>京ICP备12345678号-3　京公网安备11010100000001号　网站标识码：1100000001</p><p>建议使用1024×768分辨率浏览本站</p>"
)
_CRUMBS = "<div class='crumb'>当前位置：<a href='/'>首页</a> &gt; <a href='/zw/'>政务公开</a> &gt; 正文</div>"


# Layouts.


def _court(doc: Doc, around: Around) -> bytes:
    """Return a page of a court: title, one line of source and time, txt_txt."""
    facts = "".join(f"<li><label>{k}</label>：{v}</li>" for k, v in doc.facts)
    return (
        f"{opened(doc, ' - 某法院网', around)}<div class='header'><div class='date'>{around.top}</div><ul class='menu'>{_MENU}</ul></div>{_CRUMBS}"
        f"<div class='detail'><div class='detail_mid'><div class='title'>{doc.name}</div><div class='message'><ul class='fl print'>{facts}</ul></div>{around.above}"
        f"<div class='txt_txt' id='zoom'>{around.first}{doc.written(lambda words: f'<p>　　{words}</p>', linked)}{around.last}</div>"
        f"<div class='txt_etr'>责任编辑：某某</div></div><div class='detail_rig'><h3>相关新闻</h3>{_RAIL}{around.below}</div></div><div class='foot'>{_FOOT}</div></body></html>"
    ).encode()


def _campus(doc: Doc, around: Around) -> bytes:
    """Return a page of a university's site builder: a form, a counter filled by a script, links to neighbours in a table."""
    facts = " ".join(f"<span>{k}：{v}</span>" for k, v in doc.facts)
    return (
        f"{opened(doc, '-某大学研究生院', around)}<div class='top'>{around.top}</div><div class='nav'><ul>{_MENU}</ul></div><div class='wrap cleafix'><div class='left'><h2>规章制度</h2><ul>{_MENU}</ul></div>"
        f"<div class='right'><form name='_newscontent_fromname'><h1>{doc.name}</h1><div class='info'>{facts} 点击数：[<script>_showDynClicks('wbnews', 1, 2)</script>]</div>{around.above}"
        f"<div class='v_news_content'>{around.first}{doc.written(lambda words: f'<p style=text-indent:2em><span style=font-size:16px>{words}</span></p>', linked)}{around.last}</div>"
        f"<p>上一条：<a href='1.htm'>关于期末考试安排的通知</a></p><p>下一条：<a href='3.htm'>关于暑期值班的通知</a></p></form>{around.below}</div></div><div class='footer'>{_FOOT}</div></body></html>"
    ).encode()


def _exchange(doc: Doc, around: Around) -> bytes:
    """Return a page of an exchange: a tree of rules at the left, the text in allZoom."""
    facts = "".join(f"<i class='k'>{k}</i><span class='v'>{v}</span>" for k, v in doc.facts)
    tree = "".join(
        f"<li><a href='/rules/{n}'>{name}</a></li>"
        for n, name in enumerate(("主板上市规则", "交易规则", "会员管理规则", "债券规则", "基金规则"))
    )
    return (
        f"{opened(doc, ' | 某证券交易所', around)}<div class='sse_top'>{around.top}</div><div class='sse_left'><ul class='tree'>{tree}</ul></div><div class='sse_right'><div class='article-infor'>"
        f"<h2>{doc.name}</h2><div class='article_opt'>{facts}</div>{around.above}<div class='allZoom'>{around.first}{doc.written(lambda words: f'<div style=line-height:2>{words}</div>', linked)}{around.last}</div></div>"
        f"<div class='hot'>{around.below}</div></div><div class='sse_footer'>{_FOOT}</div></body></html>"
    ).encode()


def _wordpress(doc: Doc, around: Around) -> bytes:
    """Return a post of a blog system: meta line, sharing, related posts, widgets."""
    facts = "".join(f"<span class='meta-{n}'><b>{k}</b> {v}</span> · " for n, (k, v) in enumerate(doc.facts))
    return (
        f"{opened(doc, ' – 某协会', around)}<div id='page' class='site'><header id='masthead' class='site-header'>{around.top}<nav><ul>{_MENU}</ul></nav></header><div id='primary' class='content-area'><main>"
        f"<article id='post-3211' class='post-3211 post type-post status-publish hentry'><header class='entry-header'><h1 class='entry-title'>{doc.name}</h1><div class='entry-meta'>{facts}</div></header>{around.above}"
        f"<div class='entry-content'>{around.first}{doc.written(lambda words: f'<p>{words}</p>', linked)}{around.last}<div class='sharedaddy'>分享：<ul><li>微信</li><li>微博</li></ul></div></div>"
        f"<footer class='entry-footer'>分类：政策法规</footer></article><nav class='post-navigation'>{_RAIL}</nav></main></div><aside id='secondary' class='widget-area'><h2>近期文章</h2>{_RAIL}{around.below}</aside><footer>{_FOOT}</footer></div></body></html>"
    ).encode()


def _drupal(doc: Doc, around: Around) -> bytes:
    """Return a node of a content system: labels and items of fields in elements of their own."""
    facts = "".join(
        f"<div class='field field--label-inline'><div class='field__label'>{k}</div><div class='field__item'>{v}</div></div>"
        for k, v in doc.facts
    )
    return (
        f"{opened(doc, ' | Policy Library', around)}<div class='dialog-off-canvas-main-canvas'><div class='region region-header'>{around.top}<ul>{_MENU}</ul></div><div class='layout-content'><div class='region region-content'>"
        f"<h1 class='page-title'><span class='field field--name-title'>{doc.name}</span></h1><article class='node node--type-policy node--view-mode-full'>{facts}{around.above}"
        f"<div class='clearfix text-formatted field field--name-body'><div class='field__item'>{around.first}{doc.written(lambda words: f'<p>{words}</p>', linked)}{around.last}</div></div></article></div></div>"
        f"<aside class='region region-sidebar'><div class='block-views'><h2>Latest</h2>{_RAIL}</div>{around.below}</aside><footer>{_FOOT}</footer></div></body></html>"
    ).encode()


def _sharepoint(doc: Doc, around: Around) -> bytes:
    """Return a page of an intranet server: web parts, automation ids, no class that means anything."""
    facts = "".join(
        f"<div class='bd_{n}'><div class='ck'>{k}</div><div class='cv'>{v}</div></div>"
        for n, (k, v) in enumerate(doc.facts)
    )
    return (
        f"{opened(doc, '', around)}<div id='spSiteHeader'>{around.top}<div role='menubar'>{_MENU}</div></div><div class='a_a_2b1f' data-automation-id='contentScrollRegion'><div class='b_c'><div data-automation-id='pageHeader'><div role='heading'>{doc.name}</div>{facts}</div>{around.above}"
        f"<div class='CanvasZone'><div data-automation-id='CanvasSection'><div class='ControlZone' data-automation-id='textBox'><div class='ck-content'>{around.first}{doc.written(lambda words: f'<p class=noSpacingAbove>{words}</p>', linked)}{around.last}</div></div></div></div>"
        f"<div class='ControlZone' data-automation-id='newsWebpart'><span>News</span>{_RAIL}{around.below}</div></div></div></body></html>"
    ).encode()


def _rendered(doc: Doc, around: Around) -> bytes:
    """Return a page that a server rendered from an application, whose state it sends along as JSON."""
    facts = "".join(
        f"<th class='el-descriptions-item__label'>{k}</th><td class='el-descriptions-item__content'>{v}</td>"
        for k, v in doc.facts
    )
    state = json.dumps(
        {
            "title": doc.name,
            "content": "".join(doc.lines),
            "facts": dict(doc.facts),
            "recommend": [around.below],
            "t": around.top,
        },
        ensure_ascii=True,
    )
    return (
        f"{opened(doc, '', around)}<div id='__nuxt'><div id='__layout'><div class='layout'><div class='bar'>{around.top}</div><ul class='menu'>{_MENU}</ul><div class='detail-wrap'><div class='detail-title'>{doc.name}</div><table class='el-descriptions__table'><tr>{facts}</tr></table>{around.above}"
        f"<div class='rich-text'>{around.first}{doc.written(lambda words: f'<p data-v-1f2e>{words}</p>', linked)}{around.last}</div></div><div class='recommend'>{_RAIL}{around.below}</div><div class='foot'>{_FOOT}</div></div></div></div>"
        f"<script>window.__NUXT__={state}</script><script src='/_nuxt/app.js'></script></body></html>"
    ).encode()


def _defined(doc: Doc, around: Around) -> bytes:
    """Return an act as a definition list: the number of each provision is the term."""

    def line(words: str) -> str:
        for blank in ("　", " "):
            label, found, rest = words.partition(blank)
            if found and len(label) <= 6:
                return f"<dt id='s{len(words)}'>{label}</dt><dd>{rest}</dd>"
        return f"<dd>{words}</dd>"

    facts = "".join(f"<tr><th scope='row'>{k}</th><td>{v}</td></tr>" for k, v in doc.facts)
    body = doc.written(line, lambda k, t: f"<dd><a href='{t}'>{k}</a></dd>")
    return (
        f"{opened(doc, ' - Legislation', around)}<div id='banner'>{around.top}</div><ul id='nav'>{_MENU}</ul><h1 id='pageTitle'>{doc.name}</h1><table class='legis'>{facts}</table>{around.above}"
        f"<div id='viewLegContents'><dl class='LegSnippet'>{around.first}{body}{around.last}</dl></div><div id='tools'>{_RAIL}{around.below}</div><div id='footer'>{_FOOT}</div></body></html>"
    ).encode()


def _accordion(doc: Doc, around: Around) -> bytes:
    """Return a page whose parts open on a click: details and summaries."""
    lines = [each if each.startswith("<") else f"<p>{each}</p>" for each in doc.lines]
    middle = max(1, len(lines) // 3)
    parts = [lines[:middle], lines[middle : 2 * middle], lines[2 * middle :]]
    body = "".join(
        f"<details class='acc'{' open' if not n else ''}><summary>第{n + 1}部分</summary><div class='acc-body'>{''.join(part)}</div></details>"
        for n, part in enumerate(parts)
    )
    signed = "".join(f"<p class='sign'>{each}</p>" for each in doc.signed)
    facts = "".join(f"<p>{k}<strong>{v}</strong></p>" for k, v in doc.facts)
    links = "".join(linked(label, target) for label, target in doc.annexes)
    return (
        f"{opened(doc, ' - 某市政策一网通', around)}<header>{around.top}<ul>{_MENU}</ul></header><main class='container'><h1>{doc.name}</h1><div class='kv'>{facts}</div>{around.above}"
        f"<div class='policy'>{around.first}<p>{doc.number}</p>{body}{signed}{links}{around.last}</div></main><aside>{_RAIL}{around.below}</aside><footer>{_FOOT}</footer></body></html>"
    ).encode()


def _second_tab(doc: Doc, around: Around) -> bytes:
    """Return a page with tabs whose first one holds the facts, the second the text, the third a reading."""
    facts = "".join(
        f"<div class='layui-row'><div class='layui-col-md2'>{k}</div><div class='layui-col-md4'>{v}</div></div>"
        for k, v in doc.facts
    )
    return (
        f"{opened(doc, '_政策超市', around)}<div class='layui-header'>{around.top}<ul>{_MENU}</ul></div><div class='layui-tab'><ul class='layui-tab-title'><li>基本信息</li><li class='layui-this'>政策原文</li><li>政策解读</li><li>常见问题</li></ul>"
        f"<div class='layui-tab-content'><div class='layui-tab-item'><p>{doc.name}</p>{facts}</div><div class='layui-tab-item layui-show'>{around.above}<div class='html'>{around.first}{doc.written(lambda words: f'<p>{words}</p>', linked)}{around.last}</div></div>"
        f"<div class='layui-tab-item'><p>本政策坚持问题导向，回应各方关切。</p><p>一是明确标准，二是优化流程，三是强化监督。</p></div><div class='layui-tab-item'>{around.below}</div></div></div>{_FOOT}</body></html>"
    ).encode()


def _guidance(doc: Doc, around: Around) -> bytes:
    """Return guidance on a government's site abroad: banner for cookies, contents list, govspeak, a feedback form."""
    facts = "".join(
        f"<dt class='gem-c-metadata__term'>{k}:</dt><dd class='gem-c-metadata__definition'>{v}</dd>"
        for k, v in doc.facts
    )
    return (
        f"{opened(doc, ' - GOV.XX', around)}<div id='global-cookie-message'><h2>Cookies on GOV.XX</h2><p>We use some essential cookies to make this website work. We’d like to set additional cookies to understand how you use it, remember your settings and improve services.</p><button>Accept</button></div>"
        f"<header>{around.top}</header><main id='content'><h1 class='gem-c-title__text'>{doc.name}</h1><dl class='gem-c-metadata'>{facts}</dl>{around.above}<nav class='gem-c-contents-list'><h2>Contents</h2><ol><li><a href='#a'>Overview</a></li><li><a href='#b'>Amounts</a></li></ol></nav>"
        f"<div class='gem-c-govspeak govuk-govspeak'><div class='govspeak'>{around.first}{doc.written(lambda words: f'<p>{words}</p>', linked)}{around.last}</div></div></main>"
        f"<div class='gem-c-related-navigation'><h2>Related content</h2>{_RAIL}{around.below}</div><div class='gem-c-feedback'><h3>Is this page useful?</h3><button>Yes</button><button>No</button><p>Don’t include personal or financial information like your National Insurance number or credit card details.</p></div><footer>All content is available under the Open Licence</footer></body></html>"
    ).encode()


def _journal(doc: Doc, around: Around) -> bytes:
    """Return a page of an official journal: each numbered line is a table of two cells."""

    def line(words: str) -> str:
        for blank in ("　", " ", "、", "）", "."):
            label, found, rest = words.partition(blank)
            if found and len(label) <= 5 and rest:
                sign = found if found in "、）." else ""
                return f"<table border='0' width='100%'><col width='6%'/><col width='94%'/><tbody><tr><td valign='top'><p class='oj-normal'>{label}{sign}</p></td><td><p class='oj-normal'>{rest}</p></td></tr></tbody></table>"
        return f"<p class='oj-normal'>{words}</p>"

    facts = "".join(f"<li>{k} <em>{v}</em></li>" for k, v in doc.facts)
    return (
        f"{opened(doc, ' - Official Journal', around)}<div id='op-header'>{around.top}<ul>{_MENU}</ul></div><p class='oj-hd'>{doc.name}</p><ul class='NMetadata'>{facts}</ul>{around.above}"
        f"<div id='document1' class='tabContent'><div class='panel-body'><div id='text'>{around.first}{doc.written(line, linked)}{around.last}</div></div></div><div class='sidebar'>{_RAIL}{around.below}</div>{_FOOT}</body></html>"
    ).encode()


def _pasted(doc: Doc, around: Around) -> bytes:
    """Return a page whose text is one cell of a layout table, its lines parted by breaks and hard blanks."""
    body = doc.written(
        lambda words: f"&nbsp;&nbsp;&nbsp;&nbsp;{words}<br><br>", lambda k, t: f"<a href='{t}'>{k}</a><br>"
    )
    facts = "".join(
        f"<tr><td bgcolor='#EEEEEE' width='90'>{k}</td><td width='300'>{v}</td></tr>" for k, v in doc.facts
    )
    return (
        f"{opened(doc, '', around)}<table width='1002' align='center'><tr><td colspan='2' background='/img/top.jpg'>{around.top}</td></tr><tr><td width='200' valign='top'><table>{_MENU.replace('li>', 'p>')}</table></td><td valign='top'>"
        f"<table width='100%'>{facts}</table><table width='100%'><tr><td align='center' class='bt'><b>{doc.name}</b></td></tr><tr><td>{around.above}</td></tr><tr><td class='px14'>{around.first}{body}{around.last}</td></tr></table></td></tr>"
        f"<tr><td colspan='2'>{around.below}</td></tr><tr><td colspan='2' align='center'>{_FOOT}</td></tr></table></body></html>"
    ).encode()


def _manual(doc: Doc, around: Around) -> bytes:
    """Return a page of a documentation site: anchors beside headings, lines of a contents list, markdown."""

    def line(words: str) -> str:
        if words.startswith(("第", "一", "二", "三", "四", "五", "1.", "2.", "3.", "4.")) and len(words) < 14:
            return f"<h3 id='h{len(words)}'>{words}<a class='anchor' href='#h{len(words)}' aria-label='Permalink'></a></h3>"
        return f"<p>{words}</p>"

    facts = "".join(f"<tr><td><code>{k}</code></td><td>{v}</td></tr>" for k, v in doc.facts)
    return (
        f"{opened(doc, ' | 制度手册', around)}<div class='VPNav'>{around.top}</div><aside class='VPSidebar'>{_RAIL}</aside><div class='VPDoc'><main class='main'><div class='vp-doc'><h1 id='t'>{doc.name}</h1><table class='front'>{facts}</table>{around.above}"
        f"<div class='body'>{around.first}{doc.written(line, linked, titled=False)}{around.last}</div></div></main><footer class='VPDocFooter'><div class='prev-next'><a href='/a'>上一页 总则</a><a href='/b'>下一页 附则</a></div></footer></div><div class='VPDocAside'>{around.below}</div></body></html>"
    ).encode()


def _gateway(doc: Doc, around: Around) -> bytes:
    """Return a page of a ministry's gateway: facts in a list that floats, the text in a frame of tables by an editor."""
    facts = "".join(f"<li class='fl w50'><span>{k}：</span>{v}</li>" for k, v in doc.facts)
    return (
        f"{opened(doc, '_某部', around, '<meta name=SiteName content=某部><meta name=ColumnName content=公告>')}<div id='head'><div class='welcome'>{around.top}</div><ul>{_MENU}</ul></div>{_CRUMBS}<div class='xxgk_box'><ul class='xxgk_top'>{facts}</ul><div class='xxgk_tit'>{doc.name}</div>{around.above}"
        f"<div class='xxgk_con' id='xxgkCon'><div class='editor_w'>{around.first}{doc.written(lambda words: f'<p style=text-align:justify><span>{words[:9]}</span><span>{words[9:]}</span></p>', linked)}{around.last}</div></div><div class='share'>分享到：</div><div class='xgwd'><h4>相关文档</h4>{_RAIL}{around.below}</div></div><div id='bottom'>{_FOOT}</div></body></html>"
    ).encode()


def _district(doc: Doc, around: Around) -> bytes:
    """Return a page of a district: the document as an article with its reading beside it, both short of classes."""
    facts = "".join(f"<p class='a'>{k}：{v}</p>" for k, v in doc.facts)
    return (
        f"{opened(doc, '-某区人民政府', around)}<div>{around.top}<ul>{_MENU}</ul></div><div>{_CRUMBS}</div><div><div><h3>{doc.name}</h3>{facts}{around.above}<div>{around.first}{doc.written(lambda words: f'<p>{words}</p>', linked)}{around.last}</div></div>"
        f"<div><h4>图解</h4><img src='/tj.png'><h4>其他</h4>{_RAIL}{around.below}</div></div><div>{_FOOT}</div></body></html>"
    ).encode()


LAYOUTS: dict[str, Render] = {
    "court": _court,
    "university": _campus,
    "exchange": _exchange,
    "blog system": _wordpress,
    "nodes": _drupal,
    "web parts": _sharepoint,
    "server-rendered": _rendered,
    "definition list": _defined,
    "accordion": _accordion,
    "second tab": _second_tab,
    "guidance": _guidance,
    "journal": _journal,
    "layout table": _pasted,
    "manual": _manual,
    "ministry": _gateway,
    "no classes": _district,
}

# What is due.


def _renamed(doc: Doc, render: Render, change: Callable[[Doc], Doc]) -> tuple[bytes, bytes] | None:
    """Return a change on the day on which the site takes another name."""
    new = change(doc)
    if new == doc:
        return None
    page = render(new, Around()).decode()
    for old, name in (("某法院网", "某法院"), ("某大学", "某大学"), ("政策一网通", "政策直通车"), ("Policy Library", "Policies"), ("某协会", "某联合会")):  # fmt: skip
        page = page.replace(f"{old}</title>", f"{name}</title>")
    return render(doc, Around()), page.encode()


_CHANGES: tuple[tuple[str, Callable[[Doc], Doc], tuple[str, ...] | None], ...] = (
    ("a figure in a cell", swap(("<td>8000元</td>", "<td>9000元</td>"), ("<td>£128.40</td>", "<td>£129.40</td>")), ("campus", "housing")),
    ("the exception dropped", swap(("；但持卡人非法取得预付卡的除外", ""), ("，但采用要约方式回购的除外", ""), ("，但租赁合同期限不满六个月的除外", ""), (", unless the child receives income of their own", ""), ("（有固定工资收入的除外）", "")), None),
    ("the date of entry in the head", swap(("自2025年5月1日起施行）", "自2025年6月1日起施行）")), ("court",)),
    ("the date of adoption in the head", swap(("（2022年11月23日", "（2022年11月25日"), ("（2024年11月18日", "（2024年11月28日")), ("rent", "court")),
    ("validity", fact({"时效性": "失效", "有效状态": "已废止", "状态": "废止", "有效性": "全文废止", "Status": "Withdrawn"}), None),
    ("validity in part", fact({"时效性": "部分失效", "有效性": "部分条款失效", "有效状态": "已修订", "Status": "Partly repealed"}), ("court", "campus", "tax", "rent", "housing")),
    ("an annex's target", lambda doc: doc._replace(annexes=tuple((k, t.replace("sq2024", "sq2025").replace("5d0e1f", "77ac90").replace("65f1c2", "66a0d4")) for k, t in doc.annexes)), ("campus", "exchange", "housing")),
    ("the number declared", fact({"文号": "某证发〔2024〕78号" , "文件编号": "校研〔2024〕63号", "发文字号": "公告2024年第73号"}), ("campus", "exchange", "tax")),
    ("the number in the text", lambda doc: doc._replace(number=doc.number.replace("37号", "38号").replace("77号", "79号").replace("36号", "63号").replace("4号", "14号")), ("court", "campus", "exchange", "tax")),
    ("the title's suffix", lambda doc: doc._replace(heading=doc.title.replace("（2024年修订）", "（2025年修订）") if "（" in doc.title else doc.title + "（试行）"), ("campus", "rent", "tax")),
    ("a number of the title in the text", lambda doc: doc._replace(title=doc.title.replace("第12号", "第13号").replace("2024年修订", "2025年修订").replace("若干", "")), ("campus", "exchange", "court", "rent")),
    ("or to and", swap(("订立合同时已经从经营者处获得过相同商品或者服务", "订立合同时已经从经营者处获得过相同商品和服务"), ("三个月或者押金", "三个月且押金"), ("private tenants and tenants", "private tenants or tenants"), ("季度报告、业绩预告、", "季度报告、"), ("学术不端经查证属实", "学术不端或者论文造假经查证属实")), None),
    ("a decimal point", swap(("百分之一点五", "百分之十五"), ("£84.15", "£8,415"), ("万分之五", "千分之五"), ("25%，", "2.5%，"), ("15000元", "1500元"), ("5000元以上", "500元以上")), None),
    ("an item at the end of a list", swap(("（三）双方另有约定且不违反法律规定。", "（三）双方另有约定且不违反法律规定；</p><p>（四）法律规定的其他情形。"), ("3. 课程考核不合格且补考仍不合格的。", "3. 课程考核不合格且补考仍不合格的；</p><p>4. 未按时注册的。"), ("(c) repayment would", "(c) the owner agrees; and</p><p>(d) repayment would")), ("court", "campus", "housing")),
    ("the last item of a list gone", without("3.核算有关资产"), ("tax",)),
    ("an article behind the last", lambda doc: doc._replace(lines=(*doc.lines, {"最": "第八条　人民法院已经终审的案件，不适用本解释再审。", "某": "第十条　市房屋管理部门可以制定实施细则。"}[doc.title[0]])), ("court", "rent")),
    ("a deadline", swap(("七日内", "十五日内"), ("10月15日前", "10月25日前"), ("10日内注销", "30日内注销"), ("2027年12月31日", "2025年12月31日"), ("接到通知之日起5日", "接到通知之日起7日"), ("within 6 months", "within 9 months")), None),
    ("an addressee", swap(("各市场参与人：", "各上市公司、各市场参与人：")), ("exchange",)),
    ("the day in Chinese numerals", lambda doc: doc._replace(signed=tuple(each.replace("十五日", "二十五日").replace("8月18日", "8月28日").replace("7月12日", "7月22日") for each in doc.signed)), ("exchange", "tax", "campus")),
    ("an annex behind the signature", lambda doc: doc._replace(signed=(*doc.signed, "附件1", "计算公式", "可扣除额＝购进价格×80%。")), ("tax", "exchange", "campus")),
    ("the day of entry declared", fact({"施行日期": "2023-03-01"}), ("rent", "court")),
    ("the issuer declared", fact({"发布机关": "最高某法院 最高某检察院", "发布部门": "研究生院、学生工作部", "发文单位": "某证券交易所 某结算公司", "发文机关": "某部 某总局 某委员会", "制定机关": "某市人民代表大会", "Issued by": "Department for Communities"}), None),
    ("a row of a table gone", swap(("<tr><td>三等</td><td>—</td><td>—</td><td>30%</td><td>4000元</td></tr>", ""), ("<tr><td>Couple</td><td>£128.40</td><td>£6,000</td></tr>", "")), ("campus", "housing")),
    ("two cells change places", swap(("<td>30%</td><td>18000元</td><td>20%</td>", "<td>20%</td><td>18000元</td><td>30%</td>"), ("<td>£84.15</td><td>£6,000</td>", "<td>£6,000</td><td>£84.15</td>")), ("campus", "housing")),
    ("must to should", swap(("应予支持，但", "可予支持，但"), ("应当于每年", "可以于每年"), ("应当自收购", "可以自收购"), ("应当留存", "可以留存"), ("应当自合同", "可以自合同"), ("Authorities must decide", "Authorities should decide")), None),
    ("the repeal of an older text gone", swap(("《关于发布股份回购实施细则的通知》（某证发〔2019〕4号）同时废止。", ""), ("原办法（校研〔2019〕22号）同时废止。", ""), ("，此前发布的司法解释与本解释不一致的，以本解释为准", "")), ("exchange", "campus", "court")),
)  # fmt: skip
_FIGURE = _CHANGES[16][1]
_SAID = (
    ("withdrawn, said above", "<div class='gem-c-notice'>This guidance was withdrawn on 12 May 2025</div>"),
    (
        "repealed, said above",
        "<p><font color='red'>（注：本文件已被某发〔2025〕11号文件宣布失效，自2025年6月30日起停止执行）</font></p>",
    ),
    ("a stamp", "<span class='stamp'>已废止</span>"),
)
_NOISES: tuple[tuple[str, tuple[Around, Around]], ...] = (
    ("two counters on a line", last("<p>浏览：1,234 次 | 下载：12 次</p>", "<p>浏览：1,301 次 | 下载：15 次</p>")),
    ("counter: English", last("<p>1,204 views</p>", "<p>1,377 views</p>")),
    ("counter in a bracket behind words", above("<div>时间：2024-12-15 作者： 阅读(12)</div>", "<div>时间：2024-12-15 作者： 阅读(31)</div>")),
    ("related list in the block", last("<h3>延伸阅读</h3>" + titles("某办法解读"), "<h3>延伸阅读</h3>" + titles("某办法解读", "一图读懂某办法", "某办法问答"))),
    ("lunar day", (Around(top="2026年1月8日 星期四 农历十一月二十"), Around(top="2026年1月9日 星期五 农历十一月廿一"))),
    ("a bar for cookies", (Around(), Around(top="<div class='cc'><p>本网站使用Cookie以改善您的浏览体验；点击“接受”即表示您同意我们按照隐私政策使用Cookie，您也可以随时更改设置。</p><button>接受</button></div>"))),
    ("other words of the same furniture", (Around(above="<div>【字体：大 中 小】【打印】【关闭】</div>"), Around(above="<div>【字号：A+ A A-】【打印本页】【关闭本页】</div>"))),
    ("an advertisement within the text", last("", "<div class='ad'><a href='https://ad.example.com/x'><img src='/ad.png'>2026年度培训班报名中，点击了解详情</a></div>")),
    ("an advertisement at the head of the text", first("", "<div class='promo'><a href='/app'>下载App，政策消息早知道</a></div>")),
    ("a storm above", (Around(), Around(top="<div class='emergency'>台风蓝色预警：预计未来24小时我市沿海有7级大风，请注意防范；有关部门已启动四级应急响应。</div>"))),
    ("a rail of other titles", below("<h4>最新发布</h4>" + titles("甲通知", "乙公告"), "<h4>最新发布</h4>" + titles("丙通知", "甲通知", "丁意见"))),
    ("last updated", (Around(above="<p>Published 3 March 2024 — Last updated 4 March 2024</p>"), Around(above="<p>Published 3 March 2024 — Last updated 18 June 2025</p>"))),
    ("useful?", last("<p>Was this helpful? Yes (12) No (3)</p>", "<p>Was this helpful? Yes (19) No (3)</p>")),
    ("comments came", below("<h3>评论</h3>", "<h3>评论（3）</h3><p>路人甲：支持。</p><p>路人乙：标准还是偏低；希望能再提高一些。</p><p>路人丙：什么时候可以申请？</p>")),
    ("a chat box", below("", "<div class='chat'><p>智能客服小政：您好，请问有什么可以帮您？</p><p>热门问题：1. 如何申领补贴 2. 怎样办理备案 3. 在哪里查询进度</p></div>")),
    ("survey in the block", last("<div>您对本页面是否满意：非常满意 满意 一般 不满意 提交</div>", "<div>您对本页面是否满意：非常满意 满意 基本满意 不满意 投票 查看结果</div>")),
    ("page count", last("<p>第1页 共1页</p>", "<p>共 1 页　当前第 1 页　跳转</p>")),
    ("imprint in another order", last("<p>来源：办公室　编辑：甲　审核：乙</p>", "<p>审核：丙　编辑：甲　来源：综合处</p>")),
    ("a mark of the language", (Around(top="<a href='/en'>EN</a>"), Around(top="<a href='/en'>English</a> <a href='/fr'>Français</a> 简 繁"))),
    ("share counts", last("<p>分享 12　微博 3　微信 9</p>", "<p>分享 15　微博 4　微信 11</p>")),
    ("reading below of another length", below("<h3>政策解读</h3><p>一是明确范围。</p>", "<h3>政策解读</h3>" + "".join(f"<p>{n}是细化要求，各部门应当按照职责分工抓好落实；各单位要及时报送情况。</p>" for n in "一二三四五六七八九"))),
    ("updated minutes ago", (Around(above="<time>更新于 12 分钟前</time>"), Around(above="<time>更新于 3 小时前</time>"))),
)  # fmt: skip


def _attributes(page: str) -> str:
    return page.replace("<p>", "<p class='x' dir='ltr'>").replace("<div class='", "<div data-r='7' class='")


def _spaced(page: str) -> str:
    return (
        page.replace("</p>", " \r\n\t</p>\r\n\r\n").replace("</td>", "\n   </td>").replace("<br>", "<br />\n")
    )


def _widths(page: str) -> str:
    head, body, rest = page.partition("<body>")
    table = str.maketrans("（）：；", "():;")
    text = "".join(part if part.startswith("<") else part.translate(table) for part in _split(rest))
    return head + body + text


def _split(page: str) -> list[str]:
    parts: list[str] = []
    place = 0
    while place < len(page):
        end = page.find(">" if page[place] == "<" else "<", place)
        end = len(page) if end < 0 else end + (page[place] == "<")
        parts.append(page[place:end])
        place = max(end, place + 1)
    return parts


_REWRITTEN: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("attributes", _attributes),
    ("white space", _spaced),
    ("brackets and colons of another width", _widths),
    ("sessions in links", lambda page: page.replace(".docx'", ".docx;jsessionid=9A8B7C'").replace(".pdf'", ".pdf?_t=1733000000'").replace(".html'", ".html?sid=77'")),
    ("the site's name", lambda page: page.replace("</title>", "-门户网站（新版）</title>", 1)),
    ("words in spans", lambda page: page.replace("应当", "<span lang='zh'>应当</span>").replace("shall", "<span>shall</span>").replace("must", "<em>must</em>")),
    ("a menu of two more entries", lambda page: page.replace("互动交流</a>", "互动交流</a></li><li><a href='/sj/'>数据开放</a></li><li><a href='/jg/'>监督举报</a>")),
    ("other footers", lambda page: page.replace("技术支持：某科技有限公司", "技术支持：另一信息技术股份有限公司").replace("建议使用1024×768分辨率浏览本站", "本站支持IPv6访问 适老化及无障碍版本").replace("京ICP备12345678号-3", "京ICP备12345678号-5")),
)  # fmt: skip


def _mojibake(doc: Doc, render: Render) -> tuple[bytes, bytes] | None:
    """Return a page whose second half was sent in another encoding."""
    page = render(doc, Around())
    lines = tuple(
        each if n < len(doc.lines) // 2 else each.encode("gb18030").decode("utf-8", "replace")
        for n, each in enumerate(doc.lines)
    )
    return None if doc == DOCUMENTS["housing"] else (page, render(doc._replace(lines=lines), Around()))


def _blurred(doc: Doc, render: Render) -> tuple[bytes, bytes]:
    """Return a page whose second half is words that mean nothing, under a layer that asks to log in."""
    kept = doc.lines[: len(doc.lines) // 2]
    filler = ("某某某某某某某某某某某某某某某某",) * 3
    other = doc._replace(lines=(*kept, *filler), signed=())
    return render(doc, Around()), render(other, Around(below="<div class='mask'>登录后查看完整内容</div>"))


_REFUSALS: tuple[tuple[str, Expected, Callable[[Doc, Render], tuple[bytes, bytes] | None]], ...] = (
    ("cut at 35 %", WAIT, cut(0.35)),
    ("cut at 70 %", WAIT, cut(0.7)),
    ("cut at 92 %", WAIT, cut(0.92)),
    ("the first of several pages", LOOK, half("<div class='pages'>1 <a href='x_2.html'>2</a> <a href='x_3.html'>3</a> <a href='x_2.html'>下一页</a> 尾页</div>", 0.5)),
    ("half a page, closed by a proxy", LOOK, half("", 0.6)),
    ("wall: registered users", WALL, half("<p>本文仅限注册用户阅读，立即注册</p>")),
    ("wall: article limit", WALL, half("<p>You have reached your limit of free articles. Log in to continue reading.</p>")),
    ("blurred", Expected("blocked", ("structure_changed",)), _blurred),
    ("masked by small circles", WALL, masked(lambda words: words[:6] + "◦" * (len(words) - 6))),
    ("masked by the same sign in brackets", WALL, masked(lambda words: "［" + "＊" * len(words) + "］")),
    ("half in another encoding", Expected("structure_changed", ("transient", "blocked")), _mojibake),
    ("captcha: turnstile", WALL, alone("Attention Required!", "Please complete the security check to access this site", "Why do I have to complete a CAPTCHA?")),
    ("captcha: puzzle", WALL, alone("", "向右滑动完成拼图", "为保障您的访问安全，请进行验证")),
    ("error: framework", WAIT, alone("Error", "Whitelabel Error Page", "This application has no explicit mapping for /error, so you are seeing this as a fallback.", "There was an unexpected error (type=Internal Server Error, status=500).")),
    ("error: content system", WAIT, alone("Error", "The website encountered an unexpected error. Please try again later.")),
    ("error: blog system", WAIT, alone("WordPress › Error", "There has been a critical error on this website. Please check your site admin email inbox for instructions.")),
    ("error: template", Expected("empty", ("structure_changed", "transient")), instead("{{ article.content }}")),
    ("error: undefined", Expected("empty", ("structure_changed", "transient")), instead("undefined")),
    ("login: handed on", WALL, alone("Note", "Since your browser does not support JavaScript, you must press the button below to proceed.", more="<form method='post' action='https://sso.example.cn/idp/profile/SAML2/POST/SSO'><input type='hidden' name='SAMLRequest' value='x'><input type='submit' value='Continue'></form>")),
    ("login: session", WALL, alone("提示", "会话已超时，请重新登录系统")),
    ("login: campus", WALL, instead("统一身份认证平台", "学工号", "密码", "七天免登录", "登录", title="统一身份认证平台")),
    ("maintenance: hardening", WAIT, alone("公告", "因机房网络割接，本网站于2026年1月10日20:00至24:00暂停服务，敬请谅解。")),
    ("maintenance: English", WAIT, alone("Sorry", "Sorry, there is a problem with the service", "Try again later. The service will be available from 9am on Monday.")),
    ("in line", Expected("transient", ("blocked",)), alone("", "You are now in line. Your estimated wait time is more than an hour.")),
    ("another law", LOOK, instead("第一条　为了规范烟花爆竹的安全管理，预防爆炸事故发生，制定本条例。", *(f"第{'二三四五六七八'[n]}条　烟花爆竹经营单位应当遵守安全规定第{n}项，配备消防器材，并接受应急管理部门检查。" for n in range(7)), title="某市烟花爆竹安全管理条例")),
    ("news under the address", LOOK, instead("1月6日，主任带队赴基层调研，实地察看项目进展，听取情况汇报。", "他强调，要坚持以人民为中心，把各项工作抓实抓细。", "相关负责人陪同调研。", title="主任带队赴基层调研")),
    ("the list", LOOK, instead(*(f"关于公布第{n}批名单的通知 [2025-0{n % 9 + 1}-0{n % 8 + 1}]" for n in range(1, 20)), title="通知公告")),
    ("an empty block", Expected("empty", ("structure_changed",)), instead("", title=None)),
    ("waiting for a script", Expected("empty", ("transient",)), instead("正文加载中……")),
    ("blocked: 412", WALL, plain("<html><head><meta charset='utf-8'><script src='/4QbVtADbnLVIc/c.FxJzG50F.js?9D39A07'></script></head><body></body></html>")),
    ("blocked: rule", WALL, alone("", "请求已被阻断", "拦截原因：触发WEB攻击防护规则 900123", "请求ID：7f8e")),
    ("blocked: not filed", Expected("blocked", ("structure_changed", "gone")), alone("", "根据有关规定，您访问的网站未完成备案，暂时无法访问")),
    ("consent first", Expected("blocked", ("structure_changed",)), alone("Before you continue", "Before you continue to the site, please accept our terms. Accept all Reject all")),
    ("browser too old", Expected("blocked", ("empty", "structure_changed")), alone("", "您的浏览器版本过低，请升级浏览器后访问")),
    ("gone: removed by date", GONE, alone("提示", "您访问的内容已过公示期，现已撤下")),
    ("gone: English", GONE, alone("Page not found", "If you typed the web address, check it is correct.", "If you pasted the web address, check you copied the entire address.")),
    ("gone: archived", Expected("gone", ("structure_changed",)), alone("Archived", "This page has been archived and is no longer available.")),
    ("JSON: error", WAIT, plain('{"timestamp":"2026-01-02T03:04:05","status":503,"error":"Service Unavailable"}')),
    ("XML: denied", WALL, plain("<?xml version='1.0' encoding='UTF-8'?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")),
    ("gone from a bucket", GONE, plain("<?xml version='1.0' encoding='UTF-8'?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>")),
)  # fmt: skip

MUTATIONS: tuple[Mutation, ...] = (
    *(Mutation("change", name, CHANGED, changed(edit), fits) for name, edit, fits in _CHANGES),
    *(Mutation("change", f"{name}, with noise", CHANGED, with_noise(edit), fits) for name, edit, fits in (_CHANGES[0], _CHANGES[1], _CHANGES[4], _CHANGES[6], _CHANGES[9], _CHANGES[16])),
    Mutation("change", "a deadline, and the site's name", CHANGED, lambda doc, render: _renamed(doc, render, _FIGURE)),
    *(Mutation("change", name, CHANGED, shown(Around(), Around(above=line))) for name, line in _SAID),
    *(Mutation("noise", name, UNCHANGED, shown(old, new)) for name, (old, new) in _NOISES),
    *(Mutation("noise", name, UNCHANGED, rewritten(rewrite)) for name, rewrite in _REWRITTEN),
    *(Mutation("refusal", name, expected, make) for name, expected, make in _REFUSALS),
)  # fmt: skip
