#include "kernel.h"
#include <bpf/bpf_core_read.h>

struct widths {
    __u32 to_wider;
    __u64 to_narrower;
    __u8 byte;
    void *pointer;
    int is_signed;
    __u32 to_struct;
} __attribute__((preserve_access_index));

__u64 result;

SEC("socket")
int resized(struct __sk_buff *skb)
{
    struct widths *widths = (void *)skb;
    result = widths->to_wider;
    result += widths->to_narrower;
    result += widths->byte;
    result += (__u64)widths->pointer;
    return 0;
}

SEC("socket")
int refused(struct __sk_buff *skb)
{
    struct widths *widths = (void *)skb;
    return widths->is_signed;
}

SEC("socket")
int written(struct __sk_buff *skb)
{
    struct widths *widths = (void *)skb;
    widths->to_wider = result;
    widths->byte = 3;
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
