"""People and programs hear of changes: feed, signed webhook, mail."""

from policydiff.track.notify.feed import FeedEntry, atom_feed, entry_id
from policydiff.track.notify.message import Message, compose
from policydiff.track.notify.outbox import Channels, deliver, enqueue
from policydiff.track.notify.webhook import DeliveryError, poster, sign

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
