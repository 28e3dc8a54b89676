/* Sums the bytes of memory: R1 holds its address, R2 its length. clang -target bpf -O2 -g -c count-bytes.bpf.c -o count-bytes.bpf.o */
__attribute__((section("syscall"), used))
int count_bytes(const unsigned char *memory, unsigned long long length)
{
	int sum = 0;
	for (unsigned long long i = 0; i < length; i++)
		sum += memory[i];
	return sum;
}

char _license[] __attribute__((section("license"), used)) = "GPL";
