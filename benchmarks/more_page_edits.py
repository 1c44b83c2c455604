"""A second list of edits for pairs drawn by a fixed rule of chance: a page as it was captured, and the same page with one edit.

Each page that holds a text gets three pairs: a change, a noise and a broken answer, each drawn among the kinds below. Right answer and type of a refusal stand
beside each kind and were written before any run. `python -m benchmarks.watch_pages --drawn_again FOLDER` draws from the pages (`*.html`) below a folder;
`--seed=N` draws others. No kind is one of `page_edits`.
"""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks.page_edits import (
    Edit,
    after,
    at_end,
    at_top,
    before,
    change,
    inside,
    made,
    put,
    shuffled,
    text_of,
    words_of,
)
from benchmarks.watch_mutations import Expected
from benchmarks.written_pairs import Written

Break = Callable[[LexborHTMLParser, LexborNode, random.Random], str | None]
"""What is at the address instead: a page made of the page and the element of its text; None where that finds no place."""


def drawn_again(folder: Path, seed: int = 1) -> Iterator[Written]:
    """Yield the pairs drawn from the pages below a folder."""
    for path in sorted(folder.rglob("*.html")):
        page = path.read_text("utf-8")
        if text_of(LexborHTMLParser(page)) is None:
            continue
        chance = random.Random(f"again {seed} {path.name}")
        for kind, names in (("change", _CHANGES), ("noise", _NOISES), ("refusal", _BROKEN)):
            tried = (_pair(page, path.stem, kind, name, chance) for name in shuffled([*names], chance))
            if pair := next(filter(None, tried), None):
                yield pair


def _pair(page: str, on: str, kind: str, name: str, chance: random.Random) -> Written | None:
    first, second = LexborHTMLParser(page), LexborHTMLParser(page)
    old, new = text_of(first), text_of(second)
    if old is None or new is None or first.body is None or second.body is None:
        return None
    if kind == "refusal":
        due, also, make = _BROKEN[name]
        broken = make(second, new, chance)
        if broken is None:
            return None
        return Written(kind, name, on, Expected(due, also), str(first.html).encode(), broken.encode())
    prepare, edit = {**_CHANGES, **_NOISES}[name]
    if prepare is not None and not prepare(first.body, old, chance):
        return None
    whole = str(first.html)
    if not edit(second.body, new, chance) or str(second.html) == whole:
        return None
    due = "changed" if kind == "change" else "unchanged"
    return Written(kind, name, on, Expected(due), whole.encode(), str(second.html).encode())


def _paragraphs(text: LexborNode) -> list[LexborNode]:
    return [each for each in text.css("p") if len(each.text().strip()) >= 15 and not each.css("p")]


def _half_sentence_gone(_body: LexborNode, text: LexborNode, chance: random.Random) -> bool:
    return change(text, r"，[^，。；：“”（）]{4,40}(?=[，。；])", lambda _said: "", chance)


def _other_order(_body: LexborNode, text: LexborNode, chance: random.Random) -> bool:
    found = _paragraphs(text)
    places = [n for n in range(len(found) - 1) if found[n].text().strip() != found[n + 1].text().strip()]
    if not places:
        return False
    one, two = (found[(place := chance.choice(places))], found[place + 1])
    html = str(one.html), str(two.html)
    one.replace_with(made(html[1]))
    two.replace_with(made(html[0]))
    return True


def _titled(body: LexborNode, text: LexborNode, _chance: random.Random) -> bool:
    """Add a suffix to the heading of the page, where it stands outside the text."""
    for heading in body.css("h1, h2"):
        words = [each for each in words_of(heading) if len(str(each.text_content).strip()) >= 8]
        if len(words) == 1 and str(words[0].text_content).strip() not in text.text():
            words[0].replace_with(f"{str(words[0].text_content).rstrip()}（试行）")
            return True
    return False


def _words(pattern: str, table: dict[str, str]) -> Edit:
    def edit(_body: LexborNode, text: LexborNode, chance: random.Random) -> bool:
        return change(text, pattern, lambda said: table.get(said, said + said[-1:]), chance)

    return edit


def _digit(said: str) -> str:
    return str((int(said) % 27) + 1)


def _day(_body: LexborNode, text: LexborNode, chance: random.Random) -> bool:
    return change(text, r"(?<=月)\d{1,2}(?=日)", _digit, chance)


def _share(_body: LexborNode, text: LexborNode, chance: random.Random) -> bool:
    return change(text, r"\d+(?:\.\d+)?(?=[%％])", lambda said: f"{float(said) + 3:g}", chance)


def _links_marked(body: LexborNode, _text: LexborNode, chance: random.Random) -> bool:
    mark, links = f"_t={chance.randint(10**9, 10**10)}", body.css("a[href]")
    for link in links:
        href = str(link.attributes["href"] or "")
        if href and not href.startswith(("#", "javascript:")) and not re.search(r"\.\w{3,4}$", href):
            link.attrs["href"] = f"{href}{'&' if '?' in href else '?'}{mark}"
    return bool(links)


def _classes_built_anew(body: LexborNode, _text: LexborNode, chance: random.Random) -> bool:
    found = body.css("div[class], p[class], span[class]")
    for each in found:
        each.attrs["class"] = f"{each.attributes['class']} css-{chance.randint(16**5, 16**6):x}"
    return bool(found)


def _blanks(_body: LexborNode, text: LexborNode, _chance: random.Random) -> bool:
    found = [each for each in words_of(text) if str(each.text_content).startswith("　　")]
    for each in found:
        each.replace_with("\n\u00a0\u00a0\u00a0\u00a0" + str(each.text_content).lstrip("　") + "\n")
    return bool(found)


def _in_spans(_body: LexborNode, text: LexborNode, _chance: random.Random) -> bool:
    found = [each for each in text.css("p") if not each.css("p, div, table") and each.text().strip()]
    for each in found:
        each.inner_html = f'<span style="font-size:16px">{each.inner_html}</span>'
    return bool(found)


def _two(place: Callable[[LexborNode, str], None], html: str, one: str, other: str) -> tuple[Edit, Edit]:
    """Return two edits that put the same words at a place of the page, but for one of them."""
    return put(place, html.format(one)), put(place, html.format(other))


def _top(html: str, one: str, other: str) -> tuple[Edit, Edit]:
    return at_top(html.format(one)), at_top(html.format(other))


def _end(html: str, one: str, other: str) -> tuple[Edit, Edit]:
    return at_end(html.format(one)), at_end(html.format(other))


_FACTS = (
    '<table class="xxgk"><tr><td>索引号</td><td>000014349/2025-00031</td><td>主题分类</td><td>综合政务</td></tr>'
    "<tr><td>发文字号</td><td>{0[0]}</td><td>有效性</td><td>{0[1]}</td></tr></table>"
)
_ROWS = "<table><tr><th>档次</th><th>省级补助</th><th>市级补助</th></tr><tr><td>一档</td>{}</tr><tr><td>二档</td><td>300元</td><td>200元</td></tr></table>"
_ANNEX = '<div class="fj"><p>附件：<a href="/upload/2025/{}.docx">申请表.docx</a></p></div>'
_TITLES = (
    "市领导调研重点项目建设情况",
    "我市召开经济运行分析会",
    "关于公开征集意见建议的公告",
    "全市防汛工作部署会召开",
    "一图读懂：惠企政策清单",
)


def _facts(one: tuple[str, str], other: tuple[str, str]) -> tuple[Edit, Edit]:
    return put(before, _FACTS.format(one)), put(before, _FACTS.format(other))


_CHANGES: dict[str, tuple[Edit | None, Edit]] = {
    "a figure in words": (
        None,
        lambda _body, text, chance: change(
            text,
            r"[二三四五六七八九十]+(?=(?:个)?(?:工作日|日内|日前|年内|个月|人|项|家|万元|倍))",
            lambda said: "十五" if said != "十五" else "二十",
            chance,
        ),
    ),
    "a share": (None, _share),
    "a day in the text": (None, _day),
    "a level of government": (
        None,
        _words(r"[省市县区](?=(?:级)?(?:人民)?政府)", {"省": "市", "市": "县", "县": "市", "区": "市"}),
    ),
    "a hedge before a duty": (
        None,
        _words(
            r"(?<!原则上)(?:应当|必须|须)", {"应当": "原则上应当", "必须": "原则上必须", "须": "原则上须"}
        ),
    ),
    "a comma gone": (None, _words("，", {"，": ""})),
    "a half-sentence gone": (None, _half_sentence_gone),
    "two paragraphs in the other order": (None, _other_order),
    "a suffix of the heading": (None, _titled),
    "validity in a table of facts": _facts(("某府发〔2024〕7号", "有效"), ("某府发〔2024〕7号", "失效")),
    "the number in a table of facts": _facts(("某府发〔2024〕7号", "有效"), ("某府发〔2024〕17号", "有效")),
    "the organiser below the text": _two(inside, "<p>（承办单位：{}）</p>", "市教育局", "市民政局"),
    "a figure in the next column": _two(inside, _ROWS, "<td>500元</td><td></td>", "<td></td><td>500元</td>"),
    "an annex is another file again": _two(after, _ANNEX, "P0202503011", "P0202509172"),
    "an annex gone": (put(after, _ANNEX.format("P0202503011")), lambda *_: True),
    "a line of repeal above the element": (
        None,
        put(before, "<p><strong>根据某府发〔2026〕3号，该文件自2026年2月1日起废止。</strong></p>"),
    ),
    "a correction behind the text": (None, put(inside, "<p>更正：文中“十五日”应为“二十日”，特此说明。</p>")),
    "a picture of a table is another file": _two(
        inside, '<p><img src="/upload/image/{}.png" alt=""></p>', "20250301101", "20250917202"
    ),
}
_NOISES: dict[str, tuple[Edit | None, Edit]] = {
    "a counter within the element of the text": _two(
        inside, '<p class="hits">浏览：{} 次</p>', "128", "1542"
    ),
    "likes": _two(
        after, '<div class="zan"><span>点赞 {}</span><span>收藏</span><span>分享</span></div>', "12", "19"
    ),
    "a comment more": (
        put(after, '<div class="pl"><h3>网友评论</h3><p>网友甲：支持。</p></div>'),
        put(
            after,
            '<div class="pl"><h3>网友评论</h3><p>网友乙：请问外地户口可以申请吗？</p><p>网友甲：支持。</p></div>',
        ),
    ),
    "a dialog on cookies": (
        None,
        at_end(
            '<div class="mask"><p>本网站使用Cookie以提升您的浏览体验。</p><button>同意</button><button>拒绝</button></div>'
        ),
    ),
    "the day and the weather": _top(
        '<div class="top">今天是{}</div>', "2025年3月1日 星期六 晴 12℃", "2025年9月17日 星期三 小雨 24℃"
    ),
    "a line to scan": (None, put(inside, "<p>扫一扫在手机打开当前页</p>")),
    "the year of the imprint": _end(
        '<div class="copy">Copyright © 2008-{} 版权所有 All Rights Reserved</div>', "2025", "2026"
    ),
    "a mark of the visit in links": (None, _links_marked),
    "classes built anew": (None, _classes_built_anew),
    "blanks before paragraphs": (None, _blanks),
    "paragraphs in spans": (None, _in_spans),
    "tools for the size of letters": (
        None,
        put(
            before,
            '<div class="tool">【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】 【打印】</div>',
        ),
    ),
    "the editor": _two(inside, '<p style="text-align:right">责任编辑：{}</p>', "张伟", "李娜"),
    "the time of the update": _two(
        before,
        '<div class="meta"><span>更新时间：{}</span><span>来源：本站</span></div>',
        "2025-03-01 10:11",
        "2025-09-17 16:40",
    ),
    "the path of the page": _two(
        before,
        '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/a/">{}</a></div>',
        "通知公告",
        "政策文件库",
    ),
    "a rail of news": (
        put(
            before,
            '<div class="hot"><h3>热点新闻</h3><ul>'
            + "".join(f'<li><a href="/n/{n}.html">{each}</a></li>' for n, each in enumerate(_TITLES[:3]))
            + "</ul></div>",
        ),
        put(
            before,
            '<div class="hot"><h3>热点新闻</h3><ul>'
            + "".join(f'<li><a href="/n/{n + 7}.html">{each}</a></li>' for n, each in enumerate(_TITLES[2:]))
            + "</ul></div>",
        ),
    ),
    "a script and its token": _end('<script nonce="{}">window.__t=1;</script>', "a1b2c3", "d4e5f6"),
}


def _said(words: str) -> Break:
    """Return what puts words in the place of the text; scripts go, some pages hold their text there as well."""

    def make(page: LexborHTMLParser, text: LexborNode, _chance: random.Random) -> str:
        text.inner_html = f"<p>{words}</p>"
        for script in page.css("script"):
            script.decompose()
        return str(page.html)

    return make


def _alone(html: str) -> Break:
    return lambda _page, _text, _chance: html


def _kept(share: tuple[float, float], behind: str) -> Break:
    """Return what keeps a share of the text's paragraphs, with words behind them."""

    def make(page: LexborHTMLParser, text: LexborNode, _chance: random.Random) -> str | None:
        found = [each for each in text.css("p") if len(each.text().strip()) >= 5 and not each.css("p")]
        if len(found) < 8:
            return None
        first, last = (int(len(found) * part) for part in share)
        for place, each in enumerate(found):
            if not first <= place < last:
                each.decompose()
        for script in page.css("script"):
            script.decompose()
        if behind:
            after(found[last - 1], f"<div>{behind}</div>")
        return str(page.html)

    return make


def _masked(page: LexborHTMLParser, text: LexborNode, _chance: random.Random) -> str | None:
    found = words_of(text)
    for each in found[len(found) // 2 :]:
        said = str(each.text_content)
        each.replace_with(re.sub(r"[\u4e00-\u9fff\d]", "*", said))
    for script in page.css("script"):
        script.decompose()
    return str(page.html) if re.search(r"\*{6}", str(page.html)) else None


def _garbled(page: LexborHTMLParser, text: LexborNode, _chance: random.Random) -> str | None:
    for each in words_of(text):
        each.replace_with(str(each.text_content).encode().decode("gb18030", "replace"))
    for script in page.css("script"):
        script.decompose()
    return str(page.html)


def _torn(page: LexborHTMLParser, text: LexborNode, chance: random.Random) -> str | None:
    for script in page.css("script"):
        script.decompose()
    whole, inner = str(page.html), str(text.html)
    if inner not in whole:
        return None
    return whole[: whole.index(inner) + int(len(inner) * chance.uniform(0.3, 0.8))].rsplit("<", 1)[0]


_OTHER = "".join(
    f"<p>　　{each}</p>"
    for each in (
        "为做好今年秋季森林防火工作，现将有关事项通知如下。",
        "一、林区一律禁止野外用火，违者依法处罚。",
        "二、护林员每日巡查不少于两次，发现火情立即报告。",
        "三、各乡镇组建三十人以上的半专业扑火队伍，配齐装备。",
        "四、气象部门每日发布火险等级预报，并及时通报林业部门。",
        "五、对工作不力造成损失的，严肃追究有关人员责任。",
    )
)
_LIST = (
    "<ul>"
    + "".join(
        f'<li><a href="/x/{n}.html">{each}</a><span>2025-0{n + 1}-11</span></li>'
        for n, each in enumerate(_TITLES)
    )
    + "</ul>"
)
_BROKEN: dict[str, tuple[str, tuple[str, ...], Break]] = {
    "press and drag": ("blocked", (), _said("访问验证：请按住滑块，拖动到最右边完成拼图")),
    "staff alone": ("blocked", (), _said("该栏目仅限校内访问，请使用统一身份认证登录后查看。")),
    "another region": ("blocked", (), _said("抱歉，您所在的地区暂时无法访问该内容。")),
    "the request looks like an attack": (
        "blocked",
        (),
        _said("您的请求疑似存在威胁，已被网站防火墙拦截。事件ID：8837-ab19"),
    ),
    "members read on": ("blocked", (), _kept((0, 0.4), "剩余60%内容，开通会员后可阅读全文")),
    "masked from the middle": ("blocked", (), _masked),
    "built anew": ("transient", (), _said("网站正在升级改造，暂时无法访问，敬请期待。")),
    "unavailable": (
        "transient",
        (),
        _alone(
            "<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center><hr><center>nginx</center></body></html>"
        ),
    ),
    "no database": ("transient", (), _said("数据库连接失败，请稍后重试或联系管理员。")),
    "an error in JSON": ("transient", (), _alone('{"code":500,"msg":"系统异常，请稍后再试","data":null}')),
    "taken down": ("gone", (), _said("抱歉，您要查看的内容已下架或已被删除。")),
    "not found": (
        "gone",
        (),
        _alone(
            "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx/1.18.0</center></body></html>"
        ),
    ),
    "the column has moved": ("gone", ("structure_changed",), _said("本栏目已停止更新，请访问新版网站。")),
    "a list of news instead": ("structure_changed", ("gone", "empty"), _said(_LIST)),
    "another document under the frame": ("structure_changed", (), _said(_OTHER)),
    "the second half alone": ("structure_changed", (), _kept((0.5, 1), "")),
    "the first half, closed": ("structure_changed", ("transient",), _kept((0, 0.55), "")),
    "nothing drawn yet": ("empty", ("structure_changed",), _said('<span class="loading"></span>')),
    "a script first": (
        "blocked",
        ("empty",),
        _alone(
            "<html><head></head><body><script>document.cookie='__jsl_clearance='+(function(){return 1+1})();location.reload();</script></body></html>"
        ),
    ),
    "another encoding": ("structure_changed", ("transient",), _garbled),
    "torn on the way": ("transient", ("structure_changed", "empty"), _torn),
}
