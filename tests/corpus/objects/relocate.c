// Prints the instructions that libbpf makes of each program of an object when it adapts them to the types of a file:
// relocate OBJECT TYPES. "build" makes tests' expectations with it.
#include <bpf/libbpf.h>
#include <stdio.h>

static int print(struct bpf_program *prog, struct bpf_prog_load_opts *opts, long cookie)
{
    const unsigned char *bytes = (const void *)bpf_program__insns(prog);
    size_t count = bpf_program__insn_cnt(prog);
    printf("%s\n", bpf_program__name(prog));
    for (size_t i = 0; i < count; i++, bytes += 8) {
        for (int j = 0; j < 8; j++)
            printf("%02x", bytes[j]);
        printf("\n");
    }
    return 0;
}

static int quiet(enum libbpf_print_level level, const char *format, va_list arguments)
{
    return 0;
}

int main(int argc, char **argv)
{
    LIBBPF_OPTS(libbpf_prog_handler_opts, handler, .prog_prepare_load_fn = print);
    LIBBPF_OPTS(bpf_object_open_opts, options, .btf_custom_path = argv[2]);
    struct bpf_object *object;
    struct bpf_program *prog, *only;

    libbpf_set_print(quiet);
    libbpf_register_prog_handler("socket", BPF_PROG_TYPE_SOCKET_FILTER, 0, &handler);
    object = bpf_object__open_file(argv[1], &options);
    if (!object)
        return 1;
    int programs = 0;
    bpf_object__for_each_program(prog, object) programs++;
    bpf_object__close(object);
    // What a program reaches may be refused by the kernel: each is loaded alone.
    for (int i = 0; i < programs; i++) {
        int at = 0;
        object = bpf_object__open_file(argv[1], &options);
        bpf_object__for_each_program(only, object) bpf_program__set_autoload(only, at++ == i);
        if (bpf_object__load(object) == -22)
            fprintf(stderr, "refused\n");
        bpf_object__close(object);
    }
    return 0;
}
