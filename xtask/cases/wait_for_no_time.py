import asyncio

async def work():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("cancelled")
        raise

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    try:
        await asyncio.wait_for(task, 0)
    except TimeoutError:
        print("timeout")
    async with asyncio.Lock():
        await asyncio.sleep(0)
    print("end")

asyncio.run(main())
