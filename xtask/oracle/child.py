"""A forked process that serves, and its two pipes."""

import os
import select
import signal

import limits


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
