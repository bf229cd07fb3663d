"""Sets whose order CPython leaves open, in the order of insertion."""

import asyncio
import collections.abc
import weakref


class OrderedSet(collections.abc.MutableSet):
    """A set that iterates in the order of insertion.

    It takes the place of the plain sets of tasks inside asyncio, which iterate in
    the order of memory addresses, so that one of the possible orders is always the same.
    """

    def __init__(self, items=()):
        self.items = dict.fromkeys(items)

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def __repr__(self):
        return "{" + ", ".join(map(repr, self)) + "}" if self else "set()"

    def add(self, item):
        self.items[item] = None

    def discard(self, item):
        self.items.pop(item, None)

    def clear(self):
        self.items.clear()

    # The methods by name that the abstract class does not bring along.

    def copy(self):
        return OrderedSet(self)

    def update(self, *others):
        for other in others:
            self.items.update(dict.fromkeys(other))

    def difference_update(self, *others):
        for item in [item for other in others for item in other]:
            self.discard(item)

    def intersection_update(self, *others):
        for other in others:
            self.items = dict.fromkeys(filter(OrderedSet(other).__contains__, self))

    def union(self, *others):
        result = self.copy()
        result.update(*others)
        return result

    def difference(self, *others):
        result = self.copy()
        result.difference_update(*others)
        return result

    def intersection(self, *others):
        result = self.copy()
        result.intersection_update(*others)
        return result

    def symmetric_difference(self, other):
        return self ^ OrderedSet(other)

    def issubset(self, other):
        return self <= OrderedSet(other)

    def issuperset(self, other):
        return self >= OrderedSet(other)


# As what it stands for, in CPython's messages.
OrderedSet.__name__ = OrderedSet.__qualname__ = "set"


class OrderedWeakSet:
    """What the loop needs of `weakref.WeakSet` for its asynchronous generators, in order."""

    def __init__(self):
        self.references = {}

    def __len__(self):
        return sum(1 for _ in self)

    def __iter__(self):
        for reference in list(self.references):
            item = reference()
            # What only cycles of frames keep of a context is nothing that the program has.
            if item is not None and not (item.ag_frame is None and item.__qualname__ == "context"):
                yield item

    def add(self, item):
        self.references[weakref.ref(item, self._forget)] = None

    def discard(self, item):
        self.references.pop(weakref.ref(item), None)

    def clear(self):
        self.references.clear()

    def _forget(self, reference):
        self.references.pop(reference, None)


def as_completed_init(self, aws, timeout):
    """`_AsCompletedIterator.__init__` of CPython 3.13, word for word but for the two sets."""
    self._done = asyncio.Queue()
    self._timeout_handle = None

    loop = asyncio.get_event_loop()
    todo = OrderedSet(asyncio.ensure_future(aw, loop=loop) for aw in OrderedSet(aws))
    for f in todo:
        f.add_done_callback(self._handle_completion)
    if todo and timeout is not None:
        self._timeout_handle = loop.call_later(timeout, self._handle_timeout)
    self._todo = todo
    self._todo_left = len(todo)
