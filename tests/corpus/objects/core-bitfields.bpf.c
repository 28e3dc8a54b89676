#include "kernel.h"
#include <bpf/bpf_core_read.h>

struct bits {
    __u32 head;
    __u32 a : 3;
    __s32 b : 5;
    __u32 c : 20;
    __u32 : 4;
    __u64 d : 31;
    __u8 e : 1, f : 2;
    __u16 plain;
} __attribute__((preserve_access_index));

long results[40];

SEC("socket")
int read(struct __sk_buff *skb)
{
    struct bits *bits = (void *)skb;
    int i = 0;
    results[i++] = BPF_CORE_READ_BITFIELD(bits, a);
    results[i++] = BPF_CORE_READ_BITFIELD(bits, b);
    results[i++] = BPF_CORE_READ_BITFIELD(bits, c);
    results[i++] = BPF_CORE_READ_BITFIELD(bits, d);
    results[i++] = BPF_CORE_READ_BITFIELD(bits, e);
    results[i++] = BPF_CORE_READ_BITFIELD(bits, f);
    results[i++] = BPF_CORE_READ_BITFIELD(bits, plain);
    return i;
}

#define ASK(field)                                                                 \
    results[i++] = __builtin_preserve_field_info(bits->field, BPF_FIELD_BYTE_OFFSET); \
    results[i++] = __builtin_preserve_field_info(bits->field, BPF_FIELD_BYTE_SIZE);   \
    results[i++] = __builtin_preserve_field_info(bits->field, BPF_FIELD_EXISTS);      \
    results[i++] = __builtin_preserve_field_info(bits->field, BPF_FIELD_SIGNED);      \
    results[i++] = __builtin_preserve_field_info(bits->field, BPF_FIELD_LSHIFT_U64);  \
    results[i++] = __builtin_preserve_field_info(bits->field, BPF_FIELD_RSHIFT_U64)

SEC("socket")
int ask(struct __sk_buff *skb)
{
    struct bits *bits = (void *)skb;
    int i = 0;
    ASK(a);
    ASK(b);
    ASK(c);
    ASK(d);
    ASK(f);
    ASK(plain);
    return i;
}

char LICENSE[] SEC("license") = "GPL";
