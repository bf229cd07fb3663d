"""Runs modules of CPython's own `test.test_asyncio`, and writes as JSON how each test went.

    python suite.py OUT (plain | TRACE) MODULE …

With the name of a TRACE a recording is going on meanwhile.
"""

import contextlib
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

import coroscope  # noqa: E402


class Result(unittest.TextTestResult):
    """Keeps how each test went."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.went = {}

    def addSuccess(self, test):
        self.went.setdefault(test.id(), "passed")
        super().addSuccess(test)

    def addFailure(self, test, error):
        self.went[test.id()] = f"failed: {error[1]}"
        super().addFailure(test, error)

    def addError(self, test, error):
        self.went[test.id()] = f"raised: {error[1]}"
        super().addError(test, error)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.went[test.id()] = f"failed: {error[1]}"
        super().addSubTest(test, subtest, error)

    def addSkip(self, test, reason):
        self.went[test.id()] = "skipped"
        super().addSkip(test, reason)


def main(out, trace, *modules):
    """Run them."""
    recording = contextlib.nullcontext() if trace == "plain" else coroscope.record(trace)
    with recording, open(os.devnull, "w") as nowhere:
        suite = unittest.defaultTestLoader.loadTestsFromNames(f"test.test_asyncio.{module}" for module in modules)
        result = unittest.TextTestRunner(nowhere, resultclass=Result, verbosity=0).run(suite)
    with open(out, "w") as file:
        json.dump(result.went, file)


# Some tests start processes, which import this file.
if __name__ == "__main__":
    main(*sys.argv[1:])
