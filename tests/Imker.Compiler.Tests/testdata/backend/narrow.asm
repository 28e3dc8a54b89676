main:
    r0 = *(u64 *)(r1 +0)
    if w0 != 0x7b goto L2
    r5 = *(s32 *)(r1 +8)
    r4 = *(u64 *)(r1 +16)
    *(u16 *)(r10 -8) = r4
    r3 = r0
    r3 &= 255
    r5 += r3
    w0 = w0
    if w4 & 0x10 goto L1
    r0 = r5
L1:
    exit
L2:
    w0 = -1
    exit
