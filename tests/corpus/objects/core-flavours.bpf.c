#include "kernel.h"
#include <bpf/bpf_core_read.h>

struct thing {
    int id;
    int new_name;
} __attribute__((preserve_access_index));

struct thing___old {
    int old_name;
} __attribute__((preserve_access_index));

struct thing___other_type {
    struct {
        int inside;
    } id;
} __attribute__((preserve_access_index));

int result;

SEC("socket")
int choose(struct __sk_buff *skb)
{
    struct thing *thing = (void *)skb;
    struct thing___old *old = (void *)skb;
    struct thing___other_type *other = (void *)skb;
    if (bpf_core_field_exists(thing->new_name))
        result = (long)&thing->new_name - (long)thing;
    else if (bpf_core_field_exists(old->old_name))
        result = 1000 + (long)&old->old_name - (long)old;
    return bpf_core_field_exists(other->id) + 2 * bpf_core_field_exists(other->id.inside);
}

SEC("socket")
int missing(struct __sk_buff *skb)
{
    struct thing *thing = (void *)skb;
    if (bpf_core_field_exists(thing->new_name))
        return thing->new_name;
    return thing->id;
}

char LICENSE[] SEC("license") = "GPL";
