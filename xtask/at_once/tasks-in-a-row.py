# at once: 10-11 1.000
import asyncio


async def work():
    await asyncio.sleep(1)


async def main():
    await asyncio.create_task(work())
    await asyncio.create_task(work())


asyncio.run(main())
