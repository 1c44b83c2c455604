"""A page as its reader sees it: runs of words in reading order, links to files, and the lines by which the place of a text is found."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.extract.decoding import decode
from policydiff.extract.web.script_text import drawn
from policydiff.lexicon.examples import is_pages_label, names_document, simplified, squeeze as squeeze_text
from policydiff.watch.links import FRAMES, file_identity, is_bounded, is_contact, target_of

MOST_RUNS = 4_000
"""Word runs beside the text beyond which a page is no page of one document."""
UNSEEN = frozenset({"script", "style", "template", "noscript", "-comment", "head"})
STATE = re.compile(
    r"[【\[（(]?(?:(?:已经?|全文|部分|条款|内容|现行|现|继续|尚未|未|不再|暂停|停止|暂|宣布|被|或|并|予以|正在)*(?:废止|失效|有效|无效|修改|修订|修正|生效|施行|实施|执行|停止|使用|过期|到期|撤销|终止|中止|作废|届满|替代|取代|截止|结束|征集|申报|受理|进行)中?)+[】\]）)]?|现行|是|否"
    r"|(?:(?:currently|not|yet|no|longer|partly|partially|fully|still|now|in|part|under|was|is|has|been|to|be)*(?:inforce|effective|valid|invalid|repealed|amended|revised|expired|superseded|revoked|rescinded|abolished|withdrawn|suspended|replaced|cancelled|lapsed|annulled|applicable|review|draft|current|archived|historical))+",
    re.IGNORECASE,
)
"""Words that say nothing but how a document stands."""
_FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|rtf|zip|rar|7z|gz|md|jpe?g|png|tiff?)(?:$|[?#&）)])"
    r"|(?<![/:])/[^/?#]*\.(?!(?:[sx]?html?|php|aspx?|jspx?|do|action|cgi|shtm)\b)[a-z][a-z\d]{2,4}(?:$|[?#])",
    re.IGNORECASE,
)
"""A name with the ending of a file, and any longer ending of an address that is not one of pages: two letters may name a language."""
_FEED = re.compile(
    r"(?:^|[/_-])(?:feed|rss2?|atom|sitemap|opensearch|manifest)\.(?:xml|rss|rdf|atom|json|webmanifest)(?:$|[?#])",
    re.IGNORECASE,
)
"""News of the site, or a list for programs, whatever its ending: no annex."""
_PAGE = re.compile(r"\.(?:[sx]?html?|php)(?:$|[?#])|/$", re.IGNORECASE)
_NAMED_ANNEX = re.compile(
    r"[【\[（(]?(?:附件|附表|附录|附图|附[:：.、\d一二三四五六七八九十])|(?i:annex|appendix|attachment|schedule)\W?[\dA-Z]?"
)
_DOWNLOAD = re.compile(
    r"(?:^|[/?&=_.])(?:download|dl|attach\w{0,8}|getfile|fileid|file|filedown)[/?&=_.]", re.IGNORECASE
)
_ASIDE = re.compile(
    r"[（(](?:opensina(?:new)?(?:window|tab)|externallink|(?:在?新窗口|新标签页)中?打开|外部链接)[）)]",
    re.IGNORECASE,
)
"""Words for readers of a screen behind the name of a link."""


class Run(NamedTuple):
    """A run of words on a page, as one element shows it."""

    words: str
    """Without blanks, width made one."""
    is_link: bool
    shape: str = ""
    """Element and classes that it stands in."""
    row: int = 0
    """The row of a table that it stands in; 0 for none."""
    at: int = 0
    """The element that it stands in."""
    breaks: int = 0
    """How many breaks of a line (`br`) the page has before it."""


class Linked(NamedTuple):
    """What a page leads to that may be a file: by a link, a button of a script, or a frame."""

    label: str
    name: str
    """What tells the file."""
    place: int
    """How many runs stand before it."""
    is_file: bool
    """Whether address or label are those of a file; other links are told by where they stand."""
    beside: str = ""
    """The words beside the link: size, date, checksum."""
    picture_in: int = 0
    """The element that a picture stands in; 0 for what is no picture."""


class Page:
    """A page as its reader sees it: word runs in reading order, and links to files."""

    def __init__(self, data: bytes) -> None:
        self.tree = LexborHTMLParser(decode(data).text)
        self.runs: list[Run] = []
        self.first: dict[int, int] = {}
        """Elements, each with the runs that stand before it."""
        self.parents: dict[int, int] = {}
        self.shapes: dict[int, str] = {}
        """Tag, classes and id of each element."""
        self.inline: set[int] = set()
        self.leads: list[Linked] = []
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
        self.outermost = {body.mem_id} if body is not None else set[int]()
        if body is not None:
            self._walk(body)
        self.files = {each.label for each in self.leads if each.is_file}
        self.fetched = {
            each.label
            for each in self.leads
            if any(map(str.isdigit, each.name)) and not _PAGE.search(each.name)
        }
        """Labels of what leads to something with a number that is no page by its name: perhaps a file."""

    def _walk(self, body: LexborNode) -> None:
        stack: list[tuple[LexborNode, bool, int]] = [(body, False, 0)]
        breaks = 0
        while stack and len(self.runs) < 4 * MOST_RUNS:
            node, is_link, row = stack.pop()
            if node.tag in UNSEEN:
                continue
            if node.tag == "-text":
                parts = _PARTS.split(node.text(deep=False))
                parent = node.parent
                shape = f"{parent.tag}.{parent.attributes.get('class') or ''}" if parent is not None else ""
                at = node.parent.mem_id if node.parent is not None else 0
                self.runs += [
                    Run(run, is_link, shape, row, at, breaks)
                    for part in parts
                    for run in _parted(squeeze(part))
                    if run.strip(":")
                ]
                continue
            breaks += node.tag == "br"
            row = node.mem_id if node.tag == "tr" else 0 if node.tag == "table" else row
            self.first[node.mem_id] = len(self.runs)
            self.shapes[node.mem_id] = (
                f"{node.tag}.{node.attributes.get('class') or ''}#{node.attributes.get('id') or ''}"
            )
            if node.parent is not None:
                self.parents[node.mem_id] = node.parent.mem_id
            if node.tag in _INLINE:
                self.inline.add(node.mem_id)
            self._lead(node, target_of(node))
            if node.tag == "img" and not is_link:
                self._picture(node)
            if node.tag == "a":
                # A heading that is a link leads to its own page, a list of contents into its own text, a name to a letter.
                is_heading = node.parent is not None and node.parent.tag in _HEADINGS
                is_link = not (is_heading or self._leads_within(node) or is_contact(node))
            elif label := _label_of(node):
                self.runs.append(Run(label, is_link, node.tag or "", 0, node.mem_id, breaks))
            if shown := squeeze(_shown(node)):
                self.runs.append(Run(shown, is_link, node.tag or "", 0, node.mem_id, breaks))
            stack.extend((child, is_link, row) for child in reversed(list(node.iter(include_text=True))))

    def _picture(self, node: LexborNode) -> None:
        """Note a picture that was filed with a text, or that bears words: it may be a table of the text."""
        given = node.attributes
        source = next(filter(None, map(given.get, _LATE)), None) or given.get("src") or ""
        said = squeeze(given.get("alt") or "")
        said = "" if len(said) < LEAST_TITLE or _NAMES_FILE.search(said) else said
        if said or _FILED.search(source):
            name = file_identity(source).partition("?")[0]
            around = node.parent.mem_id if node.parent is not None else 0
            self.leads.append(Linked(PICTURE, name, len(self.runs), False, said, around))

    @cached_property
    def leads_on(self) -> str:
        """Where a page leads that is nothing but the way to another address; empty where it is more."""
        asked = self.tree.css_first("meta[http-equiv=refresh i]")
        found = _REFRESH.search((asked.attributes.get("content") or "") if asked is not None else "")
        links = {node.attributes.get("href") for node in self.tree.css("a")}
        return found[1] if found is not None and links == {found[1]} else ""

    def _leads_within(self, link: LexborNode) -> bool:
        """Say whether a link leads to a heading of its own page."""
        href = link.attributes.get("href") or ""
        words = link.text().strip() or link.attributes.get("title") or ""
        return href.startswith("#") and _LETTERS.sub("", squeeze(words)) in self._headings

    @cached_property
    def _headings(self) -> set[str]:
        """Return the letters of the headings of the page: entries of a list of contents have numbers of their own."""
        found = {_LETTERS.sub("", squeeze(node.text())) for node in self.tree.css("h1, h2, h3, h4, h5, h6")}
        return {each for each in found if len(each) >= _LEAST_NAMED}

    def _lead(self, node: LexborNode, target: str) -> None:
        if (not target and node.tag != "a") or is_contact(node):
            return
        label = _ASIDE.sub("", squeeze(node.text())) or squeeze(node.attributes.get("title") or "")
        label = label or (node.tag or "" if node.tag in FRAMES else "")
        if not 0 < len(label) <= _LONGEST_LEAD:
            return
        is_file = bool(target) and bool(
            (_FILE.search(target) and not _FEED.search(target))
            or _FILE.search(label)
            or _NAMED_ANNEX.match(label)
            or _DOWNLOAD.search(target)
            or "download" in node.attributes
        )
        if not is_file and node.tag == "a" and not self._leads_within(node):
            self.linked.add(label)
        if target:
            beside = _said_of(node, label) if is_file and len(self.leads) < _MOST_LEADS else ""
            self.leads.append(Linked(label, file_identity(target), len(self.runs), is_file, beside))

    @cached_property
    def _lines(self) -> dict[tuple[int, int], str]:
        found: dict[tuple[int, int], str] = {}
        for run in self.runs:
            line = self._line(run)
            found[line] = found.get(line, "") + run.words
        return found

    def upwards(self, element: int) -> Iterator[int]:
        """Yield an element and all that it stands in, the innermost first."""
        while element in self.first:
            yield element
            element = self.parents.get(element, 0)

    def is_in(self, inner: int, outer: int) -> bool:
        """Say whether an element stands in another one, or is it."""
        return outer in self.upwards(inner)

    def _line(self, run: Run) -> tuple[int, int]:
        element = run.at
        while element in self.inline:
            element = self.parents[element]
        return element, run.breaks

    def line_of(self, run: Run) -> str:
        """Return the words of the line that a run stands in: all that its block shows within a line, up to a break."""
        return self._lines.get(self._line(run), run.words)

    def is_menu(self, line: str) -> bool:
        """Say whether a squeezed line is nothing but links to other pages, a day beside one aside, or stands in a dialog."""
        return line in self._menus or _BESIDE_LINK.sub("", line) in self._menus

    @cached_property
    def _menus(self) -> set[str]:
        words = (run for run in self.runs if not (run.is_link and run.words in self.linked))
        worded = {self._line(run) for run in words}
        links = {line for element, line in self._lines.items() if element not in worded}
        return self.linked | links | self.asked

    @cached_property
    def asked(self) -> set[str]:
        """Return the lines of dialogs: small elements with a sentence and a button by which it is agreed to or put away."""
        around = [node.parent for node in self.tree.css("button") if _AGREED.fullmatch(squeeze(node.text()))]
        small = [node for node in around if node is not None and len(node.text()) <= _LONGEST_DIALOG]
        return {squeeze(line) for node in small for line in node.text(separator="\n").splitlines()}


PICTURE = "图片"
"""Label of a picture: what it says stands beside it, as the size of a file does."""
_LATE = ("data-original", "data-src", "data-lazy-src")
"""Attributes in which the address of a picture waits until it is scrolled to."""
_NAMES_FILE = re.compile(r"\.\w{3,4}$|\d{6}")
"""Words of a picture that are the name of its file: 微信图片_20250301, image001.png."""
_FILED = re.compile(r"^(?!data:).*\d{4}[^/]*\.(?:png|jpe?g|gif|webp|bmp)(?:$|\?)", re.IGNORECASE)
"""A picture that was filed with a text has a number of at least four digits; those of a template have names."""
_AGREED = re.compile(
    r"(?:我)?(?:同意|接受|知道了|已知晓|关闭|拒绝)(?:并继续|全部|所有)?|(?i:(?:i)?(?:accept|agree|gotit|ok|close|reject|decline|dismiss)(?:all|cookies)*)"
)
_LONGEST_DIALOG = 300
"""Characters of a dialog, blanks included; an element with more of them holds a text."""
_LONGEST_LEAD = 120
"""Characters of the words of a link; an element with more of them holds a text."""
_MOST_LEADS = 300
"""Links of a page beside which a size or a day is looked for: each is asked for all links around it."""
_MOST_TEXT = 1_000
"""Characters, blanks included, of an entry of a list; links are counted in no larger element."""
_LONGEST_BESIDE = 60
"""Characters that tell size, day and checksum of a file; more of them are a text."""
_HEADINGS = frozenset({"h1", "h2"})
_INLINE = frozenset(
    {"span", "font", "b", "strong", "i", "em", "a", "u", "small", "time", "label", "sup", "sub"}
)
_LETTERS = re.compile(r"[\W\d_]+")
_LEAST_NAMED = 2
"""Letters of a heading that an entry of a list of contents names: 总则."""
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"\s]{1,500})", re.IGNORECASE)


def squeeze(source: str) -> str:
    """Return words of a page's source without blanks: a tab there is white space, and no column of a table."""
    return squeeze_text(source.replace("\t", " "))


def _said_of(link: LexborNode, label: str) -> str:
    """Return the words beside a link in the largest element without another link: an entry of a list, a row of a table."""
    said, around = "", link.parent
    while around is not None and around.tag not in {"body", "table"}:
        words = around.text()
        if len(words) > _MOST_TEXT or len(around.css("a")) != 1:
            break
        words = _ASIDE.sub("", squeeze(words)).replace(label, "", 1)
        if len(words) > _LONGEST_BESIDE:
            break
        said, around = words, around.parent
    return said


def _shown(node: LexborNode) -> str:
    """Return words that an element shows without holding them: the hint of a picture, the value of a field."""
    if node.tag == "img":
        return node.attributes.get("alt") or ""
    is_field = node.tag == "input" and (node.attributes.get("type") or "text") == "text"
    return (node.attributes.get("value") or "") if is_field else ""


def _label_of(node: LexborNode) -> str:
    """Return the label that a value bears as its hint, <span title="时效性">有效</span>, or above it in a table; empty where it bears none."""
    hint = squeeze(node.attributes.get("title") or node.attributes.get("aria-label") or "").strip(":")
    hint = hint or (_head_of(node) if node.tag == "td" else "")
    return f"{hint}:" if 0 < len(hint) <= _LONGEST_LABEL and node.tag not in {"html", "body"} else ""


def _head_of(cell: LexborNode) -> str:
    """Return the words above a cell in a table of two rows, of which the first names columns: a sheet of facts, laid across; else an empty text."""
    row = cell.parent
    after = row.next if row is not None else None
    body = row.parent if row is not None and (after is None or after.next is None) else None
    table = body.parent if body is not None and body.tag == "tbody" else None
    rows = table.css("tr") if table is not None else []
    if len(rows) != _FACTS_ACROSS or rows[1] != row:
        return ""
    heads, cells = ([each for each in line.iter() if each.tag in {"td", "th"}] for line in rows)
    named = [squeeze(each.text()).strip(":") for each in (*heads, *cells[:1])]
    *known, begins_row = (is_pages_label(each) or names_document(each) for each in named)
    least = len(heads) / 2 if all(each.tag == "th" for each in heads) else len(heads)
    is_across = len(heads) == len(cells) and sum(known) >= least and not begins_row
    return named[cells.index(cell)] if is_across else ""


_FACTS_ACROSS = 2
"""Rows of such a table: labels, and one value under each. A table with more rows lists several things."""


_BESIDE_LINK = re.compile(r"^[·•>»\-]+|^\[\d{1,2}\]|[\[(]?(?:20\d\d[-/.])?\d\d?[-/.]\d\d?[\])]?$")
_ALERT = re.compile(r"""\balert\s*\(\s*(["'])([^"']{2,80})\1""")


def page_of(data: bytes) -> Page | None:
    """Return the page that bytes are; None where they are no page, or one that is made to keep a reader busy."""
    if b"<" not in data[:4096] or data.startswith(_OTHER_KINDS) or not is_bounded(data):
        return None
    page = Page(data)
    if sum(len(run.words) for run in page.runs) < _LEAST_SHOWN and (words := drawn(page.tree)):
        return Page(words.encode())
    return page


_OTHER_KINDS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")
"""First bytes of archives, PDF and older office files: the markup that they may hold is no page."""
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


LEAST_TITLE = 6
"""Characters of the shortest title that is told by its words from those of a menu."""
_PARTS = re.compile(r"[|｜]|\s+(?=[^\sA-Za-z:：]{2,8}[:：]|[【\[][^】\]\s]{2,16}[】\]])")
"""Where one run of words holds several facts: 文号：某号 | 有效性：有效, or [文号]某号 [有效性]有效."""
