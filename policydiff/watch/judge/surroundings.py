"""Declarations of a page about its document outside the text, compared with the page before.

No list of labels or layouts is used. Two pages of one source are compared run of words by run of words. Runs that both pages have
are ignored; each other run is judged by its kind: a status (失效), a number, a labelled date, a sentence of repeal, a file.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.examples import is_pages_label, names_document, simplified, squeeze, told_own
from policydiff.lexicon.furniture import opens_footer
from policydiff.watch.judge.beside import (
    ABOVE,
    ANNEX,
    BELOW,
    DECLARED,
    ISSUER,
    LABELS,
    FactChange,
    files_anew,
    renamed_in_head,
    suffix_change,
)
from policydiff.watch.judge.core import says_ended
from policydiff.watch.judge.fact_forms import amends, has_form_of_fact, state_of
from policydiff.watch.judge.for_programs import STAMPED, told_programs_anew
from policydiff.watch.judge.nearby import (
    LONGEST_NAME,
    LONGEST_VALUE,
    MOST_ABOVE,
    Zone,
    pairs_of,
    said_near,
    start_of,
    zone_of,
)
from policydiff.watch.judge.page_runs import LEAST_TITLE, MOST_RUNS, STATE, Page, Run

_STATE_LABEL = re.compile(
    r"(?:本|该|此)?(?:公文|文件|法规|法律|政策)?(?:目前|当前|现行|最新)?(?:有效|时效|效力|生效|执行|实施)?(?:性|状态|情况|期)|(?:有效|时效|效力|生效|公文)|时效性|是否有效|公文时效|效力级别状态|(?:legal|current)?(?:status|state)|validity",
    re.IGNORECASE,
)
_ISSUER_LABEL = re.compile(
    r"(?:发文|发布|制定|印发|公开|颁布)(?:机关|机构|单位|主体|部门)|(?:issued|made|adopted|promulgated)by|issuing(?:body|authority)",
    re.IGNORECASE,
)
_NAMED_BODY = re.compile(r"[^\d。；:]{2,60}")
_DATED = re.compile(
    r"(施行|实施|生效|执行|effective|inforce|commence)|(失效|废止|终止|截止|有效期|repeal|expir)|(成文|印发|发文|签发)",
    re.IGNORECASE,
)
_DATED_AS = ("施行日期", "失效日期", "成文日期")
_ENDS = 2
"""Place of the day on which a document ends: that a page names one at all is news, of other days it may be a new layout."""
_DAY = re.compile(r"\d{4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}日?|(?:中华)?民国\d{2,3}年\d{1,2}月\d{1,2}日")


def declared_anew(old: Page, new: Page, text: str) -> tuple[FactChange, ...]:
    """Return the facts of the document that the new page declares otherwise than the old page, outside the text that both hold.

    Near the text (`Zone`) whatever differs counts, unless it is the page's own by its place or by examples. Farther
    away only labelled facts, states, numbers and sentences of repeal do: news, weather and offers stand there.
    """
    words = squeeze(text)
    zones = zone_of(old, words), zone_of(new, words)
    changes: list[FactChange] = [*files_anew(old, new, (zones[0][2:7], zones[1][2:7]))]
    before, after = (_beside(page.runs, words) for page in (old, new))
    if len(before) > MOST_RUNS or len(after) > MOST_RUNS:
        # Too many to be held against each other: what stands around the text is.
        before, after = (_beside([*zone.head, *zone.tail], words) for zone in zones)
    changes += _said_anywhere(old, new, before, after, words)
    facts = _facts(old, zones[0]), _facts(new, zones[1])
    changes += _restated_facts(*facts, words)
    told = {simplified(squeeze(change.new)) for change in changes}
    for label, runs in ((ABOVE, [each.above for each in zones]), (BELOW, [each.below for each in zones])):
        changes += said_near(label, runs, (old, new), words, told)
    changes += renamed_in_head(old, new)
    changes += [change for change, is_fact in told_programs_anew(old, new) if is_fact]
    found: dict[str, FactChange] = {}
    for change in changes:
        found.setdefault(change.label, change)
    said = {change.new for change in found.values() if change.label in LABELS}
    return tuple(
        change for label, change in found.items() if label in LABELS or simplified(change.new) not in said
    )


def _said_anywhere(
    old: Page, new: Page, before: Sequence[Run], after: Sequence[Run], words: str
) -> Iterator[FactChange]:
    """Yield states, numbers, bodies, days, sentences of repeal and suffixes of the title that a page says anew, wherever it does."""
    known = Counter(run.words for run in before)
    known.subtract(run.words for run in after)
    stated = _stated(old.runs)
    labels = {id(value): label.words for label, value in pairwise(new.runs)}
    gone = {run.words for run in before} - {run.words for run in after}
    start = start_of(new.runs, words)
    above = {id(run) for run in new.runs[max(0, start - MOST_ABOVE) : start]}
    matcher = SequenceMatcher(
        None, [run.words for run in before], [run.words for run in after], autojunk=False
    )
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind not in {"replace", "insert"}:
            continue
        lost = [run.words for run in before[i1:i2] if run.words in gone]
        for place in range(j1, j2):
            run = after[place]
            if known[run.words] >= 0:
                continue  # it stood elsewhere on the page, as often
            label = labels.get(id(run), "")
            if run.is_link:
                if i2 - i1 == j2 - j1 and id(run) in above:
                    yield from _moved(before[i1 + place - j1].words, run.words)
                continue
            had = [*lost, *stated.get(label.strip(":"), ())]
            yield from _judged(run.words, label.strip(":"), had)
            yield from _titled_anew(run.words, old.runs, f"{old.title} {words}")
            state = simplified(run.words)
            is_state = STATE.fullmatch(state) or (
                len(run.words) <= _LONGEST_STATE and any(map(state_of, lost))
            )
            if id(run) in above and is_state and state_of(state) not in {"", "有效"}:
                yield FactChange("有效性", "—", state)  # a mark alone above the text: 已废止


def _moved(old: str, new: str) -> Iterator[FactChange]:
    """Yield the state that the name of a column tells, where a page stands in another column: 现行有效 -> 失效文件."""
    if len(new) <= _LONGEST_STATE and state_of(new) == "失效" != state_of(old):
        yield FactChange("有效性", old, new)


_LONGEST_STATE = 10
"""Characters of words that say a state in the place of words that said another one."""
_LEAST_STATE_LABEL = 3
"""Characters of a label that names the state of a document by itself (有效性); 状态 may be that of a case that is dealt with."""
_LONGEST_SAID = 120
"""Characters that say a state under its label: the titles and numbers of two other documents have room."""


def _facts(page: Page, zone: Zone) -> dict[str, tuple[str, str, bool]]:
    """Return what a page declares of its document, by labels, each value with the element of its label.

    Such pairs stand above the text, or behind it in a group that says a number, a body, a day or a state. A label ends with
    a colon, or stands in an element like that of another label, each with its value behind it in an element like that of the
    other value: the cells of a table, terms and their definitions.
    """
    pairs = pairs_of(zone.head)
    above = {label.words.strip(":") for label, _ in pairs}
    behind = [pair for pair in pairs_of(zone.tail) if pair[0].words.strip(":") not in above]
    if any(names_document(label.words) and not label.words.startswith(ANNEX) for label, _ in behind):
        pairs += behind
    found: dict[str, tuple[str, str, bool]] = {}
    for label, value in pairs:
        if (
            not _is_label(label.words)
            or label.is_link
            or (value.is_link and value.words not in page.files and not _is_linked_value(label, value))
        ):
            continue
        name = label.words.strip(":")
        had = found[name][0] + "、" if name in found else ""
        is_row = label.words.endswith(":") or label.row
        near = any(label is run for run in zone.above)
        found[name] = had + value.words, label.shape if is_row and near else "", bool(is_row and near)
    return found


def _is_linked_value(label: Run, value: Run) -> bool:
    """Return whether a link is the value of a label, and no entry of a menu under a heading: the link is short, and the label announces a value."""
    says = label.words.endswith(":") or label.row or names_document(label.words)
    return len(value.words) <= _LONGEST_STATE and bool(says)


def _is_label(words: str) -> bool:
    words = words.strip(":")
    is_name = 2 <= len(words) <= LONGEST_NAME and not any(map(str.isdigit, words))
    return is_name and not (is_pages_label(words) or STATE.fullmatch(words))


def _restated_facts(
    before: dict[str, tuple[str, str, bool]], after: dict[str, tuple[str, str, bool]], text: str
) -> Iterator[FactChange]:
    """Yield what a page declares otherwise: under a label that it had, or by a row more or less of a group that it had.

    So is one line more (适用范围：某区) that the text does not say and that is no fact of every document. More of them, and a whole
    group that only one of the pages has, are a new layout.
    """
    alone = before.keys() ^ after.keys() if len(before.keys() ^ after.keys()) == 1 else set[str]()
    groups = ({shape for _, shape, _ in before.values()} & {shape for _, shape, _ in after.values()}) - {""}
    for label in dict.fromkeys((*before, *after)):
        (old, one, is_row), (new, two, _) = before.get(label, _NONE), after.get(label, _NONE)
        is_known = label in before and label in after
        if label in alone and names_document(label):
            value = new if label in after else old
            is_known = value not in text and not DECLARED.fullmatch(f"{label}:{value}")
        if old == new or STAMPED.search(new) or not (is_known or groups & {one, two}):
            continue
        if not (is_row or names_document(label) or has_form_of_fact(new) or amends(old, new)):
            continue  # the words below a heading are others, and no value of it
        if max(len(old), len(new)) <= LONGEST_VALUE and not all(
            value == "—"
            or opens_footer(value)
            or (
                not names_document(label)
                and ((any(map(str.isalpha, value)) and told_own(value)) or told_own(f"{label}:{value}"))
            )
            for value in (old, new)
        ):
            yield FactChange(label, old, new)


_NONE = ("—", "", True)


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
    is_label = _STATE_LABEL.fullmatch(label)
    is_state = STATE.fullmatch(words) and (is_label or any(map(STATE.fullmatch, lost)))
    if is_state or (is_label and len(label) >= _LEAST_STATE_LABEL and len(words) <= _LONGEST_SAID):
        # 有效性：已被某号文替代. The number in it is the other document's, and no number of this one.
        old = next(filter(STATE.fullmatch if is_state else state_of, lost), "")
        is_news = state_of(words) and state_of(words) != (state_of(old) or "有效")
        if is_news:
            yield FactChange("有效性", old or "—", words)
        if is_news or is_state:
            return
    if says_ended(words):
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
