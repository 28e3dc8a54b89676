main:
    *(u64 *)(r10 -8) = 7
    r1 = map["@"]
    r2 = r10
    r2 += -8
    call bpf_map_lookup_elem#1
    if r0 == 0x0 goto L1
    r0 = *(u64 *)(r0 +0)
L1:
    r0 *= 3
    exit
