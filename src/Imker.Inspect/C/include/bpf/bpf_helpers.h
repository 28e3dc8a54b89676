// What programs for the kernel's machine begin with: sections, map definitions, helpers.
// Names as in libbpf, so that programs written for it compile; vmlinux.h (or linux/bpf.h) comes before.
#pragma once

#include "bpf_helper_defs.h"

// The section that a function or variable stands in. It says what a program is attached to: SEC("tracepoint/sched/sched_switch").
#define SEC(name) __attribute__((section(name), used))

// Members of map definitions. A number is the length of an array that is pointed to, a type is pointed to: so both stand in the BTF.
#define __uint(name, number) int (*name)[number]
#define __type(name, what) typeof(what) *name
#define __array(name, what) typeof(what) *name[]
#define __ulong(name, number) enum { ___concatenated(___number_, __COUNTER__) = number } name
#define ___concatenated(a, b) ___pasted(a, b)
#define ___pasted(a, b) a##b

#undef __always_inline
#define __always_inline inline __attribute__((always_inline))
#ifndef __noinline
#define __noinline __attribute__((noinline))
#endif
#ifndef __weak
#define __weak __attribute__((weak))
#endif
#define __hidden __attribute__((visibility("hidden")))

// Variables that the kernel's configuration sets, symbols and functions of the kernel.
#define __kconfig __attribute__((section(".kconfig")))
#define __ksym __attribute__((section(".ksyms")))

#define __kptr_untrusted __attribute__((btf_type_tag("kptr_untrusted")))
#define __kptr __attribute__((btf_type_tag("kptr")))
#define __percpu_kptr __attribute__((btf_type_tag("percpu_kptr")))

#define __arg_ctx __attribute__((btf_decl_tag("arg:ctx")))
#define __arg_nonnull __attribute__((btf_decl_tag("arg:nonnull")))
#define __arg_nullable __attribute__((btf_decl_tag("arg:nullable")))
#define __arg_trusted __attribute__((btf_decl_tag("arg:trusted")))
#define __arg_arena __attribute__((btf_decl_tag("arg:arena")))

enum libbpf_pin_type {
    LIBBPF_PIN_NONE = 0,
    LIBBPF_PIN_BY_NAME = 1,
};

// What a variable of the configuration that is one of y, m and n holds.
enum libbpf_tristate {
    TRI_NO = 0,
    TRI_YES = 1,
    TRI_MODULE = 2,
};

#define bpf_ksym_exists(symbol) ({ _Static_assert(!__builtin_constant_p(!!(symbol)), #symbol " has to be __weak"); !!(symbol); })

#ifndef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif
#ifndef container_of
#define container_of(pointer, type, member) ((type *)((void *)(pointer) - offsetof(type, member)))
#endif

// The compiler takes nothing across this, or thinks that it does not know the value any more.
#ifndef barrier
#define barrier() asm volatile("" ::: "memory")
#endif
#ifndef barrier_var
#define barrier_var(variable) asm volatile("" : "+r"(variable))
#endif

// How many arguments there are, up to twelve; an argument list of that many is treated by a macro of the number.
#define ___count_of(...) ___thirteenth(_, ##__VA_ARGS__, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define ___thirteenth(_, a, b, c, d, e, f, g, h, i, j, k, l, N, ...) N

#define ___store0(array, index)
#define ___store1(array, index, x) array[index] = (unsigned long long)(x);
#define ___store2(array, index, x, ...) ___store1(array, index, x) ___store1(array, index + 1, __VA_ARGS__)
#define ___store3(array, index, x, ...) ___store1(array, index, x) ___store2(array, index + 1, __VA_ARGS__)
#define ___store4(array, index, x, ...) ___store1(array, index, x) ___store3(array, index + 1, __VA_ARGS__)
#define ___store5(array, index, x, ...) ___store1(array, index, x) ___store4(array, index + 1, __VA_ARGS__)
#define ___store6(array, index, x, ...) ___store1(array, index, x) ___store5(array, index + 1, __VA_ARGS__)
#define ___store7(array, index, x, ...) ___store1(array, index, x) ___store6(array, index + 1, __VA_ARGS__)
#define ___store8(array, index, x, ...) ___store1(array, index, x) ___store7(array, index + 1, __VA_ARGS__)
#define ___store9(array, index, x, ...) ___store1(array, index, x) ___store8(array, index + 1, __VA_ARGS__)
#define ___store10(array, index, x, ...) ___store1(array, index, x) ___store9(array, index + 1, __VA_ARGS__)
#define ___store11(array, index, x, ...) ___store1(array, index, x) ___store10(array, index + 1, __VA_ARGS__)
#define ___store12(array, index, x, ...) ___store1(array, index, x) ___store11(array, index + 1, __VA_ARGS__)
#define ___store(array, ...) ___concatenated(___store, ___count_of(__VA_ARGS__))(array, 0, ##__VA_ARGS__)

// Into the kernel's trace_pipe: up to three arguments by bpf_trace_printk, more by bpf_trace_vprintk (5.16).
#define bpf_printk(format, ...) ___concatenated(___printk, ___count_of(__VA_ARGS__))(format, ##__VA_ARGS__)
#define ___printk_few(format, ...) ({ static const char ___text[] = format; bpf_trace_printk(___text, sizeof(___text), ##__VA_ARGS__); })
#define ___printk_many(format, ...) ({ \
    static const char ___text[] = format; \
    unsigned long long ___values[___count_of(__VA_ARGS__)]; \
    ___store(___values, __VA_ARGS__) \
    bpf_trace_vprintk(___text, sizeof(___text), ___values, sizeof(___values)); })
#define ___printk0 ___printk_few
#define ___printk1 ___printk_few
#define ___printk2 ___printk_few
#define ___printk3 ___printk_few
#define ___printk4 ___printk_many
#define ___printk5 ___printk_many
#define ___printk6 ___printk_many
#define ___printk7 ___printk_many
#define ___printk8 ___printk_many
#define ___printk9 ___printk_many
#define ___printk10 ___printk_many
#define ___printk11 ___printk_many
#define ___printk12 ___printk_many

// Formatted text into a buffer (5.13), and into the file that an iterator writes (5.8).
#define BPF_SNPRINTF(out, size, format, ...) ({ \
    static const char ___text[] = format; \
    unsigned long long ___values[___count_of(__VA_ARGS__) + 1]; \
    ___store(___values, ##__VA_ARGS__) \
    bpf_snprintf(out, size, ___text, ___values, sizeof(___values) - sizeof(___values[0])); })
#define BPF_SEQ_PRINTF(file, format, ...) ({ \
    static const char ___text[] = format; \
    unsigned long long ___values[___count_of(__VA_ARGS__) + 1]; \
    ___store(___values, ##__VA_ARGS__) \
    bpf_seq_printf(file, ___text, sizeof(___text), ___values, sizeof(___values) - sizeof(___values[0])); })

// Counted loops by the kernel's iterator over numbers (6.4): bpf_for(i, 0, 10) { … }
struct bpf_iter_num;
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __weak __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __weak __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __weak __ksym;
#define bpf_for(i, from, to) \
    for (struct bpf_iter_num ___it __attribute__((aligned(8), cleanup(bpf_iter_num_destroy))), \
         *___begun __attribute__((unused)) = (bpf_iter_num_new(&___it, (from), (to)), (void)bpf_iter_num_destroy, (void *)0); \
         ({ int *___next = bpf_iter_num_next(&___it); ___next && ((i) = *___next, 1); });)
#define bpf_repeat(count) \
    for (struct bpf_iter_num ___it __attribute__((aligned(8), cleanup(bpf_iter_num_destroy))), \
         *___begun __attribute__((unused)) = (bpf_iter_num_new(&___it, 0, (count)), (void)bpf_iter_num_destroy, (void *)0); \
         bpf_iter_num_next(&___it);)
