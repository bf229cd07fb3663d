import asyncio

DELAY = 0.5  # 0..3 step 0.1
GUESTS = 3  # 1..8


async def greet(name, delay):
    print(f"{name} arrives")
    await asyncio.sleep(delay)
    print(f"{name} leaves")
    return name


async def main():
    names = [f"guest {n + 1}" for n in range(GUESTS)]
    stays = [greet(name, DELAY * (n + 1)) for n, name in enumerate(names)]
    print(await asyncio.gather(*stays))


asyncio.run(main())
