#include "kernel.h"

struct inner {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 2);
    __type(key, __u32);
    __type(value, __u64);
} one SEC(".maps"), two SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
    __uint(max_entries, 4);
    __type(key, __u32);
    __array(values, struct inner);
} outer SEC(".maps") = {
    .values = { [0] = &one, [2] = &two },
};

struct {
    __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
    __uint(max_entries, 4);
    __type(key, __u32);
    __array(values, struct inner);
} by_hash SEC(".maps") = {
    .values = { [1] = &two },
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
    __uint(max_entries, 1);
    __uint(key_size, 4);
    __uint(value_size, 4);
    __array(values, struct {
        __uint(type, BPF_MAP_TYPE_HASH);
        __uint(max_entries, 8);
        __type(key, int);
        __type(value, int);
    });
} empty SEC(".maps");

SEC("socket")
int add(struct __sk_buff *skb)
{
    __u32 slot = 2, one_key = 1, zero = 0;
    void *map = bpf_map_lookup_elem(&outer, &slot), *again;
    __u64 *value = map ? bpf_map_lookup_elem(map, &one_key) : 0;
    if (!value)
        return -1;
    *value += 5;
    again = bpf_map_lookup_elem(&by_hash, &one_key);
    value = again ? bpf_map_lookup_elem(again, &one_key) : 0;
    return value ? (int)*value + !!bpf_map_lookup_elem(&empty, &zero) : -2;
}

char LICENSE[] SEC("license") = "GPL";
