"""The network taken from a process by the kernel, where the kernel lets it (Linux namespaces).

``unshare(2)``: in a network namespace of its own a process has no interface that is up, not even
the loopback. An ordinary user may make one inside a user namespace of its own; containers and
hardened systems may forbid that.
"""

import ctypes
import os

__all__ = ["leave_network", "try_to_leave_network"]

_NEW_USER = 0x10000000
_NEW_NETWORK = 0x40000000


def leave_network() -> None:
    """Leave the network for good; raises ``OSError`` where the kernel refuses.

    The process must have one thread. The kernel may forget that it is to die with its parent
    (``prctl(2)``, PR_SET_PDEATHSIG), so that is to be said after this.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "unshare"):
        raise OSError(f"{os.uname().sysname} has no namespaces")
    # A user namespace first, for those who may do nothing else; then what root may do.
    for flags in (_NEW_USER | _NEW_NETWORK, _NEW_NETWORK):
        if libc.unshare(flags) == 0:
            return
    number = ctypes.get_errno()
    raise OSError(number, os.strerror(number))


def try_to_leave_network() -> str:
    """Why the kernel keeps a process in the network, or nothing where it lets it go.

    Tried by a child that ends at once; the calling process must have one thread.
    """
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            leave_network()
        except OSError as error:
            os.write(write, (error.strerror or str(error)).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        reason = pipe.read().decode()
    os.waitpid(child, 0)
    return reason
