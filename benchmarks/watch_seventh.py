"""A seventh, smaller matrix of page pairs, written after the rules were mended for the sixth one and before they saw it.

Ten layouts, five documents and other words once more; its first measurement is in docs/accuracy/tracking.md.
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
    plain,
    rewritten,
    shown,
    swap,
    titles,
    with_noise,
    without,
)

DOCUMENTS = documents("seventh")


_NAV = (
    "<ul>"
    + "".join(f"<li><a href='/n{n}'>{name}</a></li>" for n, name in enumerate(("首页", "要闻", "政策", "服务", "数据")))
    + "</ul>"
)  # fmt: skip
_NEWS = titles("关于公开招聘的公告", "第三季度工作综述", "关于防范电信诈骗的提示")


def _capital(doc: Doc, around: Around) -> bytes:
    """Return a page of a capital: facts as an ordered list, each label between square brackets."""
    facts = "".join(f"<li>[{k}] <span>{v}</span></li>" for k, v in doc.facts)
    return (
        f"{opened(doc, '_规范性文件_某市政府门户网站', around)}<div class='topbar'>{around.top}</div>{_NAV}<div class='wrapper'><ol class='doc-info'>{facts}</ol><div class='header'><p>{doc.name}</p></div>{around.above}"
        f"<div class='mainTextBox'><div id='mainText'>{around.first}{doc.written(paragraph, linked)}{around.last}</div></div>{around.below}</div><div class='footer'>政府网站标识码：1100000088</div></body></html>"
    ).encode()


def _aside(doc: Doc, around: Around) -> bytes:
    """Return a page whose facts stand in a column behind the text."""
    facts = "".join(f"<div class='item'><h6>{k}</h6><p>{v}</p></div>" for k, v in doc.facts)
    return (
        f"{opened(doc, ' - 法规检索', around)}<div class='nav'>{around.top}{_NAV}</div><div class='cols'><section class='doc'><h2>{doc.name}</h2>{around.above}<div class='doc-body'>{around.first}{doc.written(paragraph, linked)}{around.last}</div></section>"
        f"<section class='props'><h5>基本信息</h5>{facts}</section><section class='more'>{_NEWS}{around.below}</section></div></body></html>"
    ).encode()


def _sections(doc: Doc, around: Around) -> bytes:
    """Return a code of regulations: every provision a section with its number in spans of their own."""

    def line(words: str) -> str:
        sign, blank, rest = words.partition(" ")
        if blank and len(sign) <= 4:
            return f"<div class='section'><p class='indent-1'><span class='paragraph-hierarchy'>{sign}</span> {rest}</p></div>"
        return f"<div class='section'><p>{words}</p></div>"

    facts = "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in doc.facts)
    return (
        f"{opened(doc, ' :: Code', around)}<header>{around.top}{_NAV}</header><div class='box'><h1>{doc.name}</h1><dl>{facts}</dl>{around.above}<div class='content-block' id='reader'>{around.first}{doc.written(line, linked)}{around.last}</div></div>{_NEWS}{around.below}</body></html>"
    ).encode()


def _custom(doc: Doc, around: Around) -> bytes:
    """Return a page of a knowledge base: elements that no standard names."""
    facts = "".join(
        f"<ne-row><ne-cell>{k}</ne-cell><ne-cell class='v'>{v}</ne-cell></ne-row>" for k, v in doc.facts
    )
    body = doc.written(
        lambda words: f"<ne-p><ne-text>{words}</ne-text></ne-p>",
        lambda k, t: f"<ne-p><a href='{t}'>{k}</a></ne-p>",
    )
    return (
        f"{opened(doc, ' · 知识库', around)}<div class='bar'>{around.top}</div>{_NAV}<div id='lark-doc'><h1>{doc.name}</h1>{facts}{around.above}<div class='ne-viewer-body'>{around.first}{body}{around.last}</div></div><div>{_NEWS}{around.below}</div></body></html>"
    ).encode()


def _layer(doc: Doc, around: Around) -> bytes:
    """Return the page of a viewer: each line of a print in a span of its own, laid over a picture."""
    lines = [each for each in (doc.title, doc.number, *doc.lines, *doc.signed) if each]
    body = "".join(
        each if each.startswith("<") else f"<div class='ln' style='top:{20 * n}px'><span>{each}</span></div>"
        for n, each in enumerate(lines)
    )
    facts = "".join(f"<tr><th>{k}</th><td>{v}</td></tr>" for k, v in doc.facts)
    links = "".join(linked(label, target) for label, target in doc.annexes)
    return (
        f"{opened(doc, ' 在线阅读', around)}<div class='toolbar'>{around.top} 缩放 100% 下载</div><table class='meta'>{facts}</table><h3>{doc.name}</h3>{around.above}<div id='viewer'>{around.first}<div class='page'><div class='textLayer'>{body}</div></div>{links}{around.last}</div><div class='recom'>{_NEWS}{around.below}</div></body></html>"
    ).encode()


def _utility(doc: Doc, around: Around) -> bytes:
    """Return a page whose classes are all of a utility kit."""
    facts = "".join(
        f"<div class='flex'><span class='w-24 text-gray-500'>{k}</span><span class='flex-1'>{v}</span></div>"
        for k, v in doc.facts
    )
    return (
        f"{opened(doc, '', around)}<div class='flex p-4'>{around.top}{_NAV}</div><div class='mx-auto p-4'><div class='text-2xl'>{doc.name}</div><div class='mt-4'>{facts}</div>{around.above}<div class='mt-4'>{around.first}{doc.written(lambda words: f'<p class=mt-2>{words}</p>', linked)}{around.last}</div>"
        f"<div class='mt-4'>{_NEWS}{around.below}</div></div><div class='p-4'>© 某高新区</div></body></html>"
    ).encode()


def _rows(doc: Doc, around: Around) -> bytes:
    """Return a page for print: every line a row of one table."""
    body = doc.written(
        lambda words: f"<tr><td class='ln'>{words}</td></tr>",
        lambda k, t: f"<tr><td><a href='{t}'>{k}</a></td></tr>",
    ).replace("<table>", "<tr><td><table>").replace("</table>", "</table></td></tr>")  # fmt: skip
    facts = " ".join(f"{k}：{v}；" for k, v in doc.facts)
    return (
        f"{opened(doc, '——打印版', around)}<p>{around.top}</p><p align=center><big>{doc.name}</big></p><p>{facts}</p>{around.above}<div>{around.first}</div><table class='print' width='640'>{body}</table><div>{around.last}</div>{around.below}</body></html>"
    ).encode()


def _chapters(doc: Doc, around: Around) -> bytes:
    """Return a page whose chapters are sections with headings, articles with anchors."""
    facts = "".join(f"<span><b>{k}：</b>{v}</span>" for k, v in doc.facts)

    def line(words: str) -> str:
        if words.startswith("第") and "章" in words[:4]:
            return f"<h3>{words}</h3>"
        return f"<article><a name='a{len(words)}'></a><p>{words}</p></article>"

    return (
        f"{opened(doc, '_某省人大', around)}<div id='top'>{around.top}{_NAV}</div><div id='left'>{_NEWS}</div><div id='right'><h1>{doc.name}</h1><div class='info'>{facts}</div>{around.above}<div class='law-text'>{around.first}{doc.written(line, linked)}{around.last}</div>{around.below}</div></body></html>"
    ).encode()


def _card(doc: Doc, around: Around) -> bytes:
    """Return a policy of a park's service platform: facts as a description list of a component kit, the text in a collapse."""
    facts = "".join(
        f"<div class='ant-descriptions-item'><span class='ant-descriptions-item-label'>{k}</span><span class='ant-descriptions-item-content'>{v}</span></div>"
        for k, v in doc.facts
    )
    return (
        f"{opened(doc, ' 惠企政策', around)}<div id='app'><div class='top'>{around.top}</div>{_NAV}<div class='ant-card'><div class='ant-card-head'>{doc.name}</div><div class='ant-card-body'>{facts}</div></div>{around.above}"
        f"<div class='ant-collapse'><div class='ant-collapse-header'>政策原文</div><div class='ant-collapse-content'>{around.first}{doc.written(paragraph, linked)}{around.last}</div></div><div class='ant-list'>{_NEWS}{around.below}</div></div></body></html>"
    ).encode()


def _framed(doc: Doc, around: Around) -> bytes:
    """Return the inner page of an old set of frames: nothing but the text, a line of facts and a rule."""
    facts = "&nbsp;&nbsp;".join(f"{k}:{v}" for k, v in doc.facts)
    body = doc.written(lambda words: f"{words}<br>", lambda k, t: f"<a href='{t}'>{k}</a><br>")
    return (
        f"{opened(doc, '', around)}{around.top}<center><h2>{doc.name}</h2><font size=2>{facts}</font></center><hr>{around.above}{around.first}{body}{around.last}<hr>{around.below}</body></html>"
    ).encode()


LAYOUTS: dict[str, Render] = {
    "capital": _capital,
    "facts behind": _aside,
    "code": _sections,
    "own elements": _custom,
    "viewer": _layer,
    "utility classes": _utility,
    "rows": _rows,
    "chapters": _chapters,
    "components": _card,
    "inner frame": _framed,
}


_CHANGES: tuple[tuple[str, Callable[[Doc], Doc], tuple[str, ...] | None], ...] = (
    ("a cell", swap(("<td>18.5</td>", "<td>19</td>")), ("wage",)),
    ("an area in a cell", swap(("<td>其他设区市市区</td>", "<td>其他设区市</td>")), ("wage",)),
    ("the exception gone", swap(("，但已生效的集体合同约定高于本标准的除外", ""), ("；法律、法规另有规定的，从其规定", ""), (", except where the lift has been permanently removed", ""), ("，但未达到约定投资强度的除外", ""), ("，单批重量超过5千克的", "")), None),
    ("an hour, a share, a term", swap(("50%以上100%", "50%以上200%"), ("期限为三年", "期限为五年"), ("45个工作日", "60个工作日"), ("every 6 months", "every 12 months"), ("的40%", "的30%")), None),
    ("may to must", swap(("可以提出异议", "应当提出异议"), ("可以推荐", "应当推荐"), ("不得转让", "可以转让"), ("must be kept", "may be kept"), ("责令限期支付", "可以责令限期支付")), None),
    ("an item of a list gone", without("（二）"), ("wage", "credit")),
    ("a listed thing more", swap(("钆铝合金；", "钆铝合金、钆铁合金；"), ("指纹、血型", "指纹、声纹、血型"), ("低温等", "低温、井下等")), ("export", "credit", "wage")),
    ("a paragraph more at the end", lambda doc: doc._replace(lines=(*doc.lines, "本文件未尽事宜，由制定机关另行规定。")), ("wage", "export", "grant")),
    ("the day of approval in the head", swap(("2020年7月29日", "2020年7月31日")), ("credit",)),
    ("amended, in the head", swap(("批准）", "批准　根据2024年11月29日某省第十四届人民代表大会常务委员会第十三次会议批准的《关于修改部分地方性法规的决定》修正）")), ("credit",)),
    ("the term of validity", swap(("有效期至2027年12月31日", "有效期至2026年12月31日"), ("1st October 2024.", "1st January 2025."), ("自2025年4月1日起", "自2025年5月1日起"), ("自2020年10月1日起施行", "自2020年12月1日起施行")), ("grant", "safety", "wage", "credit")),
    ("a repeal gone", swap(("6. The Lift Maintenance Regulations 2009 are revoked.", "6. These Regulations do not apply to goods lifts."), ("《两用物项和技术进出口许可证管理目录》同步予以更新。", "")), ("safety", "export")),
    ("the day of signature", lambda doc: doc._replace(signed=tuple(each.replace("3月3日", "3月13日").replace("4月4日", "4月14日").replace("14th", "24th").replace("1月9日", "1月19日") for each in doc.signed)), ("wage", "export", "safety", "grant")),
    ("one more signs", lambda doc: doc._replace(signed=(doc.signed[0] + "　某省财政厅", *doc.signed[1:])), ("wage", "grant")),
    ("validity declared", fact({"公文时效": "失效", "时效状态": "已被修改", "有效性": "废止", "Status": "Revoked", "是否有效": "无效"}), None),
    ("suspended", fact({"公文时效": "暂停执行", "时效状态": "暂缓施行", "有效性": "中止", "Status": "Suspended", "是否有效": "停止执行"}), None),
    ("who it applies to", fact({"适用范围": "全省各类用人单位", "政策对象": "规模以上工业和服务业企业"}), ("wage", "grant")),
    ("number declared", fact({"发文字号": "某人社发〔2025〕19号", "文号": "公告2025年第81号", "Statutory instrument": "2024 No. 710", "规范性文件编号": "GXQ-2025-012"}), ("wage", "export", "safety", "grant")),
    ("day of force declared", fact({"生效日期": "2020-12-01", "Coming into force": "1st January 2025"}), ("credit", "safety")),
    ("body declared", fact({"发文机关": "某省人民政府", "公布机关": "某市人大", "发布单位": "商某部", "Made by": "Secretary of State", "制发单位": "某高新区经发局"}), None),
    ("heading marked", lambda doc: doc._replace(heading=doc.title + ("（已失效）" if doc != DOCUMENTS["safety"] else " (revoked)")), None),
    ("annex replaced", lambda doc: doc._replace(annexes=tuple((k, t.replace("bz0303", "bz0310").replace("88121", "90377")) for k, t in doc.annexes)), ("wage", "grant")),
    ("annex replaced in its folder", lambda doc: doc._replace(annexes=tuple((k, t.replace("/2025/03/", "/2025/07/").replace("/f/a8/", "/f/b3/")) for k, t in doc.annexes)), ("wage", "grant")),
)  # fmt: skip
_SAID = (
    ("superseded, said above", "<p>These Regulations have been superseded by the 2026 Regulations.</p>"),
    ("to be ended, said above", "<div class='tip'>提示：本文件将于2026年3月1日起废止</div>"),
    ("ended, said in a box", "<div><i>！</i>该政策已到期</div>"),
)
_NOISES: tuple[tuple[str, tuple[Around, Around]], ...] = (
    ("read by", last("<div>阅读人次 3021</div>", "<div>阅读人次 3067</div>")),
    ("counter above", above("<div>发布：2025-03-04 | 浏览 88 | 评论 0</div>", "<div>发布：2025-03-04 | 浏览 97 | 评论 1</div>")),
    ("clock", (Around(top="北京时间 09:12:33"), Around(top="北京时间 17:40:02"))),
    ("holiday", (Around(top="2026年2月16日 除夕"), Around(top="2026年2月17日 春节"))),
    ("a bar for consent", (Around(), Around(below="<div role='dialog'><p>We value your privacy. We and our partners store information on your device to improve your experience.</p><button>Accept all</button><button>Reject</button></div>"))),
    ("asked often, below", below("<h4>常见问题</h4><p>问：怎么申请？答：网上申请。</p>", "<h4>常见问题</h4>" + "".join(f"<p>问：第{n}种情形如何处理？答：按照规定的程序办理，一般在十个工作日内答复。</p>" for n in range(8)))),
    ("neighbours", last("<p>上一篇 关于甲</p><p>下一篇 关于乙</p>", "<p>上一篇 关于甲</p><p>下一篇 关于丙的通告</p>")),
    ("a course advertised", last("", "<p><a href='https://x.example/'>政策实务培训班火热报名中</a></p>")),
    ("a code to scan", last("", "<div><img src='/qr.png'><span>微信扫一扫，分享给好友</span></div>")),
    ("tools", first("<div>A- A A+ 打印 收藏</div>", "<div>A- A A+ 打印 收藏 朗读 纠错</div>")),
    ("editor", last("<p>供稿：综合处　编辑：小吴</p>", "<p>供稿：法规处　编辑：小周</p>")),
    ("a rail", below("<h4>热点专题</h4><p>学习贯彻会议精神</p>", "<h4>热点专题</h4><p>优化营商环境</p><p>防汛抗旱</p>")),
    ("how useful", last("<p>这条政策对您有用吗？ 有用 12 没用 1</p>", "<p>这条政策对您有用吗？ 有用 17 没用 1</p>")),
    ("suited to you", above("<div>匹配度：82%</div>", "<div>匹配度：64%</div>")),
    ("version of the site", below("<p>Powered by CMS 7.2.1</p>", "<p>Powered by CMS 7.3.0</p>")),
)  # fmt: skip


_REWRITES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("classes with hashes", lambda page: page.replace("class='", "class='css-1a2b3c ")),
    ("lines broken anew", lambda page: page.replace("><", ">\n  <")),
    ("full-width figures", lambda page: page.replace("2025年", "２０２５年").replace("第18号", "第１８号")),
    ("a session in links", lambda page: page.replace("href='/", "href='/s(abc123)/") if "href='/dl" not in page and ".xlsx" not in page and ".docx" not in page else page.replace("href='/n", "href='/s1/n")),
    ("another name of the site", lambda page: page.replace("</title>", " - 新版</title>")),
)  # fmt: skip


_REFUSALS: tuple[tuple[str, Expected, Callable[[Doc, Render], tuple[bytes, bytes] | None]], ...] = (
    ("cut at 55 %", WAIT, cut(0.55)),
    ("cut at 88 %", WAIT, cut(0.88)),
    ("the first half", LOOK, half("", 0.5)),
    ("the first two thirds", LOOK, half("", 0.67)),
    ("the first page", LOOK, half("<p>[1] [2] [3] 下一页</p>", 0.6)),
    ("wall: open an account", WALL, half("<p>开户后即可查看全部条款</p>")),
    ("wall: English", WALL, half("<p>Create a free account to read the full text.</p>")),
    ("masked by hashes", WALL, masked(lambda words: words[:4] + "#" * (len(words) - 4))),
    ("masked by squares", WALL, masked(lambda words: "▢" * len(words))),
    ("the robot's question", WALL, alone("安全检查", "请点击下方按钮，确认您是真人操作")),
    ("the gate", WALL, alone("登录", "欢迎使用政务协同平台", "账号 密码 记住我 登录")),
    ("no right", WALL, alone("提示", "您所在的用户组没有阅读权限")),
    ("the cloud's refusal", WALL, alone("Error 1020", "Access denied", "This website is using a security service to protect itself from online attacks.")),
    ("not there", GONE, alone("提示", "您要查看的文档已被移至回收站")),
    ("not there, English", GONE, alone("Oops!", "We can't seem to find the page you're looking for.")),
    ("taken back", GONE, alone("", "该政策已由发布部门下架")),
    ("out of order", WAIT, alone("", "系统正忙，请您稍等片刻再来")),
    ("trouble", WAIT, alone("Error", "Oops, something went wrong on our end. We're working on it.")),
    ("a trace", WAIT, alone("Server Error", "System.NullReferenceException: Object reference not set to an instance of an object.")),
    ("closed at night", WAIT, alone("公告", "本平台服务时间为每日7:00至22:00，非服务时间暂停访问。")),
    ("no pool", WAIT, plain("504 upstream request timeout")),
    ("an empty place", Expected("empty", ("structure_changed",)), instead("")),
    ("a shell", Expected("empty", ("blocked",)), plain("<html><head><title>惠企政策</title></head><body><div id='app'></div><script src='/umi.js'></script></body></html>")),
    ("another decision", LOOK, instead("为维护国家安全，决定对下列实体采取措施：", *(f"{'一二三四五六'[n]}、禁止与清单所列第{n}家实体从事与贸易有关的活动。" for n in range(6)), title="关于将部分实体列入清单的公告")),
    ("a search", LOOK, instead(*(f"{n}. 相关政策摘要第{n}条，发布于2025年{n}月。" for n in range(1, 12)), title="搜索：政策")),
    ("a speech", LOOK, instead("同志们：", "今天召开这次会议，主要任务是部署下一阶段工作。", "刚才，几位同志作了很好的发言，我都赞成。", "下面，我讲三点意见。", title="在工作会议上的讲话")),
)  # fmt: skip

MUTATIONS: tuple[Mutation, ...] = (
    *(Mutation("change", name, CHANGED, changed(edit), fits) for name, edit, fits in _CHANGES),
    *(Mutation("change", f"{name}, with noise", CHANGED, with_noise(edit), fits) for name, edit, fits in (_CHANGES[3], _CHANGES[14], _CHANGES[21])),
    *(Mutation("change", name, CHANGED, shown(Around(), Around(above=line))) for name, line in _SAID),
    *(Mutation("noise", name, UNCHANGED, shown(old, new)) for name, (old, new) in _NOISES),
    *(Mutation("noise", name, UNCHANGED, rewritten(rewrite)) for name, rewrite in _REWRITES),
    *(Mutation("refusal", name, expected, make) for name, expected, make in _REFUSALS),
)  # fmt: skip
