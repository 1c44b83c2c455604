"""Whether the two texts of a diff are an earlier and a later version of one document, or something else."""

import pytest

from policydiff import diff, parse
from policydiff.model import SidesDoubt

ARTICLES = tuple(
    f"第{number}条　{words}。"
    for number, words in zip(
        "一二三四五六",
        (
            "停车场经营者应当在入口处公示收费标准",
            "车辆停放者应当按照标识停放车辆",
            "市交通主管部门应当会同公安机关编制停车规划",
            "住宅小区的停车位应当优先满足业主需要",
            "违反规定收费的，由市场监督管理部门处以罚款",
            "新建公共建筑应当配建停车设施",
        ),
        strict=True,
    )
)
OTHERS = tuple(
    f"第{number}条　{words}。"
    for number, words in zip(
        "一二三四五六",
        (
            "养老机构应当与老年人签订服务协议",
            "区民政局负责养老服务的监督检查",
            "社区食堂每周至少供应五天午餐",
            "护理人员持证上岗并每年接受培训",
            "对困难家庭的老年人给予床位补贴",
            "医疗机构为老年人开设就医绿色通道",
        ),
        strict=True,
    )
)


def _text(title: str, body: str, day: str, articles: tuple[str, ...]) -> str:
    return "\n".join((title, *articles, body, day)) if body else "\n".join((title, *articles))


CITY, DISTRICT = "某市人民政府", "某市东山区人民政府"
PARKING, CARE = "某市停车管理办法", "某市养老服务实施方案"
ROWS = [
    (PARKING, CITY, ARTICLES, PARKING, CITY, ARTICLES, None, "the same text twice"),
    (
        PARKING,
        CITY,
        ARTICLES,
        f"{PARKING}（2023年修订）",
        CITY,
        ARTICLES,
        None,
        "a revision says so in its title",
    ),
    (PARKING, CITY, ARTICLES, "某市停车管理暂行办法", CITY, ARTICLES, None, "renamed, its articles kept"),
    (PARKING, CITY, ARTICLES, PARKING, CITY, OTHERS, None, "wholly rewritten under one title by one issuer"),
    (
        PARKING,
        CITY,
        ARTICLES,
        CARE,
        CITY,
        OTHERS,
        SidesDoubt.DOCUMENTS,
        "another title and nothing in common",
    ),
    (
        PARKING,
        CITY,
        ARTICLES,
        CARE,
        DISTRICT,
        ARTICLES,
        SidesDoubt.DOCUMENTS,
        "another title by another issuer, copied",
    ),
    (
        PARKING,
        CITY,
        ARTICLES,
        PARKING,
        DISTRICT,
        OTHERS,
        SidesDoubt.DOCUMENTS,
        "a title in common is not enough",
    ),
    (
        PARKING,
        CITY,
        ARTICLES,
        PARKING,
        DISTRICT,
        ARTICLES,
        None,
        "taken over by another body: it may have succeeded",
    ),
    (
        PARKING,
        "",
        ARTICLES,
        CARE,
        "",
        OTHERS,
        SidesDoubt.DOCUMENTS,
        "titles alone tell it where nobody signed",
    ),
    ("公告", "", ARTICLES, CARE, "", ARTICLES, None, "a title that names no document tells nothing"),
    (
        "公告",
        "",
        ARTICLES,
        CARE,
        "",
        OTHERS,
        SidesDoubt.DOCUMENTS,
        "nothing says they are one, the words say they are two",
    ),
    (
        PARKING + "（试行）",
        CITY,
        ARTICLES,
        PARKING + "（2025版）",
        CITY,
        OTHERS,
        None,
        "a new edition is a version, however much of it is written anew",
    ),
    # the border: half of the units, the title one of them
    (
        PARKING,
        CITY,
        ARTICLES,
        CARE,
        CITY,
        ARTICLES[:4] + OTHERS[4:],
        None,
        "five units of nine kept under a new title",
    ),
    (
        PARKING,
        CITY,
        ARTICLES,
        CARE,
        CITY,
        ARTICLES[:1] + OTHERS[1:],
        SidesDoubt.DOCUMENTS,
        "one article in six kept",
    ),
    ("", "", ARTICLES, "", "", OTHERS, SidesDoubt.DOCUMENTS, "neither title nor issuer, nothing in common"),
    ("", "", ARTICLES, CARE, "", OTHERS, SidesDoubt.DOCUMENTS, "one title known, nothing in common"),
    (
        "",
        "",
        ARTICLES,
        "",
        "",
        ARTICLES[:4] + OTHERS[4:],
        None,
        "four of six articles kept: a revision without a head",
    ),
    (
        "",
        "",
        ARTICLES,
        "",
        "",
        ARTICLES[:3] + OTHERS[3:],
        SidesDoubt.DOCUMENTS,
        "three of six kept: it cannot be told",
    ),
]


@pytest.mark.parametrize(("title", "issuer", "articles", "later", "by", "rest", "doubt", "why"), ROWS)
def test_two_documents_are_told(title, issuer, articles, later, by, rest, doubt, why: str) -> None:
    old = parse(_text(title, issuer, "2020年3月1日", articles))
    new = parse(_text(later, by, "2023年3月1日", rest))
    assert diff(old, new).doubt is doubt, why


def _dated(day: str, articles: tuple[str, ...] = ARTICLES) -> str:
    return "\n".join((PARKING, *articles, CITY, day))


@pytest.mark.parametrize(
    ("first", "second", "doubt", "why"),
    [
        ("2020年3月1日", "2023年3月1日", None, "the earlier one first"),
        ("2023年3月1日", "2020年3月1日", SidesDoubt.SWAPPED, "the later one first"),
        ("2023年3月2日", "2023年3月1日", SidesDoubt.SWAPPED, "a day is enough"),
        ("2023年3月1日", "2023年3月1日", None, "one day: no order"),
        ("", "2023年3月1日", None, "no day on one side"),
        ("2023年3月1日", "", None, "no day on the other"),
    ],
)
def test_swapped_versions_are_told(first: str, second: str, doubt: SidesDoubt | None, why: str) -> None:
    assert diff(parse(_dated(first)), parse(_dated(second, ARTICLES[:5]))).doubt is doubt, why


_ADOPTED = "2018年3月30日某市人民代表大会常务委员会第三次会议通过"
_PROMULGATED = "2004年4月30日中华人民共和国国务院令第406号公布"


@pytest.mark.parametrize(
    ("first", "second", "doubt", "why"),
    [
        (
            (_ADOPTED, "2021年9月24日第三十三次会议修正"),
            (_ADOPTED, "2024年3月29日第九次会议修正"),
            None,
            "amendments in order",
        ),
        (
            (_ADOPTED, "2024年3月29日第九次会议修正"),
            (_ADOPTED, "2021年9月24日第三十三次会议修正"),
            SidesDoubt.SWAPPED,
            "the later amendment first, adopted on one day",
        ),
        (
            (_ADOPTED, "2024年3月29日第九次会议修正"),
            (_ADOPTED,),
            SidesDoubt.SWAPPED,
            "the amended text before the one that was adopted",
        ),
        ((_ADOPTED,), (_ADOPTED, "2024年3月29日第九次会议修正"), None, "adopted, then amended"),
        (
            (_PROMULGATED, "2023年7月20日《国务院关于修改部分行政法规的决定》第五次修订"),
            (_PROMULGATED, "2022年3月29日《国务院关于修改部分行政法规的决定》第四次修订"),
            SidesDoubt.SWAPPED,
            "a regulation bears the day of its order, and no adoption",
        ),
        (
            (_PROMULGATED, "2022年3月29日《国务院关于修改部分行政法规的决定》第四次修订"),
            (_PROMULGATED, "2022年3月29日《国务院关于修改部分行政法规的决定》第四次修订"),
            None,
            "one text twice",
        ),
    ],
)
def test_swapped_versions_of_an_amended_statute_are_told(
    first: tuple[str, ...], second: tuple[str, ...], doubt: SidesDoubt | None, why: str
) -> None:
    one, other = (
        "\n".join((PARKING, *(f"（{head}）" for head in heads), *ARTICLES)) for heads in (first, second)
    )
    assert diff(parse(one), parse(other)).doubt is doubt, why


def test_the_doubt_is_told_on_the_first_screen() -> None:
    told = diff(parse(_text(PARKING, CITY, "", ARTICLES)), parse(_text(CARE, CITY, "", OTHERS)))
    assert "two documents" in told.to_markdown(lang="en")
    assert "两份文件" in told.to_markdown(lang="zh")


NAMED = [
    (f"{PARKING}实施细则", True, "what carries it out"),
    (f"《{PARKING}》实施办法", True, "what carries it out, with marks"),
    (f"关于《{PARKING}》的说明", True, "an explanation"),
    (f"《{PARKING}》政策解读", True, "a reading for the public"),
    (f"{CITY}关于修改《{PARKING}》的决定", True, "the decision that amends it"),
    (f"{PARKING}补充规定", True, "a supplement"),
    (f"关于适用《{PARKING}》若干问题的意见", True, "how to apply it"),
    (f"{CITY}关于印发《{PARKING}》的通知", False, "the notice that carries it"),
    (f"{PARKING}（修订草案征求意见稿）", False, "a draft of its revision"),
    (f"{PARKING}2023年修订版", False, "an edition, without brackets"),
    (f"{PARKING}V2.0", False, "an edition by number"),
    (f"{PARKING}全文", False, "the whole text, as a site calls it"),
    (f"{PARKING}_某市人民政府", False, "the name of the site behind the title"),
    (f"{PARKING}（英文版）", False, "a translation"),
    (f"{PARKING}释义", True, "a commentary"),
    (f"{PARKING}行政处罚裁量基准", True, "a scale of penalties under it"),
    (f"{PARKING}新旧条文对照表", True, "a table of old and new articles"),
    (f"关于废止《{PARKING}》的决定", True, "its repeal"),
    (f"东海省{PARKING}", False, "an area in front"),
    ("停车管理办法", False, "the area left out"),
    ("某市停车场管理办法", False, "renamed: it names no other"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "is_another", "why"), NAMED)
def test_a_title_that_names_the_other_text_is_no_version_of_it(
    title: str, is_another: bool, why: str
) -> None:
    one, other = parse(_text(PARKING, "", "", ARTICLES)), parse(_text(title, "", "", ARTICLES))
    assert [diff(*sides).doubt is SidesDoubt.DOCUMENTS for sides in ((one, other), (other, one))] == [
        is_another,
        is_another,
    ], why
