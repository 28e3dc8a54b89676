#include "kernel.h"

int seen SEC(".bss.own");

#define PASS(name, section, result, type)                                                                                                          \
    SEC(section)                                                                                                                                   \
    int name(struct type *ctx)                                                                                                                     \
    {                                                                                                                                              \
        seen++;                                                                                                                                    \
        return result;                                                                                                                             \
    }

PASS(on_xdp, "xdp", 2, xdp_md)
PASS(on_frags, "xdp.frags", 2, xdp_md)
PASS(on_devmap, "xdp/devmap", 2, xdp_md)
PASS(on_cpumap, "xdp.frags/cpumap", 2, xdp_md)
PASS(on_tc, "tc", 0, __sk_buff)
PASS(on_classifier, "classifier", 0, __sk_buff)
PASS(on_tcx, "tcx/ingress", -1, __sk_buff)
PASS(on_tc_egress, "tc/egress", -1, __sk_buff)
PASS(on_action, "action", 0, __sk_buff)
PASS(on_cgroup, "cgroup_skb/ingress", 1, __sk_buff)
PASS(on_cgroup_any, "cgroup/skb", 1, __sk_buff)
PASS(on_lwt, "lwt_in", 0, __sk_buff)
PASS(on_xmit, "lwt_xmit", 0, __sk_buff)
PASS(on_socket, "socket", 5, __sk_buff)

char LICENSE[] SEC("license") = "GPL";
