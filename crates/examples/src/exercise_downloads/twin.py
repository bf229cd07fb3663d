import asyncio

STRATEGY = "all-at-once"
LIMIT = 5
ORDER = "as-listed"

SECONDS = [0.4, 1.2, 0.6, 1.0, 0.5, 1.5, 0.4, 1.3, 0.7, 2.0]


async def download(number, seconds):
    print(f"file {number}: begins")
    await asyncio.sleep(seconds)
    print(f"file {number}: complete")


async def download_limited(semaphore, number, seconds):
    async with semaphore:
        await download(number, seconds)


def start(number, coroutine):
    return asyncio.create_task(coroutine, name=f"file-{number}")


async def main():
    loop = asyncio.get_running_loop()
    began = loop.time()
    files = list(enumerate(SECONDS))
    match ORDER:
        case "shortest-first":
            files.sort(key=lambda file: file[1])
        case "longest-first":
            files.sort(key=lambda file: file[1], reverse=True)

    match STRATEGY:
        case "all-at-once":
            await asyncio.gather(*(start(n, download(n, s)) for n, s in files))
        case "batches":
            for first in range(0, len(files), LIMIT):
                batch = files[first : first + LIMIT]
                await asyncio.gather(*(start(n, download(n, s)) for n, s in batch))
        case "semaphore":
            semaphore = asyncio.Semaphore(LIMIT)
            await asyncio.gather(
                *(start(n, download_limited(semaphore, n, s)) for n, s in files)
            )
    print(f"all files after {loop.time() - began:.2f} s")


asyncio.run(main())
