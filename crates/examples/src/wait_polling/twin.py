import asyncio

DELAYS = [0.8, 2.4, 1.7]
INTERVAL = 0.5


async def job(number, delay):
    await asyncio.sleep(delay)
    return number


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    tasks = [
        asyncio.create_task(job(number, delay), name=f"job-{number}")
        for number, delay in enumerate(DELAYS)
    ]
    running = tasks
    rounds = 0
    while running:
        rounds += 1
        done, _ = await asyncio.wait(
            running, timeout=INTERVAL, return_when=asyncio.FIRST_COMPLETED
        )
        running = [t for t in running if t not in done]
        status = ", ".join(
            f"{t.get_name()} {'done' if t.done() else 'running'}" for t in tasks
        )
        reason = "job ended" if done else "timeout"
        print(f"{loop.time() - start:.2f} s, {reason}: {status}")
    print(f"all done in {rounds} rounds")


asyncio.run(main())
