"""A second matrix of page pairs, written before any rule saw it: other documents, layouts, changes, noises and failures.

Its first measurement is the held-out figure of docs/accuracy/tracking.md. Rules that were mended afterwards make it a
matrix of pairs that are known, like the first one.
"""

from collections.abc import Callable

from benchmarks.watch_layouts import Around, Doc, documents
from benchmarks.watch_mutations import (
    CHANGED,
    GONE,
    LOOK,
    WAIT,
    WALL,
    Expected,
    Mutation,
    Render,
    above,
    behind,
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
    shown,
    swap,
    titles,
    with_noise,
    without,
)

DOCUMENTS = documents("second")

# Layouts. Each has its own way of writing lines, of declaring facts, and of placing what is not the document.


def _lines(doc: Doc) -> list[str]:
    return [line for line in (doc.title, doc.number, *doc.lines, *doc.signed) if line]


def _anchor(label: str, target: str) -> str:
    return f'<p><a href="{target}">{label}</a></p>'


def _head(doc: Doc, site: str, around: Around, charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="{charset}">'
        f'<meta name="ArticleTitle" content="{doc.name}"><title>{doc.name} - {site}</title>'
        f"{around.script}</head>"
    )


def _shanghai(doc: Doc, around: Around) -> bytes:
    facts = "".join(f'<div class="ov"><span>{k}</span><span>{v}</span></div>' for k, v in doc.facts)
    body = doc.written(lambda words: f'<p style="text-indent:2em">{words}</p>', _anchor)
    return (
        f"{_head(doc, '某市人民政府', around)}<body><div class='container'><div class='row'>{around.top}</div>"
        f"<h2 id='ivs_title'>{doc.name}</h2><div class='overview'>{facts}</div>{around.above}"
        f"<div id='ivs_content' class='Article_content'>{around.first}{body}{around.last}</div></div>"
        f"<div class='side'>{around.below}</div><div class='footer'>某市人民政府办公厅主办 沪ICP备00000000号</div></body></html>"
    ).encode()


def _word(doc: Doc, around: Around) -> bytes:
    """Return a page whose text was saved by a word processor: every few characters in a span of their own."""

    def line(words: str) -> str:
        parts = "".join(
            f"<span style='font-family:仿宋_GB2312'>{words[n : n + 7]}</span>"
            for n in range(0, len(words), 7)
        )
        return f"<p class=MsoNormal style='line-height:28pt'>{parts}<o:p></o:p></p>"

    facts = "".join(f"<td class='k'>{k}</td><td class='v'>{v}</td>" for k, v in doc.facts)
    return (
        f"{_head(doc, '某县政府网', around)}<body><div id='header'>{around.top}</div><table class='xxgk'><tr>{facts}</tr></table>"
        f"<div class='title'>{doc.name}</div>{around.above}<div class='view TRS_UEDITOR trs_paper_default'>"
        f"{around.first}<div class=WordSection1>{doc.written(line, _anchor)}</div>{around.last}</div>{around.below}"
        "<div id='bottom'><p>主办：某县人民政府　承办：某县数据资源管理局</p></div></body></html>"
    ).encode()


def _breaks(doc: Doc, around: Around) -> bytes:
    """Return an old page whose lines end with <br> and begin with wide blanks, encoded as GB 18030."""
    body = doc.written(
        lambda words: f"　　{words}<br>\r\n", lambda k, t: f"　　<a href='{t}'>{k}</a><br>\r\n"
    )
    facts = "<br>".join(f"{k}：{v}" for k, v in doc.facts)
    return (
        f"{_head(doc, '某地公开栏', around, 'gb2312')}<body bgcolor=#ffffff>{around.top}<center><font size=5>{doc.name}</font></center>"
        f"<div align=right>{facts}</div>{around.above}<font size=3 id=Zoom>{around.first}{body}{around.last}</font>{around.below}"
        "<hr><center>地址：某路1号 邮编：100000</center></body></html>"
    ).encode("gb18030")


def _divs(doc: Doc, around: Around) -> bytes:
    """Return a page of single-page style: every line a div, facts in a definition list."""
    facts = "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in doc.facts)
    body = doc.written(
        lambda words: f"<div class='line'>{words}</div>",
        lambda k, t: f"<div><a href='{t}' download>{k}</a></div>",
    )
    return (
        f"{_head(doc, '政策文件库', around)}<body><div id='root'><div class='banner'>{around.top}</div><div class='policy-detail'>"
        f"<div class='policy-title'>{doc.name}</div><dl class='meta'>{facts}</dl>{around.above}"
        f"<div class='policy-body'>{around.first}{body}{around.last}</div></div><div class='recommend'>{around.below}</div></div></body></html>"
    ).encode()


def _press(doc: Doc, around: Around) -> bytes:
    """Return a blog-like page: article, entry-content, figure of comments below."""
    body = doc.written(lambda words: f"<p>{words}</p>\n", _anchor)
    facts = " | ".join(f"{k}：{v}" for k, v in doc.facts)
    return (
        f"{_head(doc, '某局官网', around)}<body><header>{around.top}</header><article class='post'><h1 class='entry-title'>{doc.name}</h1>"
        f"<div class='entry-meta'>{facts}</div>{around.above}<div class='entry-content'>{around.first}{body}{around.last}</div></article>"
        f"<section>{around.below}</section><footer>© 2024 某局</footer></body></html>"
    ).encode()


def _cells(doc: Doc, around: Around) -> bytes:
    """Return a page of nested tables, facts in a table of four columns."""
    pairs = list(doc.facts)
    rows = "".join(
        "<tr>" + "".join(f"<th>{k}</th><td>{v}</td>" for k, v in pairs[n : n + 2]) + "</tr>"
        for n in range(0, len(pairs), 2)
    )
    body = doc.written(lambda words: f"<p><font face='宋体'>{words}</font></p>", _anchor)
    return (
        f"{_head(doc, '信息公开目录', around)}<body><table width=980><tr><td colspan=2>{around.top}</td></tr><tr><td valign=top>"
        f"<table class='bd1'>{rows}</table><table><tr><td align=center><b>{doc.name}</b></td></tr><tr><td>{around.above}</td></tr>"
        f"<tr><td id='BodyLabel'>{around.first}{body}{around.last}</td></tr></table></td><td valign=top>{around.below}</td></tr></table></body></html>"
    ).encode()


def _library(doc: Doc, around: Around) -> bytes:
    """Return a library of regulations: facts in spans, every article in a section of its own."""
    facts = "".join(f"<span class='item'><i>{k}</i>：<em>{v}</em></span>" for k, v in doc.facts)
    body = doc.written(lambda words: f"<section class='art'><p>{words}</p></section>", _anchor)
    return (
        f"{_head(doc, '法规库', around)}<body><nav>{around.top}</nav><div class='law'><div class='law-title'><h1>{doc.name}</h1>{facts}</div>"
        f"{around.above}<div class='law-content' id='content'>{around.first}{body}{around.last}</div></div><aside>{around.below}</aside></body></html>"
    ).encode()


def _jcms(doc: Doc, around: Around) -> bytes:
    """Return a page of a county's content system, with marks in comments around title and text."""
    facts = "".join(f"<li>{k}：{v}</li>" for k, v in doc.facts)
    body = doc.written(lambda words: f"<p style='margin-top:0'><span>{words}</span></p>", _anchor)
    return (
        f"{_head(doc, '某县', around)}<body><div class='hd'>{around.top}</div><ul class='gkml'>{facts}</ul>"
        f"<!--<$[信息标题]>begin--><p class='tit'>{doc.name}</p><!--<$[信息标题]>end-->{around.above}"
        f"<div class='bt_content'><!--<$[信息内容]>begin-->{around.first}{body}{around.last}<!--<$[信息内容]>end--></div>"
        f"<div class='xg'>{around.below}</div><div class='bq'>版权所有：某县人民政府　皖公网安备34000000000001号</div></body></html>"
    ).encode()


LAYOUTS: dict[str, Render] = {
    "city site": _shanghai,
    "word processor": _word,
    "line breaks": _breaks,
    "divs": _divs,
    "press": _press,
    "nested tables": _cells,
    "library": _library,
    "county site": _jcms,
}

# What happens to the page.


_VALIDITY = ("有效性", "时效状态", "公文时效", "时效性", "效力状态")
_NUMBERS = ("文号", "发文字号")
_CHANGES: tuple[tuple[str, Callable[[Doc], Doc], tuple[str, ...] | None], ...] = (
    ("a figure of a provision", swap(("2.8元", "3.2元"), ("20万元", "15万元"), ("3月8日前", "3月6日前"), ("二十日内", "三十日内"), ("400元，", "420元，"), ("2000元", "1500元")), None),
    ("a figure within a table", swap(("<td>3500家</td>", "<td>3600家</td>"), ("<td>280元</td>", "<td>300元</td>")), ("tech", "insure")),
    ("a figure in the next column", swap(("<td>2.9%</td><td></td>", "<td></td><td>2.9%</td>"), ("<td></td><td>670元</td><td>400元</td>", "<td>670元</td><td></td><td>400元</td>")), ("tech", "insure")),
    ("a row of a table dropped", swap(("<tr><td>3</td><td>引进高层次人才</td><td>省人力资源社会保障厅</td><td></td><td>800名</td></tr>", ""), ("<tr><td>特困人员</td><td></td><td>670元</td><td>400元</td></tr>", "")), ("tech", "insure")),
    ("duty to permission", swap(("应当", "可以"), ("应于", "可于"), ("要高度重视", "可根据实际")), None),
    ("a half sentence dropped", swap(("，专款专用", ""), ("，原则上单个项目投资不超过3000万元", ""), ("逾期未报的，取消年度评优资格。", ""), ("；构成违反治安管理行为的，依法给予治安管理处罚", ""), ("，其中市级财政承担30%", ""), ("，指定专人负责", "")), None),
    ("a half sentence added", swap(("不得擅自停止供水。", "不得擅自停止供水，但发生重大事故的除外。"), ("服务窗口，", "服务窗口，有条件的可以延伸到乡镇，"), ("驾驶人资格、", "驾驶人资格、随车照管人员配备、"), ("不得向未满十四周岁的未成年人", "不得向未满十四周岁的未成年人和无民事行为能力人"), ("全额资助，", "全额资助，孤儿参照执行，"), ("（三）图书漂流。", "（三）图书漂流，含线上借阅。")), None),
    ("an item dropped", without("加油站周围"), ("fire",)),
    ("an item added", behind("挪用维修养护资金", "（四）拒绝、阻碍监督检查的。"), ("rural",)),
    ("a paragraph dropped", without("用户逾期不缴纳"), ("rural",)),
    ("an article added before the last", behind("违反本条例第六条", "第九条　当事人对行政处罚决定不服的，可以依法申请行政复议。"), ("fire",)),
    ("the last article changed", swap(("有效期五年", "有效期至2026年12月31日"), ("于2023年12月31日前报", "于2024年3月31日前报"), ("自2020年1月1日", "自2020年3月1日"), ("由市医疗保障局负责解释", "由市医疗保障局会同市财政局负责解释"), ("每月25日前", "每月28日前")), ("rural", "tech", "fire", "insure", "reading")),
    ("a sentence behind the last provision", lambda doc: doc._replace(lines=(*doc.lines, "此前发布的有关规定与本文件不一致的，以本文件为准。")), None),
    ("a body renamed", swap(("县水利局", "县水务局"), ("省科技厅会同", "省科技厅、省工业和信息化厅会同"), ("县教育局安全股", "县教育局办公室"), ("由应急管理部门", "由公安机关"), ("由市医疗保障局", "由市医疗保险局"), ("支持单位：各街道办事处", "支持单位：各街道办事处、各镇人民政府")), None),
    ("the organiser of an event", swap(("承办单位：某区图书馆", "承办单位：某区文化馆")), ("reading",)),
    ("a supporter of an event dropped", without("指导单位"), ("reading",)),
    ("the telephone of the contact", swap(("6712345", "6798765")), ("bus",)),
    ("the addressees", swap(("各乡镇人民政府，", "各乡镇人民政府、街道办事处，"), ("各镇中心学校，", "各镇中心学校、民办学校，"), ("各县（市、区）医疗保障局、财政局：", "各县（市、区）医疗保障局：")), ("rural", "bus", "insure")),
    ("the line of adoption below the title", swap(("批准）", "批准　根据2023年9月22日某省第十四届人民代表大会常务委员会第五次会议批准的决定修正）")), ("fire",)),
    ("the signature's body", lambda doc: doc._replace(signed=(doc.signed[0].replace("某市财政局", "某市税务局").replace("某县教育局", "某县教育体育局").replace("文化和旅游局", "文化旅游体育局"), *doc.signed[1:])), ("bus", "insure", "reading")),
    ("the signature's date", lambda doc: doc._replace(signed=(*doc.signed[:-1], doc.signed[-1].replace("2024年", "2025年"))), ("bus", "insure", "reading")),
    ("the date of the carrying notice", swap(("2023年9月12日", "2023年9月21日")), ("rural",)),
    ("validity declared outside", facts_as("已废止", *_VALIDITY), None),
    ("validity declared as amended", facts_as("已修改", *_VALIDITY), None),
    ("validity: no longer", facts_as("失效", *_VALIDITY), None),
    ("number declared outside", facts_as("某府规〔2025〕1号", *_NUMBERS), ("rural", "bus", "insure")),
    ("commencement declared outside", facts_as("2020-03-01", "施行日期"), ("fire",)),
    ("suffix of the title outside: trial", lambda doc: doc._replace(heading=doc.title + "（试行）"), ("rural", "fire", "insure", "reading")),
    ("suffix of the title outside: amended", lambda doc: doc._replace(heading=doc.title + "（2024年修正）"), ("fire",)),
    ("mark before the title outside", lambda doc: doc._replace(heading="【失效】" + doc.title), None),
    ("an annex leads to another file", lambda doc: doc._replace(annexes=tuple((k, t.replace("i_ID=4512", "i_ID=4601").replace("598123", "598777").replace("3f2a9c", "81bb02")) for k, t in doc.annexes)), ("rural", "bus", "insure")),
    ("an annex added", lambda doc: doc._replace(annexes=(*doc.annexes, ("附件2：承诺书.docx", "/files/9a8b7c.docx"))), ("rural", "bus", "insure")),
    ("an annex taken away", lambda doc: doc._replace(annexes=()), ("bus", "insure")),
    ("rewritten as a whole", lambda doc: doc._replace(lines=tuple(line if n < 3 or line.startswith("<") else line.replace("的", "之").replace("，", "、并").replace("。", "，另有规定的除外。") for n, line in enumerate(doc.lines))), None),
)  # fmt: skip
_REPEALS = (
    ("repealed by a decision", "<p>根据《某地关于废止部分规范性文件的决定》（2025年1月8日），本文件自2025年2月1日起废止。</p>"),
    ("repeal in a box", "<div class='tip'><b>提示：</b>该文件已停止执行</div>"),
    ("expiry in a line", "<p style='color:red'>本文件已于2025年10月15日到期失效</p>"),
    ("replaced by another one", "<div>此文件已被《某办法（2025年版）》替代</div>"),
)  # fmt: skip


_NOISES: tuple[tuple[str, tuple[Around, Around]], ...] = (
    ("counter: 浏览量", last("<p>浏览量：3,204</p>", "<p>浏览量：3,377</p>")),
    ("counter in brackets", above("<span>【阅读次数：58】</span>", "<span>【阅读次数：71】</span>")),
    ("counter: 点击数", first("<div>点击数:[ 1024 ]</div>", "<div>点击数:[ 1031 ]</div>")),
    ("counter: Hits", last("<p>Hits: 88</p>", "<p>Hits: 93</p>")),
    ("counter: eye", last("<p>👁 233</p>", "<p>👁 240</p>")),
    ("counter in ten thousands", above("<em>阅读 1.2万</em>", "<em>阅读 1.3万</em>")),
    ("hearts", last("<div>❤ 12 人喜欢</div>", "<div>❤ 15 人喜欢</div>")),
    ("rating", last("<p>满意度评价：4.8分（33人参与）</p>", "<p>满意度评价：4.7分（41人参与）</p>")),
    ("helpful?", last("<p>本信息对您是否有帮助？ 有帮助(21) 没帮助(3)</p>", "<p>本信息对您是否有帮助？ 有帮助(25) 没帮助(3)</p>")),
    ("tools in another order", last("<div>字体：【大】【中】【小】 打印 关闭</div>", "<div>打印 关闭 字体：【大】【中】【小】</div>")),
    ("tools that came", last("", "<div>分享到： 微信 微博 QQ空间 复制链接</div>")),
    ("audio player", first("<div>语音播报 00:00 / 03:25</div>", "<div>语音播报 00:00 / 03:31</div>")),
    ("length and time of reading", first("<p>本文共1200字，阅读约需3分钟</p>", "<p>本文共1204字，阅读约需4分钟</p>")),
    ("summary by a machine", first("<div class='ai'>智能摘要：本文件明确了管理要求和资金保障。</div>", "<div class='ai'>智能摘要：文件从五个方面提出要求，并规定了罚则。</div>")),
    ("summary that came", above("", "<div class='zy'>【核心提示】一图看懂这份文件：目标、任务、保障。</div>")),
    ("imprint of three", last("<p>初审：张三　复审：李四　终审：王五</p>", "<p>初审：赵六　复审：李四　终审：孙七</p>")),
    ("editor in brackets", last("<p>（责任编辑：小张）</p>", "<p>（责任编辑：小李）</p>")),
    ("time of release", above("<div>发布时间：2024-09-03 17:20　来源：办公室</div>", "<div>发布时间：2024-09-03 17:25　来源：本网</div>")),
    ("neighbours with days", last("<p>上一条：关于防汛值班的通知 [2024-06-01]</p><p>下一条：没有了</p>", "<p>上一条：关于防汛值班的通知 [2024-06-01]</p><p>下一条：关于清明祭扫的通告 [2025-03-28]</p>")),
    ("related policies in the block", last("<h4>相关政策</h4>" + titles("某地节水办法"), "<h4>相关政策</h4>" + titles("某地节水办法", "某地供水条例", "某地水价方案"))),
    ("readings of the policy", last("<p>相关解读：</p>" + titles("图解：一图读懂"), "<p>相关解读：</p>" + titles("图解：一图读懂", "专家解读：怎么看新规"))),
    ("recommended for you", below("<h3>猜你喜欢</h3>" + titles("办事指南一"), "<h3>猜你喜欢</h3>" + titles("办事指南二", "办事指南三"))),
    ("news rail", below("<div><h3>今日要闻</h3><p>县领导到基层调研。</p></div>", "<div><h3>今日要闻</h3>" + "".join(f"<p>县委召开第{n}次专题会议，研究部署重点工作；会议强调，要压实责任、细化措施，确保完成全年目标任务。</p>" for n in range(15)) + "</div>")),
    ("comments in the block", last("<div>网友评论（1）</div><div>匿名：支持</div>", "<div>网友评论（3）</div><div>匿名：支持</div><div>李先生：什么时候开始实施？</div><div>匿名：希望尽快落实到位。</div>")),
    ("comments below", below("", "<div class='pl'>" + "".join(f"<div><b>用户{n}</b><p>这个规定很及时，我们村去年就遇到过类似的问题，希望有关部门加强监督；也请公布举报电话。</p></div>" for n in range(14)) + "</div>")),
    ("dialog about cookies", below("", "<div role='dialog'>" + "".join(f"<p>第{n}项：我们使用Cookie以提升您的浏览体验，您可以在设置中关闭；继续使用即表示您同意我们的隐私政策。</p>" for n in range(8)) + "</div>")),
    ("chat of the site", below("<div>小政：您好</div>", "<div>小政：您好，我是智能客服，请问有什么可以帮您？您可以这样问：如何办理社保、如何办理居住证、如何查询公积金。</div>")),
    ("banner A and B", (Around(top="<div>热烈庆祝建县七十周年</div>"), Around(top="<div>深入学习贯彻全会精神 奋力谱写发展新篇章</div>"))),
    ("running line", (Around(top="<marquee>大风蓝色预警：今天夜间阵风7级</marquee>"), Around(top="<marquee>公告：本周六系统检修</marquee>"))),
    ("day of today with moon", (Around(top="<p>今天是2026年1月5日 星期一 农历十一月十七</p>"), Around(top="<p>今天是2026年3月9日 星期一 农历正月廿一</p>"))),
    ("weather and air", (Around(top="<p>晴 -3℃~6℃ 空气质量 良 72</p>"), Around(top="<p>小雨 8℃~12℃ 空气质量 优 31</p>"))),
    ("path of the page", above("<div>您当前的位置：首页 &gt; 政务公开 &gt; 文件</div>", "<div>当前位置：首页 / 政策 / 规范性文件</div>")),
    ("number of visitors", below("<p>您是第 102938 位访问者</p>", "<p>您是第 103412 位访问者</p>")),
    ("keywords", last("<p>关键词：供水 管理</p>", "<p>关键词：供水 管理 农村</p>")),
    ("code for the telephone", last("", "<p>扫描二维码，手机查看本文</p><img alt='二维码' src='/qr.png'>")),
    ("survey", last("", "<div>您对本页面内容是否满意？ ○满意 ○基本满意 ○不满意 提交</div>")),
    ("tokens and stamps", (Around(script="<script>window.t=17000001</script>"), Around(script="<script>window.t=17009999</script><link rel='preload' href='/x.js?v=88'>"))),
    ("hot searches", below("<p>热搜：社保 公积金</p>", "<p>热搜：中考 高考 医保</p>")),
    ("subscription", last("<p>订阅本栏目（已有1208人订阅）</p>", "<p>订阅本栏目（已有1215人订阅）</p>")),
    ("last checked", last("<p>页面生成时间 2026-01-01 03:00:01</p>", "<p>页面生成时间 2026-01-02 03:00:02</p>")),
)  # fmt: skip


def _reflowed(doc: Doc, render: Render) -> tuple[bytes, bytes]:
    """Return the page once more with other white space, entities and wrappers around the same words."""
    first = render(doc, Around())
    if render is _breaks:
        return first, first.replace(b"<br>\r\n", b"<br/>\n\n<!-- x -->")
    text = first.decode()
    for mark in "，；":
        text = text.replace(mark, f"<!--c-->{mark}", 3)
    return first, text.replace("<p", "\n   <p").replace("第二", "&#31532;二").replace(
        "</p>", "&nbsp;</p>"
    ).encode()


def _reencoded(doc: Doc, render: Render) -> tuple[bytes, bytes] | None:
    first = render(doc, Around())
    if render is _breaks:
        return first, first.decode("gb18030").replace("gb2312", "utf-8").encode()
    return first, first.decode().replace('charset="utf-8"', 'charset="gbk"').encode("gb18030")


def _redesigned(doc: Doc, render: Render) -> tuple[bytes, bytes]:
    """Return the same document after the site was made anew."""
    names = list(LAYOUTS)
    place = next(n for n, name in enumerate(names) if LAYOUTS[name] is render)
    return render(doc, Around()), LAYOUTS[names[(place + 3) % len(names)]](doc, Around())


_HOME = tuple(f"{name}：{words}" for name, words in (("要闻", "县长主持召开常务会议"), ("公告", "招聘工作人员面试公告"), ("服务", "社保缴费办理指南"), ("互动", "县长信箱来信选登"))) * 6  # fmt: skip
_REFUSALS: tuple[tuple[str, Expected, Callable[[Doc, Render], tuple[bytes, bytes]]], ...] = (
    ("cut at 50 %", WAIT, cut(0.5)),
    ("cut at 75 %", WAIT, cut(0.75)),
    ("cut at 93 %", WAIT, cut(0.93)),
    ("half a page", LOOK, half("")),
    ("two thirds of a page", LOOK, half("", 0.7)),
    ("half a page with page numbers", LOOK, half("<div>1 2 3 下一页 尾页</div>")),
    ("wall: not logged in", WALL, half("<p>您还未登录，登录后可继续阅读</p>")),
    ("wall: members", WALL, half("<p>本文为会员专享内容，开通会员即可阅读全文</p>")),
    ("wall: telephone", WALL, half("<p>验证手机号后可查看剩余内容</p>")),
    ("wall: share left", WALL, half("<p>还有62%的精彩内容，打开APP阅读全文</p>")),
    ("wall: internal", WALL, half("<p>以下内容仅限本单位人员查阅，请登录统一身份认证平台</p>")),
    ("masked by dots", WALL, masked(lambda words: words[:3] + "●" * (len(words) - 3))),
    ("masked by boxes", WALL, masked(lambda words: "□" * len(words))),
    ("masked by question marks", WALL, masked(lambda words: words[:2] + "?" * (len(words) - 2))),
    ("masked in every second character", WALL, masked(lambda words: "".join("*" if n % 2 else sign for n, sign in enumerate(words)))),
    ("login under the title", WALL, instead("统一身份认证", "用户名", "密码", "登录", "忘记密码？", "其他登录方式：短信登录 扫码登录")),
    ("login page", WALL, plain("<html><head><title>用户登录</title></head><body><form><p>请登录后访问该资源</p><input name='user'><input type='password'></form></body></html>")),
    ("soft 404 with countdown", GONE, plain("<html><head><title>404</title></head><body><h2>很抱歉，您要访问的页面找不到了</h2><p><b>3</b>秒后自动跳转到首页</p></body></html>")),
    ("soft 404 in English", GONE, plain("<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1><p>The requested URL was not found on this server.</p></body></html>")),
    ("soft 404 with a list", GONE, instead("抱歉，没有找到您要的内容，可能已被删除或更名", *(f"推荐阅读{n}：政务服务事项清单" for n in range(20)), title="页面未找到")),
    ("withdrawn", GONE, instead("该稿件已撤稿", title="提示信息")),
    ("offline", GONE, instead("您所访问的信息已下架或不存在", title="提示")),
    ("maintenance with a day", WAIT, plain("<html><head><title>系统公告</title></head><body><h3>系统升级公告</h3><p>为提升服务质量，本网站将于1月10日至1月12日进行系统升级，期间暂停访问，给您带来不便，敬请谅解。</p></body></html>")),
    ("maintenance under the title", WAIT, instead("栏目维护中，请稍后访问。")),
    ("gateway", WAIT, plain("<html><head><title>504 Gateway Time-out</title></head><body><center><h1>504 Gateway Time-out</h1></center><hr><center>openresty</center></body></html>")),
    ("trace of an error", WAIT, plain("<html><head><title>HTTP Status 500 – Internal Server Error</title></head><body><h1>HTTP Status 500</h1><p>java.lang.NullPointerException</p><pre>at com.cms.web.ArticleAction.view(ArticleAction.java:88)</pre></body></html>")),
    ("database", WAIT, plain("<html><body><p>数据库连接失败，请联系管理员。Error establishing a database connection</p></body></html>")),
    ("slider", WALL, plain("<html><head><title>访问验证</title></head><body><p>访问异常，请拖动下方滑块完成验证</p></body></html>")),
    ("firewall of a cloud", WALL, plain("<html><head><title>403</title></head><body><p>您的访问可能对网站造成威胁，已被云防护拦截</p><p>事件ID: 88a1</p></body></html>")),
    ("forbidden", WALL, plain("<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1><p>You don't have permission to access this resource.</p></body></html>")),
    ("too many requests", Expected("blocked", ("transient",)), plain("<html><body><p>您的操作太频繁，请稍后再试</p></body></html>")),
    ("challenge by a script", WALL, plain("<html><head><script src='/_guard/auto.js'></script><script>(function(){var arg1='A1B2';document.cookie='acw_sc__v2='+arg1;location.reload();})()</script></head><body></body></html>")),
    ("shell of a script", Expected("empty", ("blocked",)), plain("<html><head><title>政策详情</title></head><body><noscript>您需要启用JavaScript才能运行此应用。</noscript><div id='root'></div><script src='/static/js/main.js'></script></body></html>")),
    ("template without text", Expected("empty", ("structure_changed",)), instead("")),
    ("an answer in JSON: error", WAIT, plain('{"code":500,"msg":"系统异常，请稍后再试","data":null}')),
    ("an answer in JSON: login", WALL, plain('{"code":401,"message":"未登录或登录已过期","success":false}')),
    ("home page instead", LOOK, instead(*_HOME, title="某县人民政府门户网站")),
    ("a reading of the policy instead", LOOK, instead("为便于公众理解，现就文件出台背景解读如下。", "问：为什么要出台这份文件？", "答：近年来，各方面对此十分关注，亟需加以规范。", "问：文件的主要内容是什么？", "答：文件共分若干部分，明确了各方职责。", "问：下一步如何抓落实？", "答：将加强宣传培训，开展督导检查。", title="《文件》政策解读")),
    ("another document of the same kind", LOOK, instead("各有关单位：", *(f"{'一二三四五六七八'[n]}、加强森林防火工作第{n}项措施，落实护林员巡护责任，严禁野外用火。" for n in range(8)), title="某县人民政府关于加强森林防火工作的通知")),
    ("rules of use under the title", LOOK, instead(*(f"{n}、您在使用本网站提供的服务时，须遵守国家法律法规及本站第{n}项约定。" for n in range(1, 20)))),
)  # fmt: skip

MUTATIONS: tuple[Mutation, ...] = (
    *(Mutation("change", name, CHANGED, changed(edit), fits) for name, edit, fits in _CHANGES),
    *(Mutation("change", name, CHANGED, shown(Around(), Around(above=line))) for name, line in _REPEALS),
    *(Mutation("noise", name, Expected("unchanged"), shown(old, new)) for name, (old, new) in _NOISES),
    Mutation("noise", "other white space and entities", Expected("unchanged"), _reflowed),
    Mutation("noise", "another encoding", Expected("unchanged"), _reencoded),
    Mutation("noise", "the site made anew", Expected("unchanged"), _redesigned),
    *(Mutation("refusal", name, expected, make) for name, expected, make in _REFUSALS),
)  # fmt: skip
SITES = 3
"""Layouts that each kind is tried on, by turns."""

# A third matrix, written after the rules were mended for the second one and before they saw it: other words for the same kinds,
# two things at once, and kinds that neither of the others has.

_THIRD_CHANGES: tuple[tuple[str, Callable[[Doc], Doc], tuple[str, ...] | None], ...] = (
    ("the last item dropped", swap(("（二）擅自停止供水的；", "（二）擅自停止供水的。"), ("（三）挪用维修养护资金的。", "")), ("rural",)),
    ("a heading renamed", swap(("第三章　保障措施", "第三章　监督管理"), ("四、组织保障", "四、保障措施"), ("五、有关要求", "五、工作纪律")), ("rural", "tech", "reading")),
    ("a place", swap(("本县行政区域内", "本县城区规划区内"), ("全省高新", "沿江各市高新"), ("各镇中心学校", "各镇中心学校、幼儿园"), ("本市行政区域内", "本市主城区内"), ("各县（市、区）", "市辖各区"), ("每个社区", "每个试点社区")), None),
    ("an enumeration mark", swap(("车辆技术状况、驾驶人资格", "车辆技术状况和驾驶人资格"), ("车站、码头、机场", "车站、机场")), ("bus", "fire")),
    ("a negation", swap(("不得擅自", "可以自行"), ("原则上单个", "单个"), ("取消年度", "不取消年度"), ("不得向未满", "向未满"), ("不低于670元", "670元"), ("不少于1场", "1场")), None),
    ("a unit", swap(("每户每月5元", "每户每年5元"), ("20万元一次性", "20万元每年"), ("3月29日", "4月29日"), ("二十日", "二十个工作日"), ("每人每年400元", "每人每月400元"), ("每季度", "每月")), None),
    ("date of expiry declared", lambda doc: doc._replace(facts=(*doc.facts, ("失效日期", "2026-12-31"))), ("rural", "fire")),
    ("validity in brackets", facts_as("【已废止】", *_VALIDITY), None),
    ("validity in two words", facts_as("已失效", *_VALIDITY), None),
    ("mark behind the title outside", lambda doc: doc._replace(heading=doc.title + "【已失效】"), None),
    ("suffix of the title taken for another", lambda doc: doc._replace(heading=doc.title + "（修订）"), ("rural", "fire", "insure")),
    ("two figures at once", swap(("500", "600"), ("每月5元", "每月6元"), ("48%", "50%"), ("3月11日", "3月12日"), ("一百元以上", "二百元以上"), ("380元", "390元"), ("3000元", "2000元")), None),
    ("title in the text", lambda doc: doc._replace(title=doc.title.replace("管理", "监督管理").replace("通知", "补充通知").replace("方案", "工作方案").replace("行动计划", "实施方案")), None),
    ("the annex's label", lambda doc: doc._replace(annexes=tuple((k.replace("检查表", "自查表").replace("指南", "须知").replace("办法.doc", "办法（修订稿）.doc"), t) for k, t in doc.annexes)), ("rural", "bus", "insure")),
    ("a footnote behind the text", lambda doc: doc._replace(lines=(*doc.lines, "注：本文所称“以上”包括本数。")), None),
    ("an annex behind the text", lambda doc: doc._replace(lines=(*doc.lines, "附件1：奖励标准", "一等奖奖励金额为3万元。")), ("tech", "fire")),
)  # fmt: skip
_THIRD_NOISES: tuple[tuple[str, tuple[Around, Around]], ...] = (
    ("counter: 访问", last("<p>访问：5,871 次</p>", "<p>访问：5,902 次</p>")),
    ("counter: people read", first("<div>12345人阅读</div>", "<div>12399人阅读</div>")),
    ("counter without words", above("<span class='pv'>8812</span>", "<span class='pv'>8890</span>")),
    ("counter of downloads", last("<p>附件下载次数：33次</p>", "<p>附件下载次数：41次</p>")),
    ("heat", last("<p>热度 98℃</p>", "<p>热度 87℃</p>")),
    ("votes", last("<p>👍 28　👎 1</p>", "<p>👍 31　👎 2</p>")),
    ("votes in words", last("<p>赞成 28 票 反对 1 票</p>", "<p>赞成 31 票 反对 2 票</p>")),
    ("shares", last("<p>已分享 12 次，已收藏 8 次</p>", "<p>已分享 15 次，已收藏 9 次</p>")),
    ("speech", first("<p>听全文 时长05分12秒</p>", "<p>听全文 时长05分13秒</p>")),
    ("translation", above("<p>Translate: English | 日本語</p>", "<p>Translate: English | 日本語 | 한국어</p>")),
    ("back and home", last("<p>返回首页 | 返回上级</p>", "<p>返回上级 | 网站首页 | 站内搜索</p>")),
    ("imprint: by whom put up", last("<p>信息发布：办公室 上传：小王</p>", "<p>信息发布：法规科 上传：小刘</p>")),
    ("time of release with week", above("<p>2024年09月03日 星期二 17:20</p>", "<p>2024年09月04日 星期三 08:05</p>")),
    ("font in pixels", above("<p>字号： 16px 18px 20px</p>", "<p>字号： 14px 16px 18px</p>")),
    ("hot list with figures", below("<ol><li>社保查询 9987</li></ol>", "<ol><li>公积金查询 10023</li><li>社保查询 9999</li></ol>")),
    ("more documents in the block", last("<h3>更多文件</h3>" + titles("某县节水管理办法"), "<h3>更多文件</h3>" + titles("某县节水管理办法", "某县河长制实施细则"))),
    ("other documents by the body", last("<p>该单位其他文件</p>" + titles("关于做好春运工作的通知"), "<p>该单位其他文件</p>" + titles("关于做好汛期工作的通知"))),
    ("policy questions", below("<div><b>政策问答</b><p>问：如何申请？</p><p>答：登录平台提交。</p></div>", "<div><b>政策问答</b><p>问：如何申请？</p><p>答：登录平台提交。</p><p>问：多久办结？</p><p>答：十五个工作日内办结，特殊情况可延长。</p></div>")),
    ("a notice of the site above", (Around(top=""), Around(top="<div class='notice'>关于春节期间网站值守的公告：2月9日至17日暂停咨询服务。</div>"))),
    ("a pop-up of an app", below("", "<div class='pop'><p>下载客户端，随时随地掌上办。</p><p>立即下载 暂不需要</p></div>")),
    ("privacy", below("", "<div class='privacy'>" + "".join(f"<p>{n}. 我们仅在提供服务所必需的范围内收集信息；未经您同意，不向第三方提供。</p>" for n in range(1, 12)) + "</div>")),
    ("a map of the site", below("<div>网站地图</div>", "<div>网站地图 " + " ".join(f"栏目{n}" for n in range(60)) + "</div>")),
    ("a reading of the policy below", below("", "<div class='jd'><h4>政策解读</h4>" + "".join(f"<p>解读{n}：文件明确了目标任务，提出了保障措施；有关部门负责人表示，将抓紧落实。</p>" for n in range(10)) + "</div>")),
    ("footer of another year", below("<p>Copyright 2025 某县人民政府</p>", "<p>Copyright 2026 某县人民政府 All Rights Reserved</p>")),
    ("comments that are many", last("<h3>全部评论 2</h3><p>好。</p>", "<h3>全部评论 9</h3>" + "".join(f"<p>第{n}楼：请问外地户口可以办理吗？</p>" for n in range(7)))),
    ("messages of readers", last("<p>网友留言</p><p>张女士：什么时候执行？</p>", "<p>网友留言</p><p>王先生：能不能提高标准？</p><p>回复：您好，我们会认真研究。</p>")),
)  # fmt: skip
_THIRD_REFUSALS: tuple[tuple[str, Expected, Callable[[Doc, Render], tuple[bytes, bytes]]], ...] = (
    ("cut at 30 %", WAIT, cut(0.3)),
    ("cut at 85 %", WAIT, cut(0.85)),
    ("cut at 97 %", WAIT, cut(0.97)),
    ("four fifths of a page", LOOK, half("", 0.8)),
    ("half a page with dots", Expected("structure_changed", ("blocked",)), half("<p>……</p>")),
    ("wall: WeChat", WALL, half("<p>请关注公众号后继续阅读</p>")),
    ("wall: paid", WALL, half("<p>试读已结束，购买后可阅读剩余内容</p>")),
    ("wall: real name", WALL, half("<p>请完成实名认证后查看全部内容</p>")),
    ("wall: English", WALL, half("<p>Please sign in to continue reading</p>")),
    ("masked by X", WALL, masked(lambda words: words[:4] + "X" * (len(words) - 4))),
    ("masked by spaces and stars", WALL, masked(lambda words: " ".join("*" * 6 for _ in range(len(words) // 6 + 1)))),
    ("masked by crosses", WALL, masked(lambda words: "╳" * len(words))),
    ("masked by black boxes", WALL, masked(lambda words: words[:1] + "▉" * (len(words) - 1))),
    ("login: by code", WALL, instead("手机号登录", "请输入手机号", "获取验证码", "登录即代表同意用户协议")),
    ("login of a company", WALL, plain("<html><head><title>统一认证</title></head><body><div>账号登录</div><form><input name='u'><input type='password' name='p'><button>登 录</button></form></body></html>")),
    ("gone: expired", GONE, plain("<html><body><div class='err'>您查看的信息已过期</div></body></html>")),
    ("gone: moved to nowhere", GONE, plain("<html><head><title>提示</title></head><body><p>对不起，该网页已被删除或暂时无法显示</p></body></html>")),
    ("gone: by the numbers", GONE, plain("<html><head><title>404</title></head><body><h1>404</h1><p>哎呀，迷路了</p></body></html>")),
    ("gone: no result", GONE, instead("未查询到相关内容", title="信息详情")),
    ("gone: English", GONE, plain("<html><head><title>Error</title></head><body><p>The page you requested could not be found.</p></body></html>")),
    ("maintenance in the night", WAIT, plain("<html><body><p>网站每日0:00-6:00进行数据维护，请在其他时间访问</p></body></html>")),
    ("maintenance: English", WAIT, plain("<html><head><title>Maintenance</title></head><body><p>The site is under maintenance. Please try again later.</p></body></html>")),
    ("busy", WAIT, plain("<html><body><p>当前访问人数较多，请稍候刷新</p></body></html>")),
    ("proxy", WAIT, plain("<html><head><title>502 Proxy Error</title></head><body><p>The proxy server received an invalid response from an upstream server.</p></body></html>")),
    ("IIS", WAIT, plain("<html><head><title>运行时错误</title></head><body><h1>“/”应用程序中的服务器错误。</h1><h2>运行时错误</h2></body></html>")),
    ("PHP", WAIT, plain("<html><body><b>Fatal error</b>: Uncaught Error: Call to a member function in /var/www/show.php on line 12</body></html>")),
    ("captcha: click", WALL, plain("<html><head><title>请验证</title></head><body><p>请按顺序点击图中的文字以完成验证</p></body></html>")),
    ("captcha: English", WALL, plain("<html><head><title>Just a moment...</title></head><body><p>Checking your browser before accessing the site.</p></body></html>")),
    ("firewall: by address", WALL, plain("<html><body><h3>访问受限</h3><p>由于您的网络环境存在异常，本次访问已被拒绝</p></body></html>")),
    ("firewall: a number", WALL, plain("<html><head><title>405</title></head><body><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p></body></html>")),
    ("outside the country", WALL, plain("<html><body><p>本网站暂不支持境外IP访问</p></body></html>")),
    ("a frame of nothing", Expected("empty", ("structure_changed",)), plain("<html><head><title>详情</title></head><body><iframe src='/inner.html'></iframe></body></html>")),
    ("loading", Expected("empty", ("transient",)), plain("<html><head><title>详情</title></head><body><div id='app'>加载中...</div><script src='/app.js'></script></body></html>")),
    ("an answer in XML: error", WAIT, plain("<?xml version='1.0'?><error><code>500</code><message>服务器内部错误</message></error>")),
    ("the list instead", LOOK, instead(*(f"关于某项工作的通知（第{n}号） 2024-0{n % 9 + 1}-1{n % 9}" for n in range(25)), title="规范性文件列表")),
    ("an opinion asked for instead", LOOK, instead("现向社会公开征求意见。", "公众可通过以下途径反馈意见：", "一、通过信函方式寄至有关单位。", "二、通过电子邮件方式发送。", "意见反馈截止时间为2025年3月1日。", title="关于公开征求意见的公告")),
    ("news about it instead", LOOK, instead("本报讯（记者某某）日前，有关部门出台新规，引发社会关注。", "据介绍，新规从多个方面作出安排，受到群众欢迎。", "专家认为，此举有利于提升治理水平。", title="新规来了")),
)  # fmt: skip


THIRD: tuple[Mutation, ...] = (
    *(Mutation("change", name, CHANGED, changed(edit), fits) for name, edit, fits in _THIRD_CHANGES),
    *(Mutation("change", f"{name}, with noise", CHANGED, with_noise(edit), fits) for name, edit, fits in (*_CHANGES[:8], *_CHANGES[22:26], *_CHANGES[30:31])),
    *(Mutation("noise", name, Expected("unchanged"), shown(old, new)) for name, (old, new) in _THIRD_NOISES),
    *(Mutation("refusal", name, expected, make) for name, expected, make in _THIRD_REFUSALS),
)  # fmt: skip
