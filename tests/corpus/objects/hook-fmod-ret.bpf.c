#include "hooks.h"

int process;

// What may be changed is what a security hook answers: the process gets no child with ENOMEM.
SEC("fmod_ret/security_task_alloc")
int refuse(__u64 *ctx)
{
    if (bpf_get_current_pid_tgid() >> 32 != process)
        return 0;
    HIT();
    return -12;
}
