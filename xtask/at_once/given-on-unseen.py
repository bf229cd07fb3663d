# at once: nothing
import asyncio


class Client:
    token = None

    async def login(self):
        await asyncio.sleep(1)
        self.token = "token"

    async def fetch(self):
        token = self.token
        await asyncio.sleep(1)
        print("with", token)


async def main():
    client = Client()
    await client.login()
    await client.fetch()


asyncio.run(main())
