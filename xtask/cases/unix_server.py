import asyncio


async def main():
    async with await asyncio.start_unix_server(print, "/tmp/socket") as server:
        await server.serve_forever()


asyncio.run(main())
