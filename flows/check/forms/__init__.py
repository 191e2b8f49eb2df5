"""The claim forms, in the order in which they read a sentence; what an earlier form covers, a later one leaves alone."""

from flows.check.forms import (
    ages,
    capability,
    counts,
    exempt,
    gaps,
    licences,
    numbers,
    only,
    order,
    rates,
    roster,
    titles,
    unsupported,
    versions,
)

#: exempt first: idioms and digits of names oblige nothing. Numbers before order: "3x faster" is one claim.
FORMS = (
    titles,
    exempt,
    only,
    versions,
    counts,
    ages,
    rates,
    gaps,
    numbers,
    order,
    licences,
    roster,
    capability,
    unsupported,
)

__all__ = ["FORMS"]
