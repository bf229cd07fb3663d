import asyncio

REQUESTS = 6
LIMIT = 2
TIMEOUT = 1.5
SLOW = 2.5

PORT = 8802
KINDS = ["fast", "slow", "missing", "dropped", "broken"]
ROUTES = {
    "fast": ("200 OK", 0.3),
    "slow": ("200 OK", SLOW),
    "missing": ("404 Not Found", 0.1),
    "dropped": (None, 0.4),
    "broken": ("500 Internal Server Error", 0.6),
}


async def serve(reader, writer):
    request = await reader.readuntil(b"\r\n\r\n")
    path = request.split()[1].decode()
    asyncio.current_task().set_name(f"server {path}")
    status, seconds = ROUTES[path.split("/")[1]]
    await asyncio.sleep(seconds)
    if status is not None:
        body = f"this is {path}"
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write((head + body).encode())
    writer.close()
    await writer.wait_closed()


async def fetch(path):
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        status_line, *fields = head.decode().splitlines()
        headers = dict(field.split(": ") for field in fields if field)
        body = await reader.readexactly(int(headers["Content-Length"]))
        return int(status_line.split()[1]), body
    finally:
        writer.close()
        await writer.wait_closed()


async def request(path, permits):
    async with permits:
        print(f"{path}: begins")
        try:
            async with asyncio.timeout(TIMEOUT):
                status, body = await fetch(path)
        except TimeoutError:
            print(f"{path}: timed out")
            return "timeout"
        except (OSError, asyncio.IncompleteReadError) as error:
            print(f"{path}: {type(error).__name__}")
            return "no answer"
        print(f"{path}: {status}, {len(body)} bytes")
        return "page" if status == 200 else "error page"


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    async with server:
        permits = asyncio.Semaphore(LIMIT)
        async with asyncio.TaskGroup() as group:
            paths = [f"/{KINDS[number % 5]}/{number}" for number in range(REQUESTS)]
            tasks = [group.create_task(request(path, permits), name=path) for path in paths]
    outcomes = [task.result() for task in tasks]
    print(f"{outcomes.count('page')} pages of {REQUESTS}")


asyncio.run(main())
