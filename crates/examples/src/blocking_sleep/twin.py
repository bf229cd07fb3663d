import asyncio
import time

CALL = "time.sleep"
LENGTH = 1.5
BEAT = 0.4
DOWNLOAD = 1.3


async def heartbeat():
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + BEAT
        await asyncio.sleep(BEAT)
        print(f"heartbeat: {loop.time() - due:.2f} s late")


async def download():
    await asyncio.sleep(DOWNLOAD)
    print("download: the data is here")


async def report():
    await asyncio.sleep(0.6)
    print(f"report: calls {CALL}")
    if CALL == "time.sleep":
        time.sleep(LENGTH)
    elif CALL == "asyncio.sleep":
        await asyncio.sleep(LENGTH)
    else:
        await asyncio.to_thread(time.sleep, LENGTH)
    print("report: finished")


async def main():
    beat = asyncio.create_task(heartbeat(), name="heartbeat")
    await asyncio.gather(
        asyncio.create_task(download(), name="download"),
        asyncio.create_task(report(), name="report"),
    )
    beat.cancel()


asyncio.run(main())
