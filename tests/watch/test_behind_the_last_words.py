"""Facts of a document behind its signature, in round brackets and in the words of a picture; counters there are the page's."""

import pytest

from benchmarks.watch_pages import judge
from policydiff.watch.judge.core import core_lines, squeeze

_SIGNED = "第一条　甲应当登记。\n第二条　乙应当备案。\n第三条　丙应当报告。\n某市人民政府\n2024年3月5日"
BEHIND = (
    ("受理地点：行政服务中心二楼18号窗口", True, "where to apply"),
    ("办公时间：工作日9:00-12:00", True, "when"),
    ("（咨询电话：12345转3）", True, "whom to call, in brackets"),
    ("网上申报：http://sb.gd.gov.cn/2025", True, "an address"),
    ("监督电话：020-83120001", True, "where to complain"),
    ("邮寄地址：某路8号", True, "where to write"),
    ("责任编辑：张三", False, "the editor of the page"),
    ("来源：市政府办公室", False, "the source of the page"),
    ("上一篇：关于防汛的通知", False, "a neighbour"),
    ("浏览次数：128", False, "a counter"),
    ("咨询请关注公众号：某市发布", False, "an account of the site"),
    ("市民王先生", False, "a name without a label"),
)  # fmt: skip


@pytest.mark.parametrize(("line", "counts", "why"), BEHIND, ids=[why for *_, why in BEHIND])
def test_a_labelled_line_right_behind_the_signature_is_of_the_document(
    line: str, counts: bool, why: str
) -> None:
    assert (core_lines(f"{_SIGNED}\n{line}")[-1] == squeeze(line)) is counts, why


def test_behind_a_line_of_the_page_a_labelled_one_is_the_pages() -> None:
    assert core_lines(f"{_SIGNED}\n责任编辑：张三\n办公地点：某路8号")[-1] == "2024年3月5日"


BRACKETS = (
    ("三、文物（收藏3件以上）的保管单位", True),
    ("三、教材（阅读2遍）后填写意见", True),
    ("三、窗口配备（浏览器1台）的网点", True),
    ("三、信息（转发3次）未回复的", True),
    ("附件：1.申请表（本页2份）", True),
    ("附件：申报指南（下载次数：12）", False),
    ("附件：申报指南（下载次数：12次）", False),
    ("三、申报指南（阅读：120）", False),
)


@pytest.mark.parametrize(("line", "stays"), BRACKETS)
def test_a_figure_between_round_brackets_is_the_pages_under_a_label_alone(line: str, stays: bool) -> None:
    counted = core_lines(f"一、甲应当登记。\n二、乙应当备案。\n{line}")[2]
    assert (counted == squeeze(line)) is stays


LISTINGS = (
    ("</script>", True),
    ("<div class='x'>", True),
    ("<上一篇", False),
    ("< 返回列表", False),
    ("»更多", False),
)


@pytest.mark.parametrize(("line", "counts"), LISTINGS)
def test_a_tag_in_a_listing_of_code_is_no_arrow_of_the_page(line: str, counts: bool) -> None:
    assert (core_lines(f"一、甲应当登记。\n二、乙应当备案。\n{line}")[-1] == squeeze(line)) is counts


_BODY = "<p>一、甲应当登记。</p><p>二、乙应当在三十日内向主管部门备案，逾期不予受理，并由主管部门责令限期改正；拒不改正的，记入信用记录，三年内不得再次申请。</p>{}<p>三、本办法自公布之日起施行。</p>"
_PAGE = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>收费办法_某市</title></head><body><ul><li><a href='/'>首页</a></li></ul><div class='m'><h1>收费办法</h1><div class='t'>{}</div></div><div class='f'>版权所有</div></body></html>"
PICTURES = (
    ("<img src='/u/sf.png' alt='收费标准：每次20元'>", "<img src='/u/sf.png' alt='收费标准：每次30元'>", "changed", "what it says"),
    ("<img src='/u/20240301.png' alt='20240301.png'>", "<img src='/u/20240917.png' alt='20240917.png'>", "changed", "the file and its name"),
    ("<img src='/u/20240301.png' alt='收费标准一览表'>", "<img src='/u/20240917.png' alt='收费标准一览表'>", "changed", "the file alone"),
    ("<img src='/u/20240301.png' alt='收费标准一览表'>", "<img src='/u/20240917.png' alt='新收费标准一览表'>", "changed", "the file and what it says"),
    ("<img src='/u/20240301.png'>", "<img src='/u/20240301.png' alt='微信图片_20240301.png'>", "unchanged", "the name of its file"),
    ("<img src='/u/20240301.png'>", "<img src='/u/blank.gif' data-original='/u/20240301.png'>", "unchanged", "shown late"),
    ("<img src='/u/blank.gif' data-src='/u/20240301.png'>", "<img src='/u/blank.gif' data-src='/u/20240917.png'>", "changed", "another one, shown late"),
    ("<img src='/u/eye.png' alt='浏览次数：12'>", "<img src='/u/eye.png' alt='浏览次数：340'>", "unchanged", "a counter"),
    ("<a href='/x'><img src='/u/b.png' alt='专题：春耕生产'></a>", "<a href='/x'><img src='/u/c.png' alt='专题：防汛抗旱'></a>", "unchanged", "a banner"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "due", "why"), PICTURES, ids=[why for *_, why in PICTURES])
def test_what_a_picture_of_the_text_says_counts(old: str, new: str, due: str, why: str) -> None:
    pages = [_PAGE.format(_BODY.format(f"<p>{each}</p>")).encode() for each in (old, new)]
    assert judge(*pages)[0] == due, why


DOWNLOADS = (
    ("附件：<a href='/f/1.pdf'>指南.pdf</a>（下载次数：12）", "附件：<a href='/f/1.pdf'>指南.pdf</a>（下载次数：13）", "unchanged"),
    ("附件：<a href='/f/1.pdf'>指南.pdf</a>（12KB，下载5次）", "附件：<a href='/f/1.pdf'>指南.pdf</a>（19KB，下载5次）", "changed"),
    ("附件：<a href='/f/1.pdf'>指南.pdf</a>（大小：12KB）", "附件：<a href='/f/1.pdf'>指南.pdf</a>（大小：19KB）", "changed"),
    ("附件：<a href='/f/1.pdf'>指南.pdf</a>（2024年版）", "附件：<a href='/f/1.pdf'>指南.pdf</a>（2026年版）", "changed"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "due"), DOWNLOADS)
def test_beside_an_annex_a_counter_is_the_pages_and_a_size_the_files(old: str, new: str, due: str) -> None:
    pages = [_PAGE.format(_BODY.format("") + f"<p>{each}</p>").encode() for each in (old, new)]
    assert judge(*pages)[0] == due
