# at once: nothing
import asyncio

lock = asyncio.Lock()


async def write(name):
    async with lock:
        await asyncio.sleep(1)


async def main():
    await write("a")
    await write("b")


asyncio.run(main())
