#include "hooks.h"

#define AT(what) COUNTS(see_##what, "cgroup/" #what, 1, bpf_sock_addr)

AT(connect_unix)
AT(getpeername_unix)
AT(getsockname_unix)
AT(sendmsg_unix)
AT(recvmsg_unix)
