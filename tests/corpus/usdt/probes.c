// A library with USDT probes as sys/sdt.h of SystemTap writes them: provider imker, probes work (twice, with a semaphore) and idle.
typedef unsigned long word;

__attribute__((section(".probes"), used)) volatile unsigned short imker_work_semaphore;

#define NOTE(name, semaphore, arguments)                                   \
    "990: nop\n"                                                           \
    ".pushsection .note.stapsdt,\"\",\"note\"\n"                           \
    ".balign 4\n.4byte 992f-991f, 994f-993f, 3\n"                          \
    "991: .asciz \"stapsdt\"\n992: .balign 4\n"                            \
    "993: .8byte 990b, _.stapsdt.base, " semaphore "\n"                    \
    ".asciz \"imker\"\n.asciz \"" name "\"\n.asciz \"" arguments "\"\n"     \
    "994: .balign 4\n.popsection\n"                                        \
    ".ifndef _.stapsdt.base\n"                                             \
    ".pushsection .stapsdt.base,\"aG\",\"progbits\",.stapsdt.base,comdat\n" \
    ".weak _.stapsdt.base\n.hidden _.stapsdt.base\n"                       \
    "_.stapsdt.base: .space 1\n.size _.stapsdt.base, 1\n.popsection\n.endif\n"

#define WORK "imker_work_semaphore"

// A register of four bytes with a sign, memory of eight, a constant.
__attribute__((noinline)) void work(int first, long second)
{
    volatile long kept = second;
    __asm__ volatile(NOTE("work", WORK, "-4@%0 8@%1 -4@$-9") : : "r"(first), "m"(kept));
}

// A register of one byte without a sign, one of two with, a constant.
__attribute__((noinline)) void work_small(unsigned char first, short second)
{
    __asm__ volatile(NOTE("work", WORK, "1@%b0 -2@%w1 2@$7") : : "r"(first), "r"(second));
}

__attribute__((noinline)) void idle(void)
{
    __asm__ volatile(NOTE("idle", "0", ""));
}

int semaphore(void)
{
    return imker_work_semaphore;
}
