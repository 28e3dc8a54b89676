using Imker.Bytecode;
using Imker.Linux.Interop;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>
/// Attaches one KPROBE program to many places in one executable by one link (6.6). Detaching costs one grace period in all, where
/// perf links cost one or two each.
/// </summary>
public static unsafe class UprobeMultiLink
{
    private const uint FlagReturn = 1;

    /// <param name="program">
    /// Of the type KPROBE with the expected attach type TRACE_UPROBE_MULTI, or TRACE_UPROBE_SESSION to run at entry and return (6.13).
    /// </param>
    /// <param name="attachType">The one that the program was loaded with.</param>
    /// <param name="name">What a person calls the places.</param>
    /// <param name="path">The file, as this process sees it.</param>
    /// <param name="offsets">Bytes from the start of the file.</param>
    /// <param name="cookies">As many, or none.</param>
    /// <param name="isReturn">At the functions' returns; not for sessions.</param>
    /// <param name="processId">Only in this process; null for all.</param>
    /// <param name="semaphores">As many, each as <see cref="UprobePlace.Semaphore"/>, or none.</param>
    /// <exception cref="FeatureNotSupportedException">The kernel does not know this kind of link.</exception>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Attach(
        KernelProgram program, AttachType attachType, string name, string path, ReadOnlySpan<ulong> offsets,
        ReadOnlySpan<ulong> cookies = default, bool isReturn = false, int? processId = null,
        ReadOnlySpan<ulong> semaphores = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (!semaphores.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfNotEqual(semaphores.Length, offsets.Length, nameof(semaphores));
        if (!cookies.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfNotEqual(cookies.Length, offsets.Length, nameof(cookies));
        fixed (byte* pathPointer = CString.Bytes(path))
        fixed (ulong* offsetPointer = offsets, cookiePointer = cookies, semaphorePointer = semaphores)
        {
            var attributes = new LinkCreateAttributes
            {
                UprobePath = (ulong)pathPointer,
                UprobeOffsets = (ulong)offsetPointer,
                UprobeSemaphores = (ulong)semaphorePointer,
                UprobeCookies = (ulong)cookiePointer,
                UprobeCount = (uint)offsets.Length,
                UprobeFlags = isReturn ? FlagReturn : 0,
                UprobePid = (uint)(processId ?? 0),
            };
            return LinkCreation.TryCreate(program, attachType, ref attributes, out Errno error) is { } link
                ? new KernelLink(name, link)
                : throw Refusal(name, path, attachType, error);
        }
    }

    private static Exception Refusal(string name, string path, AttachType attachType, Errno error)
    {
        KernelFeature feature = attachType == AttachType.TraceUprobeSession ? KernelFeature.UprobeSession : KernelFeature.UprobeMulti;
        FeatureState state = FeatureProbes.Ask(feature);
        if (state != FeatureState.Present)
            return new FeatureNotSupportedException($"attach {name}", feature, state);
        string doing = $"attach {name}", call = BpfCommand.LinkCreate.KernelName();
        return error == Errno.NoProcess
            ? new BpfException(doing, call, error, "the process to be traced has ended")
            : error == Errno.BadDescriptor || error == Errno.NoEntry
                ? new BpfException(doing, call, error, $"{path} cannot be opened as a regular file")
                : BpfException.ForPrivileged(doing, call, error, Capability.Bpf, Capability.Perfmon);
    }
}
