#include "hooks.h"

struct task_struct;

struct {
    __uint(type, 29); // BPF_MAP_TYPE_TASK_STORAGE
    __uint(map_flags, 1);
    __type(key, int);
    __type(value, __u64);
} calls SEC(".maps");

int process;

SEC("tp_btf/sys_enter")
int see(__u64 *ctx)
{
    if (bpf_get_current_pid_tgid() >> 32 != process || ctx[1] != 110)
        return 0;
    HIT();
    __u64 *count = bpf_task_storage_get(&calls, bpf_get_current_task_btf(), 0, 1);
    if (count)
        *count += 1;
    return 0;
}
