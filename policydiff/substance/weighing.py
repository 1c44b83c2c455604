"""What a lawyer would tell a client first: a weight for every kind of difference."""

from policydiff.model import SignalType

_WEIGHTS = {
    SignalType.SANCTION: 0.85,
    SignalType.INSTRUMENT: 0.85,
    SignalType.PROHIBITION: 0.8,
    SignalType.PERMISSION: 0.75,
    SignalType.DUTY: 0.75,
    SignalType.AMOUNT: 0.75,
    SignalType.PERCENTAGE: 0.7,
    SignalType.CONDITION: 0.65,
    SignalType.EXCEPTION: 0.65,
    SignalType.PERIOD: 0.65,
    SignalType.DEADLINE: 0.6,
    SignalType.FREQUENCY: 0.6,
    SignalType.NUMBER: 0.6,
    SignalType.AREA: 0.6,
    SignalType.ARTICLE_REMOVED: 0.6,
    SignalType.ARTICLE_ADDED: 0.55,
    SignalType.ITEM_REMOVED: 0.55,
    SignalType.ITEM_ADDED: 0.5,
    SignalType.PARAGRAPH_REMOVED: 0.55,
    SignalType.PARAGRAPH_ADDED: 0.5,
    SignalType.TABLE_ROW_REMOVED: 0.5,
    SignalType.TABLE_ROW_ADDED: 0.5,
    SignalType.DEFINITION: 0.5,
    SignalType.BODY: 0.5,
    SignalType.SCOPE: 0.5,
    SignalType.PART_REMOVED: 0.4,
    SignalType.PART_ADDED: 0.35,
    SignalType.REFERENCE: 0.3,
}


def weight_of(kind: SignalType, *, factor: float = 1.0, sanction: bool = False) -> float:
    """Return the weight of a signal.

    Args:
        kind: What it touches.
        factor: How many times the one value is the other, 1 or more; a fine that falls to a tenth weighs more.
        sanction: Whether the words stand among sanctions.
    """
    weight = _WEIGHTS[kind]
    if sanction:
        weight += 0.05
    if factor >= 2:
        weight += 0.05
    if factor >= 5:
        weight += 0.05
    return round(min(weight, 1.0), 2)
