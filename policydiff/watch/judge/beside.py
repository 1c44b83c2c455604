"""Facts and links of a page outside the text: facts that it declares about its document, and the files it links to."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl

from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.examples import is_pages_label, names_document, simplified, squeeze, told_own
from policydiff.lexicon.furniture import names_a_text, opens_footer
from policydiff.watch.judge.core import (
    CLAUSE,
    HEAD,
    adds,
    core_lines,
    lays_down,
    says_ended,
    without_own,
)
from policydiff.watch.judge.fact_forms import GAZETTED, is_count, state_of
from policydiff.watch.judge.page_runs import PICTURE, STATE, Linked, Page

DECLARED = re.compile(
    r"\|?(?:索引号|(?:法规|文件|信息|政策)(?:名称|标题)|统一编号|登记号|主题词|信息(?:名称|分类|类别)|(?:主题|体裁|组配|法规|文件|公文|效力)(?:分类|类别|类型|种类|层级|级别)|(?:法律)?效力位阶|服务对象"
    r"|(?:发文|发布|制定|公开|印发|颁布|责任)(?:机关|机构|单位|主体|部门)|(?:发文字|文件编|文|令)号|文件编号|(?:成文|发文|发布|公布|公开|生成|印发|施行|实施|生效|失效|废止)(?:日期|时间)"
    r"|(?:是否)?有效(?:性|期|状态)?|时效(?:性|状态)|(?:效力|文件|公文|生效|法规)(?:状态|时效)|issuedby|issuingbody|effectivedate|status)[:：|]{0,2}[^。]{1,60}",
    re.IGNORECASE,
)


def without_declared(lines: list[str], title: str | None) -> list[str]:
    """Return the lines of a page's text without the title and without the facts that stand above the first provision (发文字号：…).

    One layout shows them in the block that is read, another outside it; `said_around` holds them against the page before.
    """
    ends = (place for place, line in enumerate(lines[:HEAD]) if CLAUSE.match(line) or _is_provision(line))
    first = next(ends, min(len(lines), HEAD))
    wanted = squeeze(title) if title else None
    head = [line for line in lines[:first] if line != wanted and not DECLARED.fullmatch(simplified(line))]
    return [*filter(None, map(_without_own_cells, head)), *lines[first:]]


def _is_provision(line: str) -> bool:
    """Say whether a line without a number is a sentence of the text. A labelled line below such a sentence belongs to the text and is no fact of the page."""
    is_row = line.startswith("|")
    return (
        len(line) > _LEAST_SENTENCE
        and not is_row
        and lays_down(line)
        and not DECLARED.fullmatch(simplified(line))
    )


_LEAST_SENTENCE = 60
"""Least characters of a sentence of the text; shorter lines above it may be a summary, a state or a name."""


def _without_own_cells(line: str) -> str:
    """Return a row of labels and values without the pairs that concern the page alone: 索引号 in |文号|甲|索引号|乙|."""
    cells = line.strip("|").split("|")
    if not line.startswith("|") or len(cells) % 2:
        return line
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return "".join(f"|{label}|{value}" for label, value in pairs if not is_pages_label(label))


def is_within(text: str, page: str, before: str) -> bool:
    """Say whether a page holds a text line by line, with neither a further clause nor a new sentence right behind it."""
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
STATUS, NUMBER = "有效性", "发文字号"
ANNEX = "附件"
ISSUER = "发文机关"
ABOVE, BELOW, AROUND = "正文上方", "正文下方", "正文以外"
"""Labels of what a page says without a label: above its text, below it, anywhere around it."""
TITLE = "标题"
"""Label of a title that got or lost a suffix."""
NAMED = (STATUS, NUMBER, ISSUER, TITLE, *_DATES[::-1], ABOVE, BELOW, AROUND)
"""Labels with one meaning on every page, in the order in which `run_page` shows them."""
LABELS = frozenset({*_DATES, STATUS, ISSUER, NUMBER, TITLE})
"""Facts of every document; any other label is that of an annex, or one that the page alone has."""
SITE = re.compile(r"[_|｜]|::|[-–—]+(?=[^-–—]{2,30}$)")
"""Signs between the title of a document and the name of its site, without blanks: 某办法_某市人民政府."""
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


def fact_named(label: str, words: str) -> str:
    """Return the label under which a fact is known: a state or a number shows by its form what it is, another value by its label."""
    said, label = simplified(words), label.strip(":")
    if STATE.fullmatch(said) or says_ended(said):
        return STATUS
    if DocumentNumber.parse(words) is not None:
        return NUMBER
    return next((name for name, known in _KNOWN.items() if known.search(simplified(label))), label)


def names_fact(label: str) -> bool:
    """Say whether a label names a fact of a document: as an example, or as a body, an end or a beginning of every document."""
    return names_document(label) or any(
        known.search(simplified(label).strip(":")) for known in _KNOWN.values()
    )


_KNOWN = {
    ISSUER: re.compile("(?:发文|发布|制定|印发|公开|颁布)(?:机关|机构|单位|主体|部门)$"),
    _DATES[0]: re.compile("(?:失效|废止|终止|截止)(?:日期|时间)$|repeal|expir", re.IGNORECASE),
    _DATES[1]: re.compile("(?:施行|实施|生效|执行)(?:日期|时间)$|effectivedate|commence", re.IGNORECASE),
    _DATES[2]: re.compile("(?:成文|印发|发文|签发)(?:日期|时间)$"),
}
"""The labels under which pages give a fact of every document."""


def related_texts(page: Page) -> dict[str, str]:
    """Return the texts that a page names as amending or ending its document, or as ended by it, each with the label of its list: 修改：第3/2024號行政法規."""
    found: dict[str, str] = {}
    label = ""
    for run in page.runs:
        line = simplified(page.line_of(run))
        if not run.is_link and _RELATES.fullmatch(simplified(run.words)):
            label = run.words.strip(":")
        elif not (names_a_text(line) or GAZETTED.search(line) or DocumentNumber.parse(line)):
            label = ""
        elif label and not told_own(run.words):
            found[run.words] = label
    return found


_RELATES = re.compile(
    r"(?:已?[被由])?(?:修改|修订|修正|废止|替代|取代|代替)(?:情况|记录|文件|法规|依据|者)?:|(?:amended|repealed|revoked|superseded|replaced)by:?|(?:amend|repeal|revoke|supersede|replace)s:?",
    re.IGNORECASE,
)
"""The label of a list of texts that amend or end the document, or that it amends or ends."""


def declared_changes(
    before: tuple[tuple[str, str], ...],
    after: tuple[tuple[str, str], ...],
    titles: tuple[str | None, str | None],
) -> tuple[FactChange, ...]:
    """Return the differences between the facts that are recorded with two versions, and the annexes named with the newer one."""
    old, new = dict(before), dict(after)
    annexes = [value for label, value in after if label == ANNEX and (label, value) not in before]
    labels = (STATUS, NUMBER, ISSUER, *_DATES)
    return (
        *(each for label in labels for each in _restated(label, old.get(label, ""), new.get(label, ""))),
        *suffix_change(*titles),
        *(
            FactChange(label, "", name, is_file=True)
            for label, _, name in (each.rpartition(" ") for each in annexes)
        ),
    )


def renamed_in_head(old: Page, new: Page) -> list[FactChange]:
    """Return how the title in the head of a page (`title`) differs; the name of the site behind the document's title is left out.

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
    """Say whether two titles of a page differ only in the name of the site behind the document's title: 某办法_某网."""
    first, second = (SITE.split(each) for each in (old, new))
    is_cut = len(first) > 1 and len(second) > 1
    return is_cut and first[0] == second[0] != "" and title.startswith(first[0])


def _restated(label: str, old: str, new: str) -> Iterator[FactChange]:
    """Yield the fact where old and new value differ in meaning. That a document is in force is no change if the older page said nothing of its state."""
    before, after = _meant(label, old), _meant(label, new)
    is_news = label == STATUS and after != "有效"
    if before != after and after and (before or is_news):
        yield FactChange(label, old or "—", new)


def _meant(label: str, value: str) -> object:
    """Return the state, number, day or name in a value; empty where it holds none of them."""
    if label == STATUS:
        return state_of(value)
    if label in _DATES:
        return [int(part) for found in _DAY.finditer(value) for part in found.groups()][:3]
    number = DocumentNumber.parse(value) if label == NUMBER else None
    return number.key if number else squeeze(value) if label == ISSUER else ""


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


def imprint_of(page: Page) -> int:
    """Return the place of the first run of the imprint behind the last sentence and the last file of a page: all that follows is the site's."""
    lines = [page.line_of(run) for run in page.runs]
    last = max(
        (
            n
            for n, run in enumerate(page.runs)
            if run.words in page.files or ("。" in run.words and not opens_footer(lines[n]))
        ),
        default=0,
    )
    first = next((n for n in range(last + 1, len(lines)) if opens_footer(lines[n])), len(lines))
    while last + 1 < first < len(lines) and opens_footer(lines[first - 1], beside=True):
        first -= 1
    return first


Span = tuple[int, int, int, int, int]
"""Positions of the first and the last run near a text, of the first and the last run of the text itself, and the element that holds it."""


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
            if beside[0] != beside[1] and is_told:
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
    """Return the words about a file beside its link; of words that are the page's own only a size is kept."""
    pieces = [each for each in _OF_A_FILE.split(beside) if each and not told_own(each)]
    words = (without_own(each)[0].strip(":· ") for each in pieces)
    said = "" if told_own(beside) else ",".join(filter(None, words))
    sizes = (found[0] for found in _SIZE.finditer(beside) if found[0] not in said)
    return ", ".join(filter(None, (said, *sizes)))


_OF_A_FILE = re.compile(r"[|,;、()【】\[\]]")
"""The characters between size, date and number of downloads of a file."""
_SIZE = re.compile(r"(\d+(?:\.\d+)?)([KM])B?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


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
    """Return the path of an address that has a number, without its query, which may belong to the visit; else the whole name."""
    path, _, _ = name.partition("?")
    return TOKEN.sub("*", path) if any(map(str.isdigit, path)) else name
