main:
    r6 = r1
    r1 = r10
    r1 += -16
    r2 = 16
    call bpf_get_current_comm#16
    r0 = *(u64 *)(r10 -16)
    r5 = 0x7373737373737362 ll
    if r0 != r5 goto L1
    r0 = *(u8 *)(r10 -8)
    if r0 != 0x0 goto L1
    call bpf_get_current_pid_tgid#14
    r7 = r0
    r7 >>= 32
    r8 = *(u64 *)(r6 +16)
    r6 = *(u64 *)(r6 +32)
    r1 = map[events]
    r2 = 32
    r3 = 0
    call bpf_ringbuf_reserve#131
    if r0 == 0x0 goto L2
    *(u64 *)(r0 +0) = 3
    *(u32 *)(r0 +8) = r7
    *(u32 *)(r0 +12) = 0
    *(u64 *)(r0 +16) = r8
    *(u64 *)(r0 +24) = r6
    r1 = r0
    r2 = 0
    call bpf_ringbuf_submit#132
L1:
    r0 = 0
    exit
L2:
    r0 = map[losses][0]+8
    r5 = 1
    lock *(u64 *)(r0 +0) += r5
    goto L1
