"""Amendments carried out on texts that stand in public repositories, held against the texts as published.

The old texts are no part of this project: `benchmarks/gold/amendment_pairs.json` names repository, commit and path of
each. Give the folder that holds clones of the repositories, named owner+name:

    python -m benchmarks.amendment_pairs FOLDER

Decisions and published texts are those of the development data. An article that the publisher, or the old text at
hand, has otherwise than the decision orders is named in the gold with its reason, read by hand (`besides`). Texts that
lost a part on their way into the repository are tried too: none of them may come out complete.
"""

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from git import Repo

from benchmarks.amendments import differing, members, text_of
from benchmarks.sources import ROOT, SHARED
from policydiff.amendment import AppliedAmendment, apply_amendment
from policydiff.model import Document
from policydiff.parsing import parse_text

_GOLD = ROOT / "benchmarks/gold/amendment_pairs.json"


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
    began = time.process_time()
    for source in gold:
        repository = _repository(folder, source["repository"])
        if repository is None:
            print(f"  {source['repository']} is not at hand: {len(source['pairs'])} pairs left out")
            continue
        for pair in source["pairs"]:
            old = _old_text(repository, source["commit"], pair)
            result, made, ends = _carried(parse_text(old), pair, by_end)
            outcome = "complete" if set(ends) == {"complete"} else max(ends)
            if "damaged" in pair:
                damaged[outcome] += 1
                continue
            outcomes[outcome] += 1
            orders += len(result.applied)
            published = parse_text(text_of(by_end[pair["published"]], pair["published"]))
            unlike = [number for number in differing(made, published) if number not in pair["besides"]]
            wrong += bool(outcome == "complete" and unlike)
            if unlike or outcome != "complete":
                reasons = "; ".join(each.reason for each in (*result.unapplied, *result.doubts)[:2])
                print(
                    f"  {pair['act'][:40]:42} {outcome:9} unlike: {' '.join(unlike[:6]) or 'none'} {reasons[:90]}"
                )
    spent = time.process_time() - began
    tried = sum(outcomes.values())
    print(
        f"  complete {outcomes['complete']} of {tried} ({outcomes['complete'] / max(1, tried):.3f}), partial {outcomes['partial']}, "
        f"refused {outcomes['refused']}; orders carried out {orders}; complete with an article unlike the published text: {wrong}"
    )
    print(f"  old texts that lost a part: {sum(damaged.values())}, called complete {damaged['complete']}")
    print(f"  {spent / max(1, tried) * 1000:.0f} ms CPU a text, parsing included")
    return 1 if wrong or damaged["complete"] else 0


def _repository(folder: Path, name: str) -> Repo | None:
    place = folder / name.replace("/", "+")
    for path in (place, place / "repo"):
        if (path / "HEAD").is_file() or (path / ".git").exists():
            return Repo(path)
    return None


def _old_text(repository: Repo, commit: str, pair: dict[str, Any]) -> str:
    """Return the text before: title, then the words from those on with which the gold says that the text begins."""
    blob = repository.commit(commit).tree / pair["old"]
    text = blob.data_stream.read().decode("utf-8")
    at = text.rfind(pair["begins"], 0, text.find(pair["begins"]) + 2_000)
    body = "\n".join(_lines(text[at:]))
    return f"{pair['act']}\n{body}\n"


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip():
            yield re.sub(r"^\s+", "", line)


def _carried(
    document: Document, pair: dict[str, Any], texts: dict[str, bytes]
) -> tuple[AppliedAmendment, Document, list[str]]:
    ends: list[str] = []
    result: AppliedAmendment | None = None
    for name in pair["decisions"]:
        result = apply_amendment(document, texts[name].decode("utf-8"), title=pair["act"])
        document = parse_text(result.text)
        ends.append(result.outcome.value)
    assert result is not None
    return result, document, ends


if __name__ == "__main__":
    sys.exit(main())
