"""The evidence: what was checked when, with what outcome, and who is overdue."""
