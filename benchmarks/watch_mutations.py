"""What happens to a page between two checks: real changes, noise around and inside the text, cuts, walls and errors."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from benchmarks.watch_layouts import Around, Doc, documents

Render = Callable[[Doc, Around], bytes]
Make = Callable[[Doc, Render], tuple[bytes, bytes] | None]


class Expected(NamedTuple):
    """What tracking has to say of the second page."""

    outcome: str
    also: tuple[str, ...] = ()
    """Other right answers."""


class Mutation(NamedTuple):
    """One thing that happens to a page."""

    kind: str
    name: str
    expected: Expected
    make: Make
    documents: tuple[str, ...] | None = None
    """Documents it fits; None for all."""


CHANGED, UNCHANGED, GONE, WAIT, WALL, LOOK = map(
    Expected, ("changed", "unchanged", "gone", "transient", "blocked", "structure_changed")
)


def changed(change: Callable[[Doc], Doc]) -> Callable[[Doc, Render], tuple[bytes, bytes] | None]:
    def make(doc: Doc, render: Render) -> tuple[bytes, bytes] | None:
        new = change(doc)
        return None if new == doc else (render(doc, Around()), render(new, Around()))

    return make


def swap(*pairs: tuple[str, str]) -> Callable[[Doc], Doc]:
    """Return an edit that puts the second words of each pair in the place of the first."""

    def change(doc: Doc) -> Doc:
        lines = doc.lines
        for old, new in pairs:
            lines = tuple(line.replace(old, new, 1) for line in lines)
        return doc._replace(lines=lines)

    return change


def without(words: str) -> Callable[[Doc], Doc]:
    return lambda doc: doc._replace(lines=tuple(line for line in doc.lines if words not in line))


def behind(words: str, *added: str) -> Callable[[Doc], Doc]:
    """Return an edit that puts lines behind the line that holds some words."""

    def change(doc: Doc) -> Doc:
        lines: list[str] = []
        for line in doc.lines:
            lines += [line, *added] if words in line else [line]
        return doc._replace(lines=tuple(lines))

    return change


def facts_as(value: str, *labels: str) -> Callable[[Doc], Doc]:
    wanted = set(labels)
    return lambda doc: doc._replace(
        facts=tuple((k, value if k.replace("　", "") in wanted else v) for k, v in doc.facts)
    )


def shown(old: Around, new: Around) -> Callable[[Doc, Render], tuple[bytes, bytes]]:
    return lambda doc, render: (render(doc, old), render(doc, new))


def last(old: str, new: str) -> tuple[Around, Around]:
    return Around(last=old), Around(last=new)


def first(old: str, new: str) -> tuple[Around, Around]:
    return Around(first=old), Around(first=new)


def above(old: str, new: str) -> tuple[Around, Around]:
    return Around(above=old), Around(above=new)


def below(old: str, new: str) -> tuple[Around, Around]:
    return Around(below=old), Around(below=new)


def titles(*names: str) -> str:
    return (
        "<ul>"
        + "".join(f"<li><a href='/a/{n}.html'>{name}</a></li>" for n, name in enumerate(names))
        + "</ul>"
    )


def cut(share: float) -> Callable[[Doc, Render], tuple[bytes, bytes]]:
    """Return the page cut off at a share of its text, as a connection that closes leaves it."""

    def make(doc: Doc, render: Render) -> tuple[bytes, bytes]:
        first = render(doc, Around())
        other = render(doc._replace(lines=("", *doc.lines[1:])), Around())
        begin = next(n for n, (one, two) in enumerate(zip(first, other, strict=False)) if one != two)
        tail = render(doc, Around(last="\x00"))
        end = next(n for n, (one, two) in enumerate(zip(first, tail, strict=False)) if one != two)
        return first, first[: begin + int((end - begin) * share)]

    return make


def half(rest: str, share: float = 0.55) -> Callable[[Doc, Render], tuple[bytes, bytes]]:
    """Return the first part of the text on a whole page, with some words behind it."""

    def make(doc: Doc, render: Render) -> tuple[bytes, bytes]:
        kept = doc.lines[: max(2, int(len(doc.lines) * share))]
        half = doc._replace(lines=kept, signed=(), annexes=())
        return render(doc, Around()), render(half, Around(last=rest))

    return make


def masked(mask: Callable[[str], str]) -> Callable[[Doc, Render], tuple[bytes, bytes]]:
    def make(doc: Doc, render: Render) -> tuple[bytes, bytes]:
        middle = len(doc.lines) // 2
        lines = tuple(
            line if n < middle or line.startswith("<") else mask(line) for n, line in enumerate(doc.lines)
        )
        return render(doc, Around()), render(doc._replace(lines=lines), Around())

    return make


def instead(*lines: str, title: str | None = None) -> Callable[[Doc, Render], tuple[bytes, bytes]]:
    """Return a page of the same layout with other words in the place of the document; its title stays unless given."""

    def make(doc: Doc, render: Render) -> tuple[bytes, bytes]:
        other = doc._replace(
            title=title if title is not None else doc.title, number="", lines=lines, signed=(), annexes=()
        )
        if title:
            other = other._replace(heading=title, facts=())
        return render(doc, Around()), render(other, Around())

    return make


def plain(page: str) -> Callable[[Doc, Render], tuple[bytes, bytes]]:
    return lambda doc, render: (render(doc, Around()), page.encode())


def with_noise(change: Callable[[Doc], Doc]) -> Callable[[Doc, Render], tuple[bytes, bytes] | None]:
    """Return a change that comes together with counters, a rail and another day."""

    def make(doc: Doc, render: Render) -> tuple[bytes, bytes] | None:
        new = change(doc)
        old = Around(
            top="今天是2026年1月1日", last="<p>浏览次数：12</p>", below="<div><p>要闻一则。</p></div>"
        )
        later = Around(
            top="今天是2026年2月2日",
            last="<p>浏览次数：99</p>",
            below="<div><p>要闻两则，各地抓落实；详见正文。</p></div>",
        )
        return None if new == doc else (render(doc, old), render(new, later))

    return make


def fact(values: Mapping[str, str]) -> Callable[[Doc], Doc]:
    """Return an edit of what the page declares: new values by labels, written with or without blanks."""

    def value(label: str, old: str) -> str:
        return values.get(label, values.get(label.replace("　", "").replace(" ", ""), old))

    return lambda doc: doc._replace(facts=tuple((label, value(label, old)) for label, old in doc.facts))


def rewritten(rewrite: Callable[[str], str]) -> Make:
    """Return the page once more with other markup around the same words."""

    def make(doc: Doc, render: Render) -> tuple[bytes, bytes] | None:
        page = render(doc, Around()).decode()
        other = rewrite(page)
        return None if other == page else (page.encode(), other.encode())

    return make


def alone(title: str, *words: str, more: str = "") -> Make:
    """Return a page of a site that holds a message and nothing else."""
    body = "".join(f"<p>{each}</p>" for each in words)
    return plain(
        f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><div>{body}</div>{more}</body></html>"
    )


DOCUMENTS = documents("first")
_SIGNED = ("opinion", "plan", "notice")


def _edit(change: Callable[[Doc], Doc]) -> Make:
    def make(doc: Doc, render: Render) -> tuple[bytes, bytes] | None:
        changed = change(doc)
        return None if changed == doc else (render(doc, Around()), render(changed, Around()))

    return make


def _around(old: Around, new: Around) -> Make:
    return lambda doc, render: (render(doc, old), render(doc, new))


def _second(page: Callable[[Doc, bytes], bytes | None]) -> Make:
    def make(doc: Doc, render: Render) -> tuple[bytes, bytes] | None:
        first = render(doc, Around())
        second = page(doc, first)
        return None if second is None else (first, second)

    return make


def _line(doc: Doc, place: int, change: Callable[[str], str | None]) -> Doc:
    lines = list(doc.lines)
    place = place % len(lines)
    changed = change(lines[place])
    lines[place : place + 1] = [] if changed is None else [changed]
    return doc._replace(lines=tuple(lines))


def _swap(old: str, new: str) -> Callable[[Doc], Doc]:
    return lambda doc: doc._replace(lines=tuple(line.replace(old, new, 1) for line in doc.lines))


def _clause_place(doc: Doc) -> int:
    return next(n for n, line in enumerate(doc.lines) if line.startswith(("三、", "第三条")))


def _fact(labels: tuple[str, ...], value: str) -> Callable[[Doc], Doc]:
    return lambda doc: doc._replace(
        facts=tuple((label, value if label in labels else old) for label, old in doc.facts)
    )


def _moved_cell(doc: Doc) -> Doc:
    return _swap("<td>30万元</td><td></td>", "<td></td><td>30万元</td>")(doc)


def _other_file(doc: Doc) -> Doc:
    return doc._replace(
        annexes=tuple((label, target.replace("001.", "009.")) for label, target in doc.annexes)
    )


_CHANGES: tuple[tuple[str, Callable[[Doc], Doc], tuple[str, ...] | None], ...] = (
    ("a figure", lambda doc: _swap("80%", "2%")(_swap("1000元", "100元")(_swap("8000元", "800元")(_swap("200万元", "20万元")(doc)))), None),
    ("a deadline", lambda doc: _swap("15个工作日", "20个工作日")(_swap("30日内", "60日内")(_swap("每月5日", "每月9日")(_swap("20日内", "30日内")(doc)))), None),
    ("a duty softened", _swap("应当", "可以"), None),
    ("one comma", _swap("；", "，"), ("opinion", "statute")),
    ("a clause dropped", lambda doc: _line(doc, _clause_place(doc), lambda _: None), None),
    ("a clause added", lambda doc: _line(doc, _clause_place(doc), lambda line: line + "</p><p>新增一款，应当公开办理结果。"), None),
    ("a clause rewritten", lambda doc: _line(doc, _clause_place(doc), lambda line: line[:3] + "改为由市发展改革委统筹实施，另行制定细则。"), None),
    ("the last provision dropped", lambda doc: _line(doc, -1, lambda _: None), _SIGNED),
    ("the date", lambda doc: doc._replace(signed=(*doc.signed[:-1], doc.signed[-1].replace("2024年", "2025年"))), _SIGNED),
    ("the number in the text", lambda doc: doc._replace(number=doc.number.replace("2024", "2025")), _SIGNED),
    ("validity declared outside", _fact(("有效性", "时效性"), "已废止"), None),
    ("number declared outside", _fact(("发文字号", "文号"), "某府规〔2024〕99号"), None),
    ("commencement declared outside", _fact(("施行日期",), "2023-09-01"), ("statute",)),
    ("title suffix outside", lambda doc: doc._replace(heading=doc.title + "（已废止）"), None),
    ("a figure moves to the next column", _moved_cell, ("plan",)),
    ("an annex leads to another file", _other_file, ("plan", "notice")),
    ("the organiser", _swap("承办单位：某区文化馆", "承办单位：某区图书馆"), ("plan",)),
    ("the body", lambda doc: _swap("市卫生健康委", "市医保局")(_swap("市公安交通管理部门", "市城管部门")(_swap("各街道办事处", "各镇人民政府")(_swap("市财政局复审", "市审计局复审")(doc)))), None),
)  # fmt: skip

_N = "unchanged"
_NOISES: tuple[tuple[str, Around, Around], ...] = (
    ("counter above", Around(above="<p>浏览次数：12</p>"), Around(above="<p>浏览次数：1301</p>")),
    ("counter in the block", Around(last="<p>本文已被浏览1234次</p>"), Around(last="<p>本文已被浏览1301次</p>")),
    ("likes", Around(last="<p>点赞(12) 收藏(3) 转发(9)</p>"), Around(last="<p>点赞(13) 收藏(4) 转发(10)</p>")),
    ("readers", Around(last="<p>已有235人阅读</p>"), Around(last="<p>已有301人阅读</p>")),
    ("neighbours", Around(last="<p>上一篇：某市通知</p><p>下一篇：没有了</p>"), Around(last="<p>上一篇：某市公告</p><p>下一篇：某市决定</p>")),
    ("related titles", Around(last="<p>相关阅读</p><ul><li><a href='/1'>某市人民政府关于防汛工作的通知</a></li></ul>"), Around(last="<p>相关阅读</p><ul><li><a href='/2'>某市人民政府关于教育工作的意见</a></li></ul>")),
    ("related below", Around(below="<div class='related'><p>热门推荐</p><p>新闻一</p></div>"), Around(below="<div class='related'><p>热门推荐</p><p>新闻二</p></div>")),
    ("tools", Around(last="<p>打印本页 关闭窗口 字体：大 中 小</p>"), Around(last="<p>【打印】【收藏】【分享】 听全文 A+ A-</p>")),
    ("imprint", Around(last="<p>责任编辑：张三</p>"), Around(last="<p>责任编辑：李四 审核：王五</p>")),
    ("summary", Around(first="<p>内容摘要：支持健康服务业发展。</p>"), Around(first="<p>内容摘要：八项举措促进健康服务业，含资助与审批。</p>")),
    ("source line", Around(first="<p>来源：某市人民政府 发布时间：2024-03-06 10:00</p>"), Around(first="<p>来源：市府办 发布时间：2024-03-07 09:00</p>")),
    ("weather and day", Around(top="今天是2026年1月1日 晴 3℃"), Around(top="今天是2026年2月9日 多云 11℃")),
    ("updated at", Around(last="<p>最后更新时间：2026-01-01 08:00:00</p>"), Around(last="<p>最后更新时间：2026-01-09 12:30:00</p>")),
    ("token", Around(script="<script>var t='a1'</script>"), Around(script="<script>var t='b2'</script><meta name='csrf' content='x'>")),
    ("comments", Around(below="<div class='comment-list'><p>网友甲：支持！</p></div>"), Around(below="<div class='comment-list'>" + "".join(f"<p>网友{n}：这项政策很好，希望早日落实，惠及更多群众；建议增加网点。</p>" for n in range(12)) + "</div>")),
    ("dialog", Around(), Around(below="<div class='modal'>" + "".join(f"<p>温馨提示：本网站使用必要的信息以改进服务，第{n}项，请您知悉；继续浏览即表示同意。</p>" for n in range(10)) + "</div>")),
    ("news rail", Around(below="<div class='sidebar'><p>要闻</p></div>"), Around(below="<div class='sidebar'>" + "".join(f"<p>要闻{n}：市领导调研重点项目建设，强调要抓好落实；各部门汇报了情况。</p>" for n in range(12)) + "</div>")),
    ("QR line", Around(), Around(last="<p>扫一扫在手机打开当前页</p>")),
)  # fmt: skip


def _signature_counter(doc: Doc, render: Render) -> tuple[bytes, bytes] | None:
    if len(doc.signed) != 2:
        return None
    pages = [
        render(doc._replace(signed=(f"{doc.signed[0]} 阅读：{n}", doc.signed[1])), Around())
        for n in (120, 121)
    ]
    return pages[0], pages[1]


def _cut(share: float) -> Callable[[Doc, bytes], bytes]:
    def page(doc: Doc, first: bytes) -> bytes:
        text = first.decode()
        begin = text.index(doc.lines[0][:8])
        end = text.index((doc.lines[-1])[:10])
        return text[: begin + int((end - begin) * share)].encode()

    return page


def _half(rest: str) -> Callable[[Doc, bytes], bytes]:
    def page(doc: Doc, first: bytes) -> bytes:
        text = first.decode()
        middle = text.index(doc.lines[len(doc.lines) * 6 // 10][:12])
        middle = text.rindex("<p>", 0, middle + 1) if "<p>" in text[:middle] else middle
        last = doc.signed[-1] if doc.signed else doc.lines[-1]
        end = text.index(last) + len(last)
        return (text[:middle] + rest + text[end:]).encode()

    return page


def _masked(sign: str) -> Callable[[Doc, bytes], bytes]:
    def page(doc: Doc, first: bytes) -> bytes:
        text = first.decode()
        for line in doc.lines[len(doc.lines) // 2 :]:
            if not line.startswith("<"):
                text = text.replace(line, line[:4] + sign * (len(line) - 4))
        return text.encode()

    return page


def _instead(words: str) -> Callable[[Doc, bytes], bytes]:
    """Return a page of the same layout whose block holds other paragraphs."""

    def page(doc: Doc, first: bytes) -> bytes:
        text = first.decode()
        lines = [doc.title, doc.number, *doc.lines, *doc.signed, *(label for label, _ in doc.annexes)]
        begin = text.index(f"<p>{doc.title}</p>")
        last = doc.signed[-1] if doc.signed else doc.lines[-1]
        end = text.index(last, begin) + len(last) + 4
        _ = lines
        return (text[:begin] + words.replace("{title}", doc.title) + text[end:]).encode()

    return page


def _plain(words: str) -> Callable[[Doc, bytes], bytes]:
    return lambda _doc, _first: words.encode()


_RULES = "<p>{title}</p>" + "".join(
    f"<p>{n}. 用户在使用本平台服务时应当遵守平台规则第{n}项，妥善保管账号。</p>" for n in range(1, 31)
)
_OTHER = "<p>某市防汛应急预案</p><p>某应急〔2022〕7号</p>" + "".join(
    f"<p>{'一二三四五六七八'[n]}、启动应急响应第{n}级，转移安置群众，抢修水毁工程并统计灾情损失。</p>"
    for n in range(8)
)
_LONG_404 = "<p>抱歉，您访问的页面不存在或已被删除</p>" + "".join(
    f"<p>您可以返回首页，或者浏览以下栏目{n}：政务公开、办事服务、互动交流。</p>" for n in range(60)
)
_REFUSALS: tuple[tuple[str, Expected, Callable[[Doc, bytes], bytes | None]], ...] = (
    ("cut at 60 %, connection closed", Expected("transient"), _cut(0.6)),
    ("cut at 85 %, connection closed", Expected("transient"), _cut(0.85)),
    ("half a page, tags closed", Expected("structure_changed"), _half("")),
    ("half a page, then a wall", Expected("blocked"), _half("<p>……登录后查看全文</p>")),
    ("half a page, then a paywall", Expected("blocked"), _half("<p>剩余40%内容需付费阅读</p>")),
    ("half a page, then folded", Expected("blocked", ("structure_changed",)), _half("<p>点击展开全文</p>")),
    ("masked by stars", Expected("blocked"), _masked("*")),
    ("masked by blocks", Expected("blocked"), _masked("█")),
    ("rules of the site under the title", Expected("structure_changed"), _instead(_RULES)),
    ("another document", Expected("structure_changed"), _instead(_OTHER)),
    ("login in the block", Expected("blocked"), _instead("<p>请先登录后访问</p>")),
    ("long soft 404", Expected("gone"), _instead(_LONG_404)),
    ("short soft 404", Expected("gone"), _plain("<html><body><div><p>您访问的页面不存在</p></div></body></html>")),
    ("captcha", Expected("blocked"), _plain("<html><head><title>安全验证</title></head><body><p>访问过于频繁，请输入验证码</p></body></html>")),
    ("script challenge", Expected("blocked"), _plain("<html><script>document.cookie='__jsl_clearance=1'</script><body></body></html>")),
    ("maintenance", Expected("transient"), _plain("<html><body><div><p>网站维护中，请稍后再试。</p></div></body></html>")),
    ("maintenance in the block", Expected("transient"), _instead("<p>系统升级维护，服务暂时不可用，给您带来不便敬请谅解。</p>")),
    ("error of the server", Expected("transient"), _plain("<html><body><h1>502 Bad Gateway</h1><p>nginx</p></body></html>")),
    ("filled in by a script", Expected("empty"), _plain("<html><body><div id='app'></div><script src='/a.js'></script></body></html>")),
    ("nothing in the block", Expected("empty", ("structure_changed",)), _instead("")),
    ("firewall", Expected("blocked"), _plain("<html><body><h2>您的请求被拦截</h2><p>事件编号 9f8e7d，如有疑问请联系管理员。</p></body></html>")),
)  # fmt: skip

MUTATIONS: tuple[Mutation, ...] = (
    *(Mutation("change", name, CHANGED, _edit(change), documents) for name, change, documents in _CHANGES),
    Mutation("change", "a line of repeal above the text", CHANGED, _around(Around(), Around(above="<p>【本文件已废止】</p>"))),
    Mutation("change", "a line of expiry above the text", CHANGED, _around(Around(), Around(above="<p>该文件自2025年12月31日起失效</p>"))),
    *(Mutation("noise", name, Expected(_N), _around(old, new)) for name, old, new in _NOISES),
    Mutation("noise", "counter in the signature", Expected(_N), _signature_counter, _SIGNED),
    *(Mutation("refusal", name, expected, _second(page)) for name, expected, page in _REFUSALS),
)  # fmt: skip
