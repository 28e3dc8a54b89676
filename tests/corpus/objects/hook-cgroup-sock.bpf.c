#include "hooks.h"

COUNTS(see_create, "cgroup/sock_create", 1, bpf_sock)
COUNTS(see_release, "cgroup/sock_release", 1, bpf_sock)
COUNTS(see_bound4, "cgroup/post_bind4", 1, bpf_sock)
COUNTS(see_bound6, "cgroup/post_bind6", 1, bpf_sock)
