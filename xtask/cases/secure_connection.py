import asyncio


async def main():
    reader, writer = await asyncio.open_connection("example.org", 443, ssl=True)
    print(await reader.readline())


asyncio.run(main())
