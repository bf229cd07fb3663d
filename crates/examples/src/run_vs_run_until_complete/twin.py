import asyncio

RUNNER = "own-loop"
MAIN = 1.2
SAVING = 2.0
CLEANUP = 0.5


async def readings():
    try:
        for number in range(1, 10):
            yield number
    finally:
        print("generator closed")


async def save(name):
    try:
        await asyncio.sleep(SAVING)
        print(f"{name}: saved")
    except asyncio.CancelledError:
        print(f"{name}: cancelled, cleaning up")
        await asyncio.sleep(CLEANUP)
        print(f"{name}: cleaned up")
        raise


async def main(sensor):
    background = [asyncio.create_task(save(name), name=name) for name in ("log", "report")]
    print(f"first reading: {await anext(sensor)}")
    await asyncio.sleep(MAIN)
    print(f"main ends, {len(background)} tasks started")


async def cancel_leftovers():
    leftovers = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in leftovers:
        task.cancel()
    await asyncio.gather(*leftovers, return_exceptions=True)


def run_by_hand(coroutine):
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(coroutine)
        if RUNNER == "own-loop-tidied":
            loop.run_until_complete(cancel_leftovers())
            loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()
        print("loop closed")


sensor = readings()
if RUNNER == "asyncio.run":
    asyncio.run(main(sensor))
else:
    run_by_hand(main(sensor))
print("the program ends")
