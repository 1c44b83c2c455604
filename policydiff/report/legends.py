"""What the words and marks of a report mean; printed on every export."""

from policydiff.model import Band, ChangeKind, Coverage, Pace, Relation
from policydiff.report.catalog import Catalog
from policydiff.report.words import BANDS, CHANGES, COVERAGE, MOVED, PACES, RELATIONS, RENUMBERED

Legend = tuple[tuple[str, str], ...]


def comparison_legend(say: Catalog) -> Legend:
    """Terms of a comparison."""
    return (
        (say(RELATIONS[Relation.VERBATIM]), say("in the superior document's words")),
        (say(RELATIONS[Relation.ADAPTED]), say("derived from the superior document, in words of its own")),
        (say(RELATIONS[Relation.RELATED]), say("same topic, no descent shown")),
        (say(RELATIONS[Relation.ADDED]), say("the local document's own")),
        (say(BANDS[Band.SURE]), say("score 0.7 or more")),
        (say(BANDS[Band.POSSIBLE]), say("score from 0.3 to 0.7: shown side by side for a person to judge")),
        (say(BANDS[Band.UNLIKELY]), say("score below 0.3: shown, not counted as adopted")),
        (say(COVERAGE[Coverage.ADOPTED]), say("a local sentence counted as adopted comes from this clause")),
        (
            say(COVERAGE[Coverage.TOUCHED]),
            say("a local sentence takes up the clause's topic or may come from it"),
        ),
        (say(COVERAGE[Coverage.OMITTED]), say("nothing in the local document comes from this clause")),
    )


def revision_legend(say: Catalog) -> Legend:
    """Terms of a revision diff."""
    return (
        (say(CHANGES[ChangeKind.MODIFIED]), say("the wording differs")),
        (say(CHANGES[ChangeKind.ADDED]), say("only in the new text: underlined on blue")),
        (say(CHANGES[ChangeKind.REMOVED]), say("only in the old text: struck through on orange")),
        (say(CHANGES[ChangeKind.SPLIT]), say("one old clause became several")),
        (say(CHANGES[ChangeKind.MERGED]), say("several old clauses became one")),
        (say(MOVED), say("stands at another place in the order")),
        (say(RENUMBERED), say("only its number differs: no change of substance")),
        (say("(unchanged)"), say("clauses without change, folded")),
    )


def sourced_legend(say: Catalog) -> Legend:
    """Terms of a comparison with several superior documents."""
    return (
        (say(BANDS[Band.SURE]), say("score 0.7 or more")),
        (say(BANDS[Band.POSSIBLE]), say("score from 0.3 to 0.7: shown side by side for a person to judge")),
        (say("from none"), say("no superior document explains the sentence: highest score below 0.5")),
    )


def peer_legend(say: Catalog) -> Legend:
    """Terms of a comparison of peers."""
    return (
        (say(COVERAGE[Coverage.ADOPTED]), say("the document says the measure")),
        (say(COVERAGE[Coverage.TOUCHED]), say("it may say it, or something near")),
        (say(COVERAGE[Coverage.OMITTED]), say("it does not say it")),
        (say("quoted"), say("the measure is quoted from this document")),
    )


def pace_legend(say: Catalog) -> Legend:
    """Terms of a comparison over time."""
    return (
        (say(PACES[Pace.BEHIND]), say("still says what the old text said")),
        (say(PACES[Pace.UNFOUNDED]), say("what it came from was removed")),
        (say(PACES[Pace.MISSING]), say("the revised text has something new that the local document lacks")),
        (say(PACES[Pace.CURRENT]), say("already says what the revised text says")),
    )
