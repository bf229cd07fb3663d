"""What asyncio logs in a program that has set logging up: its own handlers are told, as by CPython."""

import logging
from asyncio.base_events import BaseEventLoop


def install(recorder):
    """Ask the handlers that there are whenever something is logged; for good."""
    from loop import VirtualLoop
    from patches import LogHandler

    def has_handlers():
        asyncio = logging.getLogger("asyncio")
        return asyncio.propagate and logging.root.handlers or any(type(each) is not LogHandler for each in asyncio.handlers)

    emit, tell = LogHandler.emit, VirtualLoop.default_exception_handler

    def default_exception_handler(loop, context):
        if has_handlers():
            # The recorder is told below; what goes to standard error would be there twice.
            recorder.logged = lambda *said: None
            try:
                BaseEventLoop.default_exception_handler(loop, context)
            finally:
                del recorder.logged
        tell(loop, context)

    LogHandler.emit = lambda handler, record: None if has_handlers() else emit(handler, record)
    VirtualLoop.default_exception_handler = default_exception_handler
