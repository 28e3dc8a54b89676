#include "kernel.h"
#include <bpf/bpf_core_read.h>

enum kind { KIND_A, KIND_B = 7, KIND_GONE = 9 };
enum kind___flavoured { KIND_B___flavoured = 1, KIND_C = 2 };
enum wide { WIDE_A = 0x100000000, WIDE_B = 1 };
enum negative { MINUS = -5, PLUS = 5 };

long results[20];

SEC("socket")
int values(struct __sk_buff *skb)
{
    int i = 0;
    results[i++] = bpf_core_enum_value(enum kind, KIND_A);
    results[i++] = bpf_core_enum_value(enum kind, KIND_B);
    results[i++] = bpf_core_enum_value(enum kind___flavoured, KIND_B___flavoured);
    results[i++] = bpf_core_enum_value(enum kind___flavoured, KIND_C);
    results[i++] = bpf_core_enum_value(enum wide, WIDE_A);
    results[i++] = bpf_core_enum_value(enum wide, WIDE_B);
    results[i++] = bpf_core_enum_value(enum negative, MINUS);
    return i;
}

SEC("socket")
int existence(struct __sk_buff *skb)
{
    int i = 0;
    results[i++] = bpf_core_enum_value_exists(enum kind, KIND_A);
    results[i++] = bpf_core_enum_value_exists(enum kind, KIND_GONE);
    results[i++] = bpf_core_enum_value_exists(enum kind___flavoured, KIND_B___flavoured);
    results[i++] = bpf_core_enum_value_exists(enum wide, WIDE_A);
    if (bpf_core_enum_value_exists(enum kind, KIND_GONE))
        results[i++] = bpf_core_enum_value(enum kind, KIND_GONE);
    return i;
}

char LICENSE[] SEC("license") = "GPL";
