using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed unsafe partial class KernelLink
{
    private const uint FlagReplace = 4;

    /// <summary>Another program takes the place of the attached one between two events, so that none is missed (5.7).</summary>
    /// <param name="program">Of the same type, loaded for the same.</param>
    /// <param name="expected">Only if this one is attached now; null for any.</param>
    /// <exception cref="BpfException">The kernel refuses it, or another is attached.</exception>
    public void Update(KernelProgram program, KernelProgram? expected = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        Update(program.Descriptor, expected?.Descriptor);
    }

    /// <summary>Another table of functions takes the place of the attached one (6.4).</summary>
    /// <param name="table">Of the type STRUCT_OPS, its value written.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public void Update(KernelMap table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Update(table.Descriptor, null);
    }

    private void Update(Descriptor next, Descriptor? expected)
    {
        using DescriptorUse link = OwnDescriptor("replace the program of").Use(), program = next.Use(), old = new(expected);
        var attributes = new LinkUpdateAttributes
        {
            Link = link.Number,
            NewProgramOrMap = program.Number,
            Flags = expected is null ? 0 : FlagReplace,
            OldProgramOrMap = old.Number,
        };
        if (BpfSyscall.Call(BpfCommand.LinkUpdate, ref attributes, out Errno error) < 0)
        {
            throw new BpfException($"replace the program of {Name}", BpfCommand.LinkUpdate.KernelName(), error,
                error == Errno.Invalid || error == Errno.NotSupported ? "unsupported for links of this kind, or the program is of another type"
                : error == Errno.NotPermitted && expected is not null ? "another program is attached than was expected" : null);
        }
    }
}
