import asyncio

SEMAPHORE = "none"
PERMITS = 5
PAUSE = "holding"

SECONDS = [0.4, 0.7, 0.5, 0.8, 0.6, 0.4, 0.7, 0.5, 0.6, 0.3, 0.4, 0.5]
BUSY = [1, 4, 7]
CLIENTS = 3


class Client:
    def __init__(self, semaphore):
        self.semaphore = semaphore

    async def send(self, number, attempt):
        print(f"request {number}: sent")
        await asyncio.sleep(SECONDS[number])
        busy = attempt == 0 and number in BUSY
        print(f"request {number}: back, {'503' if busy else '200'}")
        return not busy

    async def send_until_answered(self, number):
        attempt = 0
        while not await self.send(number, attempt):
            await asyncio.sleep(0.5)
            attempt += 1

    async def request(self, number):
        semaphore = asyncio.Semaphore(PERMITS) if SEMAPHORE == "each-call" else self.semaphore
        if semaphore is None:
            await self.send_until_answered(number)
        elif PAUSE == "holding":
            async with semaphore:
                await self.send_until_answered(number)
        else:
            attempt = 0
            while True:
                async with semaphore:
                    answered = await self.send(number, attempt)
                if answered:
                    break
                await asyncio.sleep(0.5)
                attempt += 1
        print(f"request {number}: answered")


def make_clients():
    if SEMAPHORE == "shared":
        semaphore = asyncio.Semaphore(PERMITS)
        return [Client(semaphore) for _ in range(CLIENTS)]
    if SEMAPHORE == "each-client":
        return [Client(asyncio.Semaphore(PERMITS)) for _ in range(CLIENTS)]
    return [Client(None) for _ in range(CLIENTS)]


async def main():
    clients = make_clients()
    async with asyncio.TaskGroup() as group:
        for number in range(len(SECONDS)):
            coroutine = clients[number % CLIENTS].request(number)
            group.create_task(coroutine, name=f"request-{number}")
    print(f"{len(SECONDS)} requests done")


asyncio.run(main())
