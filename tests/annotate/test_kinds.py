"""What a number is for: each rule decides the sentences its docstring gives as examples."""

import pytest

from policydiff.annotate import annotate, number_purposes
from policydiff.annotate.targets import find_targets
from policydiff.model import Target, TargetKind
from policydiff.parsing import parse_text

from .factories import passages

GOAL, LIMIT, GRANT = TargetKind.TARGET, TargetKind.THRESHOLD, TargetKind.SUPPORT

EXAMPLES = [
    ("_is_baseline", "注册志愿者由2000户提高到3000户", {"3000": GOAL}),
    ("_is_term", "自受理之日起15日内答复", {}),
    ("_is_term", "届满的30日前申请", {}),
    ("_is_condition", "年产值超过1亿元的，给予奖励", {"1": LIMIT}),
    ("_is_own_part", "提出28项措施", {}),
    ("_is_own_part", "重点任务（共12项）", {}),
    ("_is_penalty", "处50000元以上100000元以下的罚款", {"50000-100000": LIMIT}),
    ("_is_penalty", "处10日以下拘留", {"10": LIMIT}),
    ("_bounds_without_date", "缺席超过3次取消资格", {"3": LIMIT}),
    ("_bounds_without_date", "应有5名以上执业医师", {"5": LIMIT}),
    ("_is_grant", "给予最高500万元奖励", {"500": GRANT}),
    ("_is_grant", "减按15%的税率征收", {"15": GRANT}),
    ("_is_grant", "优先支持10家企业", {"10": GRANT}),
    ("_is_fact", "现有企业39家", {}),
    ("_is_fact", "建成了10个园区", {}),
    ("_tells_apart", "服务50人以上单位", {"50": LIMIT}),
    ("_is_attribute", "2020年底前全部消除收入5万元以下的薄弱村", {"5": LIMIT}),
    ("_is_horizon", "力争用5年左右时间", {}),
    ("_is_limit_of_time", "有效期5年", {"5": LIMIT}),
    ("_is_limit_of_time", "年满60周岁", {"60": LIMIT}),
    ("_is_reached", "规模达到4000亿元", {"4000": GOAL}),
    ("_is_reached", "办理时间缩短至3天", {"3": GOAL}),
    ("_is_level", "人均公园绿地面积9平方米", {"9": GOAL}),
    ("_is_share_that_reaches", "到2025年，60%以上的村建成美丽乡村", {"60": GOAL}),
    ("_is_mere_time", "培训7天", {}),
    ("_has_deadline", "到2025年，企业1000家", {"1000": GOAL}),
    ("_is_share", "抽检合格率90%以上", {"90": GOAL}),
    ("_is_reached", "案件查处率达100%", {"100": GOAL}),  # 查处 punishes nobody here
    ("_is_reached", "认证数比增10%以上", {"10": GOAL}),
    ("_is_share", "社区民警100%配备终端", {"100": GOAL}),
    ("_is_condition", "居民入住率达到50%的，要成立居民委员会", {"50": LIMIT}),
    ("_is_made", "培育10家龙头企业", {"10": GOAL}),
    ("_is_worked_over", "整治河道20公里", {"20": GOAL}),
    ("_is_limit_of_goal", "到2025年，主要目标是：企业上市。医院30家", {"30": GOAL}),
    ("_is_limit", "每班不超过30人", {"30": LIMIT}),
]


@pytest.mark.parametrize(("rule", "sentence", "expected"), EXAMPLES, ids=[row[1] for row in EXAMPLES])
def test_a_rule_decides_its_example(
    monkeypatch: pytest.MonkeyPatch, rule: str, sentence: str, expected: dict[str, TargetKind]
) -> None:
    deciding: list[str] = []

    def noting(context: number_purposes.Context) -> TargetKind | None:
        deciding.append(next((holds.__name__ for holds, _ in number_purposes._RULES if holds(context)), ""))
        return number_purposes.kind_of(context)

    monkeypatch.setattr("policydiff.annotate.targets.kind_of", noting)
    found = {target.value: target.kind for target in find_targets(passages(sentence))}
    assert found == expected
    assert rule in deciding


def test_every_rule_has_an_example_here_and_a_reason() -> None:
    rules = [rule.__name__ for rule, _ in number_purposes._RULES]
    assert {row[0] for row in EXAMPLES} == set(rules)
    assert all(rule.__doc__ for rule, _ in number_purposes._RULES)


def _targets(words: str) -> tuple[Target, ...]:
    text = f"某市工作方案\n一、目标\n（一）{words}\n"
    return annotate(parse_text(text), text).targets


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("到2023年，绿色建筑占比达到85%；到2024年达到90%；到2025年达到100%。", ["85 2023", "90 2024", "100 2025"]),
        ("2023年、2024年、2025年绿色建筑占比分别达到80%、90%、100%。", ["80 2023", "90 2024", "100 2025"]),
        ("绿色建筑占比2025年达到45%。", ["45 2025"]),
        ("绿色建筑占比2023年达到20%，2025年达到22%。", ["20 2023", "22 2025"]),
        ("绿色建筑占比到2023年底达到38%以上，到2025年底达到45%以上。", ["38 2023", "45 2025"]),
        ("2025年和2030年，绿色建筑占比分别达到20%和25%左右。", ["20 2025", "25 2030"]),
        ("到2023年、2025年，绿色建筑占比分别达到20%、22%。", ["20 2023", "22 2025"]),
        ("力争2024年绿色建筑占比达到3%，2025年达到3.5%。", ["3 2024", "3.5 2025"]),
        ("绿色建筑占比2024年提高到60%，2026年提高到70%。", ["60 2024", "70 2026"]),
        ("绿色建筑占比达到85%。到2024年新增绿色建筑30个。", ["85 None"]),
    ],
)  # fmt: skip
def test_one_metric_over_several_years_bears_one_name(words: str, told: list[str]) -> None:
    found = _targets(words)
    assert [f"{each.value} {each.deadline}" for each in found if each.metric == "绿色建筑占比"] == told


def test_a_verb_alone_goes_on_with_the_object_before_it() -> None:
    found = _targets("到2022年底新增床位500张，2023年底新增800张。")
    assert [(each.metric, each.value) for each in found] == [("新增床位", "500"), ("新增床位", "800")]
