"""What a passage lays down, and how two passages differ in it: one engine for revision, comparison, check and notices.

- `provisions.read_provision` reads one passage.
- `signalling.signals_between` compares two passages that answer each other.
- `effects.dropped` names what of a source the other text leaves out.
- `effects.effect` says how a local provision stands to the one it comes from.
"""
