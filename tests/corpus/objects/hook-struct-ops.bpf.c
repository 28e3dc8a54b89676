#include "struct-ops-table.h"

SEC(".struct_ops")
struct tcp_congestion_ops table = {
    .ssthresh = (void *)threshold,
    .cong_avoid = (void *)avoid,
    .undo_cwnd = (void *)undo,
    .name = "imker_hook",
};
