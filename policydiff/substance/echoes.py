"""Words that differ only because of another difference: what one signal says already is told once."""

import re
from collections.abc import Iterator, Sequence

from policydiff.model import Direction, Signal, SignalType
from policydiff.substance.alignment import Sides
from policydiff.substance.classifying import QUANTITY_TYPES
from policydiff.substance.features import find_instruments, instrument_rank


def without_echo(sides: Sides, found: Sequence[Signal]) -> Iterator[Signal]:
    """Yield signals; that a permission needs a consent is told once: by the consent (经股东同意可以转让)."""
    consent = any(each.type is SignalType.INSTRUMENT for each in found)
    whole = {len(part.part.text) for part in (sides.old, sides.new)}
    for signal in found:
        both = (
            signal.old is not None and signal.new is not None and {len(signal.old), len(signal.new)} == whole
        )
        if not (consent and both and signal.type in (SignalType.PERMISSION, SignalType.DUTY)):
            yield signal


def is_said(signal: Signal, order: Sequence[Signal], found: Sequence[Signal], sides: Sides) -> bool:
    """Return whether words that differ only say again what another signal says: 前 and 后, 免费 beside a fee that came."""
    words = signal.old or "", signal.new or ""
    if any(_echoes(signal, each, sides) for each in found):
        return True
    if order and (words[0].replace("前", "后") == words[1].replace("前", "后") or set(words) & _ALL_OF_THEM):
        return True
    fees = any(each.type is SignalType.INSTRUMENT for each in found)
    if fees and any(words) and all(word in _FREE for word in words):
        return True
    return any(_holds(signal, each) for each in found if each.type is SignalType.PERMISSION)


_ECHOES = {
    SignalType.INSTRUMENT: re.compile("接受|进行|申请|取得|办理|实行|报|开展|组织|持有?|凭"),
    SignalType.FREQUENCY: re.compile("定期|不定期|经常"),
    SignalType.PROHIBITION: re.compile("一律|一概|绝对|任何"),
    SignalType.DUTY: re.compile("一律|一概|绝对|任何"),
}
"""Words that come and go with a difference of another type: 接受检查 and 检查, 定期 and 每月."""
_CONSENT = re.compile("经[^，。；]{1,20}(?:批准|同意|许可|审批|核准)")


def _echoes(signal: Signal, other: Signal, sides: Sides) -> bool:
    """Return whether the words of a signal stand or fall with those of another: of the consent, or beside the value that came."""
    words = [word for word in (signal.old, signal.new) if word]
    same = _ECHOES.get(other.type)
    if same and words and all(same.fullmatch(word) for word in words):
        return True
    if (signal.old is None) == (signal.new is None) or (other.old is None) == (other.new is None):
        return False
    if (signal.old is None) != (other.old is None):
        return False
    span, near = signal.new_span or signal.old_span, other.new_span or other.old_span
    part = sides.new.part if signal.old is None else sides.old.part
    if span is None or near is None:
        return False
    if other.type is SignalType.INSTRUMENT:
        held = (found.span() for found in _CONSENT.finditer(part.text))
        return any(
            start <= span.start - part.start
            and span.end - part.start <= end
            and start <= near.start - part.start < end
            for start, end in held
        )
    return other.type in _VALUES and 0 <= near.start - span.end <= _BESIDE_VALUE


_VALUES = frozenset(QUANTITY_TYPES.values())
_BESIDE_VALUE = 1
"""Characters between a noun and its value that came together: 年营业收入五百万元以下的企业."""


def _holds(signal: Signal, other: Signal) -> bool:
    """Return whether the words of a signal are those of another one and little beside: 提起行政诉讼, 行政诉讼."""
    words = (signal.old or signal.new or ""), (other.old or other.new or "")
    one_sided = (signal.old is None) == (other.old is None) and (signal.new is None) == (other.new is None)
    return one_sided and words[1] in words[0] and len(words[0]) <= len(words[1]) + _LEAD_IN


_LEAD_IN = 4
"""Characters by which the words around a right are longer than the right: 提起, 依法申请."""


_ALL_OF_THEM = frozenset({"同时", "全部", "任一", "各项", "均"})
_FREE = frozenset({"", "免费", "无偿"})


def told_once(signals: Sequence[Signal]) -> Iterator[Signal]:
    """Yield signals, of those that say the same the first."""
    seen: set[tuple[object, ...]] = set()
    for signal in signals:
        key = signal.type, signal.old, signal.new
        if key not in seen:
            seen.add(key)
            yield signal


def exchanged(found: Sequence[Signal]) -> list[Signal]:
    """Return signals, an instrument that came in place of a heavier or lighter one as one signal: a filing for a permit."""
    gone = [each for each in found if each.type is SignalType.INSTRUMENT and each.new is None]
    come = [each for each in found if each.type is SignalType.INSTRUMENT and each.old is None]
    if not gone or not come:
        return list(found)
    one, other = max(gone, key=_rank), max(come, key=_rank)
    ranks = _rank(one), _rank(other)
    if 0 in ranks or max(ranks) < _HEAVY or min(ranks) > _LIGHT:
        return list(found)
    both = one.model_copy(
        update={
            "new": other.new,
            "new_span": other.new_span,
            "direction": Direction.STRICTER if ranks[1] > ranks[0] else Direction.LOOSER,
            "weight": max(one.weight, other.weight),
        }
    )
    return [both if each is one else each for each in found if each is not other]


_HEAVY, _LIGHT = 4, 2
"""Ranks of instruments: a permit or review (4 and more) and a filing, report or inspection (2 and less) stand for each other."""


def _rank(signal: Signal) -> int:
    return max(
        (instrument_rank(word.key) for word in find_instruments(signal.old or signal.new or "")), default=0
    )
