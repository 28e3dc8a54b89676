/* clang-19 -target bpf -O2 -g -c small-posts.bpf.c -o small-posts.bpf.o */
#include "request.h"

FILTER int small_posts(struct request *request)
{
	return request->method == METHOD('P', 'O', 'S', 'T') && request->content_length > 1000 ? 413 : 0;
}

char _license[] __attribute__((section("license"), used)) = "GPL";
