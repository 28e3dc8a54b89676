#include "kernel.h"

struct {
    __uint(type, BPF_MAP_TYPE_QUEUE);
    __uint(max_entries, 4);
    __type(value, __u32);
} queue SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_STACK);
    __uint(max_entries, 4);
    __uint(value_size, 4);
} stack SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
    __uint(max_entries, 64);
    __uint(map_extra, 3);
    __type(value, __u32);
} bloom SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 32);
    __type(key, __u32);
    __type(value, __u32);
} lru SEC(".maps");

struct prefix {
    __u32 length;
    __u8 bytes[4];
};

struct {
    __uint(type, BPF_MAP_TYPE_LPM_TRIE);
    __uint(max_entries, 8);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, struct prefix);
    __type(value, __u32);
} trie SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 8);
    __uint(numa_node, 0);
    __type(key, __u32);
    __type(value, __u32);
} near SEC(".maps");

SEC("socket")
int fill(struct __sk_buff *skb)
{
    __u32 a = 1, b = 2, got = 0, sum = 0;
    struct prefix net = {8, {10}}, host = {32, {10, 1, 2, 3}};
    __u32 *found;

    bpf_map_push_elem(&queue, &a, 0);
    bpf_map_push_elem(&queue, &b, 0);
    bpf_map_pop_elem(&queue, &got);
    sum = got;
    bpf_map_push_elem(&stack, &a, 0);
    bpf_map_push_elem(&stack, &b, 0);
    bpf_map_pop_elem(&stack, &got);
    sum += 10 * got;
    bpf_map_push_elem(&bloom, &b, 0);
    sum += bpf_map_peek_elem(&bloom, &b) ? 0 : 100;
    bpf_map_update_elem(&lru, &a, &b, 0);
    found = bpf_map_lookup_elem(&lru, &a);
    sum += found ? 1000 * *found : 0;
    bpf_map_update_elem(&trie, &net, &b, 0);
    found = bpf_map_lookup_elem(&trie, &host);
    sum += found ? 10000 * *found : 0;
    bpf_map_update_elem(&near, &a, &b, 0);
    return sum;
}

char LICENSE[] SEC("license") = "GPL";
