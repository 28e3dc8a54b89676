#include "kernel.h"

SEC("?socket")
int asked(struct __sk_buff *skb)
{
    return 2;
}

SEC("socket")
int always(struct __sk_buff *skb)
{
    return 1;
}

char LICENSE[] SEC("license") = "GPL";
