#include "hooks.h"

COUNTS(see, "xdp.frags", 2, xdp_md)
