import asyncio

GUARD = "none"
WORKERS = 4
ROUNDS = 2
PAUSE = 0.4
GAP = 0.1


class Counter:
    value = 0


async def read_await_write(number, counter):
    seen = counter.value
    print(f"worker {number}: reads {seen}")
    await asyncio.sleep(PAUSE)
    counter.value = seen + 1
    print(f"worker {number}: writes {counter.value}")


async def await_then_add(number, counter):
    await asyncio.sleep(PAUSE)
    counter.value += 1
    print(f"worker {number}: adds, now {counter.value}")


async def worker(number, counter, lock):
    await asyncio.sleep(GAP * number)
    for _ in range(ROUNDS):
        if GUARD == "none":
            await read_await_write(number, counter)
        elif GUARD == "lock":
            async with lock:
                await read_await_write(number, counter)
        else:
            await await_then_add(number, counter)


async def main():
    counter = Counter()
    lock = asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        for number in range(WORKERS):
            group.create_task(worker(number, counter, lock), name=f"worker-{number}")
    updates = WORKERS * ROUNDS
    print(f"{updates} updates, counter {counter.value}: {updates - counter.value} lost")


asyncio.run(main())
