"""What a whole part, sentence, item or paragraph that stands on one side alone lays down, and which way that goes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policydiff.lexicon.quantities import Measure
from policydiff.model import Direction, Modal, SignalType
from policydiff.substance.canonical import Canonical
from policydiff.substance.features import (
    find_definitions,
    find_exceptions,
    find_instruments,
    find_rights,
    find_sanctions,
    is_condition,
    is_scope,
)

QUANTITY_TYPES = {
    Measure.AMOUNT: SignalType.AMOUNT,
    Measure.PERCENTAGE: SignalType.PERCENTAGE,
    Measure.AREA: SignalType.AREA,
    Measure.PERIOD: SignalType.PERIOD,
    Measure.FREQUENCY: SignalType.FREQUENCY,
    Measure.CLOCK: SignalType.NUMBER,
    Measure.COUNT: SignalType.NUMBER,
}
_PURPOSE = re.compile(
    r"^(?:为(?:了)?(?!其|他人|主|准|限|止|由)|根据[^，。]*(?:法|条例|规定|实际)[^，。]*$|制定本|结合(?:本|我)?[^，。]{0,8}实际)"
)


class Content(NamedTuple):
    """What words lay down."""

    type: SignalType
    gone: Direction
    """Which way it goes where they are left out."""

    @property
    def come(self) -> Direction:
        """Which way it goes where they are put in."""
        return _OPPOSITE[self.gone]


_OPPOSITE = {
    Direction.STRICTER: Direction.LOOSER,
    Direction.LOOSER: Direction.STRICTER,
    Direction.WIDER: Direction.NARROWER,
    Direction.NARROWER: Direction.WIDER,
    Direction.HIGHER: Direction.LOWER,
    Direction.LOWER: Direction.HIGHER,
    Direction.EARLIER: Direction.LATER,
    Direction.LATER: Direction.EARLIER,
    Direction.CHANGED: Direction.CHANGED,
}


def content_of(text: str, parts: list[Canonical], context: str = "") -> Content:
    """Return the weightiest thing that words lay down.

    Args:
        text: The words.
        parts: The same words, cut and read.
        context: The rest of their sentence: a condition under a sanction makes the sanction narrower.
    """
    if is_purpose(text):
        return _NOTHING
    binds = {modal.modal for part in parts for modal in part.modals}
    return next((content for holds, content in _readings(text, parts, binds, context) if holds), _NOTHING)


_NOTHING = Content(SignalType.PART_REMOVED, Direction.CHANGED)


def _readings(
    text: str, parts: list[Canonical], binds: set[Modal], context: str
) -> Iterator[tuple[object, Content]]:
    """Yield what words may lay down, the weightiest first, each with whether they do; read as far as needed."""
    alone = len(parts) == 1
    yield next(find_sanctions(text), None), Content(SignalType.SANCTION, Direction.LOOSER)
    yield next(find_exceptions(text), None), Content(SignalType.EXCEPTION, Direction.STRICTER)
    yield Modal.MUST_NOT in binds, Content(SignalType.PROHIBITION, Direction.LOOSER)
    yield next(find_rights(text), None), Content(SignalType.PERMISSION, Direction.STRICTER)
    yield next(find_definitions(text), None), Content(SignalType.DEFINITION, Direction.CHANGED)
    if alone and not binds and is_condition(text):
        in_sanction = "不得" in context or next(find_sanctions(context), None) is not None
        yield True, Content(SignalType.CONDITION, Direction.STRICTER if in_sanction else Direction.LOOSER)
    instrument = next(find_instruments(text), None)
    yield instrument and (binds or not alone), Content(SignalType.INSTRUMENT, Direction.LOOSER)
    yield Modal.MUST in binds, Content(SignalType.DUTY, Direction.LOOSER)
    power = _POWER.search(text) is not None
    yield (
        Modal.MAY in binds,
        Content(SignalType.PERMISSION, Direction.LOOSER if power else Direction.STRICTER),
    )
    yield is_condition(text), Content(SignalType.CONDITION, Direction.LOOSER)
    yield instrument, Content(SignalType.INSTRUMENT, Direction.LOOSER)
    for quantity in (found for part in parts for found in part.quantities):
        yield True, Content(QUANTITY_TYPES[quantity.measure], Direction.CHANGED)
    yield any(part.horizons for part in parts), Content(SignalType.DEADLINE, Direction.CHANGED)
    yield is_scope(text), Content(SignalType.SCOPE, Direction.CHANGED)


_POWER = re.compile(
    r"(?:机关|部门|法院|法庭|检察院|政府|机构|委员会|局|厅|委|院|署)(?:[^，。；]{0,8})可以?(?:依法)?"
    r"(?:要求|责令|处以?|并处|查封|扣押|冻结|检查|调查|约谈|禁止|限制|暂停|取消|吊销|撤销|收回|拒绝|驳回|不予|强制|没收|采取)"
    r"|(?:拒不|不如实|未按)[^，。；]{0,20}的，可以"
)
"""What an office may do to others binds them: 主管部门可以责令, 法庭可以要求当事人."""


def is_purpose(text: str) -> bool:
    """Return whether words only say why a text was made, and on what basis."""
    return _PURPOSE.search(text) is not None
