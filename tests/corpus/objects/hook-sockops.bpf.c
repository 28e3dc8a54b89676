#include "hooks.h"

COUNTS(see, "sockops", 1, bpf_sock_ops)
