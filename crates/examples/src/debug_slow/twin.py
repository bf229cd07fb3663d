import asyncio
import time

DEBUG = True
THRESHOLD = 0.1
HELD = [0.3, 0.08, 0.08, 0.08, 0.08]
BEAT = 0.23


async def heartbeat():
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + BEAT
        await asyncio.sleep(BEAT)
        print(f"heartbeat: {loop.time() - due:.2f} s late")


async def worker(number, held):
    await asyncio.sleep(0.2)
    time.sleep(held)
    await asyncio.sleep(0.5)
    print(f"worker {number}: done")


async def main():
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = THRESHOLD
    beat = asyncio.create_task(heartbeat(), name="heartbeat")
    workers = [
        asyncio.create_task(worker(number, held), name=f"worker-{number}")
        for number, held in enumerate(HELD)
    ]
    await asyncio.gather(*workers)
    beat.cancel()


asyncio.run(main(), debug=DEBUG)
