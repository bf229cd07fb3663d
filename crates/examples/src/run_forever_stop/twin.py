import asyncio

STOP_AT = 1.23
BEAT = 0.5
TIDY = True
LOOP = "new_event_loop"


async def heartbeat():
    beats = 0
    while True:
        await asyncio.sleep(BEAT)
        beats += 1
        print(f"heartbeat: {beats}")


def stop(loop):
    loop.stop()
    print("stop: called")
    loop.call_soon(print, "scheduled after stop: waits for the next run")


def end_this_run(loop):
    loop.call_soon(stop, loop)
    loop.call_soon(print, "behind stop in line: still called")


def serve(loop):
    print("the loop runs")
    loop.call_later(STOP_AT, end_this_run, loop)
    loop.run_forever()
    print(f"the loop has stopped, is_running() is {loop.is_running()}")


loop = asyncio.new_event_loop() if LOOP == "new_event_loop" else asyncio.get_event_loop()
beating = loop.create_task(heartbeat(), name="heartbeat")
serve(loop)
print("between the runs nothing happens")
serve(loop)
if TIDY:
    beating.cancel()
    try:
        loop.run_until_complete(beating)
    except asyncio.CancelledError:
        print("the heartbeat was cancelled")
loop.close()
print("the program ends")
