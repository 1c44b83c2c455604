"""Targets, bodies and burdens of a local document beside those of its superior."""

from enum import StrEnum

from policydiff.model.annotations import Responsibility, Target
from policydiff.model.base import Value


class TargetChange(StrEnum):
    """How a local target stands to the superior one."""

    KEPT = "kept"
    TIGHTENED = "tightened"
    RELAXED = "relaxed"
    CHANGED = "changed"
    """matched, but neither tighter nor looser can be said"""
    NEW = "new"
    MISSING = "missing"


class TargetComparison(Value):
    """A target of either side with its counterpart."""

    change: TargetChange
    local: Target | None = None
    superior: Target | None = None
    local_later: tuple[Target, ...] = ()
    """The same local metric at later dates, in their order."""
    superior_later: tuple[Target, ...] = ()
    """The same superior metric at later dates."""


class ResponsibilityComparison(Value):
    """Who carries a local measure, and who carries the superior clause it comes from."""

    local: Responsibility | None = None
    superior: Responsibility | None = None
    counterparts: tuple[tuple[str, str], ...] = ()
    """Pairs (local body, superior body) of the same system: 区科委 / 市科委."""


class BodyComparison(Value):
    """A body of either document and its counterpart of the same system, looked for in the whole of both documents."""

    local: str | None
    """区商务委; None where only the superior document names a body of the system."""
    superior: str | None
    """市商务委; None where the superior document names no body of the system anywhere."""
    local_clauses: tuple[str, ...] = ()
    """Ids of the local clauses whose measures it carries."""
    superior_clauses: tuple[str, ...] = ()
    """Ids of the superior clauses whose measures its counterpart carries."""
    paired: tuple[tuple[str, str], ...] = ()
    """Of these the pairs (local clause, superior clause) in which the local measure comes from the superior one."""


class BurdenKind(StrEnum):
    """What a local document asks of those it binds, or spares them."""

    LICENCE = "licence"
    """许可、审批"""
    FILING = "filing"
    """备案、登记、报告"""
    CERTIFICATE = "certificate"
    """证明、材料"""
    FEE = "fee"
    """收费、保证金"""
    INSPECTION = "inspection"
    """检查、评估、验收"""
    PENALTY = "penalty"
    """处罚、惩戒"""
    COERCION = "coercion"
    """强制措施、强制执行"""
    DUTY = "duty"
    """应当、必须"""
    PROHIBITION = "prohibition"
    """不得、禁止"""
    FIGURE = "figure"
    """金额、比例、面积、数量"""
    DEADLINE = "deadline"
    """时限、期限"""
    OTHER = "other"


class BurdenChange(StrEnum):
    """How the local document changes what is asked."""

    ADDED = "added"
    """新增: the superior document does not ask it"""
    TIGHTENED = "tightened"
    """收紧"""
    LOOSENED = "loosened"
    """放宽"""
    POSTPONED = "postponed"
    """推迟"""
    CHANGED = "changed"
    """变动: neither tighter nor looser can be said"""


class LegalBasis(Value):
    """Articles of a law that reserve an instrument to higher texts."""

    law: str
    """Title of the law cited."""
    articles: tuple[str, ...]
    """Articles cited, as printed."""


class Burden(Value):
    """One entry of the ledger of burdens and slack, with both texts."""

    kind: BurdenKind
    change: BurdenChange
    clause: str
    """Id of the local clause."""
    text: str
    """The local sentence."""
    words: str
    """The words of it that show the burden."""
    superior_clause: str | None = None
    """Id of the superior clause it comes from, or is nearest to; None where there is none."""
    superior_text: str | None = None
    """The sentence of the superior document it is compared with; null where there is none."""
    superior_words: str | None = None
    """The words of that sentence that lay it down."""
    to_check: LegalBasis | None = None
    """For a person to check: the instrument is one that by this law only higher texts may set. No verdict."""
