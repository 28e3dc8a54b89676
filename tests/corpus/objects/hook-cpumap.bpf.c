#include "hooks.h"

struct bpf_cpumap_val {
    __u32 queue, program;
};

struct {
    __uint(type, BPF_MAP_TYPE_CPUMAP);
    __uint(max_entries, 4);
    __type(key, __u32);
    __type(value, struct bpf_cpumap_val);
} processors SEC(".maps");

SEC("xdp")
int send(struct xdp_md *ctx)
{
    return bpf_redirect_map(&processors, 0, 0);
}

COUNTS(see, "xdp/cpumap", 2, xdp_md)
