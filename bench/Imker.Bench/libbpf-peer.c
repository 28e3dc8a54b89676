// What libbpf, and the bare system call, need for the same: 'ring FILE' fills the ring of bench-ring.bpf.o and drains it, 'lookup' looks up
// keys of a hash map. Each prints nanoseconds a record or lookup.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static unsigned long long sum, count;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static int take(void *context, void *data, size_t size)
{
    sum += *(unsigned long long *)data;
    count++;
    return 0;
}

static int drain(const char *file)
{
    struct bpf_object *object = bpf_object__open(file);
    if (!object || bpf_object__load(object))
        return 1;
    int program = bpf_program__fd(bpf_object__find_program_by_name(object, "fill"));
    struct ring_buffer *ring = ring_buffer__new(bpf_object__find_map_fd_by_name(object, "ring"), take, 0, 0);
    double best = 1e18;
    for (int round = 0; round < 5; round++) {
        LIBBPF_OPTS(bpf_test_run_opts, options);
        bpf_prog_test_run_opts(program, &options);
        count = 0;
        double start = now();
        ring_buffer__consume(ring);
        double each = (now() - start) / count;
        if (each < best)
            best = each;
    }
    printf("%.2f\n", best);
    return 0;
}

static int look_up(void)
{
    int map = bpf_map_create(BPF_MAP_TYPE_HASH, "bench", 4, 8, 1024, 0);
    for (unsigned key = 0; key < 1024; key++) {
        unsigned long long value = key;
        bpf_map_update_elem(map, &key, &value, 0);
    }
    double best = 1e18;
    for (int round = 0; round < 5; round++) {
        unsigned long long value;
        double start = now();
        for (unsigned i = 0; i < 1000000; i++) {
            unsigned key = i & 1023;
            union bpf_attr attributes;
            memset(&attributes, 0, 32);
            attributes.map_fd = map;
            attributes.key = (unsigned long)&key;
            attributes.value = (unsigned long)&value;
            syscall(__NR_bpf, BPF_MAP_LOOKUP_ELEM, &attributes, 32);
            sum += value;
        }
        double each = (now() - start) / 1000000;
        if (each < best)
            best = each;
    }
    printf("%.1f\n", best);
    return 0;
}

int main(int argc, char **argv)
{
    return argc == 3 ? drain(argv[2]) : look_up();
}
