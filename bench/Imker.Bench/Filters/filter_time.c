/*
 * What libpcap's interpreter takes for a packet: filter_time PACKETS ROUNDS FILTER...
 * PACKETS is a file of packets, each after its length in four bytes. Prints a line for each filter: nanoseconds, and the packets that pass.
 */
#include <pcap/pcap.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_PACKETS 65536

static struct pcap_pkthdr headers[MAX_PACKETS];
static const u_char *packets[MAX_PACKETS];

static int read_packets(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint32_t length;
    int count = 0;

    if (!file)
        return -1;
    while (count < MAX_PACKETS && fread(&length, sizeof length, 1, file) == 1) {
        u_char *bytes = malloc(length);
        if (!bytes || fread(bytes, 1, length, file) != length)
            return -1;
        packets[count] = bytes;
        headers[count].caplen = headers[count].len = length;
        count++;
    }
    fclose(file);
    return count;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

int main(int argc, char **argv)
{
    int count = argc > 3 ? read_packets(argv[1]) : -1;
    int rounds = argc > 3 ? atoi(argv[2]) : 0;
    pcap_t *handle = pcap_open_dead(DLT_EN10MB, 262144);

    if (count <= 0 || rounds <= 0 || !handle) {
        fprintf(stderr, "usage: filter_time PACKETS ROUNDS FILTER...\n");
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        struct bpf_program program;
        double best = 1e30;
        long passed = 0;

        if (pcap_compile(handle, &program, argv[i], 1, 0) != 0) {
            fprintf(stderr, "filter_time: '%s': %s\n", argv[i], pcap_geterr(handle));
            return 1;
        }
        for (int round = 0; round < rounds; round++) {
            double start = now();
            passed = 0;
            for (int packet = 0; packet < count; packet++)
                passed += pcap_offline_filter(&program, &headers[packet], packets[packet]) != 0;
            double taken = now() - start;
            if (taken < best)
                best = taken;
        }
        printf("%.3f %ld\n", best / count, passed);
        pcap_freecode(&program);
    }
    return 0;
}
