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

SEES(see_entry, "kprobe/__x64_sys_getppid", 1)
SEES(see_return, "kretprobe/__x64_sys_getppid", 100)
SEES(see_call, "ksyscall/getppid", 10000)
SEES(see_call_return, "kretsyscall/getppid", 1000000)
