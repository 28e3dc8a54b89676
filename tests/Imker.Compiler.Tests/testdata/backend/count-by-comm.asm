main:
    r1 = r10
    r1 += -16
    r2 = 16
    call bpf_get_current_comm#16
    r1 = map["@"]
    r2 = r10
    r2 += -16
    call bpf_map_lookup_elem#1
    if r0 == 0x0 goto L2
    r5 = *(u64 *)(r0 +0)
    r5 += 1
    *(u64 *)(r0 +0) = r5
L1:
    r0 = 0
    exit
L2:
    *(u64 *)(r10 -24) = 1
    r1 = map["@"]
    r2 = r10
    r2 += -16
    r3 = r10
    r3 += -24
    r4 = 1
    call bpf_map_update_elem#2
    if r0 == 0x0 goto L1
    r0 = map[losses][0]+0
    r5 = 1
    lock *(u64 *)(r0 +0) += r5
    goto L1
