#include "kernel.h"

struct bpf_map_def {
    unsigned int type, key_size, value_size, max_entries, map_flags;
};

struct bpf_map_def SEC("maps") old = {1, 4, 8, 16, 0};

SEC("socket")
int use(struct __sk_buff *skb)
{
    __u32 key = 0;
    return bpf_map_lookup_elem(&old, &key) ? 1 : 0;
}

char LICENSE[] SEC("license") = "GPL";
