"""Sections that say why, by which principles and to what end a policy is made are no measures (举措), unless they lay down a duty."""

import pytest

from policydiff.comparison.compare import compare_documents
from policydiff.comparison.counted_measures import measures_of
from policydiff.comparison.several import compare_peers
from tests.comparison.documents import document

_TITLE = "某市关于推进养老服务发展的实施意见\n"
_TASKS = (
    "二、主要任务\n（一）建设设施。每个街道建设一处综合服务中心。\n（二）完善制度。建立养老机构巡查制度。\n"
)
_AIM = "到2025年，全市养老床位达到10万张，覆盖率达到90%。"
_THOUGHT = "以人民为中心，贯彻新发展理念，推动养老服务高质量发展。"


@pytest.mark.parametrize(
    ("section", "counted", "reason"),
    [
        (f"一、指导思想\n{_THOUGHT}", 0, "the thought behind the text"),
        (f"一、总体要求\n（一）指导思想。{_THOUGHT}\n（二）发展目标。{_AIM}", 0, "thought and goal: the goal is a target, not a measure"),
        (f"一、总体要求\n{_THOUGHT}", 0, "one section without parts"),
        (f"一、明确总体要求\n{_THOUGHT}", 0, "with a verb ahead"),
        (f"一、总体思路\n{_THOUGHT}", 0, "the train of thought"),
        (f"一、发展思路和主要目标\n{_AIM}", 0, "two roles in one heading"),
        (f"一、清理整顿工作的指导思想\n{_THOUGHT}", 0, "the subject ahead of the role"),
        ("一、充分认识发展养老服务的重要意义\n发展养老服务是应对人口老龄化的必然要求。", 0, "why it matters"),
        ("一、重要性和紧迫性\n老年人口逐年增加。", 0, "why it matters, two nouns"),
        ("一、发展基础\n“十三五”期间，全市建成床位8万张。", 0, "what has been done so far"),
        ("一、现状与形势\n老年人口逐年增加。", 0, "how things stand"),
        ("一、编制依据\n依据《中华人民共和国老年人权益保障法》等编制。", 0, "the basis, as plans for emergencies head it"),
        ("一、基本原则\n（一）坚持政府主导。发挥政府在规划、投入等方面的作用。\n（二）社会参与。引导各方力量投身养老服务。", 0, "principles, with parts of their own"),
        ("一、总体要求\n（一）基本原则。\n1．政府主导。发挥政府作用。\n2．社会参与。引导各方力量。", 0, "principles two floors down"),
        ("一、总体要求\n（一）坚持问题导向。补齐农村养老短板。\n（二）坚持统筹协调。推动城乡协同发展。", 0, "principles straight below the general demands"),
        (f"一、工作目标\n（一）{_AIM}\n（二）到2035年，养老服务体系更加完善。", 0, "goals by the year"),
        (f"一、目标任务\n{_AIM}", 0, "goals and tasks in one section without parts: only the goal stands there"),
        ("一、指导思想\n必须坚持党对养老工作的领导，应始终把老年人放在首位。", 0, "words of duty before an attitude bind nobody"),
        ("一、基本原则\n遴选工作应当遵循公开公平的原则，适应城市更新要求，及时回应群众关切。", 0, "应 in other words, and before an attitude"),
        ("一、重大意义\n国家把禁止洋垃圾入境作为标志性举措。", 0, "a ban that is told of, not laid down"),
        ("一、主要目标\n可回收物应收尽收，制度响应迅速。", 0, "a goal in set words"),
        ("一、基本原则\n（一）安全第一。未经验收的设施不得投入使用。\n（二）社会参与。引导各方力量。", 1, "a ban among principles"),
        ("一、工作原则\n各区应当按照每百户二十平方米配建设施，并于年底前报市民政局备案。", 1, "a duty under a heading of principles"),
        ("一、总体要求\n各区一律不得将养老设施改作他用。", 1, "a ban as the general demand"),
        ("一、总体要求\n（一）支持范围。本市登记的养老机构。\n（二）指导思想。以人民为中心。", 1, "whom it is for, which nothing else says"),
        ("一、指导思想和适用范围\n（一）指导思想。以人民为中心。\n（二）适用范围。本意见适用于本市养老机构。", 1, "half of a heading"),
        ("一、目标任务\n（一）新增床位。新建养老床位1万张。\n（二）改造设施。改造敬老院20家。", 2, "tasks below a heading of goals and tasks"),
        ("一、充分认识重要性，切实增强责任感\n老年人口逐年增加。", 0, "why it matters, with what follows for the mind"),
        ("一、形势与挑战\n老年人口逐年增加。", 0, "how things stand, two nouns"),
        (f"一、远景目标\n{_AIM}", 0, "a goal far off"),
        ("一、应坚持的原则\n政府主导，社会参与。", 0, "principles, named by a clause"),
        ("一、功能定位\n建设全国养老服务高地。", 0, "what the place is to be"),
        (f"一、2025年创建目标\n{_AIM}", 0, "a goal of a year and a kind"),
        ("一、工作方针\n预防为主，防治结合。", 0, "the guideline"),
        ("一、收费原则\n按照成本补偿确定收费标准。", 1, "by which rule money is taken: a provision"),
        ("一、加快实现碳达峰目标\n淘汰落后设备。", 1, "a verb that makes a task of a goal"),
        ("一、规范办案依据\n统一文书格式。", 1, "the basis of what offices do"),
        (f"一、提高思想认识\n{_THOUGHT}", 1, "an attitude asked for by a verb: kept, for tasks are headed so too"),
        ("一、明确目标，压实责任\n逐级签订责任书。", 1, "the goal as the object of a task"),
        ("一、落实目标责任\n将养老服务纳入年度考核。", 1, "a duty to answer for goals"),
        ("一、完成建设目标\n新建养老床位1万张。", 1, "to reach the goal is a task"),
        ("一、夯实发展基础\n健全统计制度。", 1, "a verb that makes a task of it"),
        ("一、坚持公益性原则\n公办机构优先接收特困老年人。", 1, "a principle that heads a task of its own, outside the general part"),
        ("一、加强思想引领\n开展敬老月活动。", 1, "thought as the object of a task"),
        ("一、工作要求\n各区报送年度总结。", 1, "demands at the end tell what to do"),
        ("一、完善考核目标体系\n每年公布考核结果。", 1, "a goal inside the heading"),
    ],
)  # fmt: skip
def test_frames_are_no_measures(section: str, counted: int, reason: str) -> None:
    text = f"{_TITLE}{section}\n{_TASKS}"
    assert len(measures_of(document(text))) - 2 == counted, reason


def test_a_text_of_frames_alone_keeps_them() -> None:
    assert len(measures_of(document(f"{_TITLE}一、指导思想\n{_THOUGHT}\n二、工作目标\n{_AIM}\n"))) == 2


def test_every_mode_counts_without_frames() -> None:
    superior = document(f"{_TITLE}一、总体要求\n（一）指导思想。{_THOUGHT}\n（二）主要目标。{_AIM}\n{_TASKS}")
    local = document(
        f"某区养老服务实施方案\n一、工作目标\n{_AIM}\n{_TASKS}（三）发放补贴。每张床位每月补贴三百元。\n"
    )
    summary = compare_documents(local, superior).summary
    assert (summary.measures.total, summary.measures.adopted) == (2, 2)
    assert summary.own_measures.total == 3
    peers = compare_peers([local, document(f"另区养老服务实施方案\n一、指导思想\n{_THOUGHT}\n{_TASKS}")])
    assert len(peers.measures) == 3
