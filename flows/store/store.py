"""The store: one object over the groups of queries."""

from __future__ import annotations

from pathlib import Path

from flows.store.drafts import Drafts
from flows.store.engine import backup, open_engine
from flows.store.ledger import Ledger
from flows.store.locks import Locks
from flows.store.observations import Observations
from flows.store.publications import Publications
from flows.store.tables import HEAD


class Store:
    """Everything that is kept. Raises StoreError on opening when the database cannot be used."""

    #: The schema revision this code speaks.
    revision = HEAD

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self.observations = Observations(self._engine)
        self.drafts = Drafts(self._engine)
        self.publications = Publications(self._engine)
        self.ledger = Ledger(self._engine)
        self.locks = Locks(self._engine)

    @property
    def shown(self) -> str:
        """The address without its password."""
        return self._engine.url.render_as_string(hide_password=True)

    def backup(self, target: Path) -> None:
        """Copy the store to a file while it is in use (SQLite only)."""
        backup(self._engine, target)

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()
