#include "kernel.h"

struct sock;

struct tcp_congestion_ops {
    __u32 flags;
    void (*init)(struct sock *sk);
    __u32 (*ssthresh)(struct sock *sk);
    void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
    __u32 (*undo_cwnd)(struct sock *sk);
    char name[16];
};

SEC("struct_ops/threshold")
__u32 threshold(__u64 *ctx)
{
    return 2;
}

SEC("struct_ops")
void avoid(__u64 *ctx)
{
}

SEC("struct_ops/undo")
__u32 undo(__u64 *ctx)
{
    return 10;
}

SEC(".struct_ops")
struct tcp_congestion_ops imker_plain = {
    .ssthresh = (void *)threshold,
    .cong_avoid = (void *)avoid,
    .undo_cwnd = (void *)undo,
    .name = "imker_plain",
};

SEC(".struct_ops.link")
struct tcp_congestion_ops imker_linked = {
    .ssthresh = (void *)threshold,
    .cong_avoid = (void *)avoid,
    .undo_cwnd = (void *)undo,
    .name = "imker_linked",
};

char LICENSE[] SEC("license") = "GPL";
