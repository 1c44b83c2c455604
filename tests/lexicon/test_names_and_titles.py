"""Names of bodies, titles, dates and furniture: spellings and their normal forms."""

import pytest

from policydiff.lexicon.bodies import Body, bodies_agree, body_name, same_body
from policydiff.lexicon.furniture import is_furniture, without_furniture
from policydiff.lexicon.horizons import parse_date
from policydiff.lexicon.titles import ACT_KINDS, DocumentTitle, same_title, text_decided_on


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("中华人民共和国最高人民法院", "最高人民法院", True),
        ("最高人民法院", "最高法院", True),
        ("最高人民检察院", "最高检", True),
        ("最高人民法院", "最高人民检察院", False),
        ("中华人民共和国财政部", "财政部", True),
        ("国家发展和改革委员会", "国家发展改革委", True),
        ("国家发展和改革委员会", "发展改革委", True),
        ("中国证券监督管理委员会", "证监会", True),
        ("上海市人大常委会", "上海市人民代表大会常务委员会", True),
        ("上海市政府", "上海市人民政府", True),
        ("上海市科学技术委员会", "上海市科委", True),
        ("上海市科委", "江苏省科技厅", False),  # one system, two bodies
        ("卫生计生委", "国家卫生健康委员会", True),  # made of one another in 2018
        ("上海市卫生计生委", "上海市卫生健康委", True),
        ("上海市卫生计生委", "江苏省卫生健康委", False),  # the reform moved no place
        ("财政部", "商务部", False),
        ("国务院", "国务院办公厅", False),
        ("静安区人民政府", "普陀区人民政府", False),
    ],
)
def test_names_of_bodies(one: str, other: str, same: bool) -> None:
    assert same_body(one, other) is same
    assert same_body(other, one) is same


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("中华人民共和国最高人民法院", "最高人民法院"),
        ("中华人民共和国 国务院", "国务院"),
        ("某某省人民检察院", "某某省人民检察院"),
        ("中华人民共和国主席", "中华人民共和国主席"),  # an office of the state, not a body under its name
        ("某 某 省 人 民 检 察 院", "某某省人民检察院"),
    ],
)
def test_normal_names(printed: str, normal: str) -> None:
    assert body_name(printed) == str(Body.parse(printed)) == normal


@pytest.mark.parametrize(
    ("ones", "others", "agree"),
    [
        (("静安区人民政府",), ("上海市静安区人民政府",), True),  # the place above it may be printed
        (("上海市人民代表大会",), ("上海市人民代表大会常务委员会",), True),
        ((), ("财政部",), True),  # unknown contradicts nothing
        (("财政部", "税务总局"), ("税务总局",), True),
        (("财政部",), ("税务总局",), False),
        (("静安区人民政府",), ("普陀区人民政府",), False),
    ],
)
def test_bodies_that_agree(ones: tuple[str, ...], others: tuple[str, ...], agree: bool) -> None:
    assert bodies_agree(ones, others) is agree


GENERIC = [
    "公告", "公    告", "通知", "决定", "附件", "附件2", "附件一", "目录", "申请表", "名单", "令", "中华人民共和国主席令", "批复", "复函", "关于有关工作的通知",
    "公告第3号", "关于适用《某法》", "补充通知", "无标题", "通知公告", "会议纪要",
]  # fmt: skip
TELLING = [
    "某省公告管理办法", "刑法", "宪法", "民法典", "关于发布价格目录的公告", "附件管理规定", "某区申请表管理办法", "关于人民法院执行工作若干问题的规定", "立法法",
    "国务院关于促进健康服务业发展的若干意见",
]  # fmt: skip


@pytest.mark.parametrize("title", GENERIC)
def test_a_kind_of_paper_is_no_name(title: str) -> None:
    assert DocumentTitle.parse(title).is_generic


@pytest.mark.parametrize("title", TELLING)
def test_titles_that_name_a_document(title: str) -> None:
    assert not DocumentTitle.parse(title).is_generic


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("中华人民共和国公司法", "公司法", True),
        ("某法（2018年修正）", "某法", True),
        ("某办法（试行）", "某办法", True),
        ("某实施意见（2025版）", "某实施意见（试行）", True),
        ("某目录（2019年本）", "某目录（2024年本）", True),
        ("某导则（第二版）", "某导则", True),
        ("某方案（3.0版）", "某方案（4.0版）", True),
        ("某手册（英文版）", "某手册", False),
        ("某行动方案（2021-2023年）", "某行动方案（2024-2026年）", False),
        ("2021年某指导意见", "2022年某指导意见", False),
        ("最高人民法院关于适用某法的解释", "关于适用某法的解释", True),
        ("关于适用《某法》的解释", "关于适用〈某法〉的解释", True),
        (
            "关于适用某法的解释（一）",
            "关于适用某法的解释（二）",
            False,
        ),  # a series, and not issues of one text
        ("关于适用某法若干问题的规定", "关于适用某法若干问题的补充规定", False),
        ("某市优化营商环境条例", "某省优化营商环境条例", False),
        ("某法实施条例", "某法", False),
        ("关于2021年工作要点的通知", "关于2022年工作要点的通知", False),
    ],
)
def test_titles_compared(one: str, other: str, same: bool) -> None:
    assert same_title(one, other) is same


@pytest.mark.parametrize(
    ("title", "carried"),
    [
        ("国务院办公厅关于印发某某行动方案的通知", "某某行动方案"),
        ("某省教育厅转发教育部关于某事的意见的通知", "关于某事的意见"),
        ("关于开展宣传活动的通知", None),
    ],
)
def test_the_title_inside_a_notice(title: str, carried: str | None) -> None:
    assert DocumentTitle.parse(title).carried == carried


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2021年11月29日", "2021-11-29"),
        ("２０２１年１１月２９日", "2021-11-29"),
        ("二〇二一年十一月二十九日", "2021-11-29"),
        ("二○二一年十一月廿九日", "2021-11-29"),
        ("一九九九年元月初三日", "1999-01-03"),
        ("2021 年 1 月 3 日", "2021-01-03"),
        ("2021-11-29", "2021-11-29"),
        ("2021/1/3", "2021-01-03"),
        ("2021.01.03 10:00", "2021-01-03"),
        ("2021年2月30日", None),  # no such day
        ("2021年11月", None),
        ("十一月二十九日", None),
    ],
)
def test_dates(words: str, day: str | None) -> None:
    found = parse_date(words)
    assert (None if found is None else found.isoformat()) == day


FURNITURE = [
    "浏览次数：1,234", "阅读量 56 次", "本文已被浏览1234次", "点赞(12) 收藏(3) 转发(9)", "【字体：大 中 小】",
    "【打印本页】【关闭窗口】【字体：大 中 小】", "打印本页 | 关闭窗口", "分享到：微信 微博",
    "您现在的位置：首页 > 政务公开 > 文件", "首页 > 政务公开 > 政策文件", "上一篇：关于印发某某办法的通知",
    "【责任编辑：张三】", "来源：某市人民政府办公厅 发布时间：2021-11-29 10:00",
    "2021-11-29 10:00 来源：某市人民政府 作者：张三 浏览次数：12", "发布时间：2021年11月29日",
    "今天是2026年11月22日 星期日", "扫一扫在手机打开当前页", "无障碍浏览 | 长者模式",
]  # fmt: skip
WORDS_OF_A_POLICY = [
    "一、浏览次数应当如实公布。", "来源合法、用途正当的数据方可使用。",
    "（三）发布时间由市政府办公厅确定，各部门应当按时公布。", "第五条 首页应当设置无障碍浏览入口。",
    "2021年11月29日", "某市人民政府办公厅", "附件：任务分工表", "责任编辑应当取得资格。",
    "关闭危险路段，打印通知书。", "版权所有人享有下列权利：", "分享发展成果", "保存期限不少于十年", "收藏文物的登记",
    "下载服务规范", "主办单位：某市科委", "星期一",
]  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_goes_wherever_it_stands(line: str) -> None:
    assert is_furniture(line)
    assert without_furniture(["前文。", line, "后文。"]) == ["前文。", "后文。"]


@pytest.mark.parametrize("line", WORDS_OF_A_POLICY)
def test_words_of_a_policy_stay(line: str) -> None:
    assert without_furniture(["前文。", line, "后文。"]) == ["前文。", line, "后文。"]


def test_what_counts_at_the_edges_only() -> None:
    lines = ["星期日", "第一条 甲。", "主办单位：某市科委", "第二条 乙。"]
    footer = ["主办单位：某市科委", "版权所有：某市人民政府", "沪ICP备05000001号-2", "网站标识码：3100000001"]
    assert without_furniture([*lines, *footer]) == lines[1:]
    assert without_furniture([*lines, "技术支持：某公司"]) == lines[1:]
    assert (
        without_furniture([*lines, "联系电话：021-12345678"])[-1] == "联系电话：021-12345678"
    )  # no footer below
    assert without_furniture(["前文。", *footer, "后文。"]) == ["前文。", *footer, "后文。"]


@pytest.mark.parametrize("kind", ACT_KINDS.split("|"))
def test_each_kind_of_act_changes_and_carries_a_text(kind: str) -> None:
    """One list of the kinds of acts serves all readers, so that a 通告 changes a text as a 通知 does."""
    assert text_decided_on(f"某市关于修改《甲停车办法》的{kind}") == "甲停车办法"
    assert DocumentTitle.parse(f"关于印发乙行动方案的{kind}").carried == "乙行动方案"


@pytest.mark.parametrize(
    "title",
    [
        "某市关于修改《甲停车办法》的通告栏",  # a place
        "某市关于修改《甲停车办法》的说明",  # explains, orders nothing
        "某市关于修改《甲停车办法》的命令行工具",  # another word
        "某市关于征求修改《甲停车办法》意见的函",  # asks
        "某市关于宣传《甲停车办法》的通告",  # changes nothing
    ],
)
def test_what_only_looks_like_an_act_changes_nothing(title: str) -> None:
    assert text_decided_on(title) is None
