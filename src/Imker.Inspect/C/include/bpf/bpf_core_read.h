// Reads of the kernel's structs that fit the kernel they run on (CO-RE), and questions about its types.
#pragma once

#include "bpf_helpers.h"

// What a field's relocation asks for (enum bpf_core_relo_kind).
enum ___field_question { ___FIELD_BYTE_OFFSET, ___FIELD_BYTE_SIZE, ___FIELD_EXISTS, ___FIELD_SIGNED, ___FIELD_LSHIFT_U64, ___FIELD_RSHIFT_U64 };
enum ___type_id_question { ___TYPE_ID_LOCAL, ___TYPE_ID_TARGET };
enum ___type_question { ___TYPE_EXISTS, ___TYPE_SIZE, ___TYPE_MATCHES };
enum ___enum_question { ___ENUM_VALUE_EXISTS, ___ENUM_VALUE };

// A field is named as an expression (task->pid) or as type and member (struct task_struct, pid).
#define ___field_of1(field) field
#define ___field_of2(type, field) ((typeof(type) *)0)->field
#define ___field_of(...) ___concatenated(___field_of, ___count_of(__VA_ARGS__))(__VA_ARGS__)

#define bpf_core_field_exists(...) __builtin_preserve_field_info(___field_of(__VA_ARGS__), ___FIELD_EXISTS)
#define bpf_core_field_size(...) __builtin_preserve_field_info(___field_of(__VA_ARGS__), ___FIELD_BYTE_SIZE)
#define bpf_core_field_offset(...) __builtin_preserve_field_info(___field_of(__VA_ARGS__), ___FIELD_BYTE_OFFSET)

#define bpf_core_type_id_local(type) __builtin_btf_type_id(*(typeof(type) *)0, ___TYPE_ID_LOCAL)
#define bpf_core_type_id_kernel(type) __builtin_btf_type_id(*(typeof(type) *)0, ___TYPE_ID_TARGET)
#define bpf_core_type_exists(type) __builtin_preserve_type_info(*(typeof(type) *)0, ___TYPE_EXISTS)
#define bpf_core_type_matches(type) __builtin_preserve_type_info(*(typeof(type) *)0, ___TYPE_MATCHES)
#define bpf_core_type_size(type) __builtin_preserve_type_info(*(typeof(type) *)0, ___TYPE_SIZE)
#define bpf_core_enum_value_exists(type, value) __builtin_preserve_enum_value(*(typeof(type) *)value, ___ENUM_VALUE_EXISTS)
#define bpf_core_enum_value(type, value) __builtin_preserve_enum_value(*(typeof(type) *)value, ___ENUM_VALUE)

// A pointer to another flavour of a type (struct x___old) of the same place.
#define bpf_core_cast(pointer, type) ((typeof(type) *)bpf_rdonly_cast((pointer), bpf_core_type_id_kernel(type)))
extern void *bpf_rdonly_cast(const void *pointer, __u32 type_id) __ksym __weak;

#define bpf_core_read(out, size, from) bpf_probe_read_kernel(out, size, (const void *)__builtin_preserve_access_index(from))
#define bpf_core_read_user(out, size, from) bpf_probe_read_user(out, size, (const void *)__builtin_preserve_access_index(from))
#define bpf_core_read_str(out, size, from) bpf_probe_read_kernel_str(out, size, (const void *)__builtin_preserve_access_index(from))
#define bpf_core_read_user_str(out, size, from) bpf_probe_read_user_str(out, size, (const void *)__builtin_preserve_access_index(from))

// A bit-field, by loads of the program itself (where it may) or by a copy.
#define BPF_CORE_READ_BITFIELD(struct_pointer, field) ___bitfield(struct_pointer, field, ___load)
#define BPF_CORE_READ_BITFIELD_PROBED(struct_pointer, field) ___bitfield(struct_pointer, field, ___copy)
#define ___bitfield(s, field, get) ({ \
    const void *___place = (const void *)(s) + __builtin_preserve_field_info((s)->field, ___FIELD_BYTE_OFFSET); \
    __u64 ___bits = 0; \
    get(___bits, ___place, __builtin_preserve_field_info((s)->field, ___FIELD_BYTE_SIZE)) \
    ___bits <<= __builtin_preserve_field_info((s)->field, ___FIELD_LSHIFT_U64); \
    if (__builtin_preserve_field_info((s)->field, ___FIELD_SIGNED)) \
        ___bits = (__u64)((__s64)___bits >> __builtin_preserve_field_info((s)->field, ___FIELD_RSHIFT_U64)); \
    else \
        ___bits >>= __builtin_preserve_field_info((s)->field, ___FIELD_RSHIFT_U64); \
    ___bits; })
#define ___load(bits, place, size) \
    switch (size) { \
    case 1: bits = *(const volatile __u8 *)place; break; \
    case 2: bits = *(const volatile __u16 *)place; break; \
    case 4: bits = *(const volatile __u32 *)place; break; \
    case 8: bits = *(const volatile __u64 *)place; break; \
    }
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ___copy(bits, place, size) bpf_probe_read_kernel(&bits, size, place);
#else
#define ___copy(bits, place, size) bpf_probe_read_kernel((void *)&bits + 8 - (size), size, place);
#endif

// BPF_CORE_READ(task, mm, exe_file, f_inode, i_ino) is task->mm->exe_file->f_inode->i_ino, each arrow a read of the kernel's memory.
// The type of what an accessor chain leads to, and the reads: the first from the pointer itself, the next from what the last one gave.
#define ___arrow1(a) a
#define ___arrow2(a1, a2) a1->a2
#define ___arrow3(a1, a2, a3) a1->a2->a3
#define ___arrow4(a1, a2, a3, a4) a1->a2->a3->a4
#define ___arrow5(a1, a2, a3, a4, a5) a1->a2->a3->a4->a5
#define ___arrow6(a1, a2, a3, a4, a5, a6) a1->a2->a3->a4->a5->a6
#define ___arrow7(a1, a2, a3, a4, a5, a6, a7) a1->a2->a3->a4->a5->a6->a7
#define ___arrow8(a1, a2, a3, a4, a5, a6, a7, a8) a1->a2->a3->a4->a5->a6->a7->a8
#define ___arrow9(a1, a2, a3, a4, a5, a6, a7, a8, a9) a1->a2->a3->a4->a5->a6->a7->a8->a9
#define ___arrow10(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10) a1->a2->a3->a4->a5->a6->a7->a8->a9->a10
#define ___arrow(...) ___concatenated(___arrow, ___count_of(__VA_ARGS__))(__VA_ARGS__)

// Follows the pointers up to the last one, which stays in ___at.
#define ___follow2(copy, s, a)
#define ___follow3(copy, s, a1, a2) copy(&___at, sizeof(___at), __builtin_preserve_access_index(&(s)->a1));
#define ___follow4(copy, s, a1, a2, a3) copy(&___at, sizeof(___at), __builtin_preserve_access_index(&(s)->a1)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1)))___at)->a2));
#define ___follow5(copy, s, a1, a2, a3, a4) copy(&___at, sizeof(___at), __builtin_preserve_access_index(&(s)->a1)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1)))___at)->a2)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2)))___at)->a3));
#define ___follow6(copy, s, a1, a2, a3, a4, a5) copy(&___at, sizeof(___at), __builtin_preserve_access_index(&(s)->a1)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1)))___at)->a2)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2)))___at)->a3)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3)))___at)->a4));
#define ___follow7(copy, s, a1, a2, a3, a4, a5, a6) copy(&___at, sizeof(___at), __builtin_preserve_access_index(&(s)->a1)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1)))___at)->a2)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2)))___at)->a3)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3)))___at)->a4)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3, a4)))___at)->a5));
#define ___follow8(copy, s, a1, a2, a3, a4, a5, a6, a7) copy(&___at, sizeof(___at), __builtin_preserve_access_index(&(s)->a1)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1)))___at)->a2)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2)))___at)->a3)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3)))___at)->a4)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3, a4)))___at)->a5)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3, a4, a5)))___at)->a6));
#define ___follow9(copy, s, a1, a2, a3, a4, a5, a6, a7, a8) copy(&___at, sizeof(___at), __builtin_preserve_access_index(&(s)->a1)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1)))___at)->a2)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2)))___at)->a3)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3)))___at)->a4)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3, a4)))___at)->a5)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3, a4, a5)))___at)->a6)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3, a4, a5, a6)))___at)->a7));
#define ___follow10(copy, s, a1, a2, a3, a4, a5, a6, a7, a8, a9) copy(&___at, sizeof(___at), __builtin_preserve_access_index(&(s)->a1)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1)))___at)->a2)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2)))___at)->a3)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3)))___at)->a4)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3, a4)))___at)->a5)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3, a4, a5)))___at)->a6)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3, a4, a5, a6)))___at)->a7)); copy(&___at, sizeof(___at), __builtin_preserve_access_index(&((typeof(___arrow(s, a1, a2, a3, a4, a5, a6, a7)))___at)->a8));

#define ___last2(s, a) (s), a
#define ___last3(s, a1, a2) ((typeof(___arrow(s, a1)))___at), a2
#define ___last4(s, a1, a2, a3) ((typeof(___arrow(s, a1, a2)))___at), a3
#define ___last5(s, a1, a2, a3, a4) ((typeof(___arrow(s, a1, a2, a3)))___at), a4
#define ___last6(s, a1, a2, a3, a4, a5) ((typeof(___arrow(s, a1, a2, a3, a4)))___at), a5
#define ___last7(s, a1, a2, a3, a4, a5, a6) ((typeof(___arrow(s, a1, a2, a3, a4, a5)))___at), a6
#define ___last8(s, a1, a2, a3, a4, a5, a6, a7) ((typeof(___arrow(s, a1, a2, a3, a4, a5, a6)))___at), a7
#define ___last9(s, a1, a2, a3, a4, a5, a6, a7, a8) ((typeof(___arrow(s, a1, a2, a3, a4, a5, a6, a7)))___at), a8
#define ___last10(s, a1, a2, a3, a4, a5, a6, a7, a8, a9) ((typeof(___arrow(s, a1, a2, a3, a4, a5, a6, a7, a8)))___at), a9
#define ___final(copy, out, size, pointer_and_field) ___final_of(copy, out, size, pointer_and_field)
#define ___final_of(copy, out, size, pointer, field) copy(out, size, __builtin_preserve_access_index(&(pointer)->field))

#define ___read_into(step, copy, out, size, s, ...) ({ \
    const void *___at __attribute__((unused)) = 0; \
    ___concatenated(___follow, ___count_of(s, ##__VA_ARGS__))(step, s, ##__VA_ARGS__) \
    ___final(copy, out, size, ___concatenated(___last, ___count_of(s, ##__VA_ARGS__))(s, ##__VA_ARGS__)); })
#define ___read_value(step, s, ...) ({ \
    typeof(___arrow(s, ##__VA_ARGS__)) ___value; \
    ___read_into(step, step, &___value, sizeof(___value), s, ##__VA_ARGS__); \
    ___value; })

#define BPF_CORE_READ_INTO(out, s, ...) ___read_into(bpf_probe_read_kernel, bpf_probe_read_kernel, out, sizeof(*(out)), s, ##__VA_ARGS__)
#define BPF_CORE_READ_USER_INTO(out, s, ...) ___read_into(bpf_probe_read_user, bpf_probe_read_user, out, sizeof(*(out)), s, ##__VA_ARGS__)
#define BPF_CORE_READ_STR_INTO(out, s, ...) ___read_into(bpf_probe_read_kernel, bpf_probe_read_kernel_str, out, sizeof(*(out)), s, ##__VA_ARGS__)
#define BPF_CORE_READ_USER_STR_INTO(out, s, ...) ___read_into(bpf_probe_read_user, bpf_probe_read_user_str, out, sizeof(*(out)), s, ##__VA_ARGS__)
#define BPF_CORE_READ(s, ...) ___read_value(bpf_probe_read_kernel, s, ##__VA_ARGS__)
#define BPF_CORE_READ_USER(s, ...) ___read_value(bpf_probe_read_user, s, ##__VA_ARGS__)
