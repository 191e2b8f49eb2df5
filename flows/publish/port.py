"""Where published files go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol


class Sink(Protocol):
    """A place that readers see. What was put is there whole or not at all; every failure is a `PublishError`."""

    def put(self, slug: str, files: Mapping[str, bytes]) -> None:
        """Make `files` the content of the page `slug`, instead of all that was there."""
        ...

    def rewrite_root(self, name: str, make: Callable[[bytes | None], Mapping[str, bytes]]) -> None:
        """Replace or add files at the site's root, made from the present content of the file `name` (None: no such file).

        Nobody else publishes in between. Other files at the root stay.
        """
        ...

    def read(self, slug: str, name: str) -> bytes | None:
        """The published file, or None when there is none."""
        ...

    def slugs(self) -> Iterable[str]:
        """The pages that have data to read (`index.json`), in the order of their names."""
        ...

    def remove(self, slug: str) -> None:
        """Take the page away; nothing happens when it is not there."""
        ...
