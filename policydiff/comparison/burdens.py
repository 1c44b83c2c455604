"""The list of burdens and reliefs: requirements that a local document adds to its superior's, tightens, loosens or postpones.

Instruments that the three general laws on administrative licences, penalties and coercion reserve to higher texts carry the articles of
these laws, for a person to check. Nothing is called unlawful, because the local document may rest on a text that is not given here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.fuzz import partial_ratio

from policydiff.comparison.burden_rows import (
    ATTRIBUTE,
    BOUND,
    BY_OTHER_LAW,
    GOVERNED,
    HANDED_IN,
    LOST,
    NO_RULE,
    OF_INSTRUMENT,
    ONE_WORD,
    PAID,
    RESERVED,
    binds_others,
    creates,
    is_of_the_head,
    is_office,
    is_own,
    is_telling,
    names_only,
    names_too,
    of_offices,
    reworded,
)
from policydiff.comparison.differences import is_derived
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import (
    Band,
    Burden,
    BurdenChange,
    BurdenKind,
    Direction,
    Dropped,
    Genre,
    Matter,
    Modal,
    Provision,
    SentenceComparison,
    SentenceKind,
    Signal,
    SignalType,
)
from policydiff.substance.effects import asks_more, dropped
from policydiff.substance.offices import find_bodies
from policydiff.substance.provisions import is_exhortation, read_provision
from policydiff.substance.weighing import OF_SUBSTANCE

_OF_SIGNAL = {
    SignalType.DUTY: BurdenKind.DUTY,
    SignalType.PROHIBITION: BurdenKind.PROHIBITION,
    SignalType.SANCTION: BurdenKind.PENALTY,
    SignalType.AMOUNT: BurdenKind.FIGURE,
    SignalType.PERCENTAGE: BurdenKind.FIGURE,
    SignalType.NUMBER: BurdenKind.FIGURE,
    SignalType.AREA: BurdenKind.FIGURE,
    SignalType.FREQUENCY: BurdenKind.FIGURE,
    SignalType.PERIOD: BurdenKind.DEADLINE,
    SignalType.DEADLINE: BurdenKind.DEADLINE,
    SignalType.CONDITION: BurdenKind.OTHER,
    SignalType.EXCEPTION: BurdenKind.OTHER,
    SignalType.SCOPE: BurdenKind.OTHER,
    SignalType.PERMISSION: BurdenKind.OTHER,
}
_SHOWN_ONLY = lazy_pattern("(?:提供|提交|出示|凭|持|查验)[^，。；]{0,24}$")
"""Words before a licence that is only shown (提供营业执照): a required paper, not a created licence."""


def burdens_of(
    sentences: Sequence[SentenceComparison], genre: Genre, superior_words: str
) -> tuple[Burden, ...]:
    """Return the entries of the ledger in local reading order; a requirement found anywhere in the superior document is not added."""
    told = [
        sentence
        for sentence in sentences
        if sentence.kind is SentenceKind.SENTENCE and sentence.matter is not Matter.COMMENCEMENT
    ]
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for sentence in told:
        for clause in dict.fromkeys(source.clause for source in sentence.sources):
            beside[clause].append(sentence.text)
    rows = (
        burden
        for sentence in told
        for burden in (
            _changed(sentence, genre, "\n".join(beside[sentence.sources[0].clause]))
            if is_derived(sentence)
            else _added(sentence, genre, superior_words)
        )
    )
    return tuple(_once(rows))


def _once(rows: Iterable[Burden]) -> Iterator[Burden]:
    """Yield the rows; a removed superior rule is listed once, with the first local sentence from its clause."""
    seen: set[tuple[str | None, str]] = set()
    for row in rows:
        if row.words or row.superior_words is None:
            yield row
            continue
        rest = {words for clause, words in seen if clause == row.superior_clause}
        if not any(row.superior_words in words or words in row.superior_words for words in rest):
            seen.add((row.superior_clause, row.superior_words))
            yield row


def _changed(sentence: SentenceComparison, genre: Genre, beside: str) -> Iterator[Burden]:
    """Yield the changes made by a derived sentence, one entry for each kind and way, from its weightiest signal.

    Words that any local sentence from the same clause (`beside`) keeps are not removed.
    """
    telling = [
        (kind, signal)
        for signal in sentence.signals
        if signal.weight >= OF_SUBSTANCE
        and (signal.old_span or signal.new_span)  # else it is its lead-in's, which has the row
        and (kind := _kind_of(signal)) is not None
        and is_telling(signal)
    ]
    telling = [(kind, signal) for kind, signal in telling if not _is_of_another_metric(kind, signal, telling)]
    if not telling:
        return
    provision = read_provision(sentence.text, genre=genre)
    source = sentence.sources[0]
    lost = dropped(source.text, beside, genre=genre)
    found: dict[tuple[BurdenKind, BurdenChange], Signal] = {}
    for kind, signal in telling:
        if _is_kept(signal, lost, beside) or is_of_the_head(kind, sentence.text):
            continue
        change = _way(signal, kind)
        if not _is_row(kind, change, signal, provision):
            continue
        if (
            kind is BurdenKind.FIGURE
            and _BENEFIT.search(sentence.text)
            and not _PUNISHES.search(sentence.text)
        ):
            change = BurdenChange.CHANGED  # a higher subsidy binds nobody
        key = kind, change
        if key not in found or signal.weight > found[key].weight:
            found[key] = signal
    for (kind, change), signal in reworded(found):
        yield Burden(
            kind=kind,
            change=change,
            clause=sentence.clause,
            text=sentence.text,
            words=_with_metric(kind, signal, sentence.text, signal.new) or "",
            superior_clause=source.clause,
            superior_text=source.text,
            superior_words=_with_metric(kind, signal, source.text, signal.old),
            to_check=RESERVED.get(kind) if change is BurdenChange.ADDED else None,
            sure=sentence.band is Band.SURE,
        )


def _with_metric(kind: BurdenKind, signal: Signal, text: str, words: str | None) -> str | None:
    """Return the words of a one-sided figure with the half-sentence that names the measured quantity: 大中修工程比例不低于13%."""
    if kind is not BurdenKind.FIGURE or (signal.old and signal.new) or not words or words not in text:
        return words
    before, _, behind = text.partition(words)
    return _CUT.split(before)[-1].lstrip() + words + _CUT.split(behind)[0]


def _is_row(kind: BurdenKind, change: BurdenChange, signal: Signal, provision: Provision) -> bool:
    """Return whether a difference in a derived sentence concerns the bound parties, and is no task of an office."""
    if kind is BurdenKind.DUTY and signal.new is None:
        return binds_others(read_provision(signal.old or "", genre=Genre.STATUTE))
    if kind is BurdenKind.DUTY and change is not BurdenChange.LOOSENED:
        begins = [each for each in find_bodies(signal.new or "") if each.start <= 1]
        return binds_others(provision) and not begins  # 区绿化市容部门应当…, behind the case that it is for
    words = signal.new or signal.old or ""
    if kind is BurdenKind.OTHER:  # not what one office may leave to the other, nor the order of its steps
        bound = signal.type in _CIRCUMSTANCES and GOVERNED.search(words) is not None
        return bound or binds_others(provision)
    if kind in _BY_AN_OFFICE and (
        (kind is BurdenKind.INSPECTION and signal.new is None and names_too(signal, provision))
        or any(each.start == 0 and "报" not in each.name for each in find_bodies(words))
        or _OF_GOVERNMENT.match(words)
        or (change is BurdenChange.ADDED and not binds_others(provision) and not _UNDERGONE.search(words))
    ):
        return False
    if change is not BurdenChange.ADDED:
        return True
    # the offices' own aim; the table of targets shows it
    own_target = kind in _TARGETS and not (binds_others(provision) or _BENEFIT.search(provision.text))
    return not own_target and creates(kind, provision, signal) and not names_only(kind, signal.new or "")


_TARGETS = frozenset({BurdenKind.FIGURE, BurdenKind.DEADLINE})
_CIRCUMSTANCES = frozenset({SignalType.CONDITION, SignalType.EXCEPTION})
_BY_AN_OFFICE = frozenset(
    {BurdenKind.FILING, BurdenKind.LICENCE, BurdenKind.CERTIFICATE, BurdenKind.INSPECTION, BurdenKind.FEE}
)
_UNDERGONE = lazy_pattern("接受|[缴交]纳|支付|收取|申请|报告|听证")
"""Words for a demand that an office makes of others in its own act: 组织听证, 收取费用."""


def _is_of_another_metric(
    kind: BurdenKind, signal: Signal, telling: Sequence[tuple[BurdenKind, Signal]]
) -> bool:
    """Return whether one figure was added and another removed: two metrics, which the table of targets shows side by side."""
    if kind not in _TARGETS or (signal.old and signal.new):
        return False
    if signal.type is SignalType.PROHIBITION:
        return False  # 总额不得低于…: a rule of its own
    return any(
        other is kind
        and each.type is not SignalType.PROHIBITION
        and (each.old is None) is not (signal.old is None)
        and not (each.old and each.new)
        for other, each in telling
    )


_BENEFIT = lazy_pattern("补贴|补助|补偿|奖励|资助|贴息|减免|优惠|扶持|奖金|救助")
_PUNISHES = lazy_pattern("罚|没收|吊销|处分|扣减|追回")


def _is_kept(signal: Signal, lost: Sequence[Dropped], beside: str) -> bool:
    """Return whether words left out of a local sentence stand in another local sentence from the same clause."""
    if signal.new is not None or signal.old is None or signal.old_span is None:
        return False
    if signal.old in beside:
        return True
    parts = len(signal.old) > ONE_WORD
    return parts and not any(
        each.span.start < signal.old_span.end and signal.old_span.start < each.span.end for each in lost
    )


def _kind_of(signal: Signal) -> BurdenKind | None:
    words = signal.new or signal.old or ""
    if signal.type is SignalType.PROHIBITION and BOUND.search(words):
        return BurdenKind.FIGURE
    if signal.type is not SignalType.INSTRUMENT:
        return _OF_SIGNAL.get(signal.type)
    instruments = read_provision(words, genre=Genre.STATUTE).instruments
    return OF_INSTRUMENT[instruments[0].kind] if instruments else BurdenKind.OTHER


def _way(signal: Signal, kind: BurdenKind) -> BurdenChange:
    more = asks_more(signal)
    if signal.old is None and more is not False and kind is not BurdenKind.OTHER:
        return BurdenChange.ADDED
    if signal.direction is Direction.LATER:
        return BurdenChange.POSTPONED
    if more is None:
        return BurdenChange.CHANGED
    return BurdenChange.TIGHTENED if more else BurdenChange.LOOSENED


def _added(sentence: SentenceComparison, genre: Genre, superior_words: str) -> Iterator[Burden]:
    """Yield the demands of the local document's own sentence on the bound parties, one entry for each kind."""
    source = sentence.sources[0] if sentence.sources else None
    for kind, words in _asked(sentence.text, genre).items():
        near = source is not None and words in source.text and _is_said(sentence.text, words, source.text)
        if near or (len(words) > _TELLING and words in superior_words):
            continue
        yield Burden(
            kind=kind,
            change=BurdenChange.ADDED,
            clause=sentence.clause,
            text=sentence.text,
            words=words,
            superior_clause=source.clause if source is not None else None,
            superior_text=source.text if source is not None else None,
            to_check=RESERVED.get(kind),
        )


def _is_said(text: str, words: str, source: str) -> bool:
    """Return whether the half-sentence around an instrument is also in the source, with the same figures."""
    start = max(text.find(words), 0)
    half = _CUT.split(text[:start])[-1] + words + _CUT.split(text[start + len(words) :])[0]
    figures = set(_FIGURE.findall(half)) - set(_FIGURE.findall(source))
    return not figures and partial_ratio(half, source) >= _SAID


_SAID = 60.0
"""Likeness (0 to 100) from which a half-sentence of the local document counts as words of its nearest superior sentence:
民政部门罚款 beside 由民政部门责令改正，处罚款 has 71, 处五千元罚款 for another offence 50. In doubt, the burden is listed."""
_FIGURE = lazy_pattern("[0-9零〇一二三四五六七八九十百千万亿两]+(?=[元倍日天月年个次家张％%])")


def _instruments_asked(text: str, provision: Provision) -> Iterator[tuple[BurdenKind, str]]:
    """Yield the instruments that a sentence requires of the bound parties, each with its words."""
    tasks = _OF_GOVERNMENT.match(text) is not None or (
        provision.actor is not None and is_office(provision.actor.text)
    )
    for instrument in provision.instruments:
        kind = OF_INSTRUMENT[instrument.kind]
        lead = _CUT.split(text[: instrument.span.start])[-1]
        rest = _CUT.split(text[instrument.span.end :])[0]
        forced = kind is BurdenKind.COERCION and not rest.startswith("的")
        listed = lead.endswith("、") and rest.startswith("、") and not _ASKED_FOR.search(lead)
        named = listed or (not forced and not _IS_ASKED.match(text, instrument.span.end))
        if named or _FREES.search(lead) or _EASES.search(rest) or is_of_the_head(kind, text):
            continue
        if kind is BurdenKind.INSPECTION and (
            "巡查" in instrument.text
            or lead.endswith(("督促、", "督促和", "督导、"))
            or _TASK_FIRST.match(text)
            or _OF_WORK.search(lead)
            or of_offices(lead, rest, tasks=tasks)
        ):
            continue
        if kind in _PAPERS and (tasks or _MAY.search(lead)):
            continue
        if tasks and _AMONG_OFFICES.search(lead):
            continue
        shown = kind is BurdenKind.LICENCE and _SHOWN_ONLY.search(text[: instrument.span.start])
        if shown:
            kind = BurdenKind.CERTIFICATE
        elif not is_own(kind, text, instrument):
            continue
        yield kind, instrument.text


def _asked(text: str, genre: Genre) -> dict[BurdenKind, str]:
    """Return the demands of a sentence by kind, each with its words."""
    provision = read_provision(text, genre=genre)
    asked: dict[BurdenKind, str] = {}
    for kind, words in _instruments_asked(text, provision):
        asked.setdefault(kind, words)
    punished = [
        each.span
        for each in provision.sanctions
        if not _FREES.search(_CUT.split(text[: each.span.start])[-1])  # 完善行政处罚裁量基准
    ]
    if punished and not BY_OTHER_LAW.search(text):
        asked.setdefault(BurdenKind.PENALTY, text[punished[0].start : punished[-1].end])
    for kind, pattern in ((BurdenKind.FEE, PAID), (BurdenKind.PENALTY, LOST), (BurdenKind.FILING, HANDED_IN)):
        if (found := pattern.search(text)) and not _FREES.search(_CUT.split(text[: found.start()])[-1]):
            asked.setdefault(kind, found[0])
    if binds_others(provision):
        for modal in provision.modals:
            rest = _CUT.split(text[modal.span.start :])[0]
            listed = text[modal.span.start - 1 : modal.span.start] in _OF_NOUNS and "的" in rest
            if is_exhortation(rest) or ATTRIBUTE.search(rest) or listed or NO_RULE.search(rest):
                continue
            if modal.modal is Modal.MUST_NOT:
                asked.setdefault(BurdenKind.PROHIBITION, _from(text, modal.span.start))
            elif modal.modal is Modal.MUST and not asked:
                asked.setdefault(BurdenKind.DUTY, _from(text, modal.span.start))
    return asked


_OF_NOUNS = ("、", "和", "及", "括")
"""Characters before a modal inside an attribute of a list: 包括基本情况、应递交的文件."""
_CUT = lazy_pattern("[，。；：]")
_FREES = lazy_pattern(
    "鼓励|支持|引导|免|减|简化|优化|取消|不再|无需|无须|便利|压缩|精简|代办|帮办|容缺|[网线]上|推行|完善|建立"
)
"""Words before an instrument that remove a burden or do not impose it (取消审批, 支持企业开展认证)."""
_EASES = lazy_pattern("优化|简化|提速|改革|便利|免(?:除|于|交)|取消")
"""Words after an instrument that is made easier (在项目审批等方面优化流程)."""
_AMONG_OFFICES = lazy_pattern("报[^，。；]{0,16}$|经[^，。；]{0,12}$|督[促导查]$")
"""Words before an instrument that one office asks of another (报市人民政府批准, 对工作进行督促检查)."""
_PAPERS = frozenset({BurdenKind.FILING, BurdenKind.CERTIFICATE, BurdenKind.LICENCE})
"""Papers; an office that handles them in its own task burdens nobody (公安机关及时受理报告, 审批部门应当直接作出审批决定)."""
_OF_GOVERNMENT = lazy_pattern("(?:本|全|我)[市区县省镇]|各[省市区县镇乡街部]|市、区|负责|牵头|统筹|督促")
"""The beginning of a sentence about the government's own action (本市推进不动产登记改革, 负责对计划进行审核)."""
_IS_ASKED = lazy_pattern(
    "(?:手续|申请|证书|证明|许可证?|备案|登记|报告|制度|义务|费用?|款|合格|同意|通过|批准)*"
    "(?:[其该被]|的?[，。；：、（(）)”》\\n]|$|后|并|和|及|或|等|时|前|方可|之日|之后|工作[，。；])"
)
"""Words after a required instrument; before another noun the instrument is only mentioned (审批改革部门, 验收资料, 登记信息)."""
_TASK_FIRST = lazy_pattern("强化|加强|落实|推进|推动|完善|优化|健全|定期开展")
"""The beginning of a sentence that states a task and names no inspected party."""
_OF_WORK = lazy_pattern("(?:加强|强化|做好)[^，。；]*$|同[时步][^，。；]*$")
"""Words before a review that is a task of offices (做好方案审核) or a stage of building work (同时设计、施工、验收)."""
_ASKED_FOR = lazy_pattern("办理|申请|申领|提[交供]|取得|缴纳|接受|报送?")
"""Words before a list of required instruments; without them the list only names objects (涵盖维护、检验、维修)."""
_MAY = lazy_pattern("可以|可(?=由|向|在|通过|直接|自主|当场)")
"""Words before an optional instrument (企业可以自主办理登记)."""
_TELLING = 5
"""Characters from which the name of an instrument is specific (施工许可证备案); 备案 alone is not."""
_SHOWN = 24
"""Most characters of a duty that are quoted."""


def _from(text: str, start: int) -> str:
    return re.split("[，。；]", text[start : start + _SHOWN], maxsplit=1)[0]
