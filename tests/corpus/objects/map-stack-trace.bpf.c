#include "hooks.h"

struct {
    __uint(type, 7); // BPF_MAP_TYPE_STACK_TRACE
    __uint(max_entries, 64);
    __uint(key_size, 4);
    __uint(value_size, 127 * 8);
} stacks SEC(".maps");

int process;
long stack = -1;

SEC("raw_tp/sys_enter")
int see(struct bpf_raw_tracepoint_args *ctx)
{
    if (bpf_get_current_pid_tgid() >> 32 == process && ctx->args[1] == 110) {
        HIT();
        stack = bpf_get_stackid(ctx, &stacks, 1 << 8); // BPF_F_USER_STACK
    }
    return 0;
}
