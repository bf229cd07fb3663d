import asyncio
import os


async def main():
    os._exit(3)


asyncio.run(main())
