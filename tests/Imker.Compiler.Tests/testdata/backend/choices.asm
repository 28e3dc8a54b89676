main:
    r0 = *(u64 *)(r1 +0)
    r5 = *(u64 *)(r1 +8)
    r4 = 1
    if r0 < r5 goto L1
    r4 = 0
L1:
    r3 = r0
    if r0 < r5 goto L2
    r3 = r5
L2:
    r2 = 5
    if r0 & 0x8 goto L3
    r2 = 6
L3:
    r0 = r3
    r0 += r4
    r0 += r2
    w4 = w0
    if w4 s>= 0xfffffffd goto L4
    r0 += 77
    goto L5
L4:
    r0 = r5
L5:
    exit
