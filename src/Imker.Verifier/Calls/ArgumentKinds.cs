using Imker.Bytecode;
using Imker.Verifier.State;

namespace Imker.Verifier.Calls;

/// <summary>What may be passed for each kind of argument (kernel: <c>compatible_reg_types</c>).</summary>
internal static class ArgumentKinds
{
    public static bool Takes(HelperArgumentKind kind, in RegisterState passed, MemoryAccess access) => kind switch
    {
        HelperArgumentKind.Scalar or HelperArgumentKind.Size or HelperArgumentKind.SizeOrZero or HelperArgumentKind.AllocationSize => passed.IsScalar,
        HelperArgumentKind.Context => passed.Kind == RegisterKind.Context,
        HelperArgumentKind.Map => passed.Kind == RegisterKind.Map,
        HelperArgumentKind.MapKey or HelperArgumentKind.MapValue or HelperArgumentKind.Memory or HelperArgumentKind.FixedMemory => IsMemory(passed, access),
        HelperArgumentKind.SpinLock or HelperArgumentKind.KptrField =>
            passed.Kind == RegisterKind.MapValue || passed.Kind == RegisterKind.Btf && passed.Has(PointerFlags.Allocated),
        HelperArgumentKind.Timer or HelperArgumentKind.ConstantString => passed.Kind == RegisterKind.MapValue,
        HelperArgumentKind.Callback => passed.Kind == RegisterKind.Function,
        HelperArgumentKind.CallbackContext => passed.Kind == RegisterKind.Stack,
        HelperArgumentKind.Dynptr => passed.Kind is RegisterKind.Stack or RegisterKind.Dynptr,
        HelperArgumentKind.BtfPointer => passed.Kind == RegisterKind.Btf,
        HelperArgumentKind.SocketCommon => IsSocket(passed),
        HelperArgumentKind.BtfSocketCommon => IsSocket(passed) || passed.Kind == RegisterKind.Btf,
        HelperArgumentKind.Socket => passed.Kind == RegisterKind.Socket,
        HelperArgumentKind.PerCpuVariable => passed.Kind is RegisterKind.Btf or RegisterKind.Memory && passed.Has(PointerFlags.PerCpu),
        HelperArgumentKind.RingBufferRecord => passed.Kind == RegisterKind.Memory && passed.Has(PointerFlags.RingBuffer),
        _ => true,
    };

    /// <summary>As the kernel's messages list them.</summary>
    public static string KernelNames(HelperArgumentKind kind) => kind switch
    {
        HelperArgumentKind.Scalar or HelperArgumentKind.Size or HelperArgumentKind.SizeOrZero or HelperArgumentKind.AllocationSize => "scalar",
        HelperArgumentKind.Context => "ctx",
        HelperArgumentKind.Map => "map_ptr",
        HelperArgumentKind.MapKey or HelperArgumentKind.MapValue or HelperArgumentKind.Memory or HelperArgumentKind.FixedMemory =>
            "fp, pkt, pkt_meta, map_key, map_value, mem, ringbuf_mem, buf, trusted_ptr_",
        HelperArgumentKind.SpinLock or HelperArgumentKind.KptrField => "map_value, ptr_",
        HelperArgumentKind.Timer or HelperArgumentKind.ConstantString => "map_value",
        HelperArgumentKind.Callback => "func",
        HelperArgumentKind.CallbackContext => "fp",
        HelperArgumentKind.Dynptr => "fp, dynptr_ptr",
        HelperArgumentKind.BtfPointer => "ptr_, trusted_ptr_, rcu_ptr_",
        HelperArgumentKind.SocketCommon => "sock_common, sock, tcp_sock, xdp_sock",
        HelperArgumentKind.BtfSocketCommon => "sock_common, sock, tcp_sock, xdp_sock, ptr_, trusted_ptr_",
        HelperArgumentKind.Socket => "sock",
        HelperArgumentKind.PerCpuVariable => "percpu_ptr_",
        HelperArgumentKind.RingBufferRecord => "ringbuf_mem",
        _ => "any",
    };

    private static bool IsMemory(in RegisterState passed, MemoryAccess access) => passed.Kind switch
    {
        RegisterKind.Stack or RegisterKind.Packet or RegisterKind.PacketMeta or RegisterKind.MapKey or RegisterKind.MapValue or RegisterKind.Buffer => true,
        RegisterKind.Memory => !passed.Has(PointerFlags.PerCpu) && (access is MemoryAccess.Read || !passed.Has(PointerFlags.ReadOnly)),
        RegisterKind.Btf => passed.Has(PointerFlags.Trusted),
        _ => false,
    };

    private static bool IsSocket(in RegisterState passed) =>
        passed.Kind is RegisterKind.SocketCommon or RegisterKind.Socket or RegisterKind.TcpSocket or RegisterKind.XdpSocket;
}
