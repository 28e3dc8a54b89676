#include "hooks.h"

// What is kept of each packet.
const volatile int kept = 4;

SEC("socket")
int cut(struct __sk_buff *skb)
{
    HIT();
    return kept;
}
