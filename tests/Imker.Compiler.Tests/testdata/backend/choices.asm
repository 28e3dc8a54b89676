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
    if r0 & 0x8 goto L3
    goto L4
L3:
    r0 = 5
    goto L5
L4:
    r0 = 6
L5:
    r3 += r4
    r3 += r0
    w0 = w3
    if w0 s>= 0xfffffffd goto L6
    r0 = r3
    r0 += 77
    goto L7
L6:
    r0 = r5
L7:
    exit
