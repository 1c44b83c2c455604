"""Facts at the head and the end of a page: how a document stands, until when, who signs it, and who answers for it."""

import pytest

from benchmarks.watch_pages import judge
from policydiff.watch.judge.core import core_lines, squeeze

_PROVISIONS = [
    "第一条　取得许可的企业应当自取得之日起五日内向区主管部门登记，并提交场所和人员的证明材料。",
    "第二条　企业变更名称、住所或者法定代表人的，应当自变更之日起十日内备案。",
    "第三条　企业应当于每年三月底前报告上一年度的经营情况，主管部门可以抽查。",
]
_SIGNED = ["某市人民政府", "2024年3月5日"]

# Lines between the last provision and the signature: whose they are.
BETWEEN = (
    ("意见反馈截止时间：2024年6月20日", True, "until when people may be heard"),
    ("意见反馈截止日期：6月20日", True, "the same by another word"),
    ("反馈时限：2024年6月20日前", True, "a limit"),
    ("网上留言截止日：6月20日", True, "a channel of the site, and a day"),
    ("评论有效期：三年", True, "a word of sites in the label"),
    ("在线反馈截至：6月20日", True, "another writing of until"),
    ("浏览到期时间：2024年6月20日", True, "an end that no example has"),
    ("发布时间：2024年6月20日", False, "when the page was put up"),
    ("更新时间：2024-06-20 10:11", False, "when it was touched"),
    ("浏览次数：128", False, "a counter"),
    ("责任编辑：张三", False, "the editor"),
)  # fmt: skip


@pytest.mark.parametrize(("line", "counts", "why"), BETWEEN, ids=[why for *_, why in BETWEEN])
def test_until_when_is_of_the_document(line: str, counts: bool, why: str) -> None:
    kept = core_lines("\n".join([*_PROVISIONS, line, *_SIGNED]))
    assert (squeeze(line) in kept) is counts, why


# Lines right behind the signature.
SIGNERS = (
    ("某市财政局", True, "one more who signs"),
    ("国家发展改革委", True, "a body of the state"),
    ("某区住房和城乡建设局", True, "a body of a district"),
    ("某市人民政府", True, "the government itself"),
    ("上海市司法局", True, "a body of a named city"),
    ("某市水务局", True, "a body that no pair has"),
    ("打印本页", False, "a tool"),
    ("某市信息中心", False, "who keeps the site"),
    ("政务公开", False, "an entry of a menu"),
    ("财政补贴", False, "a word of a system without a body"),
    ("关于我们", False, "a link of the foot"),
)  # fmt: skip


@pytest.mark.parametrize(("line", "counts", "why"), SIGNERS, ids=[why for *_, why in SIGNERS])
def test_a_body_right_behind_the_signature_signs_too(line: str, counts: bool, why: str) -> None:
    kept = core_lines("\n".join([*_PROVISIONS, *_SIGNED, line]))
    assert (kept[-1] == squeeze(line)) is counts, why


def _page(*, head: str = "", behind: str = "", files: str = "", foot: str = "") -> bytes:
    """Return a page whose text has an element of its own, and facts beside it."""
    text = "".join(f"<div class='art'>{each}</div>" for each in _PROVISIONS)
    return (
        "<html><head><meta charset='utf-8'><title>规章库</title></head><body><div class='lib'><div class='law'>"
        f"<div class='law-n'>某市备案办法</div>{head}<div class='law-b'>{text}</div>{behind}</div>"
        f"<div class='law-f'>{files}</div></div><div class='foot'>{foot}</div></body></html>"
    ).encode()


CHANGES = (
    ("foot", "<p>本文件目前状态：执行中</p>", "<p>本文件目前状态：已停止执行</p>", "a state at the foot"),
    ("foot", "<p>文件当前状态：有效</p>", "<p>文件当前状态：失效</p>", "another label of it"),
    ("foot", "<p>该政策执行情况：执行中</p>", "<p>该政策执行情况：已终止</p>", "how it is carried out"),
    ("foot", "<p>法规现行效力状态：有效</p>", "<p>法规现行效力状态：已废止</p>", "four words of a label"),
    ("foot", "<p>本文件状态：执行中</p>", "<p>本文件状态：暂停执行</p>", "held up"),
    ("behind", "<p>（解释部门：救助处，电话22110011）</p>", "<p>（解释部门：事务处，电话22110088）</p>", "who explains it"),
    ("behind", "<p>经办处室：救助处</p>", "<p>经办处室：事务处</p>", "who handles it"),
    ("behind", "<p>业务咨询：22110011转3</p>", "<p>业务咨询：22110011转5</p>", "whom to call"),
    ("behind", "<p>适用区域：东区</p>", "<p>适用区域：东区、西区</p>", "where it applies"),
    ("behind", "<p>收件窗口：3号窗口</p>", "<p>收件窗口：8号窗口</p>", "where papers are taken"),
    ("files", "<a href='/f/1.pdf'>申请表.pdf</a>（18 KB）", "<a href='/f/1.pdf'>申请表.pdf</a>（21 KB）", "the size of a file"),
    ("files", "<a href='/f/1.pdf'>申请表.pdf</a>（1536 KB）", "<a href='/f/1.pdf'>申请表.pdf</a>（1.9 MB）", "a size in another unit"),
    ("files", "<a href='/f/1.pdf'>申请表.pdf</a>（2024年版）", "<a href='/f/1.pdf'>申请表.pdf</a>（2025年版）", "its edition"),
)  # fmt: skip
NOISES = (
    ("files", "<a href='/f/1.pdf'>申请表.pdf</a>（下载 31 次）", "<a href='/f/1.pdf'>申请表.pdf</a>（下载 58 次）", "times in brackets"),
    ("files", "<a href='/f/1.pdf'>申请表.pdf</a> 下载31次", "<a href='/f/1.pdf'>申请表.pdf</a> 下载1058次", "times without"),
    ("files", "<a href='/f/1.pdf'>申请表.pdf</a> 31次下载", "<a href='/f/1.pdf'>申请表.pdf</a> 58次下载", "times before the word"),
    ("files", "<a href='/f/1.pdf'>申请表.pdf</a>（已下载 31 次）", "<a href='/f/1.pdf'>申请表.pdf</a>（已下载 58 次）", "so far"),
    ("files", "<a href='/f/1.pdf'>申请表.pdf</a> 31 人下载", "<a href='/f/1.pdf'>申请表.pdf</a> 58 人下载", "people"),
    ("files", "<a href='/f/1.pdf'>申请表.pdf</a> 下载：31", "<a href='/f/1.pdf'>申请表.pdf</a> 下载：58", "a label"),
    ("files", "<a href='/f/1.pdf'>申请表.pdf</a>（18 KB，下载 31 次）", "<a href='/f/1.pdf'>申请表.pdf</a>（18 KB，下载 58 次）", "behind its size"),
    ("behind", "<p>浏览次数：31</p>", "<p>浏览次数：58</p>", "a counter of the page"),
    ("behind", "<p>责任编辑：张三</p>", "<p>责任编辑：李四</p>", "the editor"),
    ("behind", "<p>更新时间：2024-03-06</p>", "<p>更新时间：2024-08-19</p>", "when it was touched"),
    ("foot", "<p>网站状态：运行正常</p>", "<p>网站状态：维护完成</p>", "how the site stands"),
)  # fmt: skip


@pytest.mark.parametrize(("place", "old", "new", "why"), CHANGES, ids=[each[-1] for each in CHANGES])
def test_a_fact_beside_the_text_is_a_change(place: str, old: str, new: str, why: str) -> None:
    assert judge(_page(**{place: old}), _page(**{place: new}))[0] == "changed", why


@pytest.mark.parametrize(("place", "old", "new", "why"), NOISES, ids=[each[-1] for each in NOISES])
def test_words_of_the_page_beside_the_text_are_none(place: str, old: str, new: str, why: str) -> None:
    assert judge(_page(**{place: old}), _page(**{place: new}))[0] == "unchanged", why
