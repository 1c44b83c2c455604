"""A page as its reader sees it: word runs in reading order, links to files, and the place at which a text stands."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.extract.decoding import decode
from policydiff.extract.web.script_text import drawn
from policydiff.watch.judge.core import core_lines, lays_down, numbered, signature
from policydiff.watch.judge.examples import simplified, squeeze
from policydiff.watch.links import clean_address, is_bounded

MOST_RUNS = 4_000
"""Word runs beside the text beyond which a page is no page of one document."""
_UNSEEN = frozenset({"script", "style", "template", "noscript", "-comment", "head"})
STATE = re.compile(
    r"[【\[（(]?(?:(?:已经?|全文|部分|条款|内容|现行|现|继续|尚未|未|不再|暂停|暂|宣布|被|或|并|予以)*(?:废止|失效|有效|无效|修改|修订|修正|生效|施行|实施|执行|停止|使用|过期|到期|撤销|终止|中止|作废|届满|替代|取代))+[】\]）)]?|现行|是|否"
    r"|(?:(?:currently|not|yet|no|longer|partly|partially|fully|still|now|in|part|under|was|is|has|been|to|be)*(?:inforce|effective|valid|invalid|repealed|amended|revised|expired|superseded|revoked|rescinded|abolished|withdrawn|suspended|replaced|cancelled|lapsed|annulled|applicable|review|draft|current|archived|historical))+",
    re.IGNORECASE,
)
"""Words that say nothing but how a document stands."""
_FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|rtf|zip|rar|7z|jpe?g|png|tiff?)(?:$|[?#&）)])"
    r"|(?<![/:])/[^/?#]*\.(?!(?:[sx]?html?|php|aspx?|jspx?|do|action|cgi|shtm)\b)[a-z][a-z\d]{1,4}(?:$|[?#])",
    re.IGNORECASE,
)
"""A name with the ending of a file, and any ending of an address that is not one of pages."""
_NAMED_ANNEX = re.compile(
    r"[【\[（(]?(?:附件|附表|附录|附图|附[:：.、\d一二三四五六七八九十])|(?i:annex|appendix|attachment|schedule)\W?[\dA-Z]?"
)
_DOWNLOAD = re.compile(
    r"(?:^|[/?&=_.])(?:download|dl|attach\w{0,8}|getfile|fileid|file|filedown)[/?&=_.]", re.IGNORECASE
)


class Run(NamedTuple):
    """A run of words on a page, as one element shows it."""

    words: str
    """Without blanks, width made one."""
    is_link: bool
    shape: str = ""
    """Element and classes that it stands in."""
    row: int = 0
    """The row of a table that it stands in; 0 for none."""


class Page:
    """A page as its reader sees it: word runs in reading order, and links to files."""

    def __init__(self, data: bytes) -> None:
        self.tree = LexborHTMLParser(decode(data).text)
        self.runs: list[Run] = []
        self.files: dict[str, str] = {}
        self.linked: set[str] = set()
        """Words of links that lead to other pages: a line of nothing else is a menu, a rail or a neighbour."""
        title = self.tree.css_first("title")
        self.title = squeeze(title.text()) if title is not None else ""
        scripts = " ".join(node.text() for node in self.tree.css("script"))[:_MOST_SCRIPT]
        self.alerts = "".join(squeeze(found[2]) for found in _ALERT.finditer(scripts))
        """What scripts of the page say in a box."""
        self.asks_password = self.tree.css_first("input[type=password]") is not None
        body = self.tree.body
        self.is_bare = bool(scripts or self.tree.css_first("script")) and not (
            self.title or (body is not None and any(node.tag != "script" for node in body.iter()))
        )
        """Whether there is nothing but scripts: no title, no element that a script could fill."""
        if self.tree.body is not None:
            self._walk(self.tree.body)

    def _walk(self, body: LexborNode) -> None:
        stack: list[tuple[LexborNode, bool]] = [(body, False)]
        while stack and len(self.runs) < 4 * MOST_RUNS:
            node, is_link = stack.pop()
            if node.tag in _UNSEEN:
                continue
            if node.tag == "-text":
                parts = _PARTS.split(node.text(deep=False))
                shape, row = _shape(node), _row(node)
                self.runs += [
                    Run(run, is_link, shape, row)
                    for part in parts
                    for run in _parted(squeeze(part))
                    if run.strip(":")
                ]
                continue
            if node.tag == "a":
                is_link = True
                self._file(node)
            elif label := _label_of(node):
                self.runs.append(Run(label, is_link))
            stack.extend((child, is_link) for child in reversed(list(node.iter(include_text=True))))

    def _file(self, link: LexborNode) -> None:
        target = (link.attributes.get("href") or "").strip()
        label = squeeze(link.text())
        is_file = (
            _FILE.search(target)
            or _FILE.search(label)
            or _NAMED_ANNEX.match(label)
            or _DOWNLOAD.search(target)
            or "download" in link.attributes
        )
        if target and label and is_file:
            self.files.setdefault(label, _name(target))
        elif label:
            self.linked.add(label)

    def is_menu(self, line: str) -> bool:
        """Say whether a squeezed line is nothing but a link to another page, a day beside it aside."""
        return line in self.linked or _BESIDE_LINK.sub("", line) in self.linked


def _shape(node: LexborNode) -> str:
    parent = node.parent
    return f"{parent.tag}.{parent.attributes.get('class') or ''}" if parent is not None else ""


def _row(node: LexborNode) -> int:
    here = node.parent
    while here is not None and here.tag not in {"tr", "table", "body"}:
        here = here.parent
    return here.mem_id if here is not None and here.tag == "tr" else 0


def _label_of(node: LexborNode) -> str:
    """Return the label that a value bears as its hint: <span title="时效性">有效</span>; empty where it bears none."""
    hint = squeeze(node.attributes.get("title") or node.attributes.get("aria-label") or "").strip(":")
    return f"{hint}:" if 0 < len(hint) <= _LONGEST_LABEL and node.tag not in {"html", "body"} else ""


_BESIDE_LINK = re.compile(r"^[·•>»\-]+|[\[(]?(?:20\d\d[-/.])?\d\d?[-/.]\d\d?[\])]?$")
_ALERT = re.compile(r"""\balert\s*\(\s*(["'])([^"']{2,80})\1""")


def page_of(data: bytes) -> Page | None:
    """Return the page that bytes are; None where they are no page, or one that is made to keep a reader busy."""
    if b"<" not in data[:4096] or not is_bounded(data):
        return None
    page = Page(data)
    if sum(len(run.words) for run in page.runs) < _LEAST_SHOWN and (words := drawn(page.tree)):
        return Page(words.encode())
    return page


_LEAST_SHOWN = 200
"""Characters of a page that shows its text itself; a shorter one is looked through for what a script would draw."""


def _parted(words: str) -> list[str]:
    """Return a short run with its label apart from its value: 有效性：有效 are two."""
    marked = _MARKED.fullmatch(words)
    if marked is not None and not STATE.fullmatch(simplified(marked[1])):
        return [f"{marked[1]}:", marked[2]]
    label, colon, value = words.partition(":")
    return [f"{label}{colon}", value] if colon and 0 < len(label) <= _LONGEST_LABEL else [words]


_MARKED = re.compile(r"[【\[]([^】\]]{2,16})[】\]](.{1,60})")
_LONGEST_LABEL = 16
_MOST_SCRIPT = 20_000
"""Characters of scripts in which a box is looked for."""


def _name(target: str) -> str:
    """Return what tells a file: its name, the numbers of the folders it lies in, and its query where it has no name."""
    try:
        parts = urlsplit(clean_address(target))
    except ValueError:
        return target
    *folders, name = unquote(parts.path).split("/")
    numbered = "/".join(each for each in (*folders, name) if each == name or any(map(str.isdigit, each)))
    return numbered if _FILE.search(name) or not parts.query else f"{numbered}?{parts.query}"


LEAST_TITLE = 6
"""Characters of the shortest title that is told by its words from those of a menu."""


class Place(NamedTuple):
    """Where a text stands on its page."""

    node: LexborNode
    kind: str
    """Selector of the element, shared by similar elements on all pages of a site."""
    among: int
    """How many of that kind stand before it."""
    is_alone: bool
    """Whether no element of the page besides it has the same selector."""


def spine_of(page: Page, text: str) -> list[str]:
    """Return the lines of a text from its first provision to its end, what links and what stands above its title left out."""
    lines = [line for line in core_lines(text) if not page.is_menu(_LISTED.sub("", line))]
    named = squeeze(page.title)
    start = 0
    for place, line in enumerate(lines):
        if numbered(line):
            break
        if len(line) >= LEAST_TITLE and line in named:
            start = place + 1
    stop = signature(lines)
    if stop is None or any(numbered(line) or line.startswith("|") for line in lines[stop:]):
        stop = max(
            (place for place, line in enumerate(lines) if numbered(line) or line.startswith("|")),
            default=len(lines) - 1,
        )
    body = lines[start : stop + 1]
    first = next((place for place, line in enumerate(body) if lays_down(line)), 0)
    return body[first:] or lines


_LISTED = re.compile(r"^\d{1,2}[.、]")
"""The number that a list of contents gives its links."""


def place_of(page: Page, text: str) -> Place | None:
    """Return the smallest element that holds a text on its page; None where that is the page itself."""
    spine = spine_of(page, text)
    node = page.tree.body
    if node is None or not spine or not _holds(node, spine):
        return None
    kinds: list[tuple[LexborNode, str]] = []
    while True:
        inner = next(
            (child for child in node.iter() if child.tag not in _UNSEEN and _holds(child, spine)), None
        )
        if inner is None or inner.tag in _LINES:
            break
        kinds.append((inner, _selector(inner)))
        node = inner
    while kinds and kinds[-1][0].tag in _ROWS:
        kinds.pop()
    if not kinds:
        return None
    kind = " > ".join(["body", *(each for _, each in kinds)])
    like = [each.mem_id for each in page.tree.css(kind)]
    return Place(kinds[-1][0], kind, like.index(kinds[-1][0].mem_id), len(like) == 1)


def same_place(page: Page, place: Place, spine: Sequence[str]) -> LexborNode | None:
    """Return the element of a later page that stands at a place; None where there is none.

    Where several are of its kind, the one that holds most of the text is meant, else the one that is as far down.
    """
    nodes = page.tree.css(place.kind)
    if not nodes:
        return None
    held = [_weight_held(node, spine) for node in nodes]
    most = max(held)
    if place.among < len(held) and held[place.among] == most:
        return nodes[place.among]
    return nodes[held.index(most)]


_LINES = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "span", "font", "b", "strong", "a"}
)
"""Elements that are lines and no place of a document: a text of one long line stands in what holds the line."""
_ROWS = frozenset({"tr", "tbody", "thead"})


def _holds(node: LexborNode, lines: Sequence[str]) -> bool:
    """Say whether an element holds nearly all of a text, and its last line."""
    words = squeeze(node.text()).replace("|", "")
    held = [line.replace("|", "") in words for line in lines]
    weight = sum(len(line) for line, is_held in zip(lines, held, strict=True) if is_held)
    return held[0] and held[-1] and weight >= 0.9 * sum(map(len, lines))


def _weight_held(node: LexborNode, lines: Sequence[str]) -> int:
    words = squeeze(node.text()).replace("|", "")
    return sum(len(line) for line in lines if line.replace("|", "") in words)


def _selector(node: LexborNode) -> str:
    name, classes = node.attributes.get("id"), (node.attributes.get("class") or "").split()
    parts = [f'[id="{name}"]'] if name and _PLAIN.fullmatch(name) else []
    parts += [f'[class~="{each}"]' for each in classes if _PLAIN.fullmatch(each)]
    return (node.tag or "*") + "".join(parts)


_PARTS = re.compile(r"[|｜]|\s+(?=[^\sA-Za-z:：]{2,8}[:：]|[【\[][^】\]\s]{2,16}[】\]])")
"""Where one run of words holds several facts: 文号：某号 | 有效性：有效, or [文号]某号 [有效性]有效."""
_PLAIN = re.compile(r"[\w-]{1,80}")
