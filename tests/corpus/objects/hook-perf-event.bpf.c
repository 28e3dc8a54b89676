#include "hooks.h"

COUNTS(see, "perf_event", 0, bpf_perf_event_data)
