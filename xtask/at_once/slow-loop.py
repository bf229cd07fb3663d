# at once: 14-16 2.000
import asyncio
import time


async def fetch(url):
    await asyncio.sleep(1)
    return f"<{url}>"


async def main():
    urls = ["one", "two", "three"]
    start = time.monotonic()
    for url in urls:
        page = await fetch(url)
        print(page)
    print(f"took {time.monotonic() - start:.2f} s")


asyncio.run(main())
