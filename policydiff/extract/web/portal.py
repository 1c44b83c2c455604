"""Statements of a page about its document: meta tags, the table of facts, the headline.

Also links to parts of the document on other pages or in attachments.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.extract.reading import Pairs, Remark, RemarkKind
from policydiff.extract.web.appearance import BLOCKS, is_hidden
from policydiff.extract.web.grids import heads_and_values
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.furniture import page_labels
from policydiff.lexicon.titles import reads_as_title

_FACT_LENGTH, _STATUS_LENGTH = 300, 60
"""Most characters of a line with a fact of the document (ten issuing bodies take 200), and of a note that the text has ended."""
_HEAD_LINES = 12
"""Lines from the top among which the document number stands; further down, numbers are citations."""
_TITLE_PARTS = re.compile(r"\s*(?:[_|｜]+|\s[-–—]+\s|[-–—](?=[^-–—]{2,30}(?:[-–—]|$)))\s*")
_STATUS = re.compile(
    r"[【\[（(★*※]{0,3}(?:提示|注|特别提示|温馨提示|效力状态|说明)?[：:]?(?:本|该|此)?(?:规范性|行政规范性)?(?:文件|文|办法|规定|条例|通知|意见|方案|细则|规划|决定|法规|规章|政策|措施|标准|页面文件)"
    r"(?:已经?|现已|业已|已于.{2,24}|自.{2,24}起|于.{2,24}|被.{2,30})(?:宣布|予以|同时|明令)?(?:废止|失效|停止执行|修订|修改|代替|替代|取代|到期失效)[^；]{0,20}[】\]）)★*※。]{0,3}"
    r"|[【\[（(](?:已?废止|已?失效|全文废止|全文失效|部分失效|已修改|尚未施行)[】\]）)]"
)
_ORDER = re.compile(r"[一-鿿]{2,30}令")


class Portals(NamedTuple):
    """The lists of `portals.toml`."""

    content: tuple[str, ...]
    meta: tuple[str, ...]
    titles: tuple[str, ...]
    noise: tuple[str, ...]
    aside: tuple[str, ...]


@cache
def portals() -> Portals:
    """Load `portals.toml`."""
    data = tomllib.loads(files("policydiff.extract.web").joinpath("portals.toml").read_text("utf-8"))
    return Portals(**{name: tuple(data[name]) for name in Portals._fields})


def facts(tree: LexborHTMLParser, lines: Sequence[str]) -> Pairs:
    """Return the labelled facts of a page, with the first value of each label; `lines` is the document's text.

    A document number on a line of its own at the head of the document is a fact too, because there (and not in a
    sentence) it is the document's own number (GB/T 9704, 发文字号).
    """
    found: dict[str, str] = {}
    for name, value in (*_meta_tags(tree), *_labelled(short_blocks(tree))):
        found.setdefault(page_labels().get(name, name), value)
    if "发文字号" not in found and (number := _stated_number(lines[:_HEAD_LINES])):
        found["发文字号"] = number
    if status := _stated_status(tree):
        # A line that states the status is preferred to the table of facts, which some portals never update.
        found["有效性"] = status
    return tuple(found.items())


def _stated_status(tree: LexborHTMLParser) -> str | None:
    """Return the line of a page that declares the repeal of its document: 【本文件已废止】; words inside sentences and links do not count."""
    if tree.body is None:
        return None
    stack: list[LexborNode] = [tree.body]
    while stack:
        node = stack.pop()
        if is_hidden(node) or node.tag == "a":
            continue
        stack.extend(reversed(list(node.iter())))
        words = "".join(node.text(deep=False).split())
        if 4 <= len(words) <= _STATUS_LENGTH and _STATUS.fullmatch(words):
            return words
    return None


def is_labelled(line: str) -> bool:
    """Return whether a line is a fact beside the document: a label and its value, such as 索引号：000/2019."""
    found = _label_pattern().match(line)
    return found is not None and len(line) <= _FACT_LENGTH


def page_title(tree: LexborHTMLParser, stated: dict[str, str]) -> str | None:
    """Return the title that a page declares, without the site's name; None if the page does not show this title."""
    for name in portals().titles:
        if stated.get(name) and (name != "名称" or reads_as_title(stated[name])):
            return stated[name]
    declared, body = tree.css_first("title"), tree.body
    if declared is None or body is None:
        return None
    shown = "".join(body.text().split())
    title = " ".join(declared.text().split())
    ends = [found.span() for found in _TITLE_PARTS.finditer(title)]
    parts = [
        title,
        *(title[:start] for start, _ in reversed(ends)),
        *(title[end:] for _, end in ends),
        *_TITLE_PARTS.split(title),
    ]
    found = [part for part in parts if part and "".join(part.split()) in shown]
    # The site's name may come first in the title, and every page shows it.
    named = next(filter(reads_as_title, found), None) or next(iter(found), None)
    if named is None or reads_as_title(named) or any(line == named for line in short_blocks(tree)):
        return named
    return next((" ".join(each.text().split()) for each in tree.css("h1")), None) or named


def _meta_tags(tree: LexborHTMLParser) -> Iterable[tuple[str, str]]:
    wanted = {name.lower(): name for name in portals().meta}
    for node in tree.css("meta[name]"):
        name = wanted.get((node.attributes.get("name") or "").lower())
        content = (node.attributes.get("content") or "").strip()
        if name and content:
            yield name, content


def short_blocks(tree: LexborHTMLParser) -> Iterable[str]:
    """Yield the text of the innermost blocks in order, including empty cells, because an empty cell is a fact without a value."""
    if tree.body is None:
        return
    stack: list[LexborNode] = [tree.body]
    while stack:
        node = stack.pop()
        if is_hidden(node):
            continue
        facing = heads_and_values(node) if node.tag == "table" else []
        if facing and all(_bare(label) in page_labels() for label, _ in facing):
            yield from chain(*facing)
            continue
        children = list(node.iter())
        if any(child.tag in BLOCKS or child.css_first("td, li, p, div, dd") for child in children):
            stack.extend(reversed(children))
        else:
            # A label may begin at the boundary of two elements.
            text = " ".join(node.text(separator=_PIECE).split()).strip(f" {_PIECE}")
            yield text if len(text) <= _FACT_LENGTH else ""


def _labelled(blocks: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield the labels and values of `发文字号：国发〔2019〕5号`, and of a label in one cell or piece of a line with its value in the next."""
    label_of = _label_pattern()
    known = page_labels()
    pending: str | None = None
    for block in blocks:
        marks = list(label_of.finditer(block))
        if pending and block and not marks and _bare(block) not in known:
            yield pending, _whole(block)
        pieces = [piece for piece in map(str.strip, block.split(_PIECE)) if piece]
        if not marks and len(pieces) > 1 and _bare(pieces[0]) in known:
            yield from _labelled(pieces)
            continue
        pending = _bare(block) if _bare(block) in known else None
        for mark, following in zip(marks, [*marks[1:], None], strict=False):
            value = _whole(block[mark.end() : following.start() if following else len(block)])
            if value:
                yield _bare(mark.group()), value


_PIECE = "\u241f"
"""Character that separates the pieces of a line."""


_OTHER_FACT = re.compile(r"\s*(?:[^：:\s]{2,8}\s?[：:]|\d{4}\s?[年/.-])")


def _whole(words: str) -> str:
    """Return a value of several pieces, up to the piece with which another fact begins: an unknown label, or a date after a name."""
    value = ""
    for piece in words.split(_PIECE):
        if value.strip() and _OTHER_FACT.match(piece):
            break
        value += piece
    return value.strip()


def _bare(text: str) -> str:
    return re.sub(rf"[\s{_PIECE}:：【】\[\]]+", "", text) if len(text) < 40 else text


@cache
def _label_pattern() -> re.Pattern[str]:
    labels = sorted(page_labels(), key=len, reverse=True)
    return re.compile(
        rf"(?:^|(?<=[\s{_PIECE}]))[【\[]?(?:"
        + "|".join(rf"[\s{_PIECE}]{{0,3}}".join(label) for label in labels)
        + rf")[】\]]?[\s{_PIECE}]{{0,3}}[:：]"
    )


def _stated_number(lines: Sequence[str]) -> str | None:
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        words = line + following if _ORDER.fullmatch("".join(line.split())) else line
        number = None if words.endswith("件") else DocumentNumber.parse(words)
        if number is not None and not number.lacks_body:
            return str(number)
    return None


_NEXT = re.compile(r"[\[【（(]?(?:下一?[页頁]|后一?[页頁]|next(?:page)?)[\]】）)]?[>＞»›→]*", re.IGNORECASE)
_WHOLE = re.compile(
    r"[\[【（(]?(?:点击|点此|继续)?(?:(?:阅读|查看|浏览|展开|显示)(?:余下|剩余|完整)?|余下|剩余)(?:全文|内容)[\]】）)]?[>＞»›→]*"
)
_PREVIOUS = re.compile(
    r"[<＜«‹←]*[\[【（(]?(?:上一?[页頁]|前一?[页頁]|prev(?:ious)?(?:page)?)[\]】）)]?", re.IGNORECASE
)
_PAGED = re.compile(
    r"createPageHTML\w*\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*[\"']([\w./-]{1,80})[\"']\s*,\s*[\"'](\w{2,5})[\"']",
    re.IGNORECASE,
)
"""Script call by which TRS platforms write page links: number of pages, number of this page (from 0), name and ending."""
_PRINTED_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|rtf)(?:$|[?#])", re.IGNORECASE)
_TEXT_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|rtf|html?)(?:$|[?#])", re.IGNORECASE)
_IS_TEXT = re.compile(
    r"办法|规定|细则|条例|方案|意见|计划|规划|纲要|措施|目录|清单|指南|规则|标准|章程|正文|全文|通知|公告|决定|政策"
)
_FORM = re.compile(r"申请表|登记表|汇总表|报名表|回执|样表|表格|联系人|名单|模板")
_SHORT = 400
"""Characters below which a page with an attachment is only a notice of the attachment, not the document."""
_NAMED, _MOST_FRAMES = 5, 10
"""Most attachments, and most frames of a page, that warnings name."""


def other_pages(tree: LexborHTMLParser, root: LexborNode, *, is_listing: bool = False) -> tuple[Pairs, Pairs]:
    """Return the links to the next and to the previous page of a document or listing, as pairs (words, address)."""
    following = dict(_links(root, _NEXT))
    whole = {} if is_listing else dict(_links(root, _WHOLE))
    if len(whole) == 1:  # several such links lead to other documents
        following |= whole
    before = dict(_links(root, _PREVIOUS))
    # On the page of a document a link in the text with this mark leads to the document after it.
    for link in tree.css("[rel=next], [rel=prev]" if is_listing else "link[rel=next], link[rel=prev]"):
        target = (link.attributes.get("href") or "").strip()
        if target:
            (following if link.attributes.get("rel") == "next" else before).setdefault(target, "")
    for script in tree.css("script"):
        paged = _PAGED.search(script.text() or "")
        if paged is None:
            continue
        count, here = int(paged[1]), int(paged[2])
        if here + 1 < count:
            following.setdefault(f"{paged[3]}_{here + 1}.{paged[4]}", "")
        if here > 0:
            number = f"_{here - 1}" if here > 1 else ""
            before.setdefault(f"{paged[3]}{number}.{paged[4]}", "")
    if not following and (numbered := _numbered(root)):
        following[numbered[1]] = numbered[0]
    return tuple(zip(following.values(), following, strict=True)), tuple(
        zip(before.values(), before, strict=True)
    )


_NUMBER = re.compile(r"[\[［【（(]?(\d{1,2})[\]］】）)]?")


def _numbered(root: LexborNode) -> tuple[str, str] | None:
    """Return number and address of the next page, if pages are linked by numbers beside the unlinked number of this page."""
    pagers: dict[int, LexborNode] = {}
    for link in root.css("a[href]"):
        around = link.parent
        if around is not None and around.tag in {"li", "span"}:
            around = around.parent
        if around is not None and _NUMBER.fullmatch(link.text(strip=True)):
            pagers[around.mem_id] = around
    for pager in pagers.values():
        words = pager.text(separator=" ")
        if len(words) > _LONGEST_PAGER or any(len(word) > _LONGEST_OF_PAGER for word in words.split()):
            continue
        linked: dict[str, str] = {
            number[1]: target
            for link in pager.css("a[href]")
            if (number := _NUMBER.fullmatch(link.text(strip=True)))
            and not _HERE.search(link.attributes.get("class") or "")
            and (target := _leads_to(link))
        }
        # The number of this page is not linked.
        for following, target in linked.items():
            here = str(int(following) - 1)
            if here not in linked and here in words.split():
                return following, target
    return None


_HERE = re.compile(r"\b(?:on|cur|current|active|now|this)\b", re.IGNORECASE)
"""Class names of the number of this page, for sites that link it too."""
_LONGEST_PAGER, _LONGEST_OF_PAGER = 200, 6
"""Most characters of a row of links to further pages (ten numbers, four words), and of one word in it: 上一页, 末页, 共3页."""


def _links(root: LexborNode, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for link in root.css("a, button"):
        words = "".join(link.text().split())
        if not words and (picture := link.css_first("img[alt]")):
            words = picture.attributes.get("alt") or ""
        if pattern.fullmatch(words) and (target := _leads_to(link)):
            yield target, words


def _leads_to(link: LexborNode) -> str:
    """Return the address of a link or button, also from its script call; empty if only the script knows the address."""
    given = link.attributes
    href = (given.get("href") or given.get("data-url") or given.get("data-href") or "").strip()
    called = _CALLED.search(given.get("onclick") or href)
    return called[1] if called else "" if href == "#" or href.lower().startswith("javascript:") else href


_CALLED = re.compile(r"(?:location(?:\.href)?\s*=|\b(?:open|assign|replace)\()\s*[\"']([^\"']{1,300})[\"']")
_FRAMES = "iframe[src], frame[src], object[data], embed[src]"
_NO_PAGE = re.compile(
    r"^(?:about:|javascript:|data:|#|$)|share|weibo|weixin|video|player|map|\.(?:swf|mp4|mp3)(?:$|[?#])",
    re.IGNORECASE,
)


def framed(blocks: Sequence[LexborNode], root: LexborNode, shown: int) -> Iterator[Remark]:
    """Yield a warning for each frame in the document; for a short page also for frames outside that show a file (without a sentence, any page)."""
    found: dict[str, None] = {}
    holds = _PRINTED_FILE if any("。" in block.text() for block in blocks) else _TEXT_FILE
    for block in (*blocks, *([root] if shown < _SHORT else [])):
        for frame in block.css(_FRAMES):
            target = (frame.attributes.get("data" if frame.tag == "object" else "src") or "").strip()
            if not _NO_PAGE.search(target) and (block is not root or holds.search(target)):
                found[target] = None
    for target in list(found)[:_MOST_FRAMES]:
        kind: RemarkKind = "attached text" if _TEXT_FILE.search(target) else "unread"
        yield Remark(
            kind, f"a frame of the page shows another one, which is not read: {target}", links=(("", target),)
        )


_DECORATION = re.compile(
    r"icon|logo|qr|ewm|erweima|share|weixin|wechat|weibo|blank|spacer|arrow|banner|/bg|header|footer|\.gif|/ico|^data:",
    re.IGNORECASE,
)
_LEAST_PIXELS = 100
"""Pixels of width or height below which a picture holds no page of text."""


def pictures(blocks: Sequence[LexborNode], root: LexborNode, shown: int) -> Iterator[Remark]:
    """Yield a warning that the document contains pictures, because a picture may be a page, a table or a map of it.

    If the page shows hardly any text, all pictures of the page count.
    """
    found = {
        target
        for block in (*blocks, *([root] if shown < _SHORT else []))
        for picture in block.css("img")
        if (target := _source(picture)) and not _DECORATION.search(target) and not _is_small(picture)
    }
    if found:
        yield Remark("unread", f"pictures that are not read: {len(found)}; text in them is missing")


def _source(picture: LexborNode) -> str:
    attributes = picture.attributes
    return next(
        (said.strip() for name in ("src", "data-src", "data-original") if (said := attributes.get(name))), ""
    )


def _is_small(picture: LexborNode) -> bool:
    sizes = (re.match(r"\d{1,5}", picture.attributes.get(name) or "") for name in ("width", "height"))
    return any(size is not None and int(size[0]) < _LEAST_PIXELS for size in sizes)


def half_documents(
    lines: Sequence[str], attachments: Pairs, following: Pairs, before: Pairs
) -> Iterator[Remark]:
    """Yield the warnings that the page is not the whole document, with the links to the other parts."""
    if following:
        yield Remark(
            "next page", f"the document goes on on another page: {following[0][1]}", links=following[:1]
        )
    if before:
        yield Remark(
            "previous page", f"the document begins on another page: {before[0][1]}", links=before[:1]
        )
    files = [pair for pair in attachments if any(map(_TEXT_FILE.search, pair)) and not _FORM.search(pair[0])]
    texts = [(text, target) for text, target in files if _IS_TEXT.search(text)]
    if not texts and len(attachments) == len(files) == 1:
        texts = files
    if texts and len("".join("".join(lines).split())) < _SHORT:
        listed = "; ".join(f"{text} {target}" for text, target in texts[:_NAMED])
        yield Remark(
            "attached text",
            f"the page is a notice and its text is an attachment: {listed}",
            words=texts[0][0],
            links=tuple(texts),
        )
