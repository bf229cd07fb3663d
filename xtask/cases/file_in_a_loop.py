import asyncio
import sys


async def main():
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin, print, "something to read")
    await asyncio.sleep(1)


asyncio.run(main())
