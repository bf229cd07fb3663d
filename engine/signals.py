"""Signals that a program sends to itself; from elsewhere none comes."""

import asyncio
import asyncio.events
import os
import signal
import sys

# Those of which a loop is told, as Linux has them; the others cannot be caught.
UNCAUGHT = (signal.SIGKILL, signal.SIGSTOP)


def install(no_signals):
    """What handles a signal runs at once; what a loop was given for it, as if a byte came through its pipe to itself.

    `no_signals` refuses what a signal would do that nothing handles.
    """
    handlers = {signal.SIGINT: signal.default_int_handler}

    def get_signal(number):
        return handlers.get(number, signal.SIG_DFL)

    def set_signal(number, handler):
        before = get_signal(number)
        handlers[number] = handler
        return before

    def raise_signal(number):
        handler = get_signal(number)
        if handler == signal.SIG_DFL:
            # It would end the program, or stop it.
            no_signals()
        elif handler != signal.SIG_IGN:
            handler(number, sys._getframe(1))

    def kill(process, number):
        raise_signal(number) if process == os.getpid() else no_signals()

    signal.getsignal, signal.signal, signal.raise_signal, os.kill = get_signal, set_signal, raise_signal, kill
    signal.pthread_kill = lambda thread, number: raise_signal(number)
    for name in ("alarm", "setitimer", "pause", "sigwait", "sigwaitinfo", "sigtimedwait"):
        setattr(signal, name, no_signals)
    watch_loops()


def watch_loops():
    """`add_signal_handler` and `remove_signal_handler`, as in `Lib/asyncio/unix_events.py`."""
    Loop = asyncio.unix_events.SelectorEventLoop  # that of `asyncio` may be ours by now

    def add_signal_handler(self, sig, callback, *args):
        if asyncio.iscoroutine(callback) or asyncio.iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        check(sig)
        self._check_closed()

        def came(number, frame):
            # The system writes the number into the pipe; the loop reads it where it asks for what is ready.
            self.signals_come.append(number)
            self._write_to_self()

        if not hasattr(self, "signals_come"):
            self.signals_come, self.signals_handled = [], {}
        self.signals_handled[sig] = asyncio.events.Handle(callback, args, self, None)
        signal.signal(sig, came)

    def remove_signal_handler(self, sig):
        check(sig)
        if getattr(self, "signals_handled", {}).pop(sig, None) is None:
            return False
        signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        return True

    def read_from_self(self):
        come = getattr(self, "signals_come", [])
        for number in come:
            handle = self.signals_handled.get(number)
            if handle is not None:
                if handle._cancelled:
                    self.remove_signal_handler(number)
                else:
                    self._add_callback_signalsafe(handle)
        come.clear()

    close = Loop.close

    def close_signals(self):
        close(self)
        for sig in list(getattr(self, "signals_handled", ())):
            self.remove_signal_handler(sig)

    Loop.add_signal_handler, Loop.remove_signal_handler = add_signal_handler, remove_signal_handler
    Loop._read_from_self, Loop.close = read_from_self, close_signals


def check(sig):
    """Refuse what is no signal, or cannot be handled."""
    if not isinstance(sig, int):
        raise TypeError(f"sig must be an int, not {sig!r}")
    if sig not in signal.valid_signals():
        raise ValueError(f"invalid signal number {sig}")
    if sig in UNCAUGHT:
        raise RuntimeError(f"sig {sig} cannot be caught")
