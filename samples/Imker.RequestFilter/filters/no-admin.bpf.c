/* clang-19 -target bpf -O2 -g -c no-admin.bpf.c -o no-admin.bpf.o */
#include "request.h"

FILTER int no_admin(struct request *request)
{
	static const char prefix[] = "/admin";
	for (unsigned int i = 0; i < sizeof(prefix) - 1; i++) {
		if (request->path[i] != prefix[i])
			return 0;
	}
	return 403;
}

char _license[] __attribute__((section("license"), used)) = "GPL";
