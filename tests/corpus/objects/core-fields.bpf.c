#include "kernel.h"
#include <bpf/bpf_core_read.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct point {
    int x, y;
};

struct everything {
    int first;
    __u64 moved;
    char *name;
    struct {
        int in_anonymous;
        union {
            __u16 half;
            __u32 whole;
        };
    };
    struct point points[4];
    struct point corner;
    __s16 number;
    __u8 bytes[3];
    int gone;
    int flexible[];
};

#pragma clang attribute pop

long results[40];

SEC("socket")
int offsets(struct __sk_buff *skb)
{
    struct everything *e = (void *)skb;
    int i = 0;
    results[i++] = (long)&e->moved - (long)e;
    results[i++] = (long)&e->name - (long)e;
    results[i++] = (long)&e->in_anonymous - (long)e;
    results[i++] = (long)&e->half - (long)e;
    results[i++] = (long)&e->whole - (long)e;
    results[i++] = (long)&e->points[2].y - (long)e;
    results[i++] = (long)&e->points[3] - (long)e;
    results[i++] = (long)&e->corner.x - (long)e;
    results[i++] = (long)&e->flexible[5] - (long)e;
    results[i++] = (long)&e[1].moved - (long)e;
    return i;
}

SEC("socket")
int sizes(struct __sk_buff *skb)
{
    struct everything *e = (void *)skb;
    int i = 0;
    results[i++] = bpf_core_field_size(e->first);
    results[i++] = bpf_core_field_size(e->moved);
    results[i++] = bpf_core_field_size(e->points);
    results[i++] = bpf_core_field_size(e->points[1]);
    results[i++] = bpf_core_field_size(e->corner);
    results[i++] = bpf_core_field_size(e->bytes);
    results[i++] = bpf_core_field_size(e->name);
    return i;
}

SEC("socket")
int existence(struct __sk_buff *skb)
{
    struct everything *e = (void *)skb;
    int i = 0;
    results[i++] = bpf_core_field_exists(e->first);
    results[i++] = bpf_core_field_exists(e->gone);
    results[i++] = bpf_core_field_exists(e->half);
    results[i++] = bpf_core_field_exists(e->points[3].x);
    results[i++] = bpf_core_field_exists(e->bytes[2]);
    return i;
}

SEC("socket")
int signs(struct __sk_buff *skb)
{
    struct everything *e = (void *)skb;
    int i = 0;
    results[i++] = __builtin_preserve_field_info(e->first, BPF_FIELD_SIGNED);
    results[i++] = __builtin_preserve_field_info(e->moved, BPF_FIELD_SIGNED);
    results[i++] = __builtin_preserve_field_info(e->number, BPF_FIELD_SIGNED);
    results[i++] = __builtin_preserve_field_info(e->whole, BPF_FIELD_SIGNED);
    return i;
}

SEC("socket")
int loads(struct __sk_buff *skb)
{
    struct everything *e = (void *)skb;
    e->corner.y = 7;
    e->moved = e->moved + 1;
    return e->first + e->points[1].x + e->in_anonymous;
}

char LICENSE[] SEC("license") = "GPL";
