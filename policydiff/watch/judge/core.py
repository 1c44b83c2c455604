"""Which lines of a page's text are the document: those without counters, tools and links to other pages, up to the signature and annexes.

Lines are judged by place and by examples, because the words of web pages are too many to list. Lines behind the signature (署名、成文日期)
are not the document, except annexes and a sentence directly behind it; nor are lines behind a line of the site that follows the last clause.
A line is the page's own if it speaks of the site and not of the document: a counter, a tool, an editor, a link. Such lines are recognised by words
that they share with examples (`lexicon.examples`). Nothing is recorded here; the result only decides whether a page changed.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from policydiff.lexicon.bodies import place_and_office
from policydiff.lexicon.examples import is_own_line, names_document, simplified, squeeze, told_own
from policydiff.lexicon.furniture import is_furniture, is_stated, opens_footer
from policydiff.lexicon.numerals import to_int

DATE = re.compile(
    r"(?:[一-鿿]{0,30})?(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|二[〇○零O0o一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日|(?:中[华華])?民[国國]\d{2,3}年\d{1,2}月\d{1,2}日)"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\d{1,2}(?:st|nd|rd|th)?,?(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)?(?:dayof)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6},?(?:19|20)\d\d"
)
ANNEXED = re.compile(
    r"[（(【\[]?(?:附件|附录|附表|附图|附则|附注|附[:：]|附[一二三四五六七八九十\d]|抄送|主送|印发|.{2,40}印发|注[:：]|备注|说明[:：]|联系人|公开方式|（?此件|此页无正文)"
)
CLAUSE = re.compile(
    r"\|?(?:第[一二三四五六七八九十百千\d]+[条條章节節编編]|[一二三四五六七八九十]+、|[（(](?:[一二三四五六七八九十\d]+|[a-z]|[ivx]+)[）)]|\d{1,3}(?:[.、．](?!\d)|[.、．](?=20\d\d\D)|\.\d{1,2}(?=[.A-Z]|[一-鿿]{3}))"
    r"|(?i:article|artigo|art[ií]culo|section|chapter|part|rule)(?:\d+|[IVX]+))"
)
HEAD = 12
"""Lines above the first clause in which a summary or a status may stand."""


def core_lines(text: str) -> list[str]:
    """Return the lines of a page's text that belong to the document, each without blanks."""
    found: list[str] = []
    own: dict[int, str] = {}
    for line in text.splitlines():
        words, is_page = without_own(line)
        if is_page:
            own[len(found)] = line
        if words or is_page:
            found.append(words)
    _restore(found, own)
    first, last = _span(found)
    kept: list[str] = []
    for place, line in enumerate(found):
        if place > last and place in own and _is_over(own[place], found[:place], found[place + 1 :]):
            break
        if not line or (place < first and (is_stated(line) or _labelled(line))):
            if place > last:
                kept.append("")
            continue
        if not any(map(str.isdigit, line)) or any(map(str.isalpha, line)) or first <= place <= last:
            kept.append(line)
    return [line for line in _up_to_the_end(kept) if line]


def _restore(found: list[str], own: dict[int, str]) -> None:
    """Put back into `found` those lines that resemble the page's own but stand between two provisions, where only the document has lines.

    `found` are the lines that count, empty where one was taken for the page's own; `own` are those lines, by their
    places.
    """
    laid = [place for place, line in enumerate(found) if lays_down(line) and not _ANNEX_NAME.fullmatch(line)]
    ends = (n for n in sorted(own) if laid and n > laid[-1] and _is_over(own[n], found[:n], found[n + 1 :]))
    over = next(ends, len(found))
    # Between the last provision of a signed text and its signature stands nothing of it.
    counted = () if signature(found[:over]) is not None else enumerate(found[:over])
    last = max((n for n, line in counted if line), default=laid[-1] if laid else 0)
    within = [place for place in own if laid and laid[0] < place < last]
    for place in within:
        line = own[place]
        if is_furniture(line) or READERS.search(simplified(line)):
            continue
        pieces = map(squeeze, [line] if is_own_line(squeeze(line)) else _GAPS.split(line))
        if words := "".join(piece for piece in pieces if piece and not is_own_line(piece)):
            found[place] = words
            del own[place]
    for place, line in [*own.items()]:
        # How to reach who answers for a text, and what announces it: 请通过以下方式与我们联系：
        around = [found[n] if 0 <= n < len(found) else "" for n in (place - 1, place + 1)]
        words = squeeze(line)
        if (_ANNOUNCES.search(words) and _CONTACT.search(own.get(place + 1, around[1]))) or (
            _CONTACT.search(words) and _ANNOUNCES.search(around[0]) and lays_down(around[0])
        ):
            found[place] = words
            del own[place]


_ANNOUNCES = re.compile(r":$|联系.*[!。,]|[来写]信|(?i:contact(?:us|me).*[.!])")
"""Words above a contact that announce it: 请通过以下方式与我们联系：, 请发邮件与我们联系，我们将为您服务！"""
_CONTACT = re.compile(r"@|\d{3,4}-?\d{7,8}|1\d{10}")


_ANNEX_NAME = re.compile(r"附件\d{0,2}[:：][^。；]{1,40}")
"""The name of an annex behind a text. It is no provision, so lines between the last provision and this name may be the page's own."""


def _span(lines: Sequence[str]) -> tuple[int, int]:
    """Return the positions of the first and the last line that begins with the number of a clause or is a row of a table.

    Without such a line: the number of lines and -1, so that every line counts as one above the text.
    """
    places = [place for place, line in enumerate(lines) if CLAUSE.match(line) or line.startswith("|")]
    return (places[0], places[-1]) if places else (len(lines), -1)


def _is_over(heading: str, above: Sequence[str], lines: Sequence[str]) -> bool:
    """Say whether the document ends before a line of the page's own: comments of readers follow it, or few words without a provision, such as links to other pages.

    A line that only resembles the examples ends a text if it has a figure or a colon: 最后 may be a heading of the document.
    """
    words = squeeze(heading)
    if not (is_own_line(words) or is_furniture(heading) or _FIGURE_OR_LABEL.search(words)):
        return False
    if READERS.search(simplified(heading)) and _may_be_whole(above, lines):
        return not any(ANNEXED.match(line) or DATE.fullmatch(line) for line in lines)
    return sum(map(len, lines)) <= _LONGEST_TAIL and not any(
        lays_down(line) or DATE.fullmatch(line) or names_document(line.lstrip("(【[").partition(":")[0])
        for line in lines
    )


def _may_be_whole(above: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether the lines above may be a whole text, by the characters of their provisions against those below; a title and a summary are too short."""
    laid, rest = (sum(len(line) for line in lines if lays_down(line)) for lines in (above, below))
    return _LEAST_WHOLE * rest <= laid > 0


_LEAST_WHOLE = 0.25
"""Least ratio of the characters of provisions above to those below. A summary has a tenth of its text; comments longer than four times a short notice are rare."""
READERS = re.compile(r"评论|留言|跟帖|(?i:\b(?:comments|replies)\b)")
"""Headings of readers' comments; the sentences below such a heading are those of readers."""
_FIGURE_OR_LABEL = re.compile(r"[\d:]|^[^\w(（《【\[]")
_LABEL = re.compile(r":|^[^\w(（《【\[]")
_LONGEST_TAIL = 80
"""Most characters behind a text that are still titles and tools of the page; longer remains may be an address, a list or a table of the document."""


def says_ended(words: str) -> bool:
    """Say whether words (without blanks) state that the document ended, was suspended or was amended: 本办法已被某号文件替代. Questions do not state it."""
    return len(words) <= _LONGEST_LINE and _REPEAL.search(words) is not None and "?" not in words


_REPEAL = re.compile(
    r"(?:[本该此](?!次|轮|期|周|月|年|网|站|栏|页)|[》」])(?:行政)?(?:规范性)?(?:文件|文|件|办法|规定|条例|通知|意见|方案|细则|规划|计划|决定|法规|规章|政策|措施|标准|公告|通告)?[^？?]{0,40}?(?:废止|失效|失去效力|丧失效力|停止(?:执行|施行|实施|适用|使用)|不再(?:执行|施行|适用)|作废|暂停|暂缓|停用|有?新版本|撤销|替代|取代|代替|修订|修改|到期|终止)"
    r"|^[（(【\[]?(?:现)?已被[^？?。]{1,60}?(?:废止|撤销|替代|取代|代替|修订|修改)"
    r"|(?:自|^[（(【\[])\d{4}年\d{1,2}月\d{1,2}日起(?:废止|失效|失去效力|丧失效力|停止(?:执行|施行|实施|适用|使用)|不再(?:执行|施行|适用)|作废)|^[【\[（(](?:已?经?|全文|部分)(?:废止|失效|修改|修订|撤销)[】\]）)]"
    r"|(?i:(?:this|these|the|above)(?!website|site|server|service)[a-z]{3,40}?(?:was|were|is|are|has|have|hasnow|been|now|willbe|ceased){1,3}(?:now|tobe|fully|partly)?(?:withdrawn|repealed|revoked|superseded|replaced|rescinded|cancelled|suspended|annulled|amended|(?:nolonger|notyet|not)(?:inforce|valid|applicable|current|apply|effective)))"
)


def without_own(line: str) -> tuple[str, bool]:
    """Return a line without blanks and without the pieces that are the page's own, and whether nothing else is left.

    Clauses, rows and sentences are kept whole, except a sentence behind a label of the page: 声明：凡本网……
    """
    words = _COUNTED.sub("", squeeze(line))
    counts = DATE.fullmatch(words) or _UNTIL.match(words) or len(words) > _LONGEST_LINE
    is_labelled = not counts and _labelled(words) and not says_ended(simplified(words))
    if not words or is_furniture(line) or is_labelled:
        return "", bool(words)
    if counts or words.startswith("|"):
        return words, False
    if not any(map(str.isalpha, words)):
        return (words if words.strip("-—·:()[]【】。") else ""), False
    if any(mark in words for mark in "。；") or says_ended(simplified(words)):
        return words, False
    if CLAUSE.match(words) or (ANNEXED.match(words) and not told_own(words)):
        return squeeze(_BRACKETED.sub(_own_in_brackets, line)), False
    pieces = [] if told_own(words) else _GAPS.split(_BRACKETED.sub(_own_in_brackets, line))
    kept = [piece for piece in map(squeeze, pieces) if piece and not _has_words(piece, is_own=True)]
    return ("".join(kept), False) if any(map(_has_words, kept)) else ("", True)


_COUNTED = re.compile(r"(?<=[。；])(?:(?![附见注图表])[一-鿿]{2,6}\(\d{1,6}\))+$")
"""Counts of other texts that a database sets behind a provision: 相关文书(3)期刊(2)."""


def _has_words(piece: str, *, is_own: bool = False) -> bool:
    """Say whether a piece has letters; with `is_own`, whether it is also the page's own. A pictograph begins a piece of the page's own: 👁 902."""
    if unicodedata.category(piece[0]) == "So":
        return is_own and told_own(piece)
    return any(map(str.isalpha, piece)) and (not is_own or told_own(piece))


def _own_in_brackets(found: re.Match[str]) -> str:
    words = squeeze(found[0][1:-1])
    # 一天到一个月 and 收藏3件以上 resemble counters: between the round brackets of texts a guess is not enough.
    is_told = found[0][0] in "[【" or is_own_line(words) or _LABEL.search(words)
    return "" if is_told and _has_words(words, is_own=True) else found[0]


def _labelled(words: str) -> bool:
    label, colon, value = words.lstrip("【[").partition(":")
    return (
        bool(colon)
        and not value.startswith("//")
        and told_own(f"{label.rstrip('】]')}:")
        and len(label) <= _LONGEST_LABEL
    )


_UNTIL = re.compile(r"[^:]{0,16}(?:截止|截至|期限|时限|有效期|到期)(?:时间|日期|日|至)?[】\]]?:.")
"""Labels of a day until which something may be done: a text sets it, whatever the rest of the label resembles (意见反馈截止时间)."""


_LONGEST_LINE = 120
"""Most characters of a line that is the page's own or has pieces of the page's own; longer lines are text."""
_LONGEST_LABEL = 10
_GAPS = re.compile(r"\s{2,}|[\u3000\t|｜·]|\s+(?=[^\sA-Za-z:：]{2,8}[:：])")
"""The characters between the pieces of a line: a wide gap, a bar, a blank before a label."""
_BRACKETED = re.compile(r"[（(【\[][^（）()【】\[\]]{2,40}[)）】\]]")


def _up_to_the_end(lines: list[str]) -> list[str]:
    """Return the lines up to the signature, the sentences right behind it, and what follows from the first annex or clause on.

    A line of the page's own is empty: what stands behind one is the page's, a comment or the first words of news.
    """
    in_footer = False
    while lines and (
        not lines[-1] or opens_footer(lines[-1]) or (in_footer and opens_footer(lines[-1], beside=True))
    ):
        in_footer |= bool(lines.pop())
    end = signature(lines)
    if end is None:
        return lines
    kept = lines[: end + 1]
    following = lines[end + 1 :]
    said = next((place for place, line in enumerate(following) if not adds(line)), len(following))
    for place, line in enumerate(following):
        if ANNEXED.match(line):
            return kept + following[place:]
        if CLAUSE.match(line):
            # A notice is signed above the text that it carries, whose title stands between.
            return kept + following
        if all(line.startswith("|") and line.count("|") > 2 for line in following[place : place + 2]) and any(
            sign.isdigit() for sign in line + following[-1]
        ):
            # A table behind the signature is an annex without a name.
            return kept + following[place:]
    return kept + following[:said]


def adds(line: str) -> bool:
    """Say whether a line right behind a signature, or behind the last line, adds to the text: a correction, another deadline, where to apply, one more who signs."""
    is_dated = NAMES_TEXT.search(line) is not None and any(map(str.isdigit, line))
    is_said = "。" in line or is_dated or _SAYS.match(line) or place_and_office(line)
    return bool(is_said) and OF_THE_SITE.search(line) is None


NAMES_TEXT = re.compile(
    r"(?:[本该此]|(?:以|如)上(?:述)?)(?:文件|办法|规定|条例|通知|意见|方案|细则|事项|政策|措施|标准|公告|通告|补贴|项目|业务)|第[一二三四五六七八九十百\d]+[条章款]"
)
"""Words by which a sentence speaks of the document: 暂停受理本事项申请, 第三条的期限以新规定为准."""
_SAYS = re.compile(r"[(【\[]?[^\W\d_]{2,10}:[^:]")
"""A label and what it says, of which `without_own` knows no label of a page: 受理地点：二楼18号窗口, （咨询电话：12345转3）."""


OF_THE_SITE = re.compile(
    "公众号|小程序|微博|(?:扫码|扫一扫|二维码|长按|点击|微信)[^，。]{0,8}(?:关注|下载|分享|阅读|收藏|好友)|(?:欢迎|敬请)关注|关注我们"
    "|(?:本站|本网)[^，。]{0,8}(?:转载|内容|声明|所有|信息)|转载[^，。]{0,8}(?:注明|出处|版权)|版权|免责|侵权|责任编辑|点赞|浏览器"
    "|(?:网站|本[站网]|数据库|數據庫|資料庫)(?!备案)[^。]{0,24}(?:维护|維護|检修|升级|备份|備份|迁移|改版)(?!.*(?:受理|申请|申报|办理|提交))|(?i:website|site)[a-z]{0,30}(?i:unavailable|maintenance)"
)
"""Words by which a site speaks of itself, in sentences too: 欢迎关注本站公众号，获取更多资讯。, 网站将于周六检修，部分服务暂停。 What is suspended
during the work counts: 网站升级期间暂停受理申请。"""


def signature(lines: list[str]) -> int | None:
    """Return the position of the day of signature: the last line that is nothing but a date, with the text above it. None where there is no such line.

    Only one behind which the text does not go on is its end; a date between brackets below a title is none, nor is one above
    which nothing but a summary stands: the day in the head of a page.
    """
    found = max(
        (place for place, line in enumerate(lines) if len(line) <= 60 and DATE.fullmatch(line)), default=0
    )
    return found if found >= 2 and _may_be_whole(lines[:found], lines[found + 1 :]) else None


def core_essence(text: str) -> str:
    """Return a hash of the lines that count; how they are broken into lines does not matter."""
    return hashlib.sha256("".join(core_lines(text)).encode()).hexdigest()


def lays_down(line: str) -> bool:
    """Say whether a squeezed line is a provision, a row or an annex, by its length, its marks or its number."""
    return (
        len(line) > 60
        or any(mark in line for mark in "。；")
        or line.startswith("|")
        or (len(line) >= _LEAST_ENGLISH and line.endswith((".", ";", ":")) and _HAN.search(line) is None)
        or bool(CLAUSE.match(line) or ANNEXED.match(line))
    )


_HAN = re.compile("[一-鿿]")
_LEAST_ENGLISH = 25
"""Characters, blanks aside, of an English line that is a sentence by its mark at the end: shorter ones are titles and labels."""


def numbered(line: str) -> bool:
    """Say whether a squeezed line begins with the number of a clause."""
    return CLAUSE.match(line) is not None


def begins_late(lines: Sequence[str]) -> bool:
    """Say whether the first numbered line of a text bears another number than the first: its beginning may be gone."""
    numbers = (_number(line) for line in lines)
    return next((value > 1 for style, value in numbers if style), False)


def grows(lines: Iterable[str], text: Sequence[str]) -> bool:
    """Say whether lines outside the text's old place may be a part of the document: an annex, or the next number of its own.

    Terms of use and lists of questions are numbered too, from one.
    """
    last: dict[str, int] = {}
    for line in text:
        style, number = _number(line)
        last[style] = max(number, last.get(style, 0))
    for line in lines:
        style, number = _number(line)
        if ANNEXED.match(line) or (style and last.get(style) == number - 1):
            return True
    return False


_NUMBERED = re.compile(
    r"\|?(?:(第)?([一二三四五六七八九十百千\d]+)([条條章节節编編、.．])|[（(]([一二三四五六七八九十\d]+)[）)]|((?i:article|section|chapter|rule))(\d+))"
)


def _number(line: str) -> tuple[str, int]:
    """Return the style and the value of the number that begins a line: 第条 and 9 for 第九条. Without a number the style is empty."""
    found = _NUMBERED.match(line)
    if found is None:
        return "", 0
    if found[5]:
        return found[5].lower(), int(found[6])
    digits = found[2] or found[4]
    kind = "1" if digits.isdigit() else "一"
    value = to_int(digits)
    return f"{found[1] or ''}{kind}{found[3] or '()'}", value or 0


def shifted_by_a_day(before: Sequence[str], after: Sequence[str]) -> bool:
    """Say whether two texts differ in days alone, each on a line of its own, and all of them by one day the same way.

    A list of days shown in another time zone does; one day alone may be that of a signature, and counts.
    """
    if len(before) != len(after):
        return False
    pairs = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    ways = {_way(*map(_lone_day, pair)) for pair in pairs}
    return len(pairs) >= _LEAST_SHIFTED and len(ways) == 1 and 0 not in ways


def _lone_day(line: str) -> int:
    """Return the day of the month of a line that is a day with the name of its month, 0 for any other."""
    found = _LONE_DAY.fullmatch(line)
    return int(found[1] or found[2]) if found else 0


def _way(old: int, new: int) -> int:
    """Return 1 or -1 for two days of a month that follow each other, also across its end, else 0."""
    if not (old and new) or abs(new - old) == 1:
        return new - old if old and new else 0
    return {True: 1, False: -1}[new == 1] if 1 in (old, new) and max(old, new) >= _SHORTEST_MONTH else 0


_SHORTEST_MONTH = 28
_LEAST_SHIFTED = 2
"""Least number of days that must be shifted together; one day alone may be that of the signature."""
_LONE_DAY = re.compile(r"(\d{1,2})[^\W\d]{3,9}\.?,?\d{4}|[^\W\d]{3,9}\.?(\d{1,2}),?\d{4}")
"""Sites write the months of such lists by name, in the language of the visitor."""


def text_essence(text: str) -> str:
    """Return a hash of the characters of a text, width and white space aside."""
    return hashlib.sha256(squeeze(text).encode()).hexdigest()


def overlap(old: str, new: str, run: int = 5) -> float:
    """Return the share (0…1) of the shorter text's sequences of `run` characters that the longer text has too."""
    first, second = (
        {folded[start : start + run] for start in range(max(len(folded) - run + 1, 0))}
        for folded in map(squeeze, (old, new))
    )
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))
