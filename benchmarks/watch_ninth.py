"""A ninth matrix of page pairs: eight layouts after portals as crawlers of public repositories keep them.

The elements, classes and tails of the pages (【相关信息】, 扫一扫在手机打开当前页, 页面生成时间, a day in three pieces) are those of
the sites; so are most messages of the error pages. Written before any rule saw it; its first measurement is in
docs/accuracy/tracking.md.
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
    facts_as,
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

DOCUMENTS = documents("ninth")


def _state(doc: Doc, around: Around) -> bytes:
    """Return an article of the central portal: pages-date, pages_content, editor, related manuscripts."""
    facts = "".join(f"<span class='font'>{k}：{v}</span>" for k, v in doc.facts)
    text = doc.written(
        lambda w: f"<p style='text-indent: 2em; font-family: 宋体; font-size: 12pt;'>{w}</p>", linked
    )
    return (
        f"{opened(doc, '_政务_某政府网', around)}<div class='share-popup' id='share-popup'><h6>分享到：<b></b></h6><ul><li><a class='share-btn gwds_qzone'>QQ空间</a></li><li><a class='share-btn'>豆瓣网</a></li></ul></div>"
        f"<div class='main'>{around.top}<div class='BreadcrumbNav'><a href='/index.htm'>首页</a>&nbsp;&gt;&nbsp;<a href='/zc/'>政策</a></div><div class='article oneColumn pub_border'><h1>{doc.name}</h1>"
        f"<div class='pages-date'>2023-08-07 06:59 {facts}<div class='pages_print'><span>【字体：<span>大</span> <span>中</span> <span>小</span>】</span><span>打印</span></div></div>{around.above}"
        f"<div class='pages_content' id='UCAP-CONTENT'>{around.first}{text}{around.last}</div><div class='editor'><span><a href='/jiucuo.htm'>【我要纠错】</a></span>责任编辑：宋某</div><div id='qr_container'>扫一扫在手机打开当前页</div>"
        f"<div class='xg-list related'><div class='pannel-title'>相关稿件</div>{titles('要做好防汛抗旱工作', '关于同意某项目的批复')}</div>{around.below}</div></div><div class='back_top'><a>回到 顶部</a></div></body></html>"
    ).encode()


def _garden(doc: Doc, around: Around) -> bytes:
    """Return a page of a city portal: facts in a table of four columns, a tail of navigation inside the article."""
    cells = [f"<td class='th'>{k}</td><td>{v}</td>" for k, v in doc.facts]
    rows = "".join(f"<tr>{''.join(cells[n : n + 2])}</tr>" for n in range(0, len(cells), 2))
    return (
        f"{opened(doc, ' - 某市人民政府', around)}<div class='header'>{around.top}</div><div class='wzlm'><a href='/'>首页</a> &gt; <a href='/xx'>信息公开</a></div><div class='article-box'><table class='xxgk-table'>{rows}</table>{around.above}"
        f"<div class='bt'>{doc.name}</div><div class='article-content-body'>{around.first}{doc.written(paragraph, linked)}{around.last}</div><div class='xgjd'>相关解读</div><div class='ewm'>扫一扫在手机打开当前页</div>"
        f"<div>分享到：</div>{around.below}</div><div class='wzdh'>网站导航：<a href='//www.gov.cn'>中国政府网</a> <a href='/q'>辖市（区）网站</a> <a href='/z'>市政务网站</a></div></body></html>"
    ).encode()


def _science(doc: Doc, around: Around) -> bytes:
    """Return a page of a commission: the related list and the tools stand inside the block of the text."""
    facts = "".join(f"<p><span>{k}：</span><em>{v}</em></p>" for k, v in doc.facts)
    return (
        f"{opened(doc, '_通知公告_某市科委', around)}<div id='hd'>{around.top}</div><div class='xxgk_main'><h2 id='ivs_title'>{doc.name}</h2><div class='xxgk_sx'>{facts}</div>{around.above}<div id='ivs_content'>{around.first}{doc.written(paragraph, linked)}"
        f"<div class='xxgk_xgxx'><p>【相关信息】</p><p><a href='/t1'>关于印发《某管理办法》的通知</a></p><p><a href='/t2'>【部门解读】《某管理办法》政策解读</a></p></div>{around.last}<p>【打印】</p><p>【关闭】</p></div></div><div>{around.below}</div></body></html>"
    ).encode()


def _plateau(doc: Doc, around: Around) -> bytes:
    """Return a page whose day of release stands in three pieces beside the heading."""
    facts = "".join(f"<dl><dt>{k}</dt><dd>{v}</dd></dl>" for k, v in doc.facts)
    return (
        f"{opened(doc, '', around)}<div class='nav'>{around.top}<a href='/'>首页</a><a href='/zw'>政务</a><a href='/hd'>互动</a></div><div class='detail'><p class='yyyy'>2023</p><p class='mmdd'>08/07</p><p class='hhmm'>16:30</p><p class='source'>来源：政府信息公开</p><h1>{doc.name}</h1>"
        f"<div class='sx'>{facts}</div>{around.above}<div id='NewsContent'>{around.first}{doc.written(lambda w: f'<p><span>{w}</span></p>', linked)}{around.last}</div></div><div class='right'><h3>信息公开目录</h3>{titles('机构职能', '人事信息', '规划计划', '财政信息')}{around.below}</div></body></html>"
    ).encode()


def _library(doc: Doc, around: Around) -> bytes:
    """Return a page of a library of norms that writes the facts as lines of the main element, in front of the text."""
    facts = "".join(f"<p>{k}：{v}</p>" for k, v in doc.facts)
    return (
        f"{opened(doc, ' | 审计文库', around, '<meta name=article:modified_time content=2026-01-01T00:00:00+08:00>')}<header>{around.top}</header><main><h1>{doc.name}</h1>{facts}{around.above}{around.first}{doc.written(paragraph, linked)}{around.last}</main><footer>{around.below}<p>审计文库 收录准则与法规</p></footer></body></html>"
    ).encode()


def _hanweb(doc: Doc, around: Around) -> bytes:
    """Return a page of a wide-spread system: tables in tables, the text in bt_content between marks of a template."""
    facts = "".join(
        f"<tr><td align='right'><b>{k}：</b></td><td align='left'>{v}</td></tr>" for k, v in doc.facts
    )
    return (
        f"{opened(doc, '', around)}<table width='1000' align='center'><tr><td>{around.top}</td></tr><tr><td><table class='xxgk_table'>{facts}</table></td></tr><tr><td class='title' align='center'>{doc.name}</td></tr><tr><td>{around.above}</td></tr><tr><td class='bt_content'><!--<$[信息内容]>begin-->"
        f"{around.first}<div class='view TRS_UEDITOR'>{doc.written(lambda w: f'<p style=line-height:2em>　　{w}</p>', linked)}</div>{around.last}<!--<$[信息内容]>end--></td></tr></table><div>{around.below}</div><table><tr><td>版权所有：某县人民政府　苏ICP备05000000号</td></tr></table></body></html>"
    ).encode()


def _broadcast(doc: Doc, around: Around) -> bytes:
    """Return a page of a ministry: tools and sharing first in the block, the text as divisions."""
    facts = " ".join(f"{k}：{v}" for k, v in doc.facts)
    return (
        f"{opened(doc, '——某总局', around)}<div class='t'>{around.top}</div><div class='con'><h3 class='con_title'>{doc.name}</h3><div class='con_time'>{facts}</div>{around.above}<div class='con_con'><div>【字号：大 中 小 】</div><div>分享到：</div>{around.first}{doc.written(lambda w: f'<div>{w}</div>', linked)}{around.last}</div></div>{around.below}</body></html>"
    ).encode()


def _mobile(doc: Doc, around: Around) -> bytes:
    """Return a page for telephones: nested sections without classes, facts behind a summary that opens."""
    facts = "".join(f"<li>{k}<span>{v}</span></li>" for k, v in doc.facts)
    return (
        f"{opened(doc, '', around, '<meta name=viewport content=width=device-width>')}<section>{around.top}</section><section><section><h1>{doc.name}</h1><details><summary>文件信息</summary><ul>{facts}</ul></details>{around.above}</section><section>{around.first}{doc.written(paragraph, linked)}{around.last}</section></section><section>{titles('我的订阅', '附近办事点')}{around.below}</section></body></html>"
    ).encode()


LAYOUTS: dict[str, Render] = {
    "central": _state,
    "garden city": _garden,
    "commission": _science,
    "plateau": _plateau,
    "library of norms": _library,
    "template": _hanweb,
    "ministry": _broadcast,
    "telephone": _mobile,
}


_STATES = ("时效", "有效性", "效力状态", "时效性", "是否有效")
_CHANGES: tuple[tuple[str, Callable[[Doc], Doc], tuple[str, ...] | None], ...] = (
    ("a share", swap(("60%", "40%"), ("不低于3%", "不低于5%"), ("≥3.0%", "≥5.0%"), ("180日的，应当", "120日的，应当"), ("30日内办结", "60日内办结")), None),
    ("times to once", swap(("不少于两次", "不少于一次"), ("每年使用", "累计使用"), ("不得超过两届", "不得超过三届"), ("不要求追溯", "要求追溯"), ("下列2件", "下列1件")), None),
    ("may to shall", swap(("可以委托", "应当委托"), ("视为放弃", "可以延期"), ("应当撤销", "可以撤销"), ("可以合并", "应当合并"), ("应当在30日", "可以在30日")), None),
    ("a condition gone", without("（三）未被列入"), ("voucher",)),
    ("an item gone, the one behind moves up", swap(("1.在使用过程中出现不可克服严重缺陷的；", ""), ("2.未按要求", "1.未按要求")), ("seeds",)),
    ("a sentence more in an item", swap(("专职安全管理人员。", "专职安全管理人员。人员变动应当报备。"), ("30万元。", "30万元。初创企业可以上浮20%。"), ("公示期为30日。", "公示期为30日。有异议的，应当复核。"), ("追溯调整。", "追溯调整。小企业除外。"), ("办结。", "办结。法律另有规定的除外。")), None),
    ("two items joined", swap(("（一）注册地在本市；", "（一）注册地在本市，且上年度研发费用占销售收入的比例不低于3%；"), ("（二）上年度研发费用占销售收入的比例不低于3%；", "（二）注册满一年；")), ("voucher",)),
    ("until when", swap(("2028年9月9日", "2026年9月9日"), ("2026年12月31日", "2027年12月31日"), ("长期执行", "有效期五年"), ("允许企业提前执行", "不允许企业提前执行")), ("relics", "voucher", "seeds", "audit")),
    ("a cell", swap(("≥5.0%</td><td>不作要求", "≥5.0%</td><td>中抗以上")), ("seeds",)),
    ("a chapter renamed", swap(("申请与受理", "申请、受理与试验"), ("健全防护措施", "完善防护措施"), ("关于补偿性资产的处理", "关于或有对价的处理")), ("seeds", "relics", "audit")),
    ("the day of signature", lambda doc: doc._replace(signed=tuple(s.replace("8月6日", "8月16日").replace("6月28日", "6月29日").replace("1月1日", "1月5日").replace("十七日", "二十七日") for s in doc.signed)), ("relics", "seeds", "audit", "broadcast")),
    ("who signs", lambda doc: doc._replace(signed=tuple(s.replace("办公室", "").replace("农业农村厅", "农业农村厅办公室").replace("局长　某某", "局长　甲某") for s in doc.signed)), ("relics", "seeds", "broadcast")),
    ("the remark behind the signature", lambda doc: doc._replace(signed=tuple(s.replace("公开发布", "依申请公开") for s in doc.signed)), ("relics",)),
    ("number of the text", lambda doc: doc._replace(number=doc.number.replace("238", "283").replace("〕3号", "〕8号").replace("〕1号", "〕2号").replace("55号", "56号")), ("relics", "seeds", "audit", "broadcast")),
    ("a sentence behind the last item", lambda doc: doc._replace(lines=(*doc.lines, "过去有关规定与本文不一致的，以本文为准。")), None),
    ("the state declared", facts_as("失效", *_STATES), None),
    ("the state declared: no", facts_as("否", *_STATES), None),
    ("the state declared: amended in part", facts_as("部分修改", *_STATES), None),
    ("number declared", facts_as("某规〔2024〕9号", "文号", "发文字号", "文件编号", "令号"), ("relics", "voucher", "seeds", "broadcast")),
    ("day of force declared", facts_as("2024-05-01", "实施日期", "生效日期"), ("voucher", "seeds", "audit")),
    ("issuer declared", facts_as("某市文化广电和旅游局", "发布机构", "发文机关", "发文单位", "公开主体"), None),
    ("how it is open", facts_as("依申请公开", "公开属性"), ("voucher",)),
    ("the annex leads elsewhere", lambda doc: doc._replace(annexes=tuple((k, t.replace("5a1c77", "8e02b4").replace("6c3f", "91aa")) for k, t in doc.annexes)), ("relics", "voucher")),
    ("the annex's edition in its name", lambda doc: doc._replace(annexes=tuple((k.replace("20231120", "20240315").replace("〔2023〕238", "〔2024〕17"), t) for k, t in doc.annexes)), ("relics", "voucher")),
    ("an annex more", lambda doc: doc._replace(annexes=(*doc.annexes, ("附件3-廉洁承诺书.docx", "/cmsres/9f/9f77/0d12.docx"))), ("voucher",)),
    ("the heading's end", lambda doc: doc._replace(heading=doc.title + "（已废止）"), None),
)  # fmt: skip
_SAID = (
    ("repealed, in red above", "<p style='color:red'>【本文件于2025年3月1日废止】</p>"),
    ("has a new edition", "<div class='tip'>温馨提示：该文件已有新版本，本文件自2025年7月1日起失效。</div>"),
)
_TAIL = "<div>相关解读</div>"
_NOISES: tuple[tuple[str, tuple[Around, Around]], ...] = (
    ("times read, behind a colon", above("<p>浏览次数： 214 次</p>", "<p>浏览次数： 377 次</p>")),
    ("eyes and thumbs without words", last("<span>👀 89</span><span>👍 3</span>", "<span>👀 104</span><span>👍 5</span>")),
    ("article letters", above("<p>文章字号：大中小</p>", "<p>文章字号： 大 中 小 还原</p>")),
    ("share of a library", last("<div>分享到：</div>", "<div>分享到： 微信 微博 豆瓣网 QQ空间</div>")),
    ("page made at", below("<p>页面生成时间 2021-08-01 07:09:14</p>", "<p>页面生成时间 2021-08-02 07:10:55</p>")),
    ("related manuscripts in the block", last("<div>相关稿件</div>" + titles("甲指挥部署防汛抢险救灾工作"), "<div>相关稿件</div>" + titles("乙检查指导防汛工作", "甲指挥部署防汛抢险救灾工作"))),
    ("related links in a line", last("<p>相关链接：一图读懂《某评定办法》</p>", "<p>相关链接：一图读懂《某评定办法》 专家谈《某评定办法》</p>")),
    ("related documents, a heading alone", last("", "<p>相关文档</p>")),
    ("a word of the door", (Around(top="<a>登录</a> <a>注册</a>"), Around(top="<a>登录</a> <a>注册</a> <a>个人中心</a> <a>退出</a>"))),
    ("reading below", below("", _TAIL + "<p>我国最新对可制造毒品的5种物质予以管制，自公布之日起施行；有关负责人答记者问。</p>")),
    ("editors of three", last("<p>供稿：甲　编辑：乙　校对：丙</p>", "<p>供稿：甲　编辑：丁　校对：丙</p>")),
    ("source and author", above("<p>来源： 新华社 作者：甲</p>", "<p>来源： 本网 作者：甲 乙</p>")),
    ("correct us", last("", "<p>【我要纠错】 【收藏】 【打印】</p>")),
    ("a notice of upgrade above the menu", (Around(), Around(top="<div>网站正在升级更新中，预计 10 分钟内完成，可能有轻微功能或数据抖动。</div>"))),
    ("an assistant", below("", "<div>智能问答：您好，我是小助手，您可以问我“如何申请创新券”“办理需要哪些材料”。</div>")),
    ("tags of the article", last("<p>标签： 文物 安全</p>", "<p>标签： 文物 安全 意见</p>")),
    ("a survey", last("", "<p>您觉得这篇文章怎么样？ 很好 一般 较差</p>")),
    ("a legal notice of the site", last("<p>声明：本站转载仅为传播信息，版权归原作者所有。</p>", "<p>声明：本站转载仅为传播信息，版权归原作者所有，如有侵权请联系删除。</p>")),
    ("the site's foot, longer", below("<p>主管：某办公室</p>", "<p>主管：某办公室　承办：某大数据中心　运维电话：0512-00000000</p><p>网站支持IPv6</p>")),
    ("ranking", below("<h3>一周热榜</h3>" + titles("甲通知"), "<h3>一周热榜</h3>" + titles("丙公告", "甲通知", "乙意见"))),
    ("a countdown", (Around(top="<p>距离全国文化和自然遗产日还有 31 天</p>"), Around(top="<p>距离全国文化和自然遗产日还有 12 天</p>"))),
    ("a picture with words behind the text", last("<img src='/a.png' alt='图解'>", "<img src='/b.png' alt='一图读懂'>")),
    ("a video", below("", "<div><p>视频：政策发布会</p><p>00:00 / 12:40</p></div>")),
    ("index of the page", first("<div>目录 一 二 三</div>", "<div>目录 一 二 三 收起</div>")),
)  # fmt: skip


_REWRITES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("an editor pasted anew", lambda page: page.replace("<p>", "<p class='MsoNormal' style='mso-char-indent-count:2.0'>").replace("应当", "应<o:p></o:p>当")),
    ("full-width figures", lambda page: page.replace("30", "３０", 1).replace("（", "(", 2)),
    ("another name of the site", lambda page: page.replace("</title>", "_手机版</title>")),
    ("links with a session", lambda page: page.replace(".pdf'", ".pdf?v=20240101'").replace(".docx'", ".docx?v=20240101'").replace("/t1'", "/t1?s=9'")),
)  # fmt: skip


_REFUSALS: tuple[tuple[str, Expected, Callable[[Doc, Render], tuple[bytes, bytes] | None]], ...] = (
    ("cut at 40 %", WAIT, cut(0.4)),
    ("cut at 65 %", WAIT, cut(0.65)),
    ("cut at 90 %", WAIT, cut(0.9)),
    ("half", LOOK, half("", 0.5)),
    ("two thirds", LOOK, half("", 0.67)),
    ("first of three pages", LOOK, half("<div><a href='b_2.html'>2</a> <a href='b_3.html'>3</a> <a href='b_2.html'>下页</a></div>", 0.5)),
    ("pages unread, log in", WALL, half("<p>还有 3 页未读，请登录后查看全文</p>")),
    ("after a comment", WALL, half("<p>在本文章下发表评论后可阅读全文</p>")),
    ("for colleagues", WALL, half("<p>余下部分仅本系统工作人员可查阅</p>")),
    ("a short preview", WALL, half("<p>预览已结束，购买后可阅读剩余章节</p>")),
    ("masked by squares", WALL, masked(lambda words: words[:4] + "▇" * (len(words) - 4))),
    ("masked words by stars", WALL, masked(lambda words: "".join("*" if n % 6 > 2 else sign for n, sign in enumerate(words)))),
    ("login is over", WALL, alone("提示", "令牌已过期或无效，请重新获取")),
    ("not on the list", WALL, alone("", "您访问的IP号段不在白名单范围内")),
    ("legal parameters", WALL, alone("网站防火墙", "您的请求带有不合法参数，已被网站管理员设置拦截！", "可能原因：您提交的内容包含危险的攻击请求")),
    ("unsafe", WALL, alone("", "检测到当前访问存在安全威胁，本次请求终止")),
    ("rejected", WALL, alone("Request Rejected", "The requested URL was rejected. Please consult with your administrator.", "Your support ID is: 9918273")),
    ("interruption", WALL, alone("Pardon Our Interruption", "As you were browsing something about your browser made us think you were a bot.")),
    ("ticket", WALL, alone("统一登录门户", "账号", "密码", "记住我", more="<form><input name='u'><input type='password' name='p'></form>")),
    ("does not exist", GONE, alone("", "路由错误，您当前访问的页面不存在")),
    ("bad luck", GONE, alone("", "哎呀，这个页面被外星人带走了")),
    ("no such document", GONE, alone("错误提示", "抱歉，该文档不存在或已被删除")),
    ("no such column", GONE, alone("", "您查看的栏目已经关闭或者调整")),
    ("moved", GONE, alone("Oops", "The page you were looking for has been moved or removed.")),
    ("upgrade in ten minutes", WAIT, alone("", "网站正在升级更新中，预计 10 分钟内完成")),
    ("mode of maintenance", WAIT, alone("维护模式", "本网站正在维护模式。我们很快就会回来")),
    ("see the log", WAIT, alone("Internal 错误", "发生一些错误。查看错误日志以了解更多")),
    ("a little tired", WAIT, alone("", "服务器开小差啦，请喝杯茶再来")),
    ("back soon", WAIT, alone("Be right back", "We are making some improvements to our site. Thanks for your patience.")),
    ("upstream", WAIT, alone("", "upstream connect error or disconnect/reset before headers. reset reason: connection failure")),
    ("nothing in the block", Expected("empty", ("structure_changed",)), instead("")),
    ("filled later", Expected("empty", ("blocked",)), plain("<html><head><title>政策文件</title><script src='/static/chunk-vendors.js'></script></head><body><div id='app'></div></body></html>")),
    ("another law", LOOK, instead("第一条　为了加强野生动物保护，制定本条例。", *(f"第{'二三四五六七八'[n]}条　任何单位和个人不得违法捕猎、交易第{n}类野生动物及其制品。" for n in range(7)), title="某省野生动物保护条例")),
    ("news", LOOK, instead("据新华社消息，8月1日，检查组赴现场查看海河堤防建设情况。", "检查组指出，要全面排查隐患，全力确保安全度汛。", "当天，检查组还看望了值守人员。", title="检查组指导防汛减灾工作")),
    ("the list of the column", LOOK, instead(*(f"关于第{n}批项目立项的通知　2024-0{n % 9 + 1}-12" for n in range(1, 16)), title="信息公开目录")),
)  # fmt: skip

MUTATIONS: tuple[Mutation, ...] = (
    *(Mutation("change", name, CHANGED, changed(edit), fits) for name, edit, fits in _CHANGES),
    *(Mutation("change", f"{name}, with noise", CHANGED, with_noise(edit), fits) for name, edit, fits in (_CHANGES[0], _CHANGES[15], _CHANGES[22])),
    *(Mutation("change", name, CHANGED, shown(Around(), Around(above=line))) for name, line in _SAID),
    *(Mutation("noise", name, UNCHANGED, shown(old, new)) for name, (old, new) in _NOISES),
    *(Mutation("noise", name, UNCHANGED, rewritten(rewrite)) for name, rewrite in _REWRITES),
    *(Mutation("refusal", name, expected, make) for name, expected, make in _REFUSALS),
)  # fmt: skip
