#include "hooks.h"

// NETKIT_PASS
COUNTS(see_primary, "netkit/primary", 0, __sk_buff)
COUNTS(see_peer, "netkit/peer", 0, __sk_buff)
