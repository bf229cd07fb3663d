# at once: 9-9 0.300
import asyncio

async def square(n):
    await asyncio.sleep(0.1)
    return n * n

async def main():
    print([await square(n) for n in range(4)])

asyncio.run(main())
