"""The tables of a comparison: local sentences, superior clauses, and the targets, burdens and bodies of both sides."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from policydiff import model
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_view import (
    ComparisonView,
    Covered,
    Link,
    Quoted,
    Sentence,
    Source,
    TargetRow,
)
from policydiff.report.document_page import bodies
from policydiff.report.half_sentences import lines, touched
from policydiff.report.outline import Outline
from policydiff.report.page import KEY, NUMBER, TEXT, Facet, Field, Made, Table, facet, placed, tabled
from policydiff.report.runs import Cell, Mark, Run, badge, cell, plain, strung, unbroken
from policydiff.report.words import (
    BANDS,
    BURDEN_KINDS,
    COVERAGE,
    EFFECT_ORDER,
    EFFECTS,
    RELATIONS,
    TARGET_CHANGES,
    Burdens,
    burden_change,
    kinds_told,
    to_check,
)

_PLACES = 6
"""Most clauses named in a row about a body; the clauses of a body named throughout would fill a page."""
_ROW_WEIGHT = {model.Band.SURE: 2, model.Band.POSSIBLE: 2, model.Band.UNLIKELY: 0}


def sentences_table(view: ComparisonView, say: Catalog, superiors: Sequence[str] = ()) -> Table:
    """Return all units of the local document with source and differences; with several `superiors` (titles), a filter chooses one of them."""

    def source(each: Sentence) -> int:
        """Return the number of the superior document that a sentence comes from, or may come from; 0 for none."""
        is_found = each.is_counted and each.given.band is not model.Band.UNLIKELY
        return each.source.number if each.source and is_found else 0

    from_each = Counter(map(source, view.sentences))
    choices = tuple((str(n), title, from_each[n]) for n, title in enumerate(superiors, 1))
    counted = [each for each in view.sentences if each.is_counted]
    bands = Counter(each.given.band for each in counted)
    relations = Counter(each.given.relation for each in counted)
    effects = Counter(each.given.effect for each in counted if each.given.effect)
    by_effect = {name: EFFECTS[name] for name in EFFECT_ORDER}
    facets = (
        *facet("band", say("Certainty"), BANDS, bands, say, every=True),
        *facet("effect", say("Effect"), by_effect, effects, say),
        *facet("relation", say("Relation"), RELATIONS, relations, say, every=True),
        *((Facet("source", say("Source"), choices),) if choices else ()),
    )
    fields = (
        Field(say("Local document"), 43, lambda each: placed(unbroken(each.place.text), each.words), TEXT),
        Field(say("Superior document"), 43, _origin, TEXT),
        Field(say("Judgement"), 14, lambda each: _remark(each, say)),
    )
    made = Made(
        lambda each: each.judgement,
        lambda each: each.anchor,
        lambda each: each.chapter,
        lambda each: (
            max(_ROW_WEIGHT[each.given.band], each.given.seen_in is not None)
            if each.is_counted
            else _ROW_WEIGHT[model.Band.SURE] * each.is_row
        ),
        lambda each: (
            ("band", each.given.band if each.is_counted else "none"),
            ("effect", each.given.effect or ""),
            ("relation", each.given.relation if each.is_counted else "none"),
            *((("source", str(source(each))),) if choices else ()),
        ),
    )
    return tabled(
        "sentences",
        say("Sentence by sentence"),
        view.sentences,
        fields,
        made,
        note=say("Words that both texts share are marked, words left out are struck through."),
        facets=facets,
        is_parallel=True,
        fold="unsourced",
        flat=_flat(view, say),
        counted=len(counted),
    )


def _origin(sentence: Sentence) -> Cell:
    source = sentence.source
    if source is None or (sentence.given.band is model.Band.UNLIKELY and not sentence.is_row):
        return ()
    return placed(unbroken(source.place.text), source.words, link=source.place.anchor)


def _remark(sentence: Sentence, say: Catalog) -> Cell:
    if not sentence.is_counted:
        in_table = sentence.given.kind is model.SentenceKind.ROW
        kind = say("row of a table: not counted") if in_table else say("heading or note: not counted")
        told = ((judged(sentence, say),), touched(sentence.given.signals, say)) if sentence.is_row else ()
        return strung((*told, cell(kind, Mark.MUTED)))

    def place(link: Link) -> Run:
        return Run(unbroken(link.text), Mark.PLACE, link.anchor)

    parts: list[Cell] = [(judged(sentence, say),)]
    if sentence.given.band is model.Band.POSSIBLE:
        parts.append(cell(say(BANDS[sentence.given.band]), Mark.MUTED))
    parts.append(touched(sentence.given.signals, say))
    if sentence.given.band is model.Band.UNLIKELY:
        if sentence.source:
            parts.append((Run(say("closest: "), Mark.MUTED), place(sentence.source.place)))
        if sentence.given.seen_in:
            parts.append(cell(seen_first(sentence.given.seen_in, say)))
        return strung(parts)
    others = strung(((place(other),) for other in sentence.others), say.comma)
    also = (Run(say("\nsee also "), Mark.MUTED), *others) if others else ()
    return (*strung(parts), *also)


def seen_first(seen: model.SeenIn, say: Catalog) -> str:
    """Return the sentence that names the earlier document of a neighbour with this sentence."""
    document = seen.document
    name = document.title or document.name or ""
    day = say.day(document.issued)
    return say("seen first in 《{title}》 ({day})", title=name, day=day)


def _flat(view: ComparisonView, say: Catalog) -> Table:
    """Return all local sentences, then all superior clauses not taken up, wholly or in part."""
    local = view.comparison.local.title or view.comparison.local.file
    counted: list[tuple[Sentence | None, tuple[Covered, Cell] | None]] = [
        (each, None) for each in view.sentences if each.is_counted
    ]
    for each in view.covered:
        is_omitted = each.given.status is model.Coverage.OMITTED
        texts = [plain(each.words)] if is_omitted else each.left
        counted += [(None, (each, cell(words))) for words in texts if words]

    def own(of: Callable[[Sentence], Cell | str | None]) -> Callable[[Any], Cell | str | None]:
        return lambda pair: of(pair[0]) if pair[0] else None

    def source(pair: Any) -> Source | None:
        return pair[0].source if pair[0] and pair[0].given.band is not model.Band.UNLIKELY else None

    def above(
        of: Callable[[Source], Cell | str], left: Callable[[Covered, Cell], Cell | str]
    ) -> Callable[[Any], Any]:
        return lambda pair: left(*pair[1]) if pair[1] else of(found) if (found := source(pair)) else None

    fields = (
        Field(say("Local document"), 6, own(lambda _: local)),
        Field(say("Local clause"), 7, own(lambda each: each.place.text)),
        Field(say("Clause id"), 6, own(lambda each: each.given.clause), KEY),
        Field(say("Local text"), 24, own(lambda each: each.words), TEXT),
        Field(
            say("Superior document"), 8, above(lambda found: found.document, lambda left, _: left.document)
        ),
        Field(say("Superior clause"), 7, above(lambda found: found.place.text, lambda left, _: left.address)),
        Field(say("Superior text"), 24, above(lambda found: found.words, lambda _, words: words), TEXT),
        Field(
            say("Relation"),
            5,
            lambda pair: say(
                RELATIONS[pair[0].given.relation] if pair[0] else COVERAGE[model.Coverage.OMITTED]
            ),
        ),
        Field(say("Effect"), 4, own(lambda each: _effect(each, say) or None)),
        Field(say("Certainty"), 5, own(lambda each: say(BANDS[each.given.band]))),
        Field(say("Differences"), 20, own(lambda each: lines(each.given.signals, say)), TEXT),
        Field(say("Score"), 4, own(lambda each: f"{each.given.score:.2f}"), NUMBER),
        Field(
            say("Seen first"),
            8,
            own(lambda each: seen_first(each.given.seen_in, say) if each.given.seen_in else None),
        ),
    )
    made = Made(
        lambda pair: str(pair[0].judgement if pair[0] else model.Coverage.OMITTED),
        lambda pair: (pair[0] or pair[1][0]).anchor,
    )
    return tabled("sentences", say("Sentence by sentence"), counted, fields, made)


def coverage_table(view: ComparisonView, say: Catalog) -> Table:
    """Return every clause of the superior document with its coverage."""
    statuses = Counter(clause.given.status for clause in view.covered)
    measures = Counter(clause.given.status for clause in view.covered if clause.given.measure)
    choices = [
        (f"{status}-measure", say("{status} (measures)", status=say(COVERAGE[status])), measures[status])
        for status in model.Coverage
    ]
    choices += [(str(status), say(COVERAGE[status]), statuses[status]) for status in model.Coverage]

    def status(each: Covered) -> Cell:
        measure = cell(say("\nmeasure") if each.given.measure else "", Mark.MUTED)
        return (
            badge(say(COVERAGE[each.given.status]), each.given.status),
            *(run for effect in each.effects for run in (Run("\n"), badge(say(EFFECTS[effect]), effect))),
            *measure,
            *cell(_share(each, say), Mark.MUTED),
        )

    def by(each: Covered) -> Cell:
        links = ((Run(unbroken(link.text), Mark.PLACE, link.anchor),) for link in each.by)
        nearest = each.by and each.given.status is model.Coverage.OMITTED
        return (*cell(say("nearest: ") if nearest else "", Mark.MUTED), *strung(links, say.comma))

    fields = (
        Field(say("Superior document"), 62, lambda each: placed(unbroken(each.address), each.words), TEXT),
        Field(say("Coverage"), 12, status),
        Field(say("Taken up in"), 26, by),
    )
    made = Made(
        lambda each: each.given.status,
        lambda each: each.anchor,
        lambda each: each.chapter,
        lambda each: 2 if each.given.status is model.Coverage.OMITTED or each.left or each.effects else 0,
        lambda each: (
            (
                "status",
                f"{each.given.status} {each.given.status}-measure"
                if each.given.measure
                else str(each.given.status),
            ),
        ),
    )
    facets = (Facet("status", say("Coverage"), tuple(choice for choice in choices if choice[2])),)
    title = say("The superior document clause by clause")
    struck = say("Sentences that no local sentence comes from are struck through.")
    note = struck if any(run.mark is Mark.DELETE for each in view.covered for run in each.words) else ""
    return tabled("coverage", title, view.covered, fields, made, note=note, facets=facets, fold="taken")


def _share(clause: Covered, say: Catalog) -> str:
    """Return the share of a clause's words that was taken, because both 1 of 10 sentences and 4 of 9 are *touched*; empty for 0 or 1."""
    if clause.given.status is model.Coverage.OMITTED or not 0 < clause.given.taken < 1:
        return ""
    return say("\n{share} of its words", share=f"{clause.given.taken:.0%}")


def targets_table(rows: Iterable[TargetRow], say: Catalog) -> Table:
    """Return the targets and other figures of both documents, each with the document's words."""
    fields = (
        Field(say("Target"), 28, lambda row: row.metric, TEXT),
        Field(say("Local"), 32, lambda row: _quoted(row.local, row.metric), TEXT),
        Field(say("Superior"), 32, lambda row: _quoted(row.superior, row.metric), TEXT),
        Field(
            say("Effect"), 8, lambda row: (badge(say(TARGET_CHANGES[row.change]), f"target-{row.change}"),)
        ),
    )
    made = Made(lambda row: row.change, lambda row: row.anchor, weight=2)
    return tabled("targets", say("Figures side by side"), rows, fields, made)


def _quoted(quoted: Quoted | None, metric: str) -> Cell:
    """Return the figure as a person writes it, with its own metric if that differs from `metric`, and the document's words."""
    if quoted is None:
        return cell("—", Mark.MUTED)
    own = f"{quoted.metric} " if quoted.metric and quoted.metric != metric else ""
    words = Run(f"\n{quoted.text}", Mark.MUTED) if quoted.text != quoted.said else Run("")
    return (Run(unbroken(quoted.place), Mark.PLACE), *cell(own), Run(quoted.said, Mark.STRONG), words)


def bodies_table(view: ComparisonView, say: Catalog) -> Table:
    """Return the bodies that either document names, in notes or in sentences, with the clauses that each carries and its counterpart.

    Bodies that lead or support by a note come first, bodies of the superior document alone last.
    """

    def clauses(outline: Outline, carried: Sequence[str]) -> Cell:
        named = list(dict.fromkeys(unbroken(outline.place(each).address) for each in carried))
        more = say(" and {n} more", n=len(named) - _PLACES)
        return (*cell(say.joined(*named[:_PLACES])), *cell(more if len(named) > _PLACES else "", Mark.MUTED))

    none = cell(say("no body of this system in the superior document"), Mark.MUTED)
    here, there = view.local_outline, view.superior_outline
    own = sorted(
        (each for each in view.comparison.bodies if each.local),
        key=lambda each: (-len(each.led) - len(each.supported), -len(each.local_clauses)),
    )
    above = [each for each in view.comparison.bodies if not each.local]
    roles = (
        Field(say("Measures led"), 9, lambda each: len(each.led), NUMBER),
        Field(say("Measures supported"), 9, lambda each: len(each.supported), NUMBER),
    )
    fields = (
        Field(say("Local body"), 20, lambda each: each.local or cell("—", Mark.MUTED), TEXT),
        Field(say("Local clauses"), 21, lambda each: clauses(here, each.local_clauses), TEXT),
        *(roles if any(each.led or each.supported for each in own) else ()),
        Field(say("Superior counterpart"), 20, lambda each: each.superior or none, TEXT),
        Field(say("Superior clauses"), 21, lambda each: clauses(there, each.superior_clauses), TEXT),
    )
    return tabled("bodies", say("Responsible bodies"), (*own, *above), fields, Made(weight=2))


def burdens_of(view: ComparisonView) -> tuple[Burdens, ...]:
    """Return the burdens in groups; burdens with the same change of the same words form one group."""
    held: dict[model.Burden, Burdens] = {}
    for each in view.comparison.burdens:
        bare = each.model_copy(update={"kind": model.BurdenKind.OTHER, "to_check": None})
        held[bare] = (*held.get(bare, ()), each)
    return tuple(held.values())


def burdens_table(view: ComparisonView, say: Catalog) -> Table:
    """Return the burdens of people that the local document adds, tightens or eases, with both texts."""
    here, there = view.local_outline, view.superior_outline

    def judgement(burden: Burdens) -> Cell:
        change = burden[0].change
        kinds = kinds_told(burden, say) or say(BURDEN_KINDS[model.BurdenKind.OTHER])
        return (badge(burden_change(burden, say), change), Run(f"\n{kinds}"))

    def above(burden: Burdens) -> Cell:
        each = burden[0]
        place = there.place(each.superior_clause).address if each.superior_clause else ""
        return placed(unbroken(place), cell(each.superior_text or ""))

    fields = (
        Field(say("Effect"), 10, lambda pair: judgement(pair[1])),
        Field(
            say("Local"),
            38,
            lambda pair: placed(unbroken(here.place(pair[1][0].clause).address), cell(pair[1][0].text)),
            TEXT,
        ),
        Field(say("Superior"), 38, lambda pair: above(pair[1]), TEXT),
        Field(say("For a person to check"), 14, lambda pair: to_check(pair[1], say).strip()),
    )
    made = Made(lambda pair: pair[1][0].change, lambda pair: f"b-{pair[0]}", weight=2)
    burdens = enumerate(burdens_of(view), 1)
    return tabled("burdens", say("Burdens added, tightened or eased"), burdens, fields, made)


def duties_table(view: ComparisonView, say: Catalog) -> Table:
    """Return the bodies responsible for each measure on both sides."""

    def told(duty: model.Responsibility | None, outline: Outline) -> Cell:
        return placed(unbroken(outline.place(duty.clause).address), cell(bodies(duty, say))) if duty else ()

    def pairs(each: model.ResponsibilityComparison) -> str:
        return "\n".join(f"{local} ↔ {superior}" for local, superior in each.counterparts)

    fields = (
        Field(say("Local"), 42, lambda pair: told(pair[1].local, view.local_outline), TEXT),
        Field(say("Superior"), 42, lambda pair: told(pair[1].superior, view.superior_outline), TEXT),
        Field(say("Counterparts"), 16, lambda pair: pairs(pair[1]), TEXT),
    )
    title, made = say("Responsibilities side by side"), Made(anchor=lambda pair: f"d-{pair[0]}")
    duties = enumerate(view.comparison.responsibilities, 1)
    return tabled("responsibilities", title, duties, fields, made, is_detail=True)


def judged(sentence: Sentence, say: Catalog) -> Run:
    """Return the badge of a sentence: its effect, or its relation if the effect is not known."""
    if sentence.given.effect:
        return badge(_effect(sentence, say), sentence.given.effect)
    return badge(say(RELATIONS[sentence.given.relation]), sentence.given.relation)


def _effect(sentence: Sentence, say: Catalog) -> str:
    """Return the label of the effect, with a question mark if a reader must check it; empty for no effect."""
    if sentence.given.effect is None:
        return ""
    words = say(EFFECTS[sentence.given.effect])
    return words if sentence.given.effect_sure else say("{effect}?", effect=words)
