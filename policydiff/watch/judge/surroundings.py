"""What stands on a page around its document, held against the page before: facts that changed, and the place of the text.

No list of labels or layouts is asked. Two pages of one source are read word run by word run; runs that both pages have
say nothing, and what is left is judged by what it is: a state (失效), a number, a dated label, a sentence of repeal, a file.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policydiff.extract.sniff import decode
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.watch.judge.core import core_lines, simplified, squeeze
from policydiff.watch.judge.cuts import ANNEX, ISSUER, FactChange, state_of, suffix_change
from policydiff.watch.links import clean_address, is_bounded

_MOST_RUNS = 4_000
"""Word runs beside the text beyond which a page is no page of one document."""
_UNSEEN = frozenset({"script", "style", "template", "noscript", "-comment", "head"})
_STATE = re.compile(
    r"[【\[（(]?(?:已经?|全文|部分|现行|继续|尚未|未|不再|现)?(?:宣布|被)?(?:废止|失效|有效|修改|修订|修正|生效|施行|实施|停止(?:执行|施行)|过期|撤销|终止|作废|届满)(?:或失效)?[】\]）)]?|现行|是|否"
    r"|(?:currently|notyet|nolonger)?(?:inforce|effective|valid)|invalid|repealed|amended|revised|expired|superseded|revoked|rescinded|abolished",
    re.IGNORECASE,
)
_STATE_LABEL = re.compile(
    r"(?:有效|时效|效力|生效|公文|文件|法规|当前|法律)?(?:性|状态|情况|期)|(?:有效|时效|效力|生效|公文)|时效性|是否有效|公文时效|效力级别状态|(?:legal)?status|validity",
    re.IGNORECASE,
)
_ISSUER_LABEL = re.compile(
    r"(?:发文|发布|制定|印发|公开|颁布)(?:机关|机构|单位|主体|部门)|(?:issued|made|adopted|promulgated)by|issuing(?:body|authority)",
    re.IGNORECASE,
)
_NAMED_BODY = re.compile(r"[^\d。；:]{2,60}")
_REPEAL = re.compile(
    r"(?:[本该此](?!次|轮|期|周|月|年|网|站|栏)|[》」])(?:行政)?(?:规范性)?(?:文件|文|件|办法|规定|条例|通知|意见|方案|细则|规划|计划|决定|法规|规章|政策|措施|标准|公告|通告)?[^？?]{0,40}?(?:废止|失效|失去效力|丧失效力|停止执行|不再执行|停止施行|作废|有?新版本|撤销|替代|取代|代替|修订|修改|到期|终止)"
    r"|自\d{4}年\d{1,2}月\d{1,2}日起(?:废止|失效|失去效力|丧失效力|停止(?:执行|施行|实施|适用|使用)|不再(?:执行|施行|适用)|作废)|^[【\[（(](?:已?经?|全文|部分)(?:废止|失效|修改|修订|撤销)[】\]）)]"
)
_LONGEST_REPEAL = 120
"""Characters of a sentence that says a document has ended; longer ones are news."""
_DATED = re.compile(
    r"(施行|实施|生效|执行|effective|inforce|commence)|(失效|废止|终止|截止|有效期|repeal|expir)|(成文|印发|发文|签发)",
    re.IGNORECASE,
)
_DATED_AS = ("施行日期", "失效日期", "成文日期")
_ENDS = 2
"""Place of the day on which a document ends: that a page names one at all is news, of other days it may be a new layout."""
_DAY = re.compile(r"\d{4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}日?|(?:中华)?民国\d{2,3}年\d{1,2}月\d{1,2}日")
_FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|rtf|zip|rar|7z|jpe?g|png|tiff?)(?:$|[?#&）)])", re.IGNORECASE
)
_NAMED_ANNEX = re.compile(r"(?:附件|附表|附录|附图|附)[一二三四五六七八九十\d]{0,3}[:：.、]")


class Run(NamedTuple):
    """A run of words on a page, as one element shows it."""

    words: str
    """Without blanks, width made one."""
    is_link: bool


class Page:
    """A page as its reader sees it: word runs in reading order, and links to files."""

    def __init__(self, data: bytes) -> None:
        self.tree = LexborHTMLParser(decode(data).text)
        self.runs: list[Run] = []
        self.files: dict[str, str] = {}
        title = self.tree.css_first("title")
        self.title = squeeze(title.text()) if title is not None else ""
        scripts = " ".join(node.text() for node in self.tree.css("script"))[:_MOST_SCRIPT]
        self.alerts = "".join(squeeze(found[2]) for found in _ALERT.finditer(scripts))
        """What scripts of the page say in a box."""
        self.asks_password = self.tree.css_first("input[type=password]") is not None
        if self.tree.body is not None:
            self._walk(self.tree.body)

    def _walk(self, body: LexborNode) -> None:
        stack: list[tuple[LexborNode, bool]] = [(body, False)]
        while stack and len(self.runs) < 4 * _MOST_RUNS:
            node, is_link = stack.pop()
            if node.tag in _UNSEEN:
                continue
            if node.tag == "-text":
                parts = _PARTS.split(node.text(deep=False))
                self.runs += [
                    Run(run, is_link) for part in parts for run in _parted(squeeze(part)) if run.strip(":")
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
        is_file = _FILE.search(target) or _FILE.search(label) or _NAMED_ANNEX.match(label)
        if target and label and is_file:
            self.files.setdefault(label, _name(target))


def _label_of(node: LexborNode) -> str:
    """Return the label that a value bears as its hint: <span title="时效性">有效</span>; empty where it bears none."""
    hint = squeeze(node.attributes.get("title") or node.attributes.get("aria-label") or "").strip(":")
    return f"{hint}:" if 0 < len(hint) <= _LONGEST_LABEL and node.tag not in {"html", "body"} else ""


_ALERT = re.compile(r"""\balert\s*\(\s*(["'])([^"']{2,80})\1""")


def page_of(data: bytes) -> Page | None:
    """Return the page that bytes are; None where they are no page, or one that is made to keep a reader busy."""
    if b"<" not in data[:4096] or not is_bounded(data):
        return None
    return Page(data)


def _parted(words: str) -> list[str]:
    """Return a short run with its label apart from its value: 有效性：有效 are two."""
    marked = _MARKED.fullmatch(words)
    if marked is not None and not _STATE.fullmatch(simplified(marked[1])):
        return [f"{marked[1]}:", marked[2]]
    label, colon, value = words.partition(":")
    return [f"{label}{colon}", value] if colon and 0 < len(label) <= _LONGEST_LABEL else [words]


_MARKED = re.compile(r"[【\[]([^】\]]{2,16})[】\]](.{1,60})")
_LONGEST_LABEL = 16
_MOST_SCRIPT = 20_000
"""Characters of scripts in which a box is looked for."""


def _name(target: str) -> str:
    try:
        parts = urlsplit(clean_address(target))
    except ValueError:
        return target
    name = unquote(parts.path.rpartition("/")[2])
    return name if _FILE.search(name) or not parts.query else f"{name}?{parts.query}"


def declared_anew(old: Page, new: Page, text: str) -> tuple[FactChange, ...]:
    """Return what the new page says of its document otherwise than the old one, outside the text that both hold.

    Args:
        old: The last version's page.
        new: The page as it is.
        text: The text that both hold.
    """
    words = squeeze(text)
    before, after = (_beside(page.runs, words) for page in (old, new))
    changes: list[FactChange] = [*_annexes(old, new)]
    if len(before) > _MOST_RUNS or len(after) > _MOST_RUNS:
        return tuple(changes)
    known = {run.words for run in before}
    stated = _stated(old.runs)
    gone = known - {run.words for run in after}
    matcher = SequenceMatcher(
        None, [run.words for run in before], [run.words for run in after], autojunk=False
    )
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind in {"replace", "insert"}:
            lost = [run.words for run in before[i1:i2] if run.words in gone]
            for place in range(j1, j2):
                run = after[place]
                if run.words in known or run.is_link:
                    continue
                label = after[place - 1].words if place else ""
                had = [*lost, *stated.get(label.strip(":"), ())]
                changes += _judged(run.words, label.strip(":"), had)
                changes += _titled_anew(run.words, old.runs, words)
    found: dict[str, FactChange] = {}
    for change in changes:
        found.setdefault(change.label, change)
    return tuple(found.values())


def _beside(runs: Sequence[Run], text: str) -> list[Run]:
    """Return the runs that are no part of the text; short ones count, a value may be a word of the text too."""
    return [run for run in runs if len(run.words) < 8 or run.words not in text]


def _stated(runs: Sequence[Run]) -> dict[str, list[str]]:
    """Return what follows each run of words: the value of each label, though it be a word of the text too."""
    found: dict[str, list[str]] = {}
    for label, value in pairwise(runs):
        found.setdefault(label.words.strip(":"), []).append(value.words)
    return found


def _titled_anew(words: str, before: Sequence[Run], text: str) -> list[FactChange]:
    """Return a heading of the document that got or lost a suffix: a run that is its old heading but for that."""
    if not _LEAST_TITLE <= len(words) <= 120:
        return []
    headings = {run.words for run in before if not run.is_link and len(run.words) >= _LEAST_TITLE}
    changes = (suffix_change(heading, words) for heading in sorted(headings) if heading in text[:_HEAD])
    return next(filter(None, changes), [])


_LEAST_TITLE = 6
_HEAD = 1_500
"""Characters within which a text bears its title, that of the text it carries included."""


def _judged(said: str, label: str, lost: Sequence[str]) -> Iterator[FactChange]:
    words, label = simplified(said), simplified(label)
    lost = [simplified(each) for each in lost]
    if _STATE.fullmatch(words) and (
        _STATE_LABEL.fullmatch(label) or any(_STATE.fullmatch(each) for each in lost)
    ):
        old = next((each for each in lost if _STATE.fullmatch(each)), "")
        if state_of(words) and state_of(words) != (state_of(old) or "有效"):
            yield FactChange("有效性", old or "—", words)
        return
    if len(words) <= _LONGEST_REPEAL and _REPEAL.search(words) and "?" not in words:
        yield FactChange("有效性", "—", words)
        return
    number = DocumentNumber.parse(words)
    if number is not None:
        old_number = next(filter(None, map(DocumentNumber.parse, lost)), None)
        if old_number is not None and old_number.key != number.key:
            yield FactChange("发文字号", str(old_number), str(number))
        return
    if _ISSUER_LABEL.fullmatch(label) and _NAMED_BODY.fullmatch(words):
        body = next(
            (each for each in lost if _NAMED_BODY.fullmatch(each) and not _ISSUER_LABEL.fullmatch(each)),
            words,
        )
        yield from [FactChange(ISSUER, body, words)] if body != words else []
        return
    yield from _redated(words, label, lost)


def _redated(words: str, label: str, lost: Sequence[str]) -> Iterator[FactChange]:
    dated = _DATED.search(label)
    if dated is not None and _DAY.fullmatch(words):
        old_day = next((each for each in lost if _DAY.fullmatch(each)), None)
        if old_day is None and dated.lastindex == _ENDS:
            yield FactChange(_DATED_AS[_ENDS - 1], "—", words)
        elif old_day is not None and re.findall(r"\d+", old_day) != re.findall(r"\d+", words):
            yield FactChange(_DATED_AS[(dated.lastindex or 1) - 1], old_day, words)


def _annexes(old: Page, new: Page) -> Iterator[FactChange]:
    for label, name in new.files.items():
        if label not in old.files:
            yield FactChange(label, "—", name)
        elif old.files[label] != name:
            yield FactChange(label, old.files[label], name)
    for label, name in old.files.items():
        if label not in new.files:
            yield FactChange(f"{ANNEX} {label}", name, "—")


def place_of(page: Page, text: str) -> str | None:
    """Return the selector of the smallest element that holds a text on its page; None where that is the page itself."""
    wanted = core_lines(text)
    node = page.tree.body
    if node is None or not wanted or not _holds(node, wanted):
        return None
    path: list[str] = []
    while True:
        inner = next(
            (child for child in node.iter() if child.tag not in _UNSEEN and _holds(child, wanted)), None
        )
        if inner is None:
            return " > ".join(["body", *path]) if path else None
        path.append(_selector(inner))
        node = inner


def _holds(node: LexborNode, lines: Sequence[str]) -> bool:
    words = squeeze(node.text()).replace("|", "")
    return sum(len(line) for line in lines if line.replace("|", "") in words) >= 0.9 * sum(map(len, lines))


def _selector(node: LexborNode) -> str:
    name, classes = node.attributes.get("id"), (node.attributes.get("class") or "").split()
    parts = [f'[id="{name}"]'] if name and _PLAIN.fullmatch(name) else []
    parts += [f'[class~="{each}"]' for each in classes if _PLAIN.fullmatch(each)]
    return (node.tag or "*") + "".join(parts)


_PARTS = re.compile(r"[|｜]|\s+(?=[^\sA-Za-z:：]{2,8}[:：])")
"""Where one run of words holds several facts: 文号：某号 | 有效性：有效."""
_PLAIN = re.compile(r"[\w-]{1,80}")
