"""Amendments carried out on texts that stand in public repositories, held against the texts as published.

The old texts are no part of this project: `benchmarks/gold/amendment_pairs.json` names repository, commit and path of
each. Give the folder that holds clones of the repositories, named owner+name:

    python -m benchmarks.amendment_pairs FOLDER

Decisions and published texts are those of the development data, or lie in `benchmarks/gold/amendment-texts`, which is no
part of the project either (its README names where each comes from). An article that the publisher, or the old text at
hand, has otherwise than the decision orders is named in the gold with its reason, read by hand (`besides`). An article
that the old text at hand lost, and that no order touches, is put back from the published text (`lost`: its number, its
number there, and the beginning of the line it stands before). Texts that lost a part are tried without it too: none of
them may come out complete.

Further pairs are drawn by title and day from the history of all repositories below the folder (`amendment_versions`), for
every decision at hand; differences that the publisher or the old text makes are named in `benchmarks/gold/drawn_pairs.json`.

The criminal law is amended from its text of 1997 on by its twelve amendments in turn, and by the decision of 2009.
"""

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.amendment_versions import Drawn, consecutive, drawn, repository_in, run_git
from benchmarks.amendments import differing, differing_headings, differing_marks, kinds, members, text_of
from benchmarks.order_agreement import decisions_at_hand
from benchmarks.sources import ROOT, SHARED
from policydiff.amendment import AppliedAmendment, CannotDraftError, apply_amendment, draft_amendment
from policydiff.amendment.places import label_of
from policydiff.amendment.quoted import take_quotes
from policydiff.amendment.scope import read_decision
from policydiff.amendment.statute import statute_of
from policydiff.model import Document
from policydiff.parsing import parse_text

_GOLD = ROOT / "benchmarks/gold/amendment_pairs.json"
_DRAWN = ROOT / "benchmarks/gold/drawn_pairs.json"
_CHAIN = ROOT / "benchmarks/gold/criminal_law.json"
_TEXTS = ROOT / "benchmarks/gold/amendment-texts"


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    gold: list[dict[str, Any]] = json.loads(_GOLD.read_text("utf-8"))
    if folder is None or not SHARED.is_dir():
        print(
            "give the folder of the repositories that the gold names; the development data must be at hand too"
        )
        return 0
    held = dict(members("laws.tar.xz", ".md"))
    held |= dict(members("npc_docx.tar.xz", ".docx"))
    by_end = {"/".join(name.strip("./").split("/")[-2:]): data for name, data in held.items()}
    wrong, outcomes, damaged = 0, Counter[str](), Counter[str]()
    orders = 0
    drafts, marks = _Drafts(), _Marks()
    began = time.process_time()
    for source in gold:
        repository = _repository(folder, source["repository"])
        if repository is None:
            print(f"  {source['repository']} is not at hand: {len(source['pairs'])} pairs left out")
            continue
        for pair in source["pairs"]:
            old = _old_text(repository, source["commit"], pair)
            if not all((_TEXTS / name).is_file() for name in pair["decisions"] if name not in by_end):
                print(f"  {pair['act']}: its decision is not at hand")
                continue
            if "damaged" in pair or "lost" in pair:
                damaged[_carried(parse_text(old), pair, by_end)[2]] += 1
            if "damaged" in pair:
                continue
            published = parse_text(text_of(by_end[pair["published"]], pair["published"]))
            before = parse_text(_mended(old, pair, published))
            drafts.take(
                parse_text(_as_articles(statute_of(before).text())) if pair.get("levels") else before,
                published,
                pair,
                [_decision(name, by_end) for name in pair["decisions"]],
            )
            result, made, outcome = _carried(before, pair, by_end)
            outcomes[outcome] += 1
            orders += len(result.applied)
            marks.take(pair["act"], outcome, made, published, before)
            unlike = [number for number in differing(made, published) if number not in pair["besides"]]
            wrong += bool(outcome == "complete" and unlike)
            if unlike or outcome != "complete":
                reasons = "; ".join(each.reason for each in (*result.unapplied, *result.doubts)[:2])
                print(
                    f"  {pair['act'][:40]:42} {outcome:9} unlike: {' '.join(unlike[:6]) or 'none'} {reasons[:90]}"
                )
    wrong += _drawn_pairs(folder, drafts, marks)
    wrong += _criminal_law(by_end, folder)
    spent = time.process_time() - began
    tried = sum(outcomes.values())
    print(
        f"  complete {outcomes['complete']} of {tried} ({outcomes['complete'] / max(1, tried):.3f}), partial {outcomes['partial']}, "
        f"refused {outcomes['refused']}; orders carried out {orders}; complete with an article unlike the published text: {wrong}"
    )
    print(f"  old texts that lost a part: {sum(damaged.values())}, called complete {damaged['complete']}")
    print(f"  {spent / max(1, tried) * 1000:.0f} ms CPU a text, parsing and drafting included")
    marks.tell()
    drafts.tell()
    _drafts_of_versions(folder)
    return 1 if wrong or damaged["complete"] else 0


class _Marks:
    """Marks of punctuation in the texts made, held against those as published."""

    def __init__(self) -> None:
        self.texts = self.alike = 0
        self.by_outcome: Counter[tuple[str, bool]] = Counter()

    def take(self, act: str, outcome: str, made: Document, published: Document, old: Document) -> None:
        """Compare one text; print each mark that an order wrote unlike the publisher."""
        found = differing_marks(made, published, old)
        self.texts += 1
        self.alike += not found
        for number, ours, theirs, ordered in found:
            self.by_outcome[outcome, ordered] += 1
            if ordered:
                print(f"  mark: {act[-24:]:26} {outcome:9} article {number}: {ours} | {theirs}")

    def tell(self) -> None:
        """Print the figures."""
        ordered = sum(count for (_, ours), count in self.by_outcome.items() if ours)
        print(
            f"  marks: texts with every mark as published {self.alike} of {self.texts}; marks unlike it that stand so in the "
            f"old text at hand {sum(self.by_outcome.values()) - ordered}, that an order wrote {ordered} "
            f"(in complete texts {self.by_outcome['complete', True]})"
        )


class _Drafts:
    """Decisions drafted for the same pairs, and the orders that the published decisions have too."""

    def __init__(self) -> None:
        self.tried = self.proved = self.orders = self.agreed = self.published = 0

    def take(self, old: Document, new: Document, pair: dict[str, Any], decisions: list[str]) -> None:
        """Draft the decision for a pair, and compare it with the published one where that is one decision."""
        self.tried += 1
        try:
            drafted = draft_amendment(old, new)
        except CannotDraftError as refusal:
            print(f"  no draft: {pair['act'][:40]} {str(refusal)[:90]}")
            return
        self.proved += 1
        self.orders += len(drafted.orders)
        if len(decisions) == 1:
            ours, theirs = Counter(kinds(drafted.text)), Counter(kinds(decisions[0], pair["act"]))
            besides = set(pair["besides"])
            self.agreed += sum(
                count for (_, article), count in (ours & theirs).items() if article not in besides
            )
            self.published += sum(count for (_, article), count in theirs.items() if article not in besides)

    def tell(self) -> None:
        """Print the figures."""
        print(
            f"  drafts proved {self.proved} of {self.tried}, {self.orders} orders; orders of the published decisions that "
            f"the drafts have too, by article and kind: {self.agreed} of {self.published}"
        )


def _repository(folder: Path, name: str) -> Path | None:
    return repository_in(folder / name.replace("/", "+"))


def _old_text(repository: Path, commit: str, pair: dict[str, Any]) -> str:
    """Return the text before: title, then the words from those on with which the gold says that the text begins."""
    text = run_git(repository, "show", f"{commit}:{pair['old']}")
    at = text.rfind(pair["begins"], 0, text.find(pair["begins"]) + 2_000)
    body = "\n".join(_lines(text[at:]))
    return f"{pair['act']}\n{body}\n"


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip():
            yield re.sub(r"^\s+", "", line)


def _mended(text: str, pair: dict[str, Any], published: Document) -> str:
    """Return the text before with the articles that the text at hand lost, in the words of the published text."""
    lines = text.splitlines()
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


def _decision(name: str, texts: dict[str, bytes]) -> str:
    return texts[name].decode("utf-8") if name in texts else (_TEXTS / name).read_text("utf-8")


def _carried(
    document: Document, pair: dict[str, Any], texts: dict[str, bytes]
) -> tuple[AppliedAmendment, Document, str]:
    """Return the last result, the text made, and the worst outcome of the decisions."""
    ends: list[str] = []
    result: AppliedAmendment | None = None
    for name in pair["decisions"]:
        result = apply_amendment(document, _decision(name, texts), title=pair["act"])
        document = parse_text(result.text)
        ends.append(result.outcome.value)
    assert result is not None
    if pair.get("levels"):
        document = parse_text(_as_articles(result.text))
    return result, document, "complete" if set(ends) == {"complete"} else max(ends)


def _as_articles(text: str) -> str:
    """Return a text at hand that prints 一、 for 第一条 with the publisher's labels."""
    return re.sub(r"(?m)^([一二三四五六七八九十]+)、", r"第\1条　", text)


def _drawn_pairs(folder: Path, drafts: _Drafts, marks: _Marks) -> int:
    """Amend the versions drawn from the histories; return how many complete ones are unlike the published text."""
    noted: dict[str, dict[str, str]] = json.loads(_DRAWN.read_text("utf-8"))
    decisions = {each.name: each for each in decisions_at_hand()}
    named = [(each.name, each.day, read_decision(take_quotes(each.text)).acts) for each in decisions.values()]
    ends: dict[tuple[str, str], Counter[str]] = {}
    wrong = articles = 0
    for pair in drawn(folder, named):
        text = decisions[pair.decision].text
        old, published = parse_text(pair.old.text()), parse_text(pair.published.text())
        result = apply_amendment(old, text, title=pair.act)
        made = parse_text(result.text)
        besides = noted.get(pair.act, {})
        unlike = [each for each in differing(made, published) if each not in besides]
        heads = [each for each in differing_headings(made, published) if each not in besides]
        outcome = result.outcome.value
        marks.take(pair.act, outcome, made, published, old)
        source = f"{pair.old.source()} to {pair.published.source()}"
        ends.setdefault((_kind(pair), source), Counter())[outcome] += 1
        articles += len(unlike)
        wrong += bool(outcome == "complete" and (unlike or heads))
        drafts.take(old, published, {"act": pair.act, "besides": besides}, [text])
        if unlike or heads or outcome != "complete":
            reasons = "; ".join(each.reason for each in (*result.unapplied, *result.doubts)[:3])
            told = " ".join((*unlike[:6], *heads[:3])) or "none"
            print(f"  {pair.act[-24:]:26} {pair.published.day} {outcome:9} unlike: {told} {reasons[:110]}")
    total = sum(ends.values(), Counter[str]())
    print("  drawn from the histories by title and day:")
    for (kind, source), counted in sorted(ends.items()):
        print(
            f"    {kind:14} {source:36} complete {counted['complete']} of {counted.total()}, partial {counted['partial']}"
        )
    print(
        f"    {total.total()} pairs: complete {total['complete']}, partial {total['partial']}, refused {total['refused']}; "
        f"articles unlike the published text in any of them: {articles}; complete with such an article or heading: {wrong}"
    )
    return wrong


def _drafts_of_versions(folder: Path) -> None:
    """Draft the decision for every version of a law and the next one in the histories, and print which are proved."""
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
        f"  consecutive versions in the histories: drafts proved {proved} of {tried}, {orders} orders; "
        f"the commonest reason against one: {(reasons.most_common(1) or [('none', 0)])[0]}"
    )


def _kind(pair: Drawn) -> str:
    return "interpretation" if "最高人民" in pair.act or "解释" in pair.act else "law"


def _criminal_law(texts: dict[str, bytes], folder: Path) -> int:
    """Amend the criminal law from 1997 on, and hold it against its published texts; return how many of those differ."""
    gold: dict[str, Any] = json.loads(_CHAIN.read_text("utf-8"))
    start = _TEXTS / gold["begins"]
    if not start.is_file():
        print("  the criminal law of 1997 is not at hand: its twelve amendments are left out")
        return 0
    document = parse_text(start.read_text("utf-8"))
    ends: Counter[str] = Counter()
    orders = wrong = 0
    left_out: frozenset[str] = frozenset()
    for step in gold["steps"]:
        result = apply_amendment(document, _decision(step["decision"], texts), left_out=left_out)
        left_out |= frozenset(result.deleted)
        document = parse_text(result.text)
        ends[result.outcome.value] += 1
        orders += len(result.applied)
        for each in (*result.unapplied, *result.doubts):
            print(f"    {step['decision']}: {each.text[:50]} {each.reason}")
        if "published" in step:
            published = _published(step["published"], texts, folder)
            unlike = [
                number for number in differing(document, published) if number not in step.get("besides", {})
            ]
            wrong += bool(unlike)
            print(
                f"  criminal law after {step['decision']}: articles unlike the published text {unlike or 'none'}"
            )
    print(
        f"  criminal law, {len(gold['steps'])} decisions in turn: complete {ends['complete']}, orders carried out {orders}"
    )
    return wrong


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
