import asyncio

TALK = "in-turn"
GOODBYE = "close"
AT_THE_END = "leave"

PORT = 8765
TYPED = [(0.4, "hello"), (1.2, "how are you?"), (0.8, "see you")]
FRIEND = [(0.6, "hi there"), (0.5, "are you there?"), (1.0, "fine"), (0.7, "bye")]


async def friend(writer):
    for pause, text in FRIEND:
        await asyncio.sleep(pause)
        print(f"friend says: {text}")
        writer.write(f"{text}\n".encode())


async def serve(reader, writer):
    asyncio.current_task().set_name("server")
    talking = asyncio.create_task(friend(writer), name="friend")
    while (line := await reader.readline()) not in (b"", b"/quit\n"):
        print(f"server has: {line.decode().strip()}")
    await talking
    writer.write(b"the room is closed\n")
    writer.close()


async def receive(reader):
    while line := await reader.readline():
        print(f"shown: {line.decode().strip()}")


async def send(reader, writer):
    for pause, text in TYPED:
        await asyncio.sleep(pause)
        writer.write(f"{text}\n".encode())
        await writer.drain()
        if TALK == "in-turn":
            line = await reader.readline()
            print(f"shown: {line.decode().strip()}")


async def chat():
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    if TALK == "two-tasks":
        receiver = asyncio.create_task(receive(reader), name="receiver")
        await send(reader, writer)
    else:
        await send(reader, writer)
        receiver = asyncio.create_task(receive(reader), name="receiver")
    match GOODBYE:
        case "close":
            writer.close()
        case "write-eof":
            writer.write_eof()
        case "quit-line":
            writer.write(b"/quit\n")
    match AT_THE_END:
        case "await":
            await receiver
        case "cancel":
            receiver.cancel()
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    async with server:
        await chat()
    print("everybody has gone home")


asyncio.run(main())
