import asyncio

ROOM = 2  # 1..10
PRODUCE = 0.2  # 0..2 step 0.1
CONSUME = 0.5  # 0..2 step 0.1


async def producer(queue):
    for item in range(6):
        await asyncio.sleep(PRODUCE)
        await queue.put(item)
        print("made", item)
    await queue.put(None)


async def consumer(queue):
    while (item := await queue.get()) is not None:
        await asyncio.sleep(CONSUME)
        print("used", item)


async def main():
    queue = asyncio.Queue(ROOM)
    async with asyncio.TaskGroup() as group:
        group.create_task(producer(queue), name="producer")
        group.create_task(consumer(queue), name="consumer")


asyncio.run(main())
