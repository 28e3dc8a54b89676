// What these programs use of the kernel's headers, so that they are built by clang and libbpf-dev alone.
#pragma once

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef signed char __s8;
typedef short __s16;
typedef int __s32;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;

#define BPF_ANY 0

enum {
    BPF_MAP_TYPE_HASH = 1,
    BPF_MAP_TYPE_ARRAY = 2,
    BPF_MAP_TYPE_PROG_ARRAY = 3,
    BPF_MAP_TYPE_PERF_EVENT_ARRAY = 4,
    BPF_MAP_TYPE_PERCPU_HASH = 5,
    BPF_MAP_TYPE_PERCPU_ARRAY = 6,
    BPF_MAP_TYPE_LRU_HASH = 9,
    BPF_MAP_TYPE_LPM_TRIE = 11,
    BPF_MAP_TYPE_ARRAY_OF_MAPS = 12,
    BPF_MAP_TYPE_HASH_OF_MAPS = 13,
    BPF_MAP_TYPE_QUEUE = 22,
    BPF_MAP_TYPE_STACK = 23,
    BPF_MAP_TYPE_RINGBUF = 27,
    BPF_MAP_TYPE_BLOOM_FILTER = 30,
};

enum {
    BPF_F_NO_PREALLOC = 1,
};

struct __sk_buff {
    __u32 len, pkt_type, mark, queue_mapping, protocol;
};

struct xdp_md {
    __u32 data, data_end, data_meta;
};

struct bpf_raw_tracepoint_args {
    __u64 args[0];
};

struct bpf_spin_lock {
    __u32 val;
};

struct bpf_timer {
    __u64 words[2];
} __attribute__((aligned(8)));

#include <bpf/bpf_helpers.h>
