"""A client with a limit on connections, retries and a timeout, against a small server of its own on the loopback."""

import asyncio

REQUESTS, AT_ONCE, PATIENCE = 6, 2, 0.05


async def answer(reader, writer):
    """The first answer to each is too late."""
    number = (await reader.readline()).decode().strip()
    await asyncio.sleep(0.2 if number.endswith("-0") and number.startswith("2") else 0.01)
    writer.write(f"answer {number}\n".encode())
    writer.close()


async def ask(port, number, limit, lock, answers):
    """One request, up to three times."""
    async with limit:
        for attempt in range(3):
            try:
                async with asyncio.timeout(PATIENCE):
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.write(f"{number}-{attempt}\n".encode())
                    line = await reader.readline()
                    writer.close()
                    break
            except TimeoutError:
                print(f"request {number} is late")
    async with lock:
        answers.append(line.decode().strip())


async def main():
    """All requests."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    limit, lock, answers = asyncio.Semaphore(AT_ONCE), asyncio.Lock(), []
    await asyncio.gather(*(ask(port, number, limit, lock, answers) for number in range(REQUESTS)))
    print(len(answers), "answers")
    server.close()


asyncio.run(main())
