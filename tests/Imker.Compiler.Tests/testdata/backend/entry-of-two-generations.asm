main:
    call bpf_get_current_pid_tgid#14
    *(u32 *)(r10 -8) = r0
    *(u32 *)(r10 -4) = 0
    r0 = map[host][0]+0
    r0 = *(u32 *)(r0 +0)
    r6 = map[first]
    if r0 == 0x0 goto L1
    r6 = map[second]
L1:
    r1 = r6
    r2 = r10
    r2 += -8
    call bpf_map_lookup_elem#1
    if r0 == 0x0 goto L3
L2:
    r5 = 1
    lock *(u64 *)(r0 +0) += r5
    r0 = 0
    exit
L3:
    r1 = r6
    r2 = r10
    r2 += -8
    r3 = map[zero][0]+0
    r4 = 1
    call bpf_map_update_elem#2
    r7 = r0
    r1 = r6
    r2 = r10
    r2 += -8
    call bpf_map_lookup_elem#1
    if r0 != 0x0 goto L2
    r0 = map[losses][0]+16
    if r7 == 0xfffffff9 goto L2
    r0 += 8
    goto L2
