#!/usr/bin/env python3.13
"""Run asyncio programs under the real CPython 3.13 asyncio on a virtual clock.

Requests arrive on standard input, one JSON object per line:

    {"program": "path/to/twin.py", "set": {"NAME": value, ...}, "network": {"latency": seconds, ...}}
    {"differential": program}

and one JSON object per request leaves on standard output, in the same order.
README.md next to this file lists the fields and what is guaranteed.

Every Python file is run by a forked child, so that nothing (task name counter, patched modules,
class definitions) carries over from one run to the next.

What happens from here on: `serving` forks and asks, `runs` runs in the child, `patches` puts `loop`
and what it needs under asyncio, `recorder` is told of each event, `results` writes down what it was told.
"""

import gc
import os
import sys

sys.dont_write_bytecode = True
if sys.version_info[:2] != (3, 13) or sys.implementation.name != "cpython":
    sys.exit("oracle.py needs CPython 3.13")
if os.environ.get("PYTHONHASHSEED") != "0":
    # Sets of strings in programs iterate in the same order in every run.
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, *sys.argv])

# For programs that use them: imported before any fork, to make runs fast.
import contextlib  # noqa: F401
import dataclasses  # noqa: F401
import enum  # noqa: F401
import functools  # noqa: F401
import itertools  # noqa: F401
import random  # noqa: F401
import typing  # noqa: F401

# The recorder is a file of its own, for programs of all sorts.
sys.path.append(os.path.join(os.path.dirname(__file__), "..", "..", "recorder"))

from serving import Server  # noqa: E402


def main():
    """Serve requests until the input ends."""
    # No collection at arbitrary moments; what exists now is not even looked at in children.
    gc.disable()
    gc.freeze()
    Server(sys.stdin.fileno(), sys.stdout.fileno()).serve()


if __name__ == "__main__":
    main()
