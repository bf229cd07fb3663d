# at once: nothing
import asyncio


async def main():
    await asyncio.sleep(1)
    await asyncio.sleep(1)
    for n in range(3):
        print(n)
        await asyncio.sleep(0.1)


asyncio.run(main())
