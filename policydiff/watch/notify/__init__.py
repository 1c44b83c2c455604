"""People and programs hear of changes: feed, signed webhook, mail."""

from policydiff.watch.notify.feed import FeedEntry, atom_feed, entry_id
from policydiff.watch.notify.message import Message, compose
from policydiff.watch.notify.outbox import Channels, deliver, enqueue
from policydiff.watch.notify.webhook import DeliveryError, poster, sign

__all__ = [
    "Channels",
    "DeliveryError",
    "FeedEntry",
    "Message",
    "atom_feed",
    "compose",
    "deliver",
    "enqueue",
    "entry_id",
    "poster",
    "sign",
]
