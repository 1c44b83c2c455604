"""The type that a message of a site tells, by examples: none of these sentences is one of them."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from policydiff.lexicon.examples import squeeze, told_by, told_own
from policydiff.watch.judge.core import lays_down


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("抱歉，您要找的通知已经被发布者删除啦", "gone"),
        ("该页面已被外星生物带走", "gone"),
        ("Sorry, that document has been taken down and is no longer here", "gone"),
        ("机房搬迁，本站点今晚暂停访问", "transient"),
        ("后台服务响应超时，请过会儿再试", "transient"),
        ("Our servers are too busy right now, please try again in a minute", "transient"),
        ("请拖动滑块，证明您是真人", "blocked"),
        ("该部分内容仅会员可阅读，请先登录", "blocked"),
        ("Your request looks like an attack and was blocked by our firewall", "blocked"),
        ("请使用单位账号登录后查阅", "blocked"),
        ("頁面不存在或已被刪除", "gone"),  # traditional signs
        ("{{ article.body }}", "empty"),  # a template that nobody filled in
        ("关于公布年度考核结果的通知", None),
        (
            "第五条　申请人应当登录平台提交材料；逾期不予受理。",
            None,
        ),  # a provision speaks of logging in as well
        ("为了加强管理，制定本办法。", None),
        ("", None),
        ("404", None),  # one part alone
    ],
)
def test_a_message_is_told_by_what_it_shares_with_others(words: str, kind: str | None) -> None:
    told = told_by(words)
    assert (told.kind if told is not None else None) == kind


@pytest.mark.parametrize(
    "words",
    [
        "关于停水的通知 因管道检修，定于3月6日8时至18时停水，请做好储水准备。某供水公司",
        "公告 经研究，决定废止《某办法》。特此公告。某局 2024年1月1日",
        "关于删除《某目录》第三项的公告 自2024年3月1日起施行。某局",
        "关于公布失效文件目录的决定 下列文件失效，不再执行。某区人民政府",
        "关于注销律师执业证书的公告 因本人申请，注销其执业证书。某区司法局",
        "关于登录某系统报送数据的通知 请各单位于5日前登录系统报送。某局",
        "关于限制机动车通行的通告 自1月1日起，禁止货车在二环内通行。违者处罚。某市公安局",
        "关于调整网上受理时间的公告 工作日9:00—17:00受理，节假日暂停。某局",
        "Notice: the Order of 2009 is revoked. 1 May 2025",
    ],
)
def test_a_short_document_is_no_message(words: str) -> None:
    """The words of messages stand in short documents too; a first version of one must not be refused for them."""
    assert told_by(words) is None


def test_words_that_fit_two_types_alike_tell_none() -> None:
    """The margin decides: half a sentence of one type, and the shorter half of another."""
    assert told_by("内容不存在，请登录") is None
    told = told_by("内容不存在")
    assert told is not None
    assert told.kind == "gone"


def test_each_example_is_of_its_own_type() -> None:
    text = files("policydiff.lexicon").joinpath("messages.toml").read_text("utf-8")
    wrong = [
        (kind, line)
        for kind, lines in tomllib.loads(text).items()
        for line in filter(str.strip, lines.splitlines())
        if (told := told_by(line)) is not None and told.kind != kind
    ]
    assert not wrong


def test_each_example_of_a_line_is_of_its_own_kind() -> None:
    text = files("policydiff.lexicon").joinpath("own_lines.toml").read_text("utf-8")
    text = text.replace(" ‖ ", "\n")
    kinds = {
        kind: [line for line in lines.splitlines() if line.strip()]
        for kind, lines in tomllib.loads(text).items()
    }
    assert [line for line in kinds["text"] if told_own(squeeze(line))] == []
    others = [line for line in kinds["page"] if not told_own(squeeze(line))]
    assert len(others) <= 0.1 * len(kinds["page"]), others


@pytest.mark.parametrize(
    ("line", "is_own", "reason"),
    [
        ("阅读 1,234", True, "a counter without a colon"),
        ("已被访问 88 次", True, "a counter without a colon, its words in another order"),
        ("已被围观 88 次", False, "a word of no example: where nothing decides, a line counts"),
        ("下一篇：某市供水条例", True, "a neighbour, whatever its title is"),
        ("值班责编：某某", True, "an imprint with a word before its label"),
        ("👍 28", True, "a sign and a number"),
        ("长按下方二维码关注", True, "words to follow a site"),
        ("Was this page helpful?", True, "a question about the page"),
        ("Last modified on 4 May 2024", True, "a day of the page"),
        ("承办单位：区文化馆", False, "a fact of a plan"),
        ("联系人：周工，电话：027-6666 2306", False, "whom to ask"),
        ("时间：2024年9月20日至22日", False, "when it takes place: a label that pages have too"),
        ("更新改造费用不超过30万元", False, "words of pages in a provision"),
        ("图书馆阅读推广活动", False, "reading as a subject"),
        ("物业服务收费标准", False, "the words of laws that come nearest to those of pages"),
        ("Part II General duties", False, "a heading"),
        ("参加人数：不少于600人", False, "a number that measures"),
        ("♡", False, "a sign without a number tells nothing"),
        ("", False, "nothing"),
    ],
)
def test_a_line_of_the_page_is_told_by_examples(line: str, *, is_own: bool, reason: str) -> None:
    assert told_own(squeeze(line)) is is_own, reason


def test_short_lines_of_real_laws_are_no_lines_of_a_page(shared_data: Path) -> None:
    lines = {
        line
        for path in sorted(shared_data.glob("revisions/*/*.*")) + sorted(shared_data.glob("adoption/*/*.md"))
        if path.suffix in {".md", ".txt"}
        for line in path.read_text("utf-8", errors="replace").splitlines()
        if line.strip() and not line.startswith(("#", "<")) and not lays_down(squeeze(line))
    }
    crumbs = {
        "Cookie声明",
        "搜索",
        "免责声明",
        "编辑",
        "隐私政策",
        "Public domain",
        "本站的全部文字在",
        "统计",
    }
    # All of the page that a text was copied from.
    assert {line for line in lines if told_own(squeeze(line))} <= crumbs
