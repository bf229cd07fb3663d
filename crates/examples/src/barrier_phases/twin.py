import asyncio

PACES = [0.3, 1.0, 0.6, 0.8]
PHASES = 3
ABORT_IN = 0


async def worker(number, barrier):
    for phase in range(1, PHASES + 1):
        await asyncio.sleep(PACES[(number + phase - 1) % len(PACES)])
        if number == 0 and phase == ABORT_IN:
            print(f"worker 0: breaks the barrier in phase {phase}")
            await barrier.abort()
            return
        print(f"worker {number}: at the barrier, {barrier.n_waiting} wait there")
        try:
            place = await barrier.wait()
        except asyncio.BrokenBarrierError as error:
            print(f"worker {number}: {error!r}")
            return
        if place == barrier.parties - 1:
            print(f"worker {number}: came last, phase {phase} is complete")


async def main():
    barrier = asyncio.Barrier(len(PACES))
    async with asyncio.TaskGroup() as group:
        for number in range(len(PACES)):
            group.create_task(worker(number, barrier), name=f"worker-{number}")
    print(f"broken: {barrier.broken}")


asyncio.run(main())
