#include "hooks.h"

#define AT(what) COUNTS(see_##what, "cgroup/" #what, 1, bpf_sock_addr)

AT(bind4)
AT(bind6)
AT(connect4)
AT(connect6)
AT(getpeername4)
AT(getpeername6)
AT(getsockname4)
AT(getsockname6)
AT(sendmsg4)
AT(sendmsg6)
AT(recvmsg4)
AT(recvmsg6)
