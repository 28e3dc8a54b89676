#include "kernel.h"

struct shared {
    struct shared *self;
    int number;
};

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 16);
    __type(key, __u32);
    __type(value, struct shared);
} counts SEC(".maps");

extern int LINUX_KERNEL_VERSION __kconfig;
extern int CONFIG_HZ __kconfig __weak;

int shared_count = 5;
static volatile int mine = 1;
extern int other_count;
extern int from_b(int x);

static __noinline int local(int x)
{
    mine++;
    return x + mine;
}

__weak int chosen(int x)
{
    return 1;
}

SEC("socket")
int enter_a(struct __sk_buff *skb)
{
    shared_count++;
    return from_b(local(10)) + other_count + chosen(0) + (LINUX_KERNEL_VERSION > 0) + !CONFIG_HZ;
}

char LICENSE[] SEC("license") = "GPL";
