#include "hooks.h"

struct bpf_devmap_val {
    __u32 ifindex, program;
};

struct {
    __uint(type, BPF_MAP_TYPE_DEVMAP);
    __uint(max_entries, 4);
    __type(key, __u32);
    __type(value, struct bpf_devmap_val);
} devices SEC(".maps");

SEC("xdp")
int send(struct xdp_md *ctx)
{
    return bpf_redirect_map(&devices, 0, 0);
}

COUNTS(see, "xdp/devmap", 2, xdp_md)
