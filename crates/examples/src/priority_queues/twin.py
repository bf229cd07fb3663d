import asyncio

KIND = "PriorityQueue"
NUMBERED = True
GAP = 0.2
BEGIN = 0.3
WORK = 0.5

JOBS = [(3, "report"), (2, "mail"), (1, "outage"), (1, "alarm"), (3, "backup"), (2, "chat")]


def make_queue():
    if KIND == "Queue":
        return asyncio.Queue()
    if KIND == "LifoQueue":
        return asyncio.LifoQueue()
    return asyncio.PriorityQueue()


async def producer(queue):
    for number, (priority, name) in enumerate(JOBS):
        ticket = number if NUMBERED else 0
        queue.put_nowait((priority, ticket, name))
        print(f"producer: puts {name}, priority {priority}")
        await asyncio.sleep(GAP)
    queue.shutdown()


async def worker(queue):
    await asyncio.sleep(BEGIN)
    taken = []
    try:
        while True:
            priority, _, name = await queue.get()
            print(f"worker: takes {name}, priority {priority}")
            taken.append(name)
            await asyncio.sleep(WORK)
    except asyncio.QueueShutDown:
        print(f"worker: took {', '.join(taken)}")


async def main():
    queue = make_queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(producer(queue), name="producer")
        group.create_task(worker(queue), name="worker")


asyncio.run(main())
