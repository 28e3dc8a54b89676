// An object as clang makes it, with one of each that its reader takes. Built, here, with
//   clang -g -O2 -target bpf -mcpu=v3 -fdebug-compilation-dir=/src -c clang.bpf.c -o clang.bpf.o && llvm-strip -g clang.bpf.o

#define SEC(name) __attribute__((section(name), used))
#define number(name, value) int (*name)[value]
#define type(name, value) __typeof__(value) *name

typedef unsigned int u32;
typedef unsigned long long u64;

static void *(*map_lookup)(void *map, const void *key) = (void *)1;
static long (*map_update)(void *map, const void *key, const void *value, u64 flags) = (void *)2;
static long (*for_each)(void *map, void *callback, void *context, u64 flags) = (void *)164;

struct key {
    u32 tid;
    char comm[12];
};

struct {
    number(type, 1);
    number(max_entries, 64);
    number(map_flags, 1);
    type(key, struct key);
    type(value, u64);
} counts SEC(".maps");

struct {
    number(type, 27);
    number(max_entries, 4096);
} events SEC(".maps");

struct inner {
    number(type, 2);
    number(max_entries, 8);
    number(key_size, 4);
    number(value_size, 16);
};

struct {
    number(type, 13);
    number(max_entries, 2);
    type(key, u32);
    __attribute__((unused)) struct inner *values[];
} tables SEC(".maps");

u64 calls;
u32 limit = 7;
static volatile u64 hidden = 3;
const volatile u32 chosen = 1;

extern const void init_task __attribute__((section(".ksyms")));
extern void bpf_rcu_read_lock(void) __attribute__((weak, section(".ksyms")));

char licence[] SEC("license") = "Dual MIT/GPL";

static __attribute__((noinline)) int add(u64 amount)
{
    calls += amount + hidden;
    return 0;
}

__attribute__((noinline)) int shared(u32 a)
{
    return a < limit ? add(a) : 1;
}

static long see(void *map, const void *key, u64 *value, void *context)
{
    calls += *value;
    return 0;
}

SEC("tracepoint/syscalls/sys_enter_getppid")
int on_getppid(void *context)
{
    struct key key = { .tid = chosen };
    u64 one = 1, *count = map_lookup(&counts, &key);
    if (count)
        __sync_fetch_and_add(count, 1);
    else
        map_update(&counts, &key, &one, 0);
    for_each(&counts, see, 0, 0);
    return shared(chosen) + add(2);
}

SEC("uprobe//usr/lib/libc.so.6:malloc+0x4")
int on_malloc(void *context)
{
    return map_lookup(&events, &limit) != 0;
}

SEC("raw_tp/sched_switch")
int on_switch(u64 *context)
{
    bpf_rcu_read_lock();
    return (u64)&init_task != context[1] || map_lookup(&tables, &limit);
}

SEC("xdp")
int pass(void *context)
{
    return 2;
}
