#include "hooks.h"

struct {
    __uint(type, 24); // BPF_MAP_TYPE_SK_STORAGE
    __uint(map_flags, 1);
    __type(key, int);
    __type(value, __u64);
} sent SEC(".maps");

struct skb_of_socket {
    __u32 len, pkt_type, mark, queue_mapping, protocol, vlan_present, vlan_tci, vlan_proto, priority, ingress_ifindex, ifindex, tc_index, cb[5], hash,
        tc_classid, data, data_end, napi_id, family, remote_ip4, local_ip4, remote_ip6[4], local_ip6[4], remote_port, local_port, data_meta;
    __u64 flow_keys, tstamp;
    __u32 wire_len, gso_segs;
    struct bpf_sock *sk;
};

SEC("cgroup_skb/egress")
int count(struct skb_of_socket *skb)
{
    struct bpf_sock *socket = skb->sk;
    if (!socket)
        return 1;
    socket = bpf_sk_fullsock(socket);
    if (!socket)
        return 1;
    __u64 *packets = bpf_sk_storage_get(&sent, socket, 0, 1);
    if (packets)
        __sync_fetch_and_add(packets, 1);
    HIT();
    return 1;
}
