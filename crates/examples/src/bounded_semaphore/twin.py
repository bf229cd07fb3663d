import asyncio

KIND = "Semaphore"
CLIENTS = 6
PERMITS = 2
CARELESS = 0
HOLD = 0.6
JANITOR = False
JANITOR_AT = 0.32


class Office:
    inside = 0
    most = 0

    def enter(self):
        self.inside += 1
        self.most = max(self.most, self.inside)


async def client(number, semaphore, office):
    await semaphore.acquire()
    office.enter()
    print(f"client {number}: comes in, {office.inside} inside")
    await asyncio.sleep(HOLD + 0.1 * number)
    office.inside -= 1
    semaphore.release()
    if number == CARELESS:
        print(f"client {number}: releases once more")
        semaphore.release()


async def janitor(semaphore):
    await asyncio.sleep(JANITOR_AT)
    print("janitor: releases what others hold")
    try:
        semaphore.release()
        print("janitor: nothing happened to it")
    except ValueError as error:
        print(f"janitor: {error!r}")


async def main():
    bounded = KIND == "BoundedSemaphore"
    semaphore = asyncio.BoundedSemaphore(PERMITS) if bounded else asyncio.Semaphore(PERMITS)
    office = Office()
    tasks = [
        asyncio.create_task(client(number, semaphore, office), name=f"client-{number}")
        for number in range(CLIENTS)
    ]
    if JANITOR:
        tasks.append(asyncio.create_task(janitor(semaphore), name="janitor"))
    results = await asyncio.gather(*tasks, return_exceptions=True)
    for number, result in enumerate(results):
        if result is not None:
            print(f"client {number}: {result!r}")
    print(f"{PERMITS} permits, most inside at a time: {office.most}")


asyncio.run(main())
