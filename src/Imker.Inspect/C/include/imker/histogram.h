// Histograms in maps of one counter a bucket and CPU.
#pragma once

#include "maps.h"

// Log2: bucket 0 counts what is 0 or below, bucket n the values from 2^(n-1) to 2^n - 1.
#define LOG2_HISTOGRAM(name) PERCPU_ARRAY_MAP(name, __u64, 65)

// Linear: bucket 0 counts what is less than 'from', then 'count' buckets of 'step', the last what is beyond.
#define LINEAR_HISTOGRAM(name, count) PERCPU_ARRAY_MAP(name, __u64, (count) + 2)

#define log2_histogram_add(map, value) histogram_count(map, log2_bucket(value))
#define linear_histogram_add(map, from, step, count, value) histogram_count(map, linear_bucket(from, step, count, value))

static __always_inline __u32 log2_bucket(__s64 value)
{
    if (value <= 0)
        return 0;
    __u64 rest = value;
    __u32 bucket = 1, wide;
    wide = (rest > 0xffffffff) << 5; rest >>= wide; bucket += wide;
    wide = (rest > 0xffff) << 4; rest >>= wide; bucket += wide;
    wide = (rest > 0xff) << 3; rest >>= wide; bucket += wide;
    wide = (rest > 0xf) << 2; rest >>= wide; bucket += wide;
    wide = (rest > 0x3) << 1; rest >>= wide; bucket += wide;
    return bucket + (rest > 1);
}

static __always_inline __u32 linear_bucket(__s64 from, __u64 step, __u32 count, __s64 value)
{
    if (value < from)
        return 0;
    __u64 bucket = (__u64)(value - from) / step;
    return bucket < count ? (__u32)bucket + 1 : count + 1;
}

// A CPU's own counter: nothing else writes it but a program that interrupts this one, hence atomic.
static __always_inline void histogram_count(void *map, __u32 bucket)
{
    __u64 *counter = bpf_map_lookup_elem(map, &bucket);
    if (counter)
        __sync_fetch_and_add(counter, 1);
}
