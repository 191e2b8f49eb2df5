"""Two folders trade places in one step, where the system can do that."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

#: linux/fs.h RENAME_EXCHANGE and sys/stdio.h RENAME_SWAP: the same number on both systems.
_EXCHANGE = 2
_AT_FDCWD = -100
#: What a system or a file system answers that does not know the call.
_UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM})


def exchange(one: Path, other: Path) -> bool:
    """Let two existing folders of one file system trade names at once. False when the system cannot; OSError if it fails.

    A plain rename cannot replace a folder that is not empty, and two renames leave a moment without any page.
    """
    call = _call()
    if call is None:
        return False
    if call(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


@cache
def _call() -> Callable[[bytes, bytes], int] | None:
    """The C library's function with everything but the names filled in; None where it has none."""
    if sys.platform == "win32":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        swap = getattr(library, "renamex_np", None)
        return (lambda one, other: int(swap(one, other, _EXCHANGE))) if swap else None
    rename = getattr(library, "renameat2", None)
    return (lambda one, other: int(rename(_AT_FDCWD, one, _AT_FDCWD, other, _EXCHANGE))) if rename else None
