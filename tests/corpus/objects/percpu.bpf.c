#include "kernel.h"

struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 2);
    __uint(key_size, 4);
    __uint(value_size, 8);
} slots SEC(".maps");

SEC("socket")
int count(struct __sk_buff *skb)
{
    __u32 key = 1;
    __u64 *value = bpf_map_lookup_elem(&slots, &key);
    return value ? ++*value : 0;
}

char LICENSE[] SEC("license") = "GPL";
