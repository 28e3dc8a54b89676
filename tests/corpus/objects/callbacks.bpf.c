#include "kernel.h"

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 4);
    __type(key, __u32);
    __type(value, __u64);
} numbers SEC(".maps");

struct sum {
    __u64 keys;
    int rounds;
};

static long add(void *map, __u32 *key, __u64 *value, struct sum *sum)
{
    sum->keys += *key;
    return 0;
}

static long round(__u32 index, struct sum *sum)
{
    sum->rounds++;
    return index == 4;
}

SEC("socket")
int iterate(struct __sk_buff *skb)
{
    struct sum sum = {};
    bpf_for_each_map_elem(&numbers, add, &sum, 0);
    bpf_loop(100, round, &sum, 0);
    return sum.keys * 100 + sum.rounds;
}

char LICENSE[] SEC("license") = "GPL";
