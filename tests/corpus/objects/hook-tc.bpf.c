#include "hooks.h"

COUNTS(see, "tc", 0, __sk_buff)
