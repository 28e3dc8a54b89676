using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>A program that the kernel has verified, held by a descriptor.</summary>
public sealed partial class KernelProgram : IDisposable
{
    private KernelProgram(Descriptor descriptor, string name, ProgramType type)
    {
        Descriptor = descriptor;
        Name = name;
        Type = type;
    }

    public string Name { get; }

    public ProgramType Type { get; }

    internal Descriptor Descriptor { get; }

    public void Dispose() => Descriptor.Dispose();

    internal static KernelProgram Own(Descriptor descriptor, string name, ProgramType type) => new(descriptor, name, type);

    public override string ToString() => $"program '{Name}'";

    private BpfException Refusal(string doing, BpfCommand command, Errno error) =>
        new($"{doing} {this}", command.KernelName(), error);
}
