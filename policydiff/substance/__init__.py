"""Content of a passage, and differences in content between two passages: one engine for revision, comparison, checks and notices.

- `provisions.read_provision` reads one passage.
- `signalling.signals_between` compares two passages that answer each other.
- `effects.dropped` names what of a source the other text leaves out.
- `effects.effect` says how a local provision stands to the one it comes from.
"""
