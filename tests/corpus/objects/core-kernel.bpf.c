#include "kernel.h"
#include <bpf/bpf_core_read.h>

struct cred {
    struct {
        __u32 val;
    } uid;
} __attribute__((preserve_access_index));

struct task_struct {
    int pid, tgid;
    struct task_struct *real_parent;
    const struct cred *cred;
    char comm[16];
    unsigned in_execve : 1;
    unsigned sched_reset_on_fork : 1;
    long imker_never_had_this;
} __attribute__((preserve_access_index));

struct task_struct___old {
    long state;
} __attribute__((preserve_access_index));

struct task_struct___new {
    unsigned __state;
} __attribute__((preserve_access_index));

enum bpf_map_type { BPF_MAP_TYPE_UNSPEC_HERE, BPF_MAP_TYPE_RINGBUF_HERE };
enum bpf_func_id { BPF_FUNC_ringbuf_output = 1, BPF_FUNC_no_such_function = 2 };

int pid, tgid, parent, reset, has_field, has_helper, has_no_helper, helper, task_size, task_id;
__u32 uid;
char comm[16];
unsigned state;

SEC("raw_tp/sys_enter")
int look(struct bpf_raw_tracepoint_args *ctx)
{
    struct task_struct *task = (void *)bpf_get_current_task();
    pid = BPF_CORE_READ(task, pid);
    tgid = BPF_CORE_READ(task, tgid);
    parent = BPF_CORE_READ(task, real_parent, tgid);
    uid = BPF_CORE_READ(task, cred, uid.val);
    bpf_core_read_str(comm, sizeof(comm), &task->comm);
    reset = BPF_CORE_READ_BITFIELD_PROBED(task, sched_reset_on_fork);
    has_field = bpf_core_field_exists(task->imker_never_had_this);
    if (has_field)
        pid = task->imker_never_had_this;
    if (bpf_core_field_exists(((struct task_struct___new *)task)->__state))
        state = BPF_CORE_READ((struct task_struct___new *)task, __state);
    else
        state = BPF_CORE_READ((struct task_struct___old *)task, state);
    has_helper = bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_ringbuf_output);
    has_no_helper = bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_no_such_function);
    helper = bpf_core_enum_value(enum bpf_func_id, BPF_FUNC_ringbuf_output);
    task_size = bpf_core_type_size(struct task_struct);
    task_id = bpf_core_type_id_kernel(struct task_struct);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
