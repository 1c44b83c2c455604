"""Fetching over HTTP: polite, bounded, and only from addresses that may be fetched from."""

from policydiff.watch.fetch.answers import Answer, Validators
from policydiff.watch.fetch.client import NOTHING_KNOWN, Client, ClientFactory

__all__ = ["NOTHING_KNOWN", "Answer", "Client", "ClientFactory", "Validators"]
