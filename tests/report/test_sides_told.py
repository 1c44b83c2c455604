"""A doubt whether two texts are an earlier and a later version of one document is told by every result made of two versions."""

from collections.abc import Callable
from typing import Any

import pytest

import policydiff
from policydiff.model import Document
from policydiff.model.revision import SidesDoubt

ACT = (
    "某市促进办法\n某市人民政府\n第一条 为了促进发展，制定本办法。\n第二条 每家企业补助{}万元。\n{}年1月5日\n"
)
OLD, NEW = (policydiff.parse(ACT.format(amount, year)) for amount, year in ((30, 2020), (50, 2023)))
OTHER = policydiff.parse(
    "东省矿山安全条例\n东省人民代表大会常务委员会\n第一条 矿山企业应当建立安全责任制。\n第二条 矿长应当经过培训。\n2022年1月5日\n"
)

RESULTS: dict[str, Callable[[Document, Document], Any]] = {
    "diff": policydiff.diff,
    "history of two": policydiff.history,
    "history whose last step is in doubt": lambda old, new: policydiff.history(old, old, new),
    "history whose first step is in doubt": lambda old, new: policydiff.history(old, new, new),
    "a pair of many": lambda old, new: policydiff.diff_pairs([(OLD, OLD), (old, new)]),
    "check": policydiff.check,
}
DOUBTS = [
    (OLD, OTHER, SidesDoubt.DOCUMENTS, "another title and another issuer"),
    (OTHER, NEW, SidesDoubt.DOCUMENTS, "the other way round"),
    (NEW, OLD, SidesDoubt.SWAPPED, "the later date first"),
    (OLD, NEW, None, "two versions in their order"),
    (OLD, OLD, None, "one text twice"),
]


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize(("old", "new", "doubt", "why"), DOUBTS)
def test_a_report_tells_the_doubt(
    name: str, old: Document, new: Document, doubt: SidesDoubt | None, why: str
) -> None:
    result = RESULTS[name](old, new)
    for said in SidesDoubt:
        for form in ("to_markdown", "to_html"):  # a terminal breaks lines within cells
            report = " ".join(getattr(result, form)(lang="en").split())
            assert (said.told in report) is (said is doubt), (form, why)
    chinese = result.to_markdown(lang="zh")
    assert ("像是两份文件" in chinese) is (doubt is SidesDoubt.DOCUMENTS), why
    assert ("是否放反了" in chinese) is (doubt is SidesDoubt.SWAPPED), why


@pytest.mark.parametrize(("old", "new", "doubt", "why"), DOUBTS[:4])
def test_values_hold_the_doubt(old: Document, new: Document, doubt: SidesDoubt | None, why: str) -> None:
    found = policydiff.diff(old, new)
    assert found.doubt is doubt, why
    assert {record["doubt"] for record in found.to_records()} == {doubt}, why
    assert ("doubt" in repr(found)) is (doubt is not None), why
    assert [step.doubt for step in policydiff.history(old, old, new).steps] == [None, doubt], why
    assert policydiff.diff_pairs([(old, new)]).to_records()[0]["notes"] == (doubt and doubt.told), why
    assert policydiff.draft(old, new).doubt is doubt, why
    told = policydiff.redline(old, new).notes
    assert [said for said in SidesDoubt if said.told in told] == ([doubt] if doubt else []), why


@pytest.mark.parametrize(("old", "new", "doubt", "why"), DOUBTS)
def test_a_gate_does_not_pass_on_two_texts_in_doubt(
    old: Document, new: Document, doubt: SidesDoubt | None, why: str
) -> None:
    """Its rules ask what a later version takes away: of two documents, or backwards, no answer is one."""
    found = policydiff.check(old, new)
    assert [each.message for each in found if each.rule == "parse_diagnostic"] == (
        [doubt.told] if doubt else []
    ), why
    assert not doubt or found.fails, why
