#include "kernel.h"

struct arguments {
    __u64 a, b, sum;
};

SEC("syscall")
int add(struct arguments *arguments)
{
    arguments->sum = arguments->a + arguments->b;
    return 21;
}

char LICENSE[] SEC("license") = "GPL";
