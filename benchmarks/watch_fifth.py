"""A fifth, smaller matrix of page pairs, written after the rules were mended for the fourth one and before they saw it.

Other documents, layouts, words and kinds once more; its first measurement is the figure that docs/accuracy/tracking.md gives
for pages of other makers.
"""

from collections.abc import Callable

from benchmarks.watch_layouts import Around, Doc
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

_WATER = Doc(
    "某县水利局关于公布2025年度河道管理范围的公告",
    "某水公告〔2025〕4号",
    (
        "根据《中华人民共和国河道管理条例》等规定，经县政府批准，现将2025年度河道管理范围公告如下：",
        "一、有堤防的河道，管理范围为两岸堤防之间的水域、沙洲、滩地、行洪区，以及两岸堤防及护堤地，护堤地宽度为背水侧堤脚外15米。",
        "二、无堤防的河道，管理范围按照历史最高洪水位确定。",
        "三、在河道管理范围内，禁止下列行为：",
        "（1）修建围堤、阻水渠道；",
        "（2）种植高秆农作物；",
        "（3）弃置矿渣、石渣、煤灰。",
        "四、单位和个人对划定结果有异议的，可以自公告发布之日起30日内书面提出。",
        "监督电话：0571-88001234",
    ),
    ("某县水利局", "2025年1月6日"),
    facts=(
        ("公开主体", "某县水利局"),
        ("文号", "某水公告〔2025〕4号"),
        ("公文时效", "有效"),
        ("成文日期", "2025-01-06"),
    ),
    annexes=(("附件：河道名录.xlsx", "/files/2025/hd-01.xlsx"),),
)
_HOUSE = Doc(
    "某市公共租赁住房管理实施细则",
    "",
    (
        "第一章　总　则",
        "第一条　为规范公共租赁住房管理，根据国家有关规定，结合本市实际，制定本细则。",
        "第二条　本细则所称公共租赁住房，是指限定建设标准和租金水平，面向符合规定条件的家庭出租的保障性住房。",
        "第二章　申请与审核",
        "第三条　申请公共租赁住房应当同时符合下列条件：",
        "（一）具有本市户籍或者持有居住证满3年；",
        "（二）人均住房建筑面积低于16平方米；",
        "（三）家庭人均年收入不高于5.6万元。",
        "第四条　街道办事处应当自受理申请之日起20个工作日内完成初审。",
        "第三章　租金与补贴",
        "第五条　租金按照同地段市场租金的70%确定，每2年调整一次。",
        "第六条　有下列情形之一的，应当腾退住房：",
        "（一）转租、转借的；",
        "（二）连续6个月以上未缴纳租金的。",
        "第四章　附　则",
        "第七条　本细则自2024年1月1日起施行，《某市廉租住房管理办法》同时废止。",
    ),
    (),
    facts=(
        ("发布单位", "某市住房和城乡建设局"),
        ("规范性文件编号", "ZJ-2023-017"),
        ("时效状态", "现行有效"),
        ("实施日期", "2024-01-01"),
    ),
)
_SCHOOL = Doc(
    "教育局关于2025年义务教育阶段学校招生入学工作的意见",
    "某教〔2025〕18号",
    (
        "各学区、各中小学：",
        "现就做好2025年招生入学工作提出如下意见。",
        "1.招生计划。小学班额不超过45人，初中班额不超过50人。",
        "2.报名时间。网上报名时间为6月10日至6月20日，现场审核时间为6月25日。",
        "3.入学顺序。房户一致的优先安排；随迁子女凭居住证统筹安排。",
        "<table><tr><td>学校</td><td>班数</td><td>人数</td></tr><tr><td>第一小学</td><td>6</td><td>270</td></tr><tr><td>第二小学</td><td>4</td><td>180</td></tr></table>",
        "4.纪律要求。严禁以考试方式选拔学生，违者按规定追责。",
    ),
    ("某区教育局", "2025年4月30日"),
    facts=(("发文单位", "某区教育局"), ("发文字号", "某教〔2025〕18号"), ("效力", "有效")),
    annexes=(("附件1.招生范围.pdf", "/doc/2025/zsfw.pdf"), ("附件2.日程表.pdf", "/doc/2025/rcb.pdf")),
)
_GRANT = Doc(
    "Guidelines on the Innovation Voucher Scheme",
    "",
    (
        "1. Purpose. The scheme supports small enterprises in buying research services.",
        "2. Eligibility. Applicants must employ fewer than 50 people and be registered in the city.",
        "3. Amount. A voucher covers up to 60% of eligible costs, with a maximum of 80,000 yuan.",
        "4. Application. Applications must be submitted between March 1 and April 15, 2025.",
        "5. Review. The bureau shall decide within 30 working days.",
        "6. Reporting. Beneficiaries shall submit a final report within 3 months after completion.",
    ),
    ("Municipal Bureau of Science", "January 20, 2025"),
    facts=(
        ("Issuing body", "Municipal Bureau of Science"),
        ("Effective from", "2025-02-01"),
        ("Legal status", "In force"),
    ),
)
DOCUMENTS = {"water": _WATER, "house": _HOUSE, "school": _SCHOOL, "grant": _GRANT}


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
