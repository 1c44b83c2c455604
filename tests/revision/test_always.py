"""What holds for any two texts."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from policydiff.model import ChangeKind, Document, RevisionDiff
from policydiff.parsing import parse_text
from policydiff.revision.diffing import diff_documents
from policydiff.revision.units import document_units
from tests.revision.statutes import FEES, FINE, PERMIT, REPORT, START, TRAINING, side, statute

SENTENCES = st.sampled_from(
    (
        FEES,
        FINE,
        PERMIT,
        REPORT,
        START,
        TRAINING,
        "下列情形除外：\n（一）国家另有规定的；\n（二）依法应当保密的。",
        "另行规定。",
    )
)
ARTICLES = st.lists(SENTENCES, min_size=1, max_size=2).map("\n".join)
STATUTES = st.lists(ARTICLES, max_size=8).map(lambda articles: statute(*articles))
PLANS = st.lists(SENTENCES, max_size=6).map(
    lambda items: parse_text(
        "某市实施方案\n" + "\n".join(f"{n}、{text}" for n, text in zip("一二三四五六", items, strict=False))
    )
)
DOCUMENTS = STATUTES | PLANS | st.text(max_size=200).map(parse_text)


def check(old: Document, new: Document) -> RevisionDiff:
    """Assert everything that must hold for one pair; return its diff."""
    diff = diff_documents(old, new)
    old_units, new_units = document_units(old), document_units(new)
    for name, units in (("old", old_units), ("new", new_units)):
        said = Counter(unit.id for change in diff.changes for unit in getattr(change, name))
        assert said == Counter(unit.id for unit in units), "every unit once"
    texts = {unit.id: unit.text for unit in old_units}
    for change in diff.changes:
        before = "\n".join(texts[unit.id] for unit in change.old)
        after = "\n".join(unit.text for unit in change.new)
        if change.wording:
            assert side(change.wording, new=False) == before
            assert side(change.wording, new=True) == after, "the wording holds every word of both sides"
        elif change.old and change.new:
            assert before == after
    assert diff == diff_documents(old, new), "same again"
    return diff


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_units_round_trip(old: Document, new: Document) -> None:
    check(old, new)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_nothing_changes_against_itself(document: Document) -> None:
    diff = diff_documents(document, document)
    assert all(change.kind is ChangeKind.UNCHANGED and not change.moved for change in diff.changes)
    assert not diff.notes
    strict = diff_documents(document, document, strict=True)
    assert strict.summary == diff.summary


def additions_and_removals(diff: RevisionDiff) -> tuple[set[str], set[str]]:
    return (
        {change.new[0].id for change in diff.changes if change.kind is ChangeKind.ADDED},
        {change.old[0].id for change in diff.changes if change.kind is ChangeKind.REMOVED},
    )


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_swapping_the_sides_swaps_what_was_added_and_removed(old: Document, new: Document) -> None:
    forth, back = diff_documents(old, new), diff_documents(new, old)
    added, removed = additions_and_removals(forth)
    assert additions_and_removals(back) == (removed, added)
    assert (forth.summary.split, forth.summary.merged) == (back.summary.merged, back.summary.split)


REAL = (
    "feifa_jizi", "feijiu_jinshu", "gongsifa_1993_1999", "guoji_haiyun", "jizhong_shenbao", "nianjie_fangjia", "zhichan_fating",
)  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_real_revisions(shared_data: Path, name: str) -> None:
    folder = shared_data / "revisions" / name
    old, new = (
        parse_text(next(folder.glob(f"{side}.*")).read_text(encoding="utf-8")) for side in ("old", "new")
    )
    forth, back = check(old, new), check(new, old)
    added, removed = additions_and_removals(forth)
    assert additions_and_removals(back) == (removed, added)
    assert (forth.summary.split, forth.summary.merged) == (back.summary.merged, back.summary.split)


def test_a_hundred_thousand_unrelated_characters_end() -> None:
    characters = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龙飞"

    def text(step: int) -> Document:
        size, count = len(characters), 700
        articles = (
            "".join(characters[(n * step + k * (n % 17 + 3)) % size] for k in range(140)) + "。"
            for n in range(count)
        )
        return parse_text(
            "某市条例\n" + "\n".join(f"第{n}条　{words}" for n, words in enumerate(articles, start=1))
        )

    diff = diff_documents(text(7), text(11))
    assert diff.changes
