"""What asyncio logs of errors that nobody looked at, by handlers of the program's own."""

import asyncio
import gc
import logging


class Printing(logging.Handler):
    def emit(self, record):
        kind = record.exc_info[0].__name__ if record.exc_info else None
        print(self.name, record.levelname, record.getMessage().partition(" at ")[0].partition("\n")[0], kind)


async def fails():
    raise ValueError("nobody looks")


async def main():
    for owner, name in (("asyncio", "asyncio's"), (None, "the root's")):
        handler = Printing()
        handler.name = name
        logging.getLogger(owner).addHandler(handler)
        asyncio.create_task(fails())
        asyncio.get_running_loop().call_soon(lambda: 1 / 0)
        await asyncio.sleep(0.1)
        gc.collect()
    logging.getLogger("asyncio").propagate = False
    asyncio.create_task(fails())
    await asyncio.sleep(0.1)
    gc.collect()


asyncio.run(main())
