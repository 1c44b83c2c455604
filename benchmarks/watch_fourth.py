"""A fourth matrix of page pairs, written before the rules of its day saw it: other documents, layouts, changes, noises and failures.

What is due was written with each kind. Its first measurement is in docs/accuracy/tracking.md; rules that were mended afterwards
make it a matrix of pairs that are known.
"""

from collections.abc import Callable

from benchmarks.watch_layouts import Around, Doc, documents, linked
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
    alone,
    behind,
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
    shown,
    swap,
    titles,
    with_noise,
    without,
)

DOCUMENTS = documents("fourth")

# Layouts.


def _council(doc: Doc, around: Around) -> bytes:
    """Return a page of the central portal: facts in a table with bold labels, the text in a table cell."""
    pairs = list(doc.facts)
    rows = "".join(
        "<tr>" + "".join(f"<td><b>{k}：</b></td><td>{v}</td>" for k, v in pairs[n : n + 2]) + "</tr>"
        for n in range(0, len(pairs), 2)
    )
    body = doc.written(
        lambda words: f'<p style="font-family: 宋体; text-align: justify;">{words}</p>', linked
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{doc.name}_中国政府网</title>{around.script}</head><body>'
        f'<div class="header_wai">{around.top}</div><div class="policyLibraryOverview_content"><table class="table_key">{rows}</table></div>'
        f'<h1 id="ti">{doc.name}</h1>{around.above}<div class="trs_editor_view TRS_UEDITOR" id="UCAP-CONTENT"><table><tbody><tr><td class="b12c">'
        f"{around.first}{body}{around.last}</td></tr></tbody></table></div><div class='related'>{around.below}</div>"
        '<div class="footer">主办单位：某办公厅　网站标识码bm01000001</div></body></html>'
    ).encode()


def _account(doc: Doc, around: Around) -> bytes:
    """Return an article of a public account: nested sections, every sentence in spans."""

    def line(words: str) -> str:
        return f'<section style="margin:0 8px"><p style="line-height:1.75em"><span style="font-size:15px"><span leaf="">{words}</span></span></p></section>'

    facts = "".join(f'<p class="kv"><strong>{k}</strong><span>{v}</span></p>' for k, v in doc.facts)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="{doc.name}"><title>{doc.name}</title>{around.script}</head>'
        f'<body id="activity-detail"><div>{around.top}</div><div class="rich_media_area_primary"><h1 class="rich_media_title" id="activity-name">{doc.name}</h1>'
        f'<div id="meta_content" class="rich_media_meta_list">{facts}</div>{around.above}<div class="rich_media_content" id="js_content">{around.first}'
        f'{doc.written(line, linked)}{around.last}</div></div><div class="rich_media_area_extra">{around.below}</div></body></html>'
    ).encode()


def _columns(doc: Doc, around: Around) -> bytes:
    """Return a page whose lines are rows of a grid, the article's number in one cell and its words in the next."""

    def line(words: str) -> str:
        label, blank, rest = words.partition("　")
        if not blank:
            label, rest = "", words
        return f'<div class="row"><div class="col-no">{label}</div><div class="col-data"><div class="line-0000">{rest}</div></div></div>'

    facts = "".join(f"<tr><th>{k}：</th><td>{v}</td></tr>" for k, v in doc.facts)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{doc.name}-法規資料庫</title>{around.script}</head><body><header>{around.top}</header>'
        f'<table class="table"><tr><th>法規名稱：</th><td><a id="hlLawName">{doc.name}</a></td></tr>{facts}</table>{around.above}'
        f'<div id="pnLawFla"><div class="law-reg-content">{around.first}{doc.written(line, linked)}{around.last}</div></div><aside>{around.below}</aside></body></html>'
    ).encode()


def _form(doc: Doc, around: Around) -> bytes:
    """Return a page of an office server: one form around everything, state in hidden fields."""
    facts = "".join(
        f'<span class="ms-lbl">{k}</span> <span class="ms-val">{v}</span><br>' for k, v in doc.facts
    )
    body = doc.written(lambda words: f"<div>{words}</div>", lambda k, t: f'<div><a href="{t}">{k}</a></div>')
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{doc.name}</title>{around.script}</head><body>'
        f'<form method="post" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="{len(around.top)}"><div id="s4-topheader2">{around.top}</div>'
        f'<div class="ms-pagetitle"><h2>{doc.name}</h2></div><div class="ms-facts">{facts}</div>{around.above}'
        f'<div id="ctl00_PlaceHolderMain_RichHtmlField" class="ms-rtestate-field">{around.first}{body}{around.last}</div><div class="ms-right">{around.below}</div></form></body></html>'
    ).encode()


def _typed(doc: Doc, around: Around) -> bytes:
    """Return a page whose text is preformatted; links and tables stand behind it."""
    plain_lines = "\n".join(
        f"　　{each}"
        for each in (doc.title, doc.number, *doc.lines, *doc.signed)
        if each and not each.startswith("<")
    )
    tables = "".join(each for each in doc.lines if each.startswith("<"))
    facts = "\n".join(f"<li>【{k}】{v}</li>" for k, v in doc.facts)
    links = "".join(linked(label, target) for label, target in doc.annexes)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{doc.name} | 公报</title>{around.script}</head><body><div class="nav">{around.top}</div>'
        f"<h3>{doc.name}</h3><ul>{facts}</ul>{around.above}<div class='gb'>{around.first}<pre>{plain_lines}</pre>{tables}{links}{around.last}</div>{around.below}"
        "<p class='bottom'>某市人民政府公报编辑室</p></body></html>"
    ).encode()


def _mobile(doc: Doc, around: Around) -> bytes:
    """Return a page made for telephones: main, section, no block that is known by name."""
    facts = "".join(f'<div class="cell"><label>{k}</label><output>{v}</output></div>' for k, v in doc.facts)
    body = doc.written(lambda words: f'<div class="t"><span>{words}</span></div>', linked, titled=False)
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{doc.name}</title>{around.script}</head>'
        f'<body><div class="m-bar">{around.top}</div><main><section class="m-h"><h2>{doc.name}</h2>{facts}</section>{around.above}'
        f'<section class="m-c" data-role="article">{around.first}{body}{around.last}</section></main><div class="m-more">{around.below}</div></body></html>'
    ).encode()


def _old(doc: Doc, around: Around) -> bytes:
    """Return a page of the nineties: capitals, no quotes, paragraphs that are never closed, GBK."""
    body = doc.written(lambda words: f"<P ALIGN=left>　　{words}\n", lambda k, t: f"<P><A HREF={t}>{k}</A>\n")
    facts = " ".join(f"<TD NOWRAP>{k}:{v}</TD>" for k, v in doc.facts)
    return (
        f"<HTML><HEAD><META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=gbk'><TITLE>{doc.name}</TITLE>{around.script}</HEAD><BODY>"
        f"<TABLE WIDTH=100%><TR><TD>{around.top}</TD></TR></TABLE><TABLE><TR>{facts}</TR></TABLE><P ALIGN=center><B>{doc.name}</B></P>{around.above}"
        f"<TABLE BORDER=0 WIDTH=90%><TR><TD CLASS=nr>{around.first}{body}{around.last}</TD></TR></TABLE>{around.below}<HR><P ALIGN=center>某某委员会</P></BODY></HTML>"
    ).encode("gb18030")


def _cards(doc: Doc, around: Around) -> bytes:
    """Return a library in cards: facts as badges, the text in one card of several."""
    badges = "".join(f'<span class="badge" title="{k}">{v}</span>' for k, v in doc.facts)
    body = doc.written(lambda words: f'<p class="card-text">{words}</p>', linked)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{doc.name} - 政策云</title>{around.script}</head><body><nav class="navbar">{around.top}</nav>'
        f'<div class="container"><div class="card"><h5 class="card-title">{doc.name}</h5><div class="badges">{badges}</div></div>{around.above}'
        f'<div class="card"><div class="card-body">{around.first}{body}{around.last}</div></div><div class="card">{around.below}</div></div></body></html>'
    ).encode()


LAYOUTS: dict[str, Render] = {
    "central portal": _council,
    "public account": _account,
    "grid": _columns,
    "office server": _form,
    "preformatted": _typed,
    "telephone": _mobile,
    "capitals": _old,
    "cards": _cards,
}

# What is due.


def _signed(old: str, new: str) -> Callable[[Doc], Doc]:
    return lambda doc: doc._replace(signed=tuple(each.replace(old, new) for each in doc.signed))


def _ended(words: str) -> Callable[[Doc], Doc]:
    return lambda doc: doc._replace(signed=(*doc.signed, words))


def _annexes(old: str, new: str) -> Callable[[Doc], Doc]:
    return lambda doc: doc._replace(annexes=tuple((k, t.replace(old, new)) for k, t in doc.annexes))


def _struck(doc: Doc) -> Doc:
    """Strike the last provision but two through."""
    lines = list(doc.lines)
    lines[-3] = f"<p><s>{lines[-3]}</s></p>" if not lines[-3].startswith("<") else lines[-3]
    return doc._replace(lines=tuple(lines))


def _moved(doc: Doc) -> Doc:
    """Let two provisions in the middle change places."""
    lines = list(doc.lines)
    middle = len(lines) // 2
    lines[middle], lines[middle + 1] = lines[middle + 1], lines[middle]
    return doc._replace(lines=tuple(lines))


_CHANGES: tuple[tuple[str, Callable[[Doc], Doc], tuple[str, ...] | None], ...] = (
    ("a share in Chinese numerals", swap(("百分之五以上", "百分之八以上"), ("三百萬元", "五百萬元"), ("按年度", "按季度"), ("一式两份", "一式三份"), ("每季度末", "每半年")), ("sand", "taiwan", "plan", "guide", "reply")),
    ("a law that is cited", swap(("水法》", "长江保护法》"), ("专项资金管理办法》", "专项资金管理办法（2024年修订）》"), ("〔2023〕56号", "〔2023〕65号"), ("《某市餐厨垃圾管理办法》", "《某市厨余垃圾管理办法》")), ("sand", "guide", "reply", "repeal")),
    ("ten thousand to a hundred million", swap(("20亿元", "20万元"), ("二万元以上", "二千元以上"), ("300万元，省级", "300元，省级"), ("三萬元", "三千元"), ("3万元以下", "30万元以下")), ("plan", "sand", "guide", "taiwan", "repeal")),
    ("a time of day", swap(("17:00", "24:00"), ("二小時內", "四小時內")), ("guide", "taiwan")),
    ("the address of an office", swap(("302室", "305室")), ("guide",)),
    ("a mail address", swap(("kjj@", "kjj2024@")), ("guide",)),
    ("an article renumbered", swap(("第八条　本条例", "第九条　本条例"), ("第九條", "第十條"), ("三、未尽", "四、未尽")), ("sand", "taiwan", "reply")),
    ("a conjunction", swap(("禁采区和可采区", "禁采区或者可采区"), ("運具，應", "運具，得"), ("prisons and military", "prisons or military"), ("目标和重点任务", "目标或者重点任务")), ("sand", "taiwan", "drone", "plan")),
    ("a modal verb in English", swap(("shall be approved", "may be approved")), ("drone",)),
    ("a figure in English", swap(("5,000 yuan", "50,000 yuan")), ("drone",)),
    ("an exception in English", swap(("prisons and military installations;", "prisons and military installations, except with written consent;")), ("drone",)),
    ("one character", swap(("不得转让", "得转让"), ("未取得", "已取得"), ("每一個人", "每一人"), ("不超过7班", "超过7班"), ("删去", "增加")), None),
    ("an enumerated item dropped", without("（三）年度采砂控制总量"), ("sand",)),
    ("an item added in the middle", behind("二、使用次數。", "二之一、行駛里程。"), ("taiwan",)),
    ("a repealed rule added to the list", behind("3.《某市机动车", "4.《某市烟花爆竹管理规定》（2012年3月1日市政府令第60号公布）"), ("repeal",)),
    ("a repealed rule taken from the list", without("2.《某市户外广告"), ("repeal",)),
    ("the quoted text of an amendment", swap(("处3000元以上", "处5000元以上")), ("repeal",)),
    ("a cell of a table", swap(("<td>8.5</td>", "<td>9.0</td>")), ("plan",)),
    ("a head of a table", swap(("<th>属性</th>", "<th>性质</th>")), ("plan",)),
    ("a column of a table", swap(("<td>约束性</td>", "<td>预期性</td>")), ("plan",)),
    ("two rows of a table change places", swap(("<tr><td>数据中心机架（万架）</td><td>3.1</td><td>8.5</td><td>预期性</td></tr><tr><td>公共数据开放率（%）</td><td>35</td><td>80</td><td>约束性</td></tr>", "<tr><td>公共数据开放率（%）</td><td>35</td><td>80</td><td>约束性</td></tr><tr><td>数据中心机架（万架）</td><td>3.1</td><td>8.5</td><td>预期性</td></tr>")), ("plan",)),
    ("a caption of a table", swap(("主要指标", "主要预期指标")), ("plan",)),
    ("a note below a table", behind("<table>", "注：指标均为全市口径。"), ("plan",)),
    ("a list after the signature: a figure", _signed("不少于1份", "不少于2份"), ("guide",)),
    ("a list after the signature: an entry", _ended("4.诚信承诺书。"), ("guide",)),
    ("a provision struck through", _struck, None),
    ("two provisions in another order", _moved, None),
    ("a title's period", lambda doc: doc._replace(title=doc.title.replace("2021—2025", "2021—2026").replace("2024年度", "2025年度")), ("plan", "guide")),
    ("adopted at another meeting", swap(("第二十九次", "第三十次"), ("12th Executive", "13th Executive"), ("第1123000456號", "第1123000465號")), ("sand", "drone", "taiwan")),
    ("history behind the line of adoption", swap(("会议通过）", "会议通过　根据2024年11月28日某省第十四届人民代表大会常务委员会第十二次会议《关于修改〈某省河道采砂管理条例〉的决定》修正）"), ("全文9條", "全文9條；中華民國113年7月1日修正公布第5條條文")), ("sand", "taiwan")),
    ("the signer", _signed("市长", "代市长"), ("repeal",)),
    ("another issuer signs too", _signed("某区科学技术局", "某区科学技术局　某区财政局"), ("guide",)),
    ("validity: yes to no", fact({"是否有效": "否"}), ("reply",)),
    ("validity: in force to repealed", fact({"时效性": "已废止", "有效性": "废止", "文件状态": "失效", "生效狀態": "廢止", "效力状态": "失效", "Status": "Repealed"}), ("sand", "plan", "guide", "taiwan", "repeal", "drone")),
    ("validity: not yet in force", fact({"时效性": "尚未生效", "效力状态": "尚未施行", "生效狀態": "未生效", "Status": "Not yet in force"}), ("sand", "repeal", "taiwan", "drone")),
    ("validity: amended", fact({"时效性": "已被修改", "有效性": "部分失效", "文件状态": "已修订", "Status": "Amended"}), ("sand", "plan", "guide", "drone")),
    ("commencement declared otherwise", fact({"施行日期": "2022-01-01", "施行时间": "2023-05-01", "Effectivedate": "2024-07-01"}), ("sand", "repeal", "drone")),
    ("number declared otherwise", fact({"发文字号": "某发〔2025〕7号", "文件编号": "某科规〔2024〕8号", "令号": "某市人民政府令第78号"}), ("plan", "guide", "reply", "repeal")),
    ("issuer declared otherwise", fact({"发文机关": "某市人民政府办公室", "发文单位": "某区科技和经济委员会"}), ("plan", "guide")),
    ("a repeal declared anew", lambda doc: doc._replace(facts=(*doc.facts, ("废止日期", "2025-12-31"))), ("sand", "plan")),
    ("a mark before the title: old", lambda doc: doc._replace(heading="（已废止）" + doc.title), None),
    ("an annex: another path", _annexes("20211108/a91c", "20220301/b07d"), ("plan",)),
    ("an annex: another number", _annexes("7781", "8120"), ("guide",)),
    ("an annex: other bytes by name", _annexes("556677", "990011"), ("reply",)),
    ("an annex more", lambda doc: doc._replace(annexes=(*doc.annexes, ("附件2：评分标准.pdf", "/upload/pf.pdf"))), ("plan", "guide", "reply")),
)  # fmt: skip
_SAID = (
    ("expired, said above", "<p class='tips'>温馨提示：该文件有效期已届满，不再执行。</p>"),
    ("repealed, said above by number", "<div class='flag'>依据某政发〔2025〕9号文，本文件予以废止</div>"),
    ("amended, said above", "<div>本规章已根据2025年6月1日某市人民政府令第99号修改，最新文本请见现行有效文本</div>"),
    ("stopped, said above", "<p style='color:#c00'>【自2025年7月1日起停止施行】</p>"),
)  # fmt: skip


def _redrawn(doc: Doc, render: Render, change: Callable[[Doc], Doc]) -> tuple[bytes, bytes] | None:
    """Return a change that comes on the day on which the site is made anew."""
    new = change(doc)
    names = list(LAYOUTS)
    place = next(n for n, name in enumerate(names) if LAYOUTS[name] is render)
    other = LAYOUTS[names[(place + 5) % len(names)]]
    return None if new == doc else (render(doc, Around()), other(new, Around()))


_FIGURE = swap(("十五日内", "二十日内"), ("1.8万个", "2.1万个"), ("最高100万元", "最高80万元"), ("許可期間為二年", "許可期間為三年"), ("7班", "14班"), ("自2023年3月1日", "自2023年5月1日"), ("250 grams", "500 grams"))  # fmt: skip
_INSERTED = "<span style='display:none'>x7f3k</span>"


def _notes(make: Callable[[str], str]) -> Callable[[Doc, Render], tuple[bytes, bytes] | None]:
    """Return the page with its markup rewritten, the same words within."""

    def pair(doc: Doc, render: Render) -> tuple[bytes, bytes] | None:
        page = render(doc, Around())
        if render is _old:
            return page, make(page.decode("gb18030")).encode("gb18030")
        return page, make(page.decode()).encode()

    return pair


_NOISES: tuple[tuple[str, tuple[Around, Around]], ...] = (
    ("counter filled in late", last("<p>浏览次数：<span id='hits'></span></p>", "<p>浏览次数：<span id='hits'>233</span></p>")),
    ("counter: loading", last("<p>阅读量：加载中...</p>", "<p>阅读量：1208</p>")),
    ("ago", (Around(above="<span>发布于 35 天前</span>"), Around(above="<span>发布于 36 天前</span>"))),
    ("hours ago", (Around(above="<em>3小时前</em>"), Around(above="<em>昨天 08:12</em>"))),
    ("greeting", (Around(top="早上好，欢迎访问！"), Around(top="下午好，欢迎访问！"))),
    ("visitors of today", below("<p>今日访问：1,203　累计访问：9,871,203　当前在线：33</p>", "<p>今日访问：87　累计访问：9,872,290　当前在线：12</p>")),
    ("logged in as", (Around(top="您好，请 登录 | 注册"), Around(top="欢迎您，访客8821 退出"))),
    ("view of aged people", (Around(top="无障碍浏览 长者助手"), Around(top="无障碍浏览 进入关怀版 简体 繁体 EN"))),
    ("a countdown", below("<p>距离报名截止还有 15 天 3 时</p>", "<p>距离报名截止还有 14 天 1 时</p>")),
    ("service notice above a whole text", (Around(), Around(top="<div>系统将于1月20日22:00至次日6:00维护，期间网站暂停访问，敬请谅解。</div>"))),
    ("login offered above a whole text", (Around(), Around(top="<div>请登录 手机号 验证码 登录后可收藏、订阅</div>"))),
    ("tags", last("<p>标签： 采砂 管理</p>", "<p>标签： 采砂 管理 条例 河道</p>")),
    ("favourites", last("<p>收藏(3) 点赞(12) 转发(5)</p>", "<p>收藏(4) 点赞(15) 转发(5)</p>")),
    ("watching", last("<p>在看 18</p>", "<p>在看 26</p>")),
    ("reading of the account", last("<p>阅读 1.1万　赞 98　在看 44　写留言</p>", "<p>阅读 1.2万　赞 103　在看 47　写留言</p>")),
    ("top of the page", last("<p>【打印本页】【关闭窗口】</p>", "<p>【返回顶部】【打印本页】【关闭窗口】【我要纠错】</p>")),
    ("open by code", last("", "<p>扫一扫在手机打开当前页</p>")),
    ("neighbours: arrows", last("<p>« 关于某事的通告</p><p>» 关于另一事的通告</p>", "<p>« 关于某事的通告</p><p>» 关于第三件事的公告</p>")),
    ("neighbours: 前一篇", last("<div>前一篇：没有</div><div>后一篇：没有</div>", "<div>前一篇：没有</div><div>后一篇：市政府召开专题会议</div>")),
    ("links of other papers", last("<h4>相关链接</h4>" + titles("某市实施细则"), "<h4>相关链接</h4>" + titles("某市实施细则", "某区实施细则"))),
    ("history of the page", last("<p>更新记录：2024-01-01 上线</p>", "<p>更新记录：2024-01-01 上线；2025-03-02 修复排版</p>")),
    ("published and edited", (Around(above="<p>日期：2024-04-25 09:10　来源：办公室　【字号：大 中 小】</p>"), Around(above="<p>日期：2024-04-25 09:10　来源：政策法规处　【字号：大 中 小】</p>"))),
    ("listen", first("<div>朗读 0:00 倍速 1.0x</div>", "<div>朗读 4:31 倍速 1.25x</div>")),
    ("progress", first("<div>已读 0%</div>", "<div>已读 3%</div>")),
    ("translation offered", first("<div>译文 原文</div>", "<div>译文 原文 AI翻译</div>")),
    ("suited to you", below("<div>政策匹配度 85%</div>", "<div>政策匹配度 72% 查看可申报项目</div>")),
    ("subscribers", below("<div>订阅推送 已有 320 人订阅</div>", "<div>订阅推送 已有 327 人订阅</div>")),
    ("poll of the day", below("<div>在线调查：您最关注哪个领域？ 教育(12) 医疗(33)</div>", "<div>在线调查：您最关注哪个领域？ 教育(15) 医疗(38)</div>")),
    ("a rail of policies", below("<h3>最新政策</h3>" + titles("关于甲的通知"), "<h3>最新政策</h3>" + titles("关于乙的通知", "关于丙的意见", "关于丁的办法"))),
    ("an interview below", below("", "<div><h3>在线访谈</h3>" + "".join(f"<p>主持人：请介绍第{n}项举措。嘉宾：我们将建立台账，逐项落实；每季度通报进展，接受社会监督。</p>" for n in range(9)) + "</div>")),
    ("a form of correction", below("", "<form><p>纠错内容：</p><textarea></textarea><p>您的姓名 联系方式 验证码 提交 重置</p></form>")),
    ("answers of the robot", below("", "<div class='bot'>" + "".join(f"<p>您可能想问：如何申请第{n}类补贴？ 点击查看办理条件、材料和时限。</p>" for n in range(6)) + "</div>")),
    ("legal notice", below("", "<p>免责声明：本站文本仅供参考，以正式出版的文本为准。</p>")),
    ("links of the state", below("<select><option>国务院部门网站</option></select>", "<select><option>国务院部门网站</option><option>地方政府网站</option><option>区县网站</option></select>")),
    ("record numbers", below("<p>京ICP备05070218号</p>", "<p>京ICP备05070218号-1 京公网安备11010202000001号 本站已支持IPv6</p>")),
    ("tokens in meta", (Around(script="<meta name='csrf-token' content='a1'>"), Around(script="<meta name='csrf-token' content='b2'><meta name='generated' content='2026-01-02T03:04:05'>"))),
    ("a date of the server", last("<!-- served by node3 at 2026-01-01 --><p>服务器时间：2026-01-01 10:00</p>", "<!-- served by node1 at 2026-01-02 --><p>服务器时间：2026-01-02 09:11</p>")),
)  # fmt: skip
_REWRITTEN: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("invisible words against copying", lambda page: page.replace("，", f"，{_INSERTED}", 5)),
    ("zero-width blanks", lambda page: page.replace("的", "的\u200b", 6).replace("the ", "the\u200b ", 3)),
    ("breaks allowed in words", lambda page: page.replace("管理", "管<wbr>理", 4)),
    ("no-break blanks", lambda page: page.replace("　", "&emsp;&nbsp;")),
    ("fonts around words", lambda page: page.replace("本", "<font color=black>本</font>", 8) if "<title" not in page[: page.find("本")][-40:] else page),
    ("tokens in links", lambda page: page.replace('.xls"', '.xls?t=1700001"').replace('sbs.docx"', 'sbs.docx&token=9f8e"').replace('.pdf"', '.pdf?v=88"')),
    ("other classes", lambda page: page.replace("style=", "data-v-7ba5=\"\" style=").replace("<p>", "<p data-v-7ba5>")),
    ("strong words", lambda page: page.replace("第一", "<strong>第一</strong>").replace("一、", "<b>一、</b>") if "<title" not in page[: page.find("第一")][-60:] else page),
)  # fmt: skip


def _digits(sign: str) -> Callable[[Doc, Render], tuple[bytes, bytes]]:
    """Return the page with every figure of its provisions hidden behind a sign."""

    def make(doc: Doc, render: Render) -> tuple[bytes, bytes]:
        table = str.maketrans(dict.fromkeys("0123456789二三五七十百千万", sign))
        lines = tuple(
            line if line.startswith("<") or n < 2 else line.translate(table)
            for n, line in enumerate(doc.lines)
        )
        return render(doc, Around()), render(doc._replace(lines=lines), Around())

    return make


def _rest(share: float) -> Callable[[Doc, Render], tuple[bytes, bytes]]:
    """Return the second part of the text on a whole page."""

    def make(doc: Doc, render: Render) -> tuple[bytes, bytes]:
        kept = doc.lines[int(len(doc.lines) * share) :]
        return render(doc, Around()), render(doc._replace(lines=kept), Around())

    return make


def _garbled(doc: Doc, render: Render) -> tuple[bytes, bytes] | None:
    page = render(doc, Around())
    if render is _old or doc == DOCUMENTS["drone"]:
        return None
    return page, page.decode().encode().decode("latin-1").encode()


def _pictures(doc: Doc, render: Render) -> tuple[bytes, bytes]:
    kept = doc.lines[: len(doc.lines) // 2]
    rest = tuple(f"<p><img src='/img/{n}.png'></p>" for n in range(3))
    return render(doc, Around()), render(doc._replace(lines=(*kept, *rest)), Around())


def _head(doc: Doc, render: Render) -> tuple[bytes, bytes]:
    page = render(doc, Around())
    place = page.lower().find(b"</head>")
    return page, page[:place]


_REFUSALS: tuple[tuple[str, Expected, Callable[[Doc, Render], tuple[bytes, bytes] | None]], ...] = (
    ("cut at 20 %", WAIT, cut(0.2)),
    ("cut at 65 %", WAIT, cut(0.65)),
    ("cut at 90 %", WAIT, cut(0.9)),
    ("cut before the text", Expected("transient", ("empty",)), _head),
    ("nothing at all", Expected("empty", ("transient",)), plain("")),
    ("blanks", Expected("empty", ("transient",)), plain("\n\n")),
    ("the second half only", LOOK, _rest(0.5)),
    ("the last third only", LOOK, _rest(0.66)),
    ("two fifths of a page", LOOK, half("", 0.4)),
    ("half a page, then folded", Expected("structure_changed", ("blocked",)), half("<p>展开阅读全文 ∨</p>")),
    ("half a page, then more", Expected("structure_changed", ("blocked",)), half("<p>点击加载更多</p>")),
    ("half a page, then pictures", LOOK, _pictures),
    ("wall: scan to read", WALL, half("<p>微信扫码登录后阅读全文</p>")),
    ("wall: quota", WALL, half("<p>您今日的免费阅读次数已用完，升级会员后继续阅读</p>")),
    ("wall: in Traditional", WALL, half("<p>請登入會員以繼續閱讀全文</p>")),
    ("wall: subscribe, English", WALL, half("<p>Subscribe now to unlock the full article</p>")),
    ("figures masked by stars", WALL, _digits("*")),
    ("figures masked by wide stars", WALL, _digits("＊")),
    ("masked by 某", Expected("structure_changed", ("blocked",)), masked(lambda words: "某" * len(words))),
    ("masked by letters of a private font", Expected("blocked", ("structure_changed",)), masked(lambda words: "".join(chr(0xE000 + ord(sign) % 900) for sign in words))),
    ("masked by a lattice", WALL, masked(lambda words: words[:2] + "#" * (len(words) - 2))),
    ("garbled", Expected("structure_changed", ("transient", "blocked")), _garbled),
    ("garbled by a converter", Expected("structure_changed", ("transient", "blocked")), masked(lambda words: "锟斤拷" * (len(words) // 3 + 1))),
    ("account: deleted", GONE, alone("", "该内容已被发布者删除")),
    ("account: verification", WALL, alone("", "环境异常", "当前环境异常，完成验证后即可继续访问。", "去验证")),
    ("account: broken rules", Expected("gone", ("blocked",)), alone("", "此内容因违规无法查看", "由用户投诉并经平台审核，涉嫌违反相关法律法规和政策，查看对应规则")),
    ("account: open in the app", WALL, alone("", "请在微信客户端打开链接")),
    ("network of a campus", WALL, alone("校园网认证", "请先登录校园网", "学号 密码 登录 自助服务")),
    ("intranet only", WALL, alone("提示", "该页面仅限政务内网访问")),
    ("certificate", WALL, alone("身份认证", "请插入USBKey并使用数字证书登录")),
    ("recorded", WALL, alone("", "您的请求疑似攻击行为，已被拦截并记录，您的IP：203.0.113.7")),
    ("edge network", WALL, alone("Access Denied", "You don't have permission to access \"http://a.gov.cn/x.html\" on this server.", "Reference #18.2f3a1cb8.1700000000.1a2b3c")),
    ("incident", WALL, alone("", "Request unsuccessful. Incapsula incident ID: 1234-5678")),
    ("cookies wanted", WALL, alone("", "请开启浏览器Cookie后刷新页面")),
    ("robot?", WALL, alone("人机验证", "请确认您不是机器人")),
    ("429", Expected("blocked", ("transient",)), alone("429 Too Many Requests", "429 Too Many Requests", "nginx")),
    ("JSON: forbidden", WALL, plain('{"success":false,"errorCode":"403","errorMsg":"无权限访问"}')),
    ("JSON: not found", GONE, plain('{"code":404,"msg":"文章不存在","data":null}')),
    ("503", WAIT, alone("503 Service Temporarily Unavailable", "503 Service Temporarily Unavailable", "nginx/1.18.0")),
    ("mesh", WAIT, plain("upstream connect error or disconnect/reset before headers. reset reason: connection failure")),
    ("no upstream", WAIT, plain("no healthy upstream")),
    ("slipped", WAIT, alone("出错了", "服务器开小差了，请稍后再试")),
    ("failed to load", WAIT, alone("详情", "数据加载失败，点击重试")),
    ("network is weak", WAIT, alone("", "网络不给力，请检查网络后重试")),
    ("made anew", WAIT, alone("网站改版公告", "本网站正在改版升级，暂时无法访问，敬请期待。")),
    ("a moment", WAIT, alone("Maintenance", "Briefly unavailable for scheduled maintenance. Check back in a minute.")),
    ("under the title: failed", WAIT, instead("内容加载失败，请刷新页面重试。")),
    ("out of memory", WAIT, alone("Error", "java.lang.OutOfMemoryError: Java heap space")),
    ("database is locked", WAIT, alone("", "SQLSTATE[HY000] [2002] Connection refused")),
    ("deleted or never there", GONE, alone("提示信息", "文章不存在或已被删除", "返回上一页")),
    ("dead link", GONE, alone("", "链接已失效")),
    ("410", GONE, alone("410 Gone", "410 Gone", "The requested resource is no longer available on this server and there is no forwarding address.")),
    ("removed, English", GONE, alone("Oops", "The resource you are looking for has been removed, had its name changed, or is temporarily unavailable.")),
    ("alert of a script", GONE, plain("<script>alert('信息不存在！');history.back();</script>")),
    ("under the title: taken down", GONE, instead("该信息已下线。")),
    ("in Traditional: not found", GONE, alone("錯誤", "很抱歉，您要找的網頁不存在或已移除。")),
    ("no data", Expected("empty", ("gone", "structure_changed")), instead("暂无数据", title="详情")),
    ("only an annex", Expected("structure_changed"), instead("正文内容请见附件。")),
    ("name for sale", Expected("structure_changed", ("gone", "blocked")), alone("域名出售", "本域名正在出售，有意请联系。This domain is for sale.")),
    ("captured by gamblers", LOOK, alone("最新平台", *(f"第{n}款热门游戏，注册送彩金，提款秒到账，客服在线。" for n in range(20)))),
    ("the same notice of another year", LOOK, instead("各有关单位：", "现就开展2026年度有关工作通知如下。", "一、工作目标：完成全部任务。", "二、工作安排：分三个阶段推进。", "三、工作要求：加强领导，落实责任。", title="关于开展2026年度专项整治工作的通知")),
    ("results of a search", LOOK, instead("为您找到相关结果约1,203个", *(f"结果{n}：……有关管理规定…… 2024-01-{n:02}" for n in range(1, 16)), title="搜索结果")),
    ("the English version", LOOK, instead("Notice of the Municipal Government", *(f"{n}. The competent departments shall carry out task number {n} in accordance with the law." for n in range(1, 9)), title="English version")),
    ("press conference instead", LOOK, instead("主持人：各位记者朋友，大家上午好。", *(f"记者{n}：请问下一步有哪些考虑？发言人：感谢提问，我们将扎实推进。" for n in range(8)), title="新闻发布会实录")),
)  # fmt: skip


def _redrawing(change: Callable[[Doc], Doc]) -> Callable[[Doc, Render], tuple[bytes, bytes] | None]:
    return lambda doc, render: _redrawn(doc, render, change)


def _redesigned(doc: Doc, render: Render) -> tuple[bytes, bytes]:
    names = list(LAYOUTS)
    place = next(n for n, name in enumerate(names) if LAYOUTS[name] is render)
    return render(doc, Around()), LAYOUTS[names[(place + 3) % len(names)]](doc, Around())


MUTATIONS: tuple[Mutation, ...] = (
    *(Mutation("change", name, CHANGED, changed(edit), fits) for name, edit, fits in _CHANGES),
    *(Mutation("change", f"{name}, with noise", CHANGED, with_noise(edit), fits) for name, edit, fits in (*_CHANGES[:4], *_CHANGES[23:27], *_CHANGES[33:36])),
    Mutation("change", "a figure on the day the site is made anew", CHANGED, _redrawing(_FIGURE)),
    *(Mutation("change", name, CHANGED, shown(Around(), Around(above=line))) for name, line in _SAID),
    *(Mutation("noise", name, UNCHANGED, shown(old, new)) for name, (old, new) in _NOISES),
    *(Mutation("noise", name, UNCHANGED, _notes(make)) for name, make in _REWRITTEN),
    Mutation("noise", "the site made anew", UNCHANGED, _redesigned),
    *(Mutation("refusal", name, expected, make) for name, expected, make in _REFUSALS),
)  # fmt: skip
