#include "kernel.h"

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __uint(pinning, LIBBPF_PIN_BY_NAME);
    __type(key, __u32);
    __type(value, __u64);
} imker_pinned SEC(".maps");

SEC("socket")
int count(struct __sk_buff *skb)
{
    __u32 key = 0;
    __u64 *value = bpf_map_lookup_elem(&imker_pinned, &key);
    return value ? ++*value : 0;
}

char LICENSE[] SEC("license") = "GPL";
