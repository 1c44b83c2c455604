"""Finds the beginning of a further text: an annex, a text that a notice carries, the next work of a compilation (制度汇编, 学生手册).

A table of contents (目录) names works and clauses and is not one of them.
"""

import re
from collections.abc import Iterable

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.titles import bare_title
from policydiff.parsing.imprint import ANNEX_LIST, COURTEOUS, annex_list_end, names_attachment
from policydiff.parsing.kinds import Kind, ends_title
from policydiff.parsing.labels import CITES, Sort
from policydiff.parsing.paragraphs import MOST_TITLE_LINES, SENTENCE, Paragraph
from policydiff.parsing.tree import Doubts

ISSUES = lazy_pattern(r"[\u4e00-\u9fff、　 ]{4,60}(?:印发|发布)《(.+)》", marks="《")
"""中共某省委办公厅 某省人民政府办公厅印发《某方案》: how news and portals head a text that they give without its notice."""
_BETWEEN = frozenset(
    {Kind.DATE, Kind.EVENT, Kind.NUMBER, Kind.BODY_NAME, Kind.SIGNED, Kind.NOTE, Kind.CONTENTS, Kind.FLAG}
)
"""Kinds of lines that may stand between a title and the first article."""
_MOST_BETWEEN = 6
"""Most lines of these kinds between a title and the first article."""
_ARTICLE = lazy_pattern(r"第[一二三四五六七八九十百千零〇]{1,6}条(?!之)")
_FEWEST = 2
"""Fewest lines of the form; a single line is as often a citation that opens a paragraph."""


_COLLECTION = lazy_pattern(
    r"(?:手册|汇编|选编|汇集|文集|全书|大全|合订本|须知|制度集)(?:[（(][^（()）]{1,20}[)）]|第[一二三四五六七八九十\d]+[版册卷])?$",
    marks=("手册", "汇编", "选编", "汇集", "文集", "全书", "大全", "合订本", "须知", "制度集"),
)


def names_collection(title: str) -> bool:
    """Return whether a title is that of a collection of works: 某大学学生手册（2023版）.

    >>> names_collection("某大学学生手册"), names_collection("某某手册管理办法")
    (True, False)
    """
    return _COLLECTION.search(title) is not None


def starts_work(
    paragraphs: list[Paragraph],
    index: int,
    own_title: str,
    *,
    has_articles: bool,
    listed: frozenset[str] = frozenset(),
    collected: bool = False,
) -> bool:
    """Return whether a further regulation begins at `index`: at its title, or at the name of a body above its title.

    The first article must follow the title, directly or after a preamble; if the current text `has_articles`, a
    first chapter or part may follow instead. A different label with the number one counts only for a work of the same
    school or company (某大学考场规则), and 一、 only in a collection (`collected`). A title whose keys are all in
    `listed`, the keys of the table of contents, needs no clause below it. A title may have a number itself
    (2.某集团印章管理办法) if an article follows. The title of the current text, printed again, begins no work.
    """
    counted = paragraphs[index].label is not None
    title, index = _title_from(paragraphs, index)
    if not title or bare_title(title) == bare_title(own_title):
        return False
    if not counted and listed.issuperset(title_keys(title)):
        return True
    between = index
    while index < len(paragraphs) and paragraphs[index].kind in _BETWEEN and index - between < _MOST_BETWEEN:
        index += 1
    said = index
    while index < len(paragraphs) and _is_said(paragraphs[index]) and index - said < _MOST_SAID:
        index += 1
    label = paragraphs[index].label if index < len(paragraphs) else None
    if label is None or label.loose or label.value != 1:
        return False
    if counted or label.sort is Sort.ARTICLE:
        return label.sort is Sort.ARTICLE
    divides = has_articles and label.sort in (Sort.PART, Sort.CHAPTER)
    return divides or (collected and label.sort is Sort.COMMA) or _are_of_one_house(title, own_title)


def _title_from(paragraphs: list[Paragraph], index: int) -> tuple[str, int]:
    """Return the title formed by the lines from `index` on, including the name of a body in front, and the index after it; an empty title if the lines form none."""
    title = ""
    while index < len(paragraphs) and len(title) <= 100:
        paragraph, label = paragraphs[index], paragraphs[index].label
        if paragraph.kind not in (None, Kind.BODY_NAME) or paragraph.rows:
            break
        names = label is None or (label.sort in COUNTS_WORKS and ends_title(f"第{paragraph.text}"))
        if not names or (label is not None and title):
            break
        if not 0 < len(paragraph.text) <= 60 or re.search("[。；，：]", paragraph.text):
            break
        title += paragraph.text
        index += 1
        if ends_title(title):
            return title, index
    return "", index


COUNTS_WORKS = (Sort.COMMA, Sort.BRACKET, Sort.POINT)
"""Forms of numbers that a collection may print before the titles of its works."""
_MOST_SAID = 3
"""Paragraphs of the preamble above a first article: purpose, legal basis, meeting."""
_HOUSES = "公司|集团|大学|学院|学校|中学|小学|医院|协会|学会|商会|基金会|交易所|研究院|研究所"
_HOUSE = lazy_pattern(rf"[\u4e00-\u9fff]{{2,20}}?(?:{_HOUSES})")
HOUSE_NAME = lazy_pattern(rf"(?:{_HOUSES})$")
"""Bodies whose name is part of the title of their own rules: 某某公司 / 对外担保管理制度."""


def _is_said(paragraph: Paragraph) -> bool:
    return paragraph.kind is None and paragraph.label is None and paragraph.text[-1:] in tuple("。：，")


def _are_of_one_house(title: str, other: str) -> bool:
    """Return whether two titles begin with the name of the same school or company."""
    names = [_HOUSE.match(words) for words in (title, other)]
    return names[0] is not None and names[1] is not None and names[0][0] == names[1][0]


def title_keys(words: str) -> list[str]:
    """Return the letters of the titles on a line of the contents, without the points and the page behind each."""
    titles = (each if ends_title(each) else _PAGE.sub("", each) for each in _LEADERS.split(words))
    return [_LETTERS.sub("", title).casefold() for title in titles if ends_title(title)]


def warn_of_articles(paragraphs: list[Paragraph], doubts: Doubts) -> None:
    """Warn of lines that look like articles but were not read as articles, and give their number."""
    lines = [
        paragraph
        for paragraph in paragraphs
        if paragraph.label is None
        and (match := _ARTICLE.match(paragraph.text)) is not None
        and CITES.match(paragraph.text, match.end()) is None
    ]
    if len(lines) >= _FEWEST:
        doubts.warn(
            f"lines that look like articles and were not read as articles: {len(lines)}", lines[0].span
        )


_PAGE = lazy_pattern(
    r"[.．…⋯·\-—–\s(（]*(?:PAGEREF\s*_Toc\d+\s*(?:\\?h\s*)?)?(?:\d{0,4}|[IVXⅠ-Ⅻ]{1,4})[)）]?$"
)
"""End of an entry of the contents: leader dots, page number, and the field from which Word computes the page (PAGEREF _Toc25831 h 3)."""
_LEADERS = lazy_pattern(r"(?:[.．·]{3,}|[…⋯]+)[（(]?\d{1,4}[)）]?")
_LONGEST = 60
"""Most characters of an entry of a table of contents, its dots aside."""
_FEWEST_ENTRIES = 3
"""Least entries of a table of contents."""
_TELLING = 5
"""Least characters of a line recognised as the first entry without its number: 某校考勤办法 for 一、某校考勤办法."""
_MOST = 0.8
"""Share of the entries that must stand again as headings for a list of lines to be the table of contents."""


def contents_end(paragraphs: list[Paragraph], start: int) -> int:
    """Return the index after the contents whose heading is the line at `start`.

    The contents end where their first line occurs again, as a heading of the body; failing that, at the
    first line that is no heading.
    """
    index = start + 1
    end = index
    while end < len(paragraphs) and _is_entry(paragraphs[end]):
        end += 1
    further = end  # contents that name articles end with certainty only where the first line comes again
    while further < len(paragraphs) and (
        _is_entry(paragraphs[further]) or _names_article(paragraphs[further])
    ):
        further += 1
    if further == index:
        return index
    named = [*paragraphs[index].rows, paragraphs[index]]
    first = _entry(named[0])
    for again in range(index + 1, min(further + 1, len(paragraphs))):
        words = _entry(paragraphs[again])
        if words == first or (len(words) >= _TELLING and first.endswith(words)):
            return again
    # The body may lack the first heading of the contents; those directly above its first words have stood in them.
    while end - 1 > index and _comes_again(paragraphs[index : end - 1], paragraphs[end - 1]):
        end -= 1
    return end


def _comes_again(entries: list[Paragraph], line: Paragraph) -> bool:
    words = _entry(line)
    return not line.rows and any(_entry(entry).startswith(words) for entry in entries)


def entries_of(contents: list[Paragraph], told: str) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the lines of the contents that name a clause, and the lines whose words do not occur in `told`, the rest of the text."""
    named: list[Paragraph] = []
    unknown: list[Paragraph] = []
    for line in (entry for each in contents for entry in [*each.rows, *([] if each.rows else [each])]):
        whole, words = (_LETTERS.sub("", _PAGE.sub("", each)).casefold() for each in (line.whole, line.text))
        known = line.kind is Kind.CONTENTS or whole in told or (line.label is not None and words in told)
        (named if known else unknown).append(line)
    return named, unknown


def letters_of(lines: Iterable[Paragraph]) -> str:
    """Return the words of lines without marks and blanks."""
    return _LETTERS.sub("", "\n".join(line.printed for line in lines)).casefold()


_LETTERS = lazy_pattern(r"[\W_]+")


def _names_article(paragraph: Paragraph) -> bool:
    """Return whether a line of the contents may name an article by its heading: 第一条　目的……1."""
    label = paragraph.label
    is_article = label is not None and label.sort is Sort.ARTICLE
    return is_article and 0 < len(paragraph.text) <= _LONGEST_ARTICLE and paragraph.text[-1] not in "。；：:;"


_LONGEST_ARTICLE = 40
"""Characters of the heading of an article with the points before its page."""


def unnamed_contents_end(paragraphs: list[Paragraph], start: int) -> int:
    """Return the index after contents without the heading 目录; `start` itself if there are no contents.

    At least three numbered headings stand together at the start of the body and occur again in it.
    """
    end = start
    while end < len(paragraphs) and paragraphs[end].label is not None and _is_entry(paragraphs[end]):
        end += 1
    first = _entry(paragraphs[start]) if end > start else ""
    end = next((again for again in range(start + 1, end) if _entry(paragraphs[again]) == first), end)
    if end - start < _FEWEST_ENTRIES:
        return start
    entries = {_entry(paragraph) for paragraph in paragraphs[start:end]}
    again = {_entry(paragraph) for paragraph in paragraphs[end:] if paragraph.label is not None}
    return end if len(entries & again) >= _MOST * len(entries) else start


_PAGED = lazy_pattern(r"[^\t]+\t+\d{1,4}\t*")
"""An entry of the contents with its page number behind a tab."""


def _is_entry(paragraph: Paragraph) -> bool:
    if paragraph.rows:
        return all(_PAGED.fullmatch(row.text) for row in paragraph.rows)
    if paragraph.kind is not None:
        return False
    label = paragraph.label
    if label is not None and label.sort is Sort.ARTICLE:
        return False
    words = paragraph.text
    return max(map(len, _LEADERS.split(words))) <= _LONGEST and not words.endswith(
        ("。", "；", "：", ":", ";")
    )


def _entry(paragraph: Paragraph) -> str:
    return _PAGE.sub("", paragraph.whole)


_ABOVE_TITLE = frozenset({Kind.BODY_NAME, Kind.NUMBER, Kind.FLAG, Kind.SECRECY, Kind.SIGNER, Kind.STATED})

IN_BRACKETS = lazy_pattern(r"[（(][^（()）]{1,20}[)）]")

OPENS_TITLE = lazy_pattern(r"关于|關[於于]|中华人民共和国|最高人民|国务院|[\u4e00-\u9fff]{2,12}?[省市区县州]")
"""Beginnings of the title of a further text, below a complete title."""

_PREFACE = frozenset({"序言", "前言", "引言", "导言", "序", "引语"})


_GIVES_REASON = lazy_pattern("(?:为(?=[了加推进贯深全提促落规])|根据|按照|依据)[^，]+，")
"""Beginnings of the first sentence of a text, which a copy may print without its last mark."""


def is_title_line(paragraph: Paragraph) -> bool:
    """Return whether a paragraph may be a line of a title: short, no sentence, no label, no addressee."""
    words = paragraph.text
    if paragraph.kind is not None or not words or paragraph.rows or paragraph.label is not None:
        return False
    if paragraph.markup.startswith("#"):
        return paragraph.markup == "#" and len(words) <= 120
    if len(words) > 100 or words[-1] in "。：:，,、；;？?！!" or words in _PREFACE:
        return False
    return not (ANNEX_LIST.match(words) or _GIVES_REASON.match(words) or SENTENCE.search(words))


def tells_fact(paragraphs: list[Paragraph], index: int) -> bool:
    """Return whether a line above the title is a label and its value, even with an unknown label: 受控状态：受控."""
    if paragraphs[index].kind is not None or _FACTS.fullmatch(paragraphs[index].text) is None:
        return False
    below = paragraphs[index + 1 : index + 1 + MOST_TITLE_LINES]
    return any(is_title_line(line) and ends_title(line.text) for line in below)


_FACTS = lazy_pattern(
    r"(?!.*(?:关于|附件|主送|《))(?:[\u4e00-\u9fff]{1,7}[号码态级别次期人门位间点称型类限员址数版本式围源性名处室往至属][：:][^：:。；]{1,40}?)+",
    marks="：:",
)
"""A label with its value; the label ends like the name of an attribute (受控状态, 证券简称, 发往); 重磅：某市推出新政 is a headline."""


def listed_in(contents: Iterable[Paragraph]) -> frozenset[str]:
    """Return the keys of the titles of whole texts in `contents`; an empty set if the contents name only one text."""
    plain = [line for line in contents if line.label is None and line.kind is None]
    words = [words for line in plain for words in (*(row.text for row in line.rows), line.text)]
    keys = frozenset(key for each in words for key in title_keys(each))
    return keys if len(keys) > 1 else frozenset()


def starts_text(paragraphs: list[Paragraph], index: int) -> bool:
    """Return whether a further text begins at `index`: with an annex mark, or with title lines that end in a kind of document.

    The name of the issuer and the number may stand above the title.
    """
    if index >= len(paragraphs):
        return False
    if paragraphs[index].kind is Kind.ANNEX or names_attachment(paragraphs[index]):
        return annex_list_end(paragraphs, index) == index
    words = ""
    for paragraph in paragraphs[index : index + MOST_TITLE_LINES]:
        if not words and paragraph.kind in _ABOVE_TITLE:
            continue
        inside = bool(words) and paragraph.kind is Kind.BODY_NAME
        if (
            not (is_title_line(paragraph) or inside)
            or _LABELLED.match(paragraph.text)
            or (not words and COURTEOUS.match(paragraph.text))
        ):
            break
        words += paragraph.text
        if ends_title(words):
            return True
    return False


_LABELLED = lazy_pattern("[\u4e00-\u9fff]{2,8}[：:]")
"""A label and its value (经办人员：某某) open no title of a further text."""


_MOST_OF_PAGE, _LONGEST_OF_PAGE = 8, 40
"""Most lines of a page's frame between its title and the title of the text, and most characters of such a line."""

_CALLS = lazy_pattern("各|(?:政府|[局厅部院委]|单位|部门|同志|代表|委员|公司|学院)[：:]$|附件|抄送|现|如下")
"""Words of addressees and of running text; no menu above a text contains them."""


def head_below(paragraphs: list[Paragraph], index: int, words: str) -> int:
    """Return the index at which the head continues below lines of the web page, and mark these lines; `index` if it does not continue.

    The title so far is incomplete, and before the first sentence a complete title follows, directly above a line that follows titles: the
    title again, a number, a note of dates, the addressees, or the first clause. Below the heading of a part of a collection (第一篇 /
    学籍管理 / 某大学学籍管理规定) any line may follow.
    """
    if ends_title(words):
        return index
    for start in range(index, min(index + _MOST_OF_PAGE, len(paragraphs) - 1)):
        line, below = paragraphs[start], paragraphs[start + 1]
        if start > index and is_title_line(line) and ends_title(line.text):
            follows = (
                below.kind in (Kind.NUMBER, Kind.EVENT)
                or below.text in line.text
                or below.text[-1:] in "：:"
                or (below.label is not None and below.label.value == 1)
                or any(above.label is not None for above in paragraphs[index:start])
            )
            for above in paragraphs[index:start] if follows else ():
                above.kind = Kind.WEB
            return start if follows else index
        if line.label is not None and (start > index or line.label.sort is not Sort.PART):
            return index
        if line.rows or line.kind not in (None, Kind.STATED, Kind.BODY_NAME):
            return index
        if len(line.text) > _LONGEST_OF_PAGE or line.text[-1:] in "。；，" or _CALLS.search(line.text):
            return index
    return index


_PUBLISHES = lazy_pattern("现(?:将[^。]{0,60})?(?:予以?)?(?:公布|发布|颁布|施行|印发|下发|颁发)")

_MOST_ANNOUNCED = 3
"""Most paragraphs of an announcement or order that publishes a text."""


def is_published(paragraphs: list[Paragraph], index: int, said: list[Paragraph]) -> bool:
    """Return whether the text that an announcement or notice publishes begins at `index` without its title, which stands above the announcement.

    The text begins with the note of its dates, its contents, or its first chapter or article.
    """
    if index >= len(paragraphs) or len(said) > _MOST_ANNOUNCED:
        return False
    first, label = paragraphs[index], paragraphs[index].label
    opens = first.kind in (Kind.EVENT, Kind.CONTENTS) or (
        label is not None
        and label.value == 1
        and label.sort in (Sort.PART, Sort.CHAPTER, Sort.ARTICLE)
        and not label.loose
    )
    words = "".join(line.text for line in said)
    return opens and not any(line.label for line in said) and _PUBLISHES.search(words) is not None
