import asyncio

DELAYS = [0.7, 1.6, 2.5]
TIMEOUT = 1.2
LATECOMERS = "await"


async def report(office, delay):
    print(f"office {office}: counting")
    await asyncio.sleep(delay)
    print(f"office {office}: counted")
    return f"result after {delay:.1f} s"


async def main():
    tasks = [
        asyncio.create_task(report(office, delay), name=f"office-{office}")
        for office, delay in enumerate(DELAYS)
    ]
    done, pending = await asyncio.wait(tasks, timeout=TIMEOUT)
    print(f"wait returned: {len(done)} done, {len(pending)} pending")

    late = [t for t in tasks if t in pending]
    if LATECOMERS == "cancel":
        for task in late:
            task.cancel()
    await asyncio.gather(*late, return_exceptions=True)

    for task in tasks:
        outcome = "cancelled" if task.cancelled() else task.result()
        print(f"{task.get_name()}: {outcome}")


asyncio.run(main())
