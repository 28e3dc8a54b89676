#include "hooks.h"

int process;

#define SEES(name, section, amount)                             \
    SEC(section)                                                \
    int name(__u64 *ctx)                                        \
    {                                                           \
        if (bpf_get_current_pid_tgid() >> 32 == process)        \
            __sync_fetch_and_add(&hits, amount);                \
        return 0;                                               \
    }

SEES(see_entry, "fentry/__x64_sys_getpgid", 1)
SEES(see_exit, "fexit/__x64_sys_getpgid", 100)
