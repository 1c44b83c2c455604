"""Content of a passage, and differences in content between two passages: one engine for revision, comparison, checks and notices.

- `provisions.read_provision` reads one passage.
- `signalling.signals_between` compares two corresponding passages.
- `effects.dropped` lists the parts of a source that the local text leaves out.
- `effects.effect` gives the effect of a local provision compared with its source.
"""
