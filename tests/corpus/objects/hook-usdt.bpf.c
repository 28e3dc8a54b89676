#include "hooks.h"

#define __TARGET_ARCH_x86
#define __KERNEL__
struct pt_regs {
    unsigned long r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax, ip, cs, flags, sp, ss;
};
#define BPF_NOEXIST 1
#define bool _Bool
#include <bpf/usdt.bpf.h>

long first, second, third;
int arguments;

SEC("usdt")
int see(struct pt_regs *ctx)
{
    long value = 0;
    HIT();
    arguments = bpf_usdt_arg_cnt(ctx);
    if (bpf_usdt_arg(ctx, 0, &value) == 0)
        first = value;
    if (bpf_usdt_arg(ctx, 1, &value) == 0)
        second = value;
    if (bpf_usdt_arg(ctx, 2, &value) == 0)
        third = value;
    return 0;
}
