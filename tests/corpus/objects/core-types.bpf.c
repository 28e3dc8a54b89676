#include "kernel.h"
#include <bpf/bpf_core_read.h>

struct same {
    int a;
    struct same *next;
};

struct bigger {
    int a;
};

struct missing {
    int a;
};

union either {
    int a;
    char b[8];
};

typedef struct {
    int a;
} named;

typedef int (*function)(struct same *, int);
typedef int *pointer;
typedef char letters[7];

enum choice { ONE, TWO };

struct matching {
    int a;
    struct same *behind;
    enum choice choice;
};

struct differing {
    int a;
    unsigned b;
};

long results[40];

#define ASK(type)                                    \
    results[i++] = bpf_core_type_exists(type);       \
    results[i++] = bpf_core_type_size(type);         \
    results[i++] = bpf_core_type_id_local(type);     \
    results[i++] = bpf_core_type_id_kernel(type);    \
    results[i++] = __builtin_preserve_type_info(*(typeof(type) *)0, 2)

SEC("socket")
int structs(struct __sk_buff *skb)
{
    int i = 0;
    ASK(struct same);
    ASK(struct bigger);
    ASK(struct missing);
    ASK(union either);
    ASK(enum choice);
    return i;
}

SEC("socket")
int others(struct __sk_buff *skb)
{
    int i = 0;
    ASK(named);
    ASK(function);
    ASK(pointer);
    ASK(letters);
    ASK(struct matching);
    ASK(struct differing);
    return i;
}

char LICENSE[] SEC("license") = "GPL";
