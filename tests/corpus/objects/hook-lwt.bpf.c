#include "hooks.h"

COUNTS(see_in, "lwt_in", 0, __sk_buff)
COUNTS(see_out, "lwt_out", 0, __sk_buff)
COUNTS(see_xmit, "lwt_xmit", 0, __sk_buff)
