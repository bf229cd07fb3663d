"""Dates by the virtual clock, which begins where Unix's time does, in UTC: midnight, so that a time of day is the run's."""

import datetime
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


def install():
    """Put them into the modules, for good; `time` has the clock itself already."""
    datetime.datetime, datetime.date = virtual, virtual_date

    def of_now(function, place):
        """A function of `time` that means now if it is told no moment."""

        def call(*arguments):
            given = len(arguments) > place and arguments[place] is not None
            return function(*(arguments if given else (*arguments[:place], moment(function))))

        return call

    def moment(function):
        now = float(time.time())
        return now if function in (gmtime, localtime, ctime) else gmtime(now)

    gmtime, localtime, ctime = time.gmtime, time.localtime, time.ctime
    for name, place in (("gmtime", 0), ("localtime", 0), ("ctime", 0), ("asctime", 0), ("strftime", 1)):
        setattr(time, name, of_now(getattr(time, name), place))
