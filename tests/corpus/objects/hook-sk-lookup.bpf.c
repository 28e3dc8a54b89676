#include "hooks.h"

COUNTS(see, "sk_lookup", 1, bpf_sk_lookup)
