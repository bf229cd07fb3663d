import asyncio
import ctypes


async def main():
    ctypes.CDLL("libc.so.6").usleep(1000)
    await asyncio.sleep(1)


asyncio.run(main())
