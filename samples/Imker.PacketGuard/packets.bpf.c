// Counts packets by their source, and drops those of sources that are blocked. Built by: imker build packets.bpf.c
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
#include <imker/maps.h>

#define ETH_P_IP 0x0800

struct counts {
    __u64 passed, dropped;
};

HASH_MAP(sources, __be32, struct counts, 4096);
HASH_MAP(blocked, __be32, __u8, 4096);

SEC("xdp")
int guard(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
    struct ethhdr *ethernet = data;
    struct iphdr *ip = (void *)(ethernet + 1);
    if ((void *)(ip + 1) > end || ethernet->h_proto != bpf_htons(ETH_P_IP))
        return XDP_PASS;
    __be32 source = ip->saddr;
    int drop = bpf_map_lookup_elem(&blocked, &source) != 0;
    struct counts first = {!drop, drop}, *counts = bpf_map_lookup_elem(&sources, &source);
    if (!counts)
        bpf_map_update_elem(&sources, &source, &first, BPF_NOEXIST);
    else
        __sync_fetch_and_add(drop ? &counts->dropped : &counts->passed, 1);
    return drop ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
