"""A superior sentence that several local sentences carry out: each answers for its own parts alone."""

import pytest

import policydiff
from policydiff.comparison import divided_sources
from policydiff.comparison.divided_sources import DividedSources
from policydiff.model import Effect, Genre

SUPERIOR = """某市人民政府关于加强消防安全工作的意见
一、完善责任体系
各区政府要加强对消防安全工作的组织领导，健全消防安全工作协调机制，将消防规划纳入城乡规划，支持保障消防经费投入，强化对消防安全的督导检查、考核评价等工作。
二、改善社会环境
依托第三方服务机构，强化消防安全高风险区域调查评估。
"""
KEPT = """某区人民政府关于加强消防安全工作的实施方案
根据《某市人民政府关于加强消防安全工作的意见》，制定本方案。
一、完善责任体系
加强对消防安全工作的组织领导，健全消防安全工作协调机制。将消防规划纳入城乡规划。加大消防经费保障力度。完善对消防工作的督导检查和考核评价制度。
"""
SOURCE = ("lvl_1", "各区应当建立会商机制，落实专项工作经费，定期开展监督检查。")


def _derived(local: str) -> dict[str, policydiff.SentenceComparison]:
    found = policydiff.compare(policydiff.parse(local), policydiff.parse(SUPERIOR))
    return {sentence.text: sentence for sentence in found.sentences if sentence.effect}


def test_what_another_sentence_says_is_not_left_out() -> None:
    derived = _derived(KEPT)
    assert len(derived) == 4
    loosened = [text for text, sentence in derived.items() if sentence.effect is Effect.LOOSENED]
    assert (loosened, [sentence.dropped for sentence in derived.values()]) == ([], [(), (), (), ()])


def test_what_none_of_them_says_is_left_out_once() -> None:
    without = KEPT.replace("完善对消防工作的督导检查和考核评价制度。", "")
    dropped = [part.text for sentence in _derived(without).values() for part in sentence.dropped]
    assert dropped == ["强化对消防安全的督导检查、考核评价等工作"]


@pytest.mark.parametrize(
    ("takers", "answered", "why"),
    [
        (["各区应当建立会商机制，落实专项工作经费。"], ["各区应当建立会商机制，落实专项工作经费，定期开展监督检查。"], "one taker answers for all"),
        (
            ["各区应当建立会商机制。", "落实专项工作经费，开展监督检查。"],
            ["各区应当建立会商机制，", "落实专项工作经费，定期开展监督检查。"],
            "each answers for its own; the second binds nobody",
        ),
        (
            ["各区应当建立会商机制。", "鼓励各区落实专项工作经费，开展监督检查。"],
            ["各区应当建立会商机制，", "各区应当落实专项工作经费，定期开展监督检查。"],
            "鼓励 is held against the 应当 before the parts taken",
        ),
        (
            ["各区应当建立会商机制。", "建立各区会商机制。"],
            ["各区应当建立会商机制，落实专项工作经费，定期开展监督检查。", "各区应当建立会商机制，"],
            "both say one part; what nobody says is the first one's",
        ),
        (
            ["各区应当建立会商机制。", "做好宣传。"],
            ["各区应当建立会商机制，落实专项工作经费，定期开展监督检查。", "各区应当建立会商机制，落实专项工作经费，定期开展监督检查。"],
            "who takes no part is compared with the whole",
        ),
    ],
)  # fmt: skip
def test_who_answers_for_which_part(takers: list[str], answered: list[str], why: str) -> None:
    divided = DividedSources(
        {SOURCE: [(number, words, True) for number, words in enumerate(takers)]}, Genre.POLICY
    )
    versions = [divided.answered_by(number, SOURCE).words for number in range(len(takers))]
    assert [version.replace(" ", "").replace("，。", "，").strip("。") for version in versions] == [
        version.strip("。") for version in answered
    ], why
    assert {len(version) for version in versions} == {len(SOURCE[1])}


CARE = """上海市人民政府关于养老机构的意见
一、规范收费
机构应当公开收费标准，不得向老年人收取押金，在五日内退还预付费用，并接受民政部门监督检查。
"""
OWN_CARE = """上海市静安区人民政府关于养老机构的实施意见
根据《上海市人民政府关于养老机构的意见》，制定本意见。
一、规范收费
"""


@pytest.mark.parametrize(
    ("local", "told", "why"),
    [
        ("机构应当公开收费标准。机构可以向老年人收取押金。在五日内退还预付费用。接受民政部门监督检查。", {"机构可以向老年人收取押金。": Effect.LOOSENED}, "a ban turned round"),
        ("机构应当公开收费标准。不得向老年人收取押金。在十五日内退还预付费用。接受民政部门监督检查。", {"在十五日内退还预付费用。": Effect.LOOSENED}, "a later day"),
        ("鼓励机构公开收费标准。不得向老年人收取押金。在五日内退还预付费用，并接受民政部门监督检查。", {"鼓励机构公开收费标准。": Effect.LOOSENED}, "a duty made a wish"),
        ("机构应当公开收费标准，不得向老年人收取押金。原则上在五日内退还预付费用，并接受民政部门监督检查。", {"原则上在五日内退还预付费用，并接受民政部门监督检查。": Effect.LOOSENED}, "a hedge"),
        ("机构应当公开收费标准。不得向老年人收取押金。在五日内退还预付费用。", {"机构应当公开收费标准。": Effect.LOOSENED}, "no inspection, told once"),
        ("机构应当公开收费标准，在五日内退还预付费用。机构应当接受民政部门监督检查。", {"机构应当公开收费标准，在五日内退还预付费用。": Effect.LOOSENED}, "no ban, told once"),
        ("机构应当公开收费标准。不得向老年人收取押金。机构应当在五日内退还预付费用。接受民政部门监督检查。", {}, "all of it, in four"),
    ],
)  # fmt: skip
def test_what_is_different_shows_in_a_divided_source(local: str, told: dict[str, Effect], why: str) -> None:
    found = policydiff.compare(policydiff.parse(OWN_CARE + local), policydiff.parse(CARE))
    derived = [sentence for sentence in found.sentences if sentence.effect]
    changed = {
        each.text: each.effect for each in derived if each.effect not in {Effect.SAME, Effect.LOCALISED}
    }
    assert changed == told, why
    assert not {"不得", "机构应当"} & {part.text for each in derived for part in each.dropped}, (
        "no bare bound word is left out"
    )


@pytest.mark.parametrize(
    ("threshold", "value", "part", "sentence", "said"),
    [
        ("SAYS", 0.55, "支持保障消防经费投入，", "加大消防经费保障力度，为消防工作提供坚实保障。", True),
        ("SAYS", 0.55, "健全完善消防安全工作协调机制，", "将消防规划纳入城乡整体规划，加大公共消防基础设施建设力度，完善应急预案和处置机制。", False),
    ],
)  # fmt: skip
def test_thresholds_at_their_borders(
    threshold: str, value: float, part: str, sentence: str, said: bool
) -> None:
    assert getattr(divided_sources, threshold) == value
    assert (divided_sources._share(part, sentence) >= value) is said
    assert abs(divided_sources._share(part, sentence) - value) < 0.12


CITY = """上海市人民政府关于推进公园城市建设的意见
一、主要任务
将关键指标纳入美丽街区创建标准，建成100个“公园型”美丽街区。
提升森林品质，森林覆盖率达到23%以上。
"""
DISTRICT = """上海市静安区人民政府关于推进公园城市建设的实施意见
根据《上海市人民政府关于推进公园城市建设的意见》，制定本意见。
一、主要任务
将关键指标纳入美丽街区创建标准，建成12个“公园型”美丽街区。
提升森林品质，森林覆盖率达到20%以上。
"""


@pytest.mark.parametrize(
    ("superior", "effects", "why"),
    [
        (
            CITY,
            {"美丽街区": Effect.DIFFERENT, "森林": Effect.LOOSENED},
            "a district's total is a part of its city's, a rate is not",
        ),
        (
            CITY.replace("上海市人民政府", "上海市黄浦区人民政府"),
            {"美丽街区": Effect.LOOSENED, "森林": Effect.LOOSENED},
            "of one level, fewer is less",
        ),
    ],
)
def test_totals_of_areas_of_two_levels(superior: str, effects: dict[str, Effect], why: str) -> None:
    found = policydiff.compare(policydiff.parse(DISTRICT), policydiff.parse(superior))
    told = {
        word: sentence.effect
        for word in effects
        for sentence in found.sentences
        if word in sentence.text and sentence.effect
    }
    assert told == effects, why


@pytest.mark.parametrize(
    ("second", "answers", "why"),
    [
        ("做好助餐、助浴、助医服务。", True, "0.74 of the half-sentence, which the first says whole"),
        ("开展助餐、助浴服务。", False, "0.64 of it"),
    ],
)
def test_a_list_that_two_sentences_take(second: str, answers: bool, why: str) -> None:
    source = ("lvl_1", "开展助餐、助浴、助医、助行服务，落实专项工作经费。")
    takers = ["开展助餐、助浴、助医、助行服务。", f"{second.rstrip('。')}，落实专项工作经费。"]
    divided = DividedSources(
        {source: [(number, words, True) for number, words in enumerate(takers)]}, Genre.POLICY
    )
    assert divided_sources.SAYS_TOO == 0.7
    assert divided.answered_by(1, source).holds(0, 5) is answers, why
