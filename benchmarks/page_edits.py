"""Pairs made of real pages by a fixed rule of chance: a page as it was captured, and the same page with one edit.

The edit is drawn, not chosen: for each page three kinds (a change, a noise, and one of any) and within the kind the paragraph, the figure, the row or the place of the cut. Nobody looks at
a page before its pairs are judged. `python -m benchmarks.watch_pages --drawn FOLDER` draws from the pages (`*.html`) below a folder; `--seed=N` draws others.
"""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks.watch_mutations import Expected
from benchmarks.written_pairs import Written

Edit = Callable[[LexborNode, LexborNode, random.Random], bool]
"""Edit of a page: its body, the element of its text, chance; whether it found its place."""

_FIGURE = re.compile(
    r"\d+(?=(?:\.\d+)?(?:元|万元|亿元|日|个工作日|天|%|％|年|周岁|个月|人|户|平方米|家|项|倍|小时))"
)
_WORDS = (("应当", "可以"), ("可以", "应当"), ("不得", "可以"), ("以上", "以下"), ("不超过", "不少于"))
_FILES = (".doc", ".docx", ".xls", ".xlsx", ".pdf", ".wps", ".zip", ".rar")
_SENTENCE = "　　各区可以结合实际适当提高标准，并报市人民政府备案。"
_NEIGHBOURS = (
    "关于开展2025年度春季招聘活动的公告",
    "市召开安全生产工作会议",
    "我市举办政策宣讲会",
    "关于公布第三批试点名单的通知",
)
_WALLS = {
    "a captcha": ("请完成安全验证后继续访问：拖动滑块完成拼图", "blocked", ()),
    "login first": ("您访问的内容需要登录后查看，请先登录。用户名 密码 登录", "blocked", ()),
    "too many visits": ("当前访问人数过多，系统繁忙，请稍后再试。", "transient", ("blocked",)),
    "maintenance": ("系统升级维护中，暂停服务，由此带来的不便敬请谅解。", "transient", ()),
    "taken off": ("您访问的页面不存在或已被删除，5秒后返回首页。", "gone", ()),
    "nothing yet": ("", "empty", ("structure_changed",)),
}


def drawn(folder: Path, seed: int = 1) -> Iterator[Written]:
    """Yield the pairs drawn from the pages below a folder."""
    kinds = {**_CHANGES, **_NOISES}
    for path in sorted(folder.rglob("*.html")):
        page = path.read_text("utf-8")
        if text_of(LexborHTMLParser(page)) is None:
            continue
        chance = random.Random(f"{seed} {path.name}")
        names = [*shuffled(_CHANGES, chance), *shuffled(_NOISES, chance)]
        wanted = [
            names[: len(_CHANGES)],
            names[len(_CHANGES) :],
            shuffled([*kinds, *_WALLS, *_CUTS], chance),
        ]
        done: set[str] = set()
        for order in wanted:
            for name in order:
                if name not in done and (pair := _pair(page, path.stem, name, chance)):
                    done.add(name)
                    yield pair
                    break


def shuffled(names: dict[str, Edit] | list[str], chance: random.Random) -> list[str]:
    return chance.sample(list(names), len(names))


def _pair(page: str, on: str, name: str, chance: random.Random) -> Written | None:
    first, second = LexborHTMLParser(page), LexborHTMLParser(page)
    text, old = text_of(second), text_of(first)
    if text is None or old is None or first.body is None or second.body is None:
        return None
    if name in _CUTS:
        whole = str(first.html)
        inner = str(old.html)
        place = whole.index(inner) + int(len(inner) * chance.uniform(0.4, 0.95))
        closed = "</div></div></body></html>" if name == "cut, closed neatly" else ""
        torn = whole[:place].rsplit("<", 1)[0] + closed
        return Written(
            "refusal", name, on, Expected("structure_changed", ("transient",)), whole.encode(), torn.encode()
        )
    if name in _WALLS:
        words, due, also = _WALLS[name]
        text.inner_html = f"<p>{words}</p>"
        for script in second.css("script"):
            script.decompose()  # some pages hold their text there as well
        return Written(
            "refusal", name, on, Expected(due, also), str(first.html).encode(), str(second.html).encode()
        )
    if name in _BEFORE:
        _BEFORE[name](first.body, old, chance)
    if not {**_CHANGES, **_NOISES}[name](second.body, text, chance):
        return None
    kind, due = ("change", "changed") if name in _CHANGES else ("noise", "unchanged")
    return Written(kind, name, on, Expected(due), str(first.html).encode(), str(second.html).encode())


def text_of(page: LexborHTMLParser) -> LexborNode | None:
    """Return the innermost element that holds three quarters of the page's stops and commas; None where that is the whole body."""
    body = page.body
    if body is None:
        return None
    node, whole = body, _stops(body)
    while inner := next((each for each in node.iter() if _stops(each) >= 0.75 * whole > 0), None):
        if inner.tag in ("p", "span"):
            break
        node = inner
    return node if node.tag != "body" and whole >= 10 else None


def _stops(node: LexborNode) -> int:
    return sum(len(re.findall("[。；，]", str(each.text_content))) for each in words_of(node))


def words_of(within: LexborNode) -> list[LexborNode]:
    """Return the runs of words within an element that a reader sees."""
    found = [each for each in within.traverse(include_text=True) if each.tag == "-text"]
    hidden = ("script", "style")
    return [
        each
        for each in found
        if each.parent and each.parent.tag not in hidden and (each.text_content or "").strip()
    ]


def change(
    within: LexborNode, pattern: str | re.Pattern[str], put: Callable[[str], str], chance: random.Random
) -> bool:
    """Put other words in the place of one that matches, drawn among all."""
    places = [
        (each, found) for each in words_of(within) for found in re.finditer(pattern, str(each.text_content))
    ]
    if not places:
        return False
    node, found = chance.choice(places)
    said = str(node.text_content)
    node.replace_with(said[: found.start()] + put(found[0]) + said[found.end() :])
    return True


def _figure(_body: LexborNode, text: LexborNode, chance: random.Random) -> bool:
    return change(text, _FIGURE, lambda each: str(int(each) + chance.randint(1, 9)), chance)


def _word(_body: LexborNode, text: LexborNode, chance: random.Random) -> bool:
    table = dict(_WORDS)
    return change(text, "|".join(table), table.__getitem__, chance)


def _gone(tag: str, least: int) -> Edit:
    def edit(_body: LexborNode, text: LexborNode, chance: random.Random) -> bool:
        found = [each for each in text.css(tag) if len(each.text().strip()) >= least and not each.css(tag)]
        if len(found) < 3:
            return False
        chance.choice(found[1:]).decompose()
        return True

    return edit


def _more(_body: LexborNode, text: LexborNode, chance: random.Random) -> bool:
    found = [each for each in text.css("p") if len(each.text().strip()) >= 15]
    if not found:
        return False
    after(chance.choice(found), f"<p>{_SENTENCE}</p>")
    return True


def _file(body: LexborNode, _text: LexborNode, chance: random.Random) -> bool:
    found = [each for each in body.css("a[href]") if str(each.attributes["href"]).lower().endswith(_FILES)]
    if not found:
        return False
    link = chance.choice(found)
    stem, dot, ending = str(link.attributes["href"]).rpartition(".")
    link.attrs["href"] = f"{stem[:-1]}{chance.randint(10, 99)}{dot}{ending}"
    return True


def _fact(label: str) -> Edit:
    """Change the last digit behind a label outside the text."""

    def edit(body: LexborNode, text: LexborNode, _chance: random.Random) -> bool:
        inside = text.text()
        words = [each for each in words_of(body) if str(each.text_content).strip() not in inside]
        for place, each in enumerate(words):
            if re.search(label, str(each.text_content)):
                for value in words[place : place + 2]:
                    said = str(value.text_content)
                    if re.search(r"\d", said):
                        value.replace_with(
                            re.sub(r"\d(?=\D*$)", lambda one: str((int(one[0]) + 3) % 10), said)
                        )
                        return True
        return False

    return edit


def put(place: Callable[[LexborNode, str], None], html: str) -> Edit:
    def edit(_body: LexborNode, text: LexborNode, _chance: random.Random) -> bool:
        place(text, html)
        return True

    return edit


def at_top(html: str) -> Edit:
    def edit(body: LexborNode, _text: LexborNode, _chance: random.Random) -> bool:
        first = next(body.iter(), None)
        if first is not None:
            before(first, html)
        return first is not None

    return edit


def at_end(html: str) -> Edit:
    def edit(body: LexborNode, _text: LexborNode, _chance: random.Random) -> bool:
        inside(body, html)
        return True

    return edit


def made(html: str) -> LexborNode:
    body = LexborHTMLParser(f"<html><body>{html}</body></html>").body
    assert body is not None
    return next(body.iter())


def before(node: LexborNode, html: str) -> None:
    node.insert_before(made(html))


def after(node: LexborNode, html: str) -> None:
    node.insert_after(made(html))


def inside(node: LexborNode, html: str) -> None:
    node.insert_child(made(html))


def first_inside(node: LexborNode, html: str) -> None:
    first = next(node.iter(), None)
    before(first, html) if first is not None else inside(node, html)


def _links(names: tuple[str, ...], label: str = "相关链接") -> str:
    items = "".join(f'<li><a href="/content/post_{_number_of(name)}.html">{name}</a></li>' for name in names)
    return f'<div class="related"><h3>{label}</h3><ul>{items}</ul></div>'


def _number_of(name: str) -> int:
    """Return a number for a name, the same on every run."""
    return sum(ord(each) * pow(31, place, 10**7) for place, each in enumerate(name)) % 10**7


def _neighbours(one: str, two: str) -> str:
    return f'<div class="page-turn"><p>上一篇：<a href="/a/{_number_of(one)}.html">{one}</a></p><p>下一篇：<a href="/a/{_number_of(two)}.html">{two}</a></p></div>'


_COUNTER = '<div class="info"><span>来源：本网</span><span>浏览次数：<i id="hits">{}</i></span></div>'
_SHARE = '<div class="bdshare">分享到：<a href="#">微信</a><a href="#">微博</a><a href="#">QQ空间</a><a href="#">打印</a></div>'
_BANNER = '<div class="site-tip">公告：本网站将于3月5日22:00至24:00进行系统维护，期间访问可能中断。</div>'
_FOOT = '<div class="ft"><p>版权所有：市人民政府办公厅　备案号：粤ICP备{}号　网站标识码：4401000099</p></div>'
_CHANGES: dict[str, Edit] = {
    "a figure": _figure,
    "a word of duty": _word,
    "a paragraph gone": _gone("p", 15),
    "a row gone": _gone("tr", 4),
    "a sentence more": _more,
    "an annex is another file": _file,
    "a number in the head": _fact("文号|发文字号"),
    "a day in the head": _fact("成文日期|生成日期|施行日期|实施日期|失效日期"),
    "a line above the text": put(first_inside, "<p>（本文件自2026年1月1日起停止执行）</p>"),
    "a line above its element": put(before, '<div class="tip">本文件已于2026年1月1日废止</div>'),
    "a line below the text": put(inside, "<p>　　注：本文件有效期延长至2027年12月31日。</p>"),
    "a line below its element": put(after, '<div class="note">本文件第三条自2026年3月1日起停止执行。</div>'),
}
_NOISES: dict[str, Edit] = {
    "the counter": put(before, _COUNTER.format(1187)),
    "the neighbours": put(after, _neighbours(*_NEIGHBOURS[2:])),
    "a bar to share": put(after, _SHARE),
    "a banner of the site": at_top(_BANNER),
    "related links in another order": put(after, _links(_NEIGHBOURS[::-1])),
    "related links are others": put(after, _links(_NEIGHBOURS[1:])),
    "the foot of the site": at_end(_FOOT.format("20260012")),
    "recommended, new": put(after, _links(_NEIGHBOURS, "猜你喜欢")),
}
_BEFORE: dict[str, Edit] = {
    "the counter": put(before, _COUNTER.format(1034)),
    "the neighbours": put(after, _neighbours(*_NEIGHBOURS[:2])),
    "related links in another order": put(after, _links(_NEIGHBOURS)),
    "related links are others": put(after, _links(_NEIGHBOURS[:3])),
    "the foot of the site": at_end(_FOOT.format("05041219")),
}
_CUTS = ("cut", "cut, closed neatly")
