"""References to facts in prose: found, looked up, printed, with every span kept. Pure."""

from flows.references.render import Problem, problems, render
from flows.references.scan import Leftover, Reference, Scan, scan
from flows.references.table import format, lookup, referable, table

__all__ = [
    "Leftover",
    "Problem",
    "Reference",
    "Scan",
    "format",
    "lookup",
    "problems",
    "referable",
    "render",
    "scan",
    "table",
]
