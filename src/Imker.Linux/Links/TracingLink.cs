using Imker.Bytecode;
using Imker.Linux.Interop;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>
/// Attaches programs to what they were loaded for: TRACING programs typed by a function or a tracepoint of the kernel (5.5), LSM programs
/// (5.7), and extensions to the function of another program that they replace (5.6).
/// </summary>
public static class TracingLink
{
    /// <param name="program">Typed (<see cref="ProgramParameters.AttachBtfId"/>).</param>
    /// <param name="name">What a person calls the attach point.</param>
    /// <param name="cookie">Told to the program (5.19); 0 for none.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    /// <exception cref="FeatureNotSupportedException">A cookie, and a kernel that tells none to such programs.</exception>
    public static KernelLink Attach(KernelProgram program, string name, ulong cookie = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        return cookie == 0 ? Open(program, name) : WithCookie(program, name, cookie);
    }

    // Every kernel has this call for them; links with more in them came later.
    private static KernelLink Open(KernelProgram program, string name)
    {
        using DescriptorUse use = program.Descriptor.Use();
        var attributes = new RawTracepointOpenAttributes { Program = use.Number };
        return BpfSyscall.Open(BpfCommand.RawTracepointOpen, ref attributes, out Errno error) is { } link
            ? new KernelLink(name, link)
            : throw HookRefusal.Of($"attach {name}", BpfCommand.RawTracepointOpen, error, program.Type, program.ExpectedAttachType);
    }

    private static KernelLink WithCookie(KernelProgram program, string name, ulong cookie)
    {
        AttachType attachType = program.ExpectedAttachType
            ?? throw new ArgumentException($"{program} was loaded for no attach type", nameof(program));
        var attributes = new LinkCreateAttributes { TracingCookie = cookie };
        if (LinkCreation.TryCreate(program, attachType, ref attributes, out Errno error) is { } link)
            return new KernelLink(name, link);
        throw error == Errno.Invalid
            ? new FeatureNotSupportedException($"attach {name} with a cookie", KernelFeature.AttachCookie, FeatureState.Absent)
            : HookRefusal.Of($"attach {name}", BpfCommand.LinkCreate, error, program.Type, attachType);
    }
}
