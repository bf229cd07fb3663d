import asyncio

import aiohttp


async def main():
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect("ws://localhost/feed") as feed:
            print(await feed.receive())


asyncio.run(main())
