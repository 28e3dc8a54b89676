#include "kernel.h"
#include <bpf/bpf_core_read.h>

struct twice {
    int a;
    int b;
} __attribute__((preserve_access_index));

SEC("socket")
int ask(struct __sk_buff *skb)
{
    struct twice *twice = (void *)skb;
    return twice->b;
}

char LICENSE[] SEC("license") = "GPL";
