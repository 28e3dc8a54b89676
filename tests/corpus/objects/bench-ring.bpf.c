#include "kernel.h"

// Fills a ring of 64 MiB, to measure how fast it is drained.
struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 64 << 20);
} ring SEC(".maps");

struct record {
    __u64 number, more[2];
};

__u64 written;

static long write(__u32 index, void *context)
{
    struct record record = {.number = index};
    // BPF_RB_NO_WAKEUP
    if (bpf_ringbuf_output(&ring, &record, sizeof(record), 1))
        return 1;
    written++;
    return 0;
}

SEC("syscall")
int fill(void *ctx)
{
    written = 0;
    bpf_loop(1 << 22, write, 0, 0);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
