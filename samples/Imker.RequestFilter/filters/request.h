/* The context of the hook "requests". What a filter returns from 400 to 599 is the answer's status; anything else lets the request pass. */
struct request {
	unsigned int method, path_length;
	unsigned long long content_length;
	char path[64];
};

#define FILTER __attribute__((section("syscall"), used))
#define METHOD(a, b, c, d) ((unsigned int)(a) | (b) << 8 | (c) << 16 | (unsigned int)(d) << 24)
