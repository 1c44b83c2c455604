"""What a format knows of lines decides where words do not: lines in the middle in larger type are the title."""

import pytest

from policydiff.model import Span, TextBlock
from policydiff.parsing import parse_text

BODY = "全市各部门要抓好落实，持续改进工作。"
Line = tuple[str, bool, float]
"""Words, whether they are centred, size of their type."""


def read(*lines: Line) -> str | None:
    text, blocks = "", []
    for words, centred, size in lines:
        blocks.append(
            TextBlock(
                kind="paragraph", span=Span(len(text), len(text) + len(words)), centred=centred, size=size
            )
        )
        text += f"{words}\n"
    return parse_text(text, blocks=blocks).title


PLAIN = [(BODY, False, 16.0)] * 3
TITLES = [
    ([("让城市更健康", True, 22.0), *PLAIN], "让城市更健康", "no kind of document at its end"),
    ([("让企业更省心", True, 22.0), ("二十条", True, 22.0), *PLAIN], "让企业更省心二十条", "over two lines"),
    (
        [("内部资料", False, 16.0), ("让城市更健康", True, 22.0), *PLAIN],
        "让城市更健康",
        "a line above it at the margin",
    ),
    (
        [("让城市更健康", True, 22.0), ("某市的做法与体会", True, 16.0), *PLAIN],
        "让城市更健康",
        "a centred line below it in the type of the text",
    ),
    ([("让城市更健康", False, 16.0), *PLAIN], None, "a short line set as the text is"),
    ([("让城市更健康", True, 16.0), *PLAIN], None, "centred, in the type of the text"),
    ([("让城市更健康", False, 22.0), *PLAIN], None, "large, at the margin"),
    ([("让城市更健康", True, 19.0), *PLAIN], None, "a trifle larger: the borderline below 1.2"),
    ([("让城市更健康", True, 19.3), *PLAIN], "让城市更健康", "the borderline above 1.2"),
    (
        [("某市人民政府关于加强管理的通知", True, 16.0), ("各区：", False, 16.0), *PLAIN],
        "某市人民政府关于加强管理的通知",
        "words that show a title by themselves",
    ),
    ([("让城市更健康", True, 0.0), *PLAIN], None, "a format that knows no sizes"),
]


@pytest.mark.parametrize(("lines", "title", "reason"), TITLES, ids=[row[2] for row in TITLES])
def test_the_look_of_lines_shows_the_title(lines: list[Line], title: str | None, reason: str) -> None:
    assert read(*lines) == title


def test_words_alone_read_as_before() -> None:
    text = f"让城市更健康\n{BODY}\n{BODY}\n"
    assert parse_text(text).title is None
