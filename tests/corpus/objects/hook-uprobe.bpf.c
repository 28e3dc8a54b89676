#include "hooks.h"

SEC("uprobe")
int see_entry(struct pt_regs *ctx)
{
    HIT();
    return 0;
}

SEC("uretprobe")
int see_return(struct pt_regs *ctx)
{
    __sync_fetch_and_add(&hits, 100);
    return 0;
}
