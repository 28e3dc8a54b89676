#include "kernel.h"

int from_b(int x)
{
    return x;
}

long shared_count;

char LICENSE[] SEC("license") = "GPL";
