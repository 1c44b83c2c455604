"""The ledger of burdens and slack: what a local document asks beyond its superior's, tightens, loosens or puts off.

Instruments that the three general laws of administration reserve to higher texts are marked for a person to check, with the
articles. Nothing is called unlawful: the local document may rest on a text that is not given here.
"""

import re
from collections.abc import Iterator, Sequence

from policydiff.comparison.differences import is_derived
from policydiff.model import (
    Burden,
    BurdenChange,
    BurdenKind,
    Direction,
    Genre,
    InstrumentKind,
    LegalBasis,
    Matter,
    Modal,
    Provision,
    SentenceComparison,
    SentenceKind,
    Signal,
    SignalType,
)
from policydiff.substance import OF_SUBSTANCE, read_provision

_OF_INSTRUMENT = {
    InstrumentKind.PERMIT: BurdenKind.LICENCE,
    InstrumentKind.REGISTRATION: BurdenKind.FILING,
    InstrumentKind.FILING: BurdenKind.FILING,
    InstrumentKind.REPORT: BurdenKind.FILING,
    InstrumentKind.REVIEW: BurdenKind.INSPECTION,
    InstrumentKind.INSPECTION: BurdenKind.INSPECTION,
    InstrumentKind.CERTIFICATE: BurdenKind.CERTIFICATE,
    InstrumentKind.FEE: BurdenKind.FEE,
    InstrumentKind.COERCION: BurdenKind.COERCION,
}
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
_RESERVED = {
    BurdenKind.LICENCE: LegalBasis(
        law="中华人民共和国行政许可法", articles=("第十四条", "第十五条", "第十六条", "第十七条")
    ),
    BurdenKind.PENALTY: LegalBasis(
        law="中华人民共和国行政处罚法",
        articles=("第十条", "第十一条", "第十二条", "第十三条", "第十四条", "第十六条"),
    ),
    BurdenKind.COERCION: LegalBasis(
        law="中华人民共和国行政强制法", articles=("第十条", "第十一条", "第十三条")
    ),
}
_TIGHTER = frozenset({Direction.STRICTER, Direction.EARLIER, Direction.HIGHER, Direction.WIDER})
_LOOSER = frozenset({Direction.LOOSER, Direction.LOWER, Direction.NARROWER})
_OFFICE = re.compile(
    r"(?:政府|部门|机关|机构|委员会|[委局办厅院会]|街道办事处|街镇|各[区镇乡街]|中心|领导小组|所|站|队)(?:[、，和及与]|$|会同|负责|要|应|按)|^(?:本[市区县]|各[区镇乡]|市|区|县|镇|乡)"
)
"""An actor who is an office: its tasks are no burden on those it governs."""
_SHOWN_ONLY = re.compile("(?:提供|提交|出示|凭|持|查验)[^，。；]{0,24}$")
"""A licence that is shown (提供营业执照) is a paper asked for, none that is created."""
_BY_OTHER_LAW = re.compile(
    "依法(?:追究|承担|给予|予以|移送)|依照[^，。；]{0,40}(?:规定|法)|按照(?:有关|相关)?法律|法律责任"
)
"""A penalty that another law lays down already."""
_TASK = re.compile("组织实施|统筹|协调|牵头|指导|推进|督促|宣传|编制")


def burdens_of(
    sentences: Sequence[SentenceComparison], genre: Genre, superior_words: str
) -> tuple[Burden, ...]:
    """Return the entries of the ledger, in reading order of the local document.

    Args:
        sentences: The local sentences, compared.
        genre: Kind of the local document.
        superior_words: All words of the superior document: what it asks somewhere is not added.
    """
    return tuple(
        burden
        for sentence in sentences
        if sentence.kind is SentenceKind.SENTENCE and sentence.matter is not Matter.COMMENCEMENT
        for burden in (
            _changed(sentence, genre) if is_derived(sentence) else _added(sentence, genre, superior_words)
        )
    )


def _changed(sentence: SentenceComparison, genre: Genre) -> Iterator[Burden]:
    """Yield what a derived sentence changes, one entry a kind and way, the weightiest signal of each."""
    binds_others = _binds_others(read_provision(sentence.text, genre=genre))
    found: dict[tuple[BurdenKind, BurdenChange], Signal] = {}
    for signal in sentence.signals:
        kind = _kind_of(signal)
        if kind is None or signal.weight < OF_SUBSTANCE:
            continue
        change = _way(signal, kind)
        if kind is BurdenKind.DUTY and change is not BurdenChange.LOOSENED and not binds_others:
            continue
        key = kind, change
        if key not in found or signal.weight > found[key].weight:
            found[key] = signal
    source = sentence.sources[0]
    for (kind, change), signal in found.items():
        yield Burden(
            kind=kind,
            change=change,
            clause=sentence.clause,
            text=sentence.text,
            words=signal.new or "",
            superior_clause=source.clause,
            superior_text=source.text,
            superior_words=signal.old,
            to_check=_RESERVED.get(kind) if change is BurdenChange.ADDED else None,
        )


def _kind_of(signal: Signal) -> BurdenKind | None:
    if signal.type is not SignalType.INSTRUMENT:
        return _OF_SIGNAL.get(signal.type)
    words = signal.new or signal.old or ""
    instruments = read_provision(words, genre=Genre.STATUTE).instruments
    return _OF_INSTRUMENT[instruments[0].kind] if instruments else BurdenKind.OTHER


def _way(signal: Signal, kind: BurdenKind) -> BurdenChange:
    if signal.old is None and signal.direction not in _LOOSER and kind is not BurdenKind.OTHER:
        return BurdenChange.ADDED
    if signal.direction is Direction.LATER:
        return BurdenChange.POSTPONED
    if signal.type is SignalType.PERIOD and signal.direction in {Direction.HIGHER, Direction.LOWER}:
        # a shorter time to act asks for more
        return BurdenChange.TIGHTENED if signal.direction is Direction.LOWER else BurdenChange.LOOSENED
    if signal.direction in _TIGHTER:
        return BurdenChange.TIGHTENED
    return BurdenChange.LOOSENED if signal.direction in _LOOSER else BurdenChange.CHANGED


def _added(sentence: SentenceComparison, genre: Genre, superior_words: str) -> Iterator[Burden]:
    """Yield what a sentence of the local document's own asks of those it binds, each kind once."""
    source = sentence.sources[0] if sentence.sources else None
    for kind, words in _asked(sentence.text, genre).items():
        near = source is not None and words in source.text
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
            to_check=_RESERVED.get(kind),
        )


def _asked(text: str, genre: Genre) -> dict[BurdenKind, str]:
    """Return what a sentence asks by kind, each with the words that show it."""
    provision = read_provision(text, genre=genre)
    asked: dict[BurdenKind, str] = {}
    for instrument in provision.instruments:
        kind = _OF_INSTRUMENT[instrument.kind]
        if kind is BurdenKind.LICENCE and _SHOWN_ONLY.search(text[: instrument.span.start]):
            kind = BurdenKind.CERTIFICATE
        asked.setdefault(kind, instrument.text)
    if provision.sanctions and not _BY_OTHER_LAW.search(text):
        asked.setdefault(BurdenKind.PENALTY, provision.sanctions[0].text)
    if _binds_others(provision):
        for modal in provision.modals:
            if modal.modal is Modal.MUST_NOT:
                asked.setdefault(BurdenKind.PROHIBITION, _from(text, modal.span.start))
            elif modal.modal is Modal.MUST and not asked:
                asked.setdefault(BurdenKind.DUTY, _from(text, modal.span.start))
    return asked


_TELLING = 5
"""Characters from which on the name of an instrument is one of its own (施工许可证备案), and not 备案."""
_SHOWN = 24
"""Characters of a duty that are quoted."""


def _binds_others(provision: Provision) -> bool:
    """Return whether a provision binds somebody who is no office: a duty of an office is a task, not a burden."""
    actor = provision.actor.text.strip(" ，、（）()") if provision.actor is not None else ""
    prohibits = any(modal.modal is Modal.MUST_NOT for modal in provision.modals)
    if not actor:
        return prohibits
    return _OFFICE.search(actor) is None and _TASK.search(actor) is None


def _from(text: str, start: int) -> str:
    end = min(len(text), start + _SHOWN)
    for stop in "，。；":
        place = text.find(stop, start)
        if 0 <= place < end:
            end = place
    return text[start:end]
