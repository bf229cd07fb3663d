import asyncio
import urllib.request


async def main():
    answer = await asyncio.to_thread(
        urllib.request.urlopen, "http://127.0.0.1:8000/"
    )
    print(answer.status)


asyncio.run(main())
