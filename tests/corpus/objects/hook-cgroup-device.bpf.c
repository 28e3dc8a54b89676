#include "hooks.h"

// Nobody in the cgroup opens /dev/full: character device 1:7.
SEC("cgroup/dev")
int refuse(struct bpf_cgroup_dev_ctx *ctx)
{
    if (ctx->major != 1 || ctx->minor != 7)
        return 1;
    HIT();
    return 0;
}
