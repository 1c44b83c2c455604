"""Texts that attack every form a report can take; they must come out as text."""

from policydiff.model import ChangeKind, Comparison, Document, RevisionDiff, Signal, SignalType

from .factories import change, clause, compared, revised, unit

SCRIPT = "<script>alert('甲')</script><img src=x onerror=alert(1)>"
CDATA = "]]></script></style></template>--><!--"
CONTROL = "前\x00\x1b[31m\x07后"
BIDI = "付款\u202e元001\u2066人\u2069"
FORMULA = "=cmd|' /C calc'!A0"
MARKDOWN = "| 表 | **粗** [链](http://evil.example) `码` ![图](x) <!-- @all #1 ~~删~~ $x$ &lt;"
TEMPLATE = "{{ 7*7 }} {% raw %} {0} %s ${x}"
ATTACKS = (
    SCRIPT,
    CDATA,
    CONTROL,
    BIDI,
    FORMULA,
    MARKDOWN,
    TEMPLATE,
    "+1+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
)
WHOLE = "。".join(ATTACKS) + "。"


def document() -> Document:
    """A document whose title, headings, labels and words are attacks."""
    return Document(
        title=f"标题{SCRIPT}",
        document_number=FORMULA,
        issuing_bodies=(MARKDOWN, BIDI),
        clauses=(
            clause(
                "lvl_1",
                SCRIPT,
                clause('x" onclick="alert(1)', WHOLE, label=f"（{SCRIPT}）"),
                label=CDATA,
                heading=SCRIPT,
            ),
            *(clause(f"lvl_{n}", attack, label=FORMULA) for n, attack in enumerate(ATTACKS, 2)),
        ),
    )


def comparison() -> Comparison:
    """The document against itself: every sentence is verbatim and shows its evidence."""
    return compared(document(), document())


def revision() -> RevisionDiff:
    """Every attack added, removed and modified."""
    changes = [
        *(
            change(
                ChangeKind.MODIFIED,
                [unit(f"lvl_{n}", FORMULA, f"{attack}旧")],
                [unit(f"lvl_{n}", FORMULA, f"{attack}新")],
                signals=(Signal(type=SignalType.NUMBER, old=attack, new=f"{attack}2"),),
            )
            for n, attack in enumerate(ATTACKS, 2)
        ),
        change(ChangeKind.REMOVED, [unit("lvl_1", CDATA, WHOLE)]),
        change(ChangeKind.ADDED, [], [unit("lvl_1", CDATA, WHOLE)]),
    ]
    return revised(changes, document(), document())
