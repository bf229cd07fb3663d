!pip install nest_asyncio
import asyncio
asyncio.run(asyncio.sleep(1))
