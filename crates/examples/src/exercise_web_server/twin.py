import asyncio
import time

REPORT = "in-handler"
TIMEOUT_AROUND = "nothing"
TIMEOUT = 1.0
CLOSE = "after-answer"

PORT = 8080
CLIENTS = [
    (0.0, "report", b"GET /report\n"),
    (0.1, "quick-1", b"GET /\n"),
    (0.2, "silent", b""),
    (0.3, "stuck", b"GET /stuck\n"),
    (0.6, "quick-2", b"GET /\n"),
]
numbers = iter(range(1, 99))


async def respond(path):
    match path, REPORT:
        case "/report", "in-handler":
            time.sleep(1.2)
        case "/report", "to_thread":
            await asyncio.to_thread(time.sleep, 1.2)
        case "/stuck", _:
            await asyncio.sleep(6.0)
    return f"200 {path}\n".encode()


def limit(place):
    return asyncio.timeout(TIMEOUT if TIMEOUT_AROUND == place else None)


async def answer(reader, writer):
    async with limit("reading"):
        line = await reader.readline()
    if line:
        writer.write(await respond(line.decode().split()[1]))
        await writer.drain()


async def handle(reader, writer):
    asyncio.current_task().set_name(f"handler-{next(numbers)}")
    try:
        async with limit("everything"):
            await answer(reader, writer)
        if CLOSE == "after-answer":
            writer.close()
    except TimeoutError:
        print("server: timeout")
    finally:
        if CLOSE == "in-finally":
            writer.close()


async def client(delay, name, request):
    await asyncio.sleep(delay)
    print(f"{name}: connects")
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    writer.write(request)
    try:
        async with asyncio.timeout(4.0):
            answer = await reader.readline()
        print(f"{name}: {answer.decode().strip() or 'no answer'}")
    except TimeoutError:
        print(f"{name}: gives up")
    writer.close()
    await writer.wait_closed()


async def main():
    async with await asyncio.start_server(handle, "127.0.0.1", PORT):
        async with asyncio.TaskGroup() as group:
            for delay, name, request in CLIENTS:
                group.create_task(client(delay, name, request), name=name)
    print("server closed")


asyncio.run(main())
