# at once: nothing
import asyncio


async def attempt(n):
    await asyncio.sleep(0.5)
    return n == 2


async def main():
    for n in range(5):
        if await attempt(n):
            print("done", n)
            break


asyncio.run(main())
