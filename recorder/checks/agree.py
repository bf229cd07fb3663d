"""Does a recording change what it records? The same tests must pass with it as without.

    python agree.py [--all]

Runs CPython's own `test.test_asyncio` in this interpreter twice; without `--all` what takes some seconds of it.
A test that goes otherwise is tried again by itself, several times each way, for some hang on the machine's speed.
"""

import json
import os
import subprocess
import sys
import tempfile

SHORT = "test_locks test_queues test_timeouts test_taskgroups test_futures test_base_events test_eager_task_factory " \
    "test_streams test_tasks"
ALL = f"{SHORT} test_buffered_proto test_context test_events test_futures2 test_pep492 test_proactor_events " \
    "test_protocols test_runners test_selector_events test_sendfile test_server test_sock_lowlevel test_sslproto " \
    "test_staggered test_subprocess test_threads test_transports test_unix_events test_waitfor"


def run(trace, modules):
    """How the tests went; None if Python did not live to tell."""
    folder = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory() as place:
        out = os.path.join(place, "out")
        trace = os.path.join(place, "run.trace") if trace else "plain"
        command = [sys.executable, os.path.join(folder, "suite.py"), out, trace, *modules]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if not os.path.exists(out):
            return None
        with open(out) as file:
            return json.load(file)


def main():
    """Compare."""
    different, count = [], 0
    for module in (ALL if "--all" in sys.argv else SHORT).split():
        plain, recorded = run(False, [module]), run(True, [module])
        if plain is None or recorded is None:
            if plain != recorded:
                different.append(f"{module}: Python ended {'with' if recorded is None else 'without'} the recording")
            continue
        count += len(plain)
        for test in sorted(plain.keys() | recorded.keys()):
            before, with_it = plain.get(test), recorded.get(test)
            if before == with_it:
                continue
            name = test.removeprefix("test.test_asyncio.")
            again = [(run(False, [name]) or {}).get(test) for _ in range(3)]
            again_with = [(run(True, [name]) or {}).get(test) for _ in range(3)]
            if not {"passed" if each == "passed" else None for each in again} & \
                    {"passed" if each == "passed" else None for each in again_with}:
                different.append(f"{test}: {before}; recorded: {with_it}")
    version = sys.version.split()[0]
    print(f"CPython {version}: {count} tests of test_asyncio, {len(different)} that go otherwise with the recorder")
    for line in different:
        print(f"    {line}")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
