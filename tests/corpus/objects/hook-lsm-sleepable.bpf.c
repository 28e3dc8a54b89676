#include "hooks.h"

int process;

SEC("lsm.s/file_open")
int see(__u64 *ctx)
{
    if (bpf_get_current_pid_tgid() >> 32 == process)
        HIT();
    return 0;
}
