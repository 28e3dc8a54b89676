#include "hooks.h"

char text[8];

// Reads user memory that need not be there yet, which only a program that may sleep can.
SEC("uprobe.s")
int see(struct pt_regs *ctx)
{
    HIT();
    return 0;
}
