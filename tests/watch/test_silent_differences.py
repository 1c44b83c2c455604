"""Differences that a page can hide from its watcher: sentences behind a signature, paragraphs under the last number, pictures, contacts, long pages; and what looks like them."""

import pytest

from benchmarks.watch_pages import judge
from policydiff.watch.judge.core import core_lines, squeeze

_SIGNED = "第一条 补贴标准为每人每月800元。\n第二条 由市财政局负责解释。\n市财政局\n2024年3月5日\n"

BEHIND = (
    ("因系统调整，申请截止时间延至2025年9月30日。", True, "another deadline"),
    ("更正：第一条中的800元应为880元。", True, "a correction"),
    ("本通知第二条自2025年1月1日起暂停执行。", True, "a clause suspended"),
    ("咨询时间为工作日9:00至17:00，逾期不予受理。", True, "when to ask"),
    ("申请人未按时提交的，视为放弃。\n逾期不补。", True, "two sentences"),
    ("网友评论（2）\n张先生：什么时候可以申请？希望尽快。", False, "what readers say"),
    ("上一篇：关于防汛的通知\n会议要求各街道落实责任，确保安全。", False, "the first words of a neighbour"),
    ("打印本页\n本网站所载信息仅供参考。", False, "words of the site behind its tools"),
    ("分享到：微信 微博", False, "tools"),
    ("扫一扫在手机打开当前页", False, "a code"),
)  # fmt: skip


@pytest.mark.parametrize(("tail", "counts", "why"), BEHIND, ids=[why for *_, why in BEHIND])
def test_a_sentence_right_behind_the_signature_is_text(tail: str, counts: bool, why: str) -> None:
    assert (squeeze(tail.splitlines()[-1]) in core_lines(_SIGNED + tail)) is counts, why


CONTACTS = (
    ("如有疑问，请通过以下方式与我们联系：\n邮箱：a@example.gov.cn", True, "a sentence announces it"),
    ("Questions about this policy can be sent to us at:\nyour-email@example.com", True, "in English"),
    ("咨询请致电承办单位：\n电话：020-38622512", True, "a telephone"),
    ("申报材料请报送至如下邮箱：\nkjj@example.gov.cn", True, "where to send it"),
    ("请发邮件与我们联系，我们将24小时为您服务！\n邮箱地址：a@example.com", True, "an exclamation announces it"),
    ("Please contact us with any question.\nhelp@example.com", True, "a sentence in English"),
    ("欢迎来信反映问题\n来信邮箱：b@example.gov.cn", True, "letters are asked for"),
    ("网站地图\n联系我们：webmaster@example.gov.cn", False, "the imprint of a site"),
    ("联系我们\n技术支持：020-12345678", False, "the name of a menu announces nothing"),
    ("打印\n技术支持：某公司 020-12345678", False, "who runs the site"),
)  # fmt: skip


@pytest.mark.parametrize(("tail", "counts", "why"), CONTACTS, ids=[why for *_, why in CONTACTS])
def test_a_contact_that_a_text_announces_is_text(tail: str, counts: bool, why: str) -> None:
    text = "一、甲应当登记。\n二、乙应当备案。\n"
    assert (squeeze(tail.splitlines()[-1]) in core_lines(text + tail)) is counts, why


def _page(body: str, *, above: str = "", below: str = "") -> bytes:
    head = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>补贴办法</title></head><body><ul><li><a href='/'>首页</a></li></ul>"
    return f"{head}<div class='m'><h1>补贴办法</h1>{above}<div class='t'>{body}</div>{below}</div><div class='f'>版权所有</div></body></html>".encode()


_ONE = "<section><nav><ul><li>某市法典</li><li>5.12.090 签发程序</li></ul></nav></section>"
_PARAGRAPHS = "<p>5.12.090 签发程序</p><p>申报材料齐全的，应当在{days}日内签发证明。</p><p>申报材料不齐全的，应当一次告知。</p>{more}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (_PARAGRAPHS.format(days=5, more=""), _PARAGRAPHS.format(days=15, more="")),
        (_PARAGRAPHS.format(days=5, more=""), _PARAGRAPHS.format(days=5, more="<aside><h4>编者注</h4><p>签发证明的程序另见第五编第三章的规定，本条自二〇二六年起停止适用。</p></aside>")),
        (_PARAGRAPHS.format(days=5, more=""), "<p>5.12.090 签发程序</p><p>申报材料齐全的，应当在5日内签发证明。</p>"),
    ],
)  # fmt: skip
def test_the_only_number_of_a_text_does_not_end_it(old: str, new: str) -> None:
    assert judge(_page(old, above=_ONE), _page(new, above=_ONE))[0] in {"changed", "structure_changed"}


_TEXT = "<p>一、甲应当登记。</p>{}<p>二、乙应当在三十日内向主管部门备案，逾期不予受理。</p><p>三、本办法自公布之日起施行。</p>"
PICTURES = (
    ("<img src='/img/1392405/10168701.png' alt='标准表.jpg'>", "<img src='/img/1405518/10168701.png' alt='标准表.jpg'>", "changed", "a table as a picture"),
    ("<p><img src='./W020240305123456.jpg'></p>", "<p><img src='./W020250611987654.jpg'></p>", "changed", "without words of its own"),
    ("<img src='/a/20240101.png'><img src='/a/20240102.png'>", "<img src='/a/20240101.png'><img src='/a/20240109.png'>", "changed", "the second of two"),
    ("<img src='/a/20240101.png'>", "<img src='/a/20240101.png?t=88121'>", "unchanged", "a mark of the visit"),
    ("<img src='/a/20240101.png'>", "<img src='//cdn.example.cn/a/20240101.png'>", "unchanged", "another host"),
    ("<a href='/zt/'><img src='/ad/20240101.png'></a>", "<a href='/zt/'><img src='/ad/20240108.png'></a>", "unchanged", "a banner that leads elsewhere"),
    ("<img src='/images/line.gif'>", "<img src='/images/line2.gif'>", "unchanged", "of the template"),
    ("<img src='data:image/png;base64,AAAA2024'>", "<img src='data:image/png;base64,BBBB2025'>", "unchanged", "drawn anew each time"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "due", "why"), PICTURES, ids=[why for *_, why in PICTURES])
def test_a_picture_within_the_text_is_of_the_document(old: str, new: str, due: str, why: str) -> None:
    assert judge(_page(_TEXT.format(old)), _page(_TEXT.format(new)))[0] == due, why


@pytest.mark.parametrize(("digits", "due"), [("2024", "changed"), ("202", "unchanged")])
def test_a_filed_picture_has_four_digits(digits: str, due: str) -> None:
    pages = [_page(_TEXT.format(f"<img src='/a/b{digits[:-1]}{last}.png'>")) for last in (digits[-1], "9")]
    assert judge(*pages)[0] == due


_CONSENT = (
    "<div class='x'><p>本网站使用Cookie以改善浏览体验，继续浏览即表示同意。</p><button>{}</button></div>"
)
DIALOGS = (
    (_CONSENT.format("同意"), "unchanged", "consent"),
    (_CONSENT.format("全部接受") .replace("全部接受", "接受全部"), "unchanged", "consent to all"),
    ("<div><p>本站正在试运行，欢迎提出意见。</p><button>我知道了</button></div>", "unchanged", "a notice put away"),
    ("<div><p>We use cookies to improve this site. You can change your settings at any time.</p><button>Accept all</button></div>", "unchanged", "in English"),
    ("<div><p>本办法自2026年1月1日起停止执行。</p><button>下载</button></div>", "changed", "a button for a file"),
    ("<p>本办法自2026年1月1日起停止执行。</p>", "changed", "no button"),
    (f"<div><p>{'本办法第四条的补贴标准调整为每人每月一千元，' * 14}。</p><button>关闭</button></div>", "changed", "more words than a dialog has"),
)  # fmt: skip


@pytest.mark.parametrize(("said", "due", "why"), DIALOGS, ids=[why for *_, why in DIALOGS])
def test_a_sentence_with_a_button_to_agree_is_the_pages(said: str, due: str, why: str) -> None:
    assert judge(_page(_TEXT.format("")), _page(said + _TEXT.format("")))[0] == due, why


LABELS = (
    ("<p class='i'>相关附件：</p>", "", "unchanged", "a heading of nothing is gone"),
    ("", "<p class='i'>标签：</p>", "unchanged", "a label without a value came"),
    ("<p class='i'>发表时间：2024-03-05</p>", "<p class='i'>发表时间：2024-04-01</p>", "unchanged", "when it was put up"),
    ("<p class='i'>施行日期：2024-03-05</p>", "<p class='i'>施行日期：2024-04-01</p>", "changed", "when it takes effect"),
    ("<p class='i'>施行日期：2024-03-05</p>", "<p class='i'>失效日期：2024-03-05</p>", "changed", "the same day under another label"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "due", "why"), LABELS, ids=[why for *_, why in LABELS])
def test_a_label_alone_says_nothing(old: str, new: str, due: str, why: str) -> None:
    text = _TEXT.format("")
    assert judge(_page(text, above=old), _page(text, above=new))[0] == due, why


def test_a_state_above_a_page_with_thousands_of_cells_is_seen() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>元</td></tr>" for n in range(2_100))
    body = f"{_TEXT.format('')}<table>{rows}</table>"
    state = "<p>有效性：{}</p>"
    assert (
        judge(_page(body, above=state.format("有效")), _page(body, above=state.format("已废止")))[0]
        == "changed"
    )


_MENU = "<ul><li><a href='/'>首页</a></li><li>登录</li><li>手机端</li></ul>"
_LAID = "".join(
    f"<p>第{n}条　各单位应当按照第{n}类要求落实责任，并于每年{n}月底前报送上一年度的落实情况。</p>"
    for n in "一二三四五六"
)


def _mixed(tail: str, below: str = "") -> bytes:
    """Return a page whose text stands in no element of its own: two blocks and the words of the site beside each other."""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>落实责任办法</title></head><body>{_MENU}<h1>落实责任办法</h1><div>{_LAID}</div><div><p>公开方式：主动公开</p><p>某市人民政府办公厅秘书处　2025年7月4日印发</p>{tail}</div>{below}<p>本站由某市人民政府办公厅主办，未经许可不得转载。</p></body></html>".encode()


TAILS = (
    ("<p>注：本文件有效期延长至2027年12月31日。</p>", "changed", "a longer term"),
    ("<p>本办法第三条自2026年1月1日起停止执行。</p>", "changed", "an article suspended"),
    ("<p>第七条　本办法由办公厅负责解释。</p>", "changed", "one more article"),
    ("<p>更正：第二条中的二月应为三月。</p>", "changed", "a correction"),
    ("<p>各区可以结合实际制定实施细则。</p>", "changed", "a permission"),
    ("<p>过渡期内已经受理的申请，按照原规定办理。</p>", "changed", "a transition"),
    ("<p>扫一扫在手机打开当前页</p>", "unchanged", "a code"),
    ("<p>打印　关闭</p>", "unchanged", "tools"),
    ("<p>责任编辑：张三</p>", "unchanged", "an editor"),
    ("<p>点击分享到微信好友。</p>", "unchanged", "a tool in a sentence"),
)  # fmt: skip


@pytest.mark.parametrize(("tail", "due", "why"), TAILS, ids=[why for *_, why in TAILS])
def test_a_sentence_behind_the_last_line_of_a_whole_page_counts(tail: str, due: str, why: str) -> None:
    assert judge(_mixed(""), _mixed(tail))[0] == due, why


FEET = (
    ("备案号：粤ICP备05041219号", "备案号：粤ICP备20260012号", "unchanged", "the record number of a site"),
    ("京公网安备11010202007632号", "京公网安备11010202009999号", "unchanged", "that of the police"),
    ("Copyright © 2025 某市人民政府", "Copyright © 2026 某市人民政府", "unchanged", "a year"),
    ("版权所有：某市人民政府", "版权所有：某市人民政府办公厅", "unchanged", "an owner"),
    ("备案登记号：粤府备〔2024〕1号", "备案登记号：粤府备〔2024〕9号", "changed", "the record number of a document"),
    ("联系人：王老师，0555-6712345", "联系人：李老师，0555-6712349", "changed", "whom to ask"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "due", "why"), FEET, ids=[why for *_, why in FEET])
def test_a_foot_behind_an_annexed_line_is_the_sites(old: str, new: str, due: str, why: str) -> None:
    before, after = (
        _page(f"{_LAID}<p>某市人民政府</p><p>2024年3月5日</p><p>（此件公开发布）</p><p>{foot}</p>")
        for foot in (old, new)
    )
    assert judge(before, after)[0] == due, why


WALLS = (
    ("系统升级维护中，暂停服务，由此带来的不便敬请谅解。", "transient"),
    ("当前访问人数过多，系统繁忙，请稍后再试。", "transient"),
    ("您访问的页面不存在或已被删除，5秒后返回首页。", "gone"),
    ("该文件已下线，如需查阅请联系档案部门。", "gone"),
    ("请完成安全验证后继续访问", "blocked"),
    ("您访问的内容需要登录后查看，请先登录。", "blocked"),
)  # fmt: skip


@pytest.mark.parametrize(("said", "kind"), WALLS)
def test_names_in_a_menu_are_no_wall(said: str, kind: str) -> None:
    whole = _mixed("")
    emptied = whole.decode().replace(_LAID, f"<p>{said}</p>")
    assert judge(whole, emptied.encode())[0] == kind


_LISTED = (
    "各街道办事处",
    "区教育局、区民政局",
    "年满六十周岁的户籍居民",
    "每人每月补贴一百元",
    "持身份证到社区登记",
)
DATED = (
    ("2024年3月5日", "a day alone"),
    ("某市人民政府2024年3月5日", "a day behind the body"),
    ("二〇二四年三月五日", "a day in words"),
    ("24 February 2022", "in English"),
    ("Feb 24, 2022", "month first"),
    ("民国113年3月5日", "of another calendar"),
)


@pytest.mark.parametrize(("day", "why"), DATED, ids=[why for *_, why in DATED])
def test_a_day_in_the_head_signs_no_text(day: str, why: str) -> None:
    head = ["补贴指南", "发布", day]
    assert core_lines("\n".join([*head, *_LISTED]))[-1] == _LISTED[-1], why
    signed = ["补贴指南", "一、持身份证到社区登记。", "某街道办事处", day, "相关阅读", *_LISTED]
    assert _LISTED[-1] not in core_lines("\n".join(signed)), why


_HEAD = "<h1>职业资格评价规则</h1><p>来自：</p><p>某局</p><p>2024年3月5日</p>"
_ASKED = (
    "<p>评价按照下列规则进行，由某局负责解释。</p><ul>"
    + "".join(
        f"<li>{each}</li>" for each in (*_LISTED, "意见于四月一日前寄到某局政策处", "参加评价的学校和单位")
    )
    + "</ul>"
)
SECTIONS = (
    ("<h2>结果</h2><p>收到意见一百二十件，某局决定：评价每年举行一次，由市统一组织。</p><p>新的规则自九月起施行，旧的规则同时停止使用。</p>", "changed", "an outcome above the text"),
    ("<h2>适用</h2><p>在校学生每学期申请一次</p><p>转学学生自转入之日起一个月内申请</p><p>休学学生复学之后申请</p>", "changed", "a section without stops"),
    ("<ul><li><a href='/a'>本市举办春季招聘会</a></li><li><a href='/b'>本市召开教育工作会议</a></li></ul>", "unchanged", "links to other pages"),
    ("<p>浏览次数：1204</p>", "unchanged", "a counter"),
    ("<p>打印　关闭</p>", "unchanged", "tools"),
)  # fmt: skip


@pytest.mark.parametrize(("more", "due", "why"), SECTIONS, ids=[why for *_, why in SECTIONS])
def test_a_section_between_title_and_text_counts(more: str, due: str, why: str) -> None:
    pages = [
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>职业资格评价规则</title></head><body>{_MENU}<main>{_HEAD}<section>{each}</section><section>{_ASKED}</section></main></body></html>".encode()
        for each in ("", more)
    ]
    assert judge(*pages)[0] == due, why
