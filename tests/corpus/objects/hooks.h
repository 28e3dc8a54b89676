// The contexts of the programs that show a hook: those fields that they read, as linux/bpf.h lays them out.
#pragma once
#include "kernel.h"

enum {
    BPF_MAP_TYPE_DEVMAP = 14,
    BPF_MAP_TYPE_SOCKMAP = 15,
    BPF_MAP_TYPE_CPUMAP = 16,
    BPF_MAP_TYPE_SOCKHASH = 18,
    BPF_MAP_TYPE_REUSEPORT_SOCKARRAY = 20,
};

// How often the hook fired, as the test reads it.
__u64 hits;

#define HIT() __sync_fetch_and_add(&hits, 1)

// A program that counts and lets everything be as it was.
#define COUNTS(name, section, result, type) \
    SEC(section)                            \
    int name(struct type *ctx)              \
    {                                       \
        HIT();                              \
        return result;                      \
    }

char LICENSE[] SEC("license") = "GPL";

struct bpf_sock_addr {
    __u32 user_family, user_ip4, user_ip6[4], user_port, family, type, protocol;
};

struct bpf_sock {
    __u32 bound_dev_if, family, type, protocol, mark, priority, src_ip4;
};

struct bpf_sock_ops {
    __u32 op;
};

struct bpf_sockopt {
    __u64 sk;
    void *optval, *optval_end;
    volatile __s32 level, optname, optlen, retval;
};

struct bpf_sysctl {
    __u32 write, file_pos;
};

struct bpf_cgroup_dev_ctx {
    __u32 access_type, major, minor;
};

struct bpf_sk_lookup {
    __u64 sk;
};

struct sk_msg_md {
    __u64 data, data_end;
};

struct sk_reuseport_md {
    __u64 data, data_end;
};

struct bpf_nf_ctx;
struct bpf_perf_event_data;
struct pt_regs;
