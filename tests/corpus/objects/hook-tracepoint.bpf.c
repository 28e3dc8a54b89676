#include "hooks.h"

int process;

SEC("tracepoint/syscalls/sys_enter_getppid")
int see(void *ctx)
{
    if (bpf_get_current_pid_tgid() >> 32 == process)
        HIT();
    return 0;
}
