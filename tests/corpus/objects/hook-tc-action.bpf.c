#include "hooks.h"

// TC_ACT_SHOT is 2.
COUNTS(drop, "action", 2, __sk_buff)
