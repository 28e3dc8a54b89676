main:
    r0 = *(u64 *)(r1 +0)
    r5 = *(u64 *)(r1 +8)
    r4 = 1
    if r0 < r5 goto L1
    r4 = 0
L1:
    if r0 >= r5 goto L2
    r3 = r0
    goto L3
L2:
    r3 = r5
L3:
    r2 = 5
    if r0 & 0x8 goto L4
    r2 = 6
L4:
    r0 = r3
    r0 += r4
    r0 += r2
    if w0 s>= 0xfffffffd goto L5
    r0 += 77
    goto L6
L5:
    r0 = r5
L6:
    exit
