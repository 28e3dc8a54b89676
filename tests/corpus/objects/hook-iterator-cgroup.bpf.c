#include "hooks.h"

struct bpf_iter__cgroup;

struct bpf_iter_meta {
    void *seq;
} __attribute__((preserve_access_index));

struct bpf_iter__cgroup {
    struct bpf_iter_meta *meta;
    struct cgroup *cgroup;
} __attribute__((preserve_access_index));

SEC("iter.s/cgroup")
int see(struct bpf_iter__cgroup *ctx)
{
    if (ctx->cgroup)
        HIT();
    return 0;
}
