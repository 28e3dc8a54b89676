#include "hooks.h"

struct bpf_iter_meta {
    void *seq;
    __u64 session_id, seq_num;
} __attribute__((preserve_access_index));

struct bpf_iter__task {
    struct bpf_iter_meta *meta;
    struct task_struct *task;
} __attribute__((preserve_access_index));

struct task_struct {
    int pid, tgid;
    char comm[16];
} __attribute__((preserve_access_index));

SEC("iter/task")
int show_task(struct bpf_iter__task *ctx)
{
    struct task_struct *task = ctx->task;
    if (!task)
        return 0;
    HIT();
    __u64 pid = task->tgid;
    static const char format[] = "task %d\n";
    bpf_seq_printf(ctx->meta->seq, format, sizeof(format), &pid, sizeof(pid));
    return 0;
}

struct bpf_iter__bpf_map {
    struct bpf_iter_meta *meta;
    struct bpf_map *map;
} __attribute__((preserve_access_index));

SEC("iter/bpf_map")
int show_map(struct bpf_iter__bpf_map *ctx)
{
    if (ctx->map)
        HIT();
    return 0;
}
