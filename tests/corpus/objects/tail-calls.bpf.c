#include "kernel.h"

int first(struct __sk_buff *skb);
int second(struct __sk_buff *skb);

struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __uint(max_entries, 4);
    __uint(key_size, 4);
    __array(values, int(void *));
} jumps SEC(".maps") = {
    .values = {
        [1] = (void *)&first,
        [3] = (void *)&second,
    },
};

SEC("socket")
int first(struct __sk_buff *skb)
{
    return 11;
}

SEC("socket")
int second(struct __sk_buff *skb)
{
    return 33;
}

SEC("socket")
int enter(struct __sk_buff *skb)
{
    bpf_tail_call(skb, &jumps, skb->len == 14 ? 1 : 3);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
