"""One error base; the branches say who must act. Messages are one line and say what to do."""

from __future__ import annotations


class TiebreakError(Exception):
    """Base of every error that a person is meant to read. `exit_code`: 1 failed, 2 wrong use, 3 blocked."""

    exit_code = 1


class InputError(TiebreakError):
    """What was given is wrong: the person who typed or edited it acts."""

    exit_code = 2


class CatalogueError(InputError):
    """A catalogue file is wrong; the message names file, line and field."""


class UnknownName(InputError):
    """An id or slug that does not exist; the message names the nearest one."""


class SettingsError(InputError):
    """A setting is missing or wrong."""


class Blocked(TiebreakError):
    """A check found something that must not be published."""

    exit_code = 3


class StoreError(TiebreakError):
    """The store cannot be used as it is (newer version, unwritable, damaged)."""


class StoreConflict(StoreError):
    """Someone else changed, or holds, what this was about to change."""


class SourceUnavailable(TiebreakError):
    """A source did not answer usably; the run goes on without it."""


class ModelError(TiebreakError):
    """A model call failed for good."""


class ModelUnavailable(ModelError):
    """The endpoint cannot be reached or is busy: trying later may help."""


class ModelRefused(ModelError):
    """The model or endpoint will not answer this request: do not repeat it."""


class BudgetExceeded(ModelError):
    """The next call would pass a budget."""


class UnknownReference(TiebreakError):
    """A draft holds something between braces that is no known reference."""


class PublishError(TiebreakError):
    """The site folder or sink cannot be written."""
