using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches programs of the types FLOW_DISSECTOR and SK_LOOKUP to a network namespace (5.8, 5.9).</summary>
public static class NetworkNamespaceLink
{
    /// <param name="program">Of one of the two types.</param>
    /// <param name="path">What stands for the namespace; the calling thread's by default.</param>
    /// <exception cref="BpfException">The kernel refuses it. A namespace has one flow dissector at most.</exception>
    public static KernelLink Attach(KernelProgram program, string path = "/proc/thread-self/ns/net")
    {
        ArgumentNullException.ThrowIfNull(program);
        AttachType attachType = program.Type == ProgramType.SkLookup ? AttachType.SkLookup : AttachType.FlowDissector;
        string name = $"{program} to the network namespace {path}";
        using Descriptor target = PseudoFile.TryOpen(path, out Errno error) ?? throw new BpfException($"attach {name}", "open", error);
        using DescriptorUse use = target.Use();
        var attributes = new LinkCreateAttributes { Target = use.Number };
        return LinkCreation.Create(program, attachType, ref attributes, name);
    }
}
