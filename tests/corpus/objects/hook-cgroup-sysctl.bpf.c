#include "hooks.h"

COUNTS(see, "cgroup/sysctl", 1, bpf_sysctl)
