using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches one KPROBE program to many functions of the kernel by one link (5.18).</summary>
public static unsafe class KprobeMultiLink
{
    private const uint FlagReturn = 1;

    /// <param name="program">
    /// Of the type KPROBE with the expected attach type TRACE_KPROBE_MULTI, or TRACE_KPROBE_SESSION to run at entry and return (6.10).
    /// </param>
    /// <param name="name">What a person calls the functions.</param>
    /// <param name="symbols">The functions, at least one.</param>
    /// <param name="isReturn">At their returns; not for sessions.</param>
    /// <param name="cookies">As many, or none.</param>
    /// <exception cref="FeatureNotSupportedException">The kernel does not know this kind of link.</exception>
    /// <exception cref="BpfException">The kernel has not all of them, or refuses it.</exception>
    public static KernelLink Attach(
        KernelProgram program, string name, IReadOnlyList<string> symbols, bool isReturn = false, ReadOnlySpan<ulong> cookies = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(symbols);
        if (!cookies.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfNotEqual(cookies.Length, symbols.Count, nameof(cookies));
        AttachType attachType = program.ExpectedAttachType ?? AttachType.TraceKprobeMulti;
        using var names = new CStringVector([.. symbols.Select(CString.Bytes)]);
        fixed (ulong* cookiePointer = cookies)
        {
            var attributes = new LinkCreateAttributes
            {
                KprobeFlags = isReturn ? FlagReturn : 0,
                KprobeCount = (uint)symbols.Count,
                KprobeSymbols = (ulong)names.Pointers,
                KprobeCookies = (ulong)cookiePointer,
            };
            return LinkCreation.TryCreate(program, attachType, ref attributes, out Errno error) is { } link
                ? new KernelLink(name, link)
                : throw Refusal(program, name, attachType, error);
        }
    }

    /// <summary>The functions of the kernel whose names a pattern takes, each once; those only that can be probed where the kernel tells.</summary>
    /// <param name="pattern">With <c>*</c> and <c>?</c>.</param>
    public static IReadOnlyList<string> FunctionsLike(string pattern) => KernelFunctions.Like(pattern);

    private static Exception Refusal(KernelProgram program, string name, AttachType attachType, Errno error)
    {
        string doing = $"attach {name}";
        if (error == Errno.NoProcess)
            return new BpfException(doing, BpfCommand.LinkCreate.KernelName(), error, "this kernel has not all of these functions, or they cannot be probed");
        return HookRefusal.Of(doing, BpfCommand.LinkCreate, error, program.Type, attachType);
    }
}
