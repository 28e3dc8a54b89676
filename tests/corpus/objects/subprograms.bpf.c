#include "kernel.h"

static __noinline int deepest(int x)
{
    return x * 2;
}

static __noinline int deep(int x)
{
    return deepest(x) + 1;
}

__noinline int global_one(int x)
{
    return deep(x) + 10;
}

__weak __noinline int weak_one(int x)
{
    return x + 100;
}

__hidden __noinline int hidden_one(int x)
{
    return x + 1000;
}

SEC("socket")
int call(struct __sk_buff *skb)
{
    int length = skb->len;
    return global_one(length) + weak_one(length) + hidden_one(length) + deep(length);
}

SEC("socket")
int call_again(struct __sk_buff *skb)
{
    return deepest(skb->len) + weak_one(1);
}

char LICENSE[] SEC("license") = "GPL";
