import asyncio

WORK = 2.0
PATIENCE = [0.6, 1.2, 1.7]
SHIELD = True
AWAIT_LATER = True


async def compute():
    try:
        print("report: computing")
        await asyncio.sleep(WORK)
        print("report: finished")
        return "the report"
    except asyncio.CancelledError:
        print("report: cancelled, all work lost")
        raise


async def customer(name, report, patience):
    waited_for = asyncio.shield(report) if SHIELD else report
    try:
        result = await asyncio.wait_for(waited_for, patience)
        print(f"{name}: has {result}")
    except TimeoutError:
        print(f"{name}: gives up after {patience:.1f} s")


async def main():
    report = asyncio.create_task(compute(), name="report")
    customers = [
        asyncio.create_task(customer(f"customer-{n}", report, patience), name=f"customer-{n}")
        for n, patience in enumerate(PATIENCE)
    ]
    await asyncio.wait(customers)
    for task in customers:
        if task.cancelled():
            print(f"{task.get_name()}: cancelled along with the report")

    if AWAIT_LATER and not report.cancelled():
        print(f"main: puts {await report} into the archive")


asyncio.run(main())
