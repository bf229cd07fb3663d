import asyncio

STOP = "flag"
POLL = 0.4
GAP = 0.9
WORK = 0.3
JOBS = 3


async def get_or_stop(queue, stop):
    while True:
        try:
            return await asyncio.wait_for(queue.get(), POLL)
        except TimeoutError:
            print("consumer: nothing came, looks at the flag")
            if stop.is_set():
                return None


async def consumer(queue, stop):
    try:
        while True:
            if STOP == "flag":
                job = await get_or_stop(queue, stop)
            else:
                job = await queue.get()
            if job is None:
                break
            print(f"consumer: job {job}")
            await asyncio.sleep(WORK)
            queue.task_done()
    except asyncio.QueueShutDown:
        print("consumer: the queue is shut down")
    except asyncio.CancelledError:
        print("consumer: cancelled")
        raise
    print("consumer: ends")


async def main():
    loop = asyncio.get_running_loop()
    queue = asyncio.Queue()
    stop = asyncio.Event()
    task = asyncio.create_task(consumer(queue, stop), name="consumer")
    for job in range(JOBS):
        await asyncio.sleep(GAP)
        await queue.put(job)
    await queue.join()
    print("main: every job is done, stop")
    told = loop.time()
    if STOP == "flag":
        stop.set()
    elif STOP == "sentinel":
        await queue.put(None)
    elif STOP == "shutdown":
        queue.shutdown()
    else:
        task.cancel()
    await asyncio.wait([task])
    print(f"main: the consumer was gone {loop.time() - told:.2f} s later")


asyncio.run(main())
