#include "kernel.h"

const volatile int factor = 3;
const volatile char greeting[8] = "hello";
int calls;
int base = 100;
static volatile long hidden_calls;
long wide SEC(".data.other") = 0x1122334455667788;
int own;

SEC("socket")
int use(struct __sk_buff *skb)
{
    calls++;
    hidden_calls += 2;
    own = (int)(wide >> 32);
    return base + factor * calls + (int)hidden_calls + greeting[1];
}

char LICENSE[] SEC("license") = "GPL";
