"""What a program reads that asks: the lines that it is given."""

import builtins
import sys


class Input:
    """Standard input."""

    encoding, errors, closed, name = "utf-8", "strict", False, "<stdin>"

    def __init__(self, lines):
        self.lines = iter(lines)

    def readline(self, size=-1):
        """The next line with its end; nothing after the last."""
        return next(self, "")

    def __iter__(self):
        return self

    def __next__(self):
        return f"{next(self.lines)}\n"

    def readlines(self, hint=-1):
        """All lines that are left."""
        return list(self)

    def read(self, size=-1):
        """All that is left."""
        return "".join(self)

    def fileno(self):
        """As everywhere."""
        return 0

    def isatty(self):
        """No."""
        return False

    def readable(self):
        """Yes."""
        return True


def install(lines, refuse):
    """Give these lines to who asks, by `input` or on standard input; `refuse` is called instead where they are None."""
    if lines is None:
        Input.__next__ = Input.read = lambda *arguments: refuse()
    sys.stdin = given = Input(lines or ())

    def answer(prompt=""):
        if lines is not None:
            print(prompt, end="")
        try:
            return next(given)[:-1]
        except StopIteration:
            raise EOFError("EOF when reading a line") from None

    builtins.input = answer
