#include "hooks.h"

COUNTS(see_ingress, "cgroup_skb/ingress", 1, __sk_buff)
COUNTS(see_egress, "cgroup_skb/egress", 1, __sk_buff)
