"""A web socket and pages at the same port of the same machine; by stand-ins, so its answers are written down by hand."""

import asyncio

import aiohttp
import websockets


async def main():
    async with websockets.connect("ws://example.com/live") as socket:
        await socket.send("hello")
        print(await socket.recv())
        async with aiohttp.ClientSession() as session:
            async with session.get("http://example.com/page") as answer:
                print(answer.status, (await answer.text())[:15])
        await socket.send("GET ")
        print(await socket.recv())


asyncio.run(main())
