#include "hooks.h"

struct {
    __uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY);
    __uint(max_entries, 4);
    __type(key, __u32);
    __type(value, __u64);
} sockets SEC(".maps");

// All go to the socket at 1.
SEC("sk_reuseport")
int choose(struct sk_reuseport_md *ctx)
{
    __u32 index = 1;
    HIT();
    bpf_sk_select_reuseport(ctx, &sockets, &index, 0);
    return 1;
}
