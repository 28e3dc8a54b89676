using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>A program that the kernel has verified, held by a descriptor.</summary>
public sealed partial class KernelProgram : IDisposable
{
    private KernelProgram(Descriptor descriptor, string name, ProgramType type, AttachType? expectedAttachType = null)
    {
        Descriptor = descriptor;
        Name = name;
        Type = type;
        ExpectedAttachType = expectedAttachType;
    }

    public string Name { get; }

    public ProgramType Type { get; }

    /// <summary>What it was loaded for; null where its type has none, or the kernel was asked for the program and does not tell.</summary>
    public AttachType? ExpectedAttachType { get; }

    internal Descriptor Descriptor { get; }

    public void Dispose() => Descriptor.Dispose();

    internal static KernelProgram Own(Descriptor descriptor, string name, ProgramType type) => new(descriptor, name, type);

    public override string ToString() => $"program '{Name}'";

    private BpfException Refusal(string doing, BpfCommand command, Errno error) =>
        new($"{doing} {this}", command.KernelName(), error);
}
