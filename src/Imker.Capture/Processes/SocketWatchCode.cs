using System.Globalization;

namespace Imker.Capture;

/// <summary>
/// The programs of a <see cref="SocketWatch"/>, as the assembler reads them. All of them let everything pass (1). The offsets at the
/// context are those of <c>struct bpf_sock</c> and <c>struct __sk_buff</c> (linux/bpf.h).
/// </summary>
internal static class SocketWatchCode
{
    // At -8 the cookie, from -64 on a SocketRecord.
    private const string DescribeSocket = """
          r6 = r1
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

    internal const string FindSocket = """
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

    internal const string Pass = """
        out:
          r0 = 1
          exit
        """;

    // The key of the map of ports is made from -80 on: the namespace, then r7 and r8.
    private const string KeepPort = """
          r1 = *(u64 *)(r10 - 48)
          *(u64 *)(r10 - 80) = r1
          *(u32 *)(r10 - 72) = r7
          *(u32 *)(r10 - 68) = r8
          r1 = map[ports]
          r2 = r10
          r2 += -80
          r3 = r10
          r3 += -8
          r4 = 0
          call bpf_map_update_elem#2
        """;

    /// <summary>A socket is made: who makes it. One of type <c>SOCK_RAW</c> (3) has no port, and takes all packets of its protocol.</summary>
    internal static readonly string Create = Join(DescribeSocket, Format($"""
          r4 = 0
          call bpf_map_update_elem#2
          w1 = *(u32 *)(r6 + 8)
          if w1 != 3 goto out
          r7 = 0
          w8 = *(u32 *)(r6 + 12)
          r8 |= {SocketWatchKey.RawBit}
        """), KeepPort, Pass);

    /// <summary>A socket has a port now, asked for or chosen. It may be older than the watch; then who binds it counts as who made it.</summary>
    internal static readonly string Bound = Join(DescribeSocket, """
          r4 = 1
          call bpf_map_update_elem#2
          w7 = *(u32 *)(r6 + 44)
          w8 = *(u32 *)(r6 + 12)
        """, KeepPort, Pass);

    /// <summary>A socket is closed: when.</summary>
    internal static readonly string Release = Join(FindSocket, Format($"""
          call bpf_ktime_get_boot_ns#125
          *(u64 *)(r7 + {SocketRecord.ReleasedOffset}) = r0
        """), Pass);

    internal static string Join(params ReadOnlySpan<string> parts) => string.Join('\n', parts!);

    internal static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
