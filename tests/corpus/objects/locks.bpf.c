#include "kernel.h"

struct counter {
    struct bpf_spin_lock lock;
    __u32 count;
    struct bpf_timer timer;
};

struct guarded {
    struct bpf_spin_lock lock;
    __u32 count;
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct guarded);
} guarded SEC(".maps");

static struct bpf_spin_lock lock SEC(".data.lock");
static int under_lock SEC(".data.lock");

SEC("tc")
int count(struct __sk_buff *skb)
{
    __u32 key = 0, count;
    struct guarded *value = bpf_map_lookup_elem(&guarded, &key);
    if (!value)
        return -1;
    bpf_spin_lock(&value->lock);
    count = ++value->count;
    bpf_spin_unlock(&value->lock);
    bpf_spin_lock(&lock);
    under_lock += 10;
    count += under_lock;
    bpf_spin_unlock(&lock);
    return count;
}

char LICENSE[] SEC("license") = "GPL";
