# at once: nothing
import asyncio


async def fetch(n):
    await asyncio.sleep(n)
    return n


async def main():
    one, two = await asyncio.gather(fetch(1), fetch(2))
    async with asyncio.TaskGroup() as group:
        for n in range(3):
            group.create_task(fetch(n))
    print(one, two)


asyncio.run(main())
