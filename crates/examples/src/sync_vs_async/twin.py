import asyncio
import time

MODE = "in-turn"
BREWING = [1.0, 0.6, 1.4]
TICK = 0.4


def brew_blocking(cup, seconds):
    print(f"cup {cup}: brewing")
    time.sleep(seconds)
    print(f"cup {cup}: ready")


async def brew(cup, seconds):
    print(f"cup {cup}: brewing")
    await asyncio.sleep(seconds)
    print(f"cup {cup}: ready")


async def greet_guests():
    while True:
        await asyncio.sleep(TICK)
        print("a guest is greeted")


async def main():
    loop = asyncio.get_running_loop()
    greeter = asyncio.create_task(greet_guests(), name="greeter")
    await asyncio.sleep(0)

    start = loop.time()
    if MODE == "blocking":
        for cup, seconds in enumerate(BREWING, start=1):
            brew_blocking(cup, seconds)
    elif MODE == "in-turn":
        for cup, seconds in enumerate(BREWING, start=1):
            await brew(cup, seconds)
    else:
        async with asyncio.TaskGroup() as group:
            for cup, seconds in enumerate(BREWING, start=1):
                group.create_task(brew(cup, seconds), name=f"cup-{cup}")
    print(f"all cups, {MODE}: {loop.time() - start:.2f} s")

    greeter.cancel()


asyncio.run(main())
