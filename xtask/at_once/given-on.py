# at once: nothing
import asyncio


async def login():
    await asyncio.sleep(1)
    return "token"


async def fetch(token):
    await asyncio.sleep(1)
    return token * 2


async def main():
    token = await login()
    answer = await fetch(token)
    for _ in range(3):
        answer = await fetch(answer)
    print(answer)


asyncio.run(main())
