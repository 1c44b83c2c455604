"""Finds the lines that form the title of a text, and determines which text of a document carries which other text."""

import re
from typing import NamedTuple

from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.force import PROMULGATES
from policydiff.lexicon.furniture import printed_page
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.titles import ACT_KINDS, DocumentTitle, issuer_of, names_no_document
from policydiff.lexicon.widths import fold
from policydiff.parsing.kinds import HOW_MANY, Kind, ends_title
from policydiff.parsing.labels import Sort
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.segments import Text
from policydiff.parsing.tree import Doubts
from policydiff.parsing.works import HOUSE_NAME, IN_BRACKETS, ISSUES, OPENS_TITLE

_OF_MINUTES = lazy_pattern(
    r"(?:专题)?(?:研究|协调|推进|部署|落实|商讨|讨论|解决|调度|听取|审议|加快).{2,}纪要$", marks=("纪要",)
)
"""The title of minutes that says their matter without 关于, below the name of the series: 研究某桥建设有关问题的会议纪要."""
_BREAKS = lazy_pattern("[，：:,！？!?]")
_ABOUT = lazy_pattern("关于|關[於于]|印发|转发|批转|[^关]{0,16}会议纪要$")
_EVENT_REST = lazy_pattern(
    r"^(?:日|〈|《|\d{4}年)|(?:通过|批准|修正|修订|发布|公布|施行|第\d+号|根据)[》）)]*$"
)
_GOES_ON = lazy_pattern(
    "(?:和(?![田平龙县顺硕静政])|[及与或、暨并]|以及)(?=.)|[（(][^（()）]{1,12}[)）]的|第\\d{1,3}号[—–-]|(?:若干|有关|相关)(?:具体)?(?:问题|事项|规定)的"
)
"""Beginnings of lines that continue the title above them (…办法 / 和某某规定的决定); the places 和田, 和平 are excluded."""
_ABOVE_READING = lazy_pattern(r"(?:读懂|看懂|解读|图解|导读|问答)[：:】\]]?$")
"""Words above the title of a text that a page explains; they belong to the page's own title."""
_MOST_PIECES = 8
"""Most lines of one title."""
_SHORTEST_HEADLINE = 3
"""Least characters of a headline above a title; a shorter line is a place that belongs to the title (上海市 / 浦东新区某某办法)."""
_COMPLETE = 20
"""Points for lines that form a complete title; 关于 in them adds 10, an issuer 5."""
_SET_APART = 9
"""Points for lines that are centred and in larger type: enough for a title that ends in no kind of document,
and fewer than for a kind of document, since headlines and the name above a letter are set in the same way."""
_REPEATED = 7
"""Points for a line printed twice, as the page's headline and above the text: more than for a name in front (5)."""
_SAME_TYPE = 0.1
"""Greatest difference in type size between the lines of one title, as a share of the text's type size."""
_PATH = 40
"""Breaks of a sentence as which the path of a page counts (国务院公报/1954年/第1号/…的决定)."""
_SURE = 8
"""Least points of a certain title: only lines that end in a kind of document, are marked as headings, or are set apart reach it."""


class Title(NamedTuple):
    """A title and the lines that contain it."""

    text: str
    lines: tuple[Paragraph, ...]
    sure: bool
    """True if form or markup prove the title; False for a line that is merely short."""
    number: str | None = None
    """The document number in brackets behind it, as portals print it: …的通知（某办发〔2017〕2号）."""
    remark: str | None = None
    """Words in brackets behind the title that do not belong to it: the month of print, the body that adopted the text."""


def find_title(text: Text) -> Title | None:
    """Return the title among the lines before a body; None if no line is a title."""
    best: Title | None = None
    best_score = -1.0
    printed = [line.text for line in text.title]
    is_case = any(line.kind is Kind.NUMBER and _OF_CASE.search(line.text) for line in text.head)
    shown = any(line.look is not None and line.look.stands_out for line in text.title)
    for run in _runs(text):
        for start in range(len(run)):
            if start and _GOES_ON.match(run[start].text):
                continue
            for end in range(start + 1, min(len(run), start + _MOST_PIECES) + 1):
                if end < len(run) and _GOES_ON.match(run[end].text):
                    continue
                lines = run[start:end]
                words = "".join(line.text for line in lines)
                score = _score(lines) - _SET_APART * (shown and not _are_set_apart(lines))
                named = "".join(line.text for line in lines if line.kind is not Kind.BODY_NAME)
                score += _REPEATED * (score > 0 and printed.count(named) > 1)
                score += _COMPLETE * (score > 0 and is_case and words.endswith("案"))
                if score > best_score:
                    best, best_score = Title(words, tuple(lines), score >= _SURE), score
    if best is not None and best.text.startswith("《"):
        best = _with_issuers_above(best, text)
    if best is not None and (page := printed_page(best.text)) is not None:
        best = best._replace(text=page["words"])
    behind = _BEHIND.fullmatch(best.text) if best is not None else None
    if best is None or behind is None:
        return best
    number = DocumentNumber.normal(behind[2]) if behind[2] else None
    return best._replace(text=behind[1], number=number, remark=behind[3])


_BEHIND = lazy_pattern(
    r"(.{4,})[（(](?:([\u4e00-\u9fff]{1,16}[〔﹝\[【(（](?:19|20)\d\d[〕﹞\]】)）]第?\d{1,5}[号號]|(?:19|20)\d\d年第\d{1,3}[次期]|(?<=公告.)(?:(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年第[\d一二三四五六七八九十百]{1,5}号)"
    r"|((?:19|20)\d\d年\d{1,2}月|[A-DＡ-Ｄ][1-3]?类|[^（()）]{4,60}(?:通过|批准)|"
    rf"{HOW_MANY}))[)）]",
    marks="（(",
)
_CASE = lazy_pattern(
    r"(?:指导(?:性)?案例第?\d{1,4}号[：:]).{2,}案|.{2,}(?:诉.{2,60}|纠纷|[\u4e00-\u9fff]罪)案"
)
"""Titles of cases: 朱某诉某公司股权转让纠纷案."""
_OF_CASE = lazy_pattern("指导(?:性)?案例|检例")


def _with_issuers_above(title: Title, text: Text) -> Title:
    """Return the title, extended by a line above it that names its issuers: 中共中央办公厅 国务院办公厅印发 / 《…意见》."""
    index = next(place for place, line in enumerate(text.head) if line is title.lines[0])
    above = text.head[index - 1] if index else None
    if above is None or not ISSUES.fullmatch(above.text + title.text):
        return title
    return Title(above.text + title.text, (above, *title.lines), title.sure)


def _runs(text: Text) -> list[list[Paragraph]]:
    """Return the lines that may be titles, in runs of adjacent lines.

    Names of bodies may begin a run; inside an incomplete title, a line that looks like a name is a piece
    of the title (关于内地与某某法院 / 就某某事项的安排).
    """
    candidates = {id(paragraph) for paragraph in text.title}
    runs: list[list[Paragraph]] = []
    run: list[Paragraph] = []
    led = False
    for paragraph in text.head:
        is_name = paragraph.kind is Kind.BODY_NAME
        leads = is_name and (led or not run)
        words = "".join(line.text for line in run)
        inside = is_name and not leads and "关于" in words and not ends_title(words)
        apart = bool(run) and (
            paragraph.apart or paragraph.markup != run[-1].markup or printed_page(run[-1].text) is not None
        )
        if id(paragraph) in candidates or leads or inside:
            if apart:
                runs.append(run)
                run = []
            led = is_name and (led or not run)
            run.append(paragraph)
        else:
            runs.append(run)
            run = []
    runs.append(run)
    return [run for run in runs if any(id(line) in candidates for line in run)]


def _score(lines: list[Paragraph]) -> float:
    words = "".join(line.text for line in lines)
    page = printed_page(words)
    words = page["words"] if page is not None else words
    names = 0
    while names < len(lines) and lines[names].kind is Kind.BODY_NAME:
        names += 1
    if names == len(lines) or (
        names and not _ABOUT.match(lines[names].text) and not HOUSE_NAME.search(lines[names - 1].text)
    ):
        return -1
    complete = (
        ends_title(words)
        or any(pattern.fullmatch(words) for pattern in (_CASE, _ENACTED))
        or ISSUES.fullmatch(words) is not None
        or (
            len(lines) > 1
            and _ABOVE_READING.search(lines[0].text) is not None
            and ends_title("".join(line.text for line in lines[1:]))
        )
    )
    score = 0.0
    if complete:
        score += _COMPLETE
        score += 10 * ("关于" in words)
        score += 5 * (issuer_of(words) is not None) + 3 * (_OF_MINUTES.match(words) is not None)
        if names_no_document(words) or page is not None:
            score -= 10
    if lines[0].markup == "#":
        score += 30
    elif complete and any(_parts(lines, index) for index in range(names + 1, len(lines))):
        score -= 12
    elif complete and any(_headline_above(lines, index) for index in range(names + 1, len(lines))):
        score -= 6
    score += _SET_APART * _are_set_apart(lines) + bool(IN_BRACKETS.fullmatch(lines[-1].text))
    breaks = _BREAKS.subn("", words)[1] + _PATH * (words.count("/") > 1)
    return score + min(len(lines), 3) - (breaks if not complete else breaks / 4)


def _are_set_apart(lines: list[Paragraph]) -> bool:
    """Return whether all lines are set as titles are, in type of one size."""
    looks = [line.look for line in lines]
    sizes = [look.size for look in looks if look is not None and look.stands_out]
    return len(sizes) == len(lines) and max(sizes) - min(sizes) < _SAME_TYPE


_CLASS = lazy_pattern(
    r"[（(]?(?:(?:办理|答复)?类别[：:])?[A-DＡ-Ｄ][1-3]?类?[)）]?(?:公开[方形]式[：:])?(?:(?:不?同意|可以)?(?:全文|主动|部分)?公开)?|不?同意(?:全文)?公开"
)
"""The class that an office gives its answer to a proposal, above the title: A类 / 同意公开."""


_MENU = lazy_pattern(r"(?:[^|｜│，。]{1,8}[|｜│]){2,}[^|｜│，。]{1,8}")
"""Entries of a website's menu on one line: 主页|文件|留言."""
_ENACTED = lazy_pattern(r"《[^《》]{4,80}(?:條例|規例|规例|规则|規則|令|草案)》")
"""A title of Hong Kong alone on its line, which is whole: 《2023年某某（修訂）條例草案》."""


def _headline_above(lines: list[Paragraph], index: int) -> bool:
    """Return whether the line above the line at `index` belongs to the page (首页 政务公开) and not to the title.

    The lines from `index` on are then a whole title (某市…办法), and the lines above neither contain 关于 nor break off.
    """
    before, after = ("".join(line.text for line in part) for part in (lines[:index], lines[index:]))
    return any(pattern.fullmatch(before) for pattern in (_CLASS, _MENU)) or (
        "关于" not in before
        and not after.startswith("关于")
        and "《" not in before
        and not (_ABOVE_READING.search(before) and after.startswith("《"))
        and not _GOES_ON.match(after)
        and before[-1] not in "、的和与及"
        and len(before) > _SHORTEST_HEADLINE
        and ends_title(after)
        and (OPENS_TITLE.match(after) is not None or issuer_of(after) is not None)
    )


def _parts(lines: list[Paragraph], index: int) -> bool:
    """Return whether `lines` are two titles, the second beginning at `index`."""
    before, after = ("".join(line.text for line in part) for part in (lines[:index], lines[index:]))
    if not ends_title(before) or IN_BRACKETS.fullmatch(after) or _GOES_ON.match(after):
        return False
    return ends_title(after) and (OPENS_TITLE.match(after) is not None or after in before or before in after)


def settle_title(text: Text, title: Title | None, doubts: Doubts) -> Title | None:
    """Move lines of the head that proved to be no title back to the body, and return the remaining title.

    A short line is no title if nothing proves it and the text has no numbered clause. Further lines that
    repeat the title or stand above it (headlines of a web page) are set aside.
    """
    structured = any(paragraph.label is not None for paragraph in text.body)
    if title is not None and not title.sure and not structured:
        title = None
    chosen = {id(line) for line in title.lines} if title is not None else set()
    returned: list[Paragraph] = []
    above = title is not None
    _mend_events(text)
    noted = any(line.kind is Kind.EVENT for line in text.head)
    for line in text.title:
        if id(line) in chosen:
            above = False
        elif line.kind is Kind.EVENT:
            pass
        elif noted and _EVENT_REST.search(line.text):
            line.kind = Kind.EVENT  # a piece of a note of dates that the print broke over several lines
        elif title is None or not (
            above or line.text in title.text or (ends_title(line.text) and not title.text.endswith("案"))
        ):
            returned.append(line)
        elif line.text not in title.text:
            doubts.note("set aside beside the title, as a headline of the page", line.span)
    back = {id(line) for line in returned}
    text.title = [line for line in text.title if id(line) not in back]
    text.head = [line for line in text.head if id(line) not in back]
    text.body[:0] = returned
    return title


def _mend_events(text: Text) -> None:
    """Give the kind of an event to lines that continue the title begun in the event above them (《关于修改〈某县⏎乡某细则〉的决定》修正)."""
    opened = 0
    for line in text.head:
        if line.kind is Kind.EVENT or (opened > 0 and line.kind is None):
            line.kind = Kind.EVENT
            opened += line.text.count("《") - line.text.count("》")
        else:
            opened = 0


def joined_texts(first: Text, second: Text) -> Text:
    """Return an announcement and the decision that it publishes as one text; the amended law follows both."""
    joined = Text()
    joined.mark = first.mark
    for text in (first, second):
        joined.head.extend(text.head)
        joined.title.extend(text.title)
        joined.contents.extend(text.contents)
        joined.take(text.body)
        joined.annexes_named.extend(text.annexes_named)
        joined.tail.extend(text.tail)
    return joined


_LIST_TITLE = lazy_pattern(r"(目录|名单|名录|清单|表)(?:[（(][^（()）]{1,20}[)）])?$")
"""Titles of lists: if a notice encloses a list, the notice is the document, unless its title says that it issues the list."""

_EXPLAINS = lazy_pattern("(?:答记者问|解读|问答|理解与适用)$")
"""Titles of texts that explain the text above them on a page; its notice only where it announces them."""
_REPLY = lazy_pattern("(?:批复|复函|答复|回复|的复)$")
"""Titles of replies: the report that a reply encloses is an annex of the reply."""
_LONGEST_NOTICE = 4000
"""Characters from which a text is no carrier notice, even if its title has the form of one."""

CARRYING_TITLE = lazy_pattern(
    rf"(印[发發]|批[转轉]|[转轉][发發]|公布|[发發]布|下[发發]|颁发|征求)(?!的).{{2,}}(?:的|》|意见)(?:{ACT_KINDS}|函)$"
)

CARRYING_WORDS = lazy_pattern(
    r"[现現](?:予以?|[将將][^。]{0,120}?|批准)?(印[发發]|批[转轉]|[转轉][发發]|公布|[发發]布|下[发發]|颁发)|[经业]已?[^。]{0,60}(?:通过|批准|同意)，现|[訂修][定正]「|全文(?:公布|刊登|发布)?如下|"
    + PROMULGATES
)


def is_notice(first: Text, title: str, carried: Text) -> bool:
    """Return whether a text is the carrier notice of the next text, by its title or its words."""
    words = "".join(paragraph.whole for paragraph in first.body)
    if len(words) > _LONGEST_NOTICE:
        return False
    articles = sum(line.label is not None and line.label.sort is Sort.ARTICLE for line in first.body)
    if articles > 1 and carried.mark is None:
        return False
    levels = sum(
        paragraph.label is not None and paragraph.label.sort is Sort.COMMA for paragraph in first.body
    )
    if carried.mark is not None and levels > 1:
        return False
    name = "".join(line.text for line in carried.title)
    if _EXPLAINS.search(name) and DocumentTitle.parse(name).key != first.carried:
        return False
    found = _LIST_TITLE.search(name)
    is_list = carried.mark is not None and found is not None
    if CARRYING_TITLE.search(title) or ISSUES.fullmatch(title):
        return not is_list or found is None or found[1] in title
    return _REPLY.search(title) is None and not is_list and CARRYING_WORDS.search(words) is not None


_SEVERAL = lazy_pattern(
    r"(?:印发|下发|颁发|发布|公布|转发)[^《》]{0,30}《[^《》]+》(?:[^《》]{0,30}(?:[、和及与]|以及)[^《》]{0,30})?《[^《》]+》"
)


def carries_several(first: Text, title: Title | None, rest: list[Text]) -> bool:
    """Return whether a notice carries several texts as attachments, so that no single attachment is the document."""
    attached = [text for text in rest if text.mark is not None or (text.has_articles and text.title)]
    if title is None or len(attached) < _SEVERAL_FROM or attached[0] is not rest[0]:
        return False
    said = "".join(line.text for line in first.body[:_FIRST_SAID])
    if _SEVERAL.search(title.text) or _AND_OTHERS.search(title.text) or _SEVERAL_SENT.search(said):
        return True
    carried = DocumentTitle.parse(title.text).carried
    titles = ["".join(line.text for line in text.title) for text in attached]
    own = sum(text.has_articles and bool(name) for text, name in zip(attached, titles, strict=True))
    return (
        carried is not None
        and own >= _SEVERAL_FROM
        and not any(name and DocumentTitle.parse(name).key in carried for name in titles)
    )


_SEVERAL_SENT = lazy_pattern(
    r"《[^《》]+》(?:[^《》。]{0,12}[、和及与])?《[^《》]+》[^《》。]{0,40}[，,]?现(?:予以?|将其?)?(?:印发|下发|颁发|发布|公布)"
)
"""《甲办法》和《乙办法》已经某会议通过，现印发给你们."""

_AND_OTHERS = lazy_pattern(
    r"等(?:\d{1,2}|[一二三四五六七八九十两]{1,3})?[个件项部种]?[\u4e00-\u9fff]{0,8}(?:办法|制度|规定|文件|规则|细则)的通知$"
)
"""关于印发某办法（试行）等办法的通知."""

_SEVERAL_FROM = 2
_FIRST_SAID = 2
"""Paragraphs at the front of a notice, without the addressees, in which the sent text is named."""


def drafting_body(title: str, words: str, kind: str) -> str | None:
    """Return the body whose text a notice hands on (批转、转发 of 某局《…》), from the title of the notice, else from its first words; None if unnamed."""
    drafted = re.search(
        r"(?:批转|转发)(?:市|省|区|县)?([\u4e00-\u9fff、]{2,40}?)(?=《|关于|等部门|等单位)", title
    )
    if drafted is not None:
        return _DRAFTED.sub("", re.sub("^(?:批转|转发)", "", drafted[0]))
    opened = re.match(r"([\u4e00-\u9fff、]{2,40}?)(?:《|制定的《|提出的《)", fold(words))
    return _DRAFTED.sub("", opened[1]) if opened is not None and kind in ("批转", "转发") else None


_DRAFTED = lazy_pattern(
    "(?:牵头|负责|组织|共同|联合)?(?:制定|制订|修订|修改|拟订|拟定|起草|草拟|提出|编制|报送|上报)的?$"
)
"""Verbs for the work of the drafting body on the text, cut off behind its name: 市水务局|制订的《…》."""
