"""Facts and links of a page outside the text: facts that it declares about its document, and the files it links to."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple
from urllib.parse import parse_qsl

from policydiff.lexicon.bodies import place_and_office
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.examples import is_pages_label, simplified, squeeze, told_own
from policydiff.lexicon.furniture import names_a_text
from policydiff.watch.judge.core import (
    CLAUSE,
    DATE,
    HEAD,
    adds,
    core_lines,
    lays_down,
    says_ended,
    without_own,
)
from policydiff.watch.judge.page_runs import PICTURE, STATE, Linked, Page

DECLARED = re.compile(
    r"\|?(?:索引号|(?:法规|文件|信息|政策)(?:名称|标题)|统一编号|登记号|主题词|信息(?:名称|分类|类别)|(?:主题|体裁|组配|法规|文件|公文|效力)(?:分类|类别|类型|种类|层级|级别)|(?:法律)?效力位阶|服务对象"
    r"|(?:发文|发布|制定|公开|印发|颁布|责任)(?:机关|机构|单位|主体|部门)|(?:发文字|文件编|文|令)号|文件编号|(?:成文|发文|发布|公布|公开|生成|印发|施行|实施|生效|失效|废止)(?:日期|时间)"
    r"|(?:是否)?有效(?:性|期|状态)?|时效(?:性|状态)|(?:效力|文件|公文|生效|法规)(?:状态|时效)|issuedby|issuingbody|effectivedate|status)[:：|]{0,2}[^。]{1,60}",
    re.IGNORECASE,
)


def without_declared(lines: list[str], title: str | None) -> list[str]:
    """Return the lines of a page's text without its title and the facts that it declares above the first provision.

    One layout shows them in the block that is read, another outside it; `declared_anew` holds them against the page before.
    """
    ends = (place for place, line in enumerate(lines[:HEAD]) if CLAUSE.match(line) or _is_provision(line))
    first = next(ends, min(len(lines), HEAD))
    wanted = squeeze(title) if title else None
    head = [line for line in lines[:first] if line != wanted and not DECLARED.fullmatch(simplified(line))]
    return [*filter(None, map(_without_own_cells, head)), *lines[first:]]


def _is_provision(line: str) -> bool:
    """Say whether a line without a number is a sentence of the text, so that a fact below it stands in the text and is no fact of the page."""
    is_row = line.startswith("|")
    return (
        len(line) > _LEAST_SENTENCE
        and not is_row
        and lays_down(line)
        and not DECLARED.fullmatch(simplified(line))
    )


_LEAST_SENTENCE = 60
"""Characters of a sentence; shorter lines above a text may be a summary's, a status or a name."""


def _without_own_cells(line: str) -> str:
    """Return a row of labels and values without those that a page says of itself: |文号|甲|索引号|乙|."""
    cells = line.strip("|").split("|")
    if not line.startswith("|") or len(cells) % 2:
        return line
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return "".join(f"|{label}|{value}" for label, value in pairs if not is_pages_label(label))


def is_within(text: str, page: str, before: str) -> bool:
    """Say whether a whole page holds a text line by line, and right behind it no clause of its own and no sentence that the page before lacks."""
    wanted = core_lines(text)
    lines = [words for line in page.splitlines() if (words := without_own(line)[0])]
    for place in range(len(lines) - len(wanted) + 1):
        if lines[place : place + len(wanted)] == wanted:
            following = lines[place + len(wanted) : place + len(wanted) + 1]
            return bool(wanted) and not any(
                CLAUSE.match(line) or (adds(line) and line not in before) for line in following
            )
    return False


_DATES = ("失效日期", "施行日期", "成文日期")
_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_STATUS = "有效性"
ANNEX = "附件"
ISSUER = "发文机关"
ABOVE, BELOW, AROUND = "正文上方", "正文下方", "正文以外"
"""Labels of what a page says without a label: above its text, below it, anywhere around it."""
TITLE = "标题"
"""Label of a title that got or lost a suffix."""
NAMED = (_STATUS, "发文字号", ISSUER, TITLE, *_DATES[::-1], ABOVE, BELOW, AROUND)
"""Labels that stand for one thing on every page, in this order in `run_page`."""
LABELS = frozenset({*_DATES, _STATUS, ISSUER, "发文字号", TITLE})
"""Facts of every document; any other label is that of an annex, or one that the page alone has."""
SITE = re.compile(r"[_|｜]|::|[-–—]+(?=[^-–—]{2,30}$)")
"""What parts the title of a document from the name of its site, blanks aside."""
_SUFFIX = re.compile(
    r"[（(【\[〔](?!\d+[）)】\]〕])[^（）()【】\[\]]{1,40}[）)】\]〕]|试行|暂行|修订(?:版|稿)?|废止|失效|已修改|征求意见稿"
)


class FactChange(NamedTuple):
    """A fact that a page declares otherwise than before."""

    label: str
    old: str
    new: str
    is_file: bool = False
    """Whether it is a file that the page leads to, under the words of its link."""


def declared_changes(
    before: tuple[tuple[str, str], ...],
    after: tuple[tuple[str, str], ...],
    titles: tuple[str | None, str | None],
) -> tuple[FactChange, ...]:
    """Return how the facts that two recorded versions bear differ, annexes that were named with the newer one included."""
    old, new = dict(before), dict(after)
    annexes = [value for label, value in after if label == ANNEX and (label, value) not in before]
    labels = (_STATUS, "发文字号", ISSUER, *_DATES)
    return (
        *(each for label in labels for each in _restated(label, old.get(label, ""), new.get(label, ""))),
        *suffix_change(*titles),
        *(
            FactChange(label, "", name, is_file=True)
            for label, _, name in (each.rpartition(" ") for each in annexes)
        ),
    )


def renamed_in_head(old: Page, new: Page) -> list[FactChange]:
    """Return how the title in a page's head differs: that of the document, which the page shows, and not the name of the site behind it.

    A suffix may be in the head alone. Other words count where each page shows its title and not the other's, words before the
    title also where neither page has a heading.
    """
    titles = [SITE.split(page.title)[0] for page in (old, new)]
    shown = [{run.words for run in page.runs if not run.is_link} for page in (old, new)]
    shorter, longer = sorted(titles, key=len)
    apart = (
        shorter != longer
        and longer.endswith(shorter)
        and not any(page.tree.css_first("h1, h2, h3") for page in (old, new))
    )
    each_its_own = all(titles[n] in shown[n] and titles[1 - n] not in shown[n] for n in (0, 1))
    if each_its_own or (apart and shorter):
        return [FactChange(TITLE, titles[0], titles[1])]
    bare = {_SUFFIX.sub("", each) for each in titles if each}
    return suffix_change(*titles) if any(title in words for words in shown[0] for title in bare) else []


def named_alike(old: str, new: str, title: str) -> bool:
    """Say whether two names of a page are that of its document alike, and the name of the site behind it differs: 某办法_某网."""
    first, second = (SITE.split(each) for each in (old, new))
    is_cut = len(first) > 1 and len(second) > 1
    return is_cut and first[0] == second[0] != "" and title.startswith(first[0])


def _restated(label: str, old: str, new: str) -> Iterator[FactChange]:
    """Yield a fact that both declare otherwise; that a document is in force is no news where nothing was said of it."""
    before, after = _meant(label, old), _meant(label, new)
    is_news = label == _STATUS and after != "有效"
    if before != after and after and (before or is_news):
        yield FactChange(label, old or "—", new)


def _meant(label: str, value: str) -> object:
    """Return the state, number, day or name in a value; empty where it holds none of them."""
    if label == _STATUS:
        return state_of(value)
    if label in _DATES:
        return [int(part) for found in _DAY.finditer(value) for part in found.groups()][:3]
    number = DocumentNumber.parse(value) if label == "发文字号" else None
    return number.key if number else squeeze(value) if label == ISSUER else ""


def state_of(words: str) -> str:
    """Return one word for each state that a document can be in, empty where the words say none."""
    return next((state for state, pattern in _STATES.items() if pattern.search(simplified(words))), "")


_STATES = {
    "失效": re.compile(
        r"废止|失效|停止|暂停|暂缓|停用|无效|过期|作废|失去效力|丧失效力|届满|撤销|终止|中止|不再|替代|取代|已(?:经)?(?:截止|结束)|^否$|repeal|expired|supersede|revoke|rescind|abolish|withdrawn|cancel|suspend|replaced|no ?longer|invalid|lapsed|annulled",
        re.IGNORECASE,
    ),
    "修改": re.compile(r"修改|修订|修正|amended|revised|modified|updated", re.IGNORECASE),
    "未生效": re.compile(r"尚未|未生效|未施行|未实施|not ?yet", re.IGNORECASE),
    "有效": re.compile(
        r"有效|是|现行|执行|生效|施行|实施|(?:征集|申报|受理|进行)中|in ?force|effective|valid", re.IGNORECASE
    ),
}
"""The words of each state, looked for in this order: 未生效 holds 生效."""


def has_form_of_fact(words: str) -> bool:
    """Say whether squeezed words have the form of a fact of a document, whatever they say: a state, a number, a day, a body, a label, an amount, a sentence.

    The other words around a text are names: of other texts, news, offers, tools, the site itself.
    """
    said = simplified(words)
    if names_a_text(said) and not any(mark in said for mark in "。:"):
        return says_ended(said)
    return (
        lays_down(words)
        or _labelled(words)
        or any(map(STATE.fullmatch, _IN_BRACKETS.findall(said)))
        or bool(
            STATE.fullmatch(said) or state_of(said) == "失效" or says_ended(said) or NAMES_TEXT.search(said)
        )
        or bool(DATE.fullmatch(words) or DocumentNumber.parse(words) or GAZETTED.search(said))
        or _UNIT.search(words) is not None
        or _PROVIDES.search(words) is not None
        or place_and_office(words) is not None
    )


def _labelled(words: str) -> bool:
    """Say whether a line is a label with its value (解读单位：法规处), or opens something (各区人民政府：)."""
    label, colon, value = words.lstrip("([【").partition(":")
    is_label = (
        bool(colon and value) and 2 <= len(label) <= _LONGEST_LABEL and not any(map(str.isdigit, label))
    )
    return words.endswith(":") or is_label


def is_count(old: str, new: str) -> bool:
    """Say whether words differ from others in a count or a time of the site alone: no amount with its unit, no day, no number of a document."""
    if FIGURED.fullmatch(old) and FIGURED.fullmatch(new):
        return True
    said = simplified(new)
    is_of_text = (
        _UNIT.search(new)
        or _CODE.search(new)
        or DATE.search(new)
        or _DAY.search(new)
        or DocumentNumber.parse(said)
        or GAZETTED.search(said)
    )
    return _FIGURE.sub("#", old) == _FIGURE.sub("#", new) and not is_of_text


def amends(old: str, new: str) -> bool:
    """Say whether new words are the old ones amended, and no others in their place: half of their signs stay, and more than a count differs.

    Titles of other texts resemble each other by their form (某区…办法) and are no amended words.
    """
    if old == new or names_a_text(simplified(old)) or names_a_text(simplified(new)):
        return False
    return not is_count(old, new) and SequenceMatcher(None, old, new, autojunk=False).ratio() >= _LEAST_KEPT


NAMES_TEXT = re.compile(
    r"(?:[本该此]|(?:以|如)上(?:述)?)(?:文件|办法|规定|条例|通知|意见|方案|细则|事项|政策|措施|标准|公告|通告|补贴|项目|业务)|第[一二三四五六七八九十百\d]+[条章款]"
)
"""Words by which a sentence speaks of the document: 暂停受理本事项申请, 第三条的期限以新规定为准."""
GAZETTED = re.compile(
    r"第\d+[A-Z]?/\d{4}号|(?:No|LN|SI|Act|Order)\.?\d{1,4}(?:of|/)(?:19|20)\d\d|L\.N\.\d{1,4}of(?:19|20)\d\d"
)
"""The number of a circular or an order in a gazette, whatever stands before it."""
_IN_BRACKETS = re.compile(r"(?<=[(（【\[,，])[^()（）【】\[\],，]{2,12}(?=[)）】\],，])")
_PROVIDES = re.compile(r"应当|必须|不得|严禁|可以|适用|(?i:must|shall|maynot|appl(?:y|ies)to)")
_UNIT = re.compile(
    r"(?<![\d.])\d[\d,.]*(?:个?工作日|日内|天内?|个月|小时|分钟|周岁?|岁|万?元|亿元|平方米|公里|公斤|吨)|[$£€¥]\d"
    r"|^\d{1,2}次$|\d(?:calendar|working|business)?(?:days?|weeks?|months?|years?|hours?)(?![a-z])",
    re.IGNORECASE,
)
"""An amount with the unit of a provision: people, times and files are counted by sites."""
_CODE = re.compile(r"(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{8,}")
"""A code of capitals and figures: of a matter, a form, a standard."""
_FIGURE = re.compile(r"\d[\d,.]*")
FIGURED = re.compile(
    r"(?:[\d\W_年月日时分秒点周第]|星期[一二三四五六日天]|周[一二三四五六日]|[上下]午|[AP]M|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
    r"|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)*",
    re.IGNORECASE,
)
"""Figures alone, a day or a time: without a label they count or date the page."""
_LONGEST_LABEL = 24
_LEAST_KEPT = 0.4
"""Share of the signs of two names that both have, from which the one is the other amended: 失业保险处 and 就业促进处 have it, 某县：党旗飘扬 and 某县：头雁领航 have a third."""


def suffix_change(old: str | None, new: str | None) -> list[FactChange]:
    """Return a title that got or lost a suffix such as （试行）; a page that calls itself otherwise is no change."""
    if not old or not new:
        return []
    shorter, longer = sorted((squeeze(old), squeeze(new)), key=len)
    if len(shorter) >= 6 and longer.startswith(shorter):
        is_suffix = _SUFFIX.fullmatch(longer[len(shorter) :]) is not None
    else:
        bare = [_SUFFIX.sub("", each) for each in (shorter, longer)]
        is_suffix = bare[0] == bare[1] and len(bare[0]) >= 6
    return [FactChange(TITLE, old, new)] if is_suffix else []


Span = tuple[int, int, int, int, int]
"""First and last run near a text, and of the text, and the element that holds the text."""


def files_anew(old: Page, new: Page, spans: tuple[Span, Span]) -> Iterator[FactChange]:
    """Yield files that a page leads to otherwise than before, and what it says of one: its size, its day, its checksum.

    Links among the runs near the text (`spans`) that lead to no page by its name may be files too, where both pages have them,
    and so are pictures within the element of the text, its last one included: many a table is one.
    """
    visit = _of_the_visit(old) | _of_the_visit(new)
    before, after = (_leading(page, span, visit) for page, span in zip((old, new), spans, strict=True))
    for label in dict.fromkeys((*after, *before)):
        olds, news = before.get(label, []), after.get(label, [])
        names = [each.name for each in olds], [each.name for each in news]
        if len(olds) == len(news) and all(map(_is_same, *names)):
            beside = [
                ", ".join(filter(None, (_of_file(each.beside) for each in some))) for some in (olds, news)
            ]
            is_told = (
                _SIZE.search(beside[1])
                or _YEAR.search(beside[1])
                or label == PICTURE
                or not is_count(*beside)
            )
            is_other = beside[0] != beside[1] and is_told
            if is_other and not _is_rounded(*beside):
                yield FactChange(label, beside[0] or "—", beside[1] or "—", is_file=True)
        elif not olds and any(each.is_file for each in news):
            yield FactChange(label, "—", ", ".join(names[1]), is_file=True)
        elif not news and any(each.is_file for each in olds):
            yield FactChange(f"{ANNEX} {label}", ", ".join(names[0]), "—", is_file=True)
        elif olds and news:
            lost, came = (
                ", ".join(name for name in some if name not in others) or "—"
                for some, others in (names, names[::-1])
            )
            if (lost, came) != ("—", "—"):
                yield FactChange(label, lost, came, is_file=True)


def _is_same(one: str, other: str) -> bool:
    """Return whether two names lead to the same file: shared parameters are equal; a parameter of one name alone may belong to the visit."""
    (path, _, query), (second, _, asked) = one.partition("?"), other.partition("?")
    given, wanted = dict(parse_qsl(query)), dict(parse_qsl(asked))
    return path == second and all(given[name] == wanted[name] for name in given.keys() & wanted.keys())


def _of_file(beside: str) -> str:
    """Return what is said of a file beside its link: of words that are the page's own nothing but a size."""
    pieces = [each for each in _OF_A_FILE.split(beside) if each and not told_own(each)]
    words = (without_own(each)[0].strip(":· ") for each in pieces)
    said = "" if told_own(beside) else ",".join(filter(None, words))
    sizes = (found[0] for found in _SIZE.finditer(beside) if found[0] not in said)
    return ", ".join(filter(None, (said, *sizes)))


def _is_rounded(old: str, new: str) -> bool:
    """Return whether two sizes are equal by rounding, the one in kilobytes and the other in megabytes."""
    sizes = [[(float(number), unit.upper()) for number, unit in _SIZE.findall(each)] for each in (old, new)]
    if len(sizes[0]) != 1 or len(sizes[1]) != 1 or sizes[0][0][1] == sizes[1][0][1]:
        return False
    one, other = (number * _UNITS[unit] for ((number, unit),) in sizes)
    return abs(one - other) <= _ROUNDED * max(one, other)


_OF_A_FILE = re.compile(r"[|,;、()【】\[\]]")
"""The characters between size, date and number of downloads of a file."""
_SIZE = re.compile(r"(\d+(?:\.\d+)?)([KM])B?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITS = {"K": 1.0, "M": 1024.0}
_ROUNDED = 0.25
"""Share by which a size in megabytes with one digit may differ from one in kilobytes: 0.2 MB are 154 to 256 KB."""


def _of_the_visit(page: Page) -> set[tuple[str, str]]:
    """Return parameters of addresses that links to several pages share: a mark of the visit, and none of a file."""
    count = Counter(
        pair
        for path, query in {
            (path, query) for path, _, query in (each.name.partition("?") for each in page.leads)
        }
        for pair in parse_qsl(query)
    )
    return {
        (name, value)
        for (name, value), number in count.items()
        if number > (1 if TOKEN.search(value) else _MOST_SHARED) or " " in value
    }


_MOST_SHARED = 2
"""Addresses that may share a parameter by chance: two annexes of one column do. Two never share a token that tells a file."""
TOKEN = re.compile(
    r"[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|(?=[a-f]*\d)[\da-f]{32,}", re.IGNORECASE
)
"""A name that a program drew: of a visit, a release, a request. Words with a blank in an address are no name of a file either."""


def _without_visit(name: str, visit: set[tuple[str, str]]) -> str:
    """Return a name without the marks of the visit; of an address that leads on to another one, that address."""
    path, mark, query = name.partition("?")
    given = parse_qsl(query)
    onward = next((value for _, value in given if value.startswith(("http://", "https://"))), None)
    if onward is not None:
        return onward
    kept = "&".join(f"{name}={value}" for name, value in given if (name, value) not in visit)
    return f"{path}?{kept}" if kept else path if mark and given else name


def _leading(page: Page, span: Span, visit: set[tuple[str, str]]) -> dict[str, list[Linked]]:
    found: dict[str, list[Linked]] = {}
    # Behind the last words of a text its element may hold a table drawn as a picture; the whole page holds those of others.
    last = span[3] if span[4] in page.outermost else len(page.runs)
    for lead in page.leads:
        each = lead._replace(name=_without_visit(lead.name, visit)) if "?" in lead.name else lead
        is_near = span[0] <= each.place < span[1] and each.label in page.fetched and not each.picture_in
        is_shown = span[2] <= each.place <= last and page.is_in(each.picture_in, span[4])
        if each.is_file or is_shown:
            found.setdefault(each.label, []).append(each)
        elif is_near and not told_own(each.label):
            found.setdefault(each.label, []).append(each._replace(name=_path(each.name)))
    return found


def _path(name: str) -> str:
    """Return the identifying path of a page, where it has a number: its query may belong to the visit."""
    path, _, _ = name.partition("?")
    return TOKEN.sub("*", path) if any(map(str.isdigit, path)) else name
