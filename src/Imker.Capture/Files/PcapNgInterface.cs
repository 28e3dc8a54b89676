using System.Text;

namespace Imker.Capture;

/// <summary>An interface of a section: what its packets begin with and what their time stamps count.</summary>
internal sealed record PcapNgInterface(int LinkType, int SnapLength, string? Name, PcapNgTimeUnit Unit)
{
    /// <summary>Bytes of an interface description's body before its options.</summary>
    internal const int FixedSize = 8;

    /// <summary>Reads the body of an interface description block; what is wrong with it instead of null.</summary>
    internal static string? TryParse(ReadOnlySpan<byte> body, ByteReader reader, out PcapNgInterface result)
    {
        int linkType = Filter.LinkType.FromFile(reader.UInt16(body, 0)).Value;
        uint snapLength = reader.UInt32(body, 4);
        string? name = null, problem = null;
        PcapNgTimeUnit unit = PcapNgTimeUnit.Microseconds;
        long offset = 0;
        var options = new PcapNgOptions(body[FixedSize..], reader);
        while (problem is null && options.MoveNext())
        {
            ReadOnlySpan<byte> value = options.Value;
            switch (options.Code)
            {
                case PcapNgOptions.InterfaceName:
                    name = Encoding.UTF8.GetString(value.TrimEnd((byte)0));
                    break;
                case PcapNgOptions.TimeResolution when value.Length != 1:
                    problem = $"an interface's time stamp resolution has {value.Length} bytes instead of 1";
                    break;
                case PcapNgOptions.TimeResolution when !PcapNgTimeUnit.TryParse(value[0], out unit):
                    problem = $"an interface's time stamp resolution of {(value[0] < 0x80 ? 10 : 2)}^-{value[0] & 0x7f} seconds is too fine for 64 bits";
                    break;
                case PcapNgOptions.TimeOffset when value.Length != sizeof(long):
                    problem = $"an interface's time stamp offset has {value.Length} bytes instead of 8";
                    break;
                case PcapNgOptions.TimeOffset:
                    offset = (long)reader.UInt64(value, 0);
                    break;
            }
        }
        if (options.IsCut)
            problem ??= "an option of an interface is longer than its block";
        result = new PcapNgInterface(
            linkType, snapLength is 0 or > int.MaxValue ? RecordLimit.Of(linkType) : (int)snapLength, name, unit.WithOffset(offset));
        return problem;
    }
}
