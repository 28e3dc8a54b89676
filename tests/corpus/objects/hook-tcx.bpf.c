#include "hooks.h"

// TCX_NEXT: the others run too.
COUNTS(see_ingress, "tcx/ingress", -1, __sk_buff)
COUNTS(see_egress, "tcx/egress", -1, __sk_buff)
