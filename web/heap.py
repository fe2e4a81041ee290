"""What a worker holds stays small: one heap for all its threads, and what a report took is given back.

Only where the C library is glibc; elsewhere nothing is asked for and nothing is needed.
"""

import ctypes
import gc
from functools import cache

_ARENA_MAX, _TRIM_THRESHOLD, _MMAP_THRESHOLD = -8, -1, -3
_LARGE = 128 * 1024


def share_one_heap() -> None:
    """Let threads share a heap, and let large pieces be the operating system's; asked before there are threads."""
    if (library := _glibc()) is not None:
        for setting, value in ((_ARENA_MAX, 1), (_TRIM_THRESHOLD, _LARGE), (_MMAP_THRESHOLD, _LARGE)):
            library.mallopt(setting, value)


def give_back() -> None:
    """Give the operating system what is free, wherever in the heap it lies."""
    gc.collect()
    if (library := _glibc()) is not None:
        library.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
