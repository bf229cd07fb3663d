import asyncio

DELIVERY = "drain"
MESSAGES = 5
SLOW = 0.8
QUEUE = 2

PORT = 8807
SIZE = 60000
GAP = 0.3
STAY = 2.0


class Member:
    def __init__(self, name, writer):
        self.name = name
        self.writer = writer
        self.queue = asyncio.Queue(QUEUE)

    async def deliver(self, line):
        if DELIVERY == "drain":
            self.writer.write(line)
            await self.writer.drain()
        elif self.queue.full():
            print(f"server: {self.name} is too slow, one message dropped")
        else:
            self.queue.put_nowait(line)

    async def send(self):
        while line := await self.queue.get():
            self.writer.write(line)
            await self.writer.drain()


members = {}


async def broadcast(sender, line):
    for member in list(members.values()):
        if member.name != sender and member.name in members:
            await member.deliver(line)


async def serve(reader, writer):
    name = (await reader.readline()).decode().strip()
    asyncio.current_task().set_name(f"serve-{name}")
    writer.transport.set_write_buffer_limits(high=0)
    member = Member(name, writer)
    async with asyncio.TaskGroup() as group:
        if DELIVERY == "queue":
            group.create_task(member.send(), name=f"send-{name}")
        await broadcast(name, f"{name} joins\n".encode())
        members[name] = member
        while line := await reader.readline():
            await broadcast(name, line)
        del members[name]
        await broadcast(name, f"{name} leaves\n".encode())
        await member.queue.put(None)
    writer.close()
    await writer.wait_closed()


async def talk(name, messages, writer):
    for number in range(messages):
        await asyncio.sleep(GAP)
        line = f"{name}'s picture {number}".ljust(SIZE, ".") + "\n"
        writer.write(line.encode())
        await writer.drain()
    await asyncio.sleep(STAY)
    writer.write_eof()


async def client(name, messages, pause):
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    writer.write(f"{name}\n".encode())
    async with asyncio.TaskGroup() as group:
        group.create_task(talk(name, messages, writer), name=f"{name}-talks")
        while line := await reader.readline():
            print(f"{name}: {line.decode().rstrip('.\n')}")
            await asyncio.sleep(pause)
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    async with server:
        async with asyncio.TaskGroup() as group:
            group.create_task(client("cat", 0, SLOW), name="cat")
            group.create_task(client("ann", MESSAGES, 0.0), name="ann")
            group.create_task(client("bob", MESSAGES, 0.0), name="bob")
    print("everybody has left")


asyncio.run(main())
