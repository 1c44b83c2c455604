"""Values for the renderers, built without the engines: small documents, and plausible comparisons of any two."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import sha256

from policydiff.comparison.body_pairs import body_comparisons
from policydiff.model import (
    Band,
    Change,
    ChangeKind,
    Clause,
    ClauseComparison,
    ClauseKind,
    Comparison,
    ComparisonSummary,
    Coverage,
    CoveredClause,
    Document,
    MeasureCount,
    NumbersShifted,
    OwnMeasureCount,
    Reference,
    Relation,
    ResponsibilityComparison,
    RevisionDiff,
    RevisionSummary,
    SentenceComparison,
    SentenceSource,
    SharedSpan,
    Signal,
    SignalType,
    Span,
    TargetChange,
    TargetComparison,
    UnitRef,
    Wording,
    WordingOp,
)

_OPS = {"equal": WordingOp.EQUAL, "delete": WordingOp.DELETE, "insert": WordingOp.INSERT}


def clause(
    name: str, text: str, *children: Clause, kind: ClauseKind = ClauseKind.LEVEL, **fields: str
) -> Clause:
    return Clause(id=name, kind=kind, text=text, span=Span(0, len(text)), children=children, **fields)


def reference(document: Document, file: str) -> Reference:
    words = "\n".join(top.full_text() for top in document.clauses)
    return Reference(
        file=file,
        title=document.title,
        document_number=document.document_number,
        issuing_bodies=document.issuing_bodies,
        issued=document.dates.issued,
        text_sha256=sha256(words.encode()).hexdigest(),
    )


def sentences(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (clause id, sentence) with the sentence as printed."""
    for node in document.walk():
        rest = node.text
        while rest:
            head, stop, rest = rest.partition("。")
            if head.strip():
                yield node.id, head + stop


def shared(local: str, superior: str, shortest: int = 2) -> tuple[SharedSpan, ...]:
    blocks = SequenceMatcher(None, local, superior, autojunk=False).get_matching_blocks()
    return tuple(
        SharedSpan(block.a, block.a + block.size, block.b, block.b + block.size)
        for block in blocks
        if block.size >= shortest
    )


def compared(local: Document, superior: Document) -> Comparison:
    """Compare by shared pairs of characters: enough to give every relation, band and status a face."""
    above = list(sentences(superior))
    grams = [{text[i : i + 2] for i in range(len(text) - 1)} for _, text in above]
    rows = [_sentence(place, text, above, grams) for place, text in sentences(local)]
    coverage = tuple(_covered(node, rows) for node in superior.walk() if node.text)
    clauses = tuple(
        ClauseComparison(
            clause=place, relation=next(row.relation for row in rows if row.clause == place), score=0.5
        )
        for place in dict.fromkeys(row.clause for row in rows)
    )
    comparison = Comparison(
        local=reference(local, "local.txt"),
        superior=reference(superior, "superior.txt"),
        summary=_summary(rows, coverage),
        sentences=tuple(rows),
        clauses=clauses,
        coverage=coverage,
        targets=_targets(local, superior),
        responsibilities=tuple(
            ResponsibilityComparison(
                local=duty,
                superior=superior.responsibilities[index] if index < len(superior.responsibilities) else None,
                counterparts=tuple((body, "市" + body[1:]) for body in duty.lead[:1]),
            )
            for index, duty in enumerate(local.responsibilities)
        ),
        bodies=body_comparisons(local, superior, rows),
    )
    return comparison.made_from(local, superior)


def _sentence(
    place: str, text: str, above: Sequence[tuple[str, str]], grams: Sequence[set[str]]
) -> SentenceComparison:
    own = {text[i : i + 2] for i in range(len(text) - 1)}
    scores = [len(own & other) / (min(len(own), len(other)) or 1) for other in grams]
    best = sorted(range(len(above)), key=lambda i: (-scores[i], i))[:3]
    top = scores[best[0]] if best else 0.0
    band = Band.SURE if top >= 0.5 else Band.POSSIBLE if top >= 0.3 else Band.UNLIKELY
    relation = {
        Band.SURE: Relation.VERBATIM if top > 0.7 else Relation.ADAPTED,
        Band.POSSIBLE: Relation.ADAPTED,
        Band.UNLIKELY: Relation.ADDED,
    }[band]
    score = min(1.0, {Band.SURE: 0.5 + top / 2, Band.POSSIBLE: top + 0.1, Band.UNLIKELY: top / 2}[band])
    sources = tuple(
        SentenceSource(clause=above[i][0], text=above[i][1], score=scores[i], spans=shared(text, above[i][1]))
        for i in best
        if scores[i] > 0.15
    )
    return SentenceComparison(
        clause=place, text=text, relation=relation, score=score, band=band, sources=sources
    )


def _covered(node: Clause, rows: Sequence[SentenceComparison]) -> CoveredClause:
    taking = [row for row in rows if row.sources and row.sources[0].clause == node.id]
    score = max((row.score for row in taking), default=0.0)
    status = Coverage.ADOPTED if score >= 0.7 else Coverage.TOUCHED if taking else Coverage.OMITTED
    return CoveredClause(
        clause=node.id,
        label=node.label,
        text=node.text,
        status=status,
        score=score,
        by=tuple(dict.fromkeys(row.clause for row in sorted(taking, key=lambda row: -row.score))),
        measure=bool(node.label),
    )


def _summary(rows: Sequence[SentenceComparison], coverage: Sequence[CoveredClause]) -> ComparisonSummary:
    relation = {each: sum(row.relation is each for row in rows) for each in Relation}
    status = {each: sum(row.status is each for row in coverage) for each in Coverage}
    sure = sum(row.band is Band.SURE for row in rows)
    of_measures = {each: sum(row.status is each and row.measure for row in coverage) for each in Coverage}
    return ComparisonSummary(
        measures=MeasureCount(
            total=sum(of_measures.values()),
            adopted=of_measures[Coverage.ADOPTED],
            touched=of_measures[Coverage.TOUCHED],
            omitted=of_measures[Coverage.OMITTED],
        ),
        own_measures=OwnMeasureCount(
            total=len(rows),
            added=relation[Relation.ADDED],
            clauses=tuple(row.clause for row in rows if row.relation is Relation.ADDED),
        ),
        sentences=len(rows),
        verbatim=relation[Relation.VERBATIM],
        adapted=relation[Relation.ADAPTED],
        added=relation[Relation.ADDED],
        sure=sure,
        possible=sum(row.band is Band.POSSIBLE for row in rows),
        counted_share=sure / (len(rows) or 1),
        estimated_share=sum(row.score for row in rows) / (len(rows) or 1),
        clauses_adopted=status[Coverage.ADOPTED],
        clauses_touched=status[Coverage.TOUCHED],
        clauses_omitted=status[Coverage.OMITTED],
    )


def _targets(local: Document, superior: Document) -> tuple[TargetComparison, ...]:
    changes = (TargetChange.TIGHTENED, TargetChange.KEPT, TargetChange.CHANGED, TargetChange.RELAXED)
    paired = list(zip(local.targets, superior.targets, changes, strict=False))
    return (
        *(TargetComparison(change=change, local=own, superior=above) for own, above, change in paired),
        *(TargetComparison(change=TargetChange.NEW, local=own) for own in local.targets[len(paired) :]),
        *(
            TargetComparison(change=TargetChange.MISSING, superior=above)
            for above in superior.targets[len(paired) :]
        ),
    )


def wording(old: str, new: str) -> tuple[Wording, ...]:
    found: list[Wording] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "replace":
            found += [Wording(WordingOp.DELETE, old[a:b]), Wording(WordingOp.INSERT, new[c:d])]
        else:
            found.append(Wording(_OPS[op], new[c:d] if op == "insert" else old[a:b]))
    return tuple(found)


def unit(name: str, label: str | None, text: str) -> UnitRef:
    return UnitRef(id=name, label=label, text=text)


def change(
    kind: ChangeKind, old: Sequence[UnitRef] = (), new: Sequence[UnitRef] = (), **fields: object
) -> Change:
    before, after = "\n".join(ref.text for ref in old), "\n".join(ref.text for ref in new)
    return Change.model_validate(
        {
            "kind": kind,
            "old": tuple(old),
            "new": tuple(new),
            "similarity": SequenceMatcher(None, before, after).ratio() if old and new else 0.0,
            "wording": wording(before, after) if old and new else (),
            **fields,
        }
    )


def revised(
    changes: Sequence[Change], old: Document | None = None, new: Document | None = None
) -> RevisionDiff:
    """Wrap changes with their counts, with the documents where they are given."""
    counts = {kind.value: sum(each.kind is kind for each in changes) for kind in ChangeKind}
    diff = RevisionDiff(
        old=reference(old, "old.txt") if old else Reference(title="某条例", text_sha256="a" * 64),
        new=reference(new, "new.txt") if new else Reference(title="某条例（修订）", text_sha256="b" * 64),
        summary=RevisionSummary(
            **counts,
            renumbered=sum(each.renumbered for each in changes),
            moved=sum(each.moved for each in changes),
        ),
        changes=tuple(changes),
        facts=(NumbersShifted(clause="art_5", label="第五条", by=1),)
        if any(each.renumbered for each in changes)
        else (),
    )
    return diff.made_from(old, new) if old and new else diff


def every_kind() -> list[Change]:
    """One change of each kind and flag, with signals."""
    return [
        change(
            ChangeKind.UNCHANGED,
            [unit("art_1", "第一条", "为了规范管理，制定本条例。")],
            [unit("art_1", "第一条", "为了规范管理，制定本条例。")],
            similarity=1.0,
        ),
        change(
            ChangeKind.MODIFIED,
            [unit("art_2", "第二条", "市科委应当在30日内办结，可以资助30%。")],
            [unit("art_2", "第二条", "市科学技术委员会应当在20日内办结，可以资助50%。")],
            signals=(
                Signal(type=SignalType.BODY, old="市科委", new="市科学技术委员会"),
                Signal(type=SignalType.DEADLINE, old="30日内", new="20日内"),
                Signal(type=SignalType.PERCENTAGE, old="30%", new="50%"),
            ),
        ),
        change(ChangeKind.REMOVED, [unit("art_3", "第三条", "本条已删除的内容。")]),
        change(ChangeKind.ADDED, [], [unit("art_3", "第三条", "新增的内容，违者处五万元罚款。")]),
        change(
            ChangeKind.SPLIT,
            [unit("art_4", "第四条", "甲类由市局负责。乙类由区局负责。")],
            [unit("art_4", "第四条", "甲类由市局负责。"), unit("art_5", "第五条", "乙类由区局负责。")],
        ),
        change(
            ChangeKind.MERGED,
            [unit("art_5", "第五条", "丙类应当登记。"), unit("art_6", "第六条", "丁类应当登记。")],
            [unit("art_6", "第六条", "丙类、丁类应当登记。")],
        ),
        change(
            ChangeKind.UNCHANGED,
            [unit("art_7", "第七条", "移动而不变的一条。")],
            [unit("art_9", "第九条", "移动而不变的一条。")],
            similarity=1.0,
            moved=True,
            renumbered=True,
        ),
        change(
            ChangeKind.UNCHANGED,
            [unit("art_8", "第八条", "仅序号调整。")],
            [unit("art_7", "第七条", "仅序号调整。")],
            similarity=1.0,
            renumbered=True,
        ),
    ]
