#include "hooks.h"

struct inner {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, __u64);
};

struct {
    __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
    __uint(max_entries, 4);
    __type(key, __u32);
    __array(values, struct inner);
} outer SEC(".maps");

SEC("tc")
int add(struct __sk_buff *skb)
{
    __u32 key = 7, zero = 0;
    void *found = bpf_map_lookup_elem(&outer, &key);
    if (!found)
        return 0;
    __u64 *value = bpf_map_lookup_elem(found, &zero);
    if (!value)
        return 0;
    HIT();
    return ++*value;
}
