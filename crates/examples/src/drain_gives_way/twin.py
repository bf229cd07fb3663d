import asyncio
import time

GIVE_WAY = "drain"
RECORDS = 8
SIZE = 2000
MAKE = 0.1
BEAT = 0.25

PORT = 8812


async def heartbeat():
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + BEAT
        await asyncio.sleep(BEAT)
        print(f"heartbeat: {loop.time() - due:.2f} s late")


async def take_all(reader, writer):
    asyncio.current_task().set_name("server")
    total = 0
    while data := await reader.read(65536):
        total += len(data)
    print(f"server: {total} bytes in all")
    writer.close()


async def send(writer):
    for number in range(1, RECORDS + 1):
        time.sleep(MAKE)
        writer.write(b"x" * SIZE)
        if GIVE_WAY == "drain":
            await writer.drain()
        elif GIVE_WAY == "sleep0":
            await asyncio.sleep(0)
        print(f"sender: record {number} is written")


async def main():
    server = await asyncio.start_server(take_all, "127.0.0.1", PORT)
    async with server:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        beat = asyncio.create_task(heartbeat(), name="heartbeat")
        await asyncio.create_task(send(writer), name="sender")
        writer.close()
        await writer.wait_closed()
        beat.cancel()


asyncio.run(main())
