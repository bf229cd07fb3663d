"""Dates by the virtual clock, which begins where Unix's time does, in UTC: midnight, so that a time of day is the run's;
written as Linux's C library writes them."""

import datetime
import re
import time

plain, plain_date = datetime.datetime, datetime.date


class Kind(type):
    """Says of plain ones that they are of it, too."""

    def __instancecheck__(cls, each):
        return isinstance(each, PLAIN[cls]) if cls in PLAIN else type.__instancecheck__(cls, each)

    def __subclasscheck__(cls, kind):
        return issubclass(kind, PLAIN[cls]) if cls in PLAIN else type.__subclasscheck__(cls, kind)


class virtual(plain, metaclass=Kind):
    """`datetime.datetime`."""

    __module__, __qualname__ = "datetime", "datetime"

    @classmethod
    def now(cls, tz=None):
        """By the virtual clock."""
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        """The same."""
        return cls.now()

    @classmethod
    def today(cls):
        """The same."""
        return cls.now()

    def __repr__(self):
        return f"datetime.{super().__repr__()}"


class virtual_date(plain_date, metaclass=Kind):
    """`datetime.date`."""

    __module__, __qualname__ = "datetime", "date"

    @classmethod
    def today(cls):
        """By the virtual clock."""
        return cls.fromtimestamp(time.time())

    def __repr__(self):
        return f"datetime.{super().__repr__()}"


PLAIN = {virtual: plain, virtual_date: plain_date}
virtual.__name__, virtual_date.__name__ = "datetime", "date"


def spelled(form, when):
    """The format of a date with what WebAssembly's C library does not know, or fills with zeros, written out."""
    year, hour = when[0], when[3]
    known = {"k": f"{hour:2d}", "l": f"{(hour + 11) % 12 + 1:2d}"}
    if 0 <= year < 1000:
        known.update(Y=str(year), C=str(year // 100), F=f"{year}-%m-%d")
    return re.sub("%(.)", lambda found: known.get(found[1], found[0]), form)


def install():
    """Put them into the modules, for good; `time` has the clock itself already."""
    datetime.datetime, datetime.date = virtual, virtual_date

    def of_now(function, place):
        """A function of `time` that means now if it is told no moment."""

        def call(*arguments):
            if len(arguments) < place:
                return function(*arguments)
            # Of these None means now, too.
            takes_none = function in (gmtime, localtime, ctime)
            if len(arguments) == place or takes_none and len(arguments) == 1 and arguments[0] is None:
                arguments = (*arguments[:place], moment(takes_none))
            return function(*arguments)

        return call

    def moment(as_number):
        now = float(time.time())
        return now if as_number else gmtime(now)

    gmtime, localtime, ctime, strftime = time.gmtime, time.localtime, time.ctime, time.strftime

    def spelling(*arguments):
        """`strftime`, with Linux's spelling."""
        if len(arguments) == 2 and type(arguments[0]) is str:
            try:
                arguments = spelled(*arguments), arguments[1]
            except (TypeError, ValueError, LookupError):
                # No moment: what that is called, it says itself.
                pass
        return strftime(*arguments)

    time.strftime = spelling
    for name, place in (("gmtime", 0), ("localtime", 0), ("ctime", 0), ("asctime", 0), ("strftime", 1)):
        setattr(time, name, of_now(getattr(time, name), place))

    # By the names that they have for the system.
    clocks = {
        time.CLOCK_REALTIME: "time",
        time.CLOCK_MONOTONIC: "monotonic",
        time.CLOCK_PROCESS_CPUTIME_ID: "process_time",
        time.CLOCK_THREAD_CPUTIME_ID: "thread_time",
    }

    def of_system(plain, ending):
        """`clock_gettime`, or with `_ns` for `ending` that."""

        def call(clock):
            return getattr(time, clocks[clock] + ending)() if clock in clocks else plain(clock)

        return call

    time.clock_gettime = of_system(time.clock_gettime, "")
    time.clock_gettime_ns = of_system(time.clock_gettime_ns, "_ns")
