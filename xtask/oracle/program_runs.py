"""Runs programs of the differential language in this process."""

import asyncio
import gc
import json
import os

import coroscope
import interpret
import patches
from fields import Malformed
from loop import VirtualPolicy
from program_recorder import ProgramRecorder
from results import ProgramReply
from runs import limit_time


def run_programs(requests, pipe):
    """Run the programs of `cargo xtask differential` that come in, a line each, as long as all goes well.

    A program whose run leaves nothing behind lets the next one have this process: forking for each
    would take many times as long as running it. After any other the process ends.
    """
    recorder = ProgramRecorder(ProgramReply(pipe))
    try:
        patches.patch(recorder)
        if "COROSCOPE_RECORDED" in os.environ:
            # As if the program were a real one: it must not make a difference (recorder/checks/corpus.py).
            coroscope.Recording(os.environ["COROSCOPE_RECORDED"]).start()
        interpret.prepare(recorder)
        # The collections at the end of each program need not look at what there is now.
        gc.freeze()
        for line in requests:
            try:
                program = json.loads(line)["differential"]
            except ValueError:
                program = None
            recorder.start(program if isinstance(program, dict) else {})
            asyncio.set_event_loop_policy(VirtualPolicy(recorder))
            limit_time(recorder)
            try:
                if not isinstance(program, dict):
                    raise Malformed("not an object")
                run = interpret.Interpreter(program, recorder)
            except (Malformed, SyntaxError, KeyError, TypeError, AttributeError, RecursionError) as error:
                recorder.deliver({"kind": "invalid", "text": coroscope.described(error)})
            run.execute()
            del run
            if not recorder.is_clean():
                recorder.deliver(None)
            recorder.reply.more(recorder)
    except BaseException as error:
        recorder.deliver({"kind": "internal", "text": coroscope.described(error)})
