"""Web furniture (网页附件): lines that belong to a web page and not to its document, from a single list (`furniture.toml`)."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import BLANKS

_BLANK = lazy_pattern(f"[{BLANKS}]+")
_LONGEST = 80
"""Characters of the longest line of furniture, blanks aside: longer lines on portals are sentences."""
_MARKS = r"[|｜\[\]【】（）()·/\-—>＞»]{0,6}"
"""Marks between and around the pieces of a line."""
_MOST_PIECES = 11
"""Most pieces of a line, which bounds the time for reading it; portals print up to nine."""
_LONGEST_STATED = 400
"""Characters of the longest line that a portal prints above a text, including a summary of the text."""


class _Patterns(NamedTuple):
    line: re.Pattern[str]
    edge: re.Pattern[str]
    stated: re.Pattern[str]
    footer: re.Pattern[str]
    beside_footer: re.Pattern[str]
    languages: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    text = files("policydiff.lexicon").joinpath("furniture.toml").read_text("utf-8")
    lists: dict[str, list[str]] = tomllib.loads(text)
    every = {name: "|".join(f"(?:{pattern})" for pattern in patterns) for name, patterns in lists.items()}
    item, beside = every["items"], every["beside"]
    line = f"{_MARKS}(?:(?:(?P<item>{item})|{beside}){_MARKS}){{1,{_MOST_PIECES}}}"
    wanted = (
        line,
        every["edges"],
        every["stated"],
        every["footers"],
        every["beside_footers"],
        every["languages"],
    )
    return _Patterns(*(lazy_pattern(pattern, re.VERBOSE) for pattern in wanted))


def is_furniture(line: str) -> bool:
    """Return whether a line is furniture at any place; a clause that mentions a counter is not.

    >>> [is_furniture(line) for line in ("【打印本页】【关闭窗口】【字体：大 中 小】", "一、浏览次数应当如实公布。")]
    [True, False]
    """
    words = _BLANK.sub("", line)
    found = _patterns().line.fullmatch(words) if 0 < len(words) <= _LONGEST else None
    return (found is not None and found["item"] is not None) or _patterns().languages.fullmatch(
        words
    ) is not None


def is_stated(line: str) -> bool:
    """Return whether a line is a portal's statement about a document above its text: 索引号：某号."""
    words = _BLANK.sub("", line)
    return 0 < len(words) <= _LONGEST_STATED and _patterns().stated.fullmatch(words) is not None


def opens_footer(line: str, *, beside: bool = False) -> bool:
    """Return whether a line is a record or copyright line of a page, or (with `beside`) a line that may precede one.

    Such lines occur below regulations on the pages of ministries and agencies. Only the end of a text is tested,
    because 主办单位：某局 in its body is a fact of the document.
    """
    words = _BLANK.sub("", line)
    pattern = _patterns().beside_footer if beside else _patterns().footer
    return len(words) <= _LONGEST_STATED and pattern.fullmatch(words) is not None


def kept_lines(lines: Sequence[str]) -> list[bool]:
    """Return for each line of a page's text whether it stays: no furniture, and no edge line at an edge."""
    stays = [not is_furniture(line) for line in lines]
    left = [index for index, kept in enumerate(stays) if kept]
    while left and _is_edge(lines[left[0]]):
        stays[left.pop(0)] = False
    in_footer = False
    while left:
        line = lines[left[-1]]
        in_footer = in_footer or opens_footer(line)
        if not (_is_edge(line) or opens_footer(line) or (in_footer and opens_footer(line, beside=True))):
            break
        stays[left.pop()] = False
    return stays


def without_furniture(lines: Sequence[str]) -> list[str]:
    """Return the lines of a page's text without its furniture.

    >>> without_furniture(["首页 > 文件", "第一条 甲。", "主办单位：乙局", "第二条 乙。", "主办单位：丙局", "版权所有 丙局"])
    ['第一条 甲。', '主办单位：乙局', '第二条 乙。']
    """
    return [line for line, stays in zip(lines, kept_lines(lines), strict=True) if stays]


def _is_edge(line: str) -> bool:
    words = _BLANK.sub("", line)
    return not words or (len(words) <= _LONGEST and _patterns().edge.fullmatch(words) is not None)


class _Labels(NamedTuple):
    facts: dict[str, str]
    """Labels of facts, each with the label by which the fact is known."""
    above_text: dict[str, str]
    """Labels of facts above the text of a page stored as plain words, each with the label by which the fact is known."""
    texts: frozenset[str]
    alone: frozenset[str]
    """Labels on lines of their own without a colon, each above its value."""


@cache
def _labels() -> _Labels:
    data = tomllib.loads(files("policydiff.lexicon").joinpath("page_labels.toml").read_text("utf-8"))
    facts = {name: known for known, others in data["facts"].items() for name in (known, *others)}
    others = data["others"]
    facts.update((name, name) for name in others["labels"] if name not in facts)
    above = {name: name for name in others["above_text"]}
    above |= {_BLANK.sub("", name): known for known, names in data["english"].items() for name in names}
    return _Labels(facts, above | facts, frozenset(others["texts"]), frozenset(others["alone"]))


def page_labels() -> dict[str, str]:
    """Return the labels under which pages state facts of a document, each with the label by which the fact is known."""
    return _labels().facts


_PIECE = lazy_pattern(
    r"(?:\d{1,2}[.、]\s*)?[【\[]?(?P<label>[\u4e00-\u9fff](?:\s{0,2}[\u4e00-\u9fff]){1,9}|[A-Z][a-z]+(?:\s[A-Za-z]{2,12}){0,2})\s?(?:[】\]][:：]?|[:：])(?P<value>.*)",
    marks="：:】]",
)
FURTHER_FACT = lazy_pattern(r"(?<!\s)\s++(?=[\u4e00-\u9fff]{2,6}[:：])", marks="：:")
_FILE = lazy_pattern(
    r".{1,80}\.(?:pdf|docx?|wps|ofd|rtf|xlsx?|et|zip|rar)(?:\s*[（(]\w{2,5}[)）])?", re.IGNORECASE
)
"""The name of a file linked from a page."""
_ADDRESS = lazy_pattern(r"https?://\S+")
_OPENS_TEXT = lazy_pattern("第[一1].{0,2}[章条編编]|一[、.]")
_MOST_ABOVE = 40
"""Lines above a text in which facts of a page may stand with values on lines of their own."""
_SENTENCE = lazy_pattern("[。；;]")
_LONGEST_VALUE = 120
"""Most characters of the value beside a label of a page; longer ones are summaries or the text."""
_LONGEST_UNKNOWN = 40
"""The same beside a label that is in no list, so that a clause with a colon stays in the text."""
_FEWEST_TOGETHER = 2
"""Known labels in a row that identify a table of facts, in which unknown labels may stand too."""
_SUMMARIES = frozenset({"内容概述", "内容摘要", "摘要", "核心提示"})
_OWN_LABELS = frozenset({"附件", "抄送", "抄报", "主送", "签发人", "密级", "紧急程度", "主题词", "关键词"})
"""Labels of a document's own lines, which are printed on paper too."""


def facts_above(lines: Sequence[str]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return the lines above a text with facts stated by its page, each with its facts (label and value).

    Some pages print a value on the line below its label. Beside two known labels, an unknown label is a
    further fact of the page (主管处室：水利), whatever its value.

    >>> facts_above(["某某办法", "索引号：", "0061/2024", "发文字号：某政发〔2024〕7号", "主管处室：水利", "第一条 甲。"])
    {1: (('索引号', '0061/2024'),), 2: (), 3: (('发文字号', '某政发〔2024〕7号'),), 4: ()}
    """
    known = _labels()
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    together = 0
    lined = sum(_BLANK.sub("", line) in known.alone for line in lines[:_MOST_ABOVE]) > _FEWEST_TOGETHER
    for index, line in enumerate(map(_without_cells, lines[:_MOST_ABOVE])):
        if index in found:
            continue
        if found and (
            _BLANK.sub("", line).rstrip("：:") in known.texts
            or (_FILE.fullmatch(line) and index - 1 in found)
        ):
            found[index] = ()
            continue
        if lined and (label := _BLANK.sub("", line)) in known.alone and index + 1 < len(lines):
            below = lines[index + 1].strip()
            is_empty = _BLANK.sub("", below) in known.alone
            found[index] = ((known.above_text.get(label, label), "" if is_empty else below),)
            found.update({} if is_empty else {index + 1: ()})
            together += 1
            continue
        pairs = _facts_on(line, known)
        if pairs is None:
            piece = _PIECE.fullmatch(line)
            if together >= _FEWEST_TOGETHER and index - 1 in found and piece is not None and _is_fact(piece):
                found[index] = ()
                if piece["label"] in known.texts:
                    break
                continue
            together = 0
            if line.endswith("。") or len(line) > _LONGEST_VALUE or _OPENS_TEXT.match(line):
                break
            continue
        together += 1
        label, value = pairs[-1]
        below = lines[index + 1].strip() if index + 1 < len(lines) else ""
        if not value and below and label in known.facts and _may_be_value(below, known):
            pairs = (*pairs[:-1], (label, below))
            found[index + 1] = ()
        found[index] = pairs
    return dict(sorted(found.items())) if len(found) >= _FEWEST_TOGETHER else {}


def _without_cells(line: str) -> str:
    """Return a row of labels with colons and values as one line, any other line as it is: | 法規： | 某法 |."""
    cells = [cell.strip() for cell in line.replace("\t", "|").split("|") if cell.strip()]
    is_row = len(cells) > 1 and len(cells) % 2 == 0 and all(cell[-1] in "：:" for cell in cells[::2])
    labels = [_BLANK.sub("", cell) for cell in cells[::2]]
    return " ".join(map("".join, zip(labels, cells[1::2], strict=True))) if is_row else line


def _facts_on(line: str, known: _Labels) -> tuple[tuple[str, str], ...] | None:
    """Return the facts on a line; None if it does not begin with a known label."""
    if "\t" in line or "|" in line:
        return None  # the cells of a table are read with it
    pairs: list[tuple[str, str]] = []
    for words in FURTHER_FACT.split(line.lstrip("•●▪ \t\u3000")):
        piece = _PIECE.fullmatch(words)
        label = known.above_text.get(_BLANK.sub("", piece["label"])) if piece is not None else None
        if piece is None or label is None or (label in _OWN_LABELS and not pairs):
            return None
        value = piece["value"].strip()
        if value.endswith("。") or (len(value) > _LONGEST_VALUE and label not in _SUMMARIES):
            return None
        pairs.append((label, value))
    return tuple(pairs)


def _is_fact(piece: re.Match[str]) -> bool:
    """Return whether a label and its value, beside known facts, are a further fact: short, and no addressees."""
    label, value = piece["label"], piece["value"].strip()
    if label in _OWN_LABELS:
        return label == "附件" and not value
    if not value:
        return label in _labels().texts
    return (len(value) <= _LONGEST_UNKNOWN and _SENTENCE.search(value) is None) or _ADDRESS.fullmatch(
        value
    ) is not None


def _may_be_value(words: str, known: _Labels) -> bool:
    """Return whether a line may be the value of a lone label above it: no sentence, label, title or clause."""
    return (
        len(words) <= _LONGEST_UNKNOWN
        and words[-1] not in "。：:；;"
        and _facts_on(words, known) is None
        and _IS_TITLE.search(words) is None
        and _OPENS_TEXT.match(words) is None
    )


def names_a_text(words: str) -> bool:
    """Return whether words have the form of the title of a text.

    >>> [names_a_text(words) for words in ("某区直播电商扶持办法", "关于防汛的通知（试行）", "某区发展改革局")]
    [True, True, False]
    """
    return _IS_TITLE.search(words) is not None


_IS_TITLE = lazy_pattern(
    r"关于|(?:通知|办法|规定|条例|意见|方案|公告|通告|决定|细则|规则|制度|规划|计划|批复|函|要点)(?:[（(][^（()）]{1,20}[)）])?$|(?:Act|Ordinance|Regulations?|Rules|Order|Bylaw)(?:\d{4})?$"
)


CLOCK = r"[,，]?\s?(?:[上下]午|凌晨|中午|晚上|[AP]M)?\s?\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?:\s?[AP]M)?"
"""Hour and minute behind a day, as browsers and portals print them."""
_SLASHED = rf"(?:(?:19|20)\d\d/\d\d?/\d\d?(?:{CLOCK})?|\d\d?/\d\d?/(?:(?:19|20)\d\d(?:{CLOCK})?|\d\d{CLOCK})|\d\d/\d\d?/\d\d?{CLOCK})"
_SITE = r"(?:\s?_\s?[^_。；，]{2,30}){1,4}(?<=[网站台府])"
_OF_DASH = r"\s?[-–—|｜]{1,2}\s?[\u4e00-\u9fff·]{2,20}"
_COUNT = r"第\s?\d{1,3}\s?页[，,/]?\s?共\s?\d{1,3}\s?页"
_OF_BROWSER = lazy_pattern(
    rf"(?P<front>(?:{_SLASHED}|(?:\d\d/\d\d?/\d\d?|(?:19|20)\d\d(?:(?P<mark>[-.])\d\d?(?P=mark)\d\d?|年\d\d?月\d\d?日))(?:{CLOCK}|(?=.*(?:{_SITE}|{_OF_DASH}[网站台府]$)))|{_COUNT})\s?)?"
    rf"(?P<words>[\u4e00-\u9fff《“【「][^。；]{{3,119}}?)(?P<site>{_SITE}|(?(front){_OF_DASH}|(?!)))?"
    rf"(?P<end>\s?(?:https?://[!-~]+|{_COUNT}|{_SLASHED}))?(?:(?(front)|(?(site)|(?(end)|(?!))))\s?\d{{1,3}}/\d{{1,3}})?"
)
"""The head printed by a browser above a page: day of printing, the page's title with its site, address and page number."""


def printed_page(line: str) -> re.Match[str] | None:
    """Return a line read as the head of a printed page, with `words` as its title; None without day, site, address or count.

    A day in words (2020年3月5日) may begin a title; it is the browser's only beside a time of day or a
    site.

    >>> printed_page("2020/3/5 某市消防办法_某市政府网")["words"], printed_page("2020年3月5日某市公告")
    ('某市消防办法', None)
    """
    found = _OF_BROWSER.fullmatch(line)
    return found if found is not None and (found["front"] or found["site"] or found["end"]) else None


def printed_again(lines: Sequence[str]) -> frozenset[int]:
    """Return the lines that repeat the head of a printed page, above later pages."""
    heads = [printed_page(line) for line in lines[:_FIRST]]
    title = next((head["words"] for head in heads if head is not None), None)
    alike = [index for index, line in enumerate(lines[_FIRST:], _FIRST) if title and title in line]
    return frozenset(at for at in alike if (page := printed_page(lines[at])) and page["words"] == title)


_FIRST = 3
"""Lines in which the head of the first page may stand."""
