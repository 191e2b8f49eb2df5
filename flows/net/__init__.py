"""The one guarded HTTP door: every address that comes from data or a person goes through `Net`.

Importing this package, and building a `Net`, imports neither requests nor hishel: the first request does.
"""

from flows.net.answers import AddressRefused, Answer, NotThere, RateLimited
from flows.net.door import Net

__all__ = ["AddressRefused", "Answer", "Net", "NotThere", "RateLimited"]
