// A TCP congestion control that counts how often it is asked.
#pragma once
#include "hooks.h"

struct sock;

struct tcp_congestion_ops {
    __u32 flags;
    __u32 (*ssthresh)(struct sock *sk);
    void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
    __u32 (*undo_cwnd)(struct sock *sk);
    char name[16];
};

SEC("struct_ops")
__u32 threshold(__u64 *ctx)
{
    return 2;
}

SEC("struct_ops")
void avoid(__u64 *ctx)
{
    HIT();
}

SEC("struct_ops")
__u32 undo(__u64 *ctx)
{
    return 10;
}
