// Half of what core-*.bpf.c ask for, under flavours, and types that are something else than expected.
typedef unsigned int __u32;
typedef unsigned long long __u64;

struct everything___flavour {
    int first;
    int gone;
    __u64 moved;
    struct {
        int *x;
        int y;
    } corner;
};

struct thing {
    int new_name;
    int id;
};

struct same;
enum kind { KIND_GONE = 77 };

struct everything___flavour *a;
struct thing *b;
struct same *c;
enum kind d;
unsigned long e;
