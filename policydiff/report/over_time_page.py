"""Pages of texts over time: each clause through all versions, and local clauses that are older than the revised superior."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePath
from typing import NamedTuple

from policydiff import model
from policydiff.comparison.probabilities import SURE
from policydiff.report import page as shown
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_page import doubts
from policydiff.report.comparison_view import in_short
from policydiff.report.document_page import (
    clause_named,
    documents_of,
    known_of,
    notice,
    seen_on,
    side,
    unread_of,
)
from policydiff.report.half_sentences import Both, told, touched
from policydiff.report.outline import Outline, anchor
from policydiff.report.pictures import line_of_time
from policydiff.report.revision_page import sides_doubted
from policydiff.report.runs import (
    Cell,
    Mark,
    Run,
    badge,
    cell,
    middle_out,
    new_side,
    old_side,
    plain,
    strung,
    unbroken,
)
from policydiff.report.words import CHANGES, MOVED, PACES, UNTOLD, legend
from policydiff.revision.substantial import heaviest
from policydiff.revision.wording import compare_wording
from policydiff.substance.weighing import OF_SUBSTANCE

_DATED = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS_SHOWN = 12
"""Characters of a clause's words that stand for its missing number."""
_WHOLE_SHOWN = 72
"""Characters shown of a removed or added clause in the list of changes."""


class _Event(NamedTuple):
    """The change of a clause in one version, as a row of the table."""

    version: str
    remark: Cell
    old: Cell
    new: Cell
    weight: int
    """Weight of the row, as in `Row.weight`."""
    clause: str = ""
    kind: str = ""
    anchor: str = ""
    """Anchor of the row, for the first event of a clause; empty for further events."""


def history_page(given: model.RevisionHistory, say: Catalog) -> shown.Page:
    """Return the report of a history: changes of substance by version, then each clause with its changes."""
    changed = sum(
        any(map(_is_change, line.appearances)) or line.removed_in is not None for line in given.clauses
    )
    teller = _Teller(given, say)
    fields = (
        shown.Field(say("Clause"), 12, lambda each: each.clause),
        shown.Field(say("Version"), 12, lambda each: each.version),
        shown.Field(say("Before"), 30, lambda each: each.old, shown.TEXT),
        shown.Field(say("After"), 30, lambda each: each.new, shown.TEXT),
        shown.Field(say("Remark"), 16, lambda each: each.remark),
    )
    made = shown.Made(lambda each: each.kind, lambda each: each.anchor, weight=lambda each: each.weight)
    events = (event for line in given.clauses for event in teller.events(line))
    return shown.Page(
        name="history",
        title=say("What became of each clause"),
        sides=tuple(side(say("Document"), reference, None, say) for reference in given.versions[-1:]),
        lead=say(
            "Clauses that changed: {changed} of {total}; versions: {n}.",
            n=len(given.versions),
            changed=changed,
            total=len(given.clauses),
        ),
        findings=(teller.substance(given),),
        pictures=(_timeline(given, say),),
        tables=(shown.tabled("history", say("Clause by clause"), events, fields, made, fold="wording"),),
        main="history",
        legend=legend("revision", say),
        notice=notice(say, judged=True),
        reading=(
            *(
                (f"{old} → {new}", told)
                for (old, new), step in zip(pairwise(teller.versions), given.steps, strict=True)
                for _, told in sides_doubted(step.doubt, say)
            ),
            *(told for each in given.versions for told in unread_of(each.name or "", each, say)),
        ),
    )


def _timeline(given: model.RevisionHistory, say: Catalog) -> shown.Timeline:
    names = ((_day(each), each.version or PurePath(each.file or "").name) for each in given.versions)
    steps = ((None, ()), *((step.summary, step.facts) for step in given.steps))
    return line_of_time(((*name, *step) for name, step in zip(names, steps, strict=True)), say)


def _day(reference: model.Reference) -> str:
    """Return the date of a version: its date of issue, the day it was seen, or the date in its name; empty for none."""
    if reference.issued:
        return reference.issued.isoformat()
    named = (reference.version or "")[:10]
    return seen_on(reference) or (named if _DATED.fullmatch(named) else "")


class _Teller:
    """Writes one row per clause and version; cross-references use each clause's latest label."""

    def __init__(self, given: model.RevisionHistory, say: Catalog) -> None:
        self._say = say
        self.versions = [
            each.version or say.day(each.issued) or each.file or str(place)
            for place, each in enumerate(given.versions, 1)
        ]
        self._called = {line.key: _called(line.last.unit, say) for line in given.clauses}

    def substance(self, given: model.RevisionHistory) -> shown.Findings:
        """Return the changes of substance of all versions: the newest version first, within a version the weightiest first."""
        found = []
        for line in given.clauses:
            for before, seen in zip((None, *line.appearances), line.appearances, strict=False):
                weight = heaviest(seen.signals)
                if before is None and seen.version > 0 and seen.kind is model.ChangeKind.ADDED:
                    # A clause that was added or removed is listed with all its words, whatever its signals.
                    weight, words = 1.0, self._whole(model.ChangeKind.ADDED, seen.unit, Mark.INSERT)
                elif before is None or weight < OF_SUBSTANCE:
                    continue
                else:
                    both = Both(seen.wording, (before.unit.text,), (seen.unit.text,))
                    words = told(seen.signals, both, self._say, most=2)
                found.append((seen.version, weight, line, words))
            if line.removed_in is not None and not line.merged_into:
                words = self._whole(model.ChangeKind.REMOVED, line.last.unit, Mark.DELETE)
                found.append((line.removed_in, 1.0, line, words))
        found.sort(key=lambda each: (-each[0], -each[1]))
        return shown.Findings(
            "substance",
            self._say("Changes of substance"),
            tuple(
                shown.Entry(
                    (Run(f"{self._say.day(self.versions[version])} ", Mark.MUTED), *words),
                    self._called[line.key],
                    anchor("h", line.key),
                )
                for version, _, line, words in found
            ),
            empty=self._say("none was found"),
            shown=12,
        )

    def _whole(self, kind: model.ChangeKind, unit: model.UnitRef, mark: Mark) -> Cell:
        words = middle_out(Run(unit.text.replace("\n", " "), mark), _WHOLE_SHOWN)
        return (badge(self._say(CHANGES[kind]), kind), Run(" "), *words)

    def events(self, line: model.ClauseLine) -> Iterator[_Event]:
        """Yield the changes of the clause by version; a single event of weight 0 for a clause that no version changed."""
        first, last = line.appearances[0], line.last
        events = [
            self._event(seen, before)
            for before, seen in zip((None, *line.appearances), line.appearances, strict=False)
            if seen.version and (_is_change(seen) or seen.renumbered)
        ]
        if line.removed_in is not None:
            events.append(self._end(line, line.removed_in))
        if not events:
            events.append(
                _Event("", cell(self._say(CHANGES[model.ChangeKind.UNCHANGED])), (), cell(first.unit.text), 0)
            )
        for index, event in enumerate(events):
            name = "" if index else anchor("h", line.key)
            yield event._replace(clause=self._called[line.key], kind=str(last.kind), anchor=name)

    def _event(self, seen: model.Appearance, before: model.Appearance | None) -> _Event:
        # The remark on a change, one fact on each line: kind and flags, old and new number, clauses merged into it, types of signals.
        words = [] if seen.kind is model.ChangeKind.UNCHANGED else [self._say(CHANGES[seen.kind])]
        words += [self._say(MOVED)] if seen.moved else []
        parts: list[Cell] = [(badge(self._say.joined(*words), seen.kind),)] if words else []
        if before is not None and seen.renumbered:
            parts.append(cell(f"{_called(before.unit, self._say)} → {_called(seen.unit, self._say)}"))
        if seen.also_from:
            parts.append(
                cell("← " + self._say.joined(*(self._called.get(key, key) for key in seen.also_from)))
            )
        parts.append(touched(seen.signals, self._say))
        version, remark = self.versions[seen.version], strung(parts)
        if before is None:
            mark = Mark.INSERT if seen.kind is model.ChangeKind.ADDED else Mark.PLAIN
            return _Event(version, remark, (), cell(seen.unit.text, mark), 1)
        weight = 2 if seen.signals else int(_is_change(seen))
        if not seen.wording:
            return _Event(version, remark, (), cell(seen.unit.text), weight)
        return _Event(version, remark, old_side(seen.wording), new_side(seen.wording), weight)

    def _end(self, line: model.ClauseLine, version: int) -> _Event:
        kind = model.ChangeKind.MERGED if line.merged_into else model.ChangeKind.REMOVED
        remark: Cell = (badge(self._say(CHANGES[kind]), kind),)
        if line.merged_into:
            remark = (*remark, Run("\n→ " + self._called.get(line.merged_into, line.merged_into)))
        return _Event(self.versions[version], remark, cell(line.last.unit.text, Mark.DELETE), (), 2)


def _is_change(seen: model.Appearance) -> bool:
    """Return whether a version changed more of a clause than its number."""
    return seen.version > 0 and (seen.kind is not model.ChangeKind.UNCHANGED or seen.moved)


def _called(unit: model.UnitRef, say: Catalog) -> str:
    if unit.label or unit.id in ("title", "carrier"):
        return clause_named(unit.id, unit.label, unit.text, say)
    return f"{unit.text[:_WORDS_SHOWN]}…" if len(unit.text) > _WORDS_SHOWN else unit.text


_KINDS = {
    model.Pace.BEHIND: "removed",
    model.Pace.UNFOUNDED: "omitted",
    model.Pace.APART: "touched",
    model.Pace.MISSING: "added",
    model.Pace.CURRENT: "verbatim",
}
"""Kind of change in a revision whose colour each pace has."""


class _Lag(NamedTuple):
    """A clause affected by the revision: address and words in each text, empty if a text does not have it."""

    pace: model.Pace
    anchor: str
    chapter: str
    local: str
    local_words: str
    old: str
    old_words: Cell
    new: str
    new_words: Cell
    score: float

    def told(self, say: Catalog) -> str:
        """Return the pace, with a question mark where a person must judge whether the sentence comes from the old clause."""
        words, sure = say(PACES[self.pace]), self.pace is model.Pace.MISSING or self.score >= SURE
        return words if sure else say("{effect}?", effect=words)


def pace_page(comparison: model.PaceComparison, say: Catalog) -> shown.Page:
    """Return the report: counts, then each clause that the revision affects."""
    local, old, new = documents_of(comparison, 3)
    lags = _lags(comparison, local, old, new)
    number = Counter(each.pace for each in lags)
    before, untold = say("Superior document before"), comparison.reading.untold
    return shown.Page(
        name="pace",
        title=say("What lags behind the revised superior document"),
        sides=(
            side(say("Local document"), comparison.local, local, say),
            side(before, comparison.old_superior, old, say),
            side(say("Superior document after"), comparison.new_superior, new, say),
        ),
        lead=say(UNTOLD[untold])
        if untold
        else say(
            "Local sentences that still say what the old text said: {behind}, that rest on removed words: {unfounded}, that say"
            " neither: {apart}; new provisions not taken up: {missing}; sentences that say what the revised text says: {current}.",
            **{pace.value: number[pace] for pace in model.Pace},
        ),
        answers=() if untold else tuple(_measured(comparison, old, new, say)),
        findings=tuple(_found(pace, lags, say) for pace in PACES if pace is not model.Pace.CURRENT),
        figures=tuple(
            shown.Figure(say(PACES[pace]), number[pace], _KINDS[pace], f"pace:pace={pace}") for pace in PACES
        ),
        tables=(_clause_by_clause(lags, number, say),),
        main="pace",
        legend=legend("pace", say),
        notice=notice(say, judged=True),
        reading=(
            *((say("Superior document"), told) for _, told in sides_doubted(comparison.doubt, say)),
            *doubts(comparison, say),
            *known_of(say("Local document"), local, say),
            *known_of(before, old, say),
            *known_of(say("Superior document after"), new, say),
        ),
    )


def _measured(
    comparison: model.PaceComparison, old: model.Document | None, new: model.Document | None, say: Catalog
) -> Iterator[str]:
    """Yield a sentence if both superior texts are the same, and one on the number of measures taken up of each, if known."""
    if old and new and old.text == new.text and not comparison.clauses:
        yield say("The two texts of the superior document are the same.")
    if not comparison.after.total:
        return
    told = say("of {total} measures it adopts {adopted}, touches {touched} in part and leaves out {omitted}")
    before, after = (told.format(**dict(count)) for count in (comparison.before, comparison.after))
    yield say(
        "Measured by the text before, {before}; by the revised text, {after}.", before=before, after=after
    )
    if not comparison.before.adopted + comparison.before.touched:
        yield say("It took up nothing of the text before, and perhaps need not take up the new provisions.")


def _lags(comparison: model.PaceComparison, *documents: model.Document | None) -> list[_Lag]:
    local, old, new = (Outline(document) for document in documents)
    then, now = ({clause.id: clause.text for clause in each.walk()} if each else {} for each in documents[1:])
    return [
        _Lag(
            each.pace,
            f"{anchor('p', each.clause or each.new or '')}-{index}",
            local.chapter_of(each.clause or "") or new.chapter_of(each.new or ""),
            unbroken(local.place(each.clause or "").address),
            "" if each.pace is model.Pace.MISSING else each.text,
            unbroken(old.place(each.old or "").address),
            old_side(wording),
            unbroken(new.place(each.new or "").address),
            cell(each.text, Mark.INSERT) if each.pace is model.Pace.MISSING else new_side(wording),
            each.score,
        )
        for index, each in enumerate(comparison.clauses, 1)
        for wording in [compare_wording(then.get(each.old or "", ""), now.get(each.new or "", ""))]
    ]


def _found(pace: model.Pace, lags: list[_Lag], say: Catalog) -> shown.Findings:
    title, entries = say(PACES[pace]), []
    for each in (each for each in lags if each.pace is pace):
        mark = () if each.told(say) == title else (badge(each.told(say), _KINDS[pace]), Run(" "))
        words = cell(in_short("", each.local_words or plain(each.new_words)))
        place = each.new if pace is model.Pace.MISSING else each.local
        entries.append(shown.Entry((*mark, *words), place, each.anchor, _KINDS[pace]))
    return shown.Findings(str(pace), title, tuple(entries), link=f"pace:pace={pace}", empty=say("none"))


def _clause_by_clause(lags: list[_Lag], number: Counter[model.Pace], say: Catalog) -> shown.Table:
    def above(each: _Lag) -> Cell:
        texts = ((say("Before"), each.old, each.old_words), (say("After"), each.new, each.new_words))
        return strung(
            (Run(f"{when} ", Mark.MUTED), *shown.placed(place, words))
            for when, place, words in texts
            if place or words
        )

    flat = (
        shown.Field(say("Local clause"), 8, lambda each: each.local),
        shown.Field(say("Local text"), 24, lambda each: each.local_words, shown.TEXT),
        shown.Field(say("Old clause"), 8, lambda each: each.old),
        shown.Field(say("Old superior text"), 22, lambda each: plain(each.old_words), shown.TEXT),
        shown.Field(say("New clause"), 8, lambda each: each.new),
        shown.Field(say("New superior text"), 22, lambda each: plain(each.new_words), shown.TEXT),
        shown.Field(say("Pace"), 4, lambda each: each.told(say)),
        shown.Field(say("Score"), 4, lambda each: f"{each.score:.2f}", shown.NUMBER),
    )
    fields = (
        shown.Field(
            say("Local document"),
            38,
            lambda each: shown.placed(each.local, cell(each.local_words)),
            shown.TEXT,
        ),
        shown.Field(say("Superior document"), 50, above, shown.TEXT),
        shown.Field(say("Judgement"), 12, lambda each: (badge(each.told(say), _KINDS[each.pace]),)),
    )
    made = shown.Made(
        lambda each: _KINDS[each.pace],
        lambda each: each.anchor,
        lambda each: each.chapter,
        lambda each: 1 if each.pace is model.Pace.CURRENT else 2,
        lambda each: (("pace", each.pace),),
    )
    title = say("Clause by clause")
    return shown.tabled(
        "pace",
        title,
        lags,
        fields,
        made,
        note=say(
            "A score is the probability that the local sentence comes from the old clause, or lacks the new one. Below 0.7 a question mark says that a person must judge."
        ),
        facets=shown.facet("pace", say("Pace"), PACES, number, say),
        is_parallel=True,
        flat=shown.tabled("pace", title, lags, flat, shown.Made(lambda each: _KINDS[each.pace])),
    )
