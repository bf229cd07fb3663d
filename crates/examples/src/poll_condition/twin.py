import asyncio

READY = 1.6
INTERVAL = 0.6
CHECK = 0.1
TIMEOUT = 2.5


class Service:
    def __init__(self):
        self.ready = asyncio.Event()
        self.ready_at = None

    async def start(self):
        await asyncio.sleep(READY)
        self.ready_at = asyncio.get_running_loop().time()
        self.ready.set()
        print("service: ready")

    async def check(self, client):
        await asyncio.sleep(CHECK)
        answer = "ready" if self.ready.is_set() else "not yet"
        print(f"{client} asks: {answer}")
        return self.ready.is_set()


async def by_event(service):
    async with asyncio.timeout(TIMEOUT):
        await service.ready.wait()


async def by_polling(service):
    async with asyncio.timeout(TIMEOUT):
        while not await service.check("poll"):
            await asyncio.sleep(INTERVAL)


async def by_late_polling(service):
    loop = asyncio.get_running_loop()
    started = loop.time()
    while not await service.check("late-poll"):
        if loop.time() - started >= TIMEOUT:
            raise TimeoutError
        await asyncio.sleep(INTERVAL)


async def client(name, wait, service):
    loop = asyncio.get_running_loop()
    started = loop.time()
    try:
        await wait(service)
        print(f"{name}: knows it {loop.time() - service.ready_at:.2f} s later")
    except TimeoutError:
        print(f"{name}: gives up after {loop.time() - started:.2f} s")


async def main():
    service = Service()
    waits = {"event": by_event, "poll": by_polling, "late-poll": by_late_polling}
    async with asyncio.TaskGroup() as group:
        group.create_task(service.start(), name="service")
        for name, wait in waits.items():
            group.create_task(client(name, wait, service), name=name)


asyncio.run(main())
