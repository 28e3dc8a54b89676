// Definitions of the maps that most programs have, in one line each.
#pragma once

#include "../bpf/bpf_helpers.h"

// A ring buffer (5.8) of so many bytes. The record's type stands in the definition, so that 'imker run' and 'imker gen csharp' know how
// to read what comes. libbpf takes no type of a ring buffer: what is to be loaded by it says the type by a variable instead.
#define RING_BUFFER(name, record, bytes) \
    struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, bytes); __type(value, record); } name SEC(".maps")

// A buffer of perf events, one ring a CPU. The type is for the reader, as above.
#define PERF_BUFFER(name, record) \
    struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __type(key, int); __type(value, record); } name SEC(".maps")

#define HASH_MAP(name, key_type, value_type, entries) \
    struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, entries); __type(key, key_type); __type(value, value_type); } name SEC(".maps")

#define PERCPU_HASH_MAP(name, key_type, value_type, entries) \
    struct { __uint(type, BPF_MAP_TYPE_PERCPU_HASH); __uint(max_entries, entries); __type(key, key_type); __type(value, value_type); } name SEC(".maps")

#define ARRAY_MAP(name, value_type, entries) \
    struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, entries); __type(key, __u32); __type(value, value_type); } name SEC(".maps")

#define PERCPU_ARRAY_MAP(name, value_type, entries) \
    struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, entries); __type(key, __u32); __type(value, value_type); } name SEC(".maps")
