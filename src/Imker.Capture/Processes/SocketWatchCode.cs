using System.Globalization;

namespace Imker.Capture;

/// <summary>
/// The programs of a <see cref="SocketWatch"/>, as the assembler reads them. All of them let everything pass (1). The offsets at the
/// context are those of <c>struct bpf_sock</c> and <c>struct __sk_buff</c> (linux/bpf.h).
/// </summary>
internal static class SocketWatchCode
{
    private const string OnlyTcpAndUdp = """
          r6 = r1
          w1 = *(u32 *)(r6 + 12)
          if w1 == 6 goto wanted
          if w1 != 17 goto out
        """;

    // At -8 the cookie, from -64 on a SocketRecord.
    private const string DescribeSocket = """
          r1 = r6
          call bpf_get_socket_cookie#46
          *(u64 *)(r10 - 8) = r0
          call bpf_get_current_pid_tgid#14
          *(u32 *)(r10 - 60) = r0
          r0 >>= 32
          *(u32 *)(r10 - 64) = r0
          call bpf_get_current_cgroup_id#80
          *(u64 *)(r10 - 56) = r0
          r1 = r6
          call bpf_get_netns_cookie#122
          *(u64 *)(r10 - 48) = r0
          r1 = r10
          r1 += -40
          r2 = 16
          call bpf_get_current_comm#16
          r1 = 0
          *(u64 *)(r10 - 24) = r1
          *(u64 *)(r10 - 16) = r1
          r1 = map[sockets]
          r2 = r10
          r2 += -8
          r3 = r10
          r3 += -64
        """;

    private const string FindSocket = """
          r6 = r1
          call bpf_get_socket_cookie#46
          *(u64 *)(r10 - 8) = r0
          r1 = map[sockets]
          r2 = r10
          r2 += -8
          call bpf_map_lookup_elem#1
          if r0 == 0 goto out
          r7 = r0
        """;

    private const string Pass = """
        out:
          r0 = 1
          exit
        """;

    /// <summary>A socket is made: who makes it.</summary>
    internal static readonly string Create = Join(OnlyTcpAndUdp, "wanted:", DescribeSocket, "r4 = 0\ncall bpf_map_update_elem#2", Pass);

    /// <summary>A socket has a port now, asked for or chosen. It may be older than the watch; then who binds it counts as who made it.</summary>
    internal static readonly string Bound = Join(OnlyTcpAndUdp, "wanted:", DescribeSocket, """
          r4 = 1
          call bpf_map_update_elem#2
          r1 = *(u64 *)(r10 - 48)
          *(u64 *)(r10 - 80) = r1
          w1 = *(u32 *)(r6 + 44)
          *(u32 *)(r10 - 72) = r1
          w1 = *(u32 *)(r6 + 12)
          *(u32 *)(r10 - 68) = r1
          r1 = map[ports]
          r2 = r10
          r2 += -80
          r3 = r10
          r3 += -8
          r4 = 0
          call bpf_map_update_elem#2
        """, Pass);

    /// <summary>A socket is closed: when.</summary>
    internal static readonly string Release = Join(FindSocket, Format($"""
          call bpf_ktime_get_boot_ns#125
          *(u64 *)(r7 + {SocketRecord.ReleasedOffset}) = r0
        """), Pass);

    /// <summary>
    /// A packet leaves, before anybody captures it: what ends it has. The bytes begin with the IP header. From -56 on a key as
    /// <see cref="SocketWatchKey.WriteFlow"/> makes it, from -96 on the header.
    /// </summary>
    internal static readonly string Egress = Join(FindSocket, Format($"""
          r1 = 0
          *(u64 *)(r10 - 56) = r1
          *(u64 *)(r10 - 48) = r1
          *(u64 *)(r10 - 40) = r1
          *(u64 *)(r10 - 32) = r1
          *(u64 *)(r10 - 24) = r1
          *(u64 *)(r10 - 16) = r1
          w1 = *(u32 *)(r6 + 16)
          r1 = be16 r1
          if w1 == 0x800 goto version4
          if w1 != 0x86dd goto out
          r1 = r6
          r2 = 0
          r3 = r10
          r3 += -96
          r4 = 40
          call bpf_skb_load_bytes#26
          if r0 != 0 goto out
          r1 = *(u64 *)(r10 - 88)
          *(u64 *)(r10 - 48) = r1
          r2 = *(u64 *)(r10 - 80)
          *(u64 *)(r10 - 40) = r2
          r3 = *(u64 *)(r10 - 72)
          *(u64 *)(r10 - 32) = r3
          r3 = *(u64 *)(r10 - 64)
          *(u64 *)(r10 - 24) = r3
          r8 = *(u8 *)(r10 - 90)
          r9 = 40
          *(u8 *)(r10 - 11) = 6
          if r1 != 0 goto transport
          r2 = be64 r2
          if r2 != 1 goto transport
          goto loopback
        version4:
          r1 = r6
          r2 = 0
          r3 = r10
          r3 += -96
          r4 = 20
          call bpf_skb_load_bytes#26
          if r0 != 0 goto out
          w1 = *(u32 *)(r10 - 84)
          *(u32 *)(r10 - 48) = r1
          w1 = *(u32 *)(r10 - 80)
          *(u32 *)(r10 - 32) = r1
          r8 = *(u8 *)(r10 - 87)
          r9 = *(u8 *)(r10 - 96)
          r9 &= 15
          r9 <<= 2
          *(u8 *)(r10 - 11) = 4
          r1 = *(u8 *)(r10 - 84)
          if r1 != 127 goto transport
        loopback:
          r1 = *(u64 *)(r7 + {SocketRecord.NamespaceOffset})
          *(u64 *)(r10 - 56) = r1
        transport:
          *(u8 *)(r10 - 12) = r8
          if r8 == 6 goto ports
          if r8 != 17 goto out
        ports:
          r1 = r6
          r2 = r9
          r3 = r10
          r3 += -16
          r4 = 4
          call bpf_skb_load_bytes#26
          if r0 != 0 goto out
          r1 = *(u64 *)(r6 + 168)
          if r1 == 0 goto store
          w1 = *(u32 *)(r1 + 72)
          if w1 != {SocketRecord.StateListening} goto store
          *(u64 *)(r7 + {SocketRecord.ListensOffset}) = 1
        store:
          r1 = map[flows]
          r2 = r10
          r2 += -56
          call bpf_map_lookup_elem#1
          if r0 == 0 goto update
          r1 = *(u64 *)(r0 + 0)
          r2 = *(u64 *)(r10 - 8)
          if r1 == r2 goto out
        update:
          r1 = map[flows]
          r2 = r10
          r2 += -56
          r3 = r10
          r3 += -8
          r4 = 0
          call bpf_map_update_elem#2
        """), Pass);

    private static string Join(params ReadOnlySpan<string> parts) => string.Join('\n', parts!);

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
