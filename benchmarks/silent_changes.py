"""One deliberate change in a sentence of a real law: in how many nobody is told.

    python -m benchmarks.silent_changes [--each 40] [--seed 1] [--show OPERATOR]

Every operator changes sentences as an amendment or a district does: 应当 → 可以, a term, a member of a list, an approval or
a condition left out, another body. A *revision* is *silent* where nothing is told; *unweighed* where words are told below the weight of substance
(0.3). A *comparison* is *silent* where the changed sentence, taken for a local provision, is called the same or localised and nothing is told; *unweighed* where
its words are told beside it. Not every change is one of substance (任何单位和个人, 任何单位或者个人), and bodies are a district's own, so that nothing but
the trend of a row is good or bad. What that costs is printed below, of every labelled set and of all together: of local provisions that are the same or localised
by their reader's first label, how many have a signal of substance, citations aside, and how many of those that are loosened or tightened.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, combinations, permutations

from benchmarks.sources import law_pairs
from benchmarks.substance import EFFECTS, adoption_pairs, later_pairs
from benchmarks.substance_unseen import SETS, pairs
from policydiff.lexicon.text_marks import cut_words
from policydiff.model import Effect, Genre, SignalType
from policydiff.substance.effects import judge_effect
from policydiff.substance.following import Numbering
from policydiff.substance.signalling import signals_between
from policydiff.substance.vocabulary import vocabulary
from policydiff.substance.weighing import OF_SUBSTANCE

_NUMBER = "(?:[0-9]+(?:\\.[0-9]+)?|[一二三四五六七八九十百千]+)"
_Rule = tuple[str, str]
_RULES: dict[str, _Rule] = {
    "must → may": ("应当", "可以"),
    "may → must": ("(?<!不)可以", "应当"),
    "ban → may": ("不得", "可以"),
    "above → below": ("以上", "以下"),
    "days → working days": (f"({_NUMBER})日内", r"\1个工作日内"),
    "another term": (f"{_NUMBER}(?:个工作日|日)内", "四十七日内"),
    "another year": ("20\\d\\d年", "2041年"),
    "another percentage": (f"{_NUMBER}%", "37%"),
    "a range of money gone": (f"{_NUMBER}万?元以上{_NUMBER}万?元以下的?", ""),
    "a lower fine": (f"处({_NUMBER})万元", r"处\1千元"),
    "a member of a list gone": ("、[一-鿿]{2,5}(?=[、和等])", ""),
    "the last member gone": ("(?<=[一-鿿]{2})(?:和|或者|以及)[一-鿿]{2,4}(?=[，。；])", ""),
    "who is addressed, one gone": ("^[一-鿿、]{3,14}(?:和|、)(?=[一-鿿]{2,14}(?:应当|不得|可以))", ""),
    "an approval gone": ("，?经[^，。；]{2,20}(?:批准|同意|审核|核准)(?:后)?[，的]?", ""),
    "a condition gone": ("(?<=[，。；])[^，。；]{4,30}的，", ""),
    "an exception gone": ("(?:，但[^。；]{4,40}除外)|除[^，。；]{2,30}外，", ""),
    "an exception put in": ("。$", "，但因不可抗力造成的除外。"),
    "the last half-sentence gone": ("，(?:并|同时)[^，。；]{4,30}(?=[。；])", ""),
    "a hedge put in": ("应当", "原则上应当"),
    "how often → now and then": ("每(?:年|季度|月|半年)", "定期"),
    "at once gone": ("立即|当场|即时", ""),
    "in writing gone": ("书面(?!形式)", ""),
    "to the public gone": ("向社会(?=公[布开示])", ""),
    "free of charge gone": ("免费", ""),
    "with priority gone": ("优先", ""),
    "grave cases gone": ("情节严重的", ""),
    "a remedy gone": ("申请行政复议或者|或者提起行政诉讼", ""),
    "a joint body gone": ("会同[^，。；]{2,16}?(?:部门|机关|委员会|局)", ""),
    "another body": ("(?:公安|民政|财政|教育|卫生健康|生态环境|交通运输)(?:机关|部门)", "文化旅游部门"),
    "and → or": ("(?<=[一-鿿]{2})和(?=[一-鿿]{2})", "或者"),
    "or → and": ("(?<=[一-鿿]{2})或者(?=[一-鿿]{2})", "和"),
    "floor → ceiling": ("不(?:得)?(?:少|低)于|至少", "不超过"),
    "working days → days": ("个工作日", "日"),
    "own level → the one above": ("本级|同级", "上级"),
    "this paragraph → two": ("前款", "前两款"),
    "a proviso gone": ("[，；]但(?:是)?[^。；]{4,60}(?=[。；])", ""),
    "otherwise provided for put in": ("。$", "；法律、法规另有规定的，从其规定。"),
    "state → province": ("国务院", "省级人民政府"),
    "sole → joint fine": ("或者单处|可以单处", "并处"),
    "joint → sole fine": ("并处", "单处"),
    "who leads and who joins": (
        "([一-鿿]{2,12}(?:部门|机关|委员会|局))会同([一-鿿]{2,12}?(?:部门|机关|委员会|局))",
        r"\2会同\1",
    ),
    "each → every two": ("每(年|月|季度|周)", r"每两\1"),
    "all → some": ("全部|所有(?!权)|全体|全额", "部分"),
    "before → after": ("之前|(?<=届满|期满|竣工|实施|施工|开工|举行)前(?!款|两款)", "之后"),
    "inside → outside": ("境内", "境外"),
    "of age → minor": ("(?<!未)成年人", "未成年人"),
    "on demand → of its own": ("依申请|应(?:当事人|申请人)的?请求", "主动"),
    "once more → first": ("再次|重新", "首次"),
    "running → added up": ("连续", "累计"),
    "without → with consent": ("未经", "经"),
    "written → spoken": ("书面", "口头"),
    "original → copy": ("原件", "复印件"),
    "liability not joint": ("连带", ""),
    "major gone": ("(?:特别)?(?:重大|严重|较大)(?=[一-鿿])", ""),
    "another share": ("三分之二|过半数|半数以上", "五分之一"),
    "term from another day": ("自收到", "自作出"),
    "who owns → who uses": ("所有权人|所有人", "使用人"),
    "town → country": ("城市|城镇", "农村"),
    "others gone": ("其他(?=[一-鿿]{2})", ""),
    "in time gone": ("及时", ""),
    "grave → gravest cases": ("情节严重", "情节特别严重"),
    "man → woman": ("妇女", "男子"),
    "from → above": ("(?<=[元日年月人%])以上", "以上（不含本数）"),
    "not above → not under": ("不(?:得)?超过", "不低于"),
    "its → that": ("(?<=[对将由])其(?=[一-鿿]{2})", "当事人"),
    "a day → a time": ("每日", "每次"),
    "each → together": ("分别(?=[一-鿿]{2})", "共同"),
    "several liability": ("承担连带(?=责任|赔偿)", "承担按份"),
    "fine too → may fine too": ("(?<!可以)并处", "可以并处"),
    "who is in charge alone": ("直接负责的主管人员和其他直接责任人员", "直接负责的主管人员"),
    "silence is consent": ("逾期(?:不|未)[一-鿿]{2,4}的，视为(?!同意)[一-鿿]{2,6}", "逾期未答复的，视为同意"),
    "the burden of proof": ("由([一-鿿]{2,8}?)(?:承担举证责任|举证|提供证据)", "由对方承担举证责任"),
    "a hedge moved": ("^([一-鿿]{2,16}?)应当([一-鿿]{2,20})，", r"\1应当\2，原则上"),
    "who reports to whom": ("由([一-鿿]{2,10})报([一-鿿]{2,10}?)(?=批准|备案|审批|审核)", r"报\1由\2"),
    "a denial at a distance": ("(?<=[一-鿿]{4})属于(?=[一-鿿]{2})", "并非属于"),
    "but for → and": ("除([^，。；]{2,30})外，", r"包括\1在内，"),
    "lawful days off": ("(?<=[一二三四五六七八九十])日内", "日（不含法定节假日）内"),
    "or more → just": ("二分之一以上|三分之二以上|半数以上", "半数"),
    "at the latest → at the earliest": ("(?<=[日年月])前(?=[一-鿿]{2})", "后"),
    "knew → ought to know": ("知道或者应当知道", "知道"),
    "intent → negligence": ("故意", "过失"),
    "a copy will do": ("提交(?=[一-鿿]{2,8}(?:证明|材料|文件))", "出示"),
    "of its own → on demand": ("主动(?=[一-鿿]{2})", "依申请"),
    "no later appeal": ("(?:可以)?依法(?:申请行政复议|提起(?:行政)?诉讼)", "不得再行申诉"),
    "for good": ("(?:一|二|三|五|十)年内不得", "终身不得"),
    "public → party": ("向社会(?=公[布开示])", "向当事人"),
    "cases exchanged": ("^([^，。；]{4,30}的)，([^。；]+)；([^，。；]{4,30}的)，", r"\3，\2；\1，"),
    "support → limit": ("支持|鼓励", "限制"),
    "granted → denied": ("予以", "不予"),
    "and does → does not": ("，并(?!处|可|且)([^，。；]{4,20})(?=[，。；])", r"，不\1"),
    "meets → meets not": ("(?<!不)(?=符合|具备|达到)", "不"),
    "has → has not": ("(?<!不)具有", "没有"),
    "all alike → each alone": ("统一(?=[一-鿿]{2})", "自行"),
    "before → after the act": ("事先|事前", "事后"),
    "highest → lowest": ("最高(?!人民)", "最低"),
    "who pays": ("费用由[一-鿿]{2,10}?(?=承担|负担)", "费用由当地人民政府"),
    "employer → worker": ("用人单位", "劳动者"),
    "maker → seller": ("生产者", "销售者"),
    "client → agent": ("委托人", "受托人"),
    "creditor → debtor": ("债权人", "债务人"),
    "on line → off line": ("线上", "线下"),
    "true → false": ("真实", "虚假"),
    "by → as by": ("依照|按照", "参照"),
    "first this → first that": ("先([一-鿿]{1,6}?)后([一-鿿]{1,6})", r"后\1先\2"),
    "who tells whom": (
        "^([一-鿿、]{2,14})应当(?:及时|依法|立即)?向([一-鿿]{2,12}?)(?=报告|提交|提供|申请|告知|移交|备案|申报)",
        r"\2应当向\1",
    ),
    "named office → any": ("国务院[一-鿿]{2,10}?主管部门", "有关部门"),
    "ban → ban on not": ("不得(?!不)", "不得不"),
    "not done → done": ("未(?=按照|按规定|依法|依照|履行|取得)", ""),
    "is taken for → is not": ("视为", "不视为"),
    "has → has no right": ("有权", "无权"),
    "void → valid": ("无效", "有效"),
    "open → not open": ("(?<!不)公开(?=[审开进举招])", "不公开"),
    "more → less": ("增加|提高|扩大", "减少"),
    "above → below in words": ("高于", "低于"),
    "and fined → or fined": ("，并处", "，或者处"),
    "a list closed": ("(?<=[一-鿿]{2})等(?=(?:部门|单位|机关|情形|措施|方式|材料|内容))", ""),
    "a list opened": ("、([一-鿿]{2,4})和([一-鿿]{2,4})(?=[，。；])", r"、\1和\2等"),
    "others put in": ("(?:和|或者)(?=[一-鿿]{2,4}[，。；])", "和其他"),
    "this law → this article": ("违反本法", "违反本条"),
    "another article": ("(?<=本法第)[一二三四五六七八九十百]+(?=条)", "八十八"),
    "another paragraph": ("第一款", "第二款"),
    "or more gone": ("(?<=[元日年月人%])以上(?!的?[一二三四五六七八九十百\\d])", ""),
    "or less gone": ("(?<=[元日年月人%])以下", ""),
    "money of another unit": ("(?<=[一二三四五六七八九十])万元", "元"),
    "years → months": ("(?<=[一二三五六])年(?=以上|以下|内)", "个月"),
    "hours → days": ("小时", "日"),
    "who is addressed, by an attribute": ("^(?=[一-鿿]{2,10}(?:单位|企业|人员|机构|经营者)应当)", "规模以上"),
    "for gain put in": ("^(?=[一-鿿]{2,14}的，)", "以营利为目的"),
    "wilfully put in": ("^(?=(?:违反|伪造|擅自|隐瞒|拒绝|阻碍)[^，。；]{2,30}的，)", "故意"),
    "with grave outcome put in": ("(?<=[一-鿿])的，(?=由|处|责令|给予)", "，造成严重后果的，"),
    "if not mended gone": ("[，；]逾期(?:不|未|仍不|仍未)改正的，", "，"),
    "beforehand → afterwards": ("事先|事前|预先", "事后"),
    "hears → tells": ("听取([^，。；]{2,16})意见", r"通知\1"),
    "agreed → told": ("协商一致|协商确定", "通知"),
    "together → each": ("共同(?=[一-鿿]{2})", "分别"),
    "free → for pay": ("无偿", "有偿"),
    "illicit gains → income": ("违法所得", "全部收入"),
    "necessary gone": ("必要的?|合理的?", ""),
    "within → after": ("(?<=[一二三四五六七八九十]日)内", "后"),
    "decides → proposes": ("(?<=作出)决定", "建议"),
    "in charge → assists": ("(?<=[部关构会])负责", "协助"),
    "binding standard → advice": ("国家标准|强制性标准", "推荐性标准"),
    "court → arbitration": ("人民法院", "仲裁委员会"),
    "crime → fine": ("追究刑事责任", "给予行政处罚"),
    "revoked → withheld": ("吊销", "暂扣"),
    "refused → granted": ("不予(?=[批登受许])", "予以"),
    "damages → compensation": ("赔偿", "补偿"),
    "one side → both": ("一方(?=[一-鿿])", "双方"),
    "all of → one of": ("同时(?=符合|具备|满足)", "或者"),
    "one of → all of": ("下列情形之一", "下列全部情形"),
    "under age → of age": ("(?:未满|不满)(?=[一二三四五六七八九十]{1,4}周?岁)", "年满"),
    "from another event": ("自[^，。；]{2,12}?之日起", "自公告之日起"),
    "the day → the next": ("之日起", "次日起"),
    "staff gone": ("(?<=[关构门位])(?:及其|的)(?:直接负责的主管人员和其他)?(?:工作|责任)人员", ""),
    "whole area → its centre": ("行政区域", "中心城区"),
    "grave → mild punishment": ("从重", "从轻"),
    "includes → excludes": ("(?<!不)包括", "不包括"),
    "a party in another's place": (
        "(?:出租人|发包人|出卖人|原告|债权人|投保人|用人单位|委托人|消费者|当事人)",
        "对方",
    ),
    "only put in": ("(?<=[，。；])(?=由[一-鿿]{2,10}(?:部门|机关))", "仅"),
    "a year before → this one": ("上一?年度", "本年度"),
    "is paid by → to": ("由(?=[一-鿿]{2,8}(?:支付|赔偿|承担))", "向"),
    "the state's → the public's": ("国家(?=所有|机关|利益|秘密|资金)", "集体"),
    "the head → a person": ("法定代表人|主要负责人", "工作人员"),
    "twice as much": ("一倍|百分之十|百分之五", "两倍"),
    "no time set": ("应当在[^，。；]{2,16}内", "应当"),
    "shall not refuse → may": ("不得拒绝", "可以拒绝"),
    "unless → if": ("除非", "如果"),
    "until → from": ("(?<=[一-鿿])为止", "开始"),
}


_CONTENT = re.compile("[一-鿿]{2,}")


def _drawn_word(sentence: str) -> tuple[int, int]:
    """Return where one of the words that lay something down stands in a sentence, drawn by lot."""
    starts = accumulate(map(len, words := cut_words(sentence)), initial=0)
    told = [
        (start, start + len(word))
        for start, word in zip(starts, words, strict=False)
        if _CONTENT.fullmatch(word) and word not in vocabulary().fillers
    ]
    return random.Random(sentence).choice(told) if told else (0, 0)


def _without_word(sentence: str) -> str:
    start, end = _drawn_word(sentence)
    return sentence[:start] + sentence[end:]


def _with_another(sentence: str, *, words: Sequence[str]) -> str:
    """Return a sentence with a word of another sentence in place of one of its words."""
    start, end = _drawn_word(sentence)
    alike = [word for word in words if len(word) == end - start and word not in sentence]
    return sentence[:start] + random.Random(sentence).choice(alike) + sentence[end:] if alike else sentence


def _content_words(sentence: str) -> list[tuple[int, int]]:
    """Return where the words stand that lay something down and that a sentence has once."""
    starts = accumulate(map(len, words := cut_words(sentence)), initial=0)
    return [
        (start, start + len(word))
        for start, word in zip(starts, words, strict=False)
        if _CONTENT.fullmatch(word) and word not in vocabulary().fillers and sentence.count(word) == 1
    ]


def _exchanged(sentence: str) -> str:
    """Return a sentence of which two half-sentences exchanged a word that stands in it once."""
    apart = [
        (one, other)
        for one, other in combinations(_content_words(sentence), 2)
        if re.search("[，；：]", sentence[one[1] : other[0]])
    ]
    if not apart:
        return sentence
    (start, end), (begin, last) = random.Random(sentence).choice(apart)
    return (
        sentence[:start] + sentence[begin:last] + sentence[end:begin] + sentence[start:end] + sentence[last:]
    )


def _exchanged_within(sentence: str) -> str:
    """Return a sentence of which one half-sentence has two words exchanged, with words between them."""
    places = _content_words(sentence)
    beside = [
        (one, other)
        for one, other in combinations(places, 2)
        if re.fullmatch("[一-鿿]*[一-鿿]{2}[一-鿿]*", between := sentence[one[1] : other[0]])
        and not re.search("[和与及或]", between)
    ]
    if not beside:
        return sentence
    (start, end), (begin, last) = random.Random(sentence).choice(beside)
    return (
        sentence[:start] + sentence[begin:last] + sentence[end:begin] + sentence[start:end] + sentence[last:]
    )


def _moved(sentence: str) -> str:
    """Return a sentence with a word of one half-sentence put before a word of another."""
    apart = [
        (one, other)
        for one, other in permutations(_content_words(sentence), 2)
        if re.search("[，；]", sentence[min(one[1], other[1]) : max(one[0], other[0])])
    ]
    if not apart:
        return sentence
    (start, end), (begin, _) = random.Random(sentence).choice(apart)
    word, rest = sentence[start:end], sentence[:start] + sentence[end:]
    at = begin - (end - start) * (begin > start)
    return rest[:at] + word + rest[at:]


_LEAD = re.compile("^[\\s#*>（(　]*(?:第[一二三四五六七八九十百零]+条)?[\\s　*]*")


_STAYS = Numbering({})
"""The sentence is the paragraph of an article, none of which moved; in a comparison each text has its own."""
_WORDS = 400
"""Sentences from which words are taken to stand in place of others."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=40, help="sentences changed by each operator")
    parser.add_argument("--seed", type=int, default=1, help="in which order the sentences are drawn")
    parser.add_argument("--show", metavar="OPERATOR", help="print the silent sentences of one operator")
    options = parser.parse_args()
    done: Counter[str] = Counter()
    silent: Counter[tuple[str, str]] = Counter()
    unweighed: Counter[tuple[str, str]] = Counter()
    changes: dict[str, Callable[[str], str]] = {
        name: partial(re.sub, pattern, words, count=1) for name, (pattern, words) in _RULES.items()
    }
    sentences = list(_sentences(options.seed))
    drawn = [text[slice(*_drawn_word(text))] for text in sentences[:_WORDS]]
    changes |= {"any word gone": _without_word, "any word for another": partial(_with_another, words=drawn)}
    changes["words exchanged"] = _exchanged
    changes |= {"words of a half exchanged": _exchanged_within, "a word moved": _moved}
    for sentence in sentences:
        for name, change in changes.items():
            if done[name] == options.each:
                continue
            changed = change(sentence)
            if changed == sentence:
                continue
            done[name] += 1
            signals = signals_between(sentence, changed, genre=Genre.STATUTE, numbering=_STAYS)
            silent["revision", name] += not signals
            unweighed["revision", name] += bool(signals) and not any(
                each.weight >= OF_SUBSTANCE for each in signals
            )
            judged = judge_effect(sentence, changed)
            same = judged.effect in (Effect.SAME, Effect.LOCALISED)
            silent["comparison", name] += same and not judged.signals
            unweighed["comparison", name] += same and bool(judged.signals)
            if name == options.show and (not signals or same):
                print("revision" if not signals else "comparison", sentence, changed, sep="\n  ")
    if not done:
        print("silent changes: the laws are not at hand")
        return 0
    print(f"{'':30} {'':9} {'in a revision':>18} {'in a comparison':>18}")
    print(f"{'one change':30} {'sentences':>9} {'silent':>8} {'unweighed':>9} {'silent':>8} {'unweighed':>9}")
    for name in changes:
        row = " ".join(
            f"{silent[kind, name]:8} {unweighed[kind, name]:9}" for kind in ("revision", "comparison")
        )
        print(f"{name:30} {done[name]:9} {row}")
    sums = " ".join(
        f"{sum(silent[kind, name] for name in changes):8} {sum(unweighed[kind, name] for name in changes):9}"
        for kind in ("revision", "comparison")
    )
    print(f"{'all':30} {done.total():9} {sums}")
    _print_labelled()
    return 0


_UNCHANGED, _ONE_WAY = (Effect.SAME, Effect.LOCALISED), (Effect.LOOSENED, Effect.TIGHTENED)


def _print_labelled() -> None:
    """Print of every labelled set, and of all together, how many local provisions have a signal of substance."""
    labelled = list(_labelled({}))
    labelled += [("labels corrected", label, told) for _, label, told in _labelled(_corrections())]
    print(f"\n{'with a signal of substance':30} {'same or localised':>18} {'loosened or tightened':>22}")
    for name in [*dict.fromkeys(drawing for drawing, _, _ in labelled), "all"]:
        row = [
            [
                told
                for drawing, label, told in labelled
                if label in labels and (name == drawing or (name == "all" and drawing != "labels corrected"))
            ]
            for labels in (_UNCHANGED, _ONE_WAY)
        ]
        cells = (f"{sum(told)} of {len(told)}, {sum(told) / len(told):.3f}" if told else "–" for told in row)
        print(f"{name:30} {next(cells):>18} {next(cells):>22}")


def _corrections() -> dict[str, str]:
    """Return labels that a rule of the written order contradicts, by the words with which the local provision begins."""
    lines = (EFFECTS / "corrections.tsv").read_text("utf-8").splitlines()[1:]
    return {begins: label for begins, _, label, _ in (line.split("\t") for line in lines)}


def _labelled(corrected: Mapping[str, str]) -> Iterator[tuple[str, Effect, bool]]:
    """Yield the drawing and the first label of each provision of the gold of effects, and whether it has a signal of substance."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for drawing, source in (("six policies", adoption_pairs()), ("six others", later_pairs())):
        for _, label, superior, local, _ in source:
            found.setdefault((superior, local), (drawing, label))
    for name in SETS:
        for pair in pairs(name):
            if pair.effects:
                found.setdefault((pair.old, pair.new), (f"{name} set", pair.effects[0]))
    for (superior, local), (drawing, label) in found.items():
        signals = judge_effect(superior, local).signals
        told = (each.type for each in signals if each.weight >= OF_SUBSTANCE)
        by_order = next((right for begins, right in corrected.items() if local.startswith(begins)), label)
        yield drawing, Effect(by_order), any(kind is not SignalType.REFERENCE for kind in told)


def _sentences(seed: int) -> Iterator[str]:
    """Yield sentences of laws in an order drawn by lot, without the numbers of their articles."""
    found: set[str] = set()
    for _, _, text in law_pairs():
        for match in re.finditer("[^。\n]{15,160}。", text):
            sentence = _LEAD.sub("", match[0])
            if "\t" not in sentence:
                found.add(sentence)
    drawn = sorted(found)
    random.Random(seed).shuffle(drawn)
    yield from drawn


if __name__ == "__main__":
    sys.exit(main())
