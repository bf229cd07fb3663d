"""Errors of the operating system as Linux numbers and words them: Pyodide has the numbers of WebAssembly's own system."""

import builtins
import errno
import functools
import io
import os
import pathlib
import socket

import asyncio.selector_events
import loop
import network

# Number and words by name.
ERRORS = {
    "EPERM": (1, "Operation not permitted"),
    "ENOENT": (2, "No such file or directory"),
    "ESRCH": (3, "No such process"),
    "EINTR": (4, "Interrupted system call"),
    "EIO": (5, "Input/output error"),
    "EBADF": (9, "Bad file descriptor"),
    "ECHILD": (10, "No child processes"),
    "EAGAIN": (11, "Resource temporarily unavailable"),
    "ENOMEM": (12, "Cannot allocate memory"),
    "EACCES": (13, "Permission denied"),
    "EFAULT": (14, "Bad address"),
    "EBUSY": (16, "Device or resource busy"),
    "EEXIST": (17, "File exists"),
    "ENOTDIR": (20, "Not a directory"),
    "EISDIR": (21, "Is a directory"),
    "EINVAL": (22, "Invalid argument"),
    "EMFILE": (24, "Too many open files"),
    "ENOSPC": (28, "No space left on device"),
    "EPIPE": (32, "Broken pipe"),
    "ENOTEMPTY": (39, "Directory not empty"),
    "EAFNOSUPPORT": (97, "Address family not supported by protocol"),
    "EADDRINUSE": (98, "Address already in use"),
    "EADDRNOTAVAIL": (99, "Cannot assign requested address"),
    "ECONNABORTED": (103, "Software caused connection abort"),
    "ECONNRESET": (104, "Connection reset by peer"),
    "ENOTCONN": (107, "Transport endpoint is not connected"),
    "ETIMEDOUT": (110, "Connection timed out"),
    "ECONNREFUSED": (111, "Connection refused"),
    "EHOSTUNREACH": (113, "No route to host"),
    "EALREADY": (114, "Operation already in progress"),
    "EINPROGRESS": (115, "Operation now in progress"),
}
# The other system's numbers, by Linux's; and the other way round.
THEIRS = {number: getattr(errno, name) for name, (number, _) in ERRORS.items()}
OURS = {theirs: number for number, theirs in THEIRS.items()}
WORDS = dict(ERRORS.values())


def translated(error):
    """The same error with Linux's number and words; it was raised with the other system's."""
    number = OURS.get(error.errno)
    if number is not None:
        if error.strerror == plain_words(error.errno):
            error.strerror = WORDS[number]
        error.errno = number
    return error


def translating(function):
    """A function whose errors are Linux's."""

    @functools.wraps(function)
    def call(*arguments, **options):
        try:
            return function(*arguments, **options)
        except OSError as error:
            translated(error)
            raise

    return call


def os_error(number, words=None, *about):
    """The exception for an error number of Linux's."""
    # Which class it is of, Python knows by the other system's number; 0 is of none.
    error = type(OSError(THEIRS.get(number, 0), ""))(0, WORDS[number] if words is None else words, *about)
    error.errno, error.args = number, (number, error.strerror)
    return error


def made(*arguments):
    """What a call of `OSError` in a program makes."""
    return os_error(*arguments) if len(arguments) > 1 else OSError(*arguments)


plain_words = os.strerror


def install():
    """Have the errors that a program sees be Linux's, for good."""
    for name, (number, _) in ERRORS.items():
        setattr(errno, name, number)
        errno.errorcode[number] = name
    errno.EWOULDBLOCK = errno.EAGAIN
    # Those that others took from it before.
    for taken in (vars(pathlib._abc), vars(socket)):
        taken.update({name: getattr(errno, name) for name in taken.keys() & ERRORS.keys()}, EWOULDBLOCK=errno.EAGAIN)
    pathlib._abc._IGNORED_ERRNOS = tuple(OURS.get(each, each) for each in pathlib._abc._IGNORED_ERRNOS)
    os.strerror = lambda number: WORDS.get(number) or plain_words(number)
    builtins.open = io.open = translating(io.open)
    for name in ("open", "remove", "unlink", "rename", "replace", "mkdir", "rmdir", "listdir", "scandir", "stat", "lstat", "chdir"):
        setattr(os, name, translating(getattr(os, name)))
    network.os_error, builtins._os_error = os_error, made
    # asyncio logs which it uses.
    loop.VirtualSelector.__name__ = "EpollSelector"

    # asyncio makes an exception of the number that a socket has for it.
    getsockopt = network.Socket.getsockopt
    network.Socket.getsockopt = lambda self, *which: THEIRS.get(number := getsockopt(self, *which), number)
    Loop = asyncio.selector_events.BaseSelectorEventLoop
    connected = Loop._sock_connect_cb

    def sock_connect_cb(self, future, sock, address):
        connected(self, future, sock, address)
        if future.done() and not future.cancelled() and isinstance(future._exception, OSError):
            translated(future._exception)

    Loop._sock_connect_cb = sock_connect_cb
