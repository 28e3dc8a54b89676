#include "hooks.h"

struct {
    __uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY);
    __uint(max_entries, 4);
    __type(key, __u32);
    __type(value, __u64);
} sockets SEC(".maps");

struct sk_reuseport_context {
    __u64 data, data_end;
    __u32 len, eth_protocol, ip_protocol, bind_inany, hash;
    __u64 sk, migrating_sk;
};

__u64 moved;

SEC("sk_reuseport/migrate")
int choose(struct sk_reuseport_context *ctx)
{
    __u32 index = 1;
    HIT();
    if (ctx->migrating_sk)
        __sync_fetch_and_add(&moved, 1);
    bpf_sk_select_reuseport((struct sk_reuseport_md *)ctx, &sockets, &index, 0);
    return 1;
}
