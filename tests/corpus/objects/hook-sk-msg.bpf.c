#include "hooks.h"

struct {
    __uint(type, BPF_MAP_TYPE_SOCKMAP);
    __uint(max_entries, 2);
    __type(key, __u32);
    __type(value, __u32);
} sockets SEC(".maps");

COUNTS(see, "sk_msg", 1, sk_msg_md)
