/*
 * The ten programs that bench/run measures the machine's engines with. Each returns a number that depends on all it did.
 * They work on global data, so that the kernel's BPF_PROG_TEST_RUN and the machine run the same instructions.
 *
 *   clang -O2 -g -target bpf -mcpu=v3 -c programs.bpf.c -o programs.bpf.o
 */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

#define SEC(name) __attribute__((section(name), used))
#define KEEP_LOOP _Pragma("nounroll")
#define NOINLINE __attribute__((noinline))
#define TYPE(name, value) int (*name)[value]

static void *(*const bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;

static long (*const bpf_map_update_elem)(void *map, const void *key, const void *value, u64 flags) = (void *)2;

char _license[] SEC("license") = "GPL";

struct {
	TYPE(type, 2);
	TYPE(max_entries, 64);
	u32 *key;
	u64 *value;
} table SEC(".maps");

struct {
	TYPE(type, 1);
	TYPE(max_entries, 256);
	u64 *key;
	u64 *value;
} flows SEC(".maps");

u64 words[256];
u64 copied[256];
u8 text[256];
u8 other[256];
u8 packet[1536];
u8 marks[1024];
u32 histogram[64];
u32 sequence;

/* Fills the data and the maps; run once before the others. */
SEC("socket") int prepare(void *context)
{
	static const u8 headers[54] = {
		2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0,
		0x45, 0, 1, 0, 0, 0, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1, 192, 168, 0, 7,
		0xc0, 0x11, 1, 0xbb, 0, 0, 0, 1, 0, 0, 0, 2, 0x50, 0x10,
	};
	u64 random = 88172645463325252ull;
	for (u32 i = 0; i < 256; i++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		words[i] = random >> (random & 63);
		text[i] = other[i] = i == 255 ? 0 : 'a' + i % 26;
	}
	for (u32 i = 0; i < sizeof(packet); i++)
		packet[i] = i < sizeof(headers) ? headers[i] : i;
	for (u32 i = 0; i < 64; i++) {
		u32 index = i;
		u64 key = (u64)i * 0x9e3779b97f4a7c15ull, value = i * 3 + 1;
		bpf_map_update_elem(&table, &index, &value, 0);
		bpf_map_update_elem(&flows, &key, &value, 0);
	}
	return 0;
}

/* Arithmetic: a generator of numbers, with division. */
SEC("socket") int alu(void *context)
{
	u64 a = sequence + 1, b = 0;
	for (int i = 0; i < 600; i++) {
		a ^= a << 13;
		a ^= a >> 7;
		a ^= a << 17;
		b += a % 1000;
		b = b * 31 + (a >> 33);
		b ^= a / ((b & 0xff) + 1);
	}
	return (int)(a ^ b);
}

/* The sieve of Eratosthenes. */
SEC("socket") int sieve(void *context)
{
	u32 count = 0;
	KEEP_LOOP for (u32 i = 0; i < 1024; i++)
		marks[i] = 0;
	KEEP_LOOP for (u32 i = 2; i < 32; i++) {
		if (marks[i])
			continue;
		for (u32 j = i * i; j < 1024; j += i)
			marks[j & 1023] = 1;
	}
	KEEP_LOOP for (u32 i = 2; i < 1024; i++)
		count += !marks[i];
	return count;
}

/* A copy of 2,048 bytes, eight at a time. */
SEC("socket") int copy(void *context)
{
	volatile u64 *from = words;
	KEEP_LOOP for (u32 i = 0; i < 256; i++)
		copied[i] = from[i];
	return (int)copied[255];
}

/* FNV-1a of 256 bytes. */
SEC("socket") int fnv(void *context)
{
	u64 hash = 0xcbf29ce484222325ull;
	KEEP_LOOP for (u32 i = 0; i < 256; i++)
		hash = (hash ^ text[i]) * 0x100000001b3ull;
	return (int)(hash ^ hash >> 32);
}

/* A packet's headers parsed and matched against a rule. */
SEC("socket") int flow(void *context)
{
	u8 *p = packet;
	u32 length = 14;
	u16 type = p[12] << 8 | p[13];
	if (type == 0x8100) {
		type = p[16] << 8 | p[17];
		length += 4;
	}
	if (type != 0x0800)
		return 0;
	u8 *ip = p + length;
	u32 header = (ip[0] & 15) * 4;
	if (ip[0] >> 4 != 4 || header < 20 || ip[9] != 6)
		return 0;
	if ((ip[6] << 8 | ip[7]) & 0x1fff)
		return 0;
	u32 from = ip[12] << 24 | ip[13] << 16 | ip[14] << 8 | ip[15];
	u32 to = ip[16] << 24 | ip[17] << 16 | ip[18] << 8 | ip[19];
	u8 *tcp = ip + header;
	u16 source = tcp[0] << 8 | tcp[1], destination = tcp[2] << 8 | tcp[3];
	if ((from >> 24) != 10 && (to >> 24) != 10)
		return 0;
	if (source != 443 && destination != 443)
		return 0;
	return (tcp[13] & 0x12) == 0x10 ? from ^ to ^ source : 1;
}

static NOINLINE u32 log2_of(u64 value)
{
	u32 result = 0;
	if (value >> 32) { value >>= 32; result += 32; }
	if (value >> 16) { value >>= 16; result += 16; }
	if (value >> 8) { value >>= 8; result += 8; }
	if (value >> 4) { value >>= 4; result += 4; }
	if (value >> 2) { value >>= 2; result += 2; }
	return result + (value >> 1 & 1);
}

/* A histogram by powers of two, the logarithm in a function of its own. */
SEC("socket") int hist(void *context)
{
	KEEP_LOOP for (u32 i = 0; i < 64; i++)
		histogram[log2_of(words[i]) & 63]++;
	return histogram[63] != 0;
}

/* Two strings compared, which differ in their last bytes. */
SEC("socket") int str(void *context)
{
	u32 i;
	KEEP_LOOP for (i = 0; i < 255; i++) {
		if (text[i] != other[i])
			break;
		if (!text[i])
			break;
	}
	return text[i] - other[i] + (i << 8);
}

/* The Internet checksum of 1,500 bytes. */
SEC("socket") int csum(void *context)
{
	u64 sum = 0;
	u16 *half = (u16 *)packet;
	KEEP_LOOP for (u32 i = 0; i < 750; i++)
		sum += half[i];
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return (u16)~sum;
}

/* Lookups in an array and in a hash. */
SEC("socket") int maps(void *context)
{
	u64 sum = 0;
	KEEP_LOOP for (u32 i = 0; i < 32; i++) {
		u32 index = i * 2;
		u64 key = (u64)i * 0x9e3779b97f4a7c15ull;
		u64 *value = bpf_map_lookup_elem(&table, &index);
		if (value)
			sum += *value;
		value = bpf_map_lookup_elem(&flows, &key);
		if (value)
			sum += *value;
	}
	return (int)sum;
}

static NOINLINE u64 third(u64 a, u64 b) { return (a ^ b >> 3) + words[a & 255]; }
static NOINLINE u64 second(u64 a, u64 b) { return third(a + 1, b) * 3 + third(b, a); }
static NOINLINE u64 first(u64 a, u64 b) { return second(a, b) ^ second(b + 7, a); }

/* Functions three deep: 112 calls. */
SEC("socket") int calls(void *context)
{
	u64 sum = sequence;
	for (u32 i = 0; i < 16; i++)
		sum += first(sum, i);
	return (int)(sum ^ sum >> 32);
}
