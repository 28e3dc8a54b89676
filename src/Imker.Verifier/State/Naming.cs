using Imker.Verifier.Code;

namespace Imker.Verifier.State;

/// <summary>What registers hold, in words.</summary>
internal static class Naming
{
    /// <summary>Such as <c>a pointer into the value of map 'counts' + 8</c> or <c>a number (0..255)</c>.</summary>
    public static string Describe(in RegisterState register)
    {
        if (register.Kind == RegisterKind.Unset)
            return "nothing";
        if (register.IsScalar)
            return $"a number ({register.Number})";
        string what = Kind(register);
        if (register.MayBeNull)
            what += " that may be null";
        if (!register.Number.IsConstant)
            return $"{what} + {Signed(register.Offset)}({register.Number})";
        long offset = register.Offset + register.Number.Value;
        return offset == 0 ? what : $"{what} {(offset < 0 ? "-" : "+")} {Math.Abs(offset)}";
    }

    /// <summary>The kernel's name of the kind, as its log has it.</summary>
    public static string KernelName(in RegisterState register)
    {
        string name = register.Kind switch
        {
            RegisterKind.Unset => "?",
            RegisterKind.Scalar => "scalar",
            RegisterKind.Context => "ctx",
            RegisterKind.Stack => "fp",
            RegisterKind.Map => "map_ptr",
            RegisterKind.MapKey => "map_key",
            RegisterKind.MapValue => "map_value",
            RegisterKind.Packet => "pkt",
            RegisterKind.PacketMeta => "pkt_meta",
            RegisterKind.PacketEnd => "pkt_end",
            RegisterKind.FlowKeys => "flow_keys",
            RegisterKind.TracepointBuffer => "tp_buffer",
            RegisterKind.Buffer => "buf",
            RegisterKind.XdpSocket => "xdp_sock",
            RegisterKind.Socket => "sock",
            RegisterKind.SocketCommon => "sock_common",
            RegisterKind.TcpSocket => "tcp_sock",
            RegisterKind.Btf => "ptr_",
            RegisterKind.Memory => register.Has(PointerFlags.RingBuffer) ? "ringbuf_mem" : "mem",
            RegisterKind.Arena => "arena",
            RegisterKind.Dynptr => "dynptr_ptr",
            _ => "func",
        };
        return register.MayBeNull ? name + "_or_null" : name;
    }

    private static string Kind(in RegisterState register) => register.Kind switch
    {
        RegisterKind.Context => "the context",
        RegisterKind.Stack => "the stack",
        RegisterKind.Map => $"the map '{register.Target}'",
        RegisterKind.MapKey => $"a key of map '{register.Target}'",
        RegisterKind.MapValue => $"a value of map '{register.Target}'",
        RegisterKind.Packet => "the packet",
        RegisterKind.PacketMeta => "the packet's meta data",
        RegisterKind.PacketEnd => "the packet's end",
        RegisterKind.FlowKeys => "the flow keys",
        RegisterKind.TracepointBuffer => "the tracepoint's buffer",
        RegisterKind.Buffer => "a buffer of the kernel",
        RegisterKind.XdpSocket or RegisterKind.Socket or RegisterKind.SocketCommon or RegisterKind.TcpSocket => "a socket",
        RegisterKind.Btf => $"a kernel object ({TypeName(register)})",
        RegisterKind.Memory => register.Has(PointerFlags.RingBuffer) ? $"a record of {register.Range} bytes in a ring buffer" : $"memory of {register.Range} bytes",
        RegisterKind.Arena => "an arena",
        RegisterKind.Dynptr => "a dynptr",
        _ => $"the function '{(register.Target as Subprogram)?.Name}'",
    };

    public static string TypeName(in RegisterState register) =>
        register.Target is Btf.BtfFile types && register.TypeId < types.Count ? $"struct {types[register.TypeId].Name}" : "unknown";

    private static string Signed(int offset) => offset == 0 ? "" : $"{offset} + ";
}
