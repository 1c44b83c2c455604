r"""One element of meaning changed in a sentence of a real local regulation: does the revision diff say so, as what, and which way.

    python -m benchmarks.one_element [--each 30] [--seed 15] [--show ELEMENT] [--neutral]

Sentences come from local regulations of the development data that stand there in one version, so that no rule was made on a revision of theirs. Each is put into
a text of three articles, of which the other two stay, and both texts are compared as files are. *Told*: a change with a signal; *weighed*: with one of substance (0.3);
*typed*: with one of the types a lawyer would name; *directed*: with one of these types and a direction that is right (any, where a lawyer would give none).
`--neutral` turns it round: rewritings that change nothing, and how many bear a signal.
"""

import argparse
import random
import re
import sys
import tarfile
from collections.abc import Iterator
from functools import cache

import policydiff
from benchmarks.sources import SHARED, law_pairs
from policydiff.substance.weighing import OF_SUBSTANCE

_N = "(?:[0-9]+(?:\\.[0-9]+)?|[一二三四五六七八九十百千]+)"
_ANY = ""
"""Any direction: a lawyer would give none, or either."""
_LOOSER, _STRICTER, _SIZE = "looser wider changed", "stricter narrower changed", "higher lower changed"

_Rule = tuple[str, str, str, str]
ELEMENTS: dict[str, _Rule] = {
    # condition, exception
    "a condition gone": ("(?<=[，。；])(?!应当|不得)[^，。；、]{4,24}的，(?=[^。；]{0,20}(?:应当|可以|不得))", "", "condition scope part_removed sanction", _ANY),
    "a case gone": ("情节(?:特别)?严重的，", "", "condition sanction scope", _ANY),
    "another condition": ("(?<=[，。；])(?:有|因)[^，。；、]{4,16}的，", "出于特殊需要的，", "condition scope exception part_removed part_added", _ANY),
    "a test negated": ("(?<=[，。；])符合", "不符合", "condition scope sanction duty permission exception", _ANY),
    "an exception gone": ("[，；]但[^。；]{4,40}除外(?=[。；])", "", "exception", "stricter changed narrower wider"),
    "an exception put in": ("(?<=[一-鿿])。$", "，但应急抢险的除外。", "exception", _LOOSER),
    "otherwise provided for gone": ("[；，。](?:法律|国家)[^，。；]{0,20}另有规定的，(?:从其规定|依照其规定)", "", "exception condition", _ANY),
    "other than → including": ("除([^，。；]{2,20})外，", r"包括\1在内，", "exception scope condition", _ANY),
    # addressee
    "the addressee narrowed": ("^([一-鿿]{2,8}(?:单位|企业|机构|经营者|人))(?=应当|不得)", r"大型\1", "scope condition duty prohibition body", _ANY),
    "another addressee": ("^(?:建设|施工|生产经营|用人)单位(?=应当|不得)", "监理单位", "scope body duty prohibition", _ANY),
    "one addressee gone": ("^([一-鿿]{2,8})、[一-鿿]{2,8}(?=应当|不得|可以)", r"\1", "scope body duty part_removed", _ANY),
    "anyone → enterprises": ("任何单位和个人", "任何企业", "scope body prohibition duty condition", _ANY),
    # modals, negation
    "must → may": ("(?<!不)应当", "可以", "duty permission", "looser"),
    "may → must": ("(?<!不)可以", "应当", "duty permission", "stricter"),
    "must → need not": ("(?<!不)应当", "不必", "duty permission prohibition exception", "looser changed"),
    "ban → may": ("不得", "可以", "prohibition permission", "looser"),
    "may → ban": ("(?<!不)可以", "不得", "prohibition permission", "stricter changed"),
    "must → encouraged": ("(?<=[一-鿿])应当(?=[一-鿿]{2})", "鼓励", "duty permission", "looser changed"),
    "ban on a bare act": ("(?<=[。；⏎])禁止(?=[一-鿿]{2,})", "限制", "prohibition duty scope", "looser changed"),
    "must → in principle must": ("(?<!不)应当", "原则上应当", "duty", "looser"),
    "a denial put in": ("(?<=的，)予以", "不予", "condition duty permission sanction prohibition scope right instrument", _ANY),
    "a denial gone": ("(?<!得)不予", "予以", "condition duty permission prohibition sanction scope right instrument", _ANY),
    "without → with": ("未经(?=[^，。；]{2,16}(?:批准|同意|许可))", "经", "condition prohibition instrument exception permission duty", _ANY),
    # numbers, units, bounds
    "a number": (f"(?<![第之0-9一二三四五六七八九十百千]){_N}(?=名|人|个月|日|年|周岁|米|次|倍|户|家)", "四十七", "number period amount deadline frequency area scope percentage sanction", _SIZE + " later earlier stricter looser wider narrower"),
    "an amount": (f"{_N}万元", "四十七万元", "amount sanction", _SIZE + " stricter looser"),
    "a unit of money": ("(?<=[一二三四五六七八九十百千0-9])万元", "千元", "amount sanction", "lower changed"),
    "a unit of time": ("(?<=[一二三四五六七八九十0-9])日内", "个工作日内", "period deadline", "higher changed later looser"),
    "months → years": ("个月", "年", "period deadline number frequency scope condition", "higher changed later stricter looser wider narrower"),
    "a percentage": (f"百分之{_N}|{_N}%", "百分之三十七", "percentage", _SIZE + " stricter looser"),
    "metres → kilometres": ("(?<=[0-9一二三四五六七八九十百])米", "公里", "number area scope", "higher changed"),
    "times → times the sum": ("倍以上", "倍以下", "number amount sanction percentage", _ANY),
    "or more → or less": ("(?<=[元日年月人%米岁])以上", "以下", "amount period number percentage scope condition sanction area deadline frequency", _ANY),
    "or less → under": ("(?<=[元日年月人%米岁])以下", "以下（不含本数）", "amount period number percentage scope condition sanction area deadline definition part_added", _ANY),
    "under → over": ("不满", "超过", "amount period number percentage scope condition sanction area deadline duty", _ANY),
    "no more than → no less than": ("不(?:得)?超过", "不少于", "amount period number percentage prohibition scope condition area duty deadline frequency", _ANY),
    "a date": ("20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日", "2041年3月4日", "deadline period", "later changed"),
    # bodies, lists, joints
    "another body": ("(?:公安|民政|财政|教育|卫生健康|生态环境|交通运输)(?:机关|部门|主管部门)", "水务主管部门", "body scope", _ANY),
    "a higher level": ("县级(?=以上|人民)", "省级", "body scope", _ANY),
    "a member of a list gone": ("、[一-鿿]{2,5}(?=[、和等])", "", "scope body condition part_removed duty prohibition instrument sanction exception reference", "narrower changed looser wider stricter"),
    "another member": ("、[一-鿿]{3,5}(?=[、和等])", "、流动摊点", "scope body condition part_removed part_added duty prohibition instrument sanction exception reference definition", _ANY),
    "and → or": ("(?<=材料|证明|文件|手续|同意|批准)和(?=[一-鿿]{2})", "或者", "scope condition instrument duty", _ANY),
    "also → or": ("，并(?=处|提|报|向|经|书)", "，或者", "scope condition instrument duty sanction permission body", _ANY),
    # sanctions, permits, rights
    "a sanction gone": ("，(?:并处|可以并处|处)[^，。；]{4,30}罚款(?=[。；])", "", "sanction amount", "looser changed"),
    "a seizure gone": ("没收违法所得，", "", "sanction", "looser"),
    "a fine too → may fine too": ("(?<!可以)并处", "可以并处", "sanction duty permission", "looser"),
    "a warning for a fine": ("处[^，。；]{4,30}罚款(?=[。；])", "给予警告", "sanction amount", "looser changed"),
    "suspend → revoke": ("暂扣", "吊销", "sanction", "stricter changed"),
    "permit → filing": ("(?:行政)?许可(?!证|的决定)|批准(?!文件|机关|书|的)", "备案", "instrument condition scope", "looser changed narrower wider"),
    "filing → permit": ("备案", "批准", "instrument condition scope", "stricter changed"),
    "a right gone": ("可以依法(?:申请行政复议|提起行政诉讼)[^。；]{0,14}", "应当服从", "right permission duty part_removed part_added", _ANY),
    "free of charge gone": ("免费", "", "scope instrument amount right condition duty", _ANY),
    # time
    "from another day": ("自(?:收到|受理|知道)", "自作出", "period deadline condition scope", _ANY),
    "before → after": ("(?<=[一-鿿]{2})前(?=，|[一-鿿]{2,6}(?:报|向|提|告))", "后", "deadline condition period scope", _ANY),
    "each → one time": ("每(?=年|季度|月|半年)", "首", "frequency period deadline scope duty", _ANY),
    "each year → each two": ("每(?=年|季度|月)", "每两", "frequency period", "lower changed looser"),
    "running → added up": ("连续", "累计", "exception condition period scope number frequency", _ANY),
    "first → again": ("首次|初次", "再次", "condition scope frequency", _ANY),
    "at once → in good time": ("立即|当场", "酌情", "condition instrument deadline scope duty period", _ANY),
    # manner and extent
    "in writing gone": ("书面", "", "scope duty condition instrument", _ANY),
    "all → a part": ("全部|(?<=对)所有(?!权)|全体", "部分", "scope condition number definition exception", _ANY),
    "both → either": ("同时(?=符合|具备|满足)", "", "condition scope", _ANY),
    "open → closed": ("公开", "不公开", "duty scope condition prohibition", _ANY),
    "jointly → severally": ("连带责任", "按份责任", "scope sanction duty", _ANY),
    "permanent → temporary": ("永久|长期", "临时", "scope period duty condition", _ANY),
    "citation": ("第([一二三四五六])款", "第七款", "reference", _ANY),
}  # fmt: skip

NEUTRAL: dict[str, tuple[str, str]] = {
    "must in other words": ("(?<!不)应当", "必须"),
    "ban in other words": ("(?<=[一-鿿])不得(?=[一-鿿])", "不准"),
    "ten days in figures": ("(?<![一二三四五六七八九十百])十日", "10日"),
    "thirty days": ("三十日", "30日"),
    "months as years": ("(?<![一二三四五六七八九十百])十二个月", "一年"),
    "years as months": ("(?<![0-9一二三四五六七八九十])二年", "24个月"),
    "money in figures": ("(?<![一二三四五六七八九十百])五万元", "5万元"),
    "money in full": ("(?<![0-9一二三四五六七八九十百])一万元", "10000元"),
    "percent": ("百分之五十(?![一二三四五六七八九])", "50%"),
    "width of brackets": ("（", "("),
    "width of commas": ("，", ","),
    "quotes": ("“", "「"),
    "also and": ("，并(?=[一-鿿]{2})", "，并且"),
    "or long": ("或者", "或"),
    "or short": ("(?<=[一-鿿]{2})或(?!者)(?=[一-鿿]{2})", "或者"),
    "of → 之": ("(?<=[一-鿿]{2})之(?=权利|义务|规定|情形)", "的"),
    "two bodies exchanged": ("(公安|民政|财政|教育)、(交通运输|生态环境|卫生健康|农业农村|自然资源|水利)", r"\2、\1"),
    "two nouns exchanged": ("报刊、(广播|电视)", r"\1、报刊"),
    "under the law": ("依照", "按照"),
    "in force": ("(?<=[起日])施行(?!政)", "实施"),
    "government": ("(?<=[省市县区])人民政府", "政府"),
    "no more than a sum": (f"(?<![得一])不超过(?={_N}(?:元|万元|日|人|年))", "不得超过"),
    "at least": (f"(?<=[^得])不少于(?={_N}(?:元|万元|日|人|年|名))", "不得少于"),
    "renamed office": ("卫生计生", "卫生健康"),
    "renamed standard office": ("(?<!、)质量技术监督(?=部门|局|行政)(?![一-鿿]*(?:市场监|工商))", "市场监督管理"),
    "account": ("账", "帐"),
    "other": ("其他", "其它"),
    "may in full": ("(?<![不得有])可以", "可"),
    "provided by law": ("法律、行政法规", "法律和行政法规"),
    "from the day": ("(?<=[一-鿿]{2})之日起(?=[一二三四五六七八九十0-9]+日内)", "之日起的"),
    "as follows": ("下列", "以下"),
    "semicolon for a full stop": ("；(?=[一-鿿])", "。"),
    "a blank": ("(?<=[一-鿿])，", "， "),
    "natural days": ("(?<=[一二三四五六七八九十])日内", "天内"),
    "within": ("日内", "日以内"),
    "and so on": ("等有关部门", "等部门"),
    "has → holds": ("具有", "有"),
    "carries out": ("进行(?=监督|检查|审查|评估)", "予以"),
    "through → by": ("以及", "及"),
    "laws": ("法律、法规的规定", "法律、法规规定"),
}  # fmt: skip


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=30, help="sentences changed for each element")
    parser.add_argument("--seed", type=int, default=15, help="in which order the sentences are drawn")
    parser.add_argument("--show", metavar="ELEMENT", help="print what is not right of one element")
    parser.add_argument("--neutral", action="store_true", help="rewritings that change nothing")
    options = parser.parse_args()
    if not _articles():
        print("one element: the laws are not at hand")
        return 0
    if options.neutral:
        return _neutral(options.each, options.seed, options.show)
    print(f"{'one element':32} {'sentences':>9} {'told':>6} {'weighed':>8} {'typed':>6} {'directed':>9}")
    totals = [0] * 5
    for name, (pattern, words, types, ways) in ELEMENTS.items():
        counts = [0] * 5
        for old, new in _drawn(pattern, words, options.each, options.seed):
            signals = _signals(old, new)
            weighed = [each for each in signals if each.weight >= OF_SUBSTANCE]
            typed = [each for each in weighed if {each.type.value, each.detail or ""} & set(types.split())]
            directed = [each for each in typed if not ways or each.direction.value in ways.split()]
            found = (True, *map(bool, (signals, weighed, typed, directed)))
            counts = [count + one for count, one in zip(counts, found, strict=True)]
            if options.show == name and not directed:
                _print(old, new, signals)
        _row(name, counts)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
    _row("all", totals)
    return 0


def _neutral(each: int, seed: int, show: str | None) -> int:
    print(f"{'rewriting that says the same':32} {'sentences':>9} {'signal':>7} {'weighed':>8}")
    totals = [0] * 3
    for name, (pattern, words) in NEUTRAL.items():
        counts = [0] * 3
        for old, new in _drawn(pattern, words, each, seed):
            signals = _signals(old, new)
            found = (True, bool(signals), any(one.weight >= OF_SUBSTANCE for one in signals))
            counts = [count + one for count, one in zip(counts, found, strict=True)]
            if show == name and signals:
                _print(old, new, signals)
        print(f"{name:32} {counts[0]:9} {counts[1]:7} {counts[2]:8}")
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
    print(f"{'all':32} {totals[0]:9} {totals[1]:7} {totals[2]:8}")
    return 0


def _row(name: str, counts: list[int]) -> None:
    number, *found = counts
    shares = [f"{one / number:.3f}" if number else "–" for one in found]
    print(f"{name:32} {number:9} {shares[0]:>6} {shares[1]:>8} {shares[2]:>6} {shares[3]:>9}")


def _print(old: str, new: str, signals: list[policydiff.model.Signal]) -> None:
    print("  -", old.replace("\n", "⏎"), "\n  +", new.replace("\n", "⏎"))
    for each in signals:
        print("     ", each.type.value, each.direction.value, each.old, "→", each.new, each.weight)


_FRAME = (
    "某市条例\n第一条 本条例适用于本市行政区域。\n第二条 {}\n第三条 公民、法人和其他组织应当遵守本条例。\n"
)


def _signals(old: str, new: str) -> list[policydiff.model.Signal]:
    """Return the signals of the diff of two texts whose second article alone differs."""
    diff = policydiff.diff(policydiff.parse(_FRAME.format(old)), policydiff.parse(_FRAME.format(new)))
    return [signal for change in diff.changes for signal in change.signals]


def _drawn(pattern: str, words: str, each: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield articles, and the same with an element changed at a place drawn by lot."""
    found = re.compile(pattern)
    lot = random.Random(f"{seed} {pattern}")
    articles = list(_articles())
    lot.shuffle(articles)
    for article in articles:
        places = list(found.finditer(article))
        if not places:
            continue
        match = lot.choice(places)
        changed = article[: match.start()] + match.expand(words) + article[match.end() :]
        yield article, changed
        each -= 1
        if not each:
            return


_ARTICLE = re.compile(
    r"(?ms)^\s*第[一二三四五六七八九十百零]+条[\s　]+(.*?)(?=^\s*(?:#+\s*)?第[一二三四五六七八九十百零]+[条章节]|\Z)"
)
_LONGEST = 400
"""Characters of an article: longer ones are lists of many cases."""


@cache
def _articles() -> tuple[str, ...]:
    """Return articles of local regulations that stand in one version in the development data."""
    path = SHARED / "laws.tar.xz"
    if not path.is_file():
        return ()
    twice = {title for title, _, _ in law_pairs()}
    found: set[str] = set()
    with tarfile.open(path) as tar:
        for member in tar:
            name = member.name.rpartition("/")[2].removesuffix(".md").partition("(")[0]
            if "/地方性法规/" not in member.name or name in twice:
                continue
            file = tar.extractfile(member)
            text = file.read().decode("utf-8", "replace") if file else ""
            for match in _ARTICLE.finditer(text.rpartition("<!-- INFO END -->")[2]):
                lines = [line.strip() for line in match[1].splitlines() if line.strip()]
                if 20 <= len("".join(lines)) <= _LONGEST:
                    found.add("\n".join(lines))
    return tuple(sorted(found))


if __name__ == "__main__":
    sys.exit(main())
