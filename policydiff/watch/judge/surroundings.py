"""What a page declares of its document beside the text, held against the page before.

No list of labels or layouts is asked. Two pages of one source are read word run by word run; runs that both pages have
say nothing, and what is left is judged by what it is: a state (失效), a number, a dated label, a sentence of repeal, a file.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.watch.judge.beside import ANNEX, ISSUER, LABELS, FactChange, state_of, suffix_change
from policydiff.watch.judge.examples import simplified, squeeze
from policydiff.watch.judge.page_runs import LEAST_TITLE, MOST_RUNS, STATE, Page, Run

_STATE_LABEL = re.compile(
    r"(?:有效|时效|效力|生效|公文|文件|法规|当前|法律)?(?:性|状态|情况|期)|(?:有效|时效|效力|生效|公文)|时效性|是否有效|公文时效|效力级别状态|(?:legal|current)?(?:status|state)|validity",
    re.IGNORECASE,
)
_ISSUER_LABEL = re.compile(
    r"(?:发文|发布|制定|印发|公开|颁布)(?:机关|机构|单位|主体|部门)|(?:issued|made|adopted|promulgated)by|issuing(?:body|authority)",
    re.IGNORECASE,
)
_NAMED_BODY = re.compile(r"[^\d。；:]{2,60}")
_REPEAL = re.compile(
    r"(?:[本该此](?!次|轮|期|周|月|年|网|站|栏|页)|[》」])(?:行政)?(?:规范性)?(?:文件|文|件|办法|规定|条例|通知|意见|方案|细则|规划|计划|决定|法规|规章|政策|措施|标准|公告|通告)?[^？?]{0,40}?(?:废止|失效|失去效力|丧失效力|停止执行|不再执行|停止施行|作废|有?新版本|撤销|替代|取代|代替|修订|修改|到期|终止)"
    r"|(?:自|^[（(【\[])\d{4}年\d{1,2}月\d{1,2}日起(?:废止|失效|失去效力|丧失效力|停止(?:执行|施行|实施|适用|使用)|不再(?:执行|施行|适用)|作废)|^[【\[（(](?:已?经?|全文|部分)(?:废止|失效|修改|修订|撤销)[】\]）)]"
    r"|(?i:(?:this|these|the|above)(?!website|site|server|service)[a-z]{3,40}?(?:was|were|is|are|has|have|hasnow|been|now|willbe|ceased){1,3}(?:now|tobe|fully|partly)?(?:withdrawn|repealed|revoked|superseded|replaced|rescinded|cancelled|suspended|annulled|amended|(?:nolonger|notyet|not)(?:inforce|valid|applicable|current|apply|effective)))"
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


def declared_anew(old: Page, new: Page, text: str) -> tuple[FactChange, ...]:
    """Return the facts of the document that the new page declares otherwise than the old page, outside the text.

    Args:
        old: The last version's page.
        new: The page as it is.
        text: The text that both hold.
    """
    words = squeeze(text)
    before, after = (_beside(page.runs, words) for page in (old, new))
    changes: list[FactChange] = [*_annexes(old, new)]
    if len(before) > MOST_RUNS or len(after) > MOST_RUNS:
        return tuple(changes)
    known = {run.words for run in before}
    stated = _stated(old.runs)
    gone = known - {run.words for run in after}
    above = _above(new.runs, words)
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
                changes += _titled_anew(run.words, old.runs, f"{old.title} {words}")
                is_state = STATE.fullmatch(simplified(run.words)) or (
                    len(run.words) <= _LONGEST_STATE and any(map(state_of, lost))
                )
                if id(run) in above and is_state:
                    changes += _stamped(simplified(run.words))
    changes += _restated_facts(_facts(old.runs, words), _facts(new.runs, words))
    found: dict[str, FactChange] = {}
    for change in changes:
        found.setdefault(change.label, change)
    said = {change.new for change in found.values() if change.label in LABELS}
    return tuple(
        change for label, change in found.items() if label in LABELS or simplified(change.new) not in said
    )


_AHEAD, _MOST_OWN = 6, 4
"""Runs that are looked at, and how many of them a text has where it begins: a fact above it may be a word of it."""


def _above(runs: Sequence[Run], text: str) -> set[int]:
    """Return the identities of the runs that stand between the menu of a page and its text, and are no links.

    The text begins where most of the next runs are its own: a title that stands above it is not yet its beginning.
    """
    start = _start(runs, text)
    return {id(run) for run in runs[max(0, start - _MOST_ABOVE) : start] if not run.is_link}


def _start(runs: Sequence[Run], text: str, most: int = _MOST_OWN) -> int:
    own = [len(run.words) >= _LEAST_OWN and run.words in text for run in runs]
    least = min(most, max(1, sum(own) // 2))
    return next((n for n, is_own in enumerate(own) if is_own and sum(own[n : n + _AHEAD]) >= least), 0)


_LONGEST_STATE = 10
"""Characters of words that say a state in the place of words that said another one."""
_MOST_ABOVE = 80
"""Runs above a text among which its page declares facts of it."""
_LEAST_OWN = 5
"""Characters of a run that tells by its words that it may belong to a text."""


def _stamped(words: str) -> Iterator[FactChange]:
    """Yield the state that a mark alone above the text says: 已废止."""
    if state_of(words) not in {"", "有效"}:
        yield FactChange("有效性", "—", words)


def _facts(runs: Sequence[Run], text: str) -> dict[str, str]:
    """Return what a page declares of its document, by labels; a label that stands twice tells nothing.

    Such pairs stand above the text, or behind it in a group that says a number, a body, a day or a state.
    A label ends with a colon, or stands in an element like that of another label, each with its value behind it in an
    element like that of the other value: the cells of a table, terms and their definitions.
    """
    start = _start(runs, text)
    head = [*runs[max(0, start - _MOST_ABOVE) : start]]
    end = len(runs) - 1 - _start(runs[::-1], text, most=_MOST_OWN + 1)
    tail = [*runs[end + 1 : end + 1 + _MOST_ABOVE]]
    pairs = _pairs(head)
    behind = _pairs(tail)
    if any(_KNOWN_LABEL.search(label) for label, _ in behind):
        pairs += behind
    found = Counter(label for label, _ in pairs)
    return {label: value for label, value in pairs if found[label] == 1}


def _pairs(head: Sequence[Run]) -> list[tuple[str, str]]:
    shapes = Counter((one.shape, two.shape) for one, two in pairwise(head) if one.shape != two.shape)
    in_row = Counter(run.row for run in head if run.row)
    twos = sum(count == _LEAST_ALIKE for count in in_row.values())
    found: list[tuple[str, str]] = []
    place = 0
    while place + 1 < len(head):
        label, value = head[place], head[place + 1]
        is_row = twos >= _LEAST_ALIKE and label.row == value.row and in_row[label.row] == _LEAST_ALIKE
        is_pair = label.words.endswith(":") or shapes[label.shape, value.shape] >= _LEAST_ALIKE or is_row
        if is_pair and not value.words.endswith(":"):
            if _is_label(label.words) and not label.is_link and not value.is_link:
                found.append((label.words.strip(":"), value.words))
            place += 2
        else:
            place += 1
    return found


_LEAST_ALIKE = 2
"""Pairs of elements alike that make a group of declared facts."""


def _is_label(words: str) -> bool:
    words = simplified(words.strip(":"))
    return (
        2 <= len(words) <= _LONGEST_NAME and not any(map(str.isdigit, words)) and not _PAGES_OWN.search(words)
    )


_LONGEST_NAME = 24
_KNOWN_LABEL = re.compile(
    r"(?:文|字|编|令)号|机关|机构|效力|有效|时效|状态|成文|施行|实施日期|status|issu|effective|reference|number|in ?force",
    re.IGNORECASE,
)
_PAGES_OWN = re.compile(
    r"主办|承办|协办|技术支持|地址|邮编|邮箱|备案|版权|标识码|浏览|阅读|点击|访问|下载|播放|次数|人数|来源|稿源|编辑|作者|审核|校对|记者|供稿|更新|发布(?!机关|机构|单位|主体|部门)|公开(?:日期|时间)|上传|录入|^(?:时间|日期)$|(?<!文)字号|字体|天气|气温|关键[词字]|标签|主题|分类|类别|索引号|栏目|体裁|语言|分享|打印|收藏|评分|满意|热度|位置|推荐|提示|摘要|导读|在线|今天|现在|客服|电话|扫|匹配|距离|倒计时|时长"
    r"|views?|hits?|reads?|visits?|downloads?|published|posted|updated|modified|reviewed|author|^by$|source|share|tags?|categor|keywords?|topics?|today|weather|rating|comments?|likes?|language|minutes|print",
    re.IGNORECASE,
)
"""Labels of what a page says of itself, and not of its document."""
_MEASURES = re.compile(
    r"[^\w]*[\d.,:/\-年月日时分秒点\s]+[^\w]*(?:次|人|条|页|万|字|分钟?|kb|mb|views?)?", re.IGNORECASE
)
"""A count, a day or a time: days are told by their labels, counts are the page's."""
_NUMBER_LABEL = re.compile(r"号$|编号|文号|number|^ref|no\.?$", re.IGNORECASE)


def _restated_facts(before: dict[str, str], after: dict[str, str]) -> Iterator[FactChange]:
    """Yield what a page declares otherwise under a label that it had: whatever its label is, unless it is the page's own."""
    for label, value in after.items():
        old = before.get(label)
        if old is None or old == value or max(len(old), len(value)) > _LONGEST_VALUE:
            continue
        is_sentence = any(mark in old + value for mark in "。?") or "," in value[_LONGEST_LIST:]
        if is_sentence or _STAMPED.search(value):
            continue
        is_number = _MEASURES.fullmatch(value) or _MEASURES.fullmatch(old)
        if not is_number or _NUMBER_LABEL.search(label):
            yield FactChange(label, old, value)


_LONGEST_LIST = 50
"""Characters of a fact within which commas part the entries of a list."""
_LONGEST_VALUE = 80
"""Characters of a declared fact; longer ones are sentences."""
_STAMPED = re.compile(r"\d{1,2}:\d\d|(?:刚刚|之?前)$")


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
    if not LEAST_TITLE <= len(words) <= 120:
        return []
    headings = {run.words for run in before if not run.is_link and len(run.words) >= LEAST_TITLE}
    changes = (suffix_change(heading, words) for heading in sorted(headings) if heading in text[:_HEAD])
    return next(filter(None, changes), [])


_HEAD = 1_500
"""Characters within which a text bears its title, that of the text it carries included."""


def _judged(said: str, label: str, lost: Sequence[str]) -> Iterator[FactChange]:
    words, label = simplified(said), simplified(label)
    lost = [simplified(each) for each in lost]
    if STATE.fullmatch(words) and (
        _STATE_LABEL.fullmatch(label) or any(STATE.fullmatch(each) for each in lost)
    ):
        old = next((each for each in lost if STATE.fullmatch(each)), "")
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
            yield FactChange(label, "—", name, is_file=True)
        elif old.files[label] != name:
            yield FactChange(label, old.files[label], name, is_file=True)
    for label, name in old.files.items():
        if label not in new.files:
            yield FactChange(f"{ANNEX} {label}", name, "—", is_file=True)
