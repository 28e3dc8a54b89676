#include "hooks.h"

int process;

extern _Bool bpf_session_is_return(void) __attribute__((section(".ksyms")));

SEC("kprobe.session/__x64_sys_getppid")
int see(struct pt_regs *ctx)
{
    if (bpf_get_current_pid_tgid() >> 32 == process)
        __sync_fetch_and_add(&hits, bpf_session_is_return() ? 100 : 1);
    return 0;
}
