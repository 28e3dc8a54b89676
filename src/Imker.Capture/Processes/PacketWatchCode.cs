using System.Text;
using Imker.Filter.Protocols;

namespace Imker.Capture;

/// <summary>
/// The program of a <see cref="SocketWatch"/> that sees each packet that leaves, before anybody captures it: whose socket sends it. The bytes
/// begin with the IP header. It goes through the headers as <see cref="PacketLayers"/> does, but looks into no tunnel.
/// </summary>
/// <remarks>
/// On the stack: the cookie at -8, the key from -64 on (<see cref="SocketWatchKey.WriteFlow"/>), the IP header from -112 on, a later one from -120 on.
/// In registers: the context in r6, the socket's record in r7, the protocol in r8, the offset of its header in r9.
/// </remarks>
internal static class PacketWatchCode
{
    private const int Cookie = -8, Key = -64, IpHeader = -112, Header = -120;
    private const int Source = Key + SocketWatchKey.SourceOffset, Destination = Key + SocketWatchKey.DestinationOffset;
    private const int Identifier = Key + SocketWatchKey.IdentifierOffset, Kind = Key + SocketWatchKey.KindOffset;

    internal static readonly string Egress = SocketWatchCode.Join(
        SocketWatchCode.FindSocket, ReadAddresses, WalkExtensions(), TellFragments, TellPackets(), Store, SocketWatchCode.Pass);

    private static string ReadAddresses => SocketWatchCode.Format($"""
          r1 = 0
          *(u64 *)(r10 {Key}) = r1
          *(u64 *)(r10 {Source}) = r1
          *(u64 *)(r10 {Source + 8}) = r1
          *(u64 *)(r10 {Destination}) = r1
          *(u64 *)(r10 {Destination + 8}) = r1
          *(u64 *)(r10 {Identifier}) = r1
          *(u64 *)(r10 {Identifier + 8}) = r1
          w1 = *(u32 *)(r6 + 16)
          r1 = be16 r1
          if w1 == {EtherType.Ip4} goto version4
          if w1 != {EtherType.Ip6} goto out
          r2 = 0
          r3 = r10
          r3 += {IpHeader}
          r4 = 40
          {Load}
          r1 = *(u64 *)(r10 {IpHeader + 8})
          *(u64 *)(r10 {Source}) = r1
          r2 = *(u64 *)(r10 {IpHeader + 16})
          *(u64 *)(r10 {Source + 8}) = r2
          r3 = *(u64 *)(r10 {IpHeader + 24})
          *(u64 *)(r10 {Destination}) = r3
          r3 = *(u64 *)(r10 {IpHeader + 32})
          *(u64 *)(r10 {Destination + 8}) = r3
          r8 = *(u8 *)(r10 {IpHeader + 6})
          r9 = 40
          if r1 != 0 goto extension0
          r2 = be64 r2
          if r2 != 1 goto extension0
          goto loopback
        version4:
          r2 = 0
          r3 = r10
          r3 += {IpHeader}
          r4 = 20
          {Load}
          r1 = 0xffff
          *(u16 *)(r10 {Source + 10}) = r1
          *(u16 *)(r10 {Destination + 10}) = r1
          w1 = *(u32 *)(r10 {IpHeader + 12})
          *(u32 *)(r10 {Source + 12}) = r1
          w1 = *(u32 *)(r10 {IpHeader + 16})
          *(u32 *)(r10 {Destination + 12}) = r1
          r8 = *(u8 *)(r10 {IpHeader + 9})
          r9 = *(u8 *)(r10 {IpHeader})
          r9 &= 15
          r9 <<= 2
          r1 = *(u16 *)(r10 {IpHeader + 6})
          r1 = be16 r1
          if r1 & 0x3fff goto fragment4
          r1 = *(u8 *)(r10 {IpHeader + 12})
          if r1 != 127 goto extension0
        loopback:
          r1 = *(u64 *)(r7 + {SocketRecord.NamespaceOffset})
          *(u64 *)(r10 {Key}) = r1
        """);

    // Reads r4 bytes at offset r2 to r3.
    private static string Load => """
          r1 = r6
            call bpf_skb_load_bytes#26
            if r0 != 0 goto out
        """;

    private static string LoadHeader(int size) => SocketWatchCode.Format($"""
          r2 = r9
          r3 = r10
          r3 += {Header}
          r4 = {size}
          {Load}
        """);

    // Unrolled, as a loop would need a counter that outlives the calls.
    private static string WalkExtensions()
    {
        var text = new StringBuilder();
        for (int i = 0; i < PacketLayers.MostExtensions; i++)
        {
            text.AppendLine(SocketWatchCode.Format($"""
                extension{i}:
                  if r8 == {IpProtocol.HopOptions} goto words{i}
                  if r8 == {IpProtocol.Routing} goto words{i}
                  if r8 == {IpProtocol.DestinationOptions} goto words{i}
                  if r8 == {IpProtocol.Fragment} goto fragment6
                  if r8 != {IpProtocol.Ah} goto transport
                {LoadHeader(2)}
                  r8 = *(u8 *)(r10 {Header})
                  r1 = *(u8 *)(r10 {Header + 1})
                  r1 += 2
                  r1 <<= 2
                  r9 += r1
                  goto extension{i + 1}
                words{i}:
                {LoadHeader(2)}
                  r8 = *(u8 *)(r10 {Header})
                  r1 = *(u8 *)(r10 {Header + 1})
                  r1 += 1
                  r1 <<= 3
                  r9 += r1
                """));
        }
        return text.Append(SocketWatchCode.Format($"extension{PacketLayers.MostExtensions}:\n  goto transport")).ToString();
    }

    // Only of sockets that make their own headers: the kernel takes packets apart later.
    private static string TellFragments => SocketWatchCode.Format($"""
        fragment4:
          r1 = *(u16 *)(r10 {IpHeader + 4})
          *(u16 *)(r10 {Identifier + 6}) = r1
          goto fragment
        fragment6:
        {LoadHeader(8)}
          w1 = *(u32 *)(r10 {Header + 4})
          *(u32 *)(r10 {Identifier + 4}) = r1
        fragment:
          r1 = {(int)FlowKind.Fragment}
          goto store
        """);

    private static string TellPackets()
    {
        var text = new StringBuilder(SocketWatchCode.Format($"""
            transport:
              if r8 == {IpProtocol.Tcp} goto ports
              if r8 == {IpProtocol.Udp} goto ports
              if r8 == {IpProtocol.Icmp} goto message
              if r8 == {IpProtocol.Icmp6} goto message
              if r8 == {IpProtocol.UdpLite} goto ports
              if r8 == {IpProtocol.Sctp} goto ports
              if r8 == {IpProtocol.Dccp} goto ports
              r1 = {(int)FlowKind.Addresses}
              if r8 != {IpProtocol.Esp} goto store
              r2 = r9
              r3 = r10
              r3 += {Identifier}
              r4 = 8
              {Load}
              r1 = {(int)FlowKind.Encrypted}
              goto store
            ports:
              r2 = r9
              r3 = r10
              r3 += {Identifier}
              r4 = 4
              {Load}
              r1 = {(int)FlowKind.Ports}
              goto store
            message:
            {LoadHeader(8)}
              r1 = *(u8 *)(r10 {Header})
              r2 = r8
              r2 <<= 8
              r2 |= r1

            """));
        foreach (IcmpEcho echo in IcmpEcho.All())
        {
            text.AppendLine(SocketWatchCode.Format($"  if r2 == {echo.Protocol << 8 | echo.Request} goto echo"));
            text.AppendLine(SocketWatchCode.Format($"  if r2 == {echo.Protocol << 8 | echo.Answer} goto answer"));
        }
        return text.Append(SocketWatchCode.Format($"""
              *(u8 *)(r10 {Identifier + 7}) = r1
              r1 = {(int)FlowKind.Message}
              goto store
            answer:
              r1 = 1
              *(u8 *)(r10 {Identifier + 2}) = r1
            echo:
              r1 = *(u16 *)(r10 {Header + 4})
              *(u16 *)(r10 {Identifier}) = r1
              r1 = {(int)FlowKind.Echo}
            """)).ToString();
    }

    // With the kind in r1. What is there already for this socket is not written again.
    private static string Store => SocketWatchCode.Format($"""
        store:
          *(u8 *)(r10 {Kind}) = r1
          *(u8 *)(r10 {Key + SocketWatchKey.ProtocolOffset}) = r8
          r1 = *(u64 *)(r6 + 168)
          if r1 == 0 goto lookup
          w1 = *(u32 *)(r1 + 72)
          if w1 != {SocketRecord.StateListening} goto lookup
          *(u64 *)(r7 + {SocketRecord.ListensOffset}) = 1
        lookup:
          r1 = map[flows]
          r2 = r10
          r2 += {Key}
          call bpf_map_lookup_elem#1
          if r0 == 0 goto update
          r1 = *(u64 *)(r0 + 0)
          r2 = *(u64 *)(r10 {Cookie})
          if r1 == r2 goto out
        update:
          r1 = map[flows]
          r2 = r10
          r2 += {Key}
          r3 = r10
          r3 += {Cookie}
          r4 = 0
          call bpf_map_update_elem#2
        """);
}
