"""The version of the library, alone so that reading it loads nothing else."""

__version__ = "0.1.0"
