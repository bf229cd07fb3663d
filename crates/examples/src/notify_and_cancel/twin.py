import asyncio

FIRST = "notify"
WAITERS = 3
DELAY = 1.0
PATIENCE = 1.0


async def wait_for_news(name, condition):
    async with condition:
        try:
            await condition.wait()
            print(f"{name}: notified")
        except asyncio.CancelledError:
            print(f"{name}: cancelled, and holds the lock")
            raise


async def main():
    condition = asyncio.Condition()
    tasks = [
        asyncio.create_task(wait_for_news(f"waiter-{number}", condition), name=f"waiter-{number}")
        for number in range(WAITERS)
    ]
    await asyncio.sleep(DELAY)
    async with condition:
        if FIRST == "notify":
            condition.notify(1)
            tasks[0].cancel()
            print("main: notified one, then cancelled waiter-0")
        else:
            tasks[0].cancel()
            condition.notify(1)
            print("main: cancelled waiter-0, then notified one")
    done, pending = await asyncio.wait(tasks, timeout=PATIENCE)
    print(f"main: {len(done)} are back, {len(pending)} still wait")
    async with condition:
        condition.notify_all()
    await asyncio.wait(tasks)


asyncio.run(main())
