#include "kernel.h"

struct bpf_iter__task;

int process;
__u64 calls;

SEC("tp_btf/sys_enter")
int see(__u64 *ctx)
{
    if ((int)(bpf_get_current_pid_tgid() >> 32) == process)
        __sync_fetch_and_add(&calls, 1);
    return 0;
}

SEC("iter/task")
int walk(struct bpf_iter__task *ctx)
{
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
