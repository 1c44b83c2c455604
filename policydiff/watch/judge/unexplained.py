"""Differences around a text that two pages share, where nothing shows that they belong to the site: a person should look at them.

The other modules of this package list differences that count as a change. A difference that none of them knows must not make the
page pass as unchanged. This module therefore works from the opposite side: a difference is left out only where its place, its
label or an example explains it. Places that explain one are: a link to another page, a list of such links and its entries, a bar or dialog
that its name gives to the site, and everything below the first line of an imprint. They never explain a status, a sentence of repeal, or a new value under a
label that both pages have: in such a line only the label may belong to the site.
"""

import re
from collections import Counter
from functools import cached_property
from typing import NamedTuple

from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.examples import (
    is_day,
    is_own_line,
    is_pages_label,
    simplified,
    told_own,
)
from policydiff.lexicon.numerals import to_int
from policydiff.watch.judge.beside import (
    AROUND,
    TOKEN,
    FactChange,
    fact_named,
    imprint_of,
    names_fact,
    related_texts,
)
from policydiff.watch.judge.core import NAMES_TEXT, OF_THE_SITE, READERS, adds, says_ended
from policydiff.watch.judge.fact_forms import (
    FIGURED,
    WHOLE_DAY,
    amends,
    are_facts,
    has_form_of_fact,
    is_count,
    state_of,
)
from policydiff.watch.judge.for_programs import CODED, told_programs_anew
from policydiff.watch.judge.page_runs import STATE, Page, Run


class Around(NamedTuple):
    """What two pages say otherwise around a text, as nothing of the site explains it."""

    facts: tuple[FactChange, ...] = ()
    """Values under labels that both pages have, and states and numbers in the place of others."""
    olds: tuple[str, ...] = ()
    """Words of the old page alone of which nobody can say whether they speak of the document, and of the new page."""
    news: tuple[str, ...] = ()


def unexplained(old: Page, new: Page, text: str, ignored: tuple[str, ...] = ()) -> Around:
    """Return what the old page says alone, and what the new page says, for which nothing of the site is the reason.

    Args:
        old: The last version's page.
        new: The page as it is.
        text: The words that both hold as the document, squeezed.
        ignored: Selectors of blocks that the settings leave out.
    """
    sides = _Side(old, text, ignored), _Side(new, text, ignored)
    olds, news = sides[0].left(sides[1]), sides[1].left(sides[0])
    facts: list[FactChange] = []
    for had, says in [
        (had, says) for had in olds for says in news if had[0] == says[0] and not names_fact(had[0])
    ]:
        is_day_said = had[0] and (WHOLE_DAY.match(says[1]) or is_day(says[1]))
        if had in olds and says in news and is_count(had[1], says[1]) and not is_day_said:
            olds.remove(had)
            news.remove(says)
    for label, words in [*news]:
        gone = [was for name, was in olds if name == label]
        # What stood under the label may be a word of the text, or stand elsewhere on the new page.
        replaced = next(
            (was for was in (*gone, *sides[0].stood(label, sides[1])) if _is_value(label, was, words)), ""
        )
        if (
            replaced
            or words in sides[1].behind
            or words in sides[1].ended
            or words in sides[1].related
            or says_ended(simplified(words))
            or (NAMES_TEXT.search(words) and state_of(words) == "失效")
        ):
            label_shown = label or {**sides[1].related, **sides[1].ended}.get(words, AROUND)
            facts.append(FactChange(fact_named(label_shown, words), replaced or "—", words))
            olds = [each for each in olds if each != (label, replaced)]
            news.remove((label, words))
    for label, words in olds:
        if (now := next(iter(sides[1].stood(label, sides[0])), "")) and _is_value(label, words, now):
            facts.append(FactChange(fact_named(label or AROUND, now), words, now))
        elif words in sides[0].related and not any(words == fact.old for fact in facts):
            facts.append(FactChange(sides[0].related[words], words, "—"))
    doubts = (
        tuple(
            f"{label}:{words}" if label else words
            for label, words in some
            if label
            or (has_form_of_fact(words) and not words.endswith(":"))
            or any(amends(other, words) for _, other in others)
        )
        for some, others in ((olds, news), (news, olds))
    )
    found = Around(tuple(facts), *doubts)
    for change, is_fact in told_programs_anew(old, new):
        if not is_fact:
            found = found._replace(olds=(*found.olds, change.old), news=(*found.news, change.new))
    return found


def _is_value(label: str, had: str, words: str) -> bool:
    """Say whether words stand in the place of others as a value does: under the same label, or as a state or number in the place of one."""
    is_known = bool(label) and (
        names_fact(label)
        or WHOLE_DAY.match(words) is not None
        or amends(had, words)
        or (STATE.fullmatch(words) is not None and state_of(words) == "失效" != state_of(had))
    )
    return is_known or are_facts(had, words)


class _Side:
    """A page around a text."""

    def __init__(self, page: Page, text: str, ignored: tuple[str, ...]) -> None:
        self.page, self.text = page, text
        self.ignored = {node.mem_id for selector in ignored for node in page.tree.css(selector)}
        self._imprint = imprint_of(page)
        self.related = related_texts(page)
        self.counts = Counter(run.words for run in page.runs)

    def left(self, other: "_Side") -> list[tuple[str, str]]:
        """Return the words that the other page lacks, and nothing explains, each behind its label; where it has none, an empty one."""
        found = self.counts - other.counts
        told: dict[str, list[int]] = {}
        for place, run in enumerate(self.page.runs):
            if found[run.words] and not self._is_text(run, other) and not self._explains(place, run, other):
                told.setdefault(run.words, []).append(place)
        # Where words stand in several places, those that both pages have are the ones that nothing explains.
        return [
            (self._told_label(places[0], other), words)
            for words, places in told.items()
            if len(places) > self.counts[words] - found[words]
        ]

    def _told_label(self, place: int, other: "_Side") -> str:
        """Return the label of words: one that both pages have, or that of an annex; empty where there is none."""
        before = self.page.runs[place - 1].words if place else ""
        if _ANNEX.fullmatch(before):
            return before.rstrip(":：")
        label = self._label(place)
        return label if label in other.values and self._is_labelled(place) else ""

    def stood(self, label: str, other: "_Side") -> list[str]:
        """Return what stands behind a label here, and not on the other page."""
        return sorted(self.values.get(label, set()) - other.values.get(label, set())) if label else []

    @cached_property
    def ended(self) -> dict[str, str]:
        """Return the words that say that the document is not in force, with the label of a state or an end before them: 废止日期：2024-05-01."""
        runs = enumerate(self.page.runs)
        return {run.words: self._label(place) for place, run in runs if self._says_end(place, run.words)}

    def _says_end(self, place: int, words: str) -> bool:
        label = simplified(self._label(place))
        is_end = state_of(label) == "失效" and (_DAY.search(words) is not None or is_day(words))
        return is_end or (
            _STATE_LABEL.search(label) is not None
            and len(words) <= _LONGEST_SAID
            and state_of(words) not in {"", "有效"}
        )

    @cached_property
    def behind(self) -> set[str]:
        """Return the sentences right behind the last words of the text, under a label or without one."""
        runs = self.page.runs
        ends = (
            n
            for n in range(len(runs) - 1, -1, -1)
            if len(runs[n].words) >= _LEAST_TOLD and self._ends_text(runs[n].words)
        )
        last = next(ends, len(runs))
        labels = sum(run.words.endswith(":") for run in runs[last + 1 : last + 2])
        return {
            run.words
            for run in runs[last + 1 + labels : last + 2 + labels]
            if adds(run.words) and "。" in run.words and not run.words[0].isdigit()
        }

    def _ends_text(self, words: str) -> bool:
        return words in self.text[-len(words) - _LEAST_TOLD :] or self.text[-_LEAST_TOLD:] in words

    def _is_labelled(self, place: int) -> bool:
        """Say whether the words before a run are its label by a colon, as an example, by their element, or because a day follows them."""
        before, run = self.page.runs[place - 1], self.page.runs[place]
        return (
            before.words.endswith(":")
            or names_fact(before.words)
            or before.shape.startswith("dt")
            or (before.shape.startswith(("th", "td")) and before.row == run.row and before.at != run.at)
            or WHOLE_DAY.match(run.words) is not None
        )

    def _is_text(self, run: Run, other: "_Side") -> bool:
        """Say whether words are those of the text, broken into runs otherwise: short ones only where the text stands."""
        words, line = (_UNSEEN.sub("", each) for each in (run.words, self.page.line_of(run)))
        if len(line) >= _LEAST_PART and line != words and line in self.text:
            return True  # a part of a line of the text
        if len(words) >= _LEAST_TOLD:
            return words in self.text or run.words in other.whole
        is_among = not self._holding.isdisjoint((run.at, self.page.parents.get(run.at, 0)))
        return is_among and len(words) >= _LEAST_PART and words in self.text

    @cached_property
    def _holding(self) -> set[int]:
        """Return the elements that hold words of the text."""
        own = (run.at for run in self.page.runs if len(run.words) >= _LEAST_TOLD and run.words in self.text)
        return {element for each in own for element in self.page.upwards(each)}

    @cached_property
    def whole(self) -> str:
        """All words of the page."""
        return "".join(run.words for run in self.page.runs)

    @cached_property
    def values(self) -> dict[str, set[str]]:
        """Return the words that stand right behind what may be a label."""
        found: dict[str, set[str]] = {}
        for place, run in enumerate(self.page.runs):
            if label := self._label(place):
                found.setdefault(label, set()).add(run.words)
        return found

    def _label(self, place: int) -> str:
        """Return the words before a run that may be its label: a name without figures, and no word of the text unless pages use it so."""
        before = self.page.runs[place - 1] if place else None
        words = before.words.strip(":()[]【】") if before is not None and not before.is_link else ""
        if not 2 <= len(words) <= _LONGEST_LABEL or any(map(str.isdigit, words)):
            return ""
        is_known = is_pages_label(words) or names_fact(words)
        is_name = any(map(str.isalpha, words)) and (is_known or words not in self.text)
        return words if is_name else ""

    def _explains(self, place: int, run: Run, other: "_Side") -> bool:
        """Say whether words are the site's own by their label, their place, or examples."""
        is_related = run.words in self.related
        if (self._is_link(run) and not is_related) or not self.ignored.isdisjoint(self.page.upwards(run.at)):
            return True
        line, said = self.page.line_of(run), simplified(run.words)
        if is_related or says_ended(said) or self._goes_on(place) or self._says_end(place, run.words):
            return False
        # What is said of a file is judged with it.
        is_of_file = any(label in line and label != line for label in self.page.files)
        is_of_visit = (
            run.words in self.page.asked
            or OF_THE_SITE.search(run.words)
            or _OF_VISIT.search(line)
            or _COUNTED.fullmatch(run.words)
            or self._is_released(run.words, line)
        )
        if place >= self._imprint or is_of_file or is_of_visit:
            return True
        by_label = self._by_label(place, run, other)
        if by_label is not None:
            return by_label
        is_state = len(run.words) >= _LEAST_SAID and STATE.fullmatch(simplified(run.words))
        if is_state and state_of(run.words) != "有效":
            return False
        # A sentence must be an example itself, or stand behind the site's own words.
        above = self.page.runs[place - 1].words if place else ""
        is_number = DocumentNumber.parse(run.words) is not None
        resembling = () if is_number else (run.words, line) if "。" not in run.words else (above,)
        return self._is_of_site(place, run) or (
            not NAMES_TEXT.search(run.words)
            and (is_own_line(run.words) or any(map(told_own, resembling)) or run.words.endswith("?"))
        )

    def _is_released(self, words: str, line: str) -> bool:
        """Say whether words are a day in front of a source, an editor or a counter, and so when the page was put up: 2023年2月27日 来源：某司."""
        label = simplified(line.removeprefix(words).partition(":")[0])
        return bool(_PUT_UP.fullmatch(label) and FIGURED.fullmatch(words))

    def _goes_on(self, place: int) -> bool:
        """Say whether a run may be a part of the document wherever it stands: the article after its last one, or the name of an annex."""
        words = self.page.runs[place].words
        before = self.page.runs[place - 1].words if place else ""
        found = _ARTICLE.match(words)
        is_next = found is not None and to_int(found[1]) == self._articles + 1
        return is_next or _ANNEX.match(words) is not None or _ANNEX.fullmatch(before) is not None

    @cached_property
    def _articles(self) -> int:
        """Return the highest number of an article in the text, 0 where it has none."""
        return max((to_int(number) or 0 for number in _ARTICLE.findall(self.text)), default=0)

    def _by_label(self, place: int, run: Run, other: "_Side") -> bool | None:
        """Say whether a value under a label that both pages have is the site's own by the label; None where there is none, or it may be no value."""
        label, words = self._label(place), run.words
        if label not in other.values or not any(map(str.isalnum, words)):
            return None
        if TOKEN.search(words) or CODED.fullmatch(words):
            return True
        if names_fact(label):
            return False
        if is_pages_label(label) or is_own_line(label) or is_own_line(f"{label}:1"):
            return True
        if (
            self.page.runs[place - 1].words.endswith(":")
            or STATE.fullmatch(simplified(words))
            or WHOLE_DAY.match(words)
        ):
            told = (label, f"{label}:", self.page.line_of(run))
            return FIGURED.fullmatch(words) is not None and any(map(told_own, told))
        return None

    def _is_link(self, run: Run) -> bool:
        return run.is_link and run.words not in self.page.files

    @cached_property
    def _sizes(self) -> tuple[Counter[int], Counter[int]]:
        """Return the characters of each element, and those of its links to other pages."""
        words, links = Counter[int](), Counter[int]()
        for run in self.page.runs:
            for element in self.page.upwards(run.at):
                words[element] += len(run.words)
                links[element] += len(run.words) * self._is_link(run)
        return words, +links

    @cached_property
    def _alike(self) -> Counter[tuple[int, str]]:
        """Return how many elements with links are alike beside each other."""
        return Counter(map(self._kind, self._sizes[1]))

    def _kind(self, element: int) -> tuple[int, str]:
        return self.page.parents.get(element, 0), self.page.shapes.get(element, "")

    @cached_property
    def _commented(self) -> dict[int, int]:
        """Return the elements in which readers speak, each with the place of the heading of what they say."""
        runs = enumerate(self.page.runs)
        return {
            run.at: n
            for n, run in runs
            if READERS.search(simplified(run.words)) and len(run.words) <= _LONGEST_LABEL
        }

    def _is_of_site(self, place: int, run: Run) -> bool:
        """Say whether words stand in a list of links, in an entry of one, under a heading of the site, or in a part of it by its name."""
        words, links = self._sizes
        page = self.page
        if self._commented.get(run.at, len(page.runs)) < place:
            return True
        for element in page.upwards(run.at):
            if element in page.outermost or element in self._holding:
                break
            is_entry = words[element] <= _LONGEST_ENTRY and self._alike[self._kind(element)] > 1
            is_listed = links[element] and (is_entry or 2 * links[element] >= words[element])
            heading = page.runs[page.first[element]]
            is_apart = len(heading.words) <= _LONGEST_LABEL and page.line_of(heading) != page.line_of(run)
            is_headed = is_apart and told_own(heading.words)
            if is_listed or is_headed or _OF_SITE.search(page.shapes.get(element, "")):
                return True
        return False


_OF_SITE = re.compile(
    r"^(?:nav|select|option|button|dialog|footer|svg|marquee)\.|(?<![a-z])(?:nav|navbar|menu|(?:bread)?crumbs?|cookies?|consent|gdpr|modal|dialog|popup|popover|toast|tooltip|share"
    r"|social|comments?|cmt|replies|related|recommend\w*|login|signin|search|pager|pagination|ads?|advert\w*|banner|copyright|lang\w*|foot|footer|chat|carousel|weather|newsletter|subscribe)(?![a-z])",
    re.IGNORECASE,
)
"""Tag, class or id by which authors of pages name a bar, a dialog or a list of the site."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Signs without width, put into words against copying or for the breaking of lines."""
_OF_VISIT = re.compile(r"^(?:©|copyright)|cookie", re.IGNORECASE)
_ARTICLE = re.compile(r"第([一二三四五六七八九十百千\d]{1,6})[条條](?![的规第、和至或])")
_ANNEX = re.compile(r"附[件表录錄][一二三四五六七八九十\d]{0,2}[:：]")
"""The beginning of an article and of the name of an annex: no list of links to other pages holds these as words of its own."""
_PUT_UP = re.compile("(?:信息|内容|文章)?来源|作者|(?:责任)?编辑|(?:浏览|阅读|点击)[次数量]*|字[号体]")
_COUNTED = re.compile(
    r"(?=.*\d)(?=.*(?:参与|评价|浏览|访问|阅读|收藏|点赞|关注|订阅|下载|评论|回复|在线|投票|留言))[^应须不至少]{1,20}"
)
"""A count of what visitors do: 4.8分(33人参与)."""
_LEAST_TOLD = 8
"""Characters of words that are told by themselves, wherever they stand; shorter ones may be words of any line."""
_LEAST_PART = 4
"""Characters of a part of the text that its page breaks into runs; shorter ones may be a state, or the name of a body."""
_STATE_LABEL = re.compile("(?:状态|有效性|时效性?|效力|是否有效|status|state|validity)$", re.IGNORECASE)
_DAY = re.compile(r"\d{2,4}年\d{1,2}月\d{1,2}日|\d{4}\D\d{1,2}\D\d{1,2}")
_LONGEST_SAID = 120
"""Characters that say a state under its label: the titles and numbers of two other documents have room."""
_LEAST_SAID = 2
"""Characters that say something: a single one is a sign, a bullet or a stroke."""
_LONGEST_LABEL = 16
_LONGEST_ENTRY = 200
"""Characters of an entry of a list: a title, a day and a sentence or two."""
