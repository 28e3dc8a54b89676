#include "kernel.h"

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 5000);
} ring SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
    __uint(key_size, 4);
    __uint(value_size, 4);
} perf SEC(".maps");

struct record {
    __u64 number;
};

struct record *unused __attribute__((unused));

SEC("tc")
int send(struct __sk_buff *skb)
{
    struct record *record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0), copy = {2};
    if (!record)
        return 1;
    record->number = 42;
    bpf_ringbuf_submit(record, 0);
    bpf_perf_event_output(skb, &perf, 0xffffffffULL, &copy, sizeof(copy));
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
