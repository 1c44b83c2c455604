"""One deliberate change in a sentence of a real law: in how many nobody is told.

    python -m benchmarks.silent_changes [--each 40] [--seed 1] [--show OPERATOR]

Every operator changes sentences as an amendment or a district does: 应当 → 可以, a term, a member of a list, an approval or
a condition left out, another body. A *revision* is silent where no signal of substance is told. A *comparison* is silent where
the changed sentence, taken for a local provision, is called the same or localised. Not every change is one of substance
(任何单位和个人, 任何单位或者个人), and bodies are a district's own, so that nothing but the trend of a row is good or bad.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial

from benchmarks.sources import law_pairs
from policydiff.model import Effect, Genre
from policydiff.substance import OF_SUBSTANCE, effect, signals_between

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
}


_LEAD = re.compile("^[\\s#*>（(　]*(?:第[一二三四五六七八九十百零]+条)?[\\s　*]*")


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
    changes = {
        name: partial(re.compile(pattern).sub, words, count=1) for name, (pattern, words) in _RULES.items()
    }
    for sentence in _sentences(options.seed):
        for name, change in changes.items():
            changed = change(string=sentence)
            if done[name] == options.each or changed == sentence:
                continue
            done[name] += 1
            told = any(
                signal.weight >= OF_SUBSTANCE
                for signal in signals_between(sentence, changed, genre=Genre.STATUTE)
            )
            silent["revision", name] += not told
            same = effect(sentence, changed) in (Effect.SAME, Effect.LOCALISED)
            silent["comparison", name] += same
            if name == options.show and (not told or same):
                print("revision" if not told else "comparison", sentence, changed, sep="\n  ")
    if not done:
        print("silent changes: the laws are not at hand")
        return 0
    print(f"{'one change':30} {'sentences':>9} {'silent in a revision':>21} {'same or localised':>18}")
    for name in _RULES:
        print(f"{name:30} {done[name]:9} {silent['revision', name]:21} {silent['comparison', name]:18}")
    sums = [
        sum(number for (kind, _), number in silent.items() if kind == side)
        for side in ("revision", "comparison")
    ]
    print(f"{'all':30} {done.total():9} {sums[0]:21} {sums[1]:18}")
    return 0


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
