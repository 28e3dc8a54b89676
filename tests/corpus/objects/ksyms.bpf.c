#include "kernel.h"

struct rq {
    int whatever;
};

extern const void _stext __ksym;
extern const struct rq runqueues __ksym;
extern const void imker_has_no_such_symbol __ksym __weak;
extern const int imker_has_no_such_variable __ksym __weak;

__u64 start, queue, missing_address = 1, missing_variable = 1;

SEC("raw_tp/sys_enter")
int look(struct bpf_raw_tracepoint_args *ctx)
{
    start = (__u64)&_stext;
    missing_address = (__u64)&imker_has_no_such_symbol;
    missing_variable = &imker_has_no_such_variable ? 1 : 0;
    return 0;
}

// Not all kernels list the symbols of their data.
SEC("?raw_tp/sys_enter")
int typed(struct bpf_raw_tracepoint_args *ctx)
{
    queue = (__u64)bpf_this_cpu_ptr(&runqueues);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
