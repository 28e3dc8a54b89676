#include "kernel.h"

struct shared {
    struct shared *self;
    int number;
};

extern struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 16);
    __type(key, __u32);
    __type(value, struct shared);
} counts SEC(".maps");

extern int LINUX_KERNEL_VERSION __kconfig;

long aligned = 3;
int other_count = 100;
extern int shared_count;
static volatile int mine = 1000;

static __noinline int local(int x)
{
    mine++;
    return x + mine;
}

int chosen(int x)
{
    return 2000000;
}

int from_b(int x)
{
    __u32 key = 1;
    struct shared value = {.number = x}, *found;

    bpf_map_update_elem(&counts, &key, &value, BPF_ANY);
    found = bpf_map_lookup_elem(&counts, &key);
    return local(shared_count) + (found ? found->number * 10000 : 0) + (int)aligned + !LINUX_KERNEL_VERSION;
}

SEC("socket")
int enter_b(struct __sk_buff *skb)
{
    return local(3);
}

char LICENSE[] SEC("license") = "GPL";
