main:
    r6 = *(u64 *)(r1 +0)
    call bpf_ktime_get_ns#5
    r5 = 0
L1:
    if r5 >= 0xa goto L2
    r6 += r0
    r5 += 1
    goto L1
L2:
    r0 = r6
    exit
