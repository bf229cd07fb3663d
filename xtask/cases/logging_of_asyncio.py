"""What asyncio logs of itself, and which task logs what."""

import asyncio
import logging
import sys

logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="%(levelname)s %(name)s %(taskName)s %(message)s")


async def work(number):
    logging.info("begins %s", number)
    await asyncio.sleep(0.1 * number)
    logging.getLogger("app").debug("ends %s", number)


async def main():
    await asyncio.gather(*(work(number) for number in range(3)))


asyncio.run(main())
