#include "hooks.h"

int process;

SEC("tp_btf/sys_enter")
int see(__u64 *ctx)
{
    if (bpf_get_current_pid_tgid() >> 32 == process && ctx[1] == 110)
        HIT();
    return 0;
}
