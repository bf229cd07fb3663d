import asyncio

MAXSIZE = 2
ITEMS = 4
PRODUCE = [0.25, 0.35]
CONSUME = [0.9, 0.75]


async def producer(number, pace, queue):
    loop = asyncio.get_running_loop()
    for item in range(ITEMS):
        await asyncio.sleep(pace)
        start = loop.time()
        await queue.put(f"{number}.{item}")
        waited = loop.time() - start
        print(f"producer {number}: put {number}.{item}, waited {waited:.2f} s")


async def consumer(number, pace, queue):
    while True:
        item = await queue.get()
        print(f"consumer {number}: took {item}, {queue.qsize()} left")
        await asyncio.sleep(pace)
        queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=MAXSIZE)
    producers = [
        asyncio.create_task(producer(number, pace, queue), name=f"producer-{number}")
        for number, pace in enumerate(PRODUCE)
    ]
    consumers = [
        asyncio.create_task(consumer(number, pace, queue), name=f"consumer-{number}")
        for number, pace in enumerate(CONSUME)
    ]
    await asyncio.gather(*producers)
    print("producers are done")
    await queue.join()
    for task in consumers:
        task.cancel()
    await asyncio.gather(*consumers, return_exceptions=True)
    print("consumers are done")


asyncio.run(main())
