"""How the weights of a comparison are made."""

import os

# Newton's steps on some twenty thousand rows are too small to share out: on a busy machine the threads of the linear algebra
# waited for each other ten times longer than they worked.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
