"""Lines of a fixed form: document numbers (发文字号), addressees (主送机关), and announced attachments (附件说明), each with whether its text is in the file."""

import re
from itertools import pairwise

from policydiff.lexicon.bodies import BODY
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.furniture import FURTHER_FACT, facts_above, page_labels
from policydiff.lexicon.horizons import DATE
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import despace
from policydiff.parsing.imprint import SIGNATORY
from policydiff.parsing.kinds import (
    CASE_NUMBER,
    CHAPTER_NUMBER,
    CONTRACT_NUMBER,
    FORMS,
    ISSUE_NUMBER,
    LINE_WORDS,
    NUMBER_FORM,
    STANDARD_NUMBER,
    TELEGRAM,
    Kind,
    pairs_in_cells,
    pairs_on,
    pairs_set_off,
    with_digits,
)
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.segments import Text

_GUARD = lazy_pattern(f"^{TELEGRAM}")
_OTHER = lazy_pattern(f"{STANDARD_NUMBER}|{CONTRACT_NUMBER}|{CHAPTER_NUMBER}|{CASE_NUMBER}")
ISSUE = lazy_pattern(ISSUE_NUMBER)
_COUNTED = lazy_pattern(
    r"[（(〔［\[]?(?:(?:19|20)\d\d年?|第?[\d一二三四五六七八九十]{1,3}届)?[)）〕］\]]?[（(]?第.{1,8}号[)）]?"
)
"""A number without its body, which stands on the line above: 某县人大常委会公告 / （十五届第7号）, 某行公告 / （2009）第4号."""
_COUNTS = lazy_pattern("(?!.*(?:关于|的[公通]告))[\u4e00-\u9fff]{4,40}(?:[公通]告|令)")
_CHAPTER = lazy_pattern(r"(?:Cap\.?\s?)(\d{1,4}[A-Z]{0,2})")
_ANY = lazy_pattern(NUMBER_FORM, re.VERBOSE)


def normal_number(words: str) -> str | None:
    """Return a document number in its normal form, None for anything else."""
    number = DocumentNumber.parse(words)
    return None if number is None else str(number)


def numbers_on(line: str) -> list[DocumentNumber]:
    """Return the document numbers on a line of the head, which may also hold dates or other notes.

    >>> [str(number) for number in numbers_on("1994年8月29日 法发〔1994〕21号 高检会〔1994〕37号")]
    ['法发〔1994〕21号', '高检会〔1994〕37号']
    """
    words = with_digits(_GUARD.sub("", despace(line).replace(" ", "")))
    whole = DocumentNumber.parse(words)
    if whole is not None:
        return [whole]
    parted = DATE.sub("、", words)
    found = [DocumentNumber.parse(match[0].strip("、，")) for match in _ANY.finditer(parted)]
    return [number for number in found if number is not None]


def numbers_in(lines: list[Paragraph]) -> list[str]:
    """Return the document numbers printed in the fixed lines of a text, in order; numbers split over two lines are joined."""
    printed = [despace(line.text) for line in lines if line.kind is Kind.NUMBER]
    bare = [words if _OTHER.fullmatch(words) else words.strip("（）()") for words in printed]
    others = [
        _CHAPTER.sub(r"第\1章", words) for words in bare if _OTHER.fullmatch(words) and not numbers_on(words)
    ]
    if others:
        return list(dict.fromkeys(others))
    whole = [number for words in printed for number in numbers_on(words)]
    found = [str(number) for number in whole if not number.lacks_body]
    if found:
        return list(dict.fromkeys(found))
    counted = (_with_lines_above(lines, index) for index in range(1, len(lines)))
    joined = DocumentNumber.parse("".join(printed))
    named = next(filter(None, counted), None) if joined is None or joined.lacks_body else None
    if named is not None or joined is not None:
        return [named or str(joined)]
    return [
        *(words for words in bare if ISSUE.fullmatch(words)),
        *(str(number) for number in whole if number.year is not None),
    ][:1]


def _with_lines_above(lines: list[Paragraph], index: int) -> str | None:
    """Return the number formed by a counted line and the bodies on the lines above it; None if they form none."""
    line, above = lines[index], lines[index - 1]
    if line.kind is not Kind.NUMBER:
        return None
    start = index - 1 if above.text in FORMS else index
    while start < index and start and lines[start - 1].kind is Kind.BODY_NAME:
        start -= 1
    if start < index - 1:
        return normal_number(
            " ".join(each.text for each in lines[start : index - 1]) + above.text + line.text
        )
    if not _COUNTED.fullmatch(line.text) or not _COUNTS.fullmatch(above.text):
        return None
    return normal_number(above.text + line.text)


_ADDRESSED = LINE_WORDS.phrase("[^：:。；;《》]{2,400} {addressee_endings} [：:]")
_ALONE = lazy_pattern("[^：:。；;《》“”]{2,200}[：:]")
_OPEN_BRACKET = lazy_pattern("[（(][^（()）]*[：:]$")
"""A colon inside a bracket ends no salutation: 各区床位任务表（单位：张）."""
_OPENS_BODY = lazy_pattern("为|根据|按照|现|经|下列|以下|第|关于|本|近|问|答|会议|出席|参加|记录|时间|地点")
_ANNOUNCES = lazy_pattern("(?:如下|下列|以下|[认以]为|指出|强调|要求|决定|议定|提出|公[告示]|通知)[：:]$")
_LETTER_TITLE = lazy_pattern(
    "(?:通知|通报|批复|[复答]?函|[答回]复|意见|决定|报告|请示|书)(?:[（(][^（()）]{1,20}[)）])?$"
)
"""Titles of texts that are sent to an addressee."""


_MOST_ABOVE = 2
"""Most remarks between the title and the salutation."""
_LONGEST_BEFORE_EACH = 4
"""Characters at the start of an addressee's name in which 各 may stand: 校属各单位."""
_LONGEST_REMARK = 10
"""Most characters of such a remark (急件, 不公开)."""


def _is_remark(line: Paragraph) -> bool:
    """Return whether a line below the title is only a remark, which the addressees may follow.

    It is short (A类, 同意公开), or states where a report was given (——某日在某次会议上), or by whom (某委员会主任　某某).
    """
    if line.label is not None or line.rows or line.text[-1:] in "：:。":
        return False
    return (
        len(line.text) <= _LONGEST_REMARK
        or line.text.startswith("——")
        or SIGNATORY.fullmatch(line.text) is not None
    )


def take_addressees(text: Text) -> tuple[str, ...]:
    """Return the addressees of a text and move their line, or its beginning, from the body into the head.

    Addressees have the endings of bodies; below the title of a sent text, any line of names with a colon counts.
    """
    sent = _LETTER_TITLE.search("".join(line.text for line in text.title)) is not None
    index = 0
    while index < min(_MOST_ABOVE, len(text.body) - 1) and _is_remark(text.body[index]):
        index += 1
    first = text.body[index] if text.body else None
    if first is None or first.label is not None or first.rows or _OPENS_BODY.match(first.text):
        return ()
    match = _ADDRESSED.match(first.text)
    to_all = "各" in first.text[:_LONGEST_BEFORE_EACH] or first.text.startswith(("尊敬的", "广大"))
    if match is None and len(text.body) > 1 and (sent or to_all):
        match = _ALONE.fullmatch(first.text) if not _ANNOUNCES.search(first.text) else None
    if match is None or _OPEN_BRACKET.search(match[0]):
        return ()
    text.head.append(Paragraph(first.block.part(0, match.end()), first.start))
    rest = first.block.part(match.end())
    if rest.text:
        text.body[index] = Paragraph(rest, rest.span.start)
    else:
        text.body.pop(index)
    return names_in(match[0].rstrip("：:"))


def names_in(words: str) -> tuple[str, ...]:
    """Return the names in a list: parted by commas; the 、 inside a group (各委、办、局) stays.

    >>> names_in("各区人民政府，市政府各委、办、局")
    ('各区人民政府', '市政府各委、办、局')
    """
    names = [name for name in re.split("[，,；;]", words) if name]
    return tuple(part for name in names for part in _apart(name))


def _apart(name: str) -> list[str]:
    """Return the names separated by 、 if each is complete alone (安徽省人民政府、自然资源部), else its groups, each begun by a body of its own with 各: 各县人民政府、行署各委、办、局."""
    parts = name.split("、")
    each = all(part.startswith("各") and len(part) > 1 for part in parts)
    if each or all(_WHOLE_NAME.fullmatch(part) for part in parts):
        return parts
    groups = parts[:1]
    for before, part in pairwise(parts):
        if "各" in part[1:_LONGEST_BEFORE_EACH] and _NAME_ENDS.search(before):
            groups.append(part)
        else:
            groups[-1] += f"、{part}"
    return groups


_NAME_ENDS = lazy_pattern(rf"{BODY}$|[委办局]$")
_WHOLE_NAME = lazy_pattern(
    rf"(?!各)(?:[\u4e00-\u9fff]{{0,8}}[省市县区州旗盟镇乡](?!各)[\u4e00-\u9fff]{{0,16}}{BODY}|(?:国家|国务院|中国|中共|最高)[\u4e00-\u9fff]{{2,16}}|[\u4e00-\u9fff]{{2,8}}(?:部|总局|总署|战区|军区)"
    r"|[省市区县州旗](?:委|人大|政协|政府|纪委|监委|法院|检察院)[\u4e00-\u9fff]{0,10})"
)


_STATED = {
    "发布机构": "发文机关", "批准部门": "发文机关", "名称": "标题", "编号": "发文字号", "制度编号": "发文字号", "公告编号": "发文字号", "等级": "紧急程度", "受文者": "主送", "副本": "抄送", "速別": "紧急程度", "密等及解密條件或保密期限": "密级"
}  # fmt: skip
"""Labels above or below a text, besides those of pages, each with the label by which the fact is known."""
_OF_TAIWAN = frozenset({"發文日期", "發文字號", "受文者"})
_LETTER = lazy_pattern(r"([\u4e00-\u9fff]{2,20}[府局處會院所校部署])\s*(?:書?函|令|公告|開會通知單)")
_ABOVE, _BELOW = 12, 6
"""Lines at the beginning and at the end of a text in which lines of label and value may stand."""


def stated_in(text: str) -> tuple[tuple[str, str], ...]:
    r"""Return facts of a text from lines of a label and a value, as 法規名稱：某條例 or 發布日期：2024-03-18 above it.

    >>> stated_in("某市政府 函\n受文者：某局\n發文字號：某交字第1130087654號\n主旨：請查照。")
    (('发文机关', '某市政府'), ('主送', '某局'), ('发文字号', '某交字第1130087654號'))
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: dict[str, str] = {}
    is_letter = False
    pairs = [pair for pairs in facts_above(lines).values() for pair in pairs]
    for line in lines[:_ABOVE]:
        pairs.extend(pairs_in_cells(line) if "\t" in line or "|" in line else ())
    for line in dict.fromkeys([*lines[:_ABOVE], *lines[-_BELOW:]]):
        for words in FURTHER_FACT.split(line):
            pairs.extend(pairs_on(words))
        pairs.extend(pairs_set_off(line))
    known = page_labels() | _STATED
    for label, value in pairs:
        if value and label in known:
            found.setdefault(known[label], value)
            is_letter |= label in _OF_TAIWAN
    sender = next(filter(None, map(_LETTER.fullmatch, lines[:_ABOVE])), None) if is_letter else None
    return (*((("发文机关", sender[1]),) if sender is not None else ()), *found.items())


_VALUE = lazy_pattern("[：:]")


def keywords_in(line: Paragraph) -> tuple[str, ...]:
    """Return the keywords of a 主题词 line, which the print parts by blanks."""
    start = _VALUE.search(line.text)
    words: list[str] = []
    for index in range(start.end() if start is not None else 0, len(line.text)):
        apart = not words or line.block.place(index) - line.block.place(index - 1) > 1
        if apart:
            words.append("")
        words[-1] += line.text[index]
    return tuple(words)


def declared_number(labelled: dict[str, str]) -> str | None:
    """Return the document number declared by the page around a text (发文字号); None if it declares none."""
    said = labelled.get("发文字号") or labelled.get("文号") or ""
    if not said and (title := labelled.get("标题")) and _OTHER.fullmatch(title):
        return title  # the gazette of Macao names acts by their numbers
    return (said and (normal_number(said) or (said if _OF_HOUSE.fullmatch(said) else None))) or None


_OF_HOUSE = lazy_pattern(r"(?=[^\d]*\d)[\u4e00-\u9fff]{0,4}[A-Za-z0-9]+(?:[-/_.—–·][A-Za-z0-9]+)+号?")
"""The number of a company's or school's own rules, with parts joined by strokes: HR-ZD-012, 2024-025."""


def declared_bodies(labelled: dict[str, str]) -> tuple[str, ...]:
    """Return the issuing bodies declared by the page around a text (发文机关)."""
    words = labelled.get("发文机关") or labelled.get("发布机构") or labelled.get("发文机构") or ""
    return tuple(
        name
        for name in re.split(r"[、,，;；]\s*|\s+(?![A-Za-z])", words.strip())
        if name and name[-1:] != "网" and not name.endswith("网站")
    )
