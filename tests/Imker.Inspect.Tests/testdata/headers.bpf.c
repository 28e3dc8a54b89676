#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_endian.h>
#include <imker/maps.h>
#include <imker/histogram.h>

struct event { __u32 pid; __u32 ppid; __u64 inode; char comm[16]; };
RING_BUFFER(events, struct event, 256 * 1024);
PERF_BUFFER(perf, struct event);
LOG2_HISTOGRAM(sizes);
LINEAR_HISTOGRAM(linear, 10);
HASH_MAP(counts, __u32, __u64, 1024);

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, pid_t old, struct linux_binprm *bprm)
{
    struct event *e = bpf_ringbuf_reserve(&events, sizeof(*e), 0);
    if (!e) return 0;
    e->pid = bpf_get_current_pid_tgid() >> 32;
    e->ppid = BPF_CORE_READ(task, real_parent, tgid);
    e->inode = BPF_CORE_READ(task, mm, exe_file, f_inode, i_ino);
    bpf_get_current_comm(e->comm, sizeof(e->comm));
    log2_histogram_add(&sizes, e->pid);
    linear_histogram_add(&linear, 0, 100, 10, e->pid);
    if (bpf_core_field_exists(struct task_struct, pid) && bpf_core_type_exists(struct mm_struct))
        bpf_printk("hello %d %d %d %d", 1, 2, 3, 4);
    bpf_printk("hello %d", e->pid);
    bpf_ringbuf_submit(e, 0);
    return 0;
}

SEC("kprobe/do_unlinkat")
int BPF_KPROBE(unlink, int dfd, struct filename *name)
{
    const char *n = BPF_CORE_READ(name, name);
    char b[16];
    bpf_core_read_str(b, sizeof(b), n);
    BPF_CORE_READ_STR_INTO(&b, name, name);
    return dfd + b[0];
}

SEC("kretprobe/do_unlinkat")
int BPF_KRETPROBE(unlink_exit, long ret) { return ret; }

SEC("ksyscall/openat")
int BPF_KSYSCALL(openat, int dfd, const char *name, int flags, int mode) { return dfd + mode; }

SEC("raw_tp/sys_enter")
int sum(void *ctx)
{
    int i, s = 0;
    bpf_for(i, 0, 10) s += i;
    bpf_repeat(3) s++;
    struct tcp_sock *t = (void *)bpf_get_current_task();
    s += BPF_CORE_READ_BITFIELD_PROBED(t, nonagle);
    return s + bpf_htons(1);
}

char LICENSE[] SEC("license") = "GPL";
