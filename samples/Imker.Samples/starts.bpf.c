// Tells which programs a process starts. Built by: imker build starts.bpf.c
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include <imker/maps.h>

struct start {
    __u32 pid, parent;
    char comm[16];
};

RING_BUFFER(starts, struct start, 64 * 1024);
HASH_MAP(by_parent, __u32, __u64, 1024);

const volatile __u32 only_parent = 0;
__u64 seen = 0;

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, pid_t old_pid)
{
    __u32 parent = BPF_CORE_READ(task, real_parent, tgid);
    if (only_parent && parent != only_parent)
        return 0;
    __sync_fetch_and_add(&seen, 1);
    __u64 one = 1, *count = bpf_map_lookup_elem(&by_parent, &parent);
    if (count)
        __sync_fetch_and_add(count, 1);
    else
        bpf_map_update_elem(&by_parent, &parent, &one, BPF_ANY);
    struct start *start = bpf_ringbuf_reserve(&starts, sizeof(*start), 0);
    if (!start)
        return 0;
    start->pid = BPF_CORE_READ(task, tgid);
    start->parent = parent;
    bpf_get_current_comm(start->comm, sizeof(start->comm));
    bpf_ringbuf_submit(start, 0);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
