"""The compared units of a document: its sentences, and separately headings, notes and table rows.

A unit belongs to a measure, or deals with a closing matter that most documents have (definitions, complaints, entry into force).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from policydiff.comparison.folding import (
    Folded,
    fold,
    fold_words,
    is_generic_heading,
    language_of,
    split_words,
)
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import is_labelled_note, responsibility_notes, split_sentences
from policydiff.model import Clause, ClauseKind, Document, Matter, SentenceKind

_CLOSERS = "。；;！!？?：:，,、 \u3000"
_COMMENCEMENT = lazy_pattern(
    r"""(?: 自 [^，,。；;]{0,30} (?:起|后|之日) (?:起)? (?: 正式 )? (?: 试?施行 | 试行 | 试?实施 | 执行 | 生效 ) | 自 (?:发布|印发|公布|颁布) 之日起
        | 试行期 (?: 至 | 为 | 自 | [一二三四五六七八九十两\d]+ 个? [年月] )
        | 有效期 (?: 至 | 为 | 自 | [一二三四五六七八九十\d]+ 年 ) | 有效期 [^，,。；;]{0,12} (?: 年 | 日 | 止 ) [。]?$
        | (?: 同时 | 即行 | 予以 | 自行 ) 废止 | 不再 (?: 执行 | 施行 ) | 停止 (?: 执行 | 施行 )
        | 由 [^，,。；;]{2,40} 负责 (?: 具体 )? (?: 应用 )? 解释 )""",
    re.VERBOSE,
)
_NOT_COMMENCEMENT = lazy_pattern(
    "应当|可以|不得|许可证|证书|[住作格业用营动]证|申请|营业执照|合同|聘|任期|最长|最多|最高"
)
"""Words of a provision with its own term of validity or day: 许可证有效期为五年, 自收到申请之日起."""
_SANCTION = lazy_pattern(
    r"罚款|处罚|没收|吊销|责令(?:停|改|限)|追究[^，。；]{0,12}责任|给予[^，。；]{0,6}处分|法律责任|构成犯罪|滥用职权|行政拘留"
)
_COMPLAINT = lazy_pattern(r"投诉|举报|信访|申诉|行政复议|行政诉讼|依法申请复议")
_NOTICE = lazy_pattern(
    r"(?:向社会|予以|及时|主动|依法)(?:公开|公布|公示|公告)|征求(?:社会)?(?:公众)?意见|(?:公开|公示)(?:渠道|平台)"
)
_DEFINITION = lazy_pattern(r"^(?:本[^，。]{2,6}|前款)所?称(?:的)?|是指|包括下列|下列用语的含义")
_SHELL = lazy_pattern(
    r"""(?: 经 [^，。；]{2,20} 同意 [，,] )? 现 将 [^，。；：]{2,60} (?: 通知 | 通报 | 公告 | 公布 | 通告 | 函告 ) 如下 [：:]?
      | 特此 (?:通知|公告|函复|批复|说明) .{0,4}
      | (?: 现 | 经 )? .{0,40} (?: 印发 | 转发 | 批转 | 下发 ) 给你们 .{0,40}
      | 请 (?:你们?[^。]{0,10})? (?: 认真 | 遵照 | 结合实际 | 按照 )? [^。]{0,14} (?: 贯彻执行 | 遵照执行 | 贯彻落实 | 认真执行 | 抓好落实 )
      | 附件? [：:\d一二三四五六] .{0,80} | 附表? [：:] .{0,80} | (?: 政策 | 图文 )? 解读 [：:]? .{0,80} | 【 (?: 图文 | 视频 | 文字 ) 解读 】 .*
      | (?: 此件 | 此文 ) (?: 公开 | 主动公开 | 依申请公开 | 删减 ) .{0,10} | 抄送 [：:] .*
      | (?: 各 [^。，,；;]{1,60} [、，,] )+ 各? [^。；;]{1,40} [：:] | 联系 (?:人|电话|方式) [：:] .*""",
    re.VERBOSE,
)

_TEXT_OF_ITS_OWN = (
    "本(?![省市区县州盟旗镇乡村级地级部单机系领流辖年]|行[政业]|企业|社区|街道|自治|公司|[学高院]校|医院)"
)
_PURPOSE = lazy_pattern(
    rf"""(?P<said> (?: 现 | 特 )? (?: 为 | 就 | 根据 | 依据 | 依照 | 按照 | 遵照 | 结合 | 鉴于 | 坚持 | 经 [^，。；]{{2,20}} (?: 同意 | 批准 ) [，,]
          | (?: 深入 | 全面 | 认真 | 坚决 | 切实 | 进一步 )* (?: 学习 )? (?: 贯彻 | 落实 ) ) [^。；]*? )
        (?: 特此? | 现 | 兹 )? (?:
          (?: 研究 )? (?: 制[定订] | 提出 | 编制 | 拟[定订] | 出台 | 印发 | [作做]出? ) 了? (?: {_TEXT_OF_ITS_OWN} | 此 | 以下 | 下列 | 如下 ) [^。；，,：:]{{1,20}}
          | (?: (?<=特) | (?<=现) ) 制[定订] 《[^》]+》 | (?<=》) 制[定订] | (?: 规定 | 决定 | 通告 | 通知 | 公告 | 批复 | 答复 | 安排 | 部署 | 明确 | 意见 | 措施 | 要求 | 方案 | 细则 | 办法 | 制[定订] ) 如下 )""",
    re.VERBOSE,
)
"""A sentence on the purpose and basis of a text (目的条款), up to the text's name for itself (制定本办法, 提出如下意见)."""
_ASIDE = lazy_pattern(r"《[^》]*》|[（(〔\[][^（）()〔〕\[\]]*[）)〕\]]")
_LAYS_DOWN = lazy_pattern(
    r"应当|必须|不得|(?<!为)(?<!为了)禁止|达到|不[低少高超多][于过]|\d\s*[%％]|\d+(?:\.\d+)?余?[个项家万亿所座名户处张公平吨]"
)
"""Words of a duty or a target that may stand in a sentence beside its purpose."""


def states_purpose(text: str) -> bool:
    """Return whether a sentence only states the purpose and basis of its document.

    >>> states_purpose("为了规范养老服务，根据《某市养老服务条例》，结合本区实际，制定本办法。")
    True
    >>> states_purpose("根据上级规划，制定本区养老设施规划。")
    False
    """
    found = _PURPOSE.fullmatch(text.strip(_CLOSERS))
    return found is not None and _LAYS_DOWN.search(_ASIDE.sub("", found["said"])) is None


def matter_of(text: str) -> Matter:
    """Return the matter of a sentence or a clause.

    >>> matter_of("本办法自2023年6月22日起施行，有效期至2028年6月22日。").value
    'commencement'
    """
    if is_commencement(text):
        return Matter.COMMENCEMENT
    if _SANCTION.search(text):
        return Matter.SANCTION
    if _COMPLAINT.search(text):
        return Matter.COMPLAINT
    if _DEFINITION.search(text):
        return Matter.DEFINITION
    return Matter.NOTICE if _NOTICE.search(text) else Matter.MEASURE


def is_commencement(text: str) -> bool:
    """Return whether a sentence only sets a document in force, ends it or another document, or names its interpreter."""
    return _COMMENCEMENT.search(text) is not None and _NOT_COMMENCEMENT.search(text) is None


def is_shell(text: str) -> bool:
    """Return whether a line belongs to the frame of a document: salutation, 特此通知, list of annexes, purpose and basis."""
    words = text.strip(_CLOSERS)
    return _SHELL.fullmatch(words) is not None or states_purpose(words)


_GROUPING = frozenset(
    {ClauseKind.ARTICLE, ClauseKind.LEVEL, ClauseKind.MEASURE, ClauseKind.PREFACE, ClauseKind.ANNEX}
)
_DIVISIONS = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION})
_ENDED = lazy_pattern(r"[。；;！!？?：:，,、]\W*$")
_AREA = lazy_pattern(
    r"[一-鿿]{1,8}?(?:自治区|自治州|自治县|特别行政区|(?<![城都社园地景郊辖林牧山校库灾])[省市区县州盟旗])"
)
_BRACKETS = lazy_pattern(r"^[（(【〔\[]|[）)】〕\]]$")
_IN_BRACKETS = lazy_pattern(r"[（(【〔\[][^（）()。；：，]{2,24}[）)】〕\]]")
"""A caption in brackets above the items of an article: （支持范围）."""
_CELLS = lazy_pattern(r"[^|｜\t]*(?:[|｜\t][^|｜\t]*)+")
_CAPTION_AT_MOST = 24
"""Most characters of a caption above the words of an article (景观照明运维主体及要求). The longest caption
seen in sixty documents has 19; the shortest whole provision without a full stop has 27."""
_RUN_IN_AT_MOST = 18
"""Most characters of a run-in heading without a number. Of 90 in the labelled policies the longest has 14;
first sentences with content (推动具备条件的普通本科高校向应用型转变。) have 19 and more."""
_ORDINAL = lazy_pattern("[一二三四五六七八九十]{1,2}是")
"""Label of a part of a policy's measure (一是…；二是…)."""
_LISTS = lazy_pattern("下列|以下|如下")
"""Words of a sentence above its list (明确下列职责。), which a heading does not have."""
_DEMANDS = lazy_pattern("应当|必须|不得|可以|应[按将由]|要[加建按强完推落进把将]")
"""Words of a sentence, which a heading does not have."""

RUNNING_NUMBER = r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]?[.、]?"
"""Pattern of a first cell that only numbers the rows (3, 3., （三）); an age or a sum has a unit."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A compared sentence, heading, note or table row."""

    clause: str
    """Id of the clause that holds the unit."""
    text: str
    """As printed."""
    folded: Folded
    kind: SentenceKind
    """Only sentences are counted; headings, notes and rows are shown beside their counterparts."""
    generic: bool
    """Whether the unit is a heading that every document of its genre has (总体要求)."""
    group: int
    """Number of the article or numbered measure; units of one article share it, and it rises in reading order."""


def units_of(document: Document) -> list[Unit]:
    """Return the units of a document's body in reading order.

    Text quoted by an amendment is left out, because it belongs to another document.
    """
    areas = area_pattern(area_names((document.title or "", *document.issuing_bodies)))
    chinese = language_of(document) == "zh"
    units: list[Unit] = []
    group = -1
    last_owner: str | None = None
    for clause, owner, captioned in _walk(document.clauses, None):
        for text, kind in _parts(clause, captioned=captioned, chinese=chinese):
            if owner is None or owner != last_owner:
                group += 1
                last_owner = owner
            folded = fold(text, areas) if chinese else fold_words(text)
            generic = kind is SentenceKind.HEADING and is_generic_heading(text)
            units.append(Unit(clause.id, text, folded, kind, generic, group))
    return units


def _walk(
    clauses: tuple[Clause, ...], owner: str | None, *, under_article: bool = False
) -> Iterator[tuple[Clause, str | None, bool]]:
    """Yield each clause with the id of its article or measure, and whether it may be the caption of an article.

    A heading of a chapter belongs to no article. A caption is the first of several paragraphs of an article.
    """
    for place, clause in enumerate(clauses):
        if clause.kind is ClauseKind.QUOTE:
            continue
        own = clause.id if clause.kind in _GROUPING else owner
        if clause.kind in _DIVISIONS:
            own = None
        captioned = under_article and place == 0 and (len(clauses) > 1 or bool(clause.children))
        yield clause, own, captioned
        below = clause.kind is ClauseKind.ARTICLE and not clause.text
        yield from _walk(clause.children, own, under_article=below)


def _parts(clause: Clause, *, captioned: bool, chinese: bool) -> Iterator[tuple[str, SentenceKind]]:
    """Yield the units of a clause's own words, with their kinds."""
    text = clause.text
    if not text:
        return
    if clause.kind in {ClauseKind.ROW, ClauseKind.TABLE} or _CELLS.fullmatch(text):
        yield text, SentenceKind.ROW
        return
    bracketed = clause.kind is ClauseKind.ARTICLE and bool(clause.children) and _IN_BRACKETS.fullmatch(text)
    if (captioned and _is_caption(text)) or bracketed or clause.kind in _DIVISIONS:
        yield text, SentenceKind.HEADING
        return
    start = heading_ends(clause)
    if start and not clause.children and _is_note(text[start:]):
        start = 0  # a task of one line: 开放学校绿地。（责任单位：区教育局）
    if start:
        yield text[:start].rstrip(), SentenceKind.HEADING
    split = split_sentences if chinese else split_words
    for place, (begin, end) in enumerate(split(text[start:])):
        words = text[start + begin : start + end]
        short = place == 0 and not start and len(words) <= _CAPTION_AT_MOST
        if short and words.endswith("。") and is_generic_heading(words):
            yield words, SentenceKind.HEADING
        else:
            # A note of responsibility or a line of the shell may be a unit of its own.
            is_beside = _is_note(words) or is_shell(words)
            yield words, SentenceKind.NOTE if is_beside else SentenceKind.SENTENCE


def heading_ends(clause: Clause) -> int:
    """Return the end of the heading or run-in heading at the beginning of a clause, including its full stop."""
    text = clause.text
    heading = (clause.heading or _ordinal_heading(clause)).split("。")[0]
    if not heading or not text.startswith(heading) or _ENDED.search(heading) or _DEMANDS.search(heading):
        return 0
    end = len(heading)
    rest = text[end:].lstrip()
    if not rest.strip(_CLOSERS):
        short = len(heading) <= _CAPTION_AT_MOST and "，" not in heading
        if rest:  # closed like a sentence, above its parts: 推动源头减量。 above 一是…
            is_heading = rest == "。" and short and bool(clause.children) and not _LISTS.search(heading)
        elif (
            clause.label and not clause.children
        ):  # 三、严禁收取押金: what stands over nothing is itself the provision
            is_heading = is_generic_heading(heading)
        else:
            is_heading = short or bool(clause.children)
        return len(text) if is_heading else 0
    if rest[0] in "，,、":
        return 0
    if rest[0] in "。；;！!？?：:":
        longest = _RUN_IN_AT_MOST if clause.label is None else _CAPTION_AT_MOST
        stop = len(text) - end - len(text[end:].lstrip(_CLOSERS))
        return end + stop if len(heading) <= longest else 0
    return end


def _ordinal_heading(clause: Clause) -> str:
    """Return the run-in heading of a part (一是严格行业监督。依托…): a short first sentence without a comma or a figure."""
    if clause.label is None or not _ORDINAL.fullmatch(clause.label):
        return ""
    heading, stop, rest = clause.text.partition("。")
    is_heading = stop and rest.strip() and len(heading) <= _RUN_IN_AT_MOST
    return heading if is_heading and not re.search(r"[，、；：\d]", heading) else ""


def _is_note(words: str) -> bool:
    """Return whether words are only notes of responsibility."""
    words = words.strip()
    notes = responsibility_notes(words)
    whole = notes and notes[0].start == 0 and notes[-1].end >= len(words.rstrip(_CLOSERS))
    return bool(whole) or is_labelled_note(_BRACKETS.sub("", words.strip(_CLOSERS)))


def _is_caption(text: str) -> bool:
    inner = _BRACKETS.sub("", text.strip())
    return len(inner) <= _CAPTION_AT_MOST and not _ENDED.search(inner) and "。" not in inner


@lru_cache(maxsize=1024)
def area_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern for the names of an area; None without names."""
    return re.compile("|".join(map(re.escape, names))) if names else None


def area_names(heads: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a document's own area, longest first, read from its title and issuing bodies."""
    names = set()
    for source in heads:
        match = _AREA.match(source)
        rest = source
        while match is not None and match.end() > 1:
            name = match[0]
            names.add(name)
            rest = rest[match.end() :]
            match = _AREA.match(rest)
            if match is not None and len(match[0]) > 6:
                break
    return tuple(sorted(names, key=lambda name: (-len(name), name)))
