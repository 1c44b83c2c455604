"""Signals against what a reader named in real revisions, equal values in other writing, and effects of local provisions.

    python -m benchmarks.substance [--misses] [--false] [--only NAME | --only DRAWING]

A signal of weight 0.3 or more is right where its words overlap those of a line of the gold of its clause; a line is
found where some signal overlaps it. A type is right where the signal that overlaps it has one of its types (or names it
as the content of a removed or added line). *Direct*: of the lines that have a direction, and of which a signal says one, those
where it is the line's; *given*: how many of the lines that have a direction are said one. *First three*:
one of the changes marked `!` is among the three heaviest changes. Floor: every edit of words is a signal of type scope.
"""

import argparse
import json
import re
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from benchmarks.equal_variants import equal_variants
from benchmarks.second_reader import pair_key, readers_differ
from benchmarks.sources import SHARED, read_members, read_texts
from benchmarks.training.gold import LabelledPair, labelled_pairs, without_blanks
from benchmarks.written_revisions import GOLD as WRITTEN, Marked, read_marked
from policydiff import parse
from policydiff.lexicon.text_marks import responsibility_notes
from policydiff.model import Change, Effect, Genre, RevisionDiff, Span, UnitRef, WordingOp
from policydiff.revision.diffing import diff_documents
from policydiff.substance.effects import dropped, judge_effect
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

GOLD = Path(__file__).parent / "gold/signals"
EFFECTS = Path(__file__).parent / "gold/effects"


GROUPS = (
    "development",
    "held out",
    "second drawing",
    "third drawing",
    "written revisions",
    "later revisions",
)


class Named(NamedTuple):
    """A difference that the reader named."""

    clause: str
    types: frozenset[str]
    directions: frozenset[str]
    old: str
    new: str
    chief: bool
    optional: bool = False
    """Whether it may be told or left out."""


class Said(NamedTuple):
    """A signal, or an edit of the floor."""

    clauses: tuple[str, ...]
    type: str
    detail: str | None
    direction: str
    old: str
    new: str
    weight: float


@dataclass
class Score:
    """Counts over one or more revisions."""

    right: int = 0
    said: int = 0
    found: int = 0
    typed: int = 0
    directed: int = 0
    given: int = 0
    directed_right: int = 0
    named: int = 0
    first: int = 0
    documents: int = 0
    missed: list[Named] = field(default_factory=list)
    false: list[Said] = field(default_factory=list)
    misled: list[tuple[Named, list[Said]]] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for name in (
            "right",
            "said",
            "found",
            "typed",
            "directed",
            "given",
            "directed_right",
            "named",
            "first",
            "documents",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def row(self, name: str) -> str:
        def ratio(one: int, other: int) -> str:
            return f"{one / other:5.3f}" if other else "    –"

        return (
            f"{name:24} {ratio(self.right, self.said)} {ratio(self.found, self.named)} {ratio(self.typed, self.named)}"
            f" {ratio(self.directed_right, self.given)} {ratio(self.given, self.directed)}  {self.said:4} {self.named:4}   {self.first}/{self.documents}"
        )


def read_gold(path: Path) -> list[Named]:
    """Return the lines of one file of the gold."""
    named = []
    for line in path.read_text("utf-8").splitlines():
        clause, types, directions, old, new, chief = (each.strip() for each in line.split("|"))
        named.append(
            Named(
                clause,
                frozenset(types.split("/")),
                frozenset(directions.split("/")),
                bare(old),
                bare(new),
                chief == "!",
                chief == "?",
            )
        )
    return named


def bare(text: str | None) -> str:
    return re.sub(r"[\W_]", "", (text or "").removesuffix("…"))


def labels(change: Change) -> tuple[str, ...]:
    new = [unit.label or unit.id for unit in change.new]
    old = [f"-{unit.label or unit.id}" for unit in change.old]
    named = [*new, *(old if not new else [])]
    return tuple("序言" if name == "preface" else name for name in named)


def signals_of(diff: RevisionDiff) -> list[Said]:
    return [
        Said(
            labels(change),
            signal.type.value,
            signal.detail,
            signal.direction.value,
            _words(signal.old, signal.old_span, change.old),
            _words(signal.new, signal.new_span, change.new),
            signal.weight,
        )
        for change in diff.changes
        for signal in change.signals
        if signal.weight >= OF_SUBSTANCE
    ]


def _words(quote: str | None, span: Span | None, units: Sequence[UnitRef]) -> str:
    """Return all the words of a signal, of which a long quote shows the first."""
    if quote is None or span is None:
        return bare(quote)
    return bare("\n".join(unit.text for unit in units)[span.start : span.end])


def edits_of(diff: RevisionDiff) -> list[Said]:
    """Return every edit as the floor says it."""
    said = []
    for change in diff.changes:
        if change.kind.value == "unchanged":
            continue
        old = new = ""
        for run in (*change.wording, None):
            if run is not None and run.op is WordingOp.DELETE:
                old = run.text
            elif run is not None and run.op is WordingOp.INSERT:
                new = run.text
            if run is None or run.op is WordingOp.EQUAL:
                if bare(old) or bare(new):
                    said.append(
                        Said(
                            labels(change),
                            "scope",
                            None,
                            "changed",
                            bare(old),
                            bare(new),
                            float(len(old + new)),
                        )
                    )
                old = new = ""
    return said


def overlaps(said: Said, named: Named) -> bool:
    if not set(named.clause.split("/")) & set(said.clauses):
        return False
    return shares_words(said.old, named.old) or shares_words(said.new, named.new)


def shares_words(one: str, other: str) -> bool:
    """Return whether two stretches without marks are, in part, of the same words."""
    return bool(one and other) and (one in other or other in one or _common(one, other))


def _common(one: str, other: str) -> bool:
    """Return whether two stretches overlap by six characters or half of the shorter one: one was quoted from another cut."""
    shorter, longer = sorted((one, other), key=len)
    least = min(6, max(3, len(shorter) // 2))
    return any(shorter[at : at + least] in longer for at in range(len(shorter) - least + 1))


def score(said: list[Said], named: list[Named], may: Sequence[Named] = ()) -> Score:
    """Return how signals meet the differences named; one on words that may be told is not false."""
    result = Score(said=len(said), named=len(named), documents=1)
    for each in said:
        if any(overlaps(each, line) for line in (*named, *may)):
            result.right += 1
        else:
            result.false.append(each)
    for line in named:
        hits = [each for each in said if overlaps(each, line)]
        if not hits:
            result.missed.append(line)
            continue
        result.found += 1
        result.typed += any(line.types & {each.type, each.detail} for each in hits)
        if not line.directions & {"?", "changed"}:
            result.directed += 1
            own = [each for each in hits if line.types & {each.type, each.detail}] or hits
            said_so = [each for each in own if each.direction != "changed"]
            result.given += bool(said_so)
            right = any(each.direction in line.directions for each in said_so)
            result.directed_right += right
            if said_so and not right:
                result.misled.append((line, said_so))
    heaviest: list[Said] = []
    for each in sorted(said, key=lambda each: -each.weight):
        if each.clauses not in [other.clauses for other in heaviest]:
            heaviest.append(each)
    chief = [line for line in named if line.chief]
    result.first = int(
        any(set(line.clause.split("/")) & set(each.clauses) for each in heaviest[:3] for line in chief)
    )
    return result


@cache
def _unlabelled() -> Path:
    folder = Path(tempfile.mkdtemp())
    with tarfile.open(SHARED / "unlabelled_pairs.tar.xz") as tar:
        tar.extractall(folder, filter="data")
    return folder


_LAWS = {
    "fapiao_2019_2023": ("发票管理办法(2019-03-02).md", "发票管理办法(2023-07-20).md"),
    "jingyingzhe_shenbao_2018_2024": (
        "国务院关于经营者集中申报标准的规定(2018-09-18).md",
        "国务院关于经营者集中申报标准的规定(2024-01-22).md",
    ),
    "guoji_shangshi_fating_2018_2023": (
        "最高人民法院关于设立国际商事法庭若干问题的规定(2018-06-27).md",
        "最高人民法院关于设立国际商事法庭若干问题的规定(2023-12-18).md",
    ),
    "muying_2017_2023": ("母婴保健法实施办法(2017-11-17).md", "母婴保健法实施办法(2023-07-20).md"),
    "kuaijifa_2017_2024": ("会计法(2017-11-04).md", "会计法(2024-06-28).md"),
}
"""Revisions of which both versions stand among the laws, by the names of their files."""

_SECOND = {
    "wangba_2019_2022": (
        "互联网上网服务营业场所管理条例(2019-03-24).md",
        "互联网上网服务营业场所管理条例(2022-03-29).md",
    ),
    "baoan_2020_2022": ("保安服务管理条例(2020-11-29).md", "保安服务管理条例(2022-03-29).md"),
    "shouyang_2019_2023": (
        "中国公民收养子女登记办法(2019-03-02).md",
        "中国公民收养子女登记办法(2023-07-20).md",
    ),
    "jiangli_2020_2024": ("国家科学技术奖励条例(2020-10-07).md", "国家科学技术奖励条例(2024-05-26).md"),
    "zhengquan_2016_2023": ("证券公司风险处置条例(2016-02-06).md", "证券公司风险处置条例(2023-07-20).md"),
    "shixin_2013_2017": (
        "最高人民法院关于公布失信被执行人名单信息的若干规定(2013-07-16).md",
        "174.docx",
    ),
    "xunhui_2015_2016": ("最高人民法院关于巡回法庭审理案件若干问题的规定(2015-01-28).md", "346.docx"),
    "gongsifa_jieshi2_2014_2020": (
        "最高人民法院关于适用《公司法》若干问题的规定（二）(2008-05-12).md",
        "426.docx",
    ),
    "junshi_fayuan_2020_2025": (
        "最高人民法院关于军事法院管辖民事案件若干问题的规定(2020-12-29).md",
        "185.docx",
    ),
    "zhuanli_jiufen_2015_2020": (
        "最高人民法院关于审理专利纠纷案件适用法律问题的若干规定(2015-01-29).md",
        "226.docx",
    ),
}
"""The second drawing of revisions, labelled after all rules of November 2026: laws and, as DOCX, later interpretations."""
_THIRD = {
    "caisha_2001_2023": ("长江河道采砂管理条例(2001-10-25).md", "长江河道采砂管理条例(2023-07-20).md"),
    "daolu_2022_2023": ("道路运输条例(2022-03-29).md", "道路运输条例(2023-07-20).md"),
    "renshen_2020_2022": (
        "最高人民法院关于审理人身损害赔偿案件适用法律若干问题的解释(2020-12-29).md",
        "最高人民法院关于审理人身损害赔偿案件适用法律若干问题的解释(2022-04-24).md",
    ),
    "xiaohao_2018_2023": (
        "消耗臭氧层物质管理条例(2018-03-19).md",
        "消耗臭氧层物质管理条例(2023-12-29).md",
    ),
    "yinxiang_2021_2024": (
        "上海市音像制品管理条例(2021-08-25).md",
        "上海市音像制品管理条例(2024-12-31).md",
    ),
}
"""The third drawing, labelled after the written and the later revisions: statutory orders and an interpretation of 2022 to 2024."""
_DECISION = re.compile(r"根据本决定.{0,80}重新公布。")
"""The end of an amending decision that a file prints before the amended text, which alone is labelled."""


def pair_of(name: str) -> tuple[str, str]:
    """Return the texts of both versions."""
    if name in _SECOND:
        names = frozenset(file for pair in _SECOND.values() for file in pair)
        held = read_texts("laws.tar.xz", names) | read_texts("npc_docx.tar.xz", names)
        old, new = (_DECISION.split(held[file])[-1] for file in _SECOND[name])
        return old, new
    for pairs in (_LAWS, _THIRD):
        if name in pairs:
            texts = read_members("laws.tar.xz", frozenset(file for pair in pairs.values() for file in pair))
            return texts[pairs[name][0]], texts[pairs[name][1]]
    if name == "sh-shiguan-hedao":
        old, new = (SHARED / f"shanghai/{name}-{year}.txt" for year in (2018, 2023))
    else:
        folder = SHARED / "revisions" / name
        if not folder.is_dir():
            folder = _unlabelled() / name
        old, new = (next(folder.glob(f"{side}.*")) for side in ("old", "new"))
    return old.read_text("utf-8", "replace"), new.read_text("utf-8", "replace")


_LATER = frozenset({"keji_fuchi", "tuoguan", "weixiu_zijin", "zhangcheng_xuexiao", "zhengwu_ai"})
"""Revisions written after the rules that the first ten had led to."""


def group_of(name: str, development: frozenset[str]) -> str:
    """Return the name of the drawing that a revision belongs to."""
    if (WRITTEN / f"{name}.txt").is_file():
        return "later revisions" if name in _LATER else "written revisions"
    if name in _SECOND:
        return "second drawing"
    if name in _THIRD:
        return "third drawing"
    return "development" if name in development else "held out"


def _documents(
    development: frozenset[str], only: str | None
) -> Iterator[tuple[str, str, str, str, list[Named]]]:
    """Yield name, drawing, both texts and the labelled differences of each revision, drawing by drawing."""
    by_group = sorted(
        (GROUPS.index(group_of(path.stem, development)), path.stem, path)
        for path in (*GOLD.glob("*.txt"), *WRITTEN.glob("*.txt"))
        if path.stem != "dev"
    )
    for group, name, path in by_group:
        if only and only not in (name, GROUPS[group]):
            continue
        if path.parent == WRITTEN:
            old, new, marked = read_marked(path)
            yield name, GROUPS[group], old, new, [named_of(each) for each in marked]
        else:
            yield name, GROUPS[group], *pair_of(name), read_gold(path)


def named_of(marked: Marked) -> Named:
    """Return a marked difference of a written revision as a line of the gold."""
    kinds = marked.mark.strip("!?").split()
    return Named(
        marked.clause,
        frozenset(kinds[0].split("/")),
        frozenset(kinds[1].split("/") if len(kinds) > 1 else "?"),
        bare(marked.old),
        bare(marked.new),
        marked.mark.endswith("!"),
        marked.mark.startswith("?"),
    )


def revisions(options: argparse.Namespace) -> None:
    development = frozenset((GOLD / "dev.txt").read_text("utf-8").split())
    print(f"{'signals':24} precis recall  typed direct given  said gold  first three")
    totals = {group: Score() for group in GROUPS}
    floors = {group: Score() for group in GROUPS}
    for name, group, old, new, lines in _documents(development, options.only):
        diff = diff_documents(parse(old), parse(new))
        must = [line for line in lines if not line.optional]
        may = [line for line in lines if line.optional]
        result = score(signals_of(diff), must, may)
        print(result.row(name + (" (dev)" if group == "development" else "")))
        totals[group].add(result)
        floors[group].add(score(edits_of(diff), must, may))
        show = options.misses or options.false
        if show:
            for line in result.missed if options.misses else ():
                print("   missed", line.clause, "/".join(sorted(line.types)), line.old, "→", line.new)
            for line, said in result.misled if options.misses else ():
                print("   direct", line.clause, sorted(line.directions), line.old, "→", line.new)
                for each in said:
                    print("            said", each.type, each.direction, each.old[:50], "→", each.new[:50])
            for each in result.false if options.false else ():
                print("   false ", each.clauses, each.type, each.direction, each.old[:60], "→", each.new[:60])
    for group in GROUPS:
        print(totals[group].row(group))
        print(floors[group].row(f"  floor, {group}"))


def variants(options: argparse.Namespace) -> None:
    """Print how many pairs that say the same have a signal: values in other writing, and sentences that a drafter put in other words."""
    sets: dict[str, list[tuple[str, str]]] = {"equal values in other writing": list(equal_variants())}
    for line in (GOLD.parent / "equal_restyled.tsv").read_text("utf-8").splitlines():
        old, new, name, *_ = (*line.split("\t"), "sentences put in other words")
        sets.setdefault(name, []).append((old, new))
    for name, pairs in sets.items():
        flagged = [pair for pair in pairs if _tells(*pair)]
        print(f"\n{name}: {len(flagged)} of {len(pairs)} flagged")
        _print_pairs(flagged, options)
    twins = [line.split("\t")[:2] for line in TWINS.read_text("utf-8").splitlines()]
    missed = [pair for pair in twins if not _tells(*pair)]
    print(f"\nsentences near those that differ: {len(missed)} of {len(twins)} not told")
    _print_pairs(missed, options)


TWINS = GOLD.parent / "restyled_twins.tsv"
"""Pairs that look as the restyled ones do, and differ: old, new, reason."""


def _tells(old: str, new: str) -> bool:
    """Return whether two sentences have a signal of substance, read as a statute or as a policy."""
    return any(
        signal.weight >= OF_SUBSTANCE for genre in Genre for signal in signals_between(old, new, genre=genre)
    )


def _print_pairs(pairs: Iterable[Sequence[str]], options: argparse.Namespace) -> None:
    for old, new in pairs if options.false else ():
        print("   ", old, "|", new)


def adoption_pairs() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield folder, effect, superior words, local words and the reason of each derived unit of the labelled pairs."""
    for path in sorted((SHARED / "adoption").glob("*-20[0-9][0-9]/gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        for unit in gold["units"]:
            if unit.get("effect") and unit["label"] == "derived" and unit["kind"] == "sentence":
                sources = [each["text"] if isinstance(each, dict) else each for each in unit["sources"]]
                yield path.parent.name, unit["effect"], "\n".join(sources), unit["text"], unit.get("why", "")


def later_pairs(missing: list[str] | None = None) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the same of the sentences labelled later: their places, and the places of their sources, stand in other gold.

    Args:
        missing: Filled with the labelled places that stand nowhere in the gold at hand, which yield nothing.
    """
    gold = {pair.name: pair for pair in labelled_pairs()}
    for line in (EFFECTS / "pairs.tsv").read_text("utf-8").splitlines()[1:]:
        name, place, label, why = line.split("\t")
        words = _words_at(gold[name], place) if name in gold else None
        if words is None:
            if missing is not None:
                missing.append(f"{name} {place}")
            continue
        yield name, label, *words, why


def _words_at(pair: LabelledPair, place: str) -> tuple[str, str] | None:
    """Return the superior and the local words of a labelled place (the id of a unit, or two offsets); None where the gold has none."""
    if place.startswith("L"):
        units = json.loads((SHARED / "adoption" / pair.name / "gold.json").read_text("utf-8"))["units"]
        unit = next((each for each in units if each["id"] == place), None)
        return unit and ("\n".join(each["text"] for each in unit["sources"]), unit["text"])
    start, end = map(int, place.split("-"))
    local, superior = without_blanks(pair.local), without_blanks(pair.superior)
    # a note of responsibility at an end of the labelled words is no part of the sentence
    sentence = next(
        (each for each in pair.sentences if start <= each.place[0] and each.place[1] <= end), None
    )
    if sentence is None:
        return None
    sources = "\n".join(_without_notes(superior[slice(*source)]) for source in sentence.sources)
    return sources, local[slice(*sentence.place)]


def _without_notes(text: str) -> str:
    for start, end in reversed(responsibility_notes(text)):
        text = text[:start] + text[end:]
    return text


def effects(
    name: str, pairs: Iterable[tuple[str, str, str, str, str]], title: str, options: argparse.Namespace
) -> None:
    agree: Counter[bool] = Counter()
    agreed: list[bool] = []
    differ = readers_differ("effects")
    flagged: dict[str, list[int]] = {}
    changed_right = total = 0
    confusion: Counter[tuple[str, str]] = Counter()
    for folder, label, superior, local, why in pairs:
        judgement = judge_effect(superior, local)
        said = judgement.effect.value
        total += 1
        agree[said == label] += 1
        if f"{name} {pair_key(superior, local)}" not in differ:
            agreed.append(said == label)
        confusion[label, said] += 1
        unlike = {"tightened", "loosened", "different"}
        changed_right += (said in unlike) == (label in unlike)
        signals = [
            each
            for each in judgement.signals
            if each.weight >= OF_SUBSTANCE and each.type.value != "reference"
        ]
        flagged.setdefault(label, []).append(bool(signals))
        if options.effects and said != label:
            print("   ", folder, label, "→", said, "|", superior.replace("\n", "⏎"), "|", local, "|", why)
            for each in signals:
                print(
                    "         ", each.type.value, each.direction.value, each.old, "→", each.new, each.weight
                )
            print("          dropped:", [each.text for each in dropped(superior, local)])
    if not total:
        print("\neffects: no labelled pairs at hand")
        return
    print(f"\neffects of {total} local provisions, {title}")
    print(
        f"  as the reader's {agree[True] / total:.3f} (of {len(agreed)} on which two readers do not differ {sum(agreed) / len(agreed):.3f}); floor (always `localised`) {sum(n for (label, _), n in confusion.items() if label == Effect.LOCALISED.value) / total:.3f}; changed or not {changed_right / total:.3f}"
    )
    for label, hits in sorted(flagged.items()):
        said = ", ".join(
            f"{way} {confusion[label, way]}"
            for way in (each.value for each in Effect)
            if confusion[label, way]
        )
        print(f"  {label:10} {len(hits):3}  with a signal {sum(hits) / len(hits):.3f}   said: {said}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--misses", action="store_true", help="of the development half: lines that no signal overlaps"
    )
    parser.add_argument(
        "--false", action="store_true", help="of the development half: signals that overlap no line"
    )
    parser.add_argument("--effects", action="store_true", help="effects that differ from the reader's")
    parser.add_argument("--only", help="one revision, or one drawing")
    options = parser.parse_args()
    if not (SHARED / "revisions").is_dir():
        print("the development data is not there")
        return 0
    revisions(options)
    if not options.only:
        variants(options)
        effects("six", adoption_pairs(), "six policies", options)
        missing: list[str] = []
        effects("later", later_pairs(missing), "six other pairs, labelled later", options)
        print(f"  labelled places that stand nowhere in the gold at hand: {len(missing)}", *missing)
    return 0


if __name__ == "__main__":
    sys.exit(main())
