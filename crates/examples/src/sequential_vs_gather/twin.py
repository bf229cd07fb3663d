import asyncio

DELAYS = [1.2, 0.5, 0.8]


async def fetch(page, delay):
    print(f"page {page}: requested")
    await asyncio.sleep(delay)
    print(f"page {page}: received after {delay:.1f} s")


async def main():
    loop = asyncio.get_running_loop()

    start = loop.time()
    for page, delay in enumerate(DELAYS):
        await fetch(page, delay)
    print(f"one after another: {loop.time() - start:.2f} s")

    start = loop.time()
    await asyncio.gather(*(fetch(page, delay) for page, delay in enumerate(DELAYS)))
    print(f"gathered: {loop.time() - start:.2f} s")


asyncio.run(main())
