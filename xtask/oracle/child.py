"""A forked process that serves, and its two pipes."""

import fcntl
import os
import select
import signal

import limits


# What a pipe gives room in: a text takes whole ones of them.
PAGE = 4096
# As much as anybody may have a pipe hold.
ROOM = 1 << 20


def pages(text):
    """So many bytes of a pipe a text takes, at most."""
    return -(-len(text) // PAGE) * PAGE


def widened(pipe):
    """A pipe's room, when it has been made as large as may be."""
    try:
        return fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, ROOM)
    except (AttributeError, OSError):
        # Linux's usual one; what others have at the least.
        return 16 * PAGE if hasattr(fcntl, "F_SETPIPE_SZ") else 4 * PAGE


class Child:
    """The process, as its parent sees it."""

    def __init__(self, work):
        """`work(requests, pipe)` reads lines and writes answers."""
        reading, self.writing = os.pipe()
        self.reading, writing = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            try:
                os.close(self.writing)
                os.close(self.reading)
                # The child must not touch the streams of the protocol.
                nowhere = os.open(os.devnull, os.O_RDWR)
                os.dup2(nowhere, 0)
                os.dup2(nowhere, 1)
                work(open(reading, "rb"), writing)
            finally:
                os._exit(1)
        os.close(reading)
        os.close(writing)
        # So many bytes may wait in the pipe without a reader.
        self.room = widened(self.writing)
        widened(self.reading)

    def read(self):
        """Some bytes of what it answers; none when it has ended; None if it says nothing for too long."""
        ready, _, _ = select.select([self.reading], [], [], limits.SECONDS + limits.GRACE_SECONDS)
        return os.read(self.reading, 1 << 20) if ready else None

    def kill(self):
        """End it, since it does not do so by itself."""
        os.kill(self.process, signal.SIGKILL)

    def end(self):
        """Wait for the process; its status."""
        os.close(self.reading)
        os.close(self.writing)
        return os.waitpid(self.process, 0)[1]
