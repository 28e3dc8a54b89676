using System.Runtime.InteropServices;

namespace Imker.Linux.Interop;

/// <summary><c>struct perf_event_attr</c> up to <c>PERF_ATTR_SIZE_VER5</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal struct PerfEventAttributes
{
    internal const int Length = 112;
    internal const uint TypeSoftware = 1, TypeTracepoint = 2;
    internal const ulong FlagFrequency = 1 << 10;
    internal const ulong OpenCloseOnExec = 8;
    internal const nuint IoctlEnable = 0x2400, IoctlSetBpf = 0x40042408;

    [FieldOffset(0)] internal uint Type;
    [FieldOffset(4)] internal uint Size;
    [FieldOffset(8)] internal ulong Config;
    [FieldOffset(16)] internal ulong SamplePeriodOrFrequency;
    [FieldOffset(24)] internal ulong SampleType;
    [FieldOffset(40)] internal ulong Flags;
    [FieldOffset(48)] internal uint WakeupEventsOrWatermark;
    [FieldOffset(52)] internal uint WatchedAccess;
    [FieldOffset(56)] internal ulong Config1;
    [FieldOffset(64)] internal ulong Config2;
}
