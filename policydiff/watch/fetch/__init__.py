"""Fetching over HTTP: polite, bounded, and only from addresses that may be fetched from."""
