#include "hooks.h"

int process;

#define SEES(name, section, amount)                             \
    SEC(section)                                                \
    int name(struct pt_regs *ctx)                               \
    {                                                           \
        if (bpf_get_current_pid_tgid() >> 32 == process)        \
            __sync_fetch_and_add(&hits, amount);                \
        return 0;                                               \
    }

SEES(see_entry, "kprobe.multi/__x64_sys_getpp*", 1)
SEES(see_return, "kretprobe.multi/__x64_sys_getppid", 100)
