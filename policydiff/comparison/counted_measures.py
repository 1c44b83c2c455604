"""The measures (举措) of a document as a reader counts them, on either side; every count and list of measures is made here.

Articles and numbered measures count. The frame of a policy (指导思想, 基本原则, 工作目标), closing provisions, the general duties of a body, and rules
left to other texts do not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from policydiff.annotate import duty_bearers, parts_work
from policydiff.comparison.sentence_units import heading_ends, is_commencement, is_shell
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import split_sentences
from policydiff.model import (
    Clause,
    ClauseKind,
    Coverage,
    CoveredClause,
    Document,
    LocalMeasure,
    Matter,
    MeasureCount,
    Relation,
    SentenceComparison,
    SentenceKind,
)

_ARTICLES = frozenset({ClauseKind.ARTICLE})
_MEASURES = frozenset({ClauseKind.LEVEL, ClauseKind.MEASURE})
_OF_TABLES = frozenset({ClauseKind.TABLE, ClauseKind.ROW})
_CLOSING = lazy_pattern(
    "附则|(?:施行|实施|执行|生效)(?:日期|时间)(?:[和与及、](?:有效期限?|解释))?|有效期限?|试行期限?|解释(?:权|机关|部门)?"
)
"""Heading of the closing provisions that every document has."""
_PROVISION_ENDS = lazy_pattern(r"[。；;]\W*$")
"""The end of a provision; captions have no such end."""
_BINDS = lazy_pattern(
    "应当?(?![急对用])|必须|不得|禁止|(?<![许认])可以?(?![能再持])|有权|罚款|追究|给予|补偿(?!方案|决定|协议|标准)|缴纳|(?<!补偿)决定|宣布|鼓励|支持"
)
"""Words of a provision, which may also stand in a statute's 附则."""
_CITED = lazy_pattern("《[^》]*》")
"""A title; its words bind nobody (《征收集体土地房屋补偿规定》, 《房屋拆迁许可证》)."""
_RULE = "(?:办法|细则|规则|(?<=实施|具体|补充|变通|管理)规定)"
_OWN_TEXT = "本(?:[法令]|[条规]例|办法|规定|细则|意见|方案|通知|决定|实施[\\u4e00-\\u9fff]{2})"
_LEFT_OPEN = lazy_pattern(
    rf"""\s*(?! [^。]* 适用于 ) (?:
        [^，。；]{{0,40}} {_RULE} ，? (?: 由 | 授权 ) [^，。；]{{2,60}} (?: 制[定订] | 规定 | 拟订 ) (?: ，? (?: 报 | 经 ) [^。；]{{2,40}} )?
      | [^，。；]{{2,60}} ，? (?: 由 [^，。；]{{2,40}} )? 另行 (?: 制[定订] | 规定 | 公布 ) (?: [^，。；]{{0,8}} {_RULE} )?
      | [^，。；]{{2,60}} 由国务院 (?: 、? 和? 中央军事委员会 )? 规定
      | [^。；]{{2,60}}? (?: 可以? | 应当? | 要 )? ，? (?: 根据 | 依据 | 依照 | 按照 | 参照 ) {_OWN_TEXT} [^。；]{{0,60}} 制[定订] [^。；]{{0,20}} (?: {_RULE} | 方案 )
      | [^。；]{{2,120}} (?: 参照 | 比照 ) (?: 适用 )? {_OWN_TEXT} (?: [^。；，]{{0,24}}? (?: 执行 | 办理 | 实施 | 适用 | 管理 | 施行 | 规定 ) )?
    ) \s*[。；;]?\s*""",
    re.VERBOSE,
)
"""A sentence that leaves a rule to another body, or extends its own text to further cases, and lays down nothing itself."""
_NO_TASK = "(?!坚持|落实|遵循|贯彻|完成|实现|达到|确保|夯实|巩固|提升|改善|营造|优化|加[快强]|强化|健全|完善|细化|分解|考核|责任|按照|围绕|聚焦|锚定)"
_PRINCIPLE = (
    "(?:指导(?:思想|方针)|基本(?:情况|遵循)|(?:发展|面临)环境|目标要求"
    f"|{_NO_TASK}[^，。、和与及]{{,10}}?(?:思路|目标(?:指标|任务)?|方针|愿景|意义|重要性|必要性|紧迫性)"
    "|(?:(?:总体?|基本|工作|主要|发展|改革|试点|建设|实施|推进|指导|规划|编制|起草|政策|面临|制[定订]|战略|功能|[应需]?(?:坚持|遵循|把握)(?=的))的?)*"
    "(?:考虑|设想|思想|原则|基础|定位|目的|依据|方向|现状|形势(?:分析)?|挑战|背景))"
)
_FRAME = lazy_pattern(
    rf"(?:充分|深刻|提高|准确|进一步)*(?:明确|把握|认识|领会|确定)?+(?:{_NO_TASK}[^，。]{{2,24}}的)?"
    rf"(?:(?P<general>总[体的]要求)|目标任务|{_PRINCIPLE})(?:[、和与及](?:总体要求|{_PRINCIPLE}))*"
    "(?:，(?:切实|进一步|不断)?(?:增强|提高|统一|强化)[^，。]{2,16}[感识性想])?"
)
"""Heading of a section that says why, by which principles and to what end a policy is made. Not of such a section: 落实目标责任, 收费原则,
适用范围, 工作要求."""
_ATTITUDE = lazy_pattern("坚持|以[^，。]{2,40}为(?:指导|目标|中心|引领)")
"""How a principle begins that stands straight below 总体要求."""
_DUTY = lazy_pattern(
    "(?:必须|应当|(?<![适响反回供效对相呼顺])应(?=[由按将予设通于在])|不得|严禁|(?<![把将])禁止|一律)(?!坚持|始终|牢|树立|把|以|立足|贯彻|服从|遵循|统筹|着眼)"
)
"""A duty or a ban. The same words bind nobody before an attitude (必须坚持党的领导, 应当遵循自愿原则); 适应 and 应收尽收 hold no duty."""
_RUNNING_AT_LEAST = 3
"""A series numbered through several headings, as the fifty measures of 50条, has more members than this and most of the measures."""
_NUMERAL = lazy_pattern(r"\d+|[〇零一二三四五六七八九十百]+")


def measures_of(document: Document) -> list[Clause]:
    """Return the clauses that a reader would count as provisions or measures, in reading order.

    These are the articles; in a text without articles, the clauses whose numbers run on across headings (the fifty of 50条); without such
    numbers, the lowest levels and measures that have words of their own; without these, the clauses at the top.
    Not counted are the purpose and basis of the text, the frame of a policy unless it lays down a duty (指导思想, 基本原则, 工作目标), closing
    provisions (附则; entry into force, term, repeal, interpretation), rules left to other texts (本法的实施办法由国务院制定) and the division of
    duties among bodies (职责分工: 区房管局负责…).
    """
    passed_over = {
        *_frames(document.clauses),
        *_closing(document.clauses, under=False),
        *_duties(document.clauses, parted=False),
    }
    counted = _countable(document)
    return [clause for clause in counted if clause.id not in passed_over] or counted


def _frames(clauses: Iterable[Clause], *, under: bool = False, general: bool = False) -> Iterator[str]:
    """Yield the ids of sections and their parts that frame a policy and lay down no duty.

    Parts of a frame (`under`) belong to it; straight below 总体要求 (`general`) only those that state an attitude do.
    """
    for clause in clauses:
        heading = "".join((clause.heading or clause.text).split()).rstrip("。：:")
        found = _FRAME.fullmatch(heading) if clause.kind in _MEASURES else None
        frames = under or found is not None or (general and _ATTITUDE.match(clause.text) is not None)
        parted = found is not None and heading.endswith("任务") and bool(clause.children[1:])
        if frames and not parted and not any(_DUTY.search(part.text) for part in clause.walk()):
            yield clause.id
        is_general = found is not None and found["general"] is not None
        yield from _frames(clause.children, under=frames and not (is_general or parted), general=is_general)


def _closing(clauses: Iterable[Clause], *, under: bool) -> Iterator[str]:
    """Yield the ids of closing provisions: commencement and the like, and non-binding provisions below 附则 (`under`)."""
    for clause in clauses:
        heads = under or _CLOSING.fullmatch("".join((clause.heading or clause.text).split())) is not None
        said = [
            part.text[start:end]
            for part in clause.walk()
            if _PROVISION_ENDS.search(part.text)
            for start, end in split_sentences(part.text)
        ]
        others = [
            words
            for words in said
            if not (is_commencement(words) or is_shell(words) or _LEFT_OPEN.fullmatch(words))
        ]
        binds = any(_BINDS.search(_CITED.sub("", words)) for words in others)
        if bool(said) and (not binds if heads else not others):
            yield clause.id
        yield from _closing(clause.children, under=heads)


def _duties(clauses: Iterable[Clause], *, parted: bool) -> Iterator[str]:
    """Yield the ids of levels that only list the duties of bodies, below a heading on the division of work (`parted`)."""
    for clause in clauses:
        if clause.kind not in _MEASURES:
            yield from _duties(clause.children, parted=parted)
            continue
        parts = parts_work(clause.heading)
        below = [child.text for child in clause.children if child.text]
        if parted and duty_bearers(clause.text):
            yield from (part.id for part in clause.walk())
        elif parts and below and all(map(duty_bearers, below)):
            yield clause.id
        yield from _duties(clause.children, parted=parted or parts)


def _countable(document: Document) -> list[Clause]:
    articles = [clause for clause in document.walk() if clause.kind in _ARTICLES]
    if articles:
        return articles
    lowest = [
        clause
        for clause in document.walk()
        if clause.kind in _MEASURES
        and not any(part.kind in _MEASURES for child in clause.children for part in child.walk())
        and _says_something(clause)
    ]
    return (
        _running_series(document, lowest) or lowest or [clause for clause in document.clauses if clause.text]
    )


def _running_series(document: Document, lowest: Sequence[Clause]) -> list[Clause]:
    """Return the members of a series numbered 1, 2, 3 … through several headings; empty if there is none."""
    parent = {child.id: clause.id for clause in document.walk() for child in clause.children}
    by_style: dict[str, list[Clause]] = {}
    for clause in lowest:
        if (clause.number or "").isdigit():
            by_style.setdefault(_NUMERAL.sub("1", clause.label or ""), []).append(clause)
    longest = max(by_style.values(), key=len, default=[])
    numbers = [int(clause.number or 0) for clause in longest]
    runs_on = numbers == list(range(1, len(longest) + 1)) and len({parent.get(one.id) for one in longest}) > 1
    return longest if runs_on and len(longest) > max(_RUNNING_AT_LEAST, len(lowest) / 2) else []


def _says_something(clause: Clause) -> bool:
    """Return whether a clause holds more than a heading or a table (table rows are not counted)."""
    words = sum(len(part.text) for part in clause.walk() if part.kind not in _OF_TABLES)
    return words > len(clause.heading or "") + 1 or not (
        clause.children or heading_ends(clause) == len(clause.text)
    )


def measure_count(covered: Sequence[CoveredClause]) -> MeasureCount:
    """Return the number of measures of each status; every report counts with this function."""
    statuses = [clause.status for clause in covered if clause.measure]
    doubtful = (
        each for each in covered if each.measure and each.status is Coverage.ADOPTED and not each.sure
    )
    return MeasureCount(
        total=len(statuses),
        adopted=statuses.count(Coverage.ADOPTED),
        doubtful=len([*doubtful]),
        touched=statuses.count(Coverage.TOUCHED),
        omitted=statuses.count(Coverage.OMITTED),
    )


def is_own(sentence: SentenceComparison) -> bool:
    """Return whether a unit is a sentence of the local document's own; commencement, term and repeal belong to neither side."""
    counted = sentence.kind is SentenceKind.SENTENCE and sentence.matter is not Matter.COMMENCEMENT
    return counted and sentence.relation is Relation.ADDED


def local_measures(
    counted: Sequence[Clause], sentences: Sequence[SentenceComparison]
) -> tuple[LocalMeasure, ...]:
    """Return the local measures with sentences, each with the number of its sentences and of its own (not derived) sentences.

    Commencement, term, repeal and interpretation are no measures (举措). Every count and list of new local
    measures uses this function.
    """
    own: dict[str, list[bool]] = {}
    for sentence in sentences:
        if sentence.kind is SentenceKind.SENTENCE and sentence.matter is not Matter.COMMENCEMENT:
            own.setdefault(sentence.clause, []).append(is_own(sentence))
    measures = []
    for measure in counted:
        within = [part.id for part in measure.walk() if part.id in own]
        said = [is_own for clause in within for is_own in own[clause]]
        if said:
            measures.append(
                LocalMeasure(clause=measure.id, label=measure.label, sentences=len(said), own=sum(said))
            )
    return tuple(measures)
