"""A fifth, smaller matrix of page pairs, written after the rules were mended for the fourth one and before they saw it.

Other documents, layouts, words and kinds once more; its first measurement is the figure that docs/accuracy/tracking.md gives
for pages of other makers.
"""

from collections.abc import Callable

from benchmarks.watch_layouts import Around, Doc, documents
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
    changed,
    cut,
    fact,
    half,
    instead,
    masked,
    plain,
    shown,
    swap,
    titles,
    with_noise,
    without,
)

DOCUMENTS = documents("fifth")


def _tabs(doc: Doc, around: Around) -> bytes:
    """Return a page with tabs: the text in the first, readings in others."""
    facts = "".join(f"<p><em>{k}</em> | <em>{v}</em></p>" for k, v in doc.facts)
    body = doc.written(
        lambda words: f"<p class='indent'>{words}</p>", lambda k, t: f"<p><a href='{t}'>{k}</a></p>"
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{doc.name}-某市政府网</title>{around.script}</head><body><div class='hd'>{around.top}</div>"
        f"<h1>{doc.name}</h1><div class='meta'>{facts}</div>{around.above}<div class='tabs'><ul><li>正文</li><li>解读</li></ul><div class='tab-pane active' id='tab1'>"
        f"{around.first}{body}{around.last}</div><div class='tab-pane' id='tab2'>{around.below}</div></div><div class='ft'>某市大数据中心技术支持</div></body></html>"
    ).encode()


def _paper(doc: Doc, around: Around) -> bytes:
    """Return a page that imitates the paper: red head, stars, everything centred by tables."""
    facts = "".join(f"<tr><td align='right'>{k}</td><td>：</td><td>{v}</td></tr>" for k, v in doc.facts)
    body = doc.written(
        lambda words: f"<div style='text-indent:32pt;font:16pt 仿宋'>{words}</div>",
        lambda k, t: f"<div><a href='{t}'>{k}</a></div>",
    )
    return (
        f"<html><head><meta charset='utf-8'><title>{doc.name}</title>{around.script}</head><body><div id='nav'>{around.top}</div><table>{facts}</table>"
        f"<center><h2>{doc.name}</h2></center>{around.above}<div id='paper' class='wrap'><div class='a4'>{around.first}{body}{around.last}</div></div>"
        f"<div id='foot'>{around.below}</div></body></html>"
    ).encode()


def _listed(doc: Doc, around: Around) -> bytes:
    """Return a page whose lines are items of a list without marks, facts as data attributes and words."""
    facts = "".join(f"<span data-k='{k}'>{k}：{v}</span>　" for k, v in doc.facts)
    body = doc.written(
        lambda words: f"<li>{words}</li>", lambda k, t: f"<li><a href='{t}' target='_blank'>{k}</a></li>"
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{doc.name}_政策_某局</title>{around.script}</head><body><header>{around.top}</header><section>"
        f"<h2>{doc.name}</h2><p class='info'>{facts}</p>{around.above}<ul class='text'>{around.first}{body}{around.last}</ul></section><section>{around.below}</section></body></html>"
    ).encode()


def _quoted(doc: Doc, around: Around) -> bytes:
    """Return a page of a forum system: a post in a table cell, its facts in a field set."""
    facts = "".join(
        f"<label>{k}</label><input value='{v}' disabled><br><span>{v}</span><br>" for k, v in doc.facts
    )
    body = doc.written(lambda words: f"{words}<br /><br />", lambda k, t: f"<a href='{t}'>{k}</a><br />")
    return (
        f"<html><head><meta charset='utf-8'><title>{doc.name} - 政务公开</title>{around.script}</head><body><div>{around.top}</div><h3>{doc.name}</h3><fieldset>{facts}</fieldset>"
        f"{around.above}<table><tr><td class='t_f' id='postmessage_1'>{around.first}{body}{around.last}</td></tr></table><div id='pl'>{around.below}</div></body></html>"
    ).encode()


LAYOUTS: dict[str, Render] = {"tabs": _tabs, "paper": _paper, "list": _listed, "forum": _quoted}


_CHANGES: tuple[tuple[str, Callable[[Doc], Doc], tuple[str, ...] | None], ...] = (
    ("a figure", swap(("15米", "20米"), ("16平方米", "18平方米"), ("45人", "50人"), ("60%", "50%")), None),
    ("a modal verb", swap(("可以自公告", "应当自公告"), ("应当腾退", "可以腾退"), ("严禁以", "一般不以"), ("must employ", "should employ")), None),
    ("a condition's quantifier", swap(("应当同时符合", "应当符合"), ("有下列情形之一", "同时有下列情形")), ("house",)),
    ("a list item gone", without("（2）种植"), ("water",)),
    ("a telephone number", swap(("88001234", "88005678")), ("water",)),
    ("the repeal of another rule", swap(("，《某市廉租住房管理办法》同时废止", "")), ("house",)),
    ("rows of a table", swap(("<td>6</td><td>270</td>", "<td>5</td><td>225</td>")), ("school",)),
    ("a bracket", swap(("（三）家庭人均年收入不高于5.6万元。", "（三）家庭人均年收入（含财产性收入）不高于5.6万元。"), ("3个月", "3个月（不含节假日）"), ("final report", "final report (with audited accounts)")), ("house", "grant")),
    ("the date of signature", lambda doc: doc._replace(signed=(doc.signed[0], doc.signed[1].replace("2025", "2026"))), ("water", "school", "grant")),
    ("no longer in force", fact({"公文时效": "废止", "时效状态": "失效", "效力": "失效", "Legal status": "Superseded"}), None),
    ("in force from another day", fact({"实施日期": "2024-07-01", "Effective from": "2025-03-01"}), ("house", "grant")),
    ("another body", fact({"公开主体": "某县农业农村局", "发布单位": "某市住房保障中心", "发文单位": "某区教育和体育局", "Issuing body": "Municipal Bureau of Industry"}), None),
    ("another number", fact({"文号": "某水公告〔2025〕6号", "发文字号": "某教〔2025〕81号"}), ("water", "school")),
    ("an annex replaced", lambda doc: doc._replace(annexes=tuple((k, t.replace("/2025/", "/2025b/").replace("hd-01", "hd-02").replace("zsfw", "zsfw-new")) for k, t in doc.annexes)), ("water", "school")),
    ("one of two annexes gone", lambda doc: doc._replace(annexes=doc.annexes[:1]), ("school",)),
    ("the title marked", lambda doc: doc._replace(heading=doc.title + "（已废止）"), ("water", "house", "school")),
    ("a rule added at the end", lambda doc: doc._replace(lines=(*doc.lines, {"某市公共租赁住房管理实施细则": "第八条　各县（市）参照本细则执行。"}.get(doc.title, "本文件由发文单位负责解释，自发布之日起施行。"))), ("water", "house", "school")),
    ("a sentence split off", swap(("每2年调整一次", "每年调整一次"), ("统筹安排。", "统筹安排；材料不全的，不予安排。")), ("house", "school")),
)  # fmt: skip
_SAID = (
    ("invalid since, above", "<p>▲本文件自2025年9月1日起失去效力</p>"),
    ("new version, above", "<div class='alert'>该文件已有新版本，请以2026年修订版为准</div>"),
)  # fmt: skip
_NOISES: tuple[tuple[str, Around, Around], ...] = (
    ("counter in words", Around(last="<p>累计已有1,022次浏览</p>"), Around(last="<p>累计已有1,090次浏览</p>")),
    ("counter beside a stamp", Around(above="<p>2025-01-07 09:12　阅读 33</p>"), Around(above="<p>2025-01-07 09:12　阅读 58</p>")),
    ("put up by", Around(last="<p>录入：小陈　复核：老王</p>"), Around(last="<p>录入：小赵　复核：老王</p>")),
    ("likes", Around(last="<p>♡ 3</p>"), Around(last="<p>♡ 8</p>")),
    ("share bar", Around(last=""), Around(last="<p>分享至 微信好友 | 微博 | 复制网址</p>")),
    ("suggested", Around(below="<h4>大家还在看</h4>" + titles("甲办法")), Around(below="<h4>大家还在看</h4>" + titles("乙办法", "丙通知"))),
    ("a reading in another tab", Around(below="<p>解读一：背景。</p>"), Around(below="<p>解读一：背景。</p>" + "".join(f"<p>解读{n}：本次修订坚持问题导向，回应群众关切，具有较强的操作性。</p>" for n in range(8)))),
    ("today", Around(top="2026年1月3日 周六"), Around(top="2026年1月4日 周日")),
    ("banner", Around(top="<div>欢度元旦</div>"), Around(top="<div>喜迎新春</div>")),
    ("cookie bar", Around(), Around(below="<div>本站使用Cookie改善体验。接受 拒绝 设置</div>")),
    ("service hotline", Around(below="<p>政务服务便民热线 12345</p>"), Around(below="<p>政务服务便民热线 12345（24小时）</p>")),
    ("tool words", Around(first="<div>字号 A- A A+</div>"), Around(first="<div>字号 A- A A+ 护眼模式 语音朗读</div>")),
    ("questions of readers", Around(last="<h4>我要提问</h4>"), Around(last="<h4>我要提问</h4><p>匿名用户：什么时候公布名单？</p>")),
    ("minutes ago", Around(above="<span>5分钟前更新</span>"), Around(above="<span>2小时前更新</span>")),
    ("next and previous", Around(last="<p>上一条：无　下一条：无</p>"), Around(last="<p>上一条：无　下一条：关于丁的通知</p>")),
)  # fmt: skip


_REFUSALS: tuple[tuple[str, Expected, Callable[[Doc, Render], tuple[bytes, bytes] | None]], ...] = (
    ("cut at 45 %", WAIT, cut(0.45)),
    ("cut at 80 %", WAIT, cut(0.8)),
    ("cut at 95 %", WAIT, cut(0.95)),
    ("half a page", LOOK, half("", 0.5)),
    ("three quarters", LOOK, half("", 0.75)),
    ("wall: log in for more", WALL, half("<p>更多内容请登录后查看</p>")),
    ("wall: buy", WALL, half("<p>开通VIP畅读全文</p>")),
    ("wall: English", WALL, half("<p>Log in or register to view the rest of this document</p>")),
    ("masked by waves", WALL, masked(lambda words: words[:3] + "~" * (len(words) - 3))),
    ("masked by lines", WALL, masked(lambda words: "_" * len(words))),
    ("masked by o", WALL, masked(lambda words: "○" * len(words))),
    ("single sign-on", WALL, alone("CAS – Central Authentication Service", "请输入您的用户名和密码", "登录")),
    ("region", WALL, alone("451", "Unavailable For Legal Reasons in your region")),
    ("waf", WALL, alone("Web应用防火墙", "您提交的内容包含非法字符，已被阻止")),
    ("too fast", Expected("blocked", ("transient",)), alone("", "您的访问速度过快，请休息一下")),
    ("withdrawn by the issuer", GONE, alone("提示", "本文件已由发布单位撤回")),
    ("nothing here", GONE, alone("", "您来晚了，页面已经不在了")),
    ("archived away", Expected("gone", ("structure_changed",)), alone("", "历史信息已归档，不再提供查询")),
    ("404 by picture", GONE, alone("Error 404", "Sorry, the page you are looking for could not be found")),
    ("nightly", WAIT, alone("通知", "系统正在进行夜间备份，请于6:00后访问")),
    ("crowded", WAIT, alone("", "当前排队人数过多，请耐心等待")),
    ("nginx", WAIT, alone("502 Bad Gateway", "502 Bad Gateway", "nginx")),
    ("sql", WAIT, alone("", "ORA-12541: TNS:no listener")),
    ("api", WAIT, plain('{"status":500,"error":"Internal Server Error","path":"/detail"}')),
    ("a video instead", LOOK, instead("视频解读：三分钟看懂新政策。", "本视频由融媒体中心制作。", title="视频解读")),
    ("column instead", LOOK, instead(*(f"[{n}] 某某工作动态之{n}，各单位积极推进。" for n in range(15)), title="工作动态")),
    ("call for comments instead", LOOK, instead("为广泛听取意见，现公开征求社会意见。", "意见可以通过信函或者邮件提出。", "征求意见时间截至本月底。", title="征求意见公告")),
)  # fmt: skip

MUTATIONS: tuple[Mutation, ...] = (
    *(Mutation("change", name, CHANGED, changed(edit), fits) for name, edit, fits in _CHANGES),
    *(Mutation("change", f"{name}, with noise", CHANGED, with_noise(edit), fits) for name, edit, fits in (_CHANGES[0], _CHANGES[9], _CHANGES[13])),
    *(Mutation("change", name, CHANGED, shown(Around(), Around(above=line))) for name, line in _SAID),
    *(Mutation("noise", name, UNCHANGED, shown(old, new)) for name, old, new in _NOISES),
    *(Mutation("refusal", name, expected, make) for name, expected, make in _REFUSALS),
)  # fmt: skip
