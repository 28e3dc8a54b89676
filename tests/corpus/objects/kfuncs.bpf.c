#include "kernel.h"

struct bpf_iter_num {
    __u64 words[1];
} __attribute__((aligned(8)));

extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;
extern int imker_has_no_such_function(int x) __ksym __weak;
extern void bpf_rcu_read_lock(void) __ksym __weak;

int total, has_lock;

SEC("syscall")
int sum(void *ctx)
{
    struct bpf_iter_num it;
    int *next;

    total = 0;
    bpf_iter_num_new(&it, 1, 5);
    while ((next = bpf_iter_num_next(&it)))
        total += *next;
    bpf_iter_num_destroy(&it);
    if (imker_has_no_such_function)
        total = imker_has_no_such_function(total);
    has_lock = bpf_rcu_read_lock ? 1 : 0;
    return total;
}

char LICENSE[] SEC("license") = "GPL";
