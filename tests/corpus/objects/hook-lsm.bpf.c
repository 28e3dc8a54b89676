#include "hooks.h"

int process;

// The process binds no socket.
SEC("lsm/socket_bind")
int refuse(__u64 *ctx)
{
    if (bpf_get_current_pid_tgid() >> 32 != process)
        return 0;
    HIT();
    return -1;
}
