"""One order, every place it names: carried out at all of them, or refused with a typed reason."""

import pytest

from policydiff.amendment.amending import apply_amendment
from policydiff.model.amended import AppliedAmendment, Outcome, Reason
from policydiff.parsing import parse_text

TEXT = (
    "某市市容管理条例\n"
    "第一条　为了加强市容管理，制定本条例。\n"
    "第二条　本条例适用于本市。\n"
    "市容管理局负责市容，公安局配合。\n"
    "区市容管理局负责本区市容。\n"
    "第三条　有下列行为之一的，处罚：\n"
    "（一）乱扔垃圾的；\n"
    "（二）乱贴广告的；\n"
    "（三）乱堆杂物的。\n"
    "第四条　市容管理局可以处一千元罚款。\n"
    "第五条　市容管理局处一千元罚款，没收工具。\n"
    "第六条　违反本条例第三条的，由市容管理局处罚。\n"
)
OLD = parse_text(TEXT)


def amended(*orders: str) -> AppliedAmendment:
    return apply_amendment(OLD, "\n".join(orders))


def changed(result: AppliedAmendment) -> list[str]:
    before = set(amended("").text.splitlines())
    return [line for line in result.text.splitlines() if line not in before]


DONE = [
    (
        "将第四条、第五条中的“市容管理局”修改为“城管”。",
        ["第四条　城管可以处一千元罚款。", "第五条　城管处一千元罚款，没收工具。"],
        "two articles",
    ),
    (
        "将第四条、第五条和第六条中的“市容管理局”统一修改为“城管”。",
        [
            "第四条　城管可以处一千元罚款。",
            "第五条　城管处一千元罚款，没收工具。",
            "第六条　违反本条例第三条的，由城管处罚。",
        ],
        "、 and 和",
    ),
    (
        "将第四条至第六条中的“市容管理局”修改为“城管”。",
        [
            "第四条　城管可以处一千元罚款。",
            "第五条　城管处一千元罚款，没收工具。",
            "第六条　违反本条例第三条的，由城管处罚。",
        ],
        "a range",
    ),
    (
        "将第四条、第五条以及第六条中的“市容管理局”修改为“城管”。",
        [
            "第四条　城管可以处一千元罚款。",
            "第五条　城管处一千元罚款，没收工具。",
            "第六条　违反本条例第三条的，由城管处罚。",
        ],
        "以及",
    ),
    (
        "将第二条第二款、第三款中的“市容管理局”修改为“城管”。",
        ["城管负责市容，公安局配合。", "区城管负责本区市容。"],
        "two paragraphs",
    ),
    (
        "将第三条第一项、第二项中的“乱”修改为“随意”。",
        ["（一）随意扔垃圾的；", "（二）随意贴广告的；"],
        "two items",
    ),
    (
        "将第二条第二款、第四条中的“市容管理局”修改为“城管”。",
        ["城管负责市容，公安局配合。", "第四条　城管可以处一千元罚款。"],
        "a paragraph and an article",
    ),
    ("删去第三条第一项、第二项。", ["（一）乱堆杂物的。"], "items go, the rest moves up"),
    (
        "将第四条改为第五条，修改为：“甲。”将第五条改为第四条。",
        ["第四条　市容管理局处一千元罚款，没收工具。", "第五条　甲。"],
        "a swap of numbers",
    ),
    (
        "将第二条中的“适用于”修改为“适用”、“公安局”修改为“公安机关”。",
        ["第二条　本条例适用本市。", "市容管理局负责市容，公安机关配合。"],
        "two changes in one order",
    ),
    (
        "将第四条中的“一千元”修改为“二千元”，并将“可以处”修改为“处”。",
        ["第四条　市容管理局处二千元罚款。"],
        "并将",
    ),
    (
        "第三条增加一项，作为第三项：“（三）养鸽的；”，原第三项改为第四项。",
        ["（三）养鸽的；", "（四）乱堆杂物的。"],
        "an item, the next one renumbered",
    ),
    (
        "第二条增加一款，作为第二款：“新款。”，第三款改为第四款，修改为：“第四款。”",
        ["新款。", "第四款。"],
        "a paragraph, the next one changed",
    ),
    (
        "在第四条中的“市容管理局”后增加“、公安局”。",
        ["第四条　市容管理局、公安局可以处一千元罚款。"],
        "words after words",
    ),
    (
        "将条例中的“市容管理局”统一修改为“城管”。",
        [
            "城管负责市容，公安局配合。",
            "区城管负责本区市容。",
            "第四条　城管可以处一千元罚款。",
            "第五条　城管处一千元罚款，没收工具。",
            "第六条　违反本条例第三条的，由城管处罚。",
        ],
        "the whole text",
    ),
    ("将名称修改为“某市市容条例”。", ["某市市容条例"], "the title"),
    (
        "将第四条、第五条合并，作为第四条，修改为：“合并。”",
        ["第四条　合并。", "第五条　违反本条例第三条的，由市容管理局处罚。"],
        "merged",
    ),
    (
        "将第四条分为两条，作为第四条、第五条：“第四条　甲。\n“第五条　乙。”",
        [
            "第四条　甲。",
            "第五条　乙。",
            "第六条　市容管理局处一千元罚款，没收工具。",
            "第七条　违反本条例第三条的，由市容管理局处罚。",
        ],
        "split",
    ),
    (
        "删去第四条。\n第五条改为第四条，第六条改为第五条。",
        ["第四条　市容管理局处一千元罚款，没收工具。", "第五条　违反本条例第三条的，由市容管理局处罚。"],
        "renumbered one by one",
    ),
    (
        "将第二条第二款修改为两款，作为第二款、第三款：“甲款。\n“乙款。”",
        ["甲款。", "乙款。"],
        "one paragraph becomes two",
    ),
    (
        "增加一条，作为第三条：“新三。”\n对条文顺序作相应调整。",
        [
            "第三条　新三。",
            "第四条　有下列行为之一的，处罚：",
            "第五条　市容管理局可以处一千元罚款。",
            "第六条　市容管理局处一千元罚款，没收工具。",
            "第七条　违反本条例第四条的，由市容管理局处罚。",
        ],
        "references follow",
    ),
    ("删去第四条中的“可以”一词。", ["第四条　市容管理局处一千元罚款。"], "一词"),
    ("第四条中「一千元」修改为「二千元」。", ["第四条　市容管理局可以处二千元罚款。"], "「」 for quotes"),
    ("第二条第三款第一句修改为：“区城管负责。”", ["区城管负责。"], "a sentence"),
    (
        "在第一条前增加一章，作为第一章，章名为“总则”，包括第一条至第六条。",
        ["第一章　总则"],
        "a chapter around articles",
    ),
    (
        "增加一章，作为第一章：“第一章　附则\n“第七条　自公布之日起施行。”",
        ["第一章　附则", "第七条　自公布之日起施行。"],
        "a chapter with its article",
    ),
]


@pytest.mark.parametrize(("order", "lines", "form"), [pytest.param(*row, id=row[2]) for row in DONE])
def test_every_place_is_carried_out(order: str, lines: list[str], form: str) -> None:
    result = amended(order)
    assert result.outcome is Outcome.COMPLETE, (form, result.unapplied, result.doubts)
    assert changed(result) == lines


REFUSED = [
    (
        "将第四条、第一条中的“市容管理局”修改为“城管”。",
        Reason.WORDS_NOT_THERE,
        "one of two places lacks the words",
    ),
    ("删去第四条、第九条。", Reason.NO_SUCH_PLACE, "one of two articles is not there"),
    ("第二条第三款改为第四款。", Reason.IMPOSSIBLE_NUMBER, "nothing pushes the paragraph down"),
    ("增加一条，作为第九条：“九。”", Reason.IMPOSSIBLE_NUMBER, "no such number can be reached"),
    ("将第四条分为两条：“第四条　甲。”", Reason.COUNTS_DIFFER, "two announced, one quoted"),
    ("将第四条、第五条修改为：“甲。”", Reason.COUNTS_DIFFER, "two articles, one quote"),
    ("将第二条、第四条分别酌情修改为：“甲。”", Reason.WORDING, "a word of no set phrase"),
    ("将“市容管理局”修改为“城管”。", Reason.AMBIGUOUS_PLACE, "no place, and the words stand five times"),
    ("第三条增加一项，作为第六项：“（六）丁。”", Reason.IMPOSSIBLE_NUMBER, "items would not be in a row"),
    ("将第三条第四项修改为：“（四）丁。”", Reason.NO_SUCH_PLACE, "no such item"),
    ("将第二章章名修改为“罚则”。", Reason.NO_SUCH_PLACE, "no such chapter"),
    ("将附件修改为：“略。”", Reason.NO_SUCH_PLACE, "no annex"),
]


@pytest.mark.parametrize(("order", "reason", "form"), [pytest.param(*row, id=row[2]) for row in REFUSED])
def test_an_order_that_cannot_be_done_whole_is_not_done_at_all(order: str, reason: Reason, form: str) -> None:
    result = amended(order)
    assert result.outcome is Outcome.REFUSED, form
    assert [each.kind for each in result.unapplied] == [reason]
    assert result.text == amended("").text


def test_what_is_done_beside_what_is_refused_is_partial() -> None:
    result = amended("将第四条中的“一千元”修改为“二千元”。", "将第九条修改为：“略。”")
    assert result.outcome is Outcome.PARTIAL
    assert changed(result) == ["第四条　市容管理局可以处二千元罚款。"]


def test_a_reference_to_a_deleted_article_is_in_doubt() -> None:
    result = amended("删去第三条。", "对条文顺序作相应调整。")
    assert result.outcome is Outcome.PARTIAL
    assert [each.kind for each in result.doubts] == [Reason.DANGLING_REFERENCE]


@pytest.mark.parametrize(
    ("order", "kinds", "lines"),
    [
        ("增加一条，作为第二条：“乙。”", [Reason.AMBIGUOUS_PLACE], ["第二条　乙。", "第三条　略。"]),
        ("在第一条后增加一条，作为第二条：“乙。”", [], ["第二条　乙。", "第三条　略。"]),
        ("在第二章中增加一条，作为第二条：“乙。”", [], ["第二条　乙。", "第三条　略。"]),
    ],
    ids=["the number leaves it open", "after an article", "in a chapter"],
)
def test_the_side_of_a_heading_is_not_guessed_in_silence(
    order: str, kinds: list[Reason], lines: list[str]
) -> None:
    chapters = parse_text("某市办法\n第一章　总则\n第一条　甲。\n第二章　罚则\n第二条　略。\n")
    result = apply_amendment(chapters, order)
    assert [each.kind for each in result.doubts] == kinds
    shown = result.text.splitlines()
    assert all(line in shown for line in lines)
    assert (shown.index("第二条　乙。") > shown.index("第二章　罚则")) is ("第二章" in order)


def test_a_text_whose_numbers_run_back_is_in_doubt() -> None:
    broken = parse_text("某市办法\n第一条　甲。\n第三条　丙。\n第二条　乙。\n")
    result = apply_amendment(broken, "将第二条修改为：“丁。”")
    assert Reason.UNSOUND_TEXT in {each.kind for each in result.doubts}


@pytest.mark.parametrize(
    ("order", "line"),
    [
        (
            "第四条末尾增加“情节严重的，没收工具。”",
            "第四条　市容管理局可以处一千元罚款。情节严重的，没收工具。",
        ),
        ("在第四条末尾增加：“情节轻微的除外。”", "第四条　市容管理局可以处一千元罚款。情节轻微的除外。"),
        (
            "第四条最后增加“不服的，可以申请复议。”",
            "第四条　市容管理局可以处一千元罚款。不服的，可以申请复议。",
        ),
        ("第二条末尾增加“街道予以协助。”", "区市容管理局负责本区市容。街道予以协助。"),
        ("第二条第二款末尾增加“街道予以协助。”", "市容管理局负责市容，公安局配合。街道予以协助。"),
        ("第二条第二款末尾增加“、街道协助”", "市容管理局负责市容，公安局配合、街道协助。"),
        ("第三条第一项末尾增加“或者污水的”", "（一）乱扔垃圾的或者污水的；"),
        ("第三条第三项末尾增加“，不听劝阻的”", "（三）乱堆杂物的，不听劝阻的。"),
        ("第四条末尾增加一款：“情节严重的，没收工具。”", "情节严重的，没收工具。"),
        ("第四条增加一款，作为第二款：“情节严重的，没收工具。”", "情节严重的，没收工具。"),
    ],
)
def test_words_at_the_end_of_a_place_belong_to_its_last_sentence(order: str, line: str) -> None:
    """末尾 names a place inside the paragraph: its words are no paragraph, and words without a mark precede the mark."""
    result = amended(order)
    assert (result.outcome, changed(result)) == (Outcome.COMPLETE, [line])


@pytest.mark.parametrize("words", ["并责令改正。", "且不得拒绝。", "或者没收工具。"])
def test_words_that_go_on_after_a_full_stop_are_in_doubt(words: str) -> None:
    result = amended(f"第四条末尾增加“{words}”")
    assert result.outcome is Outcome.PARTIAL
