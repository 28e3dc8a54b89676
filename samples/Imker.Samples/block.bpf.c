// Drops datagrams to a port and counts them. Built by: imker build block.bpf.c
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

const volatile int port;
__u64 dropped;

SEC("xdp")
int block(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
    struct ethhdr *ethernet = data;
    struct iphdr *ip = (void *)(ethernet + 1);
    struct udphdr *udp = (void *)(ip + 1);
    if ((void *)(udp + 1) > end || ethernet->h_proto != bpf_htons(0x0800) || ip->protocol != IPPROTO_UDP || udp->dest != bpf_htons(port))
        return XDP_PASS;
    __sync_fetch_and_add(&dropped, 1);
    return XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
