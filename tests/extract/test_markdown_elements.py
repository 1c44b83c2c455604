"""HTML that a generator of sites lets into Markdown: its words stay, its tags do not."""

import pytest

from policydiff.extract.markdown import read_markdown
from policydiff.extract.reading import Request
from policydiff.model import ClauseKind
from policydiff.parsing import parse_text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('# 某办法\n\n<div role="alert" class="rounded">\n  <svg width="24"><path d="M9 12"/></svg>\n  <strong>修订时间</strong>\n  <p>2014年9月23日公布</p>\n</div>\n\n第一条 甲。', ["某办法", "修订时间", "2014年9月23日公布", "第一条 甲。"]),
        ("<center>某通知</center>\n\n各单位：", ["某通知", "各单位："]),
        ('第一条 <a id="x"></a>甲<sup>1</sup>。<u>乙</u>。', ["第一条 甲¹。乙。"]),
        ("<table>\n<tr><th>序号</th><th>任务<br>名</th></tr>\n<tr><td>1</td><td><b>甲</b>&lt;乙</td></tr>\n</table>", ["| 序号 | 任务<br>名 |", "| 1 | 甲<乙 |"]),
        ("<details><summary>附则</summary>第九条 丙。</details>", ["附则", "第九条 丙。"]),
        ("<style>p { color: red }</style>\n第一条 甲。", ["第一条 甲。"]),
        # An address in pointed brackets is shown without them.
        ("见<https://example.com/a>。", ["见https://example.com/a。"]),
        # No tags: comparisons, names in pointed brackets.
        ("甲<5且乙>3。", ["甲<5且乙>3。"]),
        ("按<某办法>执行。", ["按<某办法>执行。"]),
        ("a < b，p > q", ["a < b，p > q"]),
    ],
)  # fmt: skip
def test_tags_go_and_words_stay(written: str, text: list[str]) -> None:
    found = read_markdown(Request(written.encode())).text
    assert [line.strip() for line in found.split("\n") if line.strip()] == text


@pytest.mark.parametrize("rule", ["|---|---|", "| :-- | --: |", "|-|-|"])
def test_the_head_of_a_table_stays_with_its_rows(rule: str) -> None:
    written = f"裁量基准\n\n| 情节 | 幅度 |\n{rule}\n| 轻微 | 警告 |\n| 严重 | 罚款 |\n\n| 备注 | 说明 |\n{rule}\n| 甲 | 乙 |\n"
    document = parse_text(read_markdown(Request(written.encode())).text)
    tables = [clause for clause in document.walk() if clause.kind is ClauseKind.TABLE]
    assert [len(table.children) for table in tables] == [3, 2]
