"""Signals that a program sends to itself, by each of the ways that there are."""

import asyncio
import os
import signal
import threading


async def main():
    loop, came = asyncio.get_running_loop(), asyncio.Event()
    signal.signal(signal.SIGUSR1, lambda number, frame: print("handled", signal.Signals(number).name))
    signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
    signal.raise_signal(signal.SIGUSR1)
    os.kill(os.getpid(), signal.SIGUSR1)
    loop.add_signal_handler(signal.SIGTERM, came.set)
    loop.call_later(0.1, signal.pthread_kill, threading.main_thread().ident, signal.SIGTERM)
    await came.wait()
    print(loop.remove_signal_handler(signal.SIGTERM), signal.getsignal(signal.SIGTERM) is signal.SIG_DFL)


asyncio.run(main())
