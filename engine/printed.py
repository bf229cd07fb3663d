"""What is printed, a line at a time: what has no end yet waits for it, as before a terminal that shows lines."""

import builtins
import codecs
import sys


class Lines:
    """Standard output or error, told by whole lines."""

    encoding, newlines, closed = "utf-8", None, False

    def __init__(self, tell, number):
        self.tell, self.rest, self.number = tell, "", number
        self.errors = ("strict", "backslashreplace")[number - 1]
        self.name, self.buffer = ("<stdout>", "<stderr>")[number - 1], Bytes(self)

    def write(self, text):
        """Tell the lines that it ends; several that come at once are one."""
        if not text.isascii():
            # What UTF-8 has no bytes for is raised in the program, or escaped.
            text = text.encode(self.encoding, self.errors).decode(self.encoding)
        whole, end, rest = (self.rest + text).rpartition("\n")
        self.rest = rest if end else self.rest + text
        if end:
            self.tell(whole)
        return len(text)

    def writelines(self, lines):
        """As `write`, for each."""
        for line in lines:
            self.write(line)

    def flush(self):
        """What has no end yet still waits."""

    def fileno(self):
        """As everywhere."""
        return self.number

    def reconfigure(self, **options):
        """Lines are told by themselves anyway."""

    def isatty(self):
        """No."""
        return False

    def writable(self):
        """Yes."""
        return True

    readable = seekable = isatty

    def finish(self):
        """The program is over."""
        if self.rest:
            self.write("\n")


class Bytes:
    """What takes the bytes of a text."""

    def __init__(self, lines):
        self.lines, self.flush = lines, lines.flush
        self.decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")

    def write(self, data):
        """As text."""
        self.lines.write(self.decoder.decode(data))
        return len(data)


def has_bytes(value):
    """Whether a value is no text that cannot be written: `print` writes those before it."""
    return type(value) is not str or value.isascii() or value.encode("utf-8", "ignore").decode() == value


def install(recorder):
    """Put it in the place of what shows each writing by itself; gives what is to be done at the end."""
    output, shown = Lines(lambda text: recorder.line(f"{text}\n"), 1), sys.stdout

    def error(text):
        recorder.count_line()
        recorder.logged(text)

    errors = Lines(error, 2)
    plain = builtins.print

    def printed(*values, sep=None, end=None, file=None, flush=False):
        target = sys.stdout if file is None else file
        if target is output and all(map(has_bytes, values)):
            output.write((" " if sep is None else sep).join(map(str, values)) + ("\n" if end is None else end))
        elif target is output or target is shown:
            plain(*values, sep=sep, end=end, file=output, flush=flush)
        else:
            plain(*values, sep=sep, end=end, file=target, flush=flush)

    builtins.print = printed
    sys.stdout = sys.__stdout__ = output
    sys.stderr = sys.__stderr__ = errors

    def finish():
        output.finish()
        errors.finish()

    return finish
