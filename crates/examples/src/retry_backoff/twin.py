import asyncio
import random

CLIENTS = 5
BASE = 0.4
ATTEMPTS = 5
JITTER = True
SEED = 7

CAP = 2.0
SERVICE = 0.3


class Server:
    def __init__(self):
        self.busy = False
        self.refused = 0

    async def handle(self):
        await asyncio.sleep(0.1)
        if self.busy:
            self.refused += 1
            raise ConnectionError("server busy")
        self.busy = True
        await asyncio.sleep(SERVICE)
        self.busy = False


def backoff(attempt, rng):
    delay = min(CAP, BASE * 2 ** (attempt - 1))
    return rng.uniform(0, delay) if JITTER else delay


async def call_with_retry(server, name, rng):
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await server.handle()
        except ConnectionError as error:
            if attempt == ATTEMPTS:
                raise
            delay = backoff(attempt, rng)
            print(f"{name}: {error}, again in {delay:.2f} s")
            await asyncio.sleep(delay)


async def client(server, name, rng):
    try:
        await call_with_retry(server, name, rng)
        print(f"{name}: served")
        return True
    except ConnectionError:
        print(f"{name}: gave up after {ATTEMPTS} attempts")
        return False


async def main():
    server = Server()
    rng = random.Random(SEED)
    names = [f"client-{number}" for number in range(1, CLIENTS + 1)]
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(client(server, name, rng), name=name) for name in names
        ]
    served = sum(task.result() for task in tasks)
    print(f"served {served} of {CLIENTS}, {server.refused} requests refused")


asyncio.run(main())
