import asyncio
import time

FILES = 4
MODE = "concurrent"
DEPTH = 2
BLOCK_TIME = 0.2

TEXT = "the quick brown fox jumps over the lazy dog".split()
DISK = {}


def write_block(name, words):
    time.sleep(BLOCK_TIME)
    DISK.setdefault(name, []).append(words)


def read_block(name, index):
    time.sleep(BLOCK_TIME)
    return DISK[name][index]


async def use_disk(disk, function, *args):
    if MODE == "blocking":
        return function(*args)
    async with disk:
        return await asyncio.to_thread(function, *args)


async def count_words(name, disk):
    total = 0
    for index in range(len(DISK[name])):
        words = await use_disk(disk, read_block, name, index)
        total += len(words)
    await use_disk(disk, write_block, f"{name}.count", [str(total)])
    print(f"{name}: {total} words")


async def main():
    for number in range(FILES):
        DISK[f"file-{number}"] = [TEXT[: 4 + number]] * (1 + number % 3)
    names = list(DISK)
    disk = asyncio.Semaphore(DEPTH)
    if MODE == "sequential":
        for name in names:
            await count_words(name, disk)
    else:
        async with asyncio.TaskGroup() as group:
            for name in names:
                group.create_task(count_words(name, disk), name=name)
    print(f"{len(DISK)} files on the disk")


asyncio.run(main())
