"""Refuses programs of `cargo xtask differential` whose statements stand in one another too deep for CPython.

The other side counts the same in `xtask/src/differential/language/check.rs`.
"""

# Blocks that CPython takes in one another, but for those of an operation's own line.
BLOCKS = 18


def bodies(statement):
    """The bodies in a statement, each with the blocks of Python that come to those around the statement."""
    op = statement["op"]
    if op == "try":
        ends = "finally" in statement
        yield statement.get("body"), bool(statement.get("except")) + ends
        for clause in statement.get("except", ()):
            yield clause.get("body"), 2 + ends
        yield statement.get("else"), int(ends)
        yield statement.get("finally"), int(ends)
    elif op == "if":
        yield statement.get("then"), 0
        yield statement.get("else"), 0
    elif op in ("repeat", "async_for"):
        yield statement.get("body"), 1
    elif op == "for_completed":
        yield statement.get("body"), 2 if statement.get("async") else 1
    elif op in ("timeout", "task_group", "async_with", "with", "context"):
        yield statement.get("body"), 2


def is_too_deep(statements, blocks=0):
    """Whether any of these, with so many blocks around them, is too deep."""
    return any(
        blocks + more > BLOCKS or is_too_deep(body or (), blocks + more)
        for statement in statements
        for body, more in bodies(statement)
    ) or any(
        is_too_deep(statement.get("enter", ())) or is_too_deep(statement.get("exit", ()), 1)
        for statement in statements
        if statement["op"] == "context"
    )
