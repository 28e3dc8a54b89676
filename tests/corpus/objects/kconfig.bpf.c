#include "kernel.h"

#include <stdbool.h>

extern int LINUX_KERNEL_VERSION __kconfig;
extern bool LINUX_HAS_BPF_COOKIE __kconfig;
extern bool CONFIG_BPF_SYSCALL __kconfig;
extern enum libbpf_tristate CONFIG_BPF_JIT __kconfig __weak;
extern unsigned long long CONFIG_NO_SUCH_OPTION __kconfig __weak;
extern char CONFIG_BPF __kconfig;
extern char CONFIG_DEFAULT_HOSTNAME[16] __kconfig __weak;

int version, cookie, option, letter;
__u64 missing = 5;
char host[4];

SEC("socket")
int read(struct __sk_buff *skb)
{
    version = LINUX_KERNEL_VERSION;
    cookie = LINUX_HAS_BPF_COOKIE;
    option = CONFIG_BPF_SYSCALL + 2 * CONFIG_BPF_JIT;
    letter = CONFIG_BPF;
    missing = CONFIG_NO_SUCH_OPTION;
    host[0] = CONFIG_DEFAULT_HOSTNAME[0];
    host[1] = CONFIG_DEFAULT_HOSTNAME[1];
    // The verifier sees the constant: the branch that is not taken is no code.
    if (LINUX_KERNEL_VERSION < 0x20000)
        return -1;
    return 7;
}

char LICENSE[] SEC("license") = "GPL";
