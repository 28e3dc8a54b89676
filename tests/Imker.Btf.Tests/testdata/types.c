/* Types of every kind that clang writes for eBPF; what the tests expect of them stands beside this file. */

#define tag(name) __attribute__((btf_decl_tag(name)))
#define user __attribute__((btf_type_tag("user")))
#define preserve __attribute__((preserve_access_index))

typedef unsigned int u32;
typedef unsigned long long u64;

enum color { RED, GREEN = 7, BLUE = 4294967295u };
enum signed_color { INFRARED = -1, VIOLET = 3 };
enum wide { NARROW = 1, WIDE = 0x100000000ull };
enum wide_signed { BELOW = -0x100000000ll, ABOVE = 1 };

struct opaque;
union opaque_union;
struct list {
	struct list *next;
	struct list **previous;
};

union number {
	u32 whole;
	float real;
	unsigned char bytes[4];
};

struct flags {
	u32 low : 3;
	u32 : 2;
	int middle : 11;
	u64 high : 33;
};

struct packet {
	struct list links;
	const volatile char *restrict name;
	struct {
		u32 source;
		union {
			u32 target;
			struct {
				short port;
				struct flags flags[2];
			};
		};
	};
	union number table[3][5];
	int (*handler)(struct packet *self, const char *format, ...);
	int (*(*chooser)(int))(void);
	int (*array_of_handlers[4])(struct packet *, enum color);
	int (*pointer_to_array)[6];
	struct opaque *hidden;
	union opaque_union *hidden_union;
	char user *from_user;
	enum wide width;
	enum wide_signed signed_width;
	enum signed_color shade;
	_Bool yes;
	double precise;
	u64 trailing[];
} preserve tag("whole_struct");

struct tagged {
	int plain;
	int marked tag("one_member");
} preserve;

struct empty {};

struct packed {
	char first;
	u64 second;
} __attribute__((packed));

struct packet packet_one;
static volatile int counter;
const char release_name[] __attribute__((section("release"))) = "1.0";
extern int configured __attribute__((section(".kconfig")));

__attribute__((noinline)) int add(int left, struct packed *right)
{
	return left + right->first + (int)right->second;
}

static __attribute__((noinline)) int hidden_add(struct empty *nothing, struct tagged *other tag("a_parameter"))
{
	counter += other->marked;
	return nothing ? counter : configured;
}

__attribute__((section("uprobe/one"))) int first_program(struct packet *packet)
{
	struct packed packed = {1, 2};
	int sum = add(packet->port, &packed);
	return sum + packet->flags[1].high + __builtin_preserve_field_info(packet->flags[1].middle, 2);
}

__attribute__((section("uprobe/two"))) int second_program(struct tagged *tagged)
{
	return hidden_add(0, tagged) + packet_one.table[2][3].whole + __builtin_preserve_type_info(*(struct packet *)0, 0)
		+ __builtin_preserve_enum_value(*(enum color *)GREEN, 1);
}
