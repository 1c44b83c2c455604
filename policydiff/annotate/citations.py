"""Documents that a text cites (引用): by title, by number, by article, or by a reference back (该办法)."""

import re
from collections.abc import Iterable, Iterator

from policydiff.annotate.bare_places import with_their_documents
from policydiff.annotate.cited_titles import Title, bracket_ends, find_titles, following_brackets, places_at
from policydiff.annotate.passages import Passage, find_standards
from policydiff.annotate.references import (
    ITS_OWN,
    Known,
    Named,
    Referring,
    annexes_in,
    find_named,
    find_own_places,
    find_references,
    named_behind,
    with_numbers_beside,
)
from policydiff.lexicon.bodies import BODY
from policydiff.lexicon.document_numbers import BEFORE_NUMBERS, Number, find_decrees, find_numbers, number_in
from policydiff.lexicon.patterns import Words, lazy_pattern
from policydiff.lexicon.text_marks import SENTENCE_END
from policydiff.lexicon.titles import full_name
from policydiff.model import Citation, CitationRelation

_BLANK = "\u3000"
_MARKS = (
    *"号《本该前法第附",
    "关于",
    "条例",
    *["GB", "DB", "HJ", "JG", "CJ", "NY", "YY", "SL", "DL", "AQ", "WS", "MH", "GA", "/T", "T/", "Q/"],
)
"""Characters of which every citation holds at least one."""


def find_citations(
    passages: Iterable[Passage], own_title: str | None, *, is_statute: bool
) -> tuple[Citation, ...]:
    """Return every citation in reading order; a short form of the document's own title is recognised.

    In a statute 该法 without an article is no citation; 本意见 and 本法 without one never are, as they
    mean the document itself.
    """
    known = Known(own_title)
    found: list[Citation] = []
    for passage in passages:
        if any(mark in passage.words for mark in _MARKS):
            found.extend(_in_passage(passage, known, is_statute=is_statute))
    return tuple(found)


_ITSELF = lazy_pattern("(?<![日资基成版样文课])本")
"""A word before a title that means the text itself (本《村规民约》) and cites no other text."""


def _in_passage(passage: Passage, known: Known, *, is_statute: bool) -> list[Citation]:
    words = passage.words
    marked = [title for title in find_titles(words) if not _ITSELF.match(words, title.start - 1)]
    blanked = _blank(words, marked)
    unmarked = find_unmarked(words, blanked)
    titles = marked
    if unmarked:
        # a title in the brackets of one without marks is its short form (以下简称《意见》)
        tails = [(title.end, title.tail) for title in unmarked]
        kept = [
            title for title in marked if all(title.start < low or title.end > high for low, high in tails)
        ]
        titles = sorted([*kept, *unmarked])
        blanked = _blank(words, titles)
    numbers = [
        number for number in [*find_numbers(blanked), *find_decrees(blanked)] if number.number[-1] == "号"
    ]
    numbers.extend(Number(*found) for found in find_standards(blanked))
    titles, numbers = with_numbers_beside(titles, numbers, words)
    for title in titles:
        if known.resolve_short(title.title) is None:
            known.add_name(title.title, title.short)
    named = [
        name
        for name in ([] if passage.is_title else find_named(blanked, known.names))
        if not any(number.start < name.end and name.start < number.end for number in numbers)
    ]
    references = [
        reference
        for reference in find_references(blanked)
        if (reference.kind is None or reference.article or not (is_statute or reference.is_self))
        and not any(name.start < reference.end and reference.start < name.end for name in named)
    ]
    items: list[Title | Number | Referring | Named] = [*titles, *numbers, *references, *named]
    found: list[Citation] = []
    for item in sorted(items, key=lambda item: item.start):
        if found and passage.places_overlap(found[-1].span, item.start) and not isinstance(item, Title):
            continue
        found.extend(_cited(passage, item, blanked, known))
    taken = [span for citation in found if (span := passage.indices(citation.span)) is not None]
    taken.extend((reference.start, reference.end) for reference in references if not reference.is_self)
    own = [
        Referring(one.start, one.end, None, True, blanked[one.start : one.end], one.places)
        for one in ([] if passage.is_title or passage.clause == "" else annexes_in(blanked))
        if not any(low <= one.start < high for low, high in taken)
    ]
    taken.extend((one.start, one.end) for one in own)
    own.extend([] if passage.is_title else find_own_places(blanked, taken))
    bare = [
        (one.start, citation)
        for one in sorted(own, key=lambda one: one.start)
        if (citation := _referring(passage, one, blanked, known)) is not None
    ]
    placed = with_their_documents(passage, bare, found, blanked, known, is_statute=is_statute)
    return sorted([*found, *placed], key=lambda citation: citation.span)


def _cited(
    passage: Passage, item: Title | Number | Referring | Named, blanked: str, known: Known
) -> Iterable[Citation]:
    """Yield the citation of an item, and the citation of a following 及其实施条例."""
    carrying = passage.clause == ""
    if isinstance(item, Title):
        yield _titled(passage, item, blanked, known, carrying=carrying)
        behind, name = item.tail, item.title
    elif isinstance(item, Number):
        yield _numbered(passage, item, blanked, carrying=carrying)
        return
    elif isinstance(item, Named):
        yield _named(passage, item, blanked, known)
        behind, name = item.end, item.name
    else:
        yield from filter(None, [_referring(passage, item, blanked, known)])
        return
    own = ITS_OWN.match(passage.words, behind)
    if own is not None and name.endswith(("法", "法典", "条例")):
        title = f"{name}{own[1]}"
        known.add(title, None)
        yield Citation(
            clause=passage.clause,
            title=title,
            document_number=None,
            relation=_relation(blanked, item.start, own.end(), carrying=False),
            span=passage.span(own.start(1), own.end(1)),
        )


def _named(passage: Passage, item: Named, blanked: str, known: Known) -> Citation:
    """Return the citation of a document named without 《》."""
    law = known.resolve_kind("法") if item.name.startswith("其") else None
    if law is not None:
        item = item._replace(name=f"{law}{item.name[1:]}")
    resolved = known.full(item.name) or (full_name(item.name) if item.is_statute else None)
    known.add(resolved or item.name, None)
    found = places_at(passage.words, item.end)
    return Citation(
        clause=passage.clause,
        title=item.name,
        document_number=None,
        relation=_relation(blanked, item.start, item.end, carrying=False),
        article=passage.words[found.start : found.end] if found else None,
        places=found.places if found else (),
        resolved=None if resolved == item.name else resolved,
        span=passage.span(item.start, found.end if found else item.end),
    )


_BEHIND_NUMBER = lazy_pattern(
    r"\s*[”\"」’]?\s*(?:(?:公布|发布|印发)的)?(?:文件?|通知|公告|解释|规定|批复|意见|办法|条例|决定)?(?=\s*第)"
)
"""Signs and words between a number and a place in its document: “某发〔2020〕3号”文第二条, 国务院令第594号公布的条例第三十条."""


def _numbered(passage: Passage, number: Number, blanked: str, *, carrying: bool) -> Citation:
    behind = _BEHIND_NUMBER.match(passage.words, number.end)
    found = named_behind(passage.words, behind.end() if behind is not None else number.end)
    return Citation(
        clause=passage.clause,
        title=None,
        document_number=number.number,
        relation=_relation(blanked, number.start, number.end, carrying=carrying),
        article=passage.words[found.start : found.end] if found else None,
        places=found.places if found else (),
        span=passage.span(number.start, found.end if found else number.end),
    )


def _referring(passage: Passage, reference: Referring, blanked: str, known: Known) -> Citation | None:
    start, end = reference.start, reference.end
    resolved = "self" if reference.is_self else known.resolve_kind(reference.kind or "")
    if resolved is None:
        return None
    relation = CitationRelation.CITES
    if not reference.is_self:
        relation = _relation(blanked, start, end, carrying=False)
    return Citation(
        clause=passage.clause,
        title=None,
        document_number=None,
        relation=relation,
        article=reference.article,
        places=reference.places,
        resolved=resolved,
        span=passage.span(start, end),
    )


def _titled(passage: Passage, item: Title, blanked: str, known: Known, *, carrying: bool) -> Citation:
    resolved = known.resolve_short(item.title)
    if resolved is None:
        known.add(item.title, item.short)
    found = named_behind(passage.words, item.tail)
    return Citation(
        clause=passage.clause,
        title=item.title,
        document_number=item.number,
        relation=_relation(blanked, item.start, item.tail, carrying=carrying),
        article=passage.words[found.start : found.end] if found else None,
        places=found.places if found else (),
        resolved=resolved,
        span=passage.span(item.start, found.end if found else item.tail),
    )


def _relation(blanked: str, start: int, end: int, *, carrying: bool) -> CitationRelation:
    before = SENTENCE_END.split(blanked[max(0, start - 300) : start])[-1]
    after = SENTENCE_END.split(blanked[end : end + 120])[0]
    return relation_of(before.replace(_BLANK, ""), after.replace(_BLANK, ""), carrying=carrying)


def _blank(words: str, titles: list[Title]) -> str:
    """Return `words` with titles and their brackets made blank, length unchanged."""
    for title in titles:
        words = f"{words[: title.start]}{_BLANK * (title.tail - title.start)}{words[title.tail :]}"
    return words


_NEAR = 24
"""Most characters of other words between the governing verb and its title: the names of the issuing bodies."""

_WORDS = Words("policydiff.annotate", "relations")
_GOVERNS = _WORDS.phrase(
    r"""
    (?P<asked> {asks} [^，,。；;]{0,6}? {amends} )
  | (?P<basis> {basis} )
  | (?P<implements> {implements} | (?<!不再)(?<!不予)执行 | 实施(?!{kinds_of_implementation}) )
  | (?P<repeals> {repeals} )
  | (?P<amends> {amends} (?!后?的) )
  | (?P<carries> {carries} (?!的) )
  | (?P<other> {others} | {makes} (?!的) | 以(?![及下上]) )
    """
)
_ENDED = _WORDS.phrase("[^。；;，,]{0,60}? {ended_how}? {ended}")  # 《甲办法》|（国发〔2000〕1号）同时废止
_CHANGED = _WORDS.phrase("[^。；;，,《]{0,16}? [作做]? {changed_how}* {changed}")  # 对《甲条例》|作如下修改
_CHANGES_IT = lazy_pattern(r"[对将] [^，,]{0,30} $", re.VERBOSE)
_CARES_FOR = lazy_pattern(r"(?: 促进 | 推动 | 确保 | 抓好 )$", re.VERBOSE)
_CARRIED_OUT = lazy_pattern(
    r"[^，,。；《]{0,12}? (?: 有效 | 全面 | 有力 )? (?: 落实 | 落地 )", re.VERBOSE
)  # 确保《甲规划》|全面落地
_HANDS_ON = _WORDS.phrase("{carries} [^，,。；]{0,24} $")
_HANDED_ON = _WORDS.phrase("[^。；;《]{0,80}? {carries}")
_RELATIONS = {
    "basis": CitationRelation.BASIS,
    "implements": CitationRelation.IMPLEMENTS,
    "repeals": CitationRelation.REPEALS,
    "amends": CitationRelation.AMENDS,
}
_OTHER_WORD = lazy_pattern(r"[^\s、，,和与及以]")


def relation_of(before: str, after: str, *, carrying: bool) -> CitationRelation:
    """Return the relation of a citation from the words of its sentence before and after it, with titles and brackets blanked out.

    `carrying` is true in a title or a carrier notice, where 印发 hands on the document itself.
    """
    governing = _governing(before)
    stands_apart = before.endswith(("，", ","))
    if _ENDED.match(after) and (governing != "basis" or stands_apart):
        return CitationRelation.REPEALS
    is_governed = governing in ("basis", "implements") and not stands_apart
    if carrying and not is_governed and (_HANDS_ON.search(before) or _HANDED_ON.match(after)):
        return CitationRelation.CARRIES
    if governing == "other" and _CHANGES_IT.search(before) and _CHANGED.match(after):
        return CitationRelation.AMENDS
    if governing in ("", "other") and _CARES_FOR.search(before) and _CARRIED_OUT.match(after):
        return CitationRelation.IMPLEMENTS
    return _RELATIONS.get(governing, CitationRelation.CITES)


def _governing(before: str) -> str:
    """Return the group of the last verb before the citation; empty if other words come between."""
    last = max(_GOVERNS.finditer(before), key=lambda match: match.start(), default=None)
    if last is None:
        return ""
    between = before[last.end() :]
    if "，" in between or "," in between:
        between = between.replace(" ", "")
        if len(_OTHER_WORD.findall(between)) > _NEAR // 3:
            return ""
    if len(_OTHER_WORD.findall(between)) > _NEAR:
        return ""
    return last.lastgroup or ""


_TITLE_WORDS = Words("policydiff.annotate", "titles", BEFORE_NUMBERS)
_LONGEST = 120
"""Characters before a number in brackets among which its title is looked for; titles of notices are shorter."""
_SHORTEST_NAME = 4
"""Least characters before the kind of a title without 关于: 有关规定 and 本办法 name no document."""
_BOUNDARY = lazy_pattern("[，。；：,;:！!？?（）()《》〈〉\u3000\n\t]")
_KIND = _TITLE_WORDS.phrase("(?: {kinds} | 计划 | 标准 | 规范 | (?<=.)法 )$")
_ABOUT = lazy_pattern(r"关于 | (?:印发 | 转发 | 批转)(?!的)", re.VERBOSE)
_BODY = lazy_pattern(rf"[\u4e00-\u9fff]{{0,30}}{BODY}|[“\"]?两[高院][”\"]?")
_OPENING = _TITLE_WORDS.phrase(".* (?: {before_codes} | {before_names} )")
_NAMED_BY_BODY = _TITLE_WORDS.phrase(
    r"""
    {named_after} (?P<title>
        (?P<bodies> [\u4e00-\u9fff、]{2,60}? )                                     # 省委、省政府
        关于 [^，。；：（）()《》\u3000]{1,60}? 的 [\u4e00-\u9fff]{0,4}? {unmarked_kinds} (?: [（(] [一二三四五六七八九十]{1,3} [)）] )? )   # 关于某事的实施意见
    (?= [，。；（(的和] | 精神 | 要求 | 以及 | 第[一二三四五六七八九十百\d]{1,5}条 )
    """
)


def find_unmarked(words: str, blanked: str) -> list[Title]:
    """Return the cited titles without 《》, in order; `blanked` has ideographic spaces in place of titles in 《》.

    A title needs a number in brackets after it, or a body at its start and a verb before it
    (根据国务院关于某事的意见); 印发的实施方案 is none.

    Examples:
        >>> words = "落实国务院关于某事的意见（国发〔2016〕36号）精神"
        >>> [found.title for found in find_unmarked(words, words)]
        ['国务院关于某事的意见']
        >>> words = "按照市政府印发的实施方案（沪府发〔2018〕1号）"
        >>> find_unmarked(words, words)
        []
    """
    found = [*_before_numbers(words, blanked)]
    taken = [(title.start, title.tail) for title in found]
    for match in _NAMED_BY_BODY.finditer(blanked) if "关于" in blanked else ():
        start, end = match.span("title")
        if _start_of_bodies(match["bodies"]) == 0 and all(end <= low or start >= high for low, high in taken):
            found.append(Title(start, end, match["title"], None, None, end))
    return sorted(found)


def _before_numbers(words: str, blanked: str) -> Iterator[Title]:
    brackets = bracket_ends(blanked) if "号" in blanked else {}
    done = 0
    for opening, closing in sorted(brackets.items()):
        if opening < done or number_in(blanked[opening + 1 : closing - 1]) is None:
            continue
        start = _title_start(blanked, max(done, opening - _LONGEST), opening)
        if start is None:
            continue
        end = len(blanked[:opening].rstrip())
        number, short, done = following_brackets(words, opening, brackets)
        yield Title(start, end, blanked[start:end], number, short, done)


def _title_start(blanked: str, low: int, high: int) -> int | None:
    """Return the start of the title that ends at `high`; None if no name of a document ends there."""
    for boundary in _BOUNDARY.finditer(blanked, low, high):
        low = boundary.end()
    words = blanked[low:high].rstrip()
    kind = _KIND.search(words)
    if kind is None:
        return None
    if (about := _ABOUT.search(words)) is not None and about.start() < kind.start():
        return low + _start_of_bodies(words[: about.start()])
    opening = _OPENING.match(words)
    start = max(opening.end() if opening else 0, words.rfind("、") + 1)
    return low + start if kind.start() - start >= _SHORTEST_NAME else None


def _start_of_bodies(words: str) -> int:
    """Return the start of the names of bodies that end before 关于; the end of the words if there are none."""
    opening = _OPENING.match(words)
    start = opening.end() if opening else 0
    begin = len(words)
    for piece in reversed([*re.finditer(r"[^、\s]+", words[start:])]):
        if _BODY.fullmatch(piece[0]) is None:
            break
        begin = start + piece.start()
    return begin
