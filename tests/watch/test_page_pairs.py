"""Pairs of pages a day apart: noise is no version, a wall or a cut is a failure of its type, no real change is missed."""

from collections import Counter

import pytest

from benchmarks.watch_pages import judge, pairs
from policydiff.watch.failure import SourceFailedError
from policydiff.watch.judge import check_whole, core_lines, differ_beside, is_within
from watch.portal import page, policy_lines

HEAD = [
    "某市办法",
    "某府发〔2024〕1号",
    "一、加强管理，应当按季度报送。",
    "二、加强服务，给予最高50万元补助。",
]
SIGNED = [*HEAD, "三、本办法自2024年4月1日起施行。", "某市人民政府", "2024年3月5日"]


def test_the_matrix_is_judged_rightly() -> None:
    found = list(pairs())
    assert len(found) >= 200
    wrong = Counter((pair.name, pair.layout, pair.got) for pair in found if not pair.is_right)
    assert sum(wrong.values()) <= 0.03 * len(found), wrong
    assert not [pair for pair in found if pair.kind == "change" and pair.got == "unchanged"]


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("浏览次数：1301", False),
        ("点赞(12) 收藏(3)", False),
        ("下一篇：某通知", False),
        ("更新时间：2026-01-01", False),
        ("二、浏览次数应当如实公布。", True),  # a clause that speaks of a counter
        ("承办单位：某市文化馆", True),  # a fact of a plan
        ("联系电话：021-12345678", True),
        ("更新改造费用不超过30万元", True),
    ],
)
def test_lines_that_count(line: str, *, counts: bool) -> None:
    assert (core_lines("\n".join([*HEAD, line, *SIGNED[4:]])) != core_lines("\n".join(SIGNED))) is counts


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        ("欢迎关注本站公众号，获取更多资讯。", False),
        ("附件：补助标准", True),
        ("抄送：市委办公室", True),
        ("第一条　本办法所称补助，是指财政资金。", True),  # the text that a signed notice carries
    ],
)
def test_what_follows_the_signature_and_is_no_annex_is_not_text(after: str, *, counts: bool) -> None:
    assert (core_lines("\n".join([*SIGNED, after])) != core_lines("\n".join(SIGNED))) is counts


@pytest.mark.parametrize(
    ("kept", "is_cut"),
    [
        (SIGNED, False),
        ([*SIGNED[:4], *SIGNED[5:]], False),  # the last provision was dropped, the signature stands: one sign
        ([*SIGNED[:5], "某市人民政府", "2025年3月5日"], False),
        (SIGNED[:3], True),  # last provision and signature
        ([*SIGNED[:3], SIGNED[3][:9]], True),
    ],
)
def test_two_lost_signs_are_a_cut(kept: list[str], *, is_cut: bool) -> None:
    page_of = b"<html><body></body></html>"
    if not is_cut:
        check_whole(page_of, "\n".join(kept), page_of, "\n".join(SIGNED))
        return
    with pytest.raises(SourceFailedError):
        check_whole(page_of, "\n".join(kept), page_of, "\n".join(SIGNED))


def test_a_new_last_article_is_no_word_beside_the_text() -> None:
    old = ["某市办法", "第一条 甲。", "第二条 乙。"]
    assert differ_beside(old, [*old, "某市通知"])
    assert not differ_beside(old, [*old, "第三条 丙"])
    assert not differ_beside(old, [*old, "费用为30万元。"])
    assert not differ_beside(old, [*old, "联系电话:123"])


def test_a_text_is_found_on_the_page_only_as_a_whole() -> None:
    text = "\n".join(SIGNED)
    assert is_within(text, "导航\n" + text + "\n网友：支持")
    assert not is_within(text, "导航\n" + text.replace("50万元", "5万元"))
    assert not is_within(text, text + "\n四、新增一条。")


def test_a_page_whose_comments_outweigh_it_keeps_its_text() -> None:
    lines = policy_lines(
        "某市人民政府关于促进健康服务业发展的意见", "某府发〔2024〕25号", ["给予补助。", "加强管理。"]
    )
    comments = "".join(f"<p>网友{n}：很好，支持；希望尽快落实，谢谢。</p>" for n in range(40))
    first = page(lines).replace(b'<div id="zoom" class="TRS_Editor">', b'<div class="nr">')
    second = first.replace(
        b'<div class="share">', f'<div class="pl">{comments}</div><div class="share">'.encode()
    )
    assert judge(first, second)[0] == "unchanged"
