#include "kernel.h"
#include <bpf/bpf_core_read.h>

struct task_struct {
    long imker_never_had_this;
} __attribute__((preserve_access_index));

SEC("raw_tp/sys_enter")
int look(struct bpf_raw_tracepoint_args *ctx)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    long value = BPF_CORE_READ(task, imker_never_had_this);
    return value != 0;
}

char LICENSE[] SEC("license") = "GPL";
