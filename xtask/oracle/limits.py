"""How far a run may go before it is cut off."""

# Task steps, or printed lines.
STEPS = 200_000
# Turns of the loop (callbacks that reschedule themselves).
TURNS = 4 * STEPS
# Seconds of real time (a task that never awaits).
SECONDS = 20.0
# So many more after which the parent gives up on a child that does not even react to its own alarm.
GRACE_SECONDS = 5.0
# How much of `steps`, `suspensions` and `lines` is kept of a run that was cut off.
KEPT = 1_000
