# at once: 10-13 1.000 in another order
import asyncio


async def fetch(url):
    await asyncio.sleep(0.5)


async def main():
    for n in range(3):
        print("ask", n)
        await fetch(n)
        print("got", n)


asyncio.run(main())
