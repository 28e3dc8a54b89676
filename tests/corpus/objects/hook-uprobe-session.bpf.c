#include "hooks.h"

extern _Bool bpf_session_is_return(void) __attribute__((section(".ksyms")));

SEC("uprobe.session")
int see(struct pt_regs *ctx)
{
    __sync_fetch_and_add(&hits, bpf_session_is_return() ? 100 : 1);
    return 0;
}
