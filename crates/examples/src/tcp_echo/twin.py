import asyncio
import itertools

CLIENTS = 3
SIZE = 30000

PORT = 8801

connections = itertools.count(1)


async def echo(reader, writer):
    asyncio.current_task().set_name(f"handler-{next(connections)}")
    while line := await reader.readline():
        writer.write(line)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def client(number):
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    print(f"client {number}: connected, sends {number} x {SIZE} bytes")
    for _ in range(number):
        writer.write(b"x" * (SIZE - 1) + b"\n")
    await writer.drain()
    print(f"client {number}: drain returned")
    for _ in range(number):
        line = await reader.readline()
        print(f"client {number}: {len(line)} bytes back")
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", PORT)
    async with server:
        async with asyncio.TaskGroup() as group:
            for number in range(1, CLIENTS + 1):
                group.create_task(client(number), name=f"client-{number}")
    print("server closed")


asyncio.run(main())
