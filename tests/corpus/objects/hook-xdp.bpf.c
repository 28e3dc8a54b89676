#include "hooks.h"

// XDP_DROP is 1, XDP_PASS 2.
const volatile int verdict = 2;

SEC("xdp")
int see(struct xdp_md *ctx)
{
    HIT();
    return verdict;
}
