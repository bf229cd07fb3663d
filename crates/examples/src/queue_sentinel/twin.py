import asyncio

JOBS = [0.8, 0.5, 1.1, 0.4, 0.9, 0.6]
CONSUMERS = 3
SENTINELS = "each"
GAP = 0.15


async def producer(queue):
    for number, seconds in enumerate(JOBS):
        await asyncio.sleep(GAP)
        await queue.put((number, seconds))
    for _ in range(CONSUMERS if SENTINELS == "each" else 1):
        await queue.put(None)
    print("producer: no more jobs")


async def consumer(number, queue):
    handled = 0
    while (job := await queue.get()) is not None:
        job_number, seconds = job
        print(f"consumer {number}: job {job_number}")
        await asyncio.sleep(seconds)
        handled += 1
    print(f"consumer {number}: told to stop")
    if SENTINELS == "handed-on":
        await queue.put(None)
    return handled


async def main():
    queue = asyncio.Queue()
    consumers = [
        asyncio.create_task(consumer(number, queue), name=f"consumer-{number}")
        for number in range(CONSUMERS)
    ]
    await asyncio.create_task(producer(queue), name="producer")
    counts = await asyncio.gather(*consumers)
    for number, handled in enumerate(counts):
        print(f"consumer {number} handled {handled}")


asyncio.run(main())
