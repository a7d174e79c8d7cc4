"""The system calls that computing needs; the kernel refuses all others (seccomp, through libseccomp).

No process can be started, no socket made, no other process reached, no file's mode, owner or times changed.  A file is
cut once it is open for writing, not by its name: Landlock has no say in that before its third version.
"""

from __future__ import annotations

import errno
import os
from typing import Any

_MEMORY = (
    "brk", "mmap", "munmap", "mremap", "mprotect", "madvise", "msync", "mincore", "mlock", "mlock2", "munlock", "mbind",
    "get_mempolicy", "set_mempolicy", "membarrier", "pkey_alloc", "pkey_free", "pkey_mprotect",
)  # fmt: skip
_FILES = (
    "open", "openat", "openat2", "creat", "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv",
    "pwritev", "preadv2", "pwritev2", "close", "close_range", "lseek", "stat", "fstat", "lstat", "newfstatat", "statx",
    "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getdents", "getdents64", "flock",
    "ftruncate", "fallocate", "fsync", "fdatasync", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename",
    "renameat", "renameat2", "getcwd", "chdir", "fchdir", "dup", "dup2", "dup3", "pipe", "pipe2", "statfs", "fstatfs",
    "umask", "fadvise64", "readahead", "sendfile", "copy_file_range", "sync_file_range",
)  # fmt: skip
_WAITING = (
    "poll", "ppoll", "select", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait",
    "epoll_pwait2", "eventfd", "eventfd2", "timerfd_create", "timerfd_settime", "timerfd_gettime", "nanosleep",
    "clock_nanosleep", "clock_gettime", "clock_getres", "gettimeofday", "time", "times", "alarm", "getitimer",
    "setitimer", "restart_syscall", "wait4", "pause",
)  # fmt: skip
_SIGNALS = (
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigtimedwait", "rt_sigsuspend",
    "sigaltstack",
)  # fmt: skip
_THREADS = (
    "futex", "futex_waitv", "set_robust_list", "set_tid_address", "rseq", "gettid", "sched_yield",
    "sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_get_priority_max",
    "sched_get_priority_min", "getcpu", "arch_prctl", "exit", "exit_group",
)  # fmt: skip
_ASKING = (
    "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid", "getpgrp", "getpgid",
    "getsid", "getgroups", "getpriority", "uname", "sysinfo", "getrusage", "getrlimit", "getrandom", "capget",
)  # fmt: skip
_ALLOWED = (*_MEMORY, *_FILES, *_WAITING, *_SIGNALS, *_THREADS, *_ASKING)

_THREAD, _NAMESPACES = 0x00010000, 0x7E020080
"""Of the flags of clone: make a thread; make namespaces."""
_DESCRIPTORS = (0, 1, 2, 3, 4, 1030)
"""What fcntl may do: copy a descriptor, ask for its flags, set them."""
_TERMINALS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""What ioctl may do: ask whether it is a terminal and how large, how much can be read; blocking, inheriting."""
_NAMING = (15, 16, 0x53564D41)
"""What prctl may do: name a thread, ask for its name, name memory."""


def library() -> Any:
    """The binding of libseccomp; None where that or the library is not installed."""
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError, AttributeError):
        return None
    return pyseccomp


def restrict(seccomp: Any) -> bool:
    """Have the kernel refuse all but these calls, for ever; whether the system can."""
    if seccomp is None:
        return False
    try:
        rules = _rules(seccomp)
        rules.load()
    except OSError:
        return False
    return True


def _rules(seccomp: Any) -> Any:
    refuse, allow = seccomp.ERRNO(errno.EPERM), seccomp.ALLOW
    rules = seccomp.SyscallFilter(refuse)
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")  # whose flags no filter can see; clone is asked next
    for name in _ALLOWED:
        if _is_known(seccomp, name):
            rules.add_rule(allow, name)
    only_thread = seccomp.Arg(0, seccomp.MASKED_EQ, _THREAD | _NAMESPACES, _THREAD)
    rules.add_rule(allow, "clone", only_thread)
    for name in ("kill", "tgkill"):
        rules.add_rule(allow, name, seccomp.Arg(0, seccomp.EQ, os.getpid()))
    for name in ("prlimit64", "sched_setaffinity"):
        rules.add_rule(allow, name, seccomp.Arg(0, seccomp.EQ, 0))
    for name, index, values in (("fcntl", 1, _DESCRIPTORS), ("ioctl", 1, _TERMINALS), ("prctl", 0, _NAMING)):
        for value in values:
            rules.add_rule(allow, name, seccomp.Arg(index, seccomp.EQ, value))
    return rules


def _is_known(seccomp: Any, name: str) -> bool:
    """Whether this machine and this version of the library know a call of the name."""
    try:
        return bool(seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) >= 0)
    except (OSError, ValueError):
        return False
