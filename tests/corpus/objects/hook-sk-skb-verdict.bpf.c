#include "hooks.h"

struct {
    __uint(type, BPF_MAP_TYPE_SOCKHASH);
    __uint(max_entries, 2);
    __type(key, __u32);
    __type(value, __u32);
} sockets SEC(".maps");

COUNTS(see, "sk_skb/verdict", 1, __sk_buff)
