"""HTML of government portals: the block that holds the document, one paragraph a line.

Selectors and labels are data (`portals.toml`); where none of them hits, the densest block is taken.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.errors import UnreadableInputError
from policydiff.extract.encoding import decode

_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li"
    " main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_SKIPPED = frozenset(
    "script style noscript template iframe object embed svg button select input textarea head".split()
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LABEL_BLANKS = re.compile(r"[\s:：]+")
_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|rtf|zip)(?:$|\?)", re.IGNORECASE)


class Page(NamedTuple):
    """What a page holds besides decoration."""

    text: str
    title: str | None
    metadata: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


class _Portals(NamedTuple):
    content: tuple[str, ...]
    meta: tuple[str, ...]
    labels: frozenset[str]
    noise: tuple[str, ...]


@cache
def _portals() -> _Portals:
    data = tomllib.loads(files("policydiff.extract").joinpath("portals.toml").read_text("utf-8"))
    return _Portals(
        tuple(data["content"]), tuple(data["meta"]), frozenset(data["labels"]), tuple(data["noise"])
    )


def read_html(data: bytes) -> Page:
    """Return the document of a page.

    Raises:
        UnreadableInputError: if the page holds no text.
    """
    decoded = decode(data)
    tree = LexborHTMLParser(decoded.text)
    warnings = [f"{decoded.replaced} bytes unreadable as {decoded.encoding}"] if decoded.replaced else []
    metadata = (*_meta_tags(tree), *_info_table(tree))
    root = tree.body
    if root is None:
        raise UnreadableInputError("the page has no body")
    block = _content(root)
    if block is None:
        block = _densest(root)
        warnings.append("no known content block: the densest block was taken")
    for selector in _portals().noise:
        for node in block.css(selector):
            node.decompose()
    text = _lines(block)
    if not text.strip():
        raise UnreadableInputError(
            "the page holds no text: it may be filled in by a script, or be an error page"
        )
    return Page(text, _title(tree, dict(metadata)), metadata, _links(block), tuple(warnings))


def _content(root: LexborNode) -> LexborNode | None:
    for selector in _portals().content:
        found = [node for node in root.css(selector) if len(node.text(strip=True)) >= 50]
        if found:
            return max(found, key=lambda node: len(node.text()))
    return None


def _densest(root: LexborNode) -> LexborNode:
    """Return the smallest block that holds most of the page's sentences outside links."""
    best, weight = root, _weight(root)
    while True:
        children = [node for node in best.iter() if node.tag in _BLOCKS]
        heaviest = max(children, key=_weight, default=None)
        if heaviest is None or _weight(heaviest) < 0.7 * weight:
            return best
        best = heaviest


def _weight(node: LexborNode) -> int:
    linked = sum(len(link.text(strip=True)) for link in node.css("a"))
    words = node.text(strip=True)
    return max(0, len(words) - 2 * linked) + 20 * sum(words.count(mark) for mark in "。；，")


def _lines(block: LexborNode) -> str:
    lines: list[str] = []
    current: list[str] = []

    def close() -> None:
        line = _BLANKS.sub(" ", "".join(current)).strip(" ")
        current.clear()
        lines.append(line)

    # Explicit stack: pages nest deeper than Python's recursion limit when they are hostile.
    stack: list[tuple[LexborNode, bool]] = [(block, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        if leaving:
            if tag in {"td", "th"}:
                current.append("\t")
            else:
                close()
            continue
        if tag == "-text":
            current.append(node.text_content or "")
            continue
        if tag in _SKIPPED:
            continue
        if tag == "br":
            close()
            continue
        if tag == "tr":
            close()
            cells = [_BLANKS.sub(" ", cell.text(separator=" ")).strip() for cell in node.css("td, th")]
            lines.append("\t".join(cells) if len(cells) > 1 else (cells[0] if cells else ""))
            if len(cells) > 1 and not node.css_first("table"):
                continue
            if cells:
                lines.pop()
        if tag in _BLOCKS:
            if tag not in {"td", "th"}:
                close()
            stack.append((node, True))
        stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
    close()
    return "\n".join(line.rstrip("\t") for line in lines if line.strip()) + "\n"


def _meta_tags(tree: LexborHTMLParser) -> tuple[tuple[str, str], ...]:
    wanted = {name.lower(): name for name in _portals().meta}
    found = []
    for node in tree.css("meta[name]"):
        name = wanted.get((node.attributes.get("name") or "").lower())
        content = (node.attributes.get("content") or "").strip()
        if name and content:
            found.append((name, content))
    return tuple(found)


def _info_table(tree: LexborHTMLParser) -> tuple[tuple[str, str], ...]:
    """Read label/value cells such as 索 引 号： / 发文字号：, whose labels may carry inner blanks."""
    labels = _portals().labels
    found: list[tuple[str, str]] = []
    for row in tree.css("tr"):
        cells = [_BLANKS.sub(" ", cell.text()).strip() for cell in row.css("td, th")]
        for label, value in zip(cells, cells[1:], strict=False):
            name = _LABEL_BLANKS.sub("", label)
            if name in labels and value and _LABEL_BLANKS.sub("", value) not in labels:
                found.append((name, value))
    return tuple(dict(reversed(found)).items())[::-1]


def _title(tree: LexborHTMLParser, metadata: dict[str, str]) -> str | None:
    for name in ("标题", "ArticleTitle"):
        if metadata.get(name):
            return metadata[name]
    node = tree.css_first("title")
    return (_BLANKS.sub(" ", node.text()).strip() or None) if node else None


def _links(block: LexborNode) -> tuple[tuple[str, str], ...]:
    found = []
    for link in block.css("a[href]"):
        href = (link.attributes.get("href") or "").strip()
        if _ATTACHMENT.search(href):
            found.append((_BLANKS.sub(" ", link.text()).strip(), href))
    return tuple(found)
