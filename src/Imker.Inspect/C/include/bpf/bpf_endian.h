// Numbers in the byte order of the network and of files.
#pragma once

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ___swap16(x) ((__u16)__builtin_bswap16(x))
#define ___swap32(x) ((__u32)__builtin_bswap32(x))
#define ___swap64(x) ((__u64)__builtin_bswap64(x))
#define ___keep16(x) (x)
#define ___keep32(x) (x)
#define ___keep64(x) (x)
#else
#define ___swap16(x) (x)
#define ___swap32(x) (x)
#define ___swap64(x) (x)
#define ___keep16(x) ((__u16)__builtin_bswap16(x))
#define ___keep32(x) ((__u32)__builtin_bswap32(x))
#define ___keep64(x) ((__u64)__builtin_bswap64(x))
#endif

#define bpf_htons(x) ___swap16(x)
#define bpf_ntohs(x) ___swap16(x)
#define bpf_htonl(x) ___swap32(x)
#define bpf_ntohl(x) ___swap32(x)
#define bpf_cpu_to_be64(x) ___swap64(x)
#define bpf_be64_to_cpu(x) ___swap64(x)
#define bpf_cpu_to_le16(x) ___keep16(x)
#define bpf_cpu_to_le32(x) ___keep32(x)
#define bpf_cpu_to_le64(x) ___keep64(x)
#define bpf_le16_to_cpu(x) ___keep16(x)
#define bpf_le32_to_cpu(x) ___keep32(x)
#define bpf_le64_to_cpu(x) ___keep64(x)
