#include "kernel.h"

// Kinds of types that kernels learned one after the other: float, declaration and type tags, enums of 64 bits.
enum wide { SMALL = 1, LARGE = 0x1234567890 };

#define __tagged __attribute__((btf_type_tag("tagged")))
#define __noted __attribute__((btf_decl_tag("noted")))

struct newer {
    int __tagged *pointer;
    double number;
    enum wide wide;
    int noted __noted;
} __noted;

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct newer);
} newer SEC(".maps");

SEC("socket")
int use(struct __sk_buff *skb)
{
    __u32 key = 0;
    struct newer *value = bpf_map_lookup_elem(&newer, &key);
    if (!value)
        return 0;
    value->wide = LARGE;
    return value->noted + 6;
}

char LICENSE[] SEC("license") = "GPL";
