import asyncio
from contextvars import ContextVar

TAG = "context_var"
REQUESTS = 3
GAP = 0.3
USERS = 0.5
ORDERS = 0.8

request_of_task = ContextVar("request_of_task", default="-")
request_of_all = "-"


def set_request(request):
    global request_of_all
    request_of_all = request
    request_of_task.set(request)


def log(event):
    if TAG == "global":
        request = request_of_all
    elif TAG == "task_name":
        request = asyncio.current_task().get_name()
    else:
        request = request_of_task.get()
    print(f"request={request} event={event}")


async def query(table, seconds):
    await asyncio.sleep(seconds)
    log(f"{table}-found")


async def handle(number):
    set_request(f"r{number}")
    log("begun")
    async with asyncio.TaskGroup() as group:
        group.create_task(query("users", USERS), name=f"users-{number}")
        group.create_task(query("orders", ORDERS), name=f"orders-{number}")
    log("answered")


async def main():
    async with asyncio.TaskGroup() as group:
        for number in range(1, REQUESTS + 1):
            group.create_task(handle(number), name=f"request-{number}")
            await asyncio.sleep(GAP)
    log("all-done")


asyncio.run(main())
