main:
    r6 = *(u64 *)(r1 +16)
    *(u32 *)(r10 -4) = 0
    r1 = map["@"]
    r2 = r10
    r2 += -4
    call bpf_map_lookup_elem#1
    if r0 == 0x0 goto L10
    if r6 s>= 0x0 goto L1
    r6 = 0
    goto L9
L1:
    if r6 >= 0x1 goto L2
    r6 += 1
    goto L9
L2:
    r5 = r6
    r5 >>= 32
    if r5 == 0x0 goto L3
    r6 = r5
    r5 = 32
L3:
    if r6 < 0x10000 goto L4
    r6 >>= 16
    r5 += 16
L4:
    if r6 < 0x100 goto L5
    r6 >>= 8
    r5 += 8
L5:
    if r6 < 0x10 goto L6
    r6 >>= 4
    r5 += 4
L6:
    if r6 < 0x4 goto L7
    r6 >>= 2
    r5 += 2
L7:
    if r6 < 0x2 goto L8
    r5 += 1
L8:
    r6 = r5
    r6 += 2
L9:
    if r6 >= 0x41 goto L10
    r6 <<= 3
    r0 += r6
    r5 = *(u64 *)(r0 +0)
    r5 += 1
    *(u64 *)(r0 +0) = r5
L10:
    r0 = 0
    exit
