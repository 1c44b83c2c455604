"""Amendments carried out on real texts and held against the texts as published, group by group.

Old texts stand in public repositories: `benchmarks/gold/amendment_pairs.json` names repository, commit and path of each.
Give the folder that holds clones of the repositories, named owner+name:

    python -m benchmarks.amendment_pairs FOLDER

Decisions and published texts are those of the development data, or lie in `benchmarks/gold/amendment-texts` (or where the
variable POLICYDIFF_AMENDMENT_TEXTS points), which is no part of the project (its README names where each comes from). An
article that the publisher, or the old text at hand, has otherwise than the decision orders is named in the gold with its
reason, read by hand (`besides`). An article that the old text lost, and that no order changes in part, is put back from
the published text (`lost`: its number, its number there, and the beginning of the line it stands before), and so are the
headings before the first article, which these copies run on with the title. Texts that lost more are tried too: none of
them may come out complete (`damaged`). Headings are compared that the old text has, or that the decision names.

Further pairs are drawn by title and day from the history of all repositories below the folder (`amendment_versions`), for
every decision at hand; `benchmarks/gold/drawn_pairs.json` names what publishers and old texts have otherwise.

The criminal law is amended from its text of 1997 on by thirteen decisions in turn, the constitution by its five amendments.
The floor is the usual script (`simple_amending`), tried on the same pairs.
"""

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from benchmarks.amendment_versions import consecutive, drawn, repository_in, run_git
from benchmarks.amendments import (
    BRACKETS,
    articles_of,
    differing,
    differing_marks,
    folded,
    given_pairs_with_decisions,
    headings_of,
    kinds,
    members,
    text_of,
)
from benchmarks.order_agreement import TEXTS, decisions_at_hand
from benchmarks.simple_amending import amended_simply
from benchmarks.sources import ROOT, SHARED
from policydiff.amendment.amending import apply_amendment
from policydiff.amendment.drafting import CannotDraftError, draft_amendment
from policydiff.amendment.places import label_of
from policydiff.amendment.quoted import take_quotes
from policydiff.amendment.scope import read_decision
from policydiff.amendment.statute import Article, Heading, statute_of
from policydiff.model import Document
from policydiff.parsing import parse_text

_GOLD = ROOT / "benchmarks/gold/amendment_pairs.json"
_DRAWN = ROOT / "benchmarks/gold/drawn_pairs.json"
_GIVEN = ROOT / "benchmarks/gold/amendments.json"
_CHAIN = ROOT / "benchmarks/gold/criminal_law.json"
_GROUPS: tuple[tuple[str, str], ...] = (
    ("27 civil interpretations, 2020", r"二十七件民事类"),
    ("29 commercial interpretations, 2020", r"二十九件商事类"),
    ("18 on intellectual property, 2020", r"十八件知识产权类"),
    ("19 on civil procedure, 2020", r"^2020-12-23-procedure"),
    (
        "single decisions on interpretations",
        r"司法解释|^最高人民|-(?:ip-court|fund-raising|personal-injury|commercial-court)|interpretation",
    ),
    ("regulations, bundles of 2022 and 2024", r"-regulations"),
    ("regulations, single decisions", r"-(?:ozone|tobacco|science-prizes|holidays)"),
    ("laws", r""),
)
"""Groups of the table, each with what the name of a pair's last decision holds."""


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not SHARED.is_dir():
        print(
            "give the folder of the repositories that the gold names; the development data must be at hand too"
        )
        return 0
    held = dict(members("laws.tar.xz", ".md")) | dict(members("npc_docx.tar.xz", ".docx"))
    by_end = {"/".join(name.strip("./").split("/")[-2:]): data for name, data in held.items()}
    run = _Run()
    began = time.process_time()
    for pair in (*_listed(folder, by_end), *_drawn_pairs(folder)):
        run.take(pair)
    _given(run)
    spent = time.process_time() - began
    _criminal_law(run, by_end, folder)
    run.tell()
    print(f"  {spent / max(1, run.pairs) * 1000:.0f} ms CPU a pair, parsing, drafting and the floor included")
    _drafts_of_versions(folder)
    return 1 if run.wrong or run.damaged["complete"] else 0


@dataclass(frozen=True)
class _Pair:
    act: str
    group: str
    old: Document
    published: Document | None
    """None for an old text that lost a part: it may not come out complete."""
    decisions: tuple[str, ...]
    besides: dict[str, str]
    levels: bool = False
    """Whether the text at hand prints 一、 where the published one has 第一条."""


@dataclass
class _Run:
    """Outcomes by group, marks, drafts."""

    seen: set[tuple[str, str]] = field(default_factory=set)
    rows: dict[str, Counter[str]] = field(default_factory=dict)
    damaged: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    drafts: Counter[str] = field(default_factory=Counter)
    orders: int = 0
    pairs: int = 0
    wrong: int = 0

    def take(self, pair: _Pair) -> None:
        """Carry out the decisions of a pair, once for each text and last decision, and hold the result against its text."""
        if pair.published is None:
            outcome = _carried(pair)[1]
            self.damaged[outcome] += 1
            if outcome == "complete":
                print(f"  {pair.act}: complete, though its old text lost a part")
            return
        known = (re.sub(r"[\s《》〈〉]|中华人民共和国", "", pair.act), folded(pair.decisions[-1][:400]))
        if known in self.seen:
            return
        self.seen.add(known)
        self.pairs += 1
        made, outcome, reasons, orders = _carried(pair)
        self.orders += orders
        names = (*differing(made, pair.published), *_unlike_headings(pair, made))
        unlike = [each for each in names if each not in pair.besides]
        self.count(pair.group, outcome, unlike=bool(unlike), floor=_floor_holds(pair))
        self._marks(pair, made, outcome)
        self._draft(pair)
        if unlike or outcome != "complete":
            told = " ".join(unlike[:6]) or "none"
            print(f"  {pair.act[-32:]:34} {outcome:9} unlike: {told} {'; '.join(reasons[:3])[:120]}")

    def count(
        self, group: str, outcome: str, *, unlike: bool, floor: bool = False, held: bool = True
    ) -> None:
        """Count one result; `held` where a published text was there to hold it against."""
        row = self.rows.setdefault(group, Counter())
        row.update({"pairs": 1, outcome: 1, "floor": int(floor), "held": int(held and outcome == "complete")})
        row["unlike"] += unlike and outcome == "complete"
        self.wrong += unlike and outcome == "complete"

    def _marks(self, pair: _Pair, made: Document, outcome: str) -> None:
        assert pair.published is not None
        for name, marks in (("clause", None), ("bracket", BRACKETS)):
            found = differing_marks(made, pair.published, pair.old, *([marks] if marks else []))
            self.marks[f"{name} alike"] += not found
            for number, ours, theirs, ordered in found:
                self.marks[f"{name} {'ordered' if ordered else 'stood'}"] += 1
                if ordered:
                    self.marks[f"{name} ordered complete"] += outcome == "complete"
                    print(f"  {name}: {pair.act[-24:]:26} {outcome:9} article {number}: {ours} | {theirs}")

    def _draft(self, pair: _Pair) -> None:
        assert pair.published is not None
        old = parse_text(_as_articles(statute_of(pair.old).text())) if pair.levels else pair.old
        self.drafts["tried"] += 1
        try:
            drafted = draft_amendment(old, pair.published)
        except CannotDraftError as refusal:
            print(f"  no draft: {pair.act[-40:]} {str(refusal)[:90]}")
            return
        self.drafts.update({"proved": 1, "orders": len(drafted.orders)})
        if len(pair.decisions) == 1:
            ours, theirs = Counter(kinds(drafted.text)), Counter(kinds(pair.decisions[0], pair.act))
            for (kind, article), count in theirs.items():
                if article not in pair.besides:
                    self.drafts["published"] += count
                    self.drafts["agreed"] += min(count, ours[kind, article])

    def tell(self) -> None:
        """Print the table and the figures below it."""
        print("\n  group                                    pairs complete partial refused  wrong  floor")
        order = [name for name, _ in _GROUPS]
        rows = sorted(self.rows.items(), key=lambda row: order.index(row[0]) if row[0] in order else 99)
        total: Counter[str] = Counter()
        for name, row in rows:
            total.update(row)
            print(_row(name, row))
        print(_row("all together", total))
        print(
            f"  complete {total['complete'] / max(1, total['pairs']):.3f} of {total['pairs']}; complete and held against a published text "
            f"{total['held']}: as published {total['held'] - total['unlike']}, with an article or heading unlike it "
            f"{total['unlike']}; orders carried out {self.orders}"
        )
        print(
            f"  old texts that lost a part: {self.damaged.total()}, called complete {self.damaged['complete']}"
        )
        for name, told in (("clause", "marks of clauses"), ("bracket", "quotes and brackets")):
            print(
                f"  {told}: texts with each as published {self.marks[f'{name} alike']} of {self.pairs}; unlike it and so in the old text "
                f"{self.marks[f'{name} stood']}, written by an order {self.marks[f'{name} ordered']} "
                f"(in complete texts {self.marks[f'{name} ordered complete']})"
            )
        print(
            f"  drafts proved {self.drafts['proved']} of {self.drafts['tried']}, {self.drafts['orders']} orders; orders of the published "
            f"decisions that the drafts have too, by article and kind: {self.drafts['agreed']} of {self.drafts['published']}"
        )


def _row(name: str, row: Counter[str]) -> str:
    floor = "     -" if name.endswith("in turn") else f"{row['floor']:6}"
    return f"  {name:40} {row['pairs']:5} {row['complete']:8} {row['partial']:7} {row['refused']:7} {row['unlike']:6} {floor}"


def _unlike_headings(pair: _Pair, made: Document) -> list[str]:
    """Return the headings that stand otherwise than in the published text, but for those that the old text at hand lost."""
    assert pair.published is not None
    old, ours, theirs = (headings_of(text) for text in (pair.old, made, pair.published))
    quoted = {folded(each) for text in pair.decisions for each in re.findall("“([^”]*)”", text)}
    known = {title for title, _ in (*old, *ours)}
    known |= {
        title for title, _ in theirs if re.sub(r"^第.{1,4}?[编章节]", "", title) in quoted | {title} & quoted
    }
    return sorted(title for title, _ in ours ^ theirs if title in known)


def _group(decision: str) -> str:
    return next(name for name, pattern in _GROUPS if re.search(pattern, decision))


def _carried(pair: _Pair) -> tuple[Document, str, list[str], int]:
    """Return the text made, the worst outcome, the reasons against completeness and how many orders were carried out."""
    document, ends, reasons, orders = pair.old, set[str](), list[str](), 0
    for decision in pair.decisions:
        result = apply_amendment(document, decision, title=pair.act)
        document = parse_text(result.text)
        ends.add(result.outcome.value)
        reasons += [each.reason for each in (*result.unapplied, *result.doubts)]
        orders += len(result.applied)
    if pair.levels:
        document = parse_text(_as_articles(result.text))
    return document, "complete" if ends == {"complete"} else max(ends - {"complete"}), reasons, orders


def _floor_holds(pair: _Pair) -> bool:
    """Return whether the usual script makes the published text; it takes one decision at a time."""
    assert pair.published is not None
    if len(pair.decisions) > 1:
        return False
    made = amended_simply(pair.old, pair.decisions[0], pair.act)
    published = articles_of(pair.published)
    return all(
        folded(made.get(number, "")) == re.sub(r"^第[^条]{1,9}条(?:之.)?", "", published.get(number, ""))
        for number in {*made, *published}
        if number not in pair.besides
    )


def _listed(folder: Path, by_end: dict[str, bytes]) -> Iterator[_Pair]:
    """Yield the pairs that the gold lists, each also without what its old text lost."""
    for source in json.loads(_GOLD.read_text("utf-8")):
        repository = _repository(folder, source["repository"])
        if repository is None:
            print(f"  {source['repository']} is not at hand: {len(source['pairs'])} pairs left out")
            continue
        for pair in source["pairs"]:
            if not all((TEXTS / name).is_file() for name in pair["decisions"] if name not in by_end):
                print(f"  {pair['act']}: its decision is not at hand")
                continue
            text = _old_text(repository, source["commit"], pair)
            decisions = tuple(_decision(name, by_end) for name in pair["decisions"])
            group = _group(pair["decisions"][-1])
            if "damaged" in pair or "lost" in pair:
                yield _Pair(pair["act"], group, parse_text(text), None, decisions, {})
            if "damaged" not in pair:
                published = parse_text(text_of(by_end[pair["published"]], pair["published"]))
                old = parse_text(_mended(text, pair, published))
                levels = bool(pair.get("levels"))
                yield _Pair(pair["act"], group, old, published, decisions, pair["besides"], levels)


def _drawn_pairs(folder: Path) -> Iterator[_Pair]:
    """Yield the versions drawn from the histories."""
    noted: dict[str, dict[str, Any]] = json.loads(_DRAWN.read_text("utf-8"))
    decisions = {each.name: each for each in decisions_at_hand()}
    named = [(each.name, each.day, read_decision(take_quotes(each.text)).acts) for each in decisions.values()]
    for pair in drawn(folder, named):
        gold = noted.get(f"{pair.act} {pair.published.day}", noted.get(pair.act, {}))
        published = None if "damaged" in gold else parse_text(pair.published.text())
        texts = tuple(decisions[name].text for name in pair.decisions)
        yield _Pair(pair.act, _group(pair.decisions[-1]), parse_text(pair.old.text()), published, texts, gold)


def _given(run: _Run) -> None:
    """Take the pairs that are given with their decisions; the constitution's five amendments are five steps."""
    noted = json.loads(_GIVEN.read_text("utf-8"))
    for name, old, decisions, new in given_pairs_with_decisions():
        published = parse_text(new)
        title = published.title or name
        if len(decisions) == 1:
            run.take(
                _Pair(
                    title,
                    "given with the development data",
                    parse_text(old),
                    published,
                    tuple(decisions),
                    noted.get(name, {}),
                )
            )
            continue
        document = parse_text(old)
        for index, decision in enumerate(decisions):
            result = apply_amendment(document, decision)
            document = parse_text(result.text)
            last = index == len(decisions) - 1
            unlike = last and [
                each for each in differing(document, published) if each not in noted.get(name, {})
            ]
            run.count(
                "constitution, five amendments in turn", result.outcome.value, unlike=bool(unlike), held=last
            )


def _repository(folder: Path, name: str) -> Path | None:
    return repository_in(folder / name.replace("/", "+"))


def _old_text(repository: Path, commit: str, pair: dict[str, Any]) -> str:
    """Return the text before: title, then the words from those on with which the gold says that the text begins."""
    text = run_git(repository, "show", f"{commit}:{pair['old']}")
    at = text.rfind(pair["begins"], 0, text.find(pair["begins"]) + 2_000)
    body = text[at:]
    if pair.get("in_one_line"):
        body = re.sub(r"(?<=[。：；])[ 　]+|(?<=：)(?=你)", "\n", body)
    lines = (line.lstrip() for line in body.splitlines() if line.strip())
    return "\n".join((pair["act"], *lines, ""))


def _mended(text: str, pair: dict[str, Any], published: Document) -> str:
    """Return the text before with the articles that the text at hand lost, in the words of the published text."""
    lines = text.splitlines()
    lines[1:1] = _first_headings(parse_text(text), published)
    for number, (there, before) in pair.get("lost", {}).items():
        article = statute_of(published).article(there)
        assert article is not None, (pair["act"], there)
        at = next(
            (index for index, line in enumerate(lines) if before and line.startswith(before)), len(lines)
        )
        assert before == "" or at < len(lines), (pair["act"], before)
        words = article.text().partition("　")[2].split("\n")
        lines[at:at] = [f"{label_of(number)}　{words[0]}", *words[1:]]
    return "\n".join(lines) + "\n"


def _first_headings(old: Document, published: Document) -> list[str]:
    """Return the headings before the first article of the published text where the copy at hand ran its own on with the title."""
    first = [
        list(
            takewhile(lambda part: not (isinstance(part, Article) and part.numbered), statute_of(text).parts)
        )
        for text in (old, published)
    ]
    heads = [[part.text() for part in parts if isinstance(part, Heading)] for parts in first]
    without_preface = not any(isinstance(part, Article) for part in first[0])
    return heads[1] if not heads[0] and without_preface else []


def _decision(name: str, texts: dict[str, bytes]) -> str:
    return texts[name].decode("utf-8") if name in texts else (TEXTS / name).read_text("utf-8")


def _as_articles(text: str) -> str:
    """Return a text at hand that prints 一、 for 第一条 with the publisher's labels."""
    return re.sub(r"(?m)^([一二三四五六七八九十]+)、", r"第\1条　", text)


def _drafts_of_versions(folder: Path) -> None:
    """Draft the decision for every version of a law and the next one in the histories, and carry each out."""
    tried = proved = orders = 0
    reasons: Counter[str] = Counter()
    for one, other in consecutive(folder):
        old, new = parse_text(one.text()), parse_text(other.text())
        if statute_of(old).text() == statute_of(new).text():
            continue
        tried += 1
        try:
            orders += len(draft_amendment(old, new).orders)
            proved += 1
        except CannotDraftError as refusal:
            reasons[str(refusal)[:60]] += 1
            print(f"  no draft: {one.title[:30]} {one.day} to {other.day}: {str(refusal)[:90]}")
    print(
        f"  consecutive versions in the histories: decisions drafted, carried out and equal to the next version {proved} of {tried}, "
        f"{orders} orders; the commonest reason against one: {(reasons.most_common(1) or [('none', 0)])[0]}"
    )


def _criminal_law(run: _Run, texts: dict[str, bytes], folder: Path) -> None:
    """Amend the criminal law from 1997 on, and hold it against its published texts."""
    gold: dict[str, Any] = json.loads(_CHAIN.read_text("utf-8"))
    start = TEXTS / gold["begins"]
    if not start.is_file():
        print("  the criminal law of 1997 is not at hand: its twelve amendments are left out")
        return
    document = parse_text(start.read_text("utf-8"))
    left_out: frozenset[str] = frozenset()
    for step in gold["steps"]:
        result = apply_amendment(document, _decision(step["decision"], texts), left_out=left_out)
        left_out |= frozenset(result.deleted)
        document = parse_text(result.text)
        run.orders += len(result.applied)
        for each in (*result.unapplied, *result.doubts):
            print(f"    {step['decision']}: {each.text[:50]} {each.reason}")
        unlike: list[str] = []
        if "published" in step:
            published = _published(step["published"], texts, folder)
            unlike = [each for each in differing(document, published) if each not in step.get("besides", {})]
            print(
                f"  criminal law after {step['decision']}: articles unlike the published text {unlike or 'none'}"
            )
        run.count(
            "criminal law, thirteen decisions in turn",
            result.outcome.value,
            unlike=bool(unlike),
            held="published" in step,
        )


def _published(name: dict[str, str] | str, texts: dict[str, bytes], folder: Path) -> Document:
    if isinstance(name, str):
        return parse_text(text_of(texts[name], name))
    repository = _repository(folder, name["repository"])
    assert repository is not None, name
    return parse_text(
        text_of(run_git(repository, "cat-file", "blob", name["blob"]).encode("utf-8"), "law.md")
    )


if __name__ == "__main__":
    sys.exit(main())
