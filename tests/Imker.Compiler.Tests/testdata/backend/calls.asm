main:
    r6 = *(u64 *)(r1 +0)
    r7 = *(u64 *)(r1 +8)
    r1 = r7
    r2 = r6
    r3 = 5
    r4 = 0x123456789abcdef0 ll
    call subprog[rotate]
    *(u64 *)(r10 -24) = 0
    *(u64 *)(r10 -16) = 0
    *(u32 *)(r10 -8) = 0
    *(u16 *)(r10 -4) = 0
    *(u8 *)(r10 -2) = 0
    *(u64 *)(r10 -24) = r0
    r1 = 10
    r2 = subprog[visit]
    r3 = r10
    r3 += -24
    r4 = 0
    call bpf_loop#181
    r1 = *(u64 *)(r10 -24)
    r2 = r0
    r3 = r6
    r4 = r7
    call subprog[rotate]
    exit
rotate:
    r0 = r2
    r0 += r3
    r0 ^= r4
    r0 -= r1
    exit
visit:
    r0 = *(u64 *)(r2 +0)
    r0 += r1
    *(u64 *)(r2 +0) = r0
    r0 = 0
    exit
