import asyncio
import struct

MESSAGES = 4
PING_EVERY = 0.7
PONG_TIMEOUT = 1.0
STALL = 0.0

PORT = 8805
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


async def read_frame(reader):
    opcode, length = struct.unpack("!BH", await reader.readexactly(3))
    payload = await reader.readexactly(length)
    return opcode, payload


async def send_frame(writer, opcode, payload=b""):
    writer.write(struct.pack("!BH", opcode, len(payload)) + payload)
    await writer.drain()


async def serve(reader, writer):
    asyncio.current_task().set_name("server")
    try:
        opcode = None
        while opcode != CLOSE:
            opcode, payload = await read_frame(reader)
            if payload == b"message 1":
                await asyncio.sleep(STALL)
            await send_frame(writer, PONG if opcode == PING else opcode, payload)
        print("server: close frame answered")
    except (asyncio.IncompleteReadError, ConnectionError):
        print("server: the client left without a close frame")
    finally:
        writer.close()


async def talk(writer, pinger):
    for number in range(MESSAGES):
        await send_frame(writer, TEXT, f"message {number}".encode())
        await asyncio.sleep(0.5)
    pinger.cancel()
    await send_frame(writer, CLOSE)
    print("close frame sent")


async def ping(writer, pong):
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(PING_EVERY)
        pong.clear()
        sent = loop.time()
        await send_frame(writer, PING)
        async with asyncio.timeout(PONG_TIMEOUT):
            await pong.wait()
        print(f"pong after {loop.time() - sent:.2f} s")


async def listen(reader, pong):
    opcode = None
    while opcode != CLOSE:
        opcode, payload = await read_frame(reader)
        if opcode == TEXT:
            print(f"echo of {payload.decode()}")
        elif opcode == PONG:
            pong.set()
    print("close frame received")


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    async with server:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        pong = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as group:
                pinger = group.create_task(ping(writer, pong), name="pinger")
                group.create_task(talk(writer, pinger), name="talker")
                group.create_task(listen(reader, pong), name="listener")
        except* TimeoutError:
            print("no pong in time: leaving without a close frame")
        writer.close()
        await writer.wait_closed()
    print("closed")


asyncio.run(main())
