"""Labels that stand apart from their values: at the head of a column, above a list of related texts, in brackets, behind a day."""

import pytest

from benchmarks.watch_pages import judge

_CLAUSES = "".join(
    f"<p>第{n}条　停车场经营者应当按照第{n}类标准收费，并在入口公示收费标准和投诉电话；对执行任务的警车、救护车免费，对新能源汽车减半收费。</p>"
    for n in "一二三四五六七八九"
)


def _page(above: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>某区停车场收费办法</title></head><body><div class='nav'><a href='/'>首页</a></div><div class='main'><div class='sheet'>{above}</div><h1>某区停车场收费办法</h1><div id='zoom'>{_CLAUSES}<p>某区发展改革委</p><p>2023年2月20日</p></div></div><div class='foot'>主办：某区人民政府办公室</div></body></html>".encode()


_SHEET = "<table><thead><tr><th>索引号</th><th>{}</th><th>发布机构</th></tr></thead><tbody><tr><td>A-1</td><td>{}</td><td>某局</td></tr></tbody></table>"
_PLAIN = "<table><tr><td>文号</td><td>{}</td></tr><tr><td>某发〔2023〕4号</td><td>{}</td></tr></table>"
_LIST = "<p><b>{}：</b></p><ul><li><a href='/1'>第5/2009號行政法規</a> - 泊車規章。</li>{}</ul>"
_MORE = "<li><a href='/2'>第12/2011號行政法規</a> - 收費表。</li>"

ROWS = (
    (_SHEET.format("有效期至", "2028-11-30"), _SHEET.format("有效期至", "2026-11-30"), "changed", "the last day, under its head"),
    (_SHEET.format("施行日期", "2023-12-01"), _SHEET.format("施行日期", "2024-01-01"), "changed", "the first day, under its head"),
    (_SHEET.format("有效性", "有效"), _SHEET.format("有效性", "失效"), "changed", "a state under its head"),
    (_PLAIN.format("废止日期", "2026-11-30"), _PLAIN.format("废止日期", "2025-11-30"), "changed", "heads that are plain cells"),
    (_SHEET.format("公开日期", "2023-11-06"), _SHEET.format("公开日期", "2023-11-07"), "unchanged", "when it was put up"),
    (_SHEET.format("浏览次数", "88"), _SHEET.format("浏览次数", "91"), "unchanged", "a counter under its head"),
    (_LIST.format("廢止", ""), _LIST.format("廢止", _MORE), "changed", "one more text that it ends"),
    (_LIST.format("修改", ""), _LIST.format("修改", _MORE), "changed", "one more text that amends it"),
    (_LIST.format("已被修改", _MORE), _LIST.format("已被修改", ""), "changed", "a text that amends it is gone"),
    (_LIST.format("Amended by", ""), _LIST.format("Amended by", "<li><a href='/3'>Bylaw No. 2245 of 2023</a></li>"), "changed", "in English"),
    (_LIST.format("相关解读", ""), _LIST.format("相关解读", "<li><a href='/2'>《某区停车场收费办法》解读</a></li>"), "unchanged", "an explanation"),
    (_LIST.format("相关法规", ""), _LIST.format("相关法规", "<li><a href='/2'>某区道路管理办法</a></li>"), "unchanged", "a related text"),
    ("<p><a href='/x'>修改：</a></p><p><a href='/1'>某市道路管理办法</a></p>", "<p><a href='/x'>修改：</a></p><p><a href='/1'>某市桥梁管理办法</a></p>", "unchanged", "a link of the menu heads no list"),
    ("<ol><li><b>[主题分类]</b> <span>城市管理/停车</span></li></ol>", "<ol><li><b>[主题分类]</b> <span>城乡建设/停车</span></li></ol>", "unchanged", "a subject behind its label in brackets"),
    ("<ol><li><b>[有效性]</b> <span>是</span></li></ol>", "<ol><li><b>[有效性]</b> <span>否</span></li></ol>", "changed", "a state behind its label in brackets"),
    ("<ol><li><b>【适用对象】</b> <span>停车场经营者</span></li></ol>", "<ol><li><b>【适用对象】</b> <span>公共停车场经营者</span></li></ol>", "changed", "whom it applies to, in brackets"),
    ("<p><b>2023年2月27日</b> <b>来源：</b><span>某司</span></p>", "<p><b>2023年2月28日</b> <b>来源：</b><span>某司</span></p>", "unchanged", "the day in front of a source"),
    ("<p><b>2023年2月27日</b> <b>施行日期：</b><span>2023年3月1日</span></p>", "<p><b>2023年2月27日</b> <b>施行日期：</b><span>2023年4月1日</span></p>", "changed", "the day behind a label"),
    ("<p><b>2024年3月1日</b> <b>地址：</b><span>某路1号</span></p>", "<p><b>2024年3月8日</b> <b>地址：</b><span>某路1号</span></p>", "unsure", "a day in front of the place of a hearing"),
    ("<p><b>2024年3月1日</b> <b>电话：</b><span>020-38622512</span></p>", "<p><b>2024年3月8日</b> <b>电话：</b><span>020-38622512</span></p>", "unsure", "a day in front of a telephone"),
    ("<table><tr><td>公开方式</td><td>主动公开</td></tr><tr><td>失效日期</td><td>2025-01-01</td></tr></table>", "<table><tr><td>公开方式</td><td>主动公开</td></tr><tr><td>失效日期</td><td>2026-01-01</td></tr></table>", "changed", "labels beside their values, in two rows"),
    ("<table><tr><td>浏览次数</td><td>索引号</td></tr><tr><td>失效日期</td><td>2025-01-01</td></tr></table>", "<table><tr><td>浏览次数</td><td>索引号</td></tr><tr><td>失效日期</td><td>2026-01-01</td></tr></table>", "changed", "a row that begins with a label is no row of values"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "due", "why"), ROWS, ids=[why for *_, why in ROWS])
def test_a_value_is_judged_by_its_label_wherever_the_label_stands(
    old: str, new: str, due: str, why: str
) -> None:
    assert judge(_page(old), _page(new))[0] == due, why
