import asyncio
import gc
import weakref

KEPT_BY = "nobody"
QUESTIONS = 2
COLLECT = True
COLLECT_AT = 1.0
ANSWER_AFTER = 1.0

answers = weakref.WeakValueDictionary()
tasks = set()


async def ask(question):
    answer = asyncio.get_running_loop().create_future()
    answers[question] = answer
    print(f"{question}: waits for its answer")
    try:
        if KEPT_BY == "timeout":
            async with asyncio.timeout(60):
                print(f"{question}: {await answer}")
        else:
            print(f"{question}: {await answer}")
    finally:
        print(f"{question}: its coroutine ends")


def start(question):
    task = asyncio.create_task(ask(question), name=question)
    if KEPT_BY == "set":
        tasks.add(task)
        task.add_done_callback(tasks.discard)


def deliver(question):
    answer = answers.get(question)
    if answer is None:
        print(f"main: nobody waits for the answer to {question}")
    else:
        answer.set_result("has its answer")


async def main():
    for number in range(QUESTIONS):
        start(f"question-{number}")
    await asyncio.sleep(COLLECT_AT)
    print(f"main: {len(asyncio.all_tasks()) - 1} tasks wait")
    if COLLECT:
        gc.collect()
        print(f"main: after gc.collect() {len(asyncio.all_tasks()) - 1} wait")
    await asyncio.sleep(ANSWER_AFTER)
    for number in range(QUESTIONS):
        deliver(f"question-{number}")


asyncio.run(main())
