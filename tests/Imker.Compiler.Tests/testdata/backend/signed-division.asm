main:
    r0 = *(u64 *)(r1 +0)
    r5 = *(u64 *)(r1 +8)
    r4 = r0
    r4 s/= r5
    w0 s%= 10
    r5 = (s32)r0
    r4 += r5
    r5 = *(s16 *)(r1 +16)
    r4 += r5
    r0 = bswap32 r0
    r4 += r0
    r0 = r4
    exit
