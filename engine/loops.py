"""Loops that a program makes other than by `asyncio.run`: they run on the virtual clock, too."""

import asyncio


def install(recorder):
    """Whatever policy makes a loop, and whoever names the class of one."""
    from loop import VirtualLoop

    class SelectorEventLoop(VirtualLoop):
        """As the program sees it; a selector of its own would wait in real time, and is left out."""

        def __init__(self, selector=None):
            super().__init__(recorder)

    # A policy in place of ours makes the loops of its class.
    asyncio.DefaultEventLoopPolicy._loop_factory = SelectorEventLoop
    asyncio.SelectorEventLoop = asyncio.EventLoop = SelectorEventLoop
