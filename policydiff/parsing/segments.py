"""A document parted into the texts it holds: the notice that carries, the text carried, and annexes."""

import re

from policydiff.parsing.kinds import Kind
from policydiff.parsing.labels import Sort
from policydiff.parsing.paragraphs import Paragraph
from policydiff.text.blanks import BLANKS

_CLOSING = frozenset(
    {
        Kind.BODY_NAME,
        Kind.SIGNED,
        Kind.DATE,
        Kind.NOTE,
        Kind.COPIED,
        Kind.PRINTED,
        Kind.KEYWORDS,
        Kind.DISCLOSURE,
    }
)
_HEAD = frozenset(
    {
        Kind.NUMBER,
        Kind.FLAG,
        Kind.SIGNER,
        Kind.SECRECY,
        Kind.EVENT,
        Kind.DATE,
        Kind.SIGNED,
        Kind.BODY_NAME,
        Kind.NOTE,
        Kind.DISCLOSURE,
        Kind.KEYWORDS,
    }
)
_SIGNATORY = re.compile(
    r"(?:总理|主席|省长|市长|州长|县长|区长|部长|主任|局长|署长|行长|院长|检察长|委员长|会长)[\u4e00-\u9fff·]{2,8}"
)
ADDRESSED = re.compile(
    r"([^：:。；;《]{2,400}(?:政府|委|办|局|厅|部|部门|单位|机构|企业|公司|院校|镇|街道|办事处|会|院|处|校|组|区|县|市|省|署|行|厂|中心|同志|委员|代表|集团|社|军区|兵团|团体|学院|大学|协会|机关))[：:]"
)
"""主送机关: bodies up to a colon; the body may follow on the same line."""
TITLE_END = re.compile(
    r"(?:决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|计划|规划|纲要|办法|规定|细则|措施"
    r"|条例|规则|清单|指南|要点|预案|政策|答复|解释|目录|名单|标准|规范|制度|章程|守则|准则|法|修正案|名录|一览表|汇总表|分工表|表"
    r"|程序|指引|倡议|宣言|建议|安排|分工|任务|机制|体系|指标|说明|示范|规程|汇编|复函|议事规则|法典|序列|定员|体制|图|式样)"
    r"(?:[（(][^（()）]{1,30}[)）])*[》〉]?$"
)
_SENTENCE = re.compile("[。；]")
_PREFACE = frozenset({"序言", "前言", "引言", "导言", "序", "引语"})


class Text:
    """One of the texts of a document."""

    __slots__ = ("body", "head", "mark", "tail", "title")

    def __init__(self) -> None:
        self.mark: Paragraph | None = None
        """附件1, where the text is an annex."""
        self.head: list[Paragraph] = []
        self.title: list[Paragraph] = []
        self.body: list[Paragraph] = []
        self.tail: list[Paragraph] = []


def part_texts(paragraphs: list[Paragraph]) -> list[Text]:
    """Return the texts of a document in order; there is at least one."""
    texts: list[Text] = []
    index = 0
    while index < len(paragraphs) or not texts:
        text = Text()
        index = _read_head(paragraphs, index, text, first=not texts)
        index = _read_body(paragraphs, index, text)
        texts.append(text)
    return texts


def _read_head(paragraphs: list[Paragraph], index: int, text: Text, *, first: bool) -> int:
    if index < len(paragraphs) and not first and _is_annex_mark(paragraphs[index]):
        text.mark = paragraphs[index]
        index += 1
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        if paragraph.kind in _HEAD:
            text.head.append(paragraph)
        elif is_title_line(paragraph) and len(text.title) < 12:
            text.title.append(paragraph)
            text.head.append(paragraph)
        else:
            break
        index += 1
    return index


def is_title_line(paragraph: Paragraph) -> bool:
    """Say whether a paragraph may be a line of a title: short, no sentence, no label, no addressee."""
    words = paragraph.text
    if paragraph.kind is not None or not words or "\t" in words:
        return False
    if paragraph.label is not None and paragraph.label.sort != Sort.FIRSTLY:
        return False
    if paragraph.markup.startswith("#"):
        return len(words) <= 120
    if words.strip(BLANKS) in _PREFACE:
        return False
    return len(words) <= 90 and not _SENTENCE.search(words) and words[-1] not in "：:，,、；;？?！!"


def _is_annex_mark(paragraph: Paragraph) -> bool:
    return paragraph.kind is Kind.ANNEX


def _read_body(paragraphs: list[Paragraph], index: int, text: Text) -> int:
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        if _is_annex_mark(paragraph) and (text.body or text.tail):
            return index
        if paragraph.kind in _CLOSING or _signatory(paragraphs, index):
            end = _closing_end(paragraphs, index)
            if end == len(paragraphs) or starts_text(paragraphs, end):
                text.tail.extend(paragraphs[index:end])
                return end
            if _furniture_only(paragraphs, index, end):
                text.tail.extend(paragraphs[index:end])
                index = end
                continue
        text.body.append(paragraph)
        index += 1
    return index


def _furniture_only(paragraphs: list[Paragraph], start: int, end: int) -> bool:
    return all(
        paragraph.kind in (Kind.NOTE, Kind.COPIED, Kind.PRINTED, Kind.KEYWORDS, Kind.DISCLOSURE)
        for paragraph in paragraphs[start:end]
    )


def _signatory(paragraphs: list[Paragraph], index: int) -> bool:
    paragraph = paragraphs[index]
    return (
        index + 1 < len(paragraphs)
        and paragraphs[index + 1].kind is Kind.DATE
        and _SIGNATORY.fullmatch(paragraph.text) is not None
    )


def _closing_end(paragraphs: list[Paragraph], index: int) -> int:
    while index < len(paragraphs) and (paragraphs[index].kind in _CLOSING or _signatory(paragraphs, index)):
        index += 1
    return index


def starts_text(paragraphs: list[Paragraph], index: int) -> bool:
    """Say whether a further text begins here: an annex mark, or title lines that end in the name of a kind of text."""
    if index >= len(paragraphs):
        return False
    if _is_annex_mark(paragraphs[index]):
        return True
    words = ""
    for paragraph in paragraphs[index : index + 6]:
        if not is_title_line(paragraph):
            break
        words += paragraph.text
        if TITLE_END.search(words):
            return True
    return False
