#include "hooks.h"

// Ours, as a restricted C program includes them.
#include <imker/histogram.h>

LOG2_HISTOGRAM(sizes);
LINEAR_HISTOGRAM(lengths, 4);

SEC("tc")
int measure(struct __sk_buff *skb)
{
    log2_histogram_add(&sizes, skb->len);
    linear_histogram_add(&lengths, 50, 10, 4, (__s64)skb->len);
    return 0;
}
