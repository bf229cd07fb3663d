import asyncio

BUFFER = 0
TASK_DONE = "on-get"
JOIN = False
STOP = "cancel"

CONSUMERS = 3
ITEMS = 5


async def produce(name, queue):
    for number in range(ITEMS):
        await asyncio.sleep(0.1)
        await queue.put(f"{name}{number}")
    print(f"producer {name}: that was all")


async def consume(queue):
    while True:
        try:
            item = await queue.get()
        except asyncio.QueueShutDown:
            return
        if item is None:
            return
        if TASK_DONE == "on-get":
            queue.task_done()
        await asyncio.sleep(0.4)
        print(f"processed {item}")
        if TASK_DONE == "after-work":
            queue.task_done()


async def stop(consumers, queue):
    match STOP:
        case "cancel":
            for consumer in consumers:
                consumer.cancel()
        case "one-sentinel":
            await queue.put(None)
        case "sentinel-each":
            for _ in consumers:
                await queue.put(None)
        case "shutdown":
            queue.shutdown()
        case "shutdown-now":
            queue.shutdown(immediate=True)


async def main():
    queue = asyncio.Queue(BUFFER)
    consumers = [
        asyncio.create_task(consume(queue), name=f"consumer-{number}")
        for number in range(CONSUMERS)
    ]
    producers = [
        asyncio.create_task(produce(name, queue), name=f"producer-{name}")
        for name in "AB"
    ]
    await asyncio.gather(*producers)
    if JOIN:
        await queue.join()
        print("join: everything is done")
    await stop(consumers, queue)
    print(f"told to stop: {STOP}")
    await asyncio.gather(*consumers, return_exceptions=True)
    print("consumers are gone")


asyncio.run(main())
