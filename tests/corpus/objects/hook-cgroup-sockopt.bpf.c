#include "hooks.h"

#define SOL_CUSTOM 0x1234

// An option that no protocol has: the program answers for it.
SEC("cgroup/getsockopt")
int answer(struct bpf_sockopt *ctx)
{
    if (ctx->level != SOL_CUSTOM)
        return 1;
    HIT();
    int *value = ctx->optval;
    if ((void *)(value + 1) > ctx->optval_end)
        return 0;
    *value = 42;
    ctx->optlen = sizeof(*value);
    ctx->retval = 0;
    return 1;
}

SEC("cgroup/setsockopt")
int take(struct bpf_sockopt *ctx)
{
    if (ctx->level != SOL_CUSTOM)
        return 1;
    HIT();
    ctx->optlen = -1;
    return 1;
}
