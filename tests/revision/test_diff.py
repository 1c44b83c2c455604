"""What happened to each unit of small statutes and plans."""

import pytest

from policydiff.model import Change, ChangeKind, NumbersShifted, ReferencesFollow, RevisionDiff
from policydiff.parsing import parse_text
from policydiff.revision.diffing import diff_documents
from tests.revision.statutes import FEES, FINE, PERMIT, REPORT, START, TRAINING, statute


def told(diff: RevisionDiff) -> list[str]:
    """Return one short line for each change of an article: kind, flags, old and new numbers."""
    return [
        line(change)
        for change in diff.changes
        if any("条" in (u.label or "") for u in (*change.old, *change.new))
    ]


def line(change: Change) -> str:
    flags = " renumbered" * change.renumbered + " moved" * change.moved
    old, new = ("+".join(unit.label or unit.id for unit in units) for units in (change.old, change.new))
    return f"{change.kind.value}{flags} {old}>{new}"


ALL = (FEES, PERMIT, REPORT, FINE, START)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(ALL, ALL, [f"unchanged 第{n}条>第{n}条" for n in "一二三四五"], id="nothing changed"),
        pytest.param(
            ALL,
            (FEES, PERMIT, REPORT, FINE.replace("五千", "二万"), START),
            [
                *(f"unchanged 第{n}条>第{n}条" for n in "一二三"),
                "modified 第四条>第四条",
                "unchanged 第五条>第五条",
            ],
            id="one number changed",
        ),
        pytest.param(
            ALL,
            (FEES, TRAINING, PERMIT, REPORT, FINE, START),
            [
                "unchanged 第一条>第一条",
                "added >第二条",
                *(f"unchanged renumbered 第{a}条>第{b}条" for a, b in ("二三", "三四", "四五", "五六")),
            ],
            id="an inserted article renumbers, it does not rewrite",
        ),
        pytest.param(
            ALL,
            (FEES, REPORT, FINE, START),
            [
                "unchanged 第一条>第一条",
                "removed 第二条>",
                *(f"unchanged renumbered 第{a}条>第{b}条" for a, b in ("三二", "四三", "五四")),
            ],
            id="a removed article stands where it stood",
        ),
        pytest.param(
            ALL,
            (REPORT, FEES, PERMIT, FINE, START),
            [
                "unchanged renumbered moved 第三条>第一条",
                "unchanged renumbered 第一条>第二条",
                "unchanged renumbered 第二条>第三条",
                "unchanged 第四条>第四条",
                "unchanged 第五条>第五条",
            ],
            id="one article moved to the front, the others kept their order",
        ),
        pytest.param(
            (FEES, f"{PERMIT}\n{TRAINING}", REPORT),
            (FEES, PERMIT, TRAINING, REPORT),
            [
                "unchanged 第一条>第一条",
                "split 第二条>第二条+第三条",
                "unchanged renumbered 第三条>第四条",
            ],
            id="two paragraphs become two articles",
        ),
        pytest.param(
            (FEES, PERMIT, TRAINING, REPORT),
            (FEES, f"{PERMIT}\n{TRAINING}", REPORT),
            [
                "unchanged 第一条>第一条",
                "merged 第二条+第三条>第二条",
                "unchanged renumbered 第四条>第三条",
            ],
            id="two articles become one",
        ),
        pytest.param(
            (FEES, PERMIT),
            (FEES.replace("，", ",").replace("、", "､"), PERMIT.replace("为三年", " 为三年")),
            ["unchanged 第一条>第一条", "unchanged 第二条>第二条"],
            id="punctuation, width and blanks are no change",
        ),
        pytest.param(
            ("会计帐簿应当依法设置，并保存十年。", PERMIT),
            ("会计账簿应当依法设置，并保存十年。", PERMIT),
            ["unchanged 第一条>第一条", "unchanged 第二条>第二条"],
            id="variant characters are no change",
        ),
    ],
)
def test_kinds(old: tuple[str, ...], new: tuple[str, ...], expected: list[str]) -> None:
    assert sorted(told(diff_documents(statute(*old), statute(*new)))) == sorted(expected)


def test_what_is_divided_and_takes_in_another_is_one_change() -> None:
    long = "\n".join((FEES, PERMIT, FINE))
    old, new = statute(f"{long}\n{TRAINING}", REPORT, START), statute(f"{REPORT}\n{long}", TRAINING, START)
    assert told(diff_documents(old, new)) == [
        "split 第一条+第二条>第一条+第二条",
        "unchanged 第三条>第三条",
    ], "none of the two old articles was removed"
    assert told(diff_documents(new, old))[0] == "merged 第一条+第二条>第一条+第二条"


def test_strict_counts_what_is_otherwise_ignored() -> None:
    old, new = statute("会计帐簿应当依法设置。", PERMIT), statute("会计账簿应当依法设置。", PERMIT)
    assert diff_documents(old, new).summary.modified == 0
    assert diff_documents(old, new, strict=True).summary.modified == 1
    kept = diff_documents(old, new).changes[1]
    assert kept.kind is ChangeKind.UNCHANGED
    assert [run.text for run in kept.wording if run.op != "equal"], (
        "the ignored difference stays in the wording"
    )


CITING = (
    "违反本办法第{}条规定的，由区公安机关处二千元以上一万元以下罚款；违反《消防法》第二条规定的，依照其规定。"
)


def test_references_that_follow_a_renumbering_are_one_note() -> None:
    old = statute(FEES, PERMIT, REPORT, CITING.format("二"))
    new = statute(FEES, TRAINING, PERMIT, REPORT, CITING.format("三"))
    diff = diff_documents(old, new)
    assert diff.summary.modified == 0
    assert diff.facts == (
        NumbersShifted(clause="art_2", label="第二条", by=1),
        ReferencesFollow(clauses=1),
    )
    assert diff.notes == (
        "第二条 onwards +1",
        "1 units differ only in references that follow the renumbering",
    )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (CITING.format("二"), CITING.format("四"), "cites another article than before"),
        (
            CITING.format("二"),
            CITING.format("二").replace("《消防法》第二条", "《消防法》第三条"),
            "cites another article of another text, though ours of that number moved the same way",
        ),
    ],
)
def test_a_reference_to_something_else_is_a_modification(old: str, new: str, why: str) -> None:
    before, after = statute(FEES, PERMIT, REPORT, old), statute(FEES, TRAINING, PERMIT, REPORT, new)
    assert diff_documents(before, after).summary.modified == 1, why


PLAN = """某市促进产业发展实施方案
为加快产业发展，制定本方案。
一、总体目标
到2020年，新增企业100家，产业规模达到500亿元。
二、主要任务
（一）加强科技创新。支持企业建设研发中心，最高补助200万元。
（二）引进高端人才。完善住房和子女就学政策。
三、保障措施
（一）加强组织领导。由市发展改革委会同市经济信息化委负责统筹推进。
"""


def test_numbered_clauses_of_a_plan() -> None:
    revised = (
        PLAN.replace("100家", "150家")
        .replace(
            "（二）引进高端人才。", "（二）优化营商环境。推进一网通办，压缩审批时限。\n（三）引进高端人才。"
        )
        .replace("二、主要任务", "二、重点任务")
    )
    diff = diff_documents(parse_text(PLAN), parse_text(revised))
    changed = {line(change) for change in diff.changes if change.kind != "unchanged" or change.renumbered}
    assert changed == {
        "modified 一、>一、",
        "modified 二、>二、",
        "added >（二）",
        "unchanged renumbered （二）>（三）",
    }


def test_headings_are_told_apart_by_what_stands_under_them() -> None:
    old = parse_text(
        f"某市条例\n第一章　总则\n第一条　{FEES}\n第二章　一般规定\n第二条　{PERMIT}\n第三章　一般规定\n第三条　{REPORT}"
    )
    new = parse_text(
        f"某市条例\n第一章　总则\n第一条　{FEES}\n第二章　一般规定\n第二条　{REPORT}\n第三章　附则\n第三条　{START}"
    )
    diff = diff_documents(old, new)
    lines = {line(change) for change in diff.changes}
    assert "unchanged renumbered 第三章>第二章" in lines
    assert "removed 第二章>" in lines
    assert "added >第三章" in lines


def test_a_chapter_that_kept_no_article_is_not_continued_by_one_of_another_name() -> None:
    old = parse_text(f"某市条例\n第一章　总则\n第一条　{FEES}\n第二章　科学技术普及\n第二条　{PERMIT}")
    new = parse_text(f"某市条例\n第一章　总则\n第一条　{FEES}\n第二章　国际科学技术合作\n第二条　{REPORT}")
    lines = {line(change) for change in diff_documents(old, new).changes}
    assert {"removed 第二章>", "added >第二章"} <= lines


def test_articles_on_entry_into_force_belong_together_whatever_they_repeal() -> None:
    repeal = "1993年2月22日第七届人民代表大会常务委员会第三十次会议通过的《某市安全条例》同时废止。"
    old = statute(FEES, PERMIT, REPORT, FINE, f"本办法自公布之日起施行。{repeal}")
    new = statute(FEES, PERMIT, REPORT, TRAINING, FINE, "本办法自2023年7月1日起施行。")
    assert "modified renumbered 第五条>第六条" in told(diff_documents(old, new))
