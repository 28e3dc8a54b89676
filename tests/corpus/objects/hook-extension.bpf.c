#include "hooks.h"

SEC("freplace/answer")
int other_answer(struct __sk_buff *skb)
{
    HIT();
    return 5;
}
