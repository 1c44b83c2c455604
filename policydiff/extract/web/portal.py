"""What a government portal states about a document beside its text: meta tags, the information table, the head."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.extract.reading import Pairs
from policydiff.extract.web.blocks import is_hidden
from policydiff.extract.web.unseen import BLOCKS
from policydiff.lexicon.document_numbers import DocumentNumber

_BLANKS = re.compile(r"\s+")
_FACT_LENGTH = 300
_HEAD_LINES = 12
_TITLE_PARTS = re.compile(r"\s*(?:[_|｜]+|\s[-–—]+\s|[-–—](?=[^-–—]{2,30}$))\s*")
_STATUS_LENGTH = 60
_STATUS = re.compile(
    r"[【\[（(★*※]{0,3}(?:提示|注|特别提示|温馨提示|效力状态|说明)?[：:]?(?:本|该|此)?(?:规范性|行政规范性)?(?:文件|文|办法|规定|条例|通知|意见|方案|细则|规划|决定|法规|规章|政策|措施|标准|页面文件)"
    r"(?:已经?|现已|业已|已于.{2,24}|自.{2,24}起|于.{2,24}|被.{2,30})(?:宣布|予以|同时|明令)?(?:废止|失效|停止执行|修订|修改|代替|替代|取代|到期失效)[^；]{0,20}[】\]）)★*※。]{0,3}"
    r"|[【\[（(](?:已?废止|已?失效|全文废止|全文失效|部分失效|已修改|尚未施行)[】\]）)]"
)
_ORDER = re.compile(r"[一-鿿]{2,30}令")


class Portals(NamedTuple):
    """The data of `portals.toml`."""

    content: tuple[str, ...]
    meta: tuple[str, ...]
    labels: tuple[str, ...]
    titles: tuple[str, ...]
    noise: tuple[str, ...]
    aside: tuple[str, ...]
    synonyms: dict[str, str]

    @property
    def all_labels(self) -> frozenset[str]:
        """Return every label that is read, synonyms too."""
        return frozenset((*self.labels, *self.synonyms))


@cache
def portals() -> Portals:
    """Load `portals.toml`."""
    data = tomllib.loads(files("policydiff.extract.web").joinpath("portals.toml").read_text("utf-8"))
    lists = {name: tuple(data[name]) for name in Portals._fields[:-1]}
    return Portals(**lists, synonyms=data["synonyms"])


def facts(tree: LexborHTMLParser, lines: Sequence[str]) -> Pairs:
    """Return the labelled facts of a page, the first value of each label; `lines` is the document's text.

    A document number that stands on a line of its own at the head of the document is a fact too: there, and not
    in a sentence, it is the document's own (GB/T 9704, 发文字号).
    """
    found: dict[str, str] = {}
    for name, value in (*_meta_tags(tree), *_labelled(_short_blocks(tree))):
        found.setdefault(portals().synonyms.get(name, name), value)
    if "发文字号" not in found and (number := _stated_number(lines[:_HEAD_LINES])):
        found["发文字号"] = number
    if status := _stated_status(tree):
        # A line that says so goes before the information table, which some portals never put right.
        found["有效性"] = status
    return tuple(found.items())


def _stated_status(tree: LexborHTMLParser) -> str | None:
    """Return the line on a page that says its document is repealed: 【本文件已废止】; a sentence or a link says nothing."""
    if tree.body is None:
        return None
    stack: list[LexborNode] = [tree.body]
    while stack:
        node = stack.pop()
        if is_hidden(node) or node.tag == "a":
            continue
        stack.extend(reversed(list(node.iter())))
        words = _BLANKS.sub("", node.text(deep=False))
        if 4 <= len(words) <= _STATUS_LENGTH and _STATUS.fullmatch(words):
            return words
    return None


def is_labelled(line: str) -> bool:
    """Return whether a line is a fact beside the document: a label and its value, such as 索引号：000/2019."""
    found = _label_pattern().match(line)
    return found is not None and len(line) <= _FACT_LENGTH


def page_title(tree: LexborHTMLParser, stated: dict[str, str]) -> str | None:
    """Return the title that a page declares, without the site's name; None where the page never shows it."""
    for name in portals().titles:
        if stated.get(name):
            return stated[name]
    declared, body = tree.css_first("title"), tree.body
    if declared is None or body is None:
        return None
    shown = _BLANKS.sub("", body.text())
    title = _BLANKS.sub(" ", declared.text()).strip()
    candidates = (title, *_TITLE_PARTS.split(title))
    return next((part for part in candidates if part and _BLANKS.sub("", part) in shown), None)


def _meta_tags(tree: LexborHTMLParser) -> Iterable[tuple[str, str]]:
    wanted = {name.lower(): name for name in portals().meta}
    for node in tree.css("meta[name]"):
        name = wanted.get((node.attributes.get("name") or "").lower())
        content = (node.attributes.get("content") or "").strip()
        if name and content:
            yield name, content


def _short_blocks(tree: LexborHTMLParser) -> Iterable[str]:
    """Give the text of the innermost blocks in order, empty cells too: an empty cell is a fact not stated."""
    if tree.body is None:
        return
    stack: list[LexborNode] = [tree.body]
    while stack:
        node = stack.pop()
        if is_hidden(node):
            continue
        inner = [
            child for child in node.iter() if child.tag in BLOCKS or child.css_first("td, li, p, div, dd")
        ]
        if inner:
            stack.extend(reversed(inner))
        else:
            text = _BLANKS.sub(" ", node.text()).strip()
            yield text if len(text) <= _FACT_LENGTH else ""


def _labelled(blocks: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Read `发文字号：国发〔2019〕5号` within a block, and a label in one cell with its value in the next."""
    label_of = _label_pattern()
    known = portals().all_labels
    pending: str | None = None
    for block in blocks:
        marks = list(label_of.finditer(block))
        if pending and block and not marks and _bare(block) not in known:
            yield pending, block
        pending = _bare(block) if _bare(block) in known else None
        for mark, following in zip(marks, [*marks[1:], None], strict=False):
            value = block[mark.end() : following.start() if following else len(block)].strip()
            if value:
                yield _bare(mark.group()), value


def _bare(text: str) -> str:
    return re.sub(r"[\s:：【】\[\]]+", "", text) if len(text) < 40 else text


@cache
def _label_pattern() -> re.Pattern[str]:
    labels = sorted(portals().all_labels, key=len, reverse=True)
    return re.compile(
        r"(?:^|(?<=\s))[【\[]?(?:"
        + "|".join(r"\s{0,3}".join(label) for label in labels)
        + r")[】\]]?\s?[:：]"
    )


def _stated_number(lines: Sequence[str]) -> str | None:
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        words = line + following if _ORDER.fullmatch(_BLANKS.sub("", line)) else line
        number = DocumentNumber.parse(words)
        if number is not None and not number.lacks_body:
            return str(number)
    return None
