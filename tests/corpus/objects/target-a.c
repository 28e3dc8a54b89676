// Types to adapt to: the same names as in core-*.bpf.c, laid out in another way.
typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef short __s16;
typedef int __s32;

struct point {
    long before;
    int y, x;
};

struct everything {
    long pad[3];
    union {
        struct {
            int in_anonymous;
            struct {
                union {
                    __u32 whole;
                    __u16 half;
                };
            };
        };
        long other;
    };
    const char *name;
    int first;
    struct point corner;
    struct point points[6];
    volatile __u64 moved;
    __s16 number;
    __u8 bytes[2];
    int flexible[];
};

struct bits {
    __u64 pad;
    __u16 plain;
    __u32 c : 18;
    __u64 d : 40;
    __u32 head;
    __s32 a : 7;
    __u32 b : 9;
    __u32 filler : 13;
    __u8 e : 3, f : 5;
};

struct same {
    int a;
    struct same *next;
};

struct bigger {
    int a;
    long b[4];
};

union either {
    int a;
    char b[8];
};

typedef struct {
    int a, b;
} named;

typedef int (*function)(struct same *, int);
typedef int *pointer;
typedef char letters[9];

enum choice { ZERO = 5, TWO, ONE };

struct matching {
    enum choice choice;
    int a;
    struct same *behind;
    long more;
};

struct differing {
    int a;
    int b;
};

enum kind { KIND_C = 100, KIND_A = 50, KIND_B = 60 };
enum wide { WIDE_B = 3, WIDE_A = 0x300000000 };
enum negative { MINUS = -70000, PLUS = 6 };

struct thing {
    long pad;
    int old_name;
    int id;
};

struct widths {
    __u64 to_wider;
    __u16 to_narrower;
    __u32 byte;
    char *pointer;
    long is_signed;
};

struct everything *a;
struct bits *b;
struct same *c;
struct bigger *d;
union either *e;
named *f;
function g;
pointer h;
letters *i;
struct matching *j;
struct differing *k;
enum kind l;
enum wide m;
enum negative n;
struct thing *o;
struct widths *p;
unsigned long q;
