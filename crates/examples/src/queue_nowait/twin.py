import asyncio

FRAMES = 9
GAP = 0.2
SHOW = 0.5
IDLE = 0.25
MAXSIZE = 2


async def camera(queue):
    dropped = 0
    for frame in range(FRAMES):
        await asyncio.sleep(GAP)
        try:
            queue.put_nowait(frame)
        except asyncio.QueueFull:
            print(f"camera: dropped frame {frame}")
            dropped += 1
    return dropped


async def screen(queue, source):
    while True:
        try:
            frame = queue.get_nowait()
        except asyncio.QueueEmpty:
            if source.done():
                break
            print("screen: nothing to show")
            await asyncio.sleep(IDLE)
        else:
            print(f"screen: shows frame {frame}")
            await asyncio.sleep(SHOW)


async def main():
    queue = asyncio.Queue(maxsize=MAXSIZE)
    source = asyncio.create_task(camera(queue), name="camera")
    viewer = asyncio.create_task(screen(queue, source), name="screen")
    dropped = await source
    print(f"camera is off, {dropped} of {FRAMES} frames dropped")
    await viewer
    print("screen is off")


asyncio.run(main())
