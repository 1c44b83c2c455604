"""Accuracy and speed of the revision diff, beside governdiff and a number-keyed difflib baseline.

    python -m benchmarks.revision [--no-peers] [--no-speed]

Gold: `../shared/data/revisions` and `benchmarks/gold/revisions` (articles; links and kinds decided by reading).
governdiff runs in a virtual environment of its own (`.bench/governdiff`), installed on first use; where it cannot be
installed its columns say so. Times are CPU seconds, the least of several runs, in this process and run; read them as ratios.
"""

import argparse
import difflib
import gc
import json
import re
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.sources import SHARED, GoldCase, gold_cases, law_pairs
from policydiff.extract import extract
from policydiff.model import Document, RevisionDiff
from policydiff.parsing import parse_text
from policydiff.revision import diff_documents
from policydiff.revision.folding import fold_words
from policydiff.text.numerals import clause_number

ROOT = Path(__file__).resolve().parent.parent
GOVERNDIFF = ROOT / ".bench" / "governdiff"
LARGE = 10_000
Link = tuple[str, str]


@dataclass
class Outcome:
    """What an engine says of a pair of texts, in article numbers."""

    links: set[Link]
    kinds: dict[tuple[str, str], str]
    """("new", number) or ("old", number) for removed ones → kind."""
    seconds: float = 0.0


@dataclass
class Score:
    """Counts of one engine, over one or more documents."""

    right: int = 0
    claimed: int = 0
    expected: int = 0
    kinds_right: int = 0
    kinds: int = 0
    groups_right: int = 0
    groups: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for name in ("right", "claimed", "expected", "kinds_right", "kinds", "groups_right", "groups"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self) -> str:
        precision = self.right / self.claimed if self.claimed else 0.0
        recall = self.right / self.expected if self.expected else 0.0
        f1 = 2 * precision * recall / (precision + recall) if self.right else 0.0
        kinds = self.kinds_right / self.kinds if self.kinds else 0.0
        return f"P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  kinds {kinds:.4f}  splits {self.groups_right}/{self.groups}"


def score(gold: dict[str, Any], outcome: Outcome) -> Score:
    """Return the score of one engine on one pair; rows marked ambiguous count nowhere."""
    doubtful = {row["new"] for row in gold["articles"] if "ambiguous" in row or "source_noise" in row}
    doubtful_old = {old for row in gold["articles"] if row["new"] in doubtful for old in row["old"]}
    expected = {
        (old, row["new"]) for row in gold["articles"] if row["new"] not in doubtful for old in row["old"]
    }
    claimed = {link for link in outcome.links if link[1] not in doubtful}
    result = Score(right=len(expected & claimed), claimed=len(claimed), expected=len(expected))
    result.wrong += [f"link -{old}->{new}" for old, new in sorted(expected - claimed)]
    result.wrong += [f"link +{old}->{new}" for old, new in sorted(claimed - expected)]
    for row in gold["articles"]:
        if row["new"] in doubtful:
            continue
        kind = {"renumbered": "unchanged", "modified+renumbered": "modified"}.get(row["kind"], row["kind"])
        said = outcome.kinds.get(("new", row["new"]), "missing")
        result.kinds += 1
        result.kinds_right += said == kind
        if said != kind:
            result.wrong.append(f"kind of {row['new']}: {kind}, not {said}")
        if kind in ("split", "merged"):
            result.groups += 1
            result.groups_right += said == kind
    for old in gold["removed_old"]:
        if old in doubtful_old:
            continue
        result.kinds += 1
        said = outcome.kinds.get(("old", old), "missing")
        result.kinds_right += said == "removed"
        if said != "removed":
            result.wrong.append(f"kind of old {old}: removed, not {said}")
    return result


def best_time(action: Callable[[], object], rounds: int = 3) -> float:
    """Return the least CPU seconds of several runs."""
    times = []
    for _ in range(rounds):
        before = time.process_time()
        action()
        times.append(time.process_time() - before)
    return min(times)


def read(text: str) -> Document:
    """Return the document of a Markdown or plain text, read as the command line reads a file."""
    return parse_text(extract(text.encode(), name="text.md").text)


def ours(old: str, new: str) -> Outcome:
    outcome = from_diff(diff_documents(read(old), read(new)))
    outcome.seconds = best_time(partial(_read_and_diff, old, new))
    return outcome


def from_diff(diff: RevisionDiff) -> Outcome:
    links: set[Link] = set()
    kinds: dict[tuple[str, str], str] = {}
    for change in diff.changes:
        old = [number for unit in change.old if (number := article(unit.label))]
        new = [number for unit in change.new if (number := article(unit.label))]
        links.update((one, other) for one in old for other in new)
        kinds.update({("new", number): change.kind.value for number in new})
        if change.kind == "removed":
            kinds.update({("old", number): "removed" for number in old})
    return Outcome(links, kinds)


def article(label: str | None) -> str | None:
    return clause_number(label) if label and "条" in label else None


def articles(document: Document) -> dict[str, str]:
    return {
        clause.number: clause.full_text()
        for clause in document.walk()
        if clause.kind == "article" and clause.number
    }


def difflib_by_number(old: str, new: str) -> Outcome:
    """Pair articles of one number and compare them with difflib, as a script without this package would."""

    def run() -> Outcome:
        before, after = articles(read(old)), articles(read(new))
        links = {(number, number) for number in before.keys() & after.keys()}
        kinds = {("old", number): "removed" for number in before.keys() - after.keys()}
        for number, text in after.items():
            if number not in before:
                kinds["new", number] = "added"
            elif fold_words(before[number]) == fold_words(text):
                kinds["new", number] = "unchanged"
            else:
                kinds["new", number] = "modified"
                difflib.SequenceMatcher(None, before[number], text, autojunk=False).get_opcodes()
        return Outcome(links, kinds)

    outcome = run()
    outcome.seconds = best_time(run, 1)
    return outcome


_GOVERNDIFF = """
import json, sys, time
from governdiff import analyze_texts
pairs = json.load(sys.stdin)
out = []
for old, new in pairs:
    begun = time.process_time()
    report = analyze_texts(old, new)
    out.append([time.process_time() - begun, report.to_dict()["changes"], report.to_dict()["article_mappings"]])
json.dump(out, sys.stdout)
"""


def governdiff_python() -> Path | None:
    """Return the interpreter that has governdiff, None where it cannot be installed (offline)."""
    python = GOVERNDIFF / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(GOVERNDIFF, with_pip=True)
    if subprocess.run([python, "-c", "import governdiff"], check=False, capture_output=True).returncode:
        command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "governdiff"]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return None
    return python


def governdiff(python: Path, pairs: list[tuple[str, str]]) -> list[Outcome]:
    """Run governdiff on all pairs in one process; links by its own mapping of articles, kinds by its changes."""
    texts = [
        [re.sub(r"\A.*?<!-- INFO END -->", "", text, count=1, flags=re.DOTALL) for text in pair]
        for pair in pairs
    ]
    run = subprocess.run(
        [python, "-c", _GOVERNDIFF], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return [_governdiff_outcome(*result) for result in json.loads(run.stdout)]


def _governdiff_outcome(
    seconds: float, changes: list[dict[str, Any]], mappings: list[dict[str, Any]]
) -> Outcome:
    links: set[Link] = set()
    for mapping in mappings:
        old, new = article(mapping["old_article"]), article(mapping["new_article"])
        if old and new:
            links.add((old, new))
    kinds: dict[tuple[str, str], str] = {}
    for change in changes:
        for side in ("old", "new"):
            block = change.get(f"{side}_block")
            number = next(
                (n for part in reversed((block or {}).get("section") or []) if (n := article(part))), None
            )
            if number is None:
                continue
            kind = {"moved": "unchanged", "format_only": "unchanged"}.get(
                change["change_type"], change["change_type"]
            )
            known = kinds.get((side, number))
            kinds[side, number] = kind if known in (None, kind) else "modified"
    for number in {new for _, new in links} & {number for side, number in kinds if side == "new"}:
        if kinds["new", number] == "added":
            kinds["new", number] = "modified"
    for number in {number for side, number in kinds if side == "old"} - {old for old, _ in links}:
        kinds["old", number] = "removed"
    return Outcome(links, kinds, seconds)


def accuracy(*, peers: bool) -> None:
    cases = gold_cases()
    if not cases:
        print(f"no gold found: looked in {SHARED} and benchmarks/gold")
        return
    totals: dict[tuple[str, bool], Score] = {}
    ratios: dict[str, list[float]] = {"governdiff": [], "difflib": []}
    for case, outcomes in zip(cases, all_outcomes(cases, peers=peers), strict=True):
        size = max(len(case.old), len(case.new))
        print(f"\n{case.name}  ({size} characters{', held out' if case.held_out else ''})")
        for engine, outcome in outcomes.items():
            result = score(case.gold, outcome)
            totals.setdefault((engine, case.held_out), Score()).add(result)
            print(f"  {engine:11} {result.line()}  {outcome.seconds * 1000:8.1f} ms")
            if engine in ratios and size > LARGE:
                ratios[engine].append(outcome.seconds / outcomes["policydiff"].seconds)
            elif engine not in ratios:
                print("".join(f"      {wrong}\n" for wrong in result.wrong), end="")
    print("\ntotals")
    for (engine, held_out), total in sorted(totals.items()):
        print(f"  {engine:11} {'held out' if held_out else 'all other':9} {total.line()}")
    for engine, values in ratios.items():
        if values:
            print(
                f"  {engine}: {statistics.median(values):.1f}x our time on texts over {LARGE} characters, "
                f"parsing included on both sides (least {min(values):.1f}x)"
            )


def all_outcomes(cases: list[GoldCase], *, peers: bool) -> list[dict[str, Outcome]]:
    """Return what each engine says of each case."""
    outcomes = [{"policydiff": ours(case.old, case.new)} for case in cases]
    if not peers:
        return outcomes
    python = governdiff_python()
    if python is None:
        print("governdiff is not installed and could not be: its rows are left out")
    else:
        rivals = governdiff(python, [(case.old, case.new) for case in cases])
        for found, rival in zip(outcomes, rivals, strict=True):
            found["governdiff"] = rival
    for found, case in zip(outcomes, cases, strict=True):
        found["difflib"] = difflib_by_number(case.old, case.new)
    return outcomes


def speed(*, peers: bool) -> None:
    """Time the pairs of laws that are there in two versions; a sample of the long ones beside governdiff."""
    pairs = law_pairs()
    if not pairs:
        print(f"\nno laws found: looked for {SHARED / 'laws.tar.xz'}")
        return
    documents = [(name, read(old), read(new)) for name, old, new in pairs]
    gc.freeze()  # the other pairs' documents are not there when a user diffs one pair
    times = sorted((best_time(partial(diff_documents, old, new)), name) for name, old, new in documents)
    values = [seconds * 1000 for seconds, _ in times]
    loop = best_time(lambda: sum(range(10_000_000)), 3)
    print(
        f"\n{len(values)} pairs of laws in two versions, diff of parsed documents, CPU ms (this machine sums 10^7 integers in {loop * 1000:.0f} ms)"
    )
    print(
        f"  median {statistics.median(values):.1f}   90% {values[int(len(values) * 0.9)]:.1f}   most {values[-1]:.1f} ({times[-1][1]})"
    )
    python = governdiff_python() if peers else None
    long = [(old, new) for _, old, new in pairs if max(len(old), len(new)) > LARGE][::5]
    if python is None or not long:
        return
    ratios = sorted(
        rival.seconds / best_time(partial(_read_and_diff, old, new))
        for rival, (old, new) in zip(governdiff(python, long), long, strict=True)
    )
    print(
        f"  governdiff on {len(long)} of the pairs over {LARGE} characters, reading included on both sides: "
        f"median {statistics.median(ratios):.0f}x our time, least {ratios[0]:.0f}x, most {ratios[-1]:.0f}x"
    )


def _read_and_diff(old: str, new: str) -> RevisionDiff:
    return diff_documents(read(old), read(new))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--no-peers", action="store_true", help="leave governdiff and difflib out")
    parser.add_argument("--no-speed", action="store_true", help="leave the pairs of laws out")
    options = parser.parse_args()
    accuracy(peers=not options.no_peers)
    if not options.no_speed:
        speed(peers=not options.no_peers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
