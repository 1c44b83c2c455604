"""The content of a passage (provision), and the differences between two passages (signals, effect)."""

from enum import StrEnum

from policydiff.model.base import Span, Value


class Genre(StrEnum):
    """Kind of text: in a statute 应当 and 必须 are one class; in a policy the words show the grade."""

    STATUTE = "statute"
    """法律法规、规章、司法解释: articles"""
    POLICY = "policy"
    """公文: opinions, plans, notices"""


class Modal(StrEnum):
    """Classes of modals, words that bind or allow."""

    MUST = "must"
    """应当 必须 须 应"""
    MUST_NOT = "must_not"
    """不得 禁止 严禁 不准"""
    MAY = "may"
    """可以 可 有权"""
    ENCOURAGE = "encourage"
    """鼓励 支持 引导"""
    PLAN = "plan"
    """推进 探索 研究"""


class InstrumentKind(StrEnum):
    """Instrument of a rule (管理手段): people must obtain, file, pay or undergo it."""

    PERMIT = "permit"
    """许可 审批 批准 核准"""
    REGISTRATION = "registration"
    """登记 注册"""
    REVIEW = "review"
    """审核 审查 验收 年检"""
    CERTIFICATE = "certificate"
    """证明 验资 鉴定 公证"""
    FILING = "filing"
    """备案"""
    REPORT = "report"
    """报告 告知"""
    FEE = "fee"
    """收费 押金 保证金"""
    INSPECTION = "inspection"
    """检查 抽查"""
    COERCION = "coercion"
    """查封 扣押 冻结 强制执行"""


class SignalType(StrEnum):
    """Subject of a difference of substance."""

    DUTY = "duty"
    PERMISSION = "permission"
    """a right or permission"""
    PROHIBITION = "prohibition"
    CONDITION = "condition"
    EXCEPTION = "exception"
    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    NUMBER = "number"
    AREA = "area"
    PERIOD = "period"
    """how long something lasts or may take"""
    DEADLINE = "deadline"
    """a point in time"""
    FREQUENCY = "frequency"
    BODY = "body"
    SCOPE = "scope"
    """persons, things and cases that are covered"""
    SANCTION = "sanction"
    INSTRUMENT = "instrument"
    """a permit, filing, certificate, fee, inspection or measure of coercion"""
    DEFINITION = "definition"
    REFERENCE = "reference"
    ARTICLE_REMOVED = "article_removed"
    """an article of a statute, or a numbered or run-in clause of a policy"""
    ARTICLE_ADDED = "article_added"
    PARAGRAPH_REMOVED = "paragraph_removed"
    PARAGRAPH_ADDED = "paragraph_added"
    ITEM_REMOVED = "item_removed"
    ITEM_ADDED = "item_added"
    TABLE_ROW_REMOVED = "table_row_removed"
    TABLE_ROW_ADDED = "table_row_added"
    PART_REMOVED = "part_removed"
    """a half-sentence of no other type"""
    PART_ADDED = "part_added"


class Direction(StrEnum):
    """Direction of a difference, seen from the bound party."""

    STRICTER = "stricter"
    LOOSER = "looser"
    EARLIER = "earlier"
    LATER = "later"
    HIGHER = "higher"
    LOWER = "lower"
    WIDER = "wider"
    NARROWER = "narrower"
    CHANGED = "changed"


class Signal(Value):
    """One difference of substance between two passages, with the words that show it."""

    type: SignalType
    """Kind of provision that differs: a duty, an amount, a deadline, a body …; or an article, paragraph, item or row removed or added."""
    direction: Direction = Direction.CHANGED
    """Direction of the difference for the bound party: stricter, looser, earlier, later, higher, lower, wider, narrower, or only changed."""
    old: str | None
    """The printed words of the old (or superior) side; None if this side has none."""
    new: str | None
    """The printed words of the new (or local) side; None if this side has none."""
    old_span: Span | None = None
    """Place of `old` in the old passage."""
    new_span: Span | None = None
    """Place of `new` in the new passage."""
    weight: float = 0.5
    """0…1, highest for changes that a lawyer would report to a client first; below 0.3 it is no change of substance."""
    detail: str | None = None
    """Further finding: the content of a removed paragraph or item (`permission`); for one now in another clause, `moved to `
    or `moved from ` and that clause; for a reference without a target, `nowhere`;
    for a changed defined term, `used in ` and the clauses that use it; for a term replaced throughout a text, `replaced in `
    and its clauses in the first signal, and `replaced throughout` in the others; for a minimum duration, `at_least`: longer is
    stricter, while a shorter time to act is stricter; for the `term` of a text or an office, which is neither stricter nor looser;
    for a binding ceiling (收费不得超过), `at_most`: lower is stricter."""


class Dropped(Value):
    """A part of the source that the other text leaves out."""

    type: SignalType
    """Kind of the provision left out."""
    text: str
    """The words left out, as the source prints them."""
    span: Span
    """Place of the words in the source passage."""
    weight: float
    """Weight of the words left out, 0 to 1; below 0.3 they are no substance."""


class Effect(StrEnum):
    """Effect of a local provision compared with its source, as a supervising office would judge it."""

    SAME = "same"
    """一致"""
    LOCALISED = "localised"
    """本地化: place, body or basis are local"""
    TIGHTENED = "tightened"
    """收紧"""
    LOOSENED = "loosened"
    """放宽"""
    DIFFERENT = "different"
    """变动: changed in both directions, or another requirement"""


class Found(Value):
    """A feature of a passage: its words, their place, and its normal form."""

    text: str
    span: Span
    key: str
    """Normal form; features with equal keys mean the same."""


class ModalFound(Found):
    """A modal, a word that binds or allows."""

    modal: Modal
    hedged: bool = False
    """原则上, 一般, 尽量, 因地制宜 …"""
    approval: bool = False
    """不得擅自, 未经批准不得, 经批准可以"""


class InstrumentFound(Found):
    """An instrument named by a passage."""

    kind: InstrumentKind


class Provision(Value):
    """Features of the rule that a passage lays down, each with its half-open place in the passage."""

    text: str
    genre: Genre
    modals: tuple[ModalFound, ...] = ()
    actor: Found | None = None
    """Who is bound or allowed: the words before the first modal of the main sentence."""
    action: Found | None = None
    """Act that is required or allowed: the words after that modal."""
    conditions: tuple[Found, ...] = ()
    items: tuple[Found, ...] = ()
    """Lines （一）… of a list."""
    exceptions: tuple[Found, ...] = ()
    values: tuple[Found, ...] = ()
    """Quantities in unified units: amounts, shares, areas, periods, frequencies, counts."""
    horizons: tuple[Found, ...] = ()
    """Points in time."""
    bodies: tuple[Found, ...] = ()
    """Public bodies; `key` is the canonical name without place and level."""
    sanctions: tuple[Found, ...] = ()
    instruments: tuple[InstrumentFound, ...] = ()
    rights: tuple[Found, ...] = ()
    definitions: tuple[Found, ...] = ()
    references: tuple[Found, ...] = ()

    @property
    def modal(self) -> Modal | None:
        """The class of the weightiest modal: prohibition, duty, permission, encouragement, plan; None without a modal."""
        order = (Modal.MUST_NOT, Modal.MUST, Modal.MAY, Modal.ENCOURAGE, Modal.PLAN)
        found = {modal.modal for modal in self.modals}
        return next((modal for modal in order if modal in found), None)
