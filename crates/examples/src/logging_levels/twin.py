import asyncio
import logging
import sys
import time

LEVEL = "INFO"
WRITE = 0.0
REQUESTS = [0.41, 1.22, 0.73]
LIMIT = 0.97

log = logging.getLogger("shop")


class SlowHandler(logging.StreamHandler):
    def emit(self, record):
        time.sleep(WRITE)
        super().emit(record)


def set_up():
    handler = SlowHandler(sys.stdout)
    text = "%(levelname)-7s %(name)s %(taskName)s user=%(user)s: %(message)s"
    handler.setFormatter(logging.Formatter(text, defaults={"user": "-"}))
    log.addHandler(handler)
    log.setLevel(LEVEL)


async def handle(number, seconds):
    log.debug("begins", extra={"user": f"u{number}"})
    try:
        async with asyncio.timeout(LIMIT):
            await asyncio.sleep(seconds)
        log.info("answered after %.2f s", seconds, extra={"user": f"u{number}"})
    except TimeoutError:
        log.error("no answer within %.2f s", LIMIT, extra={"user": f"u{number}"})


async def main():
    set_up()
    if len(REQUESTS) > 2:
        log.warning("%d requests at once", len(REQUESTS))
    async with asyncio.TaskGroup() as group:
        for number, seconds in enumerate(REQUESTS):
            group.create_task(handle(number, seconds), name=f"request-{number}")
    log.info("all done")


asyncio.run(main())
