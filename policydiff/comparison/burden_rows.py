"""Which differences are rows of the ledger of burdens: a rule, and no slogan, attribute, list item or task that one office has of the other."""

import re
from collections.abc import Iterator, Mapping

from policydiff.model import BurdenChange, BurdenKind, Genre, Provision, Signal, SignalType
from policydiff.substance import read_provision
from policydiff.substance.local_signals import is_manner
from policydiff.substance.offices import find_bodies
from policydiff.substance.provisions import is_exhortation

ONE_WORD = 8
"""Characters up to which the words of a signal are one word and no half-sentence."""


ATTRIBUTE = re.compile("^应有的|(?:的(?:情形|行为|事项|人员|其他)|通知|公告|清单)$")
"""After a modal: it says which cases are meant (其他应当追究责任的情形), and asks for nothing."""


def is_telling(signal: Signal) -> bool:
    """Return whether a signal is one of a rule: no slogan, and of single words only those on how a duty is done (定期, 免费)."""
    words = signal.new or signal.old or ""
    if is_exhortation(words) or _SLOGAN.fullmatch(words):
        return False
    if signal.type is SignalType.SCOPE:
        return is_manner(words) and "社会" not in words
    if signal.type is SignalType.CONDITION and signal.old and signal.new:
        return _JOINTS.sub("", signal.old) != _JOINTS.sub("", signal.new)
    if signal.type is SignalType.CONDITION:
        return len(words) > ONE_WORD or _WHOLE_CONDITION.search(words) is not None
    return True


_SLOGAN = re.compile(
    "(?:加大|强化|提升|提高|优化|深化|促进|增强)[^，。；]*|[^，。；]*(?:力度|水平|服务|环境|氛围)"
)
"""Half-sentences that name an aim: 加大守信激励、失信惩戒力度, 优化注册审批服务."""
_JOINTS = re.compile("[和或及与、]|或者")
_WHOLE_CONDITION = re.compile("(?:[的后前时]|情形|情况)$")
"""The end of a condition of its own; an attribute (不可移动, 被征地) has none."""


def is_of_the_head(kind: BurdenKind, text: str) -> bool:
    """Return whether a sentence is one of the offences that a head lists, where the penalty and the licence stand: （二）擅自拆除建筑的."""
    return kind in {BurdenKind.PENALTY, BurdenKind.LICENCE} and text.rstrip("；;。 ").endswith("的")


def names_only(kind: BurdenKind, words: str) -> bool:
    """Return whether words only name a ban or a review: 发布不得实施行为通知, 区规划资源局审核后报区政府."""
    if kind is BurdenKind.PROHIBITION:
        return ATTRIBUTE.search(words) is not None
    return kind is BurdenKind.INSPECTION and any(find_bodies(words)) and _PLAN.search(words) is not None


def names_too(signal: Signal, local: Provision) -> bool:
    """Return whether an instrument that the superior names stands in a local sentence too: 审查机构应当审查, 由审查机构进行审查."""
    named = read_provision(signal.old or "", genre=Genre.STATUTE).instruments
    return bool(named) and all(each.text in local.text for each in named)


def reworded(
    found: Mapping[tuple[BurdenKind, BurdenChange], Signal],
) -> Iterator[tuple[tuple[BurdenKind, BurdenChange], Signal]]:
    """Yield the entries; a rule of one kind that left a sentence where another came is one that changed, told with both texts."""
    for (kind, change), signal in found.items():
        gone = found.get((kind, BurdenChange.LOOSENED))
        come = found.get((kind, BurdenChange.ADDED)) or found.get((kind, BurdenChange.TIGHTENED))
        if gone is None or come is None or gone.new is not None or come.old is not None:
            yield (kind, change), signal
        elif signal is come:
            both = come.model_copy(update={"old": gone.old, "old_span": gone.old_span})
            yield (kind, BurdenChange.CHANGED), both


def of_offices(lead: str, rest: str, *, tasks: bool) -> bool:
    """Return whether a review is one that an office has of its own plans, or that was passed before: 报区人民政府审核, 通过施工图审查并取得许可证后."""
    by_office = tasks or any(find_bodies(lead))
    return (by_office and _PLAN.search(lead + rest) is not None) or (
        _PASSED.search(lead) is not None and rest.endswith("后")
    )


_PLAN = re.compile("报[^，。；]{0,16}$|后?报|方案|计划|规划|统筹|派单|征询|意见")
_PASSED = re.compile("(?:经|通过)[^，。；]{0,16}$")
