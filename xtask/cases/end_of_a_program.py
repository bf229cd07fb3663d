"""What a program asked for at its end, a hook for what it does not handle, and words without the end of their line."""

import asyncio
import atexit
import sys
import weakref


class Thing:
    pass


def hook(kind, error, traceback):
    print("hook:", kind.__name__, error)


async def main():
    print("begin ", end="", flush=True)
    await asyncio.sleep(0.1)
    raise RuntimeError("not handled")


sys.excepthook = hook
atexit.register(print, "at exit, asked for first")
thing = Thing()
weakref.finalize(thing, print, "finalized")


@atexit.register
def last():
    print("at exit, asked for last", end="")
    print()
    print("no end of this line", end="")


asyncio.run(main())
