# at once: 12-13 0.500
import asyncio


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    return name


async def main():
    print("begin")
    a = await fetch("a", 1.0)
    b = await fetch("b", 0.5)
    print(a, b)


asyncio.run(main())
