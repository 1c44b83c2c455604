"""What an engine says of two versions, and how much of it is right by the gold."""

from dataclasses import dataclass, field
from typing import Any

from policydiff.lexicon.numerals import clause_number

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


def article(label: str | None) -> str | None:
    """Return the number of an article's label, None for other units."""
    return clause_number(label) if label and "条" in label else None
