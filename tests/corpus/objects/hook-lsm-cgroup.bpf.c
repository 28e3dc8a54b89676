#include "hooks.h"

// 1 lets it be, 0 refuses.
SEC("lsm_cgroup/socket_bind")
int refuse(__u64 *ctx)
{
    HIT();
    return 0;
}
