"""The pages of the spread of a clause, and of families of documents."""

from collections import Counter
from collections.abc import Iterator

from policydiff.lexicon.areas import province_of
from policydiff.report import page_of
from policydiff.report.catalog import N_, Catalog
from policydiff.report.document_page import notice, side
from policydiff.report.page import (
    NUMBER,
    TEXT,
    Field,
    Flow,
    Made,
    Moment,
    Page,
    Picture,
    Ribbon,
    Side,
    Strip,
    StripCell,
    StripLine,
    Table,
    Timeline,
    tabled,
)
from policydiff.report.to_text import one_line
from policydiff.report.words import LEVELS
from policydiff.reuse import ClauseSpread, Family, FamilyList, FormulaRule, Holder

_FORMULAS = {
    FormulaRule.SAYS_LITTLE: N_("These words are a formula: they say too little to be traced."),
    FormulaRule.OF_FORCE: N_("These words are a formula: they say when a text is in force."),
    FormulaRule.AT_LARGE: N_("These words are a formula: unrelated texts at large say much the same."),
    FormulaRule.WIDELY_HELD: N_(
        "These words are a formula: more than a tenth of the documents of this store hold them."
    ),
}
_TITLE, _SHORT = 60, 20
"""Characters of a title in a line, and beside a picture."""
_DRAWN = 6
"""Most families that are drawn, the largest first; the tables list all."""
_WORDINGS = 24
"""Most wordings in a tree: with more, labels and ribbons cover each other."""


@page_of.register
def spread_page(found: ClauseSpread, say: Catalog) -> Page:
    """Return who holds a clause: by date on a line of time, as a tree of wordings, and by area."""
    sides: tuple[Side, ...] = (side(say("Document"), found.document, None, say),) if found.document else ()
    dated = [each for each in found.holders if each.dated]
    lead = say("No document of this collection holds the clause.")
    if dated and not found.formula:
        lead = say(
            "Documents that hold the clause: {n}; the first in this collection is {title} ({day}).",
            n=len(found),
            title=one_line(dated[0].title, _TITLE),
            day=say.day(dated[0].day),
        )
    elif found.holders:
        lead = say("Documents that hold these words: {n}.", n=len(found))
    counted = Counter(_province(each, say) for each in found.holders)
    fields = (
        Field(say("Province"), 60, lambda pair: pair[0]),
        Field(say("Documents"), 40, lambda pair: pair[1], NUMBER),
    )
    ranked = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return Page(
        name="spread",
        title=say("How a clause spread"),
        sides=sides,
        lead=lead,
        answers=(
            found.text.strip(),
            say(
                "Holders share seven characters in a row with the clause, or more, and 15 % of its runs, and say half of it in the same words; other rewordings are not looked for."
            ),
            *((say(_FORMULAS[found.formula_by]),) if found.formula_by is not None else ()),
        ),
        pictures=tuple(_pictures(found, say)) if dated and not found.formula else (),
        tables=(_holders(found, say), tabled("areas", say("Holders by province"), ranked, fields)),
        main="holders",
        notice=notice(say, judged=True),
    )


def _day(holder: Holder, say: Catalog) -> str:
    return say.day(holder.day) if holder.dated else say("not stated")


def _pictures(found: ClauseSpread, say: Catalog) -> Iterator[Picture]:
    yield _map(found, say)
    moments = tuple(
        Moment(
            say.day(each.day) if each.dated else "", one_line(each.title, _TITLE), one_line(each.text, _TITLE)
        )
        for each in found.holders
    )
    yield Timeline(
        "in-time", say("Holders by date"), moments, (say("Date"), say("Document"), say("Its words"))
    )
    tree = _tree(found, say)
    if tree.ribbons:
        yield tree


def _map(found: ClauseSpread, say: Catalog) -> Strip:
    """Return where the clause went: a line a province, the first to hold it on top; a cell a holder, by date."""
    lines: dict[str, list[StripCell]] = {}
    for place, each in enumerate(found.holders):
        kind = "omitted" if each.parent is None else "adopted" if each.likeness == 1 else "touched"
        title = f"{_day(each, say)} {one_line(each.title, _TITLE)}"
        lines.setdefault(_province(each, say), []).append(StripCell(kind, _anchor(place), title))
    kinds = (
        ("omitted", say("No earlier holder")),
        ("adopted", say("The words of an earlier holder")),
        ("touched", say("Other words than any earlier holder")),
    )
    return Strip(
        "map",
        say("Where the clause went, the first province on top"),
        say("Province"),
        kinds,
        tuple(StripLine(name, "", tuple(cells)) for name, cells in lines.items()),
    )


def _province(holder: Holder, say: Catalog) -> str:
    if holder.jurisdiction is None:
        return say("not known")
    return province_of(holder.jurisdiction) or say("the state")


def _anchor(place: int) -> str:
    return f"holder-{place + 1}"


def _tree(found: ClauseSpread, say: Catalog) -> Flow:
    """Return the wordings, each linked to the nearest earlier wording, with its number of holders as width.

    The first holder of a wording gives its name; only the wordings with most holders are drawn, the table lists
    all.
    """
    first: list[int] = []
    for place, each in enumerate(found.holders):
        first.append(first[each.parent] if each.parent is not None and each.likeness == 1 else place)
    holders = Counter(first)
    edges = [
        (first[parent], place, holders[place])
        for place, each in enumerate(found.holders)
        if first[place] == place and (parent := each.parent) is not None
    ]
    edges = sorted(sorted(edges, key=lambda each: (-each[2], each[1]))[:_WORDINGS])
    above = list(dict.fromkeys(parent for parent, _, _ in edges))

    def name(place: int) -> str:
        each = found.holders[place]
        return f"{place + 1}. {_day(each, say)} {one_line(each.title, _SHORT)}"

    return Flow(
        "tree",
        say("Wordings, and the earlier wording nearest to each"),
        tuple(map(name, above)),
        tuple(name(place) for _, place, _ in edges),
        tuple(Ribbon(above.index(parent), number, count) for number, (parent, _, count) in enumerate(edges)),
        (say("Earlier wording"), say("Wording"), say("Holders")),
    )


def _holders(found: ClauseSpread, say: Catalog) -> Table:
    def nearest(each: Holder) -> str:
        return "" if each.parent is None else f"{each.parent + 1} ({each.likeness or 0:.0%})"

    fields = (
        Field("#", 4, lambda pair: pair[0] + 1),
        Field(say("Date"), 10, lambda pair: pair[1].day if pair[1].dated else say("not stated")),
        Field(
            say("Document"),
            28,
            lambda pair: f"{pair[1].title} [{pair[1].id}@{pair[1].version}] {pair[1].clause}",
            TEXT,
        ),
        Field(
            say("Level"), 8, lambda pair: say(LEVELS[pair[1].level]) if pair[1].level else say("not known")
        ),
        Field(say("Its words"), 34, lambda pair: pair[1].text, TEXT),
        Field(say("Words kept"), 8, lambda pair: f"{pair[1].kept:.0%}"),
        Field(say("Nearest earlier holder"), 8, lambda pair: nearest(pair[1])),
    )
    made = Made(anchor=lambda pair: _anchor(pair[0]), weight=2)
    return tabled("holders", say("Holders"), enumerate(found.holders), fields, made)


@page_of.register
def families_page(found: FamilyList, say: Catalog) -> Page:
    """Return families of documents: their members, and the text they have in common."""
    return Page(
        name="families",
        title=say("Documents that share a template"),
        sides=(),
        lead=say("Families of documents: {n}", n=len(found)),
        pictures=tuple(
            _matrix(place, family, say) for place, family in enumerate(found.families[:_DRAWN], 1)
        ),
        tables=_tables(found, say),
        main="families",
        notice=notice(say, judged=True),
    )


def _name(place: int, family: Family) -> str:
    return f"{place}. {one_line(family.members[0].title, _TITLE)} ({len(family.members)})"


def _tables(found: FamilyList, say: Catalog) -> tuple[Table, ...]:
    """Return the members, the common text, and each member's wording that differs from the first member of its family."""
    named = [(_name(place, family), family) for place, family in enumerate(found.families, 1)]
    members = [(name, each) for name, family in named for each in family.members]
    common = [(name, each) for name, family in named for each in family.common]
    changed = [
        (name, held, family.members[each.member].title, each.text)
        for name, family in named
        for held in family.common
        for each in held.changed
    ]
    by_family = Made(group=lambda each: each[0])
    return (
        tabled(
            "families",
            say("Documents that share a template"),
            members,
            (
                Field(
                    say("Document"),
                    70,
                    lambda each: f"{each[1].title} [{each[1].id}@{each[1].version}]",
                    TEXT,
                ),
                Field(say("Common sentences kept"), 15, lambda each: each[1].kept, NUMBER),
                Field(say("Sentences of its own"), 15, lambda each: each[1].own, NUMBER),
            ),
            by_family._replace(weight=2),
        ),
        tabled(
            "common",
            say("Common text"),
            common,
            (
                Field(say("Common text"), 75, lambda each: each[1].text, TEXT),
                Field(say("Held by"), 15, lambda each: each[1].held_by, NUMBER),
                Field(say("Kind"), 10, lambda each: say("formula") if each[1].formula else None),
            ),
            by_family,
            is_detail=True,
        ),
        tabled(
            "changes",
            say("What each changed"),
            changed,
            (
                Field(say("Common text"), 40, lambda each: each[1].text, TEXT),
                Field(say("Document"), 20, lambda each: each[2], TEXT),
                Field(say("Its words"), 40, lambda each: each[3], TEXT),
            ),
            by_family,
            is_detail=True,
        ),
    )


def _matrix(place: int, family: Family, say: Catalog) -> Strip:
    """Return who kept which sentence of the common text: a line a member, a cell a sentence."""
    kinds = (
        ("adopted", say("The words of the first one")),
        ("touched", say("Other words")),
        ("omitted", say("Not there")),
    )
    lines = []
    for number, member in enumerate(family.members):
        cells = []
        for common in family.common:
            own = next((each.text for each in common.changed if each.member == number), None)
            kind = "omitted" if number in common.lacking else "adopted" if own is None else "touched"
            cells.append(StripCell(kind, "", one_line(own or common.text, _TITLE)))
        lines.append(StripLine(one_line(member.title, _SHORT), "", tuple(cells)))
    title = say("Who kept which sentence: {family}", family=_name(place, family))
    return Strip(f"family-{place}", title, say("Document"), kinds, tuple(lines))
