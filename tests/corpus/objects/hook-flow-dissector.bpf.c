#include "hooks.h"

// BPF_DROP: the flow stays undissected.
COUNTS(see, "flow_dissector", 2, __sk_buff)
