#include "hooks.h"

struct {
    __uint(type, 31); // BPF_MAP_TYPE_USER_RINGBUF
    __uint(max_entries, 4096);
} commands SEC(".maps");

__u64 sum;

static long take(struct bpf_dynptr *record, void *context)
{
    __u64 value = 0;
    bpf_dynptr_read(&value, sizeof(value), record, 0, 0);
    sum += value;
    HIT();
    return 0;
}

SEC("syscall")
int drain(void *ctx)
{
    return bpf_user_ringbuf_drain(&commands, take, 0, 0);
}
