"""Loops that a program makes other than by `asyncio.run`: they run on the virtual clock, too."""

import asyncio


def install(recorder):
    """Whatever policy makes a loop, and whoever names the class of one, or prints what is of it."""
    from coroscope import Traced
    from loop import VirtualLoop, VirtualPolicy

    called(VirtualLoop, "asyncio.unix_events", "_UnixSelectorEventLoop")
    called(Traced, "builtins", "coroutine")

    class SelectorEventLoop(VirtualLoop):
        """As the program sees it; a selector of its own would wait in real time, and is left out."""

        def __init__(self, selector=None):
            super().__init__(recorder)

    # A policy in place of ours makes the loops of its class.
    asyncio.DefaultEventLoopPolicy._loop_factory = SelectorEventLoop
    VirtualPolicy.new_event_loop = lambda policy: SelectorEventLoop()
    asyncio.SelectorEventLoop = asyncio.EventLoop = SelectorEventLoop
    called(SelectorEventLoop, "asyncio.unix_events", "_UnixSelectorEventLoop")


def called(kind, module, name):
    """Give a class the name of what it stands for."""
    kind.__module__, kind.__name__, kind.__qualname__ = module, name, name
