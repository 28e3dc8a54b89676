#include "hooks.h"

int process;

SEC("raw_tp/sys_enter")
int see(struct bpf_raw_tracepoint_args *ctx)
{
    if (bpf_get_current_pid_tgid() >> 32 == process && ctx->args[1] == 110)
        HIT();
    return 0;
}
