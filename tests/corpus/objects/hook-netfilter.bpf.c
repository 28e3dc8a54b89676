#include "hooks.h"

COUNTS(see, "netfilter", 1, bpf_nf_ctx)
