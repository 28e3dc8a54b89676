// Arguments of traced functions, by name: of probes from the processor's registers, of typed programs from the context's words.
// The architecture is __TARGET_ARCH_x86 or __TARGET_ARCH_arm64, which 'imker build' sets.
#pragma once

#include "bpf_helpers.h"

#if defined(__TARGET_ARCH_x86)

#define ___pt_regs struct pt_regs
#define ___PARM1 di
#define ___PARM2 si
#define ___PARM3 dx
#define ___PARM4 cx
#define ___PARM5 r8
#define ___PARM6 r9
#define ___SYSCALL_PARM4 r10
#define ___RC ax
#define ___SP sp
#define ___FP bp
#define ___IP ip
#define ___RET_FROM_STACK 1
#define SYSCALL_PREFIX "__x64_sys_"

#elif defined(__TARGET_ARCH_arm64)

#define ___pt_regs struct user_pt_regs
#define ___PARM1 regs[0]
#define ___PARM2 regs[1]
#define ___PARM3 regs[2]
#define ___PARM4 regs[3]
#define ___PARM5 regs[4]
#define ___PARM6 regs[5]
#define ___SYSCALL_PARM4 regs[3]
#define ___RC regs[0]
#define ___SP sp
#define ___FP regs[29]
#define ___IP pc
#define SYSCALL_PREFIX "__arm64_sys_"

#endif

#ifdef ___pt_regs

struct pt_regs;
struct user_pt_regs;

#define ___registers(x) ((const ___pt_regs *)(x))
#define ___register(x, name) (___registers(x)->name)
#define ___register_core(x, name) ({ typeof(___registers(x)->name) ___v; bpf_probe_read_kernel((void *)&___v, sizeof(___v), __builtin_preserve_access_index(&___registers(x)->name)); ___v; })

#define PT_REGS_PARM1(x) ___register(x, ___PARM1)
#define PT_REGS_PARM2(x) ___register(x, ___PARM2)
#define PT_REGS_PARM3(x) ___register(x, ___PARM3)
#define PT_REGS_PARM4(x) ___register(x, ___PARM4)
#define PT_REGS_PARM5(x) ___register(x, ___PARM5)
#define PT_REGS_PARM6(x) ___register(x, ___PARM6)
#define PT_REGS_RC(x) ___register(x, ___RC)
#define PT_REGS_SP(x) ___register(x, ___SP)
#define PT_REGS_FP(x) ___register(x, ___FP)
#define PT_REGS_IP(x) ___register(x, ___IP)

#define PT_REGS_PARM1_CORE(x) ___register_core(x, ___PARM1)
#define PT_REGS_PARM2_CORE(x) ___register_core(x, ___PARM2)
#define PT_REGS_PARM3_CORE(x) ___register_core(x, ___PARM3)
#define PT_REGS_PARM4_CORE(x) ___register_core(x, ___PARM4)
#define PT_REGS_PARM5_CORE(x) ___register_core(x, ___PARM5)
#define PT_REGS_PARM6_CORE(x) ___register_core(x, ___PARM6)
#define PT_REGS_RC_CORE(x) ___register_core(x, ___RC)
#define PT_REGS_SP_CORE(x) ___register_core(x, ___SP)
#define PT_REGS_FP_CORE(x) ___register_core(x, ___FP)
#define PT_REGS_IP_CORE(x) ___register_core(x, ___IP)

// Of system calls: the kernel's entry leaves the fourth argument elsewhere than functions do.
#define PT_REGS_SYSCALL_REGS(x) ((___pt_regs *)PT_REGS_PARM1(x))
#define PT_REGS_PARM1_SYSCALL(x) PT_REGS_PARM1(x)
#define PT_REGS_PARM2_SYSCALL(x) PT_REGS_PARM2(x)
#define PT_REGS_PARM3_SYSCALL(x) PT_REGS_PARM3(x)
#define PT_REGS_PARM4_SYSCALL(x) ___register(x, ___SYSCALL_PARM4)
#define PT_REGS_PARM5_SYSCALL(x) PT_REGS_PARM5(x)
#define PT_REGS_PARM6_SYSCALL(x) PT_REGS_PARM6(x)
#define PT_REGS_PARM1_CORE_SYSCALL(x) PT_REGS_PARM1_CORE(x)
#define PT_REGS_PARM2_CORE_SYSCALL(x) PT_REGS_PARM2_CORE(x)
#define PT_REGS_PARM3_CORE_SYSCALL(x) PT_REGS_PARM3_CORE(x)
#define PT_REGS_PARM4_CORE_SYSCALL(x) ___register_core(x, ___SYSCALL_PARM4)
#define PT_REGS_PARM5_CORE_SYSCALL(x) PT_REGS_PARM5_CORE(x)
#define PT_REGS_PARM6_CORE_SYSCALL(x) PT_REGS_PARM6_CORE(x)

#else

#define PT_REGS_PARM1(x) ({ _Pragma("GCC error \"registers need -D__TARGET_ARCH_x86 or -D__TARGET_ARCH_arm64\""); 0l; })
#define PT_REGS_PARM2 PT_REGS_PARM1
#define PT_REGS_PARM3 PT_REGS_PARM1
#define PT_REGS_PARM4 PT_REGS_PARM1
#define PT_REGS_PARM5 PT_REGS_PARM1
#define PT_REGS_PARM6 PT_REGS_PARM1
#define PT_REGS_RC PT_REGS_PARM1

#endif

// A function with named arguments behind the one that the kernel calls with its context: what stands behind BPF_PROG(name, …) is its body.
#define ___typed(name, context, list, ...) \
    name(context); \
    static __always_inline typeof(name(0)) ___concatenated(___body_of_, name)(context, ##__VA_ARGS__); \
    typeof(name(0)) name(context) \
    { \
        _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wint-conversion\"") \
        return ___concatenated(___body_of_, name)(list); \
        _Pragma("GCC diagnostic pop") \
    } \
    static __always_inline typeof(name(0)) ___concatenated(___body_of_, name)(context, ##__VA_ARGS__)

#define ___words0 ctx
#define ___words1 ___words0, (void *)ctx[0]
#define ___words2 ___words1, (void *)ctx[1]
#define ___words3 ___words2, (void *)ctx[2]
#define ___words4 ___words3, (void *)ctx[3]
#define ___words5 ___words4, (void *)ctx[4]
#define ___words6 ___words5, (void *)ctx[5]
#define ___words7 ___words6, (void *)ctx[6]
#define ___words8 ___words7, (void *)ctx[7]
#define ___words9 ___words8, (void *)ctx[8]
#define ___words10 ___words9, (void *)ctx[9]
#define ___words11 ___words10, (void *)ctx[10]
#define ___words12 ___words11, (void *)ctx[11]

// fentry, fexit, tp_btf, raw_tp, lsm, struct_ops: SEC("tp_btf/sched_switch") int BPF_PROG(on_switch, bool preempt, struct task_struct *prev, …)
#define BPF_PROG(name, ...) ___typed(name, unsigned long long *ctx, ___concatenated(___words, ___count_of(__VA_ARGS__)), ##__VA_ARGS__)

#ifdef ___pt_regs

#define ___parms0 ctx
#define ___parms1 ___parms0, (void *)PT_REGS_PARM1(ctx)
#define ___parms2 ___parms1, (void *)PT_REGS_PARM2(ctx)
#define ___parms3 ___parms2, (void *)PT_REGS_PARM3(ctx)
#define ___parms4 ___parms3, (void *)PT_REGS_PARM4(ctx)
#define ___parms5 ___parms4, (void *)PT_REGS_PARM5(ctx)
#define ___parms6 ___parms5, (void *)PT_REGS_PARM6(ctx)
#define ___result0 ctx
#define ___result1 ctx, (void *)PT_REGS_RC(ctx)

// kprobe and uprobe: SEC("kprobe/do_unlinkat") int BPF_KPROBE(on_unlink, int directory, struct filename *name)
#define BPF_KPROBE(name, ...) ___typed(name, struct pt_regs *ctx, ___concatenated(___parms, ___count_of(__VA_ARGS__)), ##__VA_ARGS__)
#define BPF_UPROBE(name, ...) BPF_KPROBE(name, ##__VA_ARGS__)

// kretprobe and uretprobe: at most one argument, what the function returns.
#define BPF_KRETPROBE(name, ...) ___typed(name, struct pt_regs *ctx, ___concatenated(___result, ___count_of(__VA_ARGS__)), ##__VA_ARGS__)
#define BPF_URETPROBE(name, ...) BPF_KRETPROBE(name, ##__VA_ARGS__)

#define ___call0 ctx
#define ___call1 ___call0, (void *)PT_REGS_PARM1_CORE_SYSCALL(___of_call)
#define ___call2 ___call1, (void *)PT_REGS_PARM2_CORE_SYSCALL(___of_call)
#define ___call3 ___call2, (void *)PT_REGS_PARM3_CORE_SYSCALL(___of_call)
#define ___call4 ___call3, (void *)PT_REGS_PARM4_CORE_SYSCALL(___of_call)
#define ___call5 ___call4, (void *)PT_REGS_PARM5_CORE_SYSCALL(___of_call)
#define ___call6 ___call5, (void *)PT_REGS_PARM6_CORE_SYSCALL(___of_call)

// ksyscall: the arguments of a system call, by a kprobe on its function.
#define BPF_KSYSCALL(name, ...) \
    name(struct pt_regs *ctx); \
    static __always_inline typeof(name(0)) ___concatenated(___body_of_, name)(struct pt_regs *ctx, ##__VA_ARGS__); \
    typeof(name(0)) name(struct pt_regs *ctx) \
    { \
        ___pt_regs *___of_call __attribute__((unused)) = PT_REGS_SYSCALL_REGS(ctx); \
        _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wint-conversion\"") \
        return ___concatenated(___body_of_, name)(___concatenated(___call, ___count_of(__VA_ARGS__))); \
        _Pragma("GCC diagnostic pop") \
    } \
    static __always_inline typeof(name(0)) ___concatenated(___body_of_, name)(struct pt_regs *ctx, ##__VA_ARGS__)

#endif
