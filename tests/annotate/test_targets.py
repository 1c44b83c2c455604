"""Numbers that set goals, conditions and grants: values, metrics, qualifiers, deadlines, kinds."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings, strategies as st

from policydiff.annotate import annotate
from policydiff.annotate.candidates import as_printed, find_deadlines, quantities_of, with_digits
from policydiff.annotate.targets import find_targets
from policydiff.model import ClauseKind, Target
from policydiff.parsing import parse_text

from .factories import passages


def found(*texts: str, kind: ClauseKind = ClauseKind.LEVEL, is_statute: bool = False) -> list[Target]:
    return list(find_targets(passages(*texts, kind=kind), 2019, is_statute=is_statute))


def short(target: Target) -> str:
    parts = (
        target.kind.value,
        target.metric,
        f"{target.value}{target.unit}",
        target.qualifier,
        target.deadline,
    )
    return " | ".join(part or "-" for part in parts)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("产值达30亿元、1000亿元以上", "30亿元 1000亿元"),
        ("1-2家、16—24岁、5%至10%、100~200个", "1-2家 16-24岁 5-10% 100-200个"),  # every dash
        ("１０００万元、1,200.5万吨", "1000万元 1200.5万吨"),  # full width, thousands
        ("百分之六十五、百分之二点五、百分之二至百分之三", "65% 2.5% 2-3%"),
        ("4个小时、3个月、10个百分点", "4个小时 3个月 10个百分点"),
        ("3万多人、200余家", "3万人 200家"),
        ("到2020年、2019年1月1日至12月31日、2018-2020年", ""),
        ("第56次会议、第145054号提案、第3条", ""),
        ("“十四五”规划、“健康中国2030”战略、“5+X”布局、3+5+X政策", ""),
        ("《行动纲要（2019-2022年）》、沪府发〔2018〕25号、《5个一百行动》", ""),
        ("世界500强企业、G60科创走廊、5G网络、IPv6", ""),
        ("见附件1、表2、电话：021-12345678", ""),
        # more digits than any amount has: fill of forms, codes, runs of a broken font
        (f"共{'9' * 40}亿元、30亿元", "30亿元"),
        (f"{'一' * 60}万人、3万人", "3万人"),
        (f"约{'9' * 29}平方米", ""),
        (f"1{'0' * 17}元、10元", f"1{'0' * 17}元 10元"),  # 18 digits are read
        (f"每年{'9' * 30}次、每年2次", "2次"),
    ],
)
def test_quantities(words: str, expected: str) -> None:
    quantities = quantities_of(words)
    assert [f"{quantity.value}{quantity.unit}" for quantity in quantities] == expected.split()


def test_each_side_of_a_size_is_named_by_what_is_measured() -> None:
    targets = found("样品的体积不得超过30厘米×40厘米×50厘米，重量不得超过15公斤。", is_statute=True)
    assert [f"{target.metric} {target.value}" for target in targets] == [
        "样品的体积 30",
        "样品的体积 40",
        "样品的体积 50",
        "重量 15",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("到2023年，", "2023"),
        ("至2025年底前", "2025"),
        ("2025年6月底前", "2025-06"),
        ("2020年12月31日前", "2020-12"),
        ("2024年上半年", "2024上半年"),
        ("“十四五”期间", "“十四五”"),
        ("“十四五”规划", ""),  # a plan, not a period
        ("2021年，完成", "2021"),
        ("2018年以来", ""),
        ("自2020年起", ""),
        ("2019年度", ""),
        ("到2015年", ""),  # before the document
        ("根据2020年实施的办法", ""),
        ("到二〇二五年", "2025"),  # a year in words is a year
        ("2025年以前", "2025"),
        ("2025年3月31日前", "2025-03"),
        ("到2022年、2025年", "2022 2025"),
        ("2020年1月1日至2021年12月31日，", ""),  # a span of time, and no day by when
        ("一九八三年九月一日前已获得职称的", ""),  # what has been
        ("2020年底前已建成的", ""),
        ("增加到2025年的1000座", "2025"),  # 的 makes no attribute of a year that a value is reached in
        ("2025年的工作", ""),
        ("2025.12.31前", "2025-12"),
        ("2024年第三季度", "2024三季度"),
        ("“十四五”末", "“十四五”末"),
        ("至“十四五”期末", "“十四五”末"),
    ],
)
def test_deadlines(words: str, expected: str) -> None:
    assert " ".join(deadline.text for deadline in find_deadlines(words, 2019)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # goals
        ("到2023年,占全区税收总收入的比重达到7%左右。", "target | 占全区税收总收入的比重 | 7% | 左右 | 2023"),
        ("到2023年,总部型企业力争达到10家。", "target | 总部型企业 | 10家 | 力争 | 2023"),
        ("到2020年，增加值占比力争达到6%左右，成为中心。", "target | 增加值占比 | 6% | 力争、左右 | 2020"),
        ("到2020年，每万名常住人口配备的卫生监督员数量达到0.75名。", "target | 每万名常住人口配备的卫生监督员数量 | 0.75名 | - | 2020"),
        ("全国农机总动力稳定在11亿千瓦左右，", "target | 全国农机总动力 | 11亿千瓦 | 左右 | -"),
        ("加快4所市级示范医养结合机构建设", "target | 市级示范医养结合机构建设 | 4所 | - | -"),
        ("确保担保业务占比达到80%以上", "target | 担保业务占比 | 80% | 确保、以上 | -"),
        ("将平均费率降至1%以下", "target | 平均费率 | 1% | 以下 | -"),
        ("到2022年，比例不低于30%", "target | 比例 | 30% | 不低于 | 2022"),  # a limit with a deadline is a goal
        ("到2025年，审批时限压缩至3个工作日", "target | 审批时限压缩 | 3个工作日 | - | 2025"),
        # conditions
        ("先行放开100张床位及以上的社会办医疗机构", "threshold | 床位 | 100张 | 及以上 | -"),
        ("科目设置不超过4个。", "threshold | 科目设置 | 4个 | 不超过 | -"),
        ("连续经营1年以上、符合目录的项目", "threshold | 连续经营 | 1年 | 以上 | -"),
        ("合作机构担保金额占比不得低于80%", "threshold | 合作机构担保金额占比 | 80% | 不得低于 | -"),
        ("职工人数达到25%并签订合同的，可申请贷款", "threshold | 职工人数 | 25% | - | -"),
        ("投资总额5000万元及以上的项目", "threshold | 投资总额 | 5000万元 | 及以上 | -"),
        ("处5万元以下的罚款", "threshold | 罚款 | 5万元 | 以下 | -"),
        ("余额超过6万元；", "threshold | 余额 | 6万元 | 超过 | -"),
        # grants
        ("减按15%的税率征收企业所得税", "support | 税率 | 15% | - | -"),
        ("最长可办理5年有效期的外国人工作许可证", "support | 有效期的外国人工作许可证 | 5年 | 最长 | -"),
        ("可返还其上年度缴纳失业保险费的50%。", "support | 其上年度缴纳失业保险费 | 50% | - | -"),
        ("可申请最高不超过15万元的创业担保贷款", "support | 创业担保贷款 | 15万元 | 最高、不超过 | -"),
        # in Chinese numerals
        ("原则上每省培育一家龙头机构，引进三至五家企业", "target | 龙头机构 | 1家 | 原则上 | -; target | 企业 | 3-5家 | - | -"),
        ("三年内建成十个以上示范园区", "target | 示范园区 | 10个 | 以上 | -"),
        ("到2025年，新增上市企业二十家", "target | 新增上市企业 | 20家 | - | 2025"),
        ("新增一千二百张床位", "target | 新增床位 | 1200张 | - | -"),
        ("处五万元以上十万元以下的罚款", "threshold | 罚款 | 5-10万元 | 以上、以下 | -"),
        ("一次性补助二十万元", "support | 一次性补助 | 20万元 | - | -"),
        ("一家一策，第一批三个方面的五大工程，三五家单位联合，由一名副市长负责", ""),
        ("建设一个平台，打造一批示范点，召集两个以上经营者", ""),  # one and two stand for some
        # times within or before which something is to be done
        ("应当在有效期届满的30日前提出申请。", ""),
        ("自收到申请之日起15日内作出决定。", ""),
        ("自批准之日起2年内未开工的，应当重新申请。", ""),
        ("应当在5个工作日内办结。", ""),
        ("可在3年内保留原有人事关系", "threshold | 保留原有人事关系 | 3年 | 内 | -"),  # a right, and how long it lasts
        # statements
        ("专家委员会涵盖了四个方面的22名专家", ""),
        ("联盟由39家企业组成", "") ,
        ("推广的改革举措（共23项）", ""),
        ("将24项督查激励措施调整增加为30项督查激励措施", ""),
        ("必须24小时值班", ""),
        ("每5年修订1次目录", ""),
        ("本方案自印发之日起30日内", ""),
    ],
)  # fmt: skip
def test_kinds(words: str, expected: str) -> None:
    assert "; ".join(short(target) for target in found(words)) == expected


def test_a_deadline_governs_the_list_after_it() -> None:
    text = (
        "到2022年,力争培育1-2家产值达30亿元、5-8家产值超10亿元的龙头企业,新增1-2个国家级创新平台、"
        "10个左右省级创新平台,全市产值年均增长15%左右,努力打造高地。"
    )
    assert [(target.value, target.unit, target.metric, target.deadline) for target in found(text)] == [
        ("1-2", "家", "产值达30亿元的龙头企业", "2022"),
        ("30", "亿元", "产值", "2022"),
        ("5-8", "家", "产值超10亿元的龙头企业", "2022"),
        ("10", "亿元", "产值", "2022"),
        ("1-2", "个", "新增国家级创新平台", "2022"),
        ("10", "个", "省级创新平台", "2022"),
        ("15", "%", "全市产值年均增长", "2022"),
    ]


def test_a_grant_of_two_limits() -> None:
    text = "对新药给予前期研发投入最高10%且不超过1000万元的资金支持。"
    assert [short(target) for target in found(text)] == [
        "support | 前期研发投入 | 10% | 最高 | -",
        "support | 资金支持 | 1000万元 | 不超过 | -",
    ]


def test_two_numbers_share_a_metric_or_have_their_own() -> None:
    targets = found("到2025年，花生种植、收获机械化率分别达到65%和55%，建设50所高水平学校和150个骨干专业。")
    assert [(target.metric, target.value) for target in targets] == [
        ("花生种植、收获机械化率", "65"),
        ("花生种植、收获机械化率", "55"),
        ("高水平学校", "50"),
        ("骨干专业", "150"),
    ]


def test_goals_keep_the_deadline_over_sentences_and_grants_do_not() -> None:
    targets = found(
        "到2020年，产业规模达到4000亿元。申报上市药品50个以上。给予100万元奖励。到2025年，达到9000亿元。"
    )
    assert [(target.value, target.deadline) for target in targets] == [
        ("4000", "2020"),
        ("50", "2020"),
        ("100", None),
        ("9000", "2025"),
    ]


def test_a_lead_governs_what_it_introduces() -> None:
    made = passages("到2025年，主要目标是：", "规模达到100亿元。", "规模达到200亿元。")
    for (passage, clause), clause_id in zip(made, ("lvl_1", "lvl_1__lvl_1", "lvl_2"), strict=True):
        assert clause is not None
        passage.clause = clause_id
    moved = [
        (passage, clause.model_copy(update={"id": passage.clause})) for passage, clause in made if clause
    ]
    assert [target.deadline for target in find_targets(moved)] == ["2025", None]


def test_a_statute_sets_conditions_unless_it_names_a_year() -> None:
    targets = found("持有股份达到5%时应当报告。", "到2025年，占比应当达到8%。", is_statute=True)
    assert [target.kind.value for target in targets] == ["threshold", "target"]


def test_tables_of_indicators() -> None:
    targets = found(
        "序号\t指标名称\t单位\t2020年完成值\t2023年\t2025年目标",
        "1\t研发投入强度\t%\t2.1\t2.5左右\t≥3",
        "2\t企业数量（家）\t\t80\t100\t120-150",
        "3\t环境质量\t-\t良好\t良好\t优",
        kind=ClauseKind.ROW,
    )
    assert [short(target) for target in targets] == [
        "target | 研发投入强度 | 2.5% | 左右 | 2023",
        "target | 研发投入强度 | 3% | ≥ | 2025",
        "target | 企业数量（家） | 100 | - | 2023",
        "target | 企业数量（家） | 120-150 | - | 2025",
    ]


def test_the_text_is_where_the_span_points() -> None:
    text = "到2023年，总部型企业力争达到10家，税收占比达到7%左右。"
    for target in found(text):
        assert text[target.span.start : target.span.end] == target.text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (  # what a thing counted is worth is no qualifier of the count
            "到2025年，培育年产值超百亿元企业3家以上、超50亿元企业10家以上",
            ["target | 年产值超百亿元企业 | 3家 | 以上 | 2025", "target | 企业 | 50亿元 | 超 | 2025", "target | 企业 | 10家 | 以上 | 2025"],
        ),
        (  # two years for two values
            "到2022年和2025年，居民健康素养水平分别不低于22%和30%。",
            ["target | 居民健康素养水平 | 22% | 不低于 | 2022", "target | 居民健康素养水平 | 30% | 不低于 | 2025"],
        ),
        (  # one noun for two numbers
            "建成1个国家级、3个市级创新中心",
            ["target | 国家级创新中心 | 1个 | - | -", "target | 市级创新中心 | 3个 | - | -"],
        ),
        (  # the second part goes on about the first one's metric
            "全市财政收入增长6%左右，力争达到7%。",
            ["target | 全市财政收入增长 | 6% | 左右 | -", "target | 全市财政收入增长 | 7% | 力争 | -"],
        ),
        (  # an age that is reached is a goal, an age of persons a condition
            "人均预期寿命提高到79岁，年满60周岁以上老年人",
            ["target | 人均预期寿命 | 79岁 | - | -", "threshold | 老年人 | 60周岁 | 满、以上 | -"],
        ),
        ("PM2.5年均浓度控制在35微克/立方米以下", ["target | PM2.5年均浓度 | 35微克/立方米 | 以下 | -"]),
        ("截至2018年底，全市共有规上企业350家。", []),  # a statement
        ("2021年，完成投资100亿元", ["target | 投资 | 100亿元 | - | 2021"]),
        ("打造10大应用场景、5个千亿级产业集群", ["target | 千亿级产业集群 | 5个 | - | -"]),
    ],
)  # fmt: skip
def test_lists_of_goals(words: str, expected: list[str]) -> None:
    assert [short(target) for target in found(words)] == expected


@settings(deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            "一二三五十百千两零〇万亿元家个名至到以上下培育建成多余，。点半年月1\U0001d7ce\U0001d7d8"
        ),
        max_size=40,
    )
)
def test_numerals_are_written_as_digits_and_back(words: str) -> None:
    found = quantities_of(words)
    written = with_digits(words, found)
    assert len(written) == len(words)
    if written != words:
        assert as_printed(written) == words
    assert all(0 <= each.start < each.end <= len(words) and each.value for each in found)


def test_units_are_sound() -> None:
    """A number before any unit of the lexicon is read with the unit whole, its value as printed."""
    data = tomllib.loads(files("policydiff.lexicon").joinpath("units.toml").read_text(encoding="utf-8"))
    factors = [each for kinds in data.values() for each in kinds.values()]
    for unit in [unit for each in factors for writings in each.values() for unit in writings]:
        (quantity,) = quantities_of(f"共12{unit}。")
        assert f"{quantity.value}{quantity.unit}" == f"12{unit.replace('元人民币', '元')}"


def test_masked_names_keep_their_place() -> None:
    words = "《甲（2019-2022年）》提出到2020年，“5+X”达到７％"
    (found,) = quantities_of(words)
    assert words[found.start : found.end] == "７％"


@pytest.mark.parametrize(
    ("words", "metric", "value", "qualifier"),
    [
        ("2025年农村社区平均不少于1个社会组织", "农村社区", "1", "不少于"),  # 平均 is no part of the name
        ("孤儿年满18周岁后，仍在就学", "孤儿", "18", "满"),  # nor is 后
        ("不满16周岁的儿童", "儿童", "16", "不满"),  # not the contrary
        ("给予一次性3000元不等的救助金", "救助金", "3000", "不等"),
        ("2025年20%的社区要按照标准建站", "社区", "20", None),  # the noun ends before the verb
        ("至少设立一名专（兼）职协管员", "专（兼）职协管员", "1", "至少"),  # a bracket inside the noun
        ("推动规模场和新增的7家龙头企业入网", "新增龙头企业入网", "7", None),
        ("收入高于等于1万元的村", "收入", "1", "高于等于"),
        ("2025年案件办结率达100%", "案件办结率", "100", None),
        ("2025年家庭医生签约率达到80%", "家庭医生签约率", "80", None),  # 约 of a word is no qualifier
        ("2025年合同履约率达95%", "合同履约率", "95", None),
        ("2025年儿童近视率下降到30%", "儿童近视率", "30", None),  # nor is 近
        ("2025年绿化覆盖率达到约40%", "绿化覆盖率", "40", "约"),
    ],
)
def test_metrics_and_qualifiers_read_in_district_documents(
    words: str, metric: str, value: str, qualifier: str | None
) -> None:
    (found,) = find_targets(passages(words))
    assert (found.metric, found.value, found.qualifier) == (metric, value, qualifier)


@pytest.mark.parametrize(
    ("words", "expected", "reason"),
    [
        ("公园数量从438座增加到1000座以上。", "公园数量 1000座 以上", "the metric stands before 从"),
        ("森林覆盖率从18.49%提升到19.5%。", "森林覆盖率 19.5% -", "the same, a share"),
        ("公园数从四百座增加到一千座以上", "公园数 1000座 以上", "numerals in words"),
        ("城镇化率由60%提高至65%，常住人口从100万人增加到120万人", "城镇化率 65% -; 常住人口 120万人 -", "two in a row"),
        ("到2025年，公园数量从2020年的438座增加到1000座", "公园数量 1000座 -", "with the year of the baseline"),
        ("床位从2020年的1000张，增加到2025年的2000张", "床位 2000张 -", "with both years, over a comma"),
        ("将平均办理时限由20个工作日压缩至5个工作日", "平均办理时限 5个工作日 -", "a length of time, with 将"),
        ("绿道总长度由2000公里左右增加到3000公里", "绿道总长度 3000公里 -", "a qualifier behind the baseline"),
        ("PM2.5浓度由35微克/立方米下降到30微克/立方米", "PM2.5浓度 30微克/立方米 -", "a value by volume"),
        ("将申领条件由参加失业保险3年以上放宽至参保1年以上", "参保 1年 以上", "what is moved to has a name of its own"),
        ("建成10个以上“公园型”乡村振兴示范片区以及50个以上示范村", "“公园型”乡村振兴示范片区 10个 以上; 示范村 50个 以上", "以及 is no part of a name"),
        ("建成20家研究院和100个实验室", "研究院 20家 -; 实验室 100个 -", "nor is 和"),
        ("建成20家研究院，以及100个实验室", "研究院 20家 -; 实验室 100个 -", "over a comma"),
        ("县道和乡村道年均养护工程比例分别不低于13%、8%", "县道年均养护工程比例 13% 不低于; 乡村道年均养护工程比例 8% 不低于", "each its own name"),
        ("城镇和农村居民人均可支配收入分别达到6万元、3万元", "城镇居民人均可支配收入 6万元 -; 农村居民人均可支配收入 3万元 -", "words of one family"),
        ("失业率、通胀率分别控制在5%、3%", "失业率 5% -; 通胀率 3% -", "names that stand whole"),
        ("一级、二级和三级医院数量分别达到10家、20家和30家", "一级医院数量 10家 -; 二级医院数量 20家 -; 三级医院数量 30家 -", "three of them"),
        ("男性和女性平均预期寿命分别达到80岁和85岁", "男性平均预期寿命 80岁 -; 女性平均预期寿命 85岁 -", "ages"),
        ("花生种植、收获机械化率分别达到65%和55%", "花生种植、收获机械化率 65% -; 花生种植、收获机械化率 55% -", "nothing tells where the shared words begin"),
        ("处五千元以上三万元以下罚款", "罚款 5000-30000元 以上、以下", "a floor and a ceiling are one range"),
        ("对违反规定的依法处五千元以上三万元以下罚款", "罚款 5000-30000元 以上、以下", "a fine is no 违反规定的依法"),
        ("处骗取经费金额10%以上30%以下的罚款", "骗取经费金额 10-30% 以上、以下", "a share of something is a share of it"),
        ("由主管部门处货值金额一倍以上三倍以下罚款", "货值金额 1-3倍 以上、以下", "so is a multiple"),
        ("可以并处1万元以上5万元以下的罚款", "罚款 1-5万元 以上、以下", "of one scale"),
        ("奖励五十万元以上一百万元以下", "奖励 50-100万元 以上、以下", "a grant"),
        ("罚款5000元至1万元", "罚款 5000-10000元 -", "of two scales"),
        ("建成5家以上、10家以下", "5-10家 以上、以下", "a mark between them"),
        ("予以补贴（最高不超过28万元/台）", "予以补贴 28万元/台 最高、不超过", "a bracket that closes behind the rate is no part of it"),
        ("奖励10元/（人·月）以上", "奖励 10元/(人·月) 以上", "a rate that stands in brackets keeps them"),
        ("重点扶持“空壳”村（村级集体经济年经营性收入低于1万元）", "村级集体经济年经营性收入 1万元 低于", "the name stands in the open bracket"),
        ("重点扶持薄弱村（年总产值低于1万元）", "年总产值 1万元 低于", "four characters in the bracket name something"),
        ("重点扶持薄弱村（总收入低于1万元）", "重点扶持薄弱村 1万元 低于", "three do not yet"),
        ("超过期限3个月以内（含3个月）的，按500元发放", "超过期限 3个月 超过、以内; 发放 500元 -", "含3个月 sets nothing of its own"),
        ("超过期限3个月以内(不含3个月)的，按500元发放", "超过期限 3个月 超过、以内; 发放 500元 -", "nor does 不含"),
        ("凡超过期限3个月以上的，给予补助", "超过期限 3个月 超过、以上", "凡 is no part of a name"),
        ("疗休养费用标准为每人平均每年不低于800元", "疗休养费用标准 800元 不低于", "nor is 为每人"),
        ("顶岗实习时间一般为6个月", "顶岗实习时间 6个月 -", "nor an adverb"),
        ("对建成区内300米以上的区域进行改造", "建成区内 300米 以上", "建成区 is a place"),
        ("到2025年建成绿道50公里", "绿道 50公里 -", "建成 is a verb elsewhere"),
        ("规模3000人以上的学校不超过2所", "学校 3000人 以上; 学校 2所 不超过", "no range: other things"),
    ],
)  # fmt: skip
def test_metrics_of_moves_lists_and_ranges(words: str, expected: str, reason: str) -> None:
    shown = [
        f"{each.metric} {each.value}{each.unit} {each.qualifier or '-'}".strip() for each in found(words)
    ]
    assert "; ".join(shown) == expected, reason


@pytest.mark.parametrize(
    ("sentence", "metric", "reason"),
    [
        (
            "到2023年，健康产业规模不断扩大，占全市生产总值的比重达到7%左右。",
            "健康产业占全市生产总值的比重",
            "whose share it is stands at the head of the sentence",
        ),
        (
            "到2025年，区域生命健康产业税收占全区税收总收入的比重达到8%。",
            "区域生命健康产业税收占全区税收总收入的比重",
            "it says so itself",
        ),
        (
            "到2025年，城市建成区50%以上的面积达到海绵城市建设要求。",
            "城市建成区面积达到海绵城市建设要求的比例",
            "a share of a thing that reaches a state",
        ),
        ("到2030年，80%以上的面积达到目标要求。", "面积达到目标要求的比例", "the same without a place"),
    ],
)
def test_a_share_says_of_what(sentence: str, metric: str, reason: str) -> None:
    text = f"某区方案\n一、目标\n{sentence}\n"
    [target] = annotate(parse_text(text), text).targets
    assert target.metric == metric, reason
