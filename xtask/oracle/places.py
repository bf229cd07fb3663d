"""Where in a program an awaitable stands."""

import gc
import types

from traced import Traced


# Objects without frames that stand between an await and what it waits for; Python offers
# no attribute that leads on from them, the garbage collector's view does.
async def _coroutine():
    pass


async def _asyncgen():
    yield


def _transparent_types():
    generator = _asyncgen()
    samples = (
        _coroutine().__await__(),
        generator.asend(None),
        generator.athrow(GeneratorExit),
        anext(generator, None),
    )
    for sample in samples:
        sample.close()
    return tuple(map(type, samples))


TRANSPARENT = _transparent_types()
FRAMED = (types.CoroutineType, types.GeneratorType, types.AsyncGeneratorType)


def place(awaitable, path):
    """Line and function name of the innermost suspended frame that belongs to the file `path`."""
    line = function = None
    if path is None:
        return line, function
    while awaitable is not None:
        kind = type(awaitable)
        if kind is types.CoroutineType:
            frame, inner = awaitable.cr_frame, awaitable.cr_await
        elif kind is types.GeneratorType:
            frame, inner = awaitable.gi_frame, awaitable.gi_yieldfrom
        elif kind is types.AsyncGeneratorType:
            frame, inner = awaitable.ag_frame, awaitable.ag_await
        elif kind in TRANSPARENT:
            frame, inner = None, None
            for referent in gc.get_referents(awaitable):
                if isinstance(referent, FRAMED + TRANSPARENT):
                    inner = referent
                    break
        elif kind is Traced:
            frame, inner = None, awaitable.coroutine
        else:
            break
        if frame is not None and frame.f_code.co_filename == path:
            line, function = frame.f_lineno, frame.f_code.co_name
        awaitable = inner
    return line, function
